"""What is on record of a subject, and figures held against one another: sum, difference, share or ratio."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Bilingual
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.sources import Source

type Ends = tuple[float, float]
"""Lowest and highest."""


@dataclass(frozen=True, slots=True)
class FigureComparison:
    """Two or more figures held against one another.

    Attributes:
        facts: The figures, in the order asked.
        total: Of all of them; None where they have different units.
        difference: First less second, where two figures have the same unit.
        ratio: First over second, where there are two and the second cannot be nought.
        sources: Of all of them.
    """

    facts: tuple[Fact, ...]
    total: Ends | None
    difference: Ends | None
    ratio: Ends | None
    sources: tuple[Source, ...]

    @property
    def known_on(self) -> date:
        """The day on which all were known."""
        return max(fact.known_on for fact in self.facts)


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What is on record of a subject.

    Attributes:
        facts: In the order of what they are about, their name and their period.
        sources: That they rest on.
        decided: Of a case: the day of its decision; what was known later is what came of it.
    """

    id: str
    name: Bilingual
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    decided: date | None = None


def compare_facts(held: Sequence[tuple[Fact, Source]]) -> FigureComparison:
    """Two or more figures that are numbers, each with its source, held against one another."""
    facts = tuple(fact for fact, _ in held)
    alike = len({fact.unit for fact in facts}) == 1
    lows, highs = zip(*(fact.interval for fact in facts), strict=True)
    pair = len(facts) == 2
    return FigureComparison(
        facts,
        (sum(lows), sum(highs)) if alike else None,
        (lows[0] - highs[1], highs[0] - lows[1]) if alike and pair else None,
        _ratio(facts[0].interval, facts[1].interval) if pair else None,
        tuple({source.id: source for _, source in held}.values()),
    )


def _ratio(first: Ends, second: Ends) -> Ends | None:
    if second[0] <= 0.0 <= second[1]:
        return None
    found = [x / y for x in first for y in second]
    return min(found), max(found)
