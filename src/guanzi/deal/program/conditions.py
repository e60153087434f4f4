"""Lowering of conditions: a typed tree becomes instructions, once per step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import assert_never

from guanzi.deal.program.company import CompanySlots
from guanzi.deal.program.representation import Emitter
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
    TierInForce,
    Total,
    Type,
)

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


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
        return self._truth(self.tree, t)

    def number_at(self, t: int) -> str:
        """Emit an expression that yields a number for step t and return the number that holds it; else as ``at``."""
        return self._number(self.tree, t)

    # -- history: slots are declared once, in the order of the tree

    def _declare(self, x: Expression) -> None:
        match x:
            case Total(item=item, months=months):
                self._declare(item)
                count = 1 if not months else self.grid.steps(months)
                stem = f"{self.name}.total{len(self._slots)}"
                self._slots[id(x)] = [self.e.number(f"{stem}.{i}") for i in range(count)]
            case Consecutive(item=item) | Held(item=item):
                self._declare(item)
                self._slots[id(x)] = [self.e.number(f"{self.name}.count{len(self._slots)}")]
            case Relation(left=left, right=right) | Arithmetic(left=left, right=right):
                self._declare(left)
                self._declare(right)
            case Logic(items=items):
                for item in items:
                    self._declare(item)
            case Negation(item=item):
                self._declare(item)
            case Number() | Observable() | EventHappened() | TierInForce() | MonthsSince() | DateTest():
                pass
            case _:
                assert_never(x)

    # -- truths

    def _truth(self, x: Expression, t: int) -> str:
        e = self.e
        match x:
            case Relation(op=op, left=left, right=right):
                return self._comparison(op, left, right, t)
            case Logic(op=op, items=items):
                truths = [self._truth(item, t) for item in items]
                return e.all(*truths) if op == "and" else e.any(*truths)
            case Negation(item=item):
                return e("NOT", self._truth(item, t))
            case Observable(name=name, type=Type.TRUTH):
                return e("COPYT", self.company.observables[name])
            case EventHappened(event=event):
                return e("COPYT", f"event.{event}")
            case TierInForce(tier=tier):
                return e("COPYT", f"tier.{tier}")
            case DateTest(op=op, date=text):
                first = self.grid.first_day(t)
                held = first < date.fromisoformat(text) if op == "before" else first > date.fromisoformat(text)
                return e("SETT", k=float(held))
            case Consecutive(item=item, years=years):
                held_now = self._truth(item, t)
                (count,) = self._slots[id(x)]
                if self.grid.ends_year(t):
                    e.do("COUNT", count, held_now)
                return e("GEK", count, k=float(years))
            case Held(item=item, years=span):
                (count,) = self._slots[id(x)]
                e.do("COUNT", count, self._truth(item, t))
                return e("GEK", count, k=float(self.grid.steps(12 * span)))
        raise TypeError(f"not a truth: {x}")

    def _comparison(self, op: str, left: Expression, right: Expression, t: int) -> str:
        e = self.e
        if isinstance(left, Number):
            left, right, op = right, left, MIRRORED[op]
        a = self._number(left, t)
        if isinstance(right, Number) and op in ("<", "<=", ">", ">="):
            k = e.constant(f"{self.name}@{right.place.line}:{right.place.column}", right.value)
            return e({"<": "LTK", "<=": "LEK", ">": "GTK", ">=": "GEK"}[op], a, k=k)
        b = self._number(right, t)
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

    # -- numbers

    def _number(self, x: Expression, t: int) -> str:
        e = self.e
        match x:
            case Number(value=value):
                return e("SET", k=e.constant(f"{self.name}@{x.place.line}:{x.place.column}", value))
            case Observable(name=name, type=Type.NUMBER):
                return e("COPY", self.company.observables[name])
            case Arithmetic(op=op, left=left, right=right):
                a, b = self._number(left, t), self._number(right, t)
                return e({"+": "ADD", "-": "SUB", "*": "MUL", "/": "DIV"}[op], a, b)
            case Total(item=item, months=months):
                return self._total(x, item, months, t)
            case MonthsSince(target=target):
                return self._months_since(target, t)
        raise TypeError(f"not a number: {x}")

    def _total(self, x: Total, item: Expression, months: int | None, t: int) -> str:
        e, slots = self.e, self._slots[id(x)]
        now = self._number(item, t) if self.grid.moves(t) else e("SET", k=0.0)
        earlier = self._earlier(item)
        if months is None or months == 0:
            (total,) = slots
            if months is None and self.grid.begins_year(t):
                e.do("SET", total, k=0.0)
            if months is None and t == 0 and earlier(1) is not None:
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

    def _months_since(self, target: str, t: int) -> str:
        e = self.e
        elapsed = e("RSUBK", f"step.{target}", k=float(t))
        months = e("MULK", elapsed, k=float(self.grid.months))
        return e("SEL", f"done.{target}", months, e("SET", k=-1.0))
