"""Making conditions for corrected deals out of parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from struct import pack

from guanzi.base.core import Place
from guanzi.deal.terms import (
    Condition,
    Expression,
    Logic,
    Negation,
    Number,
    Observable,
    Relation,
    Rewriting,
    Smallest,
    TierInForce,
    Type,
    unparse,
)

FIXED = Place("mended")
"""Where clauses stand that nobody has written."""
ADDED = Place("mended", 1_000_000, 1)
"""Where parts of clauses stand that nobody has written: after all that somebody has, and in every run the same."""


def condition(tree: Expression) -> Condition:
    """A condition of its tree."""
    return Condition(unparse(tree), tree, ADDED)


def truth(name: str) -> Expression:
    """An observable truth, e.g. ``solvent``."""
    return Observable(name, Type.TRUTH, "", ADDED)


def tier(id: str) -> Expression:
    """A tier is in force."""
    return TierInForce(id, ADDED)


def number(value: float) -> Expression:
    """A literal, at a place of its value: constants of the simulation are named after places."""
    return Number(value, replace(ADDED, column=int.from_bytes(pack(">d", value))))


def negation(tree: Expression) -> Expression:
    """Not."""
    return Negation(tree, ADDED)


def both(*trees: Expression | None) -> Expression | None:
    """All of them; None when there is none."""
    return _joined("and", [t for t in trees if t is not None])


def either(*trees: Expression | None) -> Expression | None:
    """One of them; None when there is none."""
    return _joined("or", [t for t in trees if t is not None])


def _joined(op: str, trees: list[Expression]) -> Expression | None:
    if not trees:
        return None
    return trees[0] if len(trees) == 1 else Logic(op, tuple(trees), ADDED)


def with_number(tree: Expression, old: float, new: float) -> Expression:
    """The condition with one threshold in place of another."""
    return _Threshold(old, new).truth(tree)


@dataclass(frozen=True)
class _Threshold(Rewriting):
    old: float
    new: float

    def smallest(self, x: Smallest) -> Expression:
        return replace(x, left=self.side(x.left), right=self.side(x.right)) if isinstance(x, Relation) else x

    def side(self, x: Expression) -> Expression:
        return number(self.new) if isinstance(x, Number) and x.value == self.old else x
