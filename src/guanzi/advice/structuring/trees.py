"""Making conditions for mended deals out of parts."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import assert_never

from guanzi.base.core import Place
from guanzi.deal.terms import (
    Arithmetic,
    Condition,
    Consecutive,
    DateTest,
    EventHappened,
    Expression,
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
    unparse,
)

MENDED = Place("mended")
"""Where clauses stand that nobody has written."""
_LINES = count(1_000_000)


def place() -> Place:
    """A place of its own: constants of the simulation are named after places."""
    return Place("mended", next(_LINES), 1)


def condition(tree: Expression) -> Condition:
    """A condition of its tree."""
    return Condition(unparse(tree), tree, place())


def truth(name: str) -> Expression:
    """An observable truth, e.g. ``solvent``."""
    return Observable(name, Type.TRUTH, "", place())


def tier(id: str) -> Expression:
    """A tier is in force."""
    return TierInForce(id, place())


def number(value: float) -> Expression:
    """A literal."""
    return Number(value, place())


def negation(tree: Expression) -> Expression:
    """Not."""
    return Negation(tree, place())


def both(*trees: Expression | None) -> Expression | None:
    """All of them; None when there is none."""
    return _joined("and", [t for t in trees if t is not None])


def either(*trees: Expression | None) -> Expression | None:
    """One of them; None when there is none."""
    return _joined("or", [t for t in trees if t is not None])


def _joined(op: str, trees: list[Expression]) -> Expression | None:
    if not trees:
        return None
    return trees[0] if len(trees) == 1 else Logic(op, tuple(trees), place())


def with_number(tree: Expression, old: float, new: float) -> Expression:
    """The condition with one threshold in place of another."""
    match tree:
        case Number(value=value):
            return number(new) if value == old else tree
        case Relation(left=left, right=right):
            return replace(tree, left=with_number(left, old, new), right=with_number(right, old, new))
        case Logic(items=items):
            return replace(tree, items=tuple(with_number(item, old, new) for item in items))
        case Negation(item=item) | Consecutive(item=item) | Held(item=item):
            return replace(tree, item=with_number(item, old, new))
        case Observable() | Arithmetic() | Total() | MonthsSince() | EventHappened() | TierInForce() | DateTest():
            return tree
        case _:
            assert_never(tree)
