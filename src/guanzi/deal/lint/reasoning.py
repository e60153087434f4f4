"""Reasoning about conditions with a solver: what can hold at all, what holds always, what follows from what.

A condition is looked at in one step of the grid. What may have happened before is left free, within what the
language guarantees: nothing is paid before it is due, a ratio lies between 0 and 1, what ``held`` for years holds now.
So what is said to be impossible is impossible for every company; the converse is not claimed. The solver has a budget
of steps (``rlimit``), never one of time: the same sheet gives the same answer on every machine. Beyond the budget it
gives none.

Reference:
    de Moura, Bjørner: Z3: an efficient SMT solver. TACAS (2008).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from guanzi.deal.lint.atoms import YEAR
from guanzi.deal.program import grid_of
from guanzi.deal.terms import (
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
    TermSheet,
    TierInForce,
    Total,
    TruthFold,
    unparse,
)

BUDGET = 2_000_000
"""Steps of the solver for one question. Judgement: conditions of contracts need a few thousand."""

NEVER_NEGATIVE = (
    *("units", "revenue", "debt", "headcount", "jobs_local", "capacity_local"),
    *("supplier_share_local", "founder_share"),
)
_COMPARED = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq, "!=": ne}
AT_LEAST = dict.fromkeys(NEVER_NEGATIVE, 0.0)
AT_MOST = {"gross_margin": 1.0, "supplier_share_local": 1.0, "founder_share": 1.0}


class Reasoner:
    """Questions about the conditions of one sheet.

    >>> from guanzi.deal.lint.examples import example
    >>> from guanzi.deal.terms import parse_sheet
    >>> sheet = parse_sheet(example("GZ401").bad_sheet)
    >>> Reasoner(sheet).possible(sheet.tiers[0].when.tree)
    False
    """

    def __init__(self, sheet: TermSheet) -> None:
        self.sheet = sheet
        self.grid = grid_of(sheet)

    def possible(
        self,
        *conditions: Expression,
        denied: Sequence[Expression] = (),
        first: int = 0,
        last: int | None = None,
        facts: Mapping[str, float | bool] | None = None,
        unpaid: Iterable[str] = (),
    ) -> bool | None:
        """Whether all conditions can hold, and all ``denied`` ones not hold, in one step from ``first`` to ``last``.

        Args:
            conditions: Truths.
            denied: Truths that must not hold.
            first, last: Steps; None: the last one of the grid.
            facts: What is known of the company in that step.
            unpaid: Ids of payments that have not been made.

        Returns:
            None when the budget does not suffice.
        """
        import z3

        solver = z3.Solver()
        solver.set("rlimit", BUDGET)
        world = _World(z3, self.sheet, self.grid, set(unpaid))
        end = self.grid.count - 1 if last is None else min(last, self.grid.count - 1)
        for truth in (*conditions, *(Negation(d, d.place) for d in denied)):
            solver.add(world.truth(truth, world.now))
        solver.add(world.now >= max(first, 0), world.now <= end, *world.known(facts or {}), *world.given())
        answer = solver.check()
        return None if answer == z3.unknown else bool(answer == z3.sat)

    def always(self, condition: Expression, *, first: int = 0, last: int | None = None) -> bool:
        """Whether a condition holds in every step of a window, whatever happens."""
        return self.possible(denied=(condition,), first=first, last=last) is False

    def follows(self, condition: Expression, *others: Expression) -> bool:
        """Whether a condition holds wherever the others do."""
        return self.possible(*others, denied=(condition,)) is False

    def step(self, day: date | None) -> int | None:
        """The step of a day."""
        return None if day is None else self.grid.step_of(day)


class _World:
    """One step as formulas: a variable for the step, for each observable, and for what happened before."""

    def __init__(self, z3: Any, sheet: TermSheet, grid: Grid, unpaid: set[str]) -> None:
        self.z3, self.sheet, self.grid, self.unpaid = z3, sheet, grid, unpaid
        self.now = z3.Int("step")
        self._given: dict[str, Any] = {}
        self.waiting: list[str] = []
        self._steps: dict[str, Any] = {"step": self.now}
        self._spans: list[tuple[Any, Expression, float, Any]] = []
        self.tiers = {tier.id: tier for tier in sheet.tiers}
        self.events = {event.id: event for event in sheet.events}
        self.due = {event.id: event.due for event in sheet.events} | {p.id: p.due for p in sheet.promises}
        payments: dict[str, tuple[date, date | None]] = {
            tranche.id: (tranche.due, tranche.expires) for equity in sheet.equities for tranche in equity.tranches
        }
        payments |= {loan.id: (loan.drawn, loan.expires) for loan in sheet.loans}
        payments |= {note.id: (note.drawn, note.expires) for note in sheet.convertible_notes}
        self.payments = payments

    def given(self) -> list[Any]:
        """What the language guarantees of the variables that were used."""
        return list(self._given.values())

    def known(self, facts: Mapping[str, float | bool]) -> list[Any]:
        """What is known of the company in this step; flows are those of a year."""
        found = []
        for name, value in facts.items():
            if isinstance(value, bool):
                found.append(self.z3.Bool(f"{name}@step") == value)
                continue
            for form in ("{}@step", "total({}, None)@step", f"total({{}}, {YEAR})@step"):
                if (key := form.format(name)) in self._given:
                    found.append(self.z3.Real(key) == value)
        return found

    def guarantee(self, key: str, *formulas: Any) -> None:
        self._given.setdefault(key, self.z3.And(*formulas) if formulas else self.z3.BoolVal(True))

    def truth(self, tree: Expression, step: Any) -> Any:
        return _Formula(self, step).truth(tree)

    def measured(self, name: str, key: str) -> Any:
        variable = self.z3.Real(key)
        limits = [variable >= AT_LEAST[name]] if name in AT_LEAST else []
        limits += [variable <= AT_MOST[name]] if name in AT_MOST else []
        self.guarantee(key, *limits)
        return variable

    def since(self, id: str, step: Any) -> Any:
        """Months since a payment was made or an event happened; -1 before."""
        z3, months = self.z3, self.grid.months
        key = f"months_since('{id}')@{step}"
        variable = z3.Int(key)
        if id in self.payments:
            due, expires = self.payments[id]
            # a condition sees the payments of earlier steps
            made = [variable >= months, variable <= months * (step - self.grid.step_of(due))]
            if expires is not None:
                made.append(variable >= months * (step - self.grid.step_of(expires)))
            never = id in self.unpaid
            self.guarantee(key, variable == -1 if never else z3.Or(variable == -1, z3.And(*made)))
            return variable
        if id not in self.due:  # a right that was exercised, at whatever step
            self.guarantee(key, variable >= -1, variable <= months * step)
            return variable
        elapsed = months * (step - self.grid.step_of(self.due[id]))
        event = self.events.get(id)
        chance = event.probability if event is not None else None
        if chance == 0.0:
            self.guarantee(key, variable == -1)
        elif chance == 1.0:
            # certain as long as the company is there
            happened = z3.And(elapsed >= 0, variable == elapsed)
            alive = z3.And(elapsed >= 0, z3.Bool(f"solvent@{step}"))
            self.guarantee(key, z3.Or(variable == -1, happened), z3.Implies(alive, happened))
        else:
            self.guarantee(key, z3.Or(variable == -1, z3.And(variable >= 0, variable <= elapsed)))
        return variable


@dataclass(frozen=True)
class _Formula(TruthFold[Any], NumberFold[Any]):
    """A condition in one step, as a formula of the solver."""

    world: _World
    step: Any

    # -- truths ----------------------------------------------------------------------------------------------------

    def negation(self, x: Negation) -> Any:
        return self.world.z3.Not(self.truth(x.item))

    def logic(self, x: Logic) -> Any:
        z3 = self.world.z3
        return (z3.And if x.op == "and" else z3.Or)(*map(self.truth, x.items))

    def relation(self, x: Relation) -> Any:
        return _COMPARED[x.op](self.number(x.left), self.number(x.right))

    def state(self, x: Observable) -> Any:
        z3, step = self.world.z3, self.step
        variable = z3.Bool(f"{x.name}@{step}")
        if x.name == "listed":
            self.world.guarantee(f"listed@{step}", z3.Implies(variable, z3.Bool(f"listing_filed@{step}")))
        return variable

    def happened(self, x: EventHappened) -> Any:
        return self.world.since(x.event, self.step) >= 0

    def tier(self, x: TierInForce) -> Any:
        world = self.world
        if x.tier in world.waiting:  # a tier that waits for itself is never in force
            return world.z3.BoolVal(False)
        world.waiting.append(x.tier)
        truth = self.truth(world.tiers[x.tier].when.tree)
        world.waiting.pop()
        return truth

    def dated(self, x: DateTest) -> Any:
        grid, day = self.world.grid, date.fromisoformat(x.date)
        starts = [grid.first_day(t) for t in range(grid.count)]
        if x.op == "before":
            return self.step < sum(start < day for start in starts)
        return self.step >= sum(start <= day for start in starts)

    def held(self, x: Held) -> Any:
        z3 = self.world.z3
        truth = z3.Bool(f"{unparse(x)}@{self.step}")
        long = self.step >= self.world.grid.steps(12 * x.years) - 1
        self.world.guarantee(str(truth), z3.Implies(truth, z3.And(self.truth(x.item), long)))
        return truth

    def consecutive(self, x: Consecutive) -> Any:
        """True in the last steps of so many calendar years: of one of them the condition is looked at."""
        z3, grid, step = self.world.z3, self.world.grid, self.step
        ends = [t for t in range(grid.count) if grid.ends_year(t)]
        truth, then = z3.Bool(f"{unparse(x)}@{step}"), z3.Int(f"{unparse(x)}@{step}'")
        if len(ends) < x.years:
            return z3.BoolVal(False)
        at_end = z3.Or(*(then == t for t in ends))
        long = z3.And(step >= ends[x.years - 1], then <= step, then >= 0, at_end)
        self.world.guarantee(str(truth), z3.Implies(truth, z3.And(replace(self, step=then).truth(x.item), long)))
        return truth

    # -- numbers ---------------------------------------------------------------------------------------------------

    def literal(self, x: Number) -> Any:
        return self.world.z3.RealVal(repr(x.value))

    def figure(self, x: Observable) -> Any:
        return self.world.measured(x.name, f"{x.name}@{self.step}")

    def months_since(self, x: MonthsSince) -> Any:
        return self.world.z3.ToReal(self.world.since(x.target, self.step))

    def arithmetic(self, x: Arithmetic) -> Any:
        z3, a, b = self.world.z3, self.number(x.left), self.number(x.right)
        if x.op == "/":
            return z3.If(b == 0, z3.RealVal(0), a / b)
        return {"+": a + b, "-": a - b, "*": a * b}[x.op]

    def total(self, x: Total) -> Any:
        item, world = x.item, self.world
        if not isinstance(item, Observable):
            variable = world.z3.Real(f"total({unparse(item)}, {x.months})@{self.step}")
            world.guarantee(str(variable))
            return variable
        key = f"total({item.name}, {x.months})@{self.step}"
        variable = world.measured(item.name, key)
        if item.name in AT_LEAST:  # what is never negative is in a window at least what it is in its last step
            world.guarantee(f"{key} now", world.measured(item.name, f"{item.name}@{self.step}") <= variable)
        return variable
