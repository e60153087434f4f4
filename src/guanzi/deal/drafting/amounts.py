"""Figures of a contract as a sheet writes them."""

from __future__ import annotations

from datetime import date

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
