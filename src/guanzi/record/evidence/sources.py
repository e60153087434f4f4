"""Sources: who published what, when, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from guanzi.base.core import plain_words

type Grade = Literal["A", "B", "C", "D"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from.

    Attributes:
        id: Id within the case.
        publisher: Who published it.
        title: Its title.
        date: Day of publication; None when it is not known.
        address: Where it can be read; None when there is no address.
        mirror: Whether the address is a copy held by somebody else; such an address is never shown as a link.
        grade: A filing, law or official statistics; B company release or quality press; C aggregator;
            D copy or machine translation.
        note: What a reader should know about it.
    """

    id: str
    publisher: str
    title: str
    date: date | None
    address: str | None
    mirror: bool
    grade: Grade
    note: str = ""

    @property
    def link(self) -> str | None:
        """The address, if it may be shown as a link."""
        return None if self.mirror else self.address

    def content(self) -> dict[str, Any]:
        """The source as plain data."""
        return {
            "id": self.id,
            "publisher": plain_words(self.publisher),
            "title": plain_words(self.title),
            "date": self.date and self.date.isoformat(),
            "address": self.address,
            "mirror": self.mirror,
            "grade": self.grade,
            "note": plain_words(self.note),
        }
