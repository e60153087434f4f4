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
from datetime import date
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
    Observable,
    Relation,
    TermSheet,
    TierInForce,
    Total,
    Type,
    unparse,
)

BUDGET = 2_000_000
"""Steps of the solver for one question. Judgement: conditions of contracts need a few thousand."""

NEVER_NEGATIVE = (
    *("units", "revenue", "debt", "headcount", "jobs_local", "capacity_local"),
    *("supplier_share_local", "founder_share"),
)
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
        self._open: list[str] = []
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

    def _guarantee(self, key: str, *formulas: Any) -> None:
        self._given.setdefault(key, self.z3.And(*formulas) if formulas else self.z3.BoolVal(True))

    # -- truths ----------------------------------------------------------------------------------------------------

    def truth(self, tree: Expression, step: Any) -> Any:
        z3 = self.z3
        match tree:
            case Negation(item=item):
                return z3.Not(self.truth(item, step))
            case Logic(op=op, items=items):
                parts = [self.truth(item, step) for item in items]
                return z3.And(*parts) if op == "and" else z3.Or(*parts)
            case Relation(op=op, left=left, right=right):
                return _compare(op, self.number(left, step), self.number(right, step))
            case Observable(name=name, type=Type.TRUTH):
                return self._observed(name, step)
            case EventHappened(event=id):
                return self.since(id, step) >= 0
            case TierInForce(tier=id):
                return self._tier(id, step)
            case DateTest(op=op, date=day):
                return self._dated(op, date.fromisoformat(day), step)
            case Held(item=item, years=years):
                return self._held(tree, item, years, step)
            case Consecutive(item=item, years=span):
                return self._consecutive(tree, item, span, step)
        raise TypeError(f"not a truth: {tree}")

    def _observed(self, name: str, step: Any) -> Any:
        variable = self.z3.Bool(f"{name}@{step}")
        if name == "listed":
            self._guarantee(f"listed@{step}", self.z3.Implies(variable, self.z3.Bool(f"listing_filed@{step}")))
        return variable

    def _tier(self, id: str, step: Any) -> Any:
        if id in self._open:  # a tier that waits for itself is never in force
            return self.z3.BoolVal(False)
        self._open.append(id)
        truth = self.truth(self.tiers[id].when.tree, step)
        self._open.pop()
        return truth

    def _dated(self, op: str, day: date, step: Any) -> Any:
        starts = [self.grid.first_day(t) for t in range(self.grid.count)]
        if op == "before":
            return step < sum(start < day for start in starts)
        return step >= sum(start <= day for start in starts)

    def _held(self, tree: Expression, item: Expression, years: float, step: Any) -> Any:
        truth = self.z3.Bool(f"{unparse(tree)}@{step}")
        long = step >= self.grid.steps(12 * years) - 1
        self._guarantee(str(truth), self.z3.Implies(truth, self.z3.And(self.truth(item, step), long)))
        return truth

    def _consecutive(self, tree: Expression, item: Expression, years: int, step: Any) -> Any:
        """True in the last steps of so many calendar years: of one of them the condition is looked at."""
        z3, ends = self.z3, [t for t in range(self.grid.count) if self.grid.ends_year(t)]
        truth, then = z3.Bool(f"{unparse(tree)}@{step}"), z3.Int(f"{unparse(tree)}@{step}'")
        if len(ends) < years:
            return z3.BoolVal(False)
        at_end = z3.Or(*(then == t for t in ends))
        long = z3.And(step >= ends[years - 1], then <= step, then >= 0, at_end)
        self._guarantee(str(truth), z3.Implies(truth, z3.And(self.truth(item, then), long)))
        return truth

    # -- numbers ---------------------------------------------------------------------------------------------------

    def number(self, tree: Expression, step: Any) -> Any:
        z3 = self.z3
        match tree:
            case Number(value=value):
                return z3.RealVal(repr(value))
            case Observable(name=name, type=Type.NUMBER):
                return self._measured(name, f"{name}@{step}")
            case Total(item=item, months=months):
                return self._total(item, months, step)
            case MonthsSince(target=target):
                return z3.ToReal(self.since(target, step))
            case Arithmetic(op=op, left=left, right=right):
                a, b = self.number(left, step), self.number(right, step)
                if op == "/":
                    return z3.If(b == 0, z3.RealVal(0), a / b)
                return {"+": a + b, "-": a - b, "*": a * b}[op]
        raise TypeError(f"not a number: {tree}")

    def _measured(self, name: str, key: str) -> Any:
        variable = self.z3.Real(key)
        limits = [variable >= AT_LEAST[name]] if name in AT_LEAST else []
        limits += [variable <= AT_MOST[name]] if name in AT_MOST else []
        self._guarantee(key, *limits)
        return variable

    def _total(self, item: Expression, months: int | None, step: Any) -> Any:
        if not isinstance(item, Observable):
            variable = self.z3.Real(f"total({unparse(item)}, {months})@{step}")
            self._guarantee(str(variable))
            return variable
        key = f"total({item.name}, {months})@{step}"
        variable = self._measured(item.name, key)
        if item.name in AT_LEAST:  # what is never negative is in a window at least what it is in its last step
            self._guarantee(f"{key} now", self._measured(item.name, f"{item.name}@{step}") <= variable)
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
            self._guarantee(key, variable == -1 if never else z3.Or(variable == -1, z3.And(*made)))
            return variable
        if id not in self.due:  # a right that was exercised, at whatever step
            self._guarantee(key, variable >= -1, variable <= months * step)
            return variable
        elapsed = months * (step - self.grid.step_of(self.due[id]))
        event = self.events.get(id)
        chance = event.probability if event is not None else None
        if chance == 0.0:
            self._guarantee(key, variable == -1)
        elif chance == 1.0:
            # certain as long as the company is there
            happened = z3.And(elapsed >= 0, variable == elapsed)
            alive = z3.And(elapsed >= 0, z3.Bool(f"solvent@{step}"))
            self._guarantee(key, z3.Or(variable == -1, happened), z3.Implies(alive, happened))
        else:
            self._guarantee(key, z3.Or(variable == -1, z3.And(variable >= 0, variable <= elapsed)))
        return variable


def _compare(op: str, left: Any, right: Any) -> Any:
    match op:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right
        case "==":
            return left == right
    return left != right
