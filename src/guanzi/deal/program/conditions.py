"""Lowering of conditions: a typed tree becomes instructions, once per step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from guanzi.deal.program.company import CompanySlots
from guanzi.deal.program.representation import Emitter
from guanzi.deal.terms import (
    MIRRORED,
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
    children,
)


class ConditionLowering:
    """Lowers one condition; keeps the windows and counters that its history needs.

    Call :meth:`at` exactly once in each step, in step order.

    Args:
        name: Prefix of its slots, e.g. ``condition.put``.
        tree: The condition.
    """

    def __init__(self, name: str, tree: Expression, emitter: Emitter, company: CompanySlots, grid: Grid) -> None:
        self.name, self.tree, self.e, self.company, self.grid = name, tree, emitter, company, grid
        self._slots: dict[int, list[str]] = {}
        self._declare(tree)

    def at(self, t: int) -> str:
        """Emit the condition for step t and return the truth that holds it."""
        return _AtStep(self.name, self.e, self.company, self.grid, self._slots, t).truth(self.tree)

    def number_at(self, t: int) -> str:
        """Emit an expression that yields a number for step t and return the number that holds it; else as ``at``."""
        return _AtStep(self.name, self.e, self.company, self.grid, self._slots, t).number(self.tree)

    # -- history: slots are declared once, in the order of the tree

    def _declare(self, x: Expression) -> None:
        for part in children(x):
            self._declare(part)
        if isinstance(x, Total):
            count = 1 if not x.months else self.grid.steps(x.months)
            stem = f"{self.name}.total{len(self._slots)}"
            self._slots[id(x)] = [self.e.number(f"{stem}.{i}") for i in range(count)]
        elif isinstance(x, Consecutive | Held):
            self._slots[id(x)] = [self.e.number(f"{self.name}.count{len(self._slots)}")]


@dataclass(frozen=True, eq=False)
class _AtStep(TruthFold[str], NumberFold[str]):
    """Names of the slots that hold a condition and its parts in one step, once their instructions are emitted."""

    name: str
    e: Emitter
    company: CompanySlots
    grid: Grid
    slots: dict[int, list[str]]
    t: int

    # -- truths

    def relation(self, x: Relation) -> str:
        e, left, right, op = self.e, x.left, x.right, x.op
        if isinstance(left, Number):
            left, right, op = right, left, MIRRORED[op]
        a = self.number(left)
        if isinstance(right, Number) and op in ("<", "<=", ">", ">="):
            k = e.constant(f"{self.name}@{right.place.line}:{right.place.column}", right.value)
            return e({"<": "LTK", "<=": "LEK", ">": "GTK", ">=": "GEK"}[op], a, k=k)
        b = self.number(right)
        match op:
            case "<":
                return e("GT", b, a)
            case "<=":
                return e("GE", b, a)
            case ">":
                return e("GT", a, b)
            case ">=":
                return e("GE", a, b)
            case "==":
                return e("EQ", a, b)
        return e("NOT", e("EQ", a, b))

    def logic(self, x: Logic) -> str:
        truths = [self.truth(item) for item in x.items]
        return self.e.all(*truths) if x.op == "and" else self.e.any(*truths)

    def negation(self, x: Negation) -> str:
        return self.e("NOT", self.truth(x.item))

    def state(self, x: Observable) -> str:
        return self.e("COPYT", self.company.observables[x.name])

    def happened(self, x: EventHappened) -> str:
        return self.e("COPYT", f"event.{x.event}")

    def tier(self, x: TierInForce) -> str:
        return self.e("COPYT", f"tier.{x.tier}")

    def dated(self, x: DateTest) -> str:
        first, day = self.grid.first_day(self.t), date.fromisoformat(x.date)
        return self.e("SETT", k=float(first < day if x.op == "before" else first > day))

    def consecutive(self, x: Consecutive) -> str:
        held_now = self.truth(x.item)
        (count,) = self.slots[id(x)]
        if self.grid.ends_year(self.t):
            self.e.do("COUNT", count, held_now)
        return self.e("GEK", count, k=float(x.years))

    def held(self, x: Held) -> str:
        (count,) = self.slots[id(x)]
        self.e.do("COUNT", count, self.truth(x.item))
        return self.e("GEK", count, k=float(self.grid.steps(12 * x.years)))

    # -- numbers

    def literal(self, x: Number) -> str:
        return self.e("SET", k=self.e.constant(f"{self.name}@{x.place.line}:{x.place.column}", x.value))

    def figure(self, x: Observable) -> str:
        return self.e("COPY", self.company.observables[x.name])

    def arithmetic(self, x: Arithmetic) -> str:
        a, b = self.number(x.left), self.number(x.right)
        return self.e({"+": "ADD", "-": "SUB", "*": "MUL", "/": "DIV"}[x.op], a, b)

    def months_since(self, x: MonthsSince) -> str:
        e = self.e
        elapsed = e("RSUBK", f"step.{x.target}", k=float(self.t))
        months = e("MULK", elapsed, k=float(self.grid.months))
        return e("SEL", f"done.{x.target}", months, e("SET", k=-1.0))

    def total(self, x: Total) -> str:
        e, slots, t = self.e, self.slots[id(x)], self.t
        now = self.number(x.item) if self.grid.moves(t) else e("SET", k=0.0)
        earlier = self._earlier(x.item)
        if not x.months:
            (total,) = slots
            if x.months is None and self.grid.begins_year(t):
                e.do("SET", total, k=0.0)
            if x.months is None and t == 0 and earlier(1) is not None:
                self._add_year(total, earlier)
            e.do("ACC", total, now)
            return e("COPY", total)
        for back in range(1, len(slots)) if t == 0 else ():
            if self.grid.posts_before(back) and (before := earlier(-self.grid.quarter(-back))) is not None:
                e.do("COPY", slots[-back], before)
        e.do("COPY", slots[t % len(slots)], now)
        oldest = (t + 1) % len(slots)
        return e.sum(e("COPY", slots[oldest]), *(slots[(oldest + i) % len(slots)] for i in range(1, len(slots))))

    def _earlier(self, item: Expression) -> Callable[[int], str | None]:
        """The slot with a flow so many quarters before signing."""
        if not isinstance(item, Observable):
            return lambda quarters: None
        return lambda quarters: self.company.earlier(item.name, quarters)

    def _add_year(self, total: str, earlier: Callable[[int], str | None]) -> None:
        """What the quarters of the calendar year before that of signing brought."""
        count = self.grid.quarters_before_in_year
        slots = [slot for n in range(1, count + 1) if (slot := earlier(n)) is not None]
        if len(set(slots)) == 1 or not slots:
            level = earlier(1)
            if level is not None:
                self.e.do("ACCK", total, level, k=float(count))
            return
        for slot in slots:
            self.e.do("ACC", total, slot)
