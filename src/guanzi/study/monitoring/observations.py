"""What was observed of a company and its deal, laid on the grid of the term sheet, with what is not known left open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from guanzi.deal.terms import QUARTER, Grid

type Facts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingObservation:
    """Something that a condition needs and that is not known.

    Attributes:
        what: Observable, event, tier or instalment.
        end: Last day of the time that it is about.
    """

    what: str
    end: date


@dataclass(frozen=True, slots=True)
class Observations:
    """What was observed, step by step; None where it is not known.

    Attributes:
        grid: The steps of the term sheet.
        until: The last step that is looked at.
        numbers: Observable to its values, one a step from 0 to ``until``; flows are those of the step's quarter.
        truths: The same for what is true or not.
        before: Flow to its values in the quarters before that of signing, the latest first.
        happened: Event, promise or instalment to whether it had happened by the end of each step.
        steps: Event, promise or instalment to the step in which it happened; of an instalment, in which its first money
            came.
        facts: (observable or event, step) to the facts behind it.
        begun: The same as ``happened``, but of an instalment from its first money on; left out where it is the same.
        reported: Event, promise or instalment to the day on which it was reached by the word of the company alone.
        stated: Fact to the last day that it is about.
    """

    grid: Grid
    until: int
    numbers: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    truths: Mapping[str, tuple[bool | None, ...]] = field(default_factory=dict)
    before: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    happened: Mapping[str, tuple[bool | None, ...]] = field(default_factory=dict)
    steps: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[tuple[str, int], Facts] = field(default_factory=dict)
    begun: Mapping[str, tuple[bool | None, ...]] = field(default_factory=dict)
    reported: Mapping[str, date] = field(default_factory=dict)
    stated: Mapping[str, date] = field(default_factory=dict)

    def number(self, name: str, t: int) -> float | None:
        """The value of an observable in a step; None: not known."""
        return self.numbers.get(name, ())[t] if name in self.numbers else None

    def earlier(self, name: str, quarters: int) -> float | None:
        """The value of a flow so many quarters before that of signing; None: not known."""
        row = self.before.get(name, ())
        return row[quarters - 1] if quarters <= len(row) else None

    def truth(self, name: str, t: int) -> bool | None:
        """Whether an observable holds in a step; None: not known."""
        return self.truths[name][t] if name in self.truths else None

    def done(self, target: str, t: int) -> bool | None:
        """Whether an event, a promise or an instalment had happened by the end of a step; None: not known."""
        return self.happened[target][t] if target in self.happened else None

    def running(self, target: str, t: int) -> bool | None:
        """Whether a clock that runs from an event or an instalment had begun by the end of a step; None: not known."""
        return self.begun[target][t] if target in self.begun else self.done(target, t)

    def behind(self, name: str, t: int) -> Facts:
        """The facts behind a value."""
        return self.facts.get((name, t), ())

    def known_before(self, name: str, end: date) -> date | None:
        """Last day of the last quarter before a day of which a figure or a state is known; None: of none."""
        row = self.numbers.get(name) or self.truths.get(name) or ()
        return max((x for t, held in enumerate(row) if held is not None and (x := self.end_of(t)) < end), default=None)

    def end_of(self, t: int) -> date:
        """Last day of the quarter in which a step lies: figures of the company are of quarters."""
        first = self.grid.first_day(t)
        month = first.year * 12 + first.month - 1
        after = month - month % QUARTER + QUARTER
        return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def step_end(grid: Grid, t: int) -> date:
    """Last day of a step.

    >>> step_end(Grid(date(2020, 4, 29), 3, 40), 5)
    datetime.date(2021, 9, 30)
    """
    return grid.first_day(t + 1) - timedelta(days=1)
