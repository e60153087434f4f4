"""What stands behind a playbook: sources, and the origin of every statement and number."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import model_validator

from guanzi.base.core import BilingualText, Message
from guanzi.base.reading import Format, refused
from guanzi.record.playbooks.wording import Words, worded

type State = Literal["known", "open", "default"]


class Source(Format):
    """Where a rule, a practice or a number comes from. A mirror has no address: publisher, title and date stand."""

    id: str
    publisher: BilingualText
    title: BilingualText
    date: date | None
    address: str | None = None
    grade: Literal["A", "B", "C", "D"]


class Origin(Format):
    """Why a number is what it is.

    Attributes:
        kind: ``source``: a text says so; ``judgement``: the project chose it, and says why.
        source: Id of a source of the playbook; required when ``kind`` is ``source``.
        because: The reasoning; a source may speak for itself.
    """

    kind: Literal["source", "judgement"]
    because: Words | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _says_where_from(self) -> Origin:
        if self.kind == "source" and self.source is None:
            raise refused((("kind",), Message.of("playbooks.error.origin_source"), None))
        if self.kind == "judgement" and self.because is None:
            raise refused((("kind",), Message.of("playbooks.error.origin_judgement"), None))
        return self

    def reason(self) -> Message:
        """Why, in words."""
        return Message.of("playbooks.origin.source") if self.because is None else worded(self.because)


class Setting(Format):
    """A number of the playbook that analyses use, with its origin.

    Attributes:
        unit: ``ratio``, ``months``, ``years``, ``x``, ``count`` or ``CNY m``.
    """

    value: float
    unit: Literal["ratio", "months", "years", "x", "count", "CNY m"]
    origin: Origin


class Statement(Format):
    """Something that is said about a government.

    Attributes:
        text: In words.
        source: Id of a source; None for what was looked for and not found, or is a default of the project.
        state: ``known``, ``open`` (looked for, not found) or ``default`` (of the project, not law).
    """

    text: Words
    state: State = "known"
    source: str | None = None

    @model_validator(mode="after")
    def _known_has_a_source(self) -> Statement:
        if (self.state == "known") != (self.source is not None):
            raise refused((("state",), Message.of("playbooks.error.state"), None))
        return self
