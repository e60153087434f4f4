"""Figures of a contract as a sheet writes them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from guanzi.intake.contracts import StatedFigure


def millions(figure: StatedFigure) -> float | int:
    """An amount in millions."""
    assert not isinstance(figure.value, date)
    value = float(f"{figure.value / 1e6:.12g}")
    return int(value) if value.is_integer() else value


def percent(figure: StatedFigure) -> str:
    """A share as the term language writes it."""
    assert not isinstance(figure.value, date)
    return f"{float(f'{100 * figure.value:.12g}'):.10g}%"


def later(day: date, months: int) -> date:
    """The day so many months after a day, the 28th at the latest."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


_QUARTER = re.compile(
    r"\b(?P<word>first|second|third|fourth) (?:fiscal )?quarter of (?P<of>20\d\d)"
    r"|(?P<year>20\d\d)年第?(?P<han>[一二三四])季度"
)
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "一": 1, "二": 2, "三": 3, "四": 4}


def end_of_quarter(text: str) -> tuple[date, tuple[int, int]] | None:
    """The last day of the quarter that a text names, and where it stands.

    >>> end_of_quarter("closing in the second quarter of 2020")
    (datetime.date(2020, 6, 30), (15, 37))
    """
    if (found := _QUARTER.search(text)) is None:
        return None
    months = 12 * int(found["of"] or found["year"]) + 3 * _NUMBERS[found["word"] or found["han"]]
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1), found.span()
