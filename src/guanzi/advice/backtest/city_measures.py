"""What a requirement looks at: a fact of the city, what follows from several, the deal of a case, or its track."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guanzi.advice.appraisal import CompanySide
from guanzi.base.core import HOME, Bilingual
from guanzi.record.evidence import City, Fact

GROUPS = {
    "battery-electric-vehicles": "vehicles",
    "passenger-cars": "vehicles",
    "electric-trucks": "vehicles",
    "battery-cells": "vehicles",
    "evtol-aircraft": "aviation",
    "display-panels": "electronics",
    "logic-chips": "electronics",
    "memory-chips": "electronics",
}
"""Industry of a case to the group under which firms of a city are counted."""
OUTPUT = {"vehicles": "nev_output"}
"""Group to the fact that states what the city makes of it."""
AT_LEAST = frozenset({"listed_firms", "state_listed_firms", "cluster_firms"})
"""Counts of what is known by name or place: there may be more, never fewer."""
YEARS = 3


@dataclass(frozen=True, slots=True)
class Cited:
    """A fact with its source and grade."""

    fact: str
    text: Bilingual
    period: str
    source: str
    grade: Literal["A", "B", "C", "D"]


@dataclass(frozen=True, slots=True)
class CityMeasure:
    """What was found; ``low`` and ``high`` are None for words, ``high`` alone where there may be any number more."""

    value: float | None
    low: float | None
    high: float | None
    evidence: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class _Scene:
    city: City
    side: CompanySide | None
    day: date

    def latest(self, name: str, subject: str = "region") -> Fact | None:
        held = self.city.named(name, self.day, subject)
        return held[-1] if held else None

    def year(self, name: str, year: int) -> Fact | None:
        held = [f for f in self.city.named(name, self.day) if f.period.start.year == year and f.period.kind == "year"]
        return held[-1] if held else None

    def cited(self, *facts: Fact) -> tuple[Cited, ...]:
        return tuple(_cited(self.city, fact) for fact in facts)

    @property
    def group(self) -> str | None:
        return None if self.side is None else GROUPS.get(self.side.industry)


def measure(name: str, city: City, side: CompanySide | None, day: date) -> CityMeasure | None:
    """The measure of a city on a day; None where nothing is held: no evidence."""
    scene = _Scene(city, side, day)
    if name.startswith("fact."):
        fact = scene.latest(name.removeprefix("fact."))
        return None if fact is None else _of_fact(scene, fact)
    return _DERIVED[name](scene)


def _cited(city: City, fact: Fact) -> Cited:
    words = fact.value if isinstance(fact.value, Bilingual) else Bilingual(_number(fact))
    return Cited(fact.id, words, str(fact.period), fact.source, city.source(fact.source).grade)


def _number(fact: Fact) -> str:
    return fact.value if isinstance(fact.value, str) else f"{fact.number:,.6g} {fact.unit}"


def _of_fact(scene: _Scene, fact: Fact) -> CityMeasure:
    if isinstance(fact.value, str):
        return CityMeasure(None, None, None, scene.cited(fact))
    low, high = fact.interval
    return CityMeasure(fact.number, low, None if fact.name in AT_LEAST else high, scene.cited(fact))


def _point(scene: _Scene, value: float, *facts: Fact) -> CityMeasure:
    return CityMeasure(value, value, value, scene.cited(*facts))


def _ratio(scene: _Scene, over: str, under: str) -> CityMeasure | None:
    """Of the latest year for which both are held."""
    for fact in reversed(scene.city.named(over, scene.day)):
        other = scene.year(under, fact.period.start.year)
        if other is not None and other.number:
            return _point(scene, fact.number / other.number, fact, other)
    return None


def _self_sufficiency(scene: _Scene) -> CityMeasure | None:
    return _ratio(scene, "budget_revenue", "budget_expenditure")


def _property_share(scene: _Scene) -> CityMeasure | None:
    return _ratio(scene, "property_investment", "gdp")


def _revenue_growth(scene: _Scene) -> CityMeasure | None:
    """A year, over the last three years that are held."""
    last = scene.latest("budget_revenue")
    first = None if last is None else scene.year("budget_revenue", last.period.start.year - YEARS)
    if last is None or first is None or first.number <= 0.0 or last.number <= 0.0:
        return None
    return _point(scene, (last.number / first.number) ** (1.0 / YEARS) - 1.0, first, last)


def _deal_to_budget(scene: _Scene) -> CityMeasure | None:
    revenue = scene.latest("budget_revenue")
    if scene.side is None or scene.side.amount is None or scene.side.currency != HOME or revenue is None:
        return None
    return _point(scene, scene.side.amount / revenue.number, revenue)


def _firms(name: str) -> Callable[[_Scene], CityMeasure | None]:
    def count(scene: _Scene) -> CityMeasure | None:
        fact = None if scene.group is None else scene.latest(name, scene.group)
        return None if fact is None else _of_fact(scene, fact)

    return count


def _output_growth(scene: _Scene) -> CityMeasure | None:
    name = OUTPUT.get(scene.group or "")
    held = scene.city.named(name, scene.day) if name else ()
    if len(held) < 2 or held[-2].period.start.year != held[-1].period.start.year - 1 or held[-2].number <= 0.0:
        return None
    return _point(scene, held[-1].number / held[-2].number - 1.0, held[-2], held[-1])


def _success(scene: _Scene) -> CityMeasure | None:
    """The rate of comparable bets, with its interval; it is of the track and not of the city."""
    found = None if scene.side is None else scene.side.outside
    if found is None or found.value is None or found.low is None or found.high is None:
        return None
    return CityMeasure(found.value, found.low, found.high, ())


_DERIVED: Mapping[str, Callable[[_Scene], CityMeasure | None]] = {
    "city.self_sufficiency": _self_sufficiency,
    "city.property_share": _property_share,
    "city.revenue_growth": _revenue_growth,
    "city.listed_firms": _firms("listed_firms"),
    "city.cluster_firms": _firms("cluster_firms"),
    "city.output_growth": _output_growth,
    "deal.to_budget": _deal_to_budget,
    "track.success": _success,
}
