"""Three-valued conditions: true, false, or not to be said from what is known.

Kleene's strong logic of three values over intervals: a comparison is decided when every value within the intervals
decides it alike. What leaves a condition open is returned with it, so that the right question can be asked.
Literature: Kleene, Introduction to Metamathematics (1952), section 64.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from guanzi.deal.terms import (
    Arithmetic,
    DateTest,
    Expression,
    Logic,
    Negation,
    Number,
    NumberFold,
    Observable,
    Relation,
    TruthFold,
    Type,
    type_of,
)

type Interval = tuple[float, float]
type Known = bool | Interval | None
"""A truth, a number as an interval, or None when nothing is known."""

ANY: Interval = (-math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class Verity:
    """The value of a part of a condition.

    Attributes:
        value: True, False, an interval, or None: not known.
        open: Names of what is missing; empty when the value is decided.
        used: Names of what decided it.
    """

    value: Known
    open: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a deal when its conditions are read.

    Attributes:
        values: Name to truth or interval; a name that is absent, or None, is not known.
        day: Day of signing, for ``before`` and ``after``.
        money: Factor from amounts of the sheet to the currency of the rule, None when the rate is not known.
        is_money: Whether a name is an amount of money.
        rate: Name of the rate that is missing.
    """

    values: Mapping[str, Known]
    day: date
    money: Interval | None = (1.0, 1.0)
    is_money: Callable[[str], bool] = field(default=lambda name: False)
    rate: str = ""


def evaluate(tree: Expression, facts: Facts) -> Verity:
    """The value of a condition.

    Raises:
        TypeError: The tree has a node that rules do not have.

    >>> from guanzi.deal.terms import Negation, Observable, Type
    >>> from guanzi.base.core import Place
    >>> paid = Observable("paid", Type.TRUTH, "", Place(""))
    >>> evaluate(Negation(paid, Place("")), Facts({}, date(2020, 1, 1))).open
    frozenset({'paid'})
    """
    fold = _Evaluation(facts)
    return fold.truth(tree) if type_of(tree) is Type.TRUTH else fold.number(tree)


@dataclass(frozen=True)
class _Evaluation(TruthFold[Verity], NumberFold[Verity]):
    facts: Facts

    def literal(self, x: Number) -> Verity:
        return Verity((x.value, x.value))

    def figure(self, x: Observable) -> Verity:
        return _observed(x.name, self.facts)

    state = figure

    def negation(self, x: Negation) -> Verity:
        inner = self.truth(x.item)
        return Verity(None if inner.value is None else not inner.value, inner.open, inner.used)

    def logic(self, x: Logic) -> Verity:
        return _logic(x.op == "and", [self.truth(item) for item in x.items])

    def relation(self, x: Relation) -> Verity:
        return _comparison(x.op, self.number(x.left), self.number(x.right))

    def arithmetic(self, x: Arithmetic) -> Verity:
        return _arithmetic(x.op, self.number(x.left), self.number(x.right))

    def dated(self, x: DateTest) -> Verity:
        limit = date.fromisoformat(x.date)
        return Verity(self.facts.day < limit if x.op == "before" else self.facts.day > limit)

    def _refused(self, x: Expression) -> Verity:
        raise TypeError(f"a rule cannot hold {type(x).__name__}")

    total = months_since = consecutive = held = happened = tier = _refused


def _observed(name: str, facts: Facts) -> Verity:
    value, names = facts.values.get(name), frozenset((name,))
    if value is None:
        return Verity(None, names)
    if not isinstance(value, tuple):
        return Verity(value, used=names)
    if facts.is_money(name) and value != (0.0, 0.0):
        if facts.money is None:
            return Verity(None, frozenset((facts.rate,)))
        value = (value[0] * facts.money[0], value[1] * facts.money[1])
    wide = value[0] < value[1]
    return Verity(value, names if wide else frozenset(), names)


def _logic(every: bool, items: list[Verity]) -> Verity:
    """``and`` (every) or ``or``: one item that settles it is enough, whatever the others are."""
    settling = [item for item in items if item.value is (not every)]
    if settling:
        return Verity(not every, used=frozenset().union(*(item.used for item in settling)))
    waiting = [item for item in items if item.value is None]
    used: frozenset[str] = frozenset().union(*(item.used for item in items))
    if waiting:
        return Verity(None, frozenset().union(*(item.open for item in waiting)), used)
    return Verity(every, used=used)


def _comparison(op: str, left: Verity, right: Verity) -> Verity:
    used, missing = left.used | right.used, left.open | right.open
    (low, high), (least, most) = _interval(left.value), _interval(right.value)
    if op in (">", ">="):
        (low, high), (least, most) = (least, most), (low, high)
        op = "<" if op == ">" else "<="
    if op == "<":
        decided = True if high < least else False if low >= most else None
    elif op == "<=":
        decided = True if high <= least else False if low > most else None
    else:
        same = True if low == high == least == most else False if high < least or low > most else None
        decided = same if op == "==" or same is None else not same
    return Verity(decided, missing if decided is None else frozenset(), used)


def _arithmetic(op: str, left: Verity, right: Verity) -> Verity:
    used, missing = left.used | right.used, left.open | right.open
    if left.value is None or right.value is None:
        return Verity(None, missing, used)
    (a, b), (c, d) = _interval(left.value), _interval(right.value)
    if op == "+":
        return Verity((a + c, b + d), missing, used)
    if op == "-":
        return Verity((a - d, b - c), missing, used)
    if op == "/" and c <= 0 <= d:
        return Verity(None, missing or right.used, used)
    ends = [x * y for x in (a, b) for y in (c, d)] if op == "*" else [x / y for x in (a, b) for y in (c, d)]
    if any(math.isnan(end) for end in ends):
        return Verity(None, missing, used)
    return Verity((min(ends), max(ends)), missing, used)


def _interval(value: Known) -> Interval:
    return value if isinstance(value, tuple) else ANY
