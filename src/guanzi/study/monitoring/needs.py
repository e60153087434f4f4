"""What a condition reads of what was observed: every figure, event and tier that its truth in a step rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from guanzi.deal.terms import (
    OBSERVABLES,
    STOCK,
    Arithmetic,
    Consecutive,
    DateTest,
    EventHappened,
    Expression,
    Grid,
    Held,
    Logic,
    MonthsSince,
    Negation,
    Number,
    NumberFold,
    Observable,
    Relation,
    TierInForce,
    Total,
    TruthFold,
    walk,
)
from guanzi.study.monitoring.observations import Facts, MissingObservation, Observations

type Truths = tuple[bool | None, ...]


@dataclass(frozen=True, slots=True)
class ConditionVerdict:
    """A condition in each step.

    Attributes:
        truths: One a step; None: unknown.
        missing: One a step: what is not known and would decide it; empty where the truth is known.
        facts: One a step: every fact that the truth rests on, those of the steps before that count in it included.
    """

    truths: Truths
    missing: tuple[tuple[MissingObservation, ...], ...]
    facts: tuple[Facts, ...]


@dataclass(frozen=True, slots=True)
class ConditionNeed:
    """Something that is read.

    Attributes:
        what: Observable, event, tier or instalment, with the end of the time that it is about.
        known: Whether it is known.
        facts: The facts behind it.
    """

    what: MissingObservation
    known: bool
    facts: Facts


@dataclass(frozen=True)
class ConditionNeeds(TruthFold[Iterator[ConditionNeed]], NumberFold[Iterator[ConditionNeed]]):
    """What is read for a truth or a number in a step.

    Attributes:
        seen: What was observed.
        tiers: Tiers that were tested by now.
        t: The step.
    """

    seen: Observations
    tiers: Mapping[str, ConditionVerdict]
    t: int

    # -- truths

    def relation(self, x: Relation, /) -> Iterator[ConditionNeed]:
        """Both sides."""
        yield from self.number(x.left)
        yield from self.number(x.right)

    def logic(self, x: Logic, /) -> Iterator[ConditionNeed]:
        """All parts: each can decide it."""
        for item in x.items:
            yield from self.truth(item)

    def negation(self, x: Negation, /) -> Iterator[ConditionNeed]:
        """What is denied."""
        return self.truth(x.item)

    def state(self, x: Observable, /) -> Iterator[ConditionNeed]:
        """The truth of the company in the step."""
        yield self._need(x.name, self.seen.truth(x.name, self.t) is not None)

    def happened(self, x: EventHappened, /) -> Iterator[ConditionNeed]:
        """The event."""
        yield self._need(x.event, self.seen.done(x.event, self.t) is not None)

    def tier(self, x: TierInForce, /) -> Iterator[ConditionNeed]:
        """The tier, with what its own condition rests on."""
        own = self.tiers.get(x.tier)
        what = MissingObservation(x.tier, self.seen.end_of(self.t))
        yield ConditionNeed(what, own is not None and own.truths[self.t] is not None, own.facts[self.t] if own else ())

    def dated(self, x: DateTest, /) -> Iterator[ConditionNeed]:
        """Nothing: the calendar is known."""
        return iter(())

    def consecutive(self, x: Consecutive, /) -> Iterator[ConditionNeed]:
        """What it is about in the last steps of the last years that are complete."""
        ends = [t for t in range(self.t + 1) if self.seen.grid.ends_year(t)]
        return self._over(x.item, ends[-x.years :])

    def held(self, x: Held, /) -> Iterator[ConditionNeed]:
        """What it is about in every step of the window."""
        first = self.t + 1 - self.seen.grid.steps(12 * x.years)
        return self._over(x.item, range(max(first, 0), self.t + 1))

    def _over(self, item: Expression, steps: Sequence[int]) -> Iterator[ConditionNeed]:
        for t in steps:
            yield from replace(self, t=t).truth(item)

    # -- numbers

    def literal(self, x: Number, /) -> Iterator[ConditionNeed]:
        """Nothing: it is written."""
        return iter(())

    def figure(self, x: Observable, /) -> Iterator[ConditionNeed]:
        """The figure of the company in the step."""
        yield self._need(x.name, self.seen.number(x.name, self.t) is not None)

    def arithmetic(self, x: Arithmetic, /) -> Iterator[ConditionNeed]:
        """Both sides."""
        yield from self.number(x.left)
        yield from self.number(x.right)

    def total(self, x: Total, /) -> Iterator[ConditionNeed]:
        """What it adds up, in every step of the window, and its flows in the quarters of the window before signing."""
        first, back = self._window(x.months)
        flows = (part.name for part in walk(x.item) if isinstance(part, Observable))
        for name in dict.fromkeys(name for name in flows if OBSERVABLES[name].kind != STOCK):
            for quarters in back:
                what = MissingObservation(name, _quarter_end(self.seen.grid, quarters))
                known = self.seen.earlier(name, quarters) is not None
                yield ConditionNeed(what, known, self.seen.behind(name, -quarters))
        for t in range(max(first, 0), self.t + 1):
            if self.seen.grid.moves(t):
                yield from replace(self, t=t).number(x.item)

    def months_since(self, x: MonthsSince, /) -> Iterator[ConditionNeed]:
        """The instalment or the event, from which the clock runs."""
        yield self._need(x.target, self.seen.running(x.target, self.t) is not None)

    def _need(self, name: str, known: bool) -> ConditionNeed:
        seen = self.seen
        return ConditionNeed(MissingObservation(name, seen.end_of(self.t)), known, seen.behind(name, self.t))

    def _window(self, months: int | None) -> tuple[int, list[int]]:
        """The first step of a sum, and how many quarters before that of signing the others of it lie."""
        grid, t = self.seen.grid, self.t
        if months is None:
            begun = [s for s in range(t + 1) if grid.begins_year(s)]
            return (begun[-1], []) if begun else (0, list(range(1, grid.quarters_before_in_year + 1)))
        if months == 0:
            return 0, []
        first = t + 1 - grid.steps(months)
        return first, [-grid.quarter(s) for s in range(first, 0) if grid.posts_before(-s)]


def _quarter_end(grid: Grid, quarters: int) -> date:
    """Last day of the quarter that lies so many before that of signing."""
    first = grid.first_day(0)
    month = first.year * 12 + first.month - 1
    after = month - month % 3 - 3 * (quarters - 1)
    return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
