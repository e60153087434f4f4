"""Where conditions stand, and in which steps they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guanzi.base.core import Place
from guanzi.deal.program import grid_of
from guanzi.deal.terms import Condition, Grid, TermSheet


@dataclass(frozen=True, slots=True)
class ConditionUse:
    """One condition in its clause.

    Attributes:
        kind: ``payment`` (it releases money), ``put``, ``call``, ``clawback``, ``right`` (another right), ``covenant``
            (what it requires), ``until`` (what ends a covenant) or ``tier``.
        id: Of the clause, as its text names it.
        clause: Id of the clause, as in :func:`guanzi.deal.terms.explain`.
        first, last: Steps in which it is asked.
    """

    kind: str
    id: str
    clause: str
    condition: Condition
    first: int
    last: int

    @property
    def place(self) -> Place:
        """Where the condition stands."""
        return self.condition.place


def uses(sheet: TermSheet) -> tuple[ConditionUse, ...]:
    """All conditions of a sheet, in the order of the text."""
    return tuple(sorted(_uses(sheet, grid_of(sheet)), key=lambda use: use.place))


def _uses(sheet: TermSheet, grid: Grid) -> Iterator[ConditionUse]:
    end = grid.count - 1
    for kind, item in sheet.items():
        for asked in kind.asked(item):
            first = 0 if asked.first is None else grid.step_of(asked.first)
            last = end if asked.last is None else min(grid.step_of(asked.last), end)
            yield ConditionUse(asked.use, asked.id, asked.clause, asked.condition, first, last)
    for covenant in sheet.covenants:
        first, clause = (0 if covenant.start is None else grid.step_of(covenant.start)), f"covenant.{covenant.id}"
        if covenant.require is not None:
            yield ConditionUse("covenant", covenant.id, clause, covenant.require, first, end)
        if covenant.until is not None:
            yield ConditionUse("until", covenant.id, clause, covenant.until, 0, end)
    for tier in sheet.tiers:
        yield ConditionUse("tier", tier.id, f"tier.{tier.id}", tier.when, 0, end)
