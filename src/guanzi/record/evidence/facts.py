"""Facts: named values with unit, period, the day they could first be known, and their source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from guanzi.base.core import Period, Place, plain_words

type FactValue = float | bool | str | tuple[float, float]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a fact stands in the data room.

    Attributes:
        document: Id of the document, or its file below ``documents/``.
        page: Page of the document, counted from 1; the number of the sheet in a workbook.
        quote: The words of the page, as they stand there.
    """

    document: str
    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; it is never overwritten, only superseded by a newer one.

    Attributes:
        id: Id within the case.
        subject: Whom it is about: ``company``, ``region``, ``fx``, or another company or market by name.
        name: What it states, e.g. ``deliveries``.
        value: A number, yes or no, words (which may have a Chinese form), or an interval (low, high).
        unit: One of :data:`guanzi.base.core.UNITS`.
        period: The period or day that it is about.
        known_on: First day on which the deal team could hold it, inclusive.
        known_to: ``public``, or ``parties`` when only the parties of the deal could know it.
        source: Id of its source.
        confidence: ``high``, ``medium`` or ``low``.
        note: What a reader should know about it.
        held_because: Why it was held on ``known_on`` although its source is dated later.
        supersedes: Id of the fact that it corrects.
        availability: ``doubtful`` when it is not sure that it could be held on ``known_on``; analyses leave such a
            fact out unless they are asked to count it.
        place: Where it stands in the case folder.
        citation: Document, page and quote, if it has them.
        other: The other end of a tie (the owner, director or buyer); facts about different ones do not compete.
    """

    id: str
    subject: str
    name: str
    value: FactValue
    unit: str
    period: Period
    known_on: date
    known_to: Literal["public", "parties"]
    source: str
    confidence: Literal["high", "medium", "low"]
    note: str
    held_because: str
    supersedes: str | None
    place: Place
    availability: Literal["confirmed", "doubtful"] = "confirmed"
    citation: Citation | None = None
    other: str = ""

    @property
    def interval(self) -> tuple[float, float]:
        """The value as (low, high); both the same for a single number; 1 for yes and 0 for no.

        Raises:
            TypeError: The value is words.
        """
        if isinstance(self.value, str):
            raise TypeError(f"fact {self.id} is words, not a number")
        if isinstance(self.value, tuple):
            return self.value
        return float(self.value), float(self.value)

    @property
    def number(self) -> float:
        """The value as one number; the middle of an interval; 1 for yes and 0 for no.

        Raises:
            TypeError: The value is words.
        """
        low, high = self.interval
        return low if low == high else (low + high) / 2

    @property
    def text(self) -> str:
        """The value if it is words.

        Raises:
            TypeError: The value is not words.
        """
        if not isinstance(self.value, str):
            raise TypeError(f"fact {self.id} is not words")
        return self.value

    def content(self) -> dict[str, Any]:
        """The fact as plain data, without its place in the folder; availability only when doubtful, citation if any."""
        doubt = {} if self.availability == "confirmed" else {"availability": self.availability}
        cited = self.citation
        stands = {"document": cited.document, "page": cited.page, "quote": cited.quote} if cited is not None else {}
        return {
            "id": self.id,
            "subject": self.subject,
            "name": self.name,
            "value": _plain(self.value),
            "unit": self.unit,
            "period": str(self.period),
            "known_on": self.known_on.isoformat(),
            "known_to": self.known_to,
            "source": self.source,
            "confidence": self.confidence,
            "note": plain_words(self.note),
            "held_because": plain_words(self.held_because),
            "supersedes": self.supersedes,
            **doubt,
            **stands,
        }


def _plain(value: FactValue) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return plain_words(value) if isinstance(value, str) else value
