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
        kind: ``payment`` (it releases public money), ``put``, ``call``, ``clawback``, ``covenant`` (what it requires),
            ``until`` (what ends a covenant) or ``tier``.
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
    for equity in sheet.equities:
        for tranche in equity.tranches:
            if tranche.condition is not None:
                last = end if tranche.expires is None else min(grid.step_of(tranche.expires), end)
                clause = f"{equity.id}.{tranche.id}"
                yield ConditionUse("payment", tranche.id, clause, tranche.condition, grid.step_of(tranche.due), last)
    for loan in sheet.loans:
        if loan.condition is not None:
            last = end if loan.expires is None else min(grid.step_of(loan.expires), end)
            yield ConditionUse("payment", loan.id, loan.id, loan.condition, grid.step_of(loan.drawn), last)
    for note in sheet.convertible_notes:
        if note.condition is not None:
            last = end if note.expires is None else min(grid.step_of(note.expires), end)
            yield ConditionUse("payment", note.id, note.id, note.condition, grid.step_of(note.drawn), last)
    for put in sheet.puts:
        yield ConditionUse("put", put.id, put.id, put.when, 0, end)
    for call in sheet.calls:
        yield ConditionUse("call", call.id, call.id, call.when, 0, end)
    for grant in sheet.grants:
        first, clause = grid.step_of(grant.start), f"incentive.{grant.id}"
        if grant.condition is not None:
            last = min(first + (grant.years - 1) * 12 // grid.months, end)
            yield ConditionUse("payment", grant.id, clause, grant.condition, first, last)
        if grant.clawback is not None:
            yield ConditionUse("clawback", grant.id, clause, grant.clawback.when, first, end)
    for covenant in sheet.covenants:
        first, clause = (0 if covenant.start is None else grid.step_of(covenant.start)), f"covenant.{covenant.id}"
        if covenant.require is not None:
            yield ConditionUse("covenant", covenant.id, clause, covenant.require, first, end)
        if covenant.until is not None:
            yield ConditionUse("until", covenant.id, clause, covenant.until, 0, end)
    for tier in sheet.tiers:
        yield ConditionUse("tier", tier.id, f"tier.{tier.id}", tier.when, 0, end)
