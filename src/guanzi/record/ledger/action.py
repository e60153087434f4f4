"""An action of the office in the log: what was done to which version of which case, words of people by commitment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from guanzi.base.reading import Format
from guanzi.record.ledger.fields import CaseId, Hash, Name

Label = Annotated[str, Field(pattern="^[a-z0-9_]+([.][a-z0-9_]+)*$", max_length=60)]


class ActionBody(Format):
    """What was done.

    Attributes:
        who: Commitments to names of people whom it concerns, beside the actor.
        said: Commitments to what people wrote.
        data: What else it was done with: ids, hashes, numbers and codes, never names or words of people.
        files: Hashes of files that the log keeps.
    """

    format: Literal[1]
    action: Annotated[Name, Field(description="Its id, such as vote.cast")]
    organisation: Annotated[Name, Field(description="Slug of the organisation")]
    case: Annotated[CaseId | None, Field(description="Null: it concerns no case")]
    version: Annotated[Hash | None, Field(description="Hash of the version of the case on which it was done")]
    playbook: Annotated[Hash | None, Field(description="Hash of the playbook of the case")]
    who: dict[Label, Hash]
    said: dict[Label, Hash]
    data: dict[str, Any]
    files: tuple[Hash, ...]


class ActionEntry(Format):
    """The entry as it stands in the log."""

    kind: Literal["action"]
    at: Annotated[str, Field(description="When it was entered: ISO time with its offset from UTC")]
    actor: Annotated[Hash, Field(description="Commitment to the name of whoever did it")]
    body: ActionBody

    @property
    def time(self) -> datetime:
        """When it was entered."""
        return datetime.fromisoformat(self.at)

    def commitments(self) -> Iterator[tuple[str, str]]:
        """Name and hash of every commitment of this entry."""
        yield "actor", self.actor
        for label, sha256 in self.body.who.items():
            yield f"who.{label}", sha256
        for label, sha256 in self.body.said.items():
            yield f"said.{label}", sha256
