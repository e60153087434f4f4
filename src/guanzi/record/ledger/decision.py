"""What is entered in the log: decisions, actions of the office, and that words of people were forgotten.

A decision names the appraisal that it rests on by its hash, and holds commitments to the words of people. That words
were forgotten is entered itself: what is missing without such an entry was taken away.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from guanzi.base.reading import Format
from guanzi.record.ledger.action import ActionBody, ActionEntry
from guanzi.record.ledger.canonical import canonical_bytes
from guanzi.record.ledger.entries import Entry
from guanzi.record.ledger.fields import CaseId, Day, Hash, Name
from guanzi.record.ledger.plainjson import parse_strict

Word = Literal["back", "back_with_conditions", "decline", "defer"]
VoteWord = Literal["for", "against", "abstain"]
DECISIONS: tuple[Word, ...] = ("back", "back_with_conditions", "decline", "defer")
VOTES: tuple[VoteWord, ...] = ("for", "against", "abstain")

_COMMITTED = "^(decided_by|reasons|dissent|forgotten_by|vote[.][0-9]+|actor|(who|said)[.][a-z0-9_.]+)$"
"""Names of commitments."""


class Appraised(Format):
    """The appraisal that was decided on."""

    sha256: Annotated[Hash, Field(description="Of appraisal.json")]
    dossier: Annotated[Hash | None, Field(description="Of dossier.html; null when there was none")]
    evidence: Annotated[Hash, Field(description="Of the view: everything that was known on the day")]
    method: Annotated[Hash, Field(description="Of playbook, parameters and decision table")]
    playbook: Annotated[Name, Field(description="Its id")]
    advice: Annotated[Name, Field(description="What the appraisal advised")]
    paths: Annotated[int, Field(ge=0, le=2**53, description="Simulated paths")]
    seed: Annotated[int, Field(ge=0, le=2**63, description="Key of the random numbers")]
    guanzi: Annotated[Name, Field(description="Version that computed it")]


class Vote(Format):
    """One vote."""

    who: Annotated[Hash, Field(description="Commitment to a name")]
    vote: VoteWord


class DecisionBody(Format):
    """What was decided on which appraisal; ``no`` is a decision like any other."""

    format: Literal[1]
    case: CaseId
    as_of: Annotated[Day, Field(description="The appraisal rests on what was known on this day")]
    decided_on: Annotated[Day, Field(description="Day of the decision")]
    decision: Word
    appraisal: Appraised
    reasons: Annotated[Hash, Field(description="Commitment to the text of the reasons")]
    dissent: Annotated[Hash | None, Field(description="Commitment to the text of the dissent; null: none was recorded")]
    votes: tuple[Vote, ...]


class DecisionEntry(Format):
    """The entry as it stands in the log."""

    kind: Literal["decision"]
    at: Annotated[str, Field(description="When it was entered: ISO time with its offset from UTC")]
    actor: Annotated[Hash, Field(description="Commitment to the name of whoever decided")]
    body: DecisionBody

    @property
    def time(self) -> datetime:
        """When it was entered."""
        return datetime.fromisoformat(self.at)

    def commitments(self) -> Iterator[tuple[str, str]]:
        """Name and hash of every commitment of this entry."""
        yield "decided_by", self.actor
        yield "reasons", self.body.reasons
        if self.body.dissent is not None:
            yield "dissent", self.body.dissent
        for n, vote in enumerate(self.body.votes, 1):
            yield f"vote.{n}", vote.who


class Erased(Format):
    """Words of one entry that were forgotten."""

    entry: Annotated[int, Field(ge=0, le=2**53, description="Number of the entry")]
    what: Annotated[str, Field(pattern=_COMMITTED)]


class ErasureBody(Format):
    """That words of people were forgotten."""

    format: Literal[1]
    case: CaseId
    forgotten: tuple[Erased, ...]


class ErasureEntry(Format):
    """The entry as it stands in the log."""

    kind: Literal["forgetting"]
    at: Annotated[str, Field(description="When it was entered: ISO time with its offset from UTC")]
    actor: Annotated[Hash, Field(description="Commitment to the name of whoever deleted them")]
    body: ErasureBody

    @property
    def time(self) -> datetime:
        """When it was entered."""
        return datetime.fromisoformat(self.at)

    def commitments(self) -> Iterator[tuple[str, str]]:
        """Name and hash of every commitment of this entry."""
        yield "forgotten_by", self.actor


type ServiceEntry = DecisionEntry | ErasureEntry | ActionEntry

_FORMS: dict[Any, type[DecisionEntry | ErasureEntry | ActionEntry]] = {
    "forgetting": ErasureEntry,
    "action": ActionEntry,
}


def service_entry(at: datetime, actor: str, body: DecisionBody | ErasureBody | ActionBody) -> Entry:
    """An entry, to be appended."""
    match body:
        case DecisionBody():
            kind = "decision"
        case ErasureBody():
            kind = "forgetting"
        case ActionBody():
            kind = "action"
    return Entry(kind, at, actor, body.model_dump(mode="json"))


def read_entry(content: bytes) -> ServiceEntry:
    """An entry from its bytes.

    Raises:
        ValueError: They are none, or not in canonical form.
    """
    data = parse_strict(content)
    kind = data.get("kind") if isinstance(data, dict) else None
    form = _FORMS.get(kind if isinstance(kind, str) else None, DecisionEntry)
    try:
        found: ServiceEntry = form.model_validate_json(content)
    except ValidationError as error:
        raise ValueError(f"no entry: {error.error_count()} fields do not fit") from error
    sound = canonical_bytes(data) == content and found.time.tzinfo is not None
    if isinstance(found, DecisionEntry):
        sound = sound and date.fromisoformat(found.body.as_of) <= date.fromisoformat(found.body.decided_on)
    if not sound:
        raise ValueError("no entry in its canonical form")
    return found


def entry_schema() -> dict[str, Any]:
    """The published JSON Schema of the entries."""
    entries: TypeAdapter[ServiceEntry] = TypeAdapter(
        Annotated[DecisionEntry | ErasureEntry | ActionEntry, Field(discriminator="kind")]
    )
    schema = entries.json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
