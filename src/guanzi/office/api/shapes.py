"""Shapes of answers: the schema of the interface is made of them, and that of the tools of language models.

Text is from outside unless its field says that the office makes it (:data:`Word`): a model gets it marked.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from ninja import Schema

MADE_HERE = "made by the office"
Word = Annotated[str, MADE_HERE]
"""An id, a state or a hash that the office makes, in which nobody can write anything."""


class AnswerShape(Schema):
    """What can be read.

    Attributes:
        FROM: Where its texts come from, in words of the office.
    """

    FROM: ClassVar[str] = "what people of the office wrote"


class ProblemOut(Schema):
    """Something that is wrong: id of the message, words in the language asked for, and where."""

    id: str
    text: str
    mend: str | None = None
    where: str


class ProblemsOut(Schema):
    """Everything that is wrong; nothing was changed."""

    problems: list[ProblemOut]


REFUSED = dict.fromkeys((400, 401, 403, 404, 422, 429, 503), ProblemsOut)
"""What every question may be answered with instead: not to be read, no token that holds, not allowed, nothing there,
another shape, too often, not now."""
REFUSED_QUESTION = REFUSED | {409: ProblemsOut}
"""What a question of a job may be answered with beside: nothing is known of what it asks."""
REFUSED_ACTION = REFUSED | dict.fromkeys((408, 409, 411, 413, 507), ProblemsOut)
"""What an action may be answered with beside: sent too slowly, not as the case stands, without a length, too large, no
room."""


class DoneOut[A](Schema):
    """An action that was done; ``entry``: the hash of its entry in the log."""

    action: str
    entry: str
    repeated: bool
    answer: A


class MeOut(Schema):
    """Who asks."""

    username: str
    name: str
    organisation: str
    roles: list[str]
    scopes: list[str]


class CaseOut(AnswerShape):
    """A case in a list."""

    FROM = "the header of the case"

    case: Word
    title: str
    title_zh: str
    company: str
    region: str
    industry: str
    currency: Word
    stage: Word
    state: Word
    due: date
    decision_date: date
    version: Word | None


class CasesOut(AnswerShape):
    """A page of cases; ``next``: what the next page is asked for with, as ``after``; null: it is the last."""

    items: list[CaseOut]
    next: Word | None


class FactOut(AnswerShape):
    """A fact."""

    FROM = "a fact of the case"

    fact: str
    subject: str
    name: str
    topic: str
    value: str
    unit: str
    period: str
    known_on: date | None
    confidence: Word
    source: str
    path: str


class FactsOut(AnswerShape):
    """A page of facts; ``next``: as of cases."""

    items: list[FactOut]
    next: Word | None


class VersionOut(AnswerShape):
    """A version of a case."""

    number: int
    sha256: Word
    changed: list[str]
    made_at: datetime
    made_by: str
    why: str


class VersionsOut(AnswerShape):
    """A page of versions, the newest first; ``next``: as of cases."""

    items: list[VersionOut]
    next: Word | None


class RemarkOut(AnswerShape):
    """What somebody said in a discussion, and whom it mentions."""

    person: str
    at: datetime
    text: str
    mentioned: list[str]


class DiscussionOut(AnswerShape):
    """A discussion beside a case, a finding, a clause or a question; ``about``: id of what it is beside."""

    discussion: int
    kind: Word
    about: str
    open: bool
    remarks: list[RemarkOut]


class DiscussionsOut(AnswerShape):
    """A page of discussions, the newest first; ``next``: as of cases."""

    items: list[DiscussionOut]
    next: Word | None


class StreamOut(AnswerShape):
    """A work-stream."""

    stream: Word
    state: Word
    owner: str | None
    due: date
    void_because: list[str]


class SittingOut(AnswerShape):
    """A sitting of the committee; ``number`` counts within the case."""

    sitting: int
    number: int
    purpose: Word
    state: Word
    result: Word
    tally: dict[str, Any]
    opened_at: datetime
    closed_at: datetime | None
    void_because: list[str]
    evidence_since: list[str]


class ReleaseOut(AnswerShape):
    """An instalment that was asked for."""

    tranche: str
    amount: float
    state: Word
    asked_by: str
    asked_at: datetime
    answered_by: str | None
    answered_at: datetime | None


class BudgetOut(AnswerShape):
    """A choice among cases within a budget: ``computing``, or ``done`` with what was found."""

    state: Word
    choice: dict[str, Any] | None


class CaseWhole(AnswerShape):
    """A case with its streams, sittings and releases."""

    head: CaseOut
    streams: list[StreamOut]
    sittings: list[SittingOut]
    releases: list[ReleaseOut]


class EntryOut(Schema):
    """An entry of the log: its bytes as text, and their hash as a leaf of the ledger (RFC 6962)."""

    entry: str
    content: str


class EntriesOut(Schema):
    """A page of entries, the newest first, and, in an office of one organisation, the newest signed checkpoint.

    ``next``: as of cases.
    """

    items: list[EntryOut]
    next: str | None
    checkpoint: str
