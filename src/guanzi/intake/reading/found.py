"""What reading a document gives: proposals of facts, and figures that were not read, each with where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message, Period
from guanzi.record.evidence import Box

type Value = float | bool | str | tuple[float, float]
"""A number, yes or no, words, or the least and the most."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in a document.

    Attributes:
        page: Number of the page, from 1.
        text: The words around it.
        box: On the sheet in points from the upper left corner; None where there is no sheet.
        sheet: Name of the sheet of a workbook.
        cell: Address of the cell in a workbook.
    """

    page: int
    text: str
    box: Box | None = None
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact that a document states, to be confirmed.

    Attributes:
        fact: Name of the fact.
        value: In base units: yuan and not millions, 0.12 and not 12 %.
        unit: The base unit, e.g. ``CNY``, ``vehicles``, ``ratio``.
        period: What it is about; None while only the whole document can tell it.
        spot: Where it stands.
        confidence: From 0 to 1: a judgement, by how much of it is stated at the place.
        reasons: What the confidence rests on.
        figure: The figure as it stands.
        lacks: Where no period is said: ``document`` for its day, ``flow`` or ``stock`` for what it reports on, or the
            day of a year, as ``06-30``, on which what it reports on has to end, or the first month and the number of
            months of a part of a year, as ``04+03``.
        year: Where it is of the same part of another year than what the document reports on: that year, or -1 for the
            year before; of a bare year of a table that year.
    """

    fact: str
    value: Value
    unit: str
    period: Period | None
    spot: Spot
    confidence: float
    reasons: tuple[Message, ...]
    figure: str
    lacks: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """What looks like a figure and was not read: where it stands, and why (the name of ``reading.unread.…``)."""

    spot: Spot
    figure: str
    why: str


@dataclass(frozen=True, slots=True)
class KnownOn:
    """The day on which a document was published or signed by its own words, and where that is said.

    Attributes:
        day: The day; None where the document does not say one.
        reason: Where it is said.
        is_own: Its words say it; it is not merely the day on which the file was made.
    """

    day: date | None
    reason: Message
    is_own: bool = True
