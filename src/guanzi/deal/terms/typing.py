"""Types and units of conditions: what may be compared with what.

A unit is a product of base units with exponents; ratios and plain numbers have none. Literals without a percent sign
take the unit of whatever they meet. Time carries no dimension here, so that what was built in a year can be compared
with what a plant can build per year; jobs and people are the same heads.
"""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.deal.terms.conditions import (
    Arithmetic,
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
)
from guanzi.deal.terms.vocabulary import FLOW, OBSERVABLES

_SAME = {"units/year": "units", "jobs": "people"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of base units.

    Attributes:
        powers: Base unit and exponent, sorted by name; empty: a ratio or another pure number.
    """

    powers: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, label: str) -> Unit:
        """The unit of a label of the vocabulary.

        >>> Unit.of("units/year") == Unit.of("units")
        True
        """
        return cls() if label in ("", "ratio") else cls(((_SAME.get(label, label), 1),))

    def times(self, other: Unit, sign: int = 1) -> Unit:
        """Product (``sign=1``) or quotient (``sign=-1``) of two units."""
        powers = dict(self.powers)
        for base, exponent in other.powers:
            powers[base] = powers.get(base, 0) + sign * exponent
        return Unit(tuple(sorted((b, e) for b, e in powers.items() if e)))

    def __str__(self) -> str:
        if not self.powers:
            return "ratio"
        above = " x ".join(b if e == 1 else f"{b}^{e}" for b, e in self.powers if e > 0) or "1"
        below = " per ".join(b if e == -1 else f"{b}^{-e}" for b, e in self.powers if e < 0)
        return f"{above} per {below}" if below else above


def type_of(tree: Expression) -> Type:
    """Whether an expression yields a number or a truth."""
    match tree:
        case Observable(type=kind):
            return kind
        case Number() | Arithmetic() | Total() | MonthsSince():
            return Type.NUMBER
        case Relation() | Logic() | Negation() | Consecutive() | Held() | EventHappened() | TierInForce() | DateTest():
            return Type.TRUTH


def children(tree: Expression) -> tuple[Expression, ...]:
    """The direct parts of an expression, from left to right."""
    match tree:
        case Relation(left=left, right=right) | Arithmetic(left=left, right=right):
            return (left, right)
        case Logic(items=items):
            return items
        case Negation(item=item) | Total(item=item) | Consecutive(item=item) | Held(item=item):
            return (item,)
        case Number() | Observable() | EventHappened() | TierInForce() | MonthsSince() | DateTest():
            return ()


def walk(tree: Expression) -> tuple[Expression, ...]:
    """The expression and all its parts, parents before their parts."""
    found: list[Expression] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting.extend(reversed(children(node)))
    return tuple(found)


def conjuncts(tree: Expression) -> tuple[Expression, ...]:
    """What must hold for a condition to hold, one by one: its parts between ``and``."""
    if isinstance(tree, Logic) and tree.op == "and":
        return tuple(part for item in tree.items for part in conjuncts(item))
    return (tree,)


def has_flow(tree: Expression) -> bool:
    """Whether an expression has a part that is counted per step and not yet summed over a window."""
    if isinstance(tree, Observable):
        return OBSERVABLES[tree.name].kind == FLOW
    return not isinstance(tree, Total) and any(has_flow(part) for part in children(tree))


def observables(tree: Expression) -> tuple[str, ...]:
    """Names of the observables that an expression needs, in order of first use."""
    return tuple(dict.fromkeys(node.name for node in walk(tree) if isinstance(node, Observable)))
