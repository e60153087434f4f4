"""The data behind each chart as a table: what was drawn, rounded for reading, in full precision on hover."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guanzi.render import Scale, exact, number
from guanzi.reports.words import say


@dataclass(frozen=True, slots=True)
class TableNumber:
    """A number of a table; ``exact`` is shown on hover, ``anchor`` is where it comes from.

    Attributes:
        mark: ``words``, ``none`` (no evidence) or ``outcome`` (what happened); empty for a plain number.
    """

    text: str
    exact: str = ""
    anchor: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Head, and rows that begin with their heading.

    Attributes:
        unit: The unit of all cells, as on the axis of the chart; empty where the cells say it.
    """

    unit: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[TableNumber, ...]], ...]


def cells_in(scale: Scale, places: int, unit: str, lang: str) -> Callable[[float | None], TableNumber]:
    """What makes cells of amounts in a unit, on one scale: a number, or that there is no evidence."""

    def cell(value: float | None) -> TableNumber:
        if value is None:
            return TableNumber(say("figure.none", lang), mark="none")
        return TableNumber(number(value / scale.divisor, places), exact(value, unit, lang))

    return cell
