"""What a figure is beside its value: stated before its period had ended, or held against another value."""

from __future__ import annotations

from datetime import date
from math import isclose

from guanzi.base.core import UNITS, Period, UnitKind
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.resolution import Resolution
from guanzi.record.evidence.vocabulary import looks_ahead

ROUNDING = 0.005
"""Share of a value by which another may differ and be the same figure, rounded; judgement."""


def known_ahead(name: str, unit: str, known_on: date, period: Period) -> bool:
    """Whether a figure that is no plan by its name was known before its period had ended: it is no result yet.

    >>> known_ahead("budget_revenue", "EUR m", date(2023, 12, 12), Period.parse("2024"))
    True
    >>> known_ahead("plan_revenue", "EUR m", date(2023, 12, 12), Period.parse("2024"))
    False
    """
    return known_on < period.end and not looks_ahead(name) and UNITS.get(unit) is not UnitKind.TEXT


def is_expected(fact: Fact) -> bool:
    """Whether a fact is a figure that was known before its period had ended: a draft, a budget or a forecast."""
    return known_ahead(fact.name, fact.unit, fact.known_on, fact.period)


def rivals(resolution: Resolution | None) -> tuple[Fact, ...]:
    """Facts of another number than the one that counts, of the same name and period; one of each number."""
    if resolution is None or isinstance(resolution.fact.value, str | bool):
        return ()
    own, found = resolution.fact, dict[tuple[str, tuple[float, float]], Fact]()
    for other in resolution.others:
        if isinstance(other.value, str | bool):
            continue
        near = all(isclose(a, b, rel_tol=ROUNDING) for a, b in zip(own.interval, other.interval, strict=True))
        if other.unit != own.unit or not near:
            found.setdefault((other.unit, other.interval), other)
    return tuple(found.values())
