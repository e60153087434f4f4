"""Where conditions stand, and in which steps they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from guanzi.base.core import Place
from guanzi.deal.program import grid_of
from guanzi.deal.terms import AskedCondition, Condition, Grid, TermSheet


@dataclass(frozen=True, slots=True)
class ConditionUse:
    """One condition in its clause.

    Attributes:
        kind: ``payment`` (it releases money), ``put``, ``call``, ``clawback``, ``right`` (another right), ``covenant``
            (what it requires), ``until`` (what ends a covenant) or ``tier``.
        id: Of the clause, as its text names it.
        clause: Id of the clause, as in :func:`guanzi.deal.terms.explain`.
        first, last: Steps in which it is asked.
        start, end: Days between which it is asked.
    """

    kind: str
    id: str
    clause: str
    condition: Condition
    first: int
    last: int
    start: date
    end: date

    @property
    def place(self) -> Place:
        """Where the condition stands."""
        return self.condition.place


def uses(sheet: TermSheet) -> tuple[ConditionUse, ...]:
    """All conditions of a sheet that are asked within its horizon, in the order of the text."""
    grid = grid_of(sheet)
    asked = (_use(one, sheet.signed, grid) for one in _asked(sheet))
    return tuple(sorted((use for use in asked if use.first <= use.last), key=lambda use: use.place))


def _use(asked: AskedCondition, signed: date, grid: Grid) -> ConditionUse:
    last_day = grid.first_day(grid.count) - timedelta(days=1)
    start, end = max(asked.first or signed, signed), min(asked.last or last_day, last_day)
    steps = (grid.step_of(start), grid.step_of(end))
    return ConditionUse(asked.use, asked.id, asked.clause, asked.condition, *steps, start, end)


def _asked(sheet: TermSheet) -> Iterator[AskedCondition]:
    for kind, item in sheet.items():
        yield from kind.asked(item)
    for covenant in sheet.covenants:
        clause = f"covenant.{covenant.id}"
        if covenant.require is not None:
            yield AskedCondition(covenant.require, "covenant", covenant.id, clause, covenant.start)
        if covenant.until is not None:
            yield AskedCondition(covenant.until, "until", covenant.id, clause)
    for tier in sheet.tiers:
        yield AskedCondition(tier.when, "tier", tier.id, f"tier.{tier.id}")
