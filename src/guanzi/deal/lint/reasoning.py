"""Reasoning about conditions with a solver: what can hold at all, what holds always, what follows from what.

A condition is looked at in one step of the grid. What may have happened before is left free, within what the
language guarantees: nothing is paid before it is due, a ratio lies between 0 and 1, what ``held`` for years holds now.
So what is said to be impossible is impossible for every company; the converse is not claimed. The solver has a budget
of steps (``rlimit``), never one of time: the same sheet gives the same answer on every machine. Beyond the budget it
gives none. Each reasoner has a context of its own: the one that the solver's library keeps by itself may not be used
from two threads, and what was asked of another sheet cannot reach an answer.

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
MOST_PARTS = 20_000
"""Parts of a question, with the tiers that it names written out; a larger one is not asked."""
MOST_PARTS_IN_ALL = 20_000
BUDGET_IN_ALL = 10_000_000
"""Parts and steps of all that one rule asks of a sheet: fifty times what the largest sheet of the library takes."""

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
        import z3

        self.sheet = sheet
        self.grid = grid_of(sheet)
        self._context = z3.Context()
        self._parts = self._steps = 0

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
            None when the budget does not suffice, or the question is larger than any may be.
        """
        import z3

        if self._parts > MOST_PARTS_IN_ALL or self._steps > BUDGET_IN_ALL:
            return None
        solver = z3.Solver(ctx=self._context)
        solver.set("rlimit", BUDGET)
        world = _World(z3, self._context, self.sheet, self.grid, set(unpaid))
        end = self.grid.count - 1 if last is None else min(last, self.grid.count - 1)
        try:
            for truth in (*conditions, *(Negation(d, d.place) for d in denied)):
                solver.add(world.truth(truth, world.now))
        except _TooLarge:
            return None
        finally:
            self._parts += world.parts
        solver.add(world.now >= max(first, 0), world.now <= end, *world.known(facts or {}), *world.given())
        answer = solver.check()
        self._steps = solver.statistics().get_key_value("rlimit count")
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


class _TooLarge(Exception):
    """A question of more than :data:`MOST_PARTS` parts."""


class _World:
    """One step as formulas: a variable for the step, for each observable, and for what happened before."""

    def __init__(self, z3: Any, context: Any, sheet: TermSheet, grid: Grid, unpaid: set[str]) -> None:
        self.z3, self.context, self.sheet, self.grid, self.unpaid = z3, context, sheet, grid, unpaid
        self.now = self.whole("step")
        self._given: dict[str, Any] = {}
        self.parts = 0
        self._in_force: dict[str, Any] = {}
        self._steps: dict[str, Any] = {"step": self.now}
        self._spans: list[tuple[Any, Expression, float, Any]] = []
        self.tiers = {tier.id: tier for tier in sheet.tiers}
        self.events = {event.id: event for event in sheet.events}
        self.due = {event.id: event.due for event in sheet.events} | {p.id: p.due for p in sheet.promises}
        self.payments: dict[str, tuple[date, date | None]] = {}
        for flow in sheet.flows():
            if flow.nature != "contingent":
                self.payments.setdefault(flow.asked, (flow.due, flow.expires))

    def whole(self, name: str) -> Any:
        """A variable that is a whole number."""
        return self.z3.Int(name, self.context)

    def real(self, name: str) -> Any:
        """A variable that is a number."""
        return self.z3.Real(name, self.context)

    def either(self, name: str) -> Any:
        """A variable that is true or false."""
        return self.z3.Bool(name, self.context)

    def value(self, value: float | str | bool) -> Any:
        """A truth or a number as the solver has it."""
        make = self.z3.BoolVal if isinstance(value, bool) else self.z3.RealVal
        return make(value, self.context)

    def count(self) -> None:
        """Count a part of the question.

        Raises:
            _TooLarge: It has too many.
        """
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise _TooLarge

    def in_force(self, tier: str, step: Any) -> Any:
        """Whether a tier is in force: written out once for each step, however often it is named."""
        key = f"{tier}@{step}"
        if key not in self._in_force:
            self._in_force[key] = self.value(False)  # a tier that waits for itself is never in force
            self._in_force[key] = self.truth(self.tiers[tier].when.tree, step)
        return self._in_force[key]

    def given(self) -> list[Any]:
        """What the language guarantees of the variables that were used."""
        return list(self._given.values())

    def known(self, facts: Mapping[str, float | bool]) -> list[Any]:
        """What is known of the company in this step; flows are those of a year."""
        found = []
        for name, value in facts.items():
            if isinstance(value, bool):
                found.append(self.either(f"{name}@step") == value)
                continue
            for form in ("{}@step", "total({}, None)@step", f"total({{}}, {YEAR})@step"):
                if (key := form.format(name)) in self._given:
                    found.append(self.real(key) == value)
        return found

    def guarantee(self, key: str, *formulas: Any) -> None:
        self._given.setdefault(key, self.z3.And(*formulas) if formulas else self.value(True))

    def truth(self, tree: Expression, step: Any) -> Any:
        return _Formula(self, step).truth(tree)

    def measured(self, name: str, key: str) -> Any:
        variable = self.real(key)
        limits = [variable >= AT_LEAST[name]] if name in AT_LEAST else []
        limits += [variable <= AT_MOST[name]] if name in AT_MOST else []
        self.guarantee(key, *limits)
        return variable

    def since(self, id: str, step: Any) -> Any:
        """Months since a payment was made or an event happened; -1 before."""
        z3, months = self.z3, self.grid.months
        key = f"months_since('{id}')@{step}"
        variable = self.whole(key)
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
            alive = z3.And(elapsed >= 0, self.either(f"solvent@{step}"))
            self.guarantee(key, z3.Or(variable == -1, happened), z3.Implies(alive, happened))
        else:
            self.guarantee(key, z3.Or(variable == -1, z3.And(variable >= 0, variable <= elapsed)))
        return variable


@dataclass(frozen=True)
class _Formula(TruthFold[Any], NumberFold[Any]):
    """A condition in one step, as a formula of the solver."""

    world: _World
    step: Any

    def truth(self, tree: Expression) -> Any:
        self.world.count()
        return super().truth(tree)

    def number(self, tree: Expression) -> Any:
        self.world.count()
        return super().number(tree)

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
        variable = self.world.either(f"{x.name}@{step}")
        if x.name == "listed":
            self.world.guarantee(f"listed@{step}", z3.Implies(variable, self.world.either(f"listing_filed@{step}")))
        return variable

    def happened(self, x: EventHappened) -> Any:
        return self.world.since(x.event, self.step) >= 0

    def tier(self, x: TierInForce) -> Any:
        return self.world.in_force(x.tier, self.step)

    def dated(self, x: DateTest) -> Any:
        grid, day = self.world.grid, date.fromisoformat(x.date)
        starts = [grid.first_day(t) for t in range(grid.count)]
        if x.op == "before":
            return self.step < sum(start < day for start in starts)
        return self.step >= sum(start <= day for start in starts)

    def held(self, x: Held) -> Any:
        z3 = self.world.z3
        truth = self.world.either(f"{unparse(x)}@{self.step}")
        long = self.step >= self.world.grid.steps(12 * x.years) - 1
        self.world.guarantee(str(truth), z3.Implies(truth, z3.And(self.truth(x.item), long)))
        return truth

    def consecutive(self, x: Consecutive) -> Any:
        """True in the last steps of so many calendar years: of one of them the condition is looked at."""
        z3, grid, step = self.world.z3, self.world.grid, self.step
        ends = [t for t in range(grid.count) if grid.ends_year(t)]
        name = f"{unparse(x)}@{step}"
        truth, then = self.world.either(name), self.world.whole(f"{name}'")
        if len(ends) < x.years:
            return self.world.value(False)
        at_end = z3.Or(*(then == t for t in ends))
        long = z3.And(step >= ends[x.years - 1], then <= step, then >= 0, at_end)
        self.world.guarantee(str(truth), z3.Implies(truth, z3.And(replace(self, step=then).truth(x.item), long)))
        return truth

    # -- numbers ---------------------------------------------------------------------------------------------------

    def literal(self, x: Number) -> Any:
        return self.world.value(repr(x.value))

    def figure(self, x: Observable) -> Any:
        return self.world.measured(x.name, f"{x.name}@{self.step}")

    def months_since(self, x: MonthsSince) -> Any:
        return self.world.z3.ToReal(self.world.since(x.target, self.step))

    def arithmetic(self, x: Arithmetic) -> Any:
        z3, a, b = self.world.z3, self.number(x.left), self.number(x.right)
        if x.op == "/":
            return z3.If(b == 0, self.world.value(0.0), a / b)
        return {"+": a + b, "-": a - b, "*": a * b}[x.op]

    def total(self, x: Total) -> Any:
        item, world = x.item, self.world
        if not isinstance(item, Observable):
            variable = world.real(f"total({unparse(item)}, {x.months})@{self.step}")
            world.guarantee(str(variable))
            return variable
        key = f"total({item.name}, {x.months})@{self.step}"
        variable = world.measured(item.name, key)
        if item.name in AT_LEAST:  # what is never negative is in a window at least what it is in its last step
            world.guarantee(f"{key} now", world.measured(item.name, f"{item.name}@{self.step}") <= variable)
        return variable
