"""Folds of conditions: what each node means to whoever reads one, with a method a node.

A condition is a truth over numbers, so a fold has two halves: who answers truths derives from :class:`TruthFold`, who
answers numbers from :class:`NumberFold`, and most from both. The methods are abstract: mypy refuses to make a fold that
leaves out a node, at the line where it is made, and Python does, too. What does not follow from the parts (a step, a
sense, a unit) is an attribute of the fold, which is made anew for the part.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

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

type Smallest = Relation | Observable | EventHappened | TierInForce | DateTest
"""A truth that has no truths in it."""


class TruthFold[T](ABC):
    """What truths mean to a reader."""

    def truth(self, tree: Expression) -> T:
        """What this truth means.

        Raises:
            TypeError: The expression is a number.
        """
        match tree:
            case Relation():
                return self.relation(tree)
            case Logic():
                return self.logic(tree)
            case Negation():
                return self.negation(tree)
            case Observable():
                if tree.type is Type.TRUTH:
                    return self.state(tree)
            case EventHappened():
                return self.happened(tree)
            case TierInForce():
                return self.tier(tree)
            case DateTest():
                return self.dated(tree)
            case Consecutive():
                return self.consecutive(tree)
            case Held():
                return self.held(tree)
            case Number() | Arithmetic() | Total() | MonthsSince():
                pass
            case _:
                assert_never(tree)
        raise TypeError(f"not a truth: {tree}")

    @abstractmethod
    def relation(self, x: Relation, /) -> T:
        """Two numbers compared."""

    @abstractmethod
    def logic(self, x: Logic, /) -> T:
        """All or any of several truths."""

    @abstractmethod
    def negation(self, x: Negation, /) -> T:
        """A truth denied."""

    @abstractmethod
    def state(self, x: Observable, /) -> T:
        """A truth of the company by name."""

    @abstractmethod
    def happened(self, x: EventHappened, /) -> T:
        """An event."""

    @abstractmethod
    def tier(self, x: TierInForce, /) -> T:
        """A tier of the sheet."""

    @abstractmethod
    def dated(self, x: DateTest, /) -> T:
        """A day before or after which one is."""

    @abstractmethod
    def consecutive(self, x: Consecutive, /) -> T:
        """A truth of several years in a row."""

    @abstractmethod
    def held(self, x: Held, /) -> T:
        """A truth throughout a window."""


class NumberFold[N](ABC):
    """What numbers mean to a reader."""

    def number(self, tree: Expression) -> N:
        """What this number means.

        Raises:
            TypeError: The expression is a truth.
        """
        match tree:
            case Number():
                return self.literal(tree)
            case Observable():
                if tree.type is Type.NUMBER:
                    return self.figure(tree)
            case Arithmetic():
                return self.arithmetic(tree)
            case Total():
                return self.total(tree)
            case MonthsSince():
                return self.months_since(tree)
            case Relation() | Logic() | Negation() | EventHappened() | TierInForce() | DateTest():
                pass
            case Consecutive() | Held():
                pass
            case _:
                assert_never(tree)
        raise TypeError(f"not a number: {tree}")

    @abstractmethod
    def literal(self, x: Number, /) -> N:
        """A number that is written."""

    @abstractmethod
    def figure(self, x: Observable, /) -> N:
        """A number of the company by name."""

    @abstractmethod
    def arithmetic(self, x: Arithmetic, /) -> N:
        """Two numbers joined."""

    @abstractmethod
    def total(self, x: Total, /) -> N:
        """A sum over a window."""

    @abstractmethod
    def months_since(self, x: MonthsSince, /) -> N:
        """Time since a payment or an event."""


class SmallestFold[T](TruthFold[T]):
    """A fold to which all truths without truths in them are alike."""

    @abstractmethod
    def smallest(self, x: Smallest, /) -> T:
        """A truth that has no truths in it."""

    def relation(self, x: Relation, /) -> T:
        """As the smallest."""
        return self.smallest(x)

    def state(self, x: Observable, /) -> T:
        """As the smallest."""
        return self.smallest(x)

    def happened(self, x: EventHappened, /) -> T:
        """As the smallest."""
        return self.smallest(x)

    def tier(self, x: TierInForce, /) -> T:
        """As the smallest."""
        return self.smallest(x)

    def dated(self, x: DateTest, /) -> T:
        """As the smallest."""
        return self.smallest(x)


class Rewriting(SmallestFold[Expression]):
    """A condition of the same form with other truths in it: those that :meth:`smallest` gives."""

    def logic(self, x: Logic, /) -> Expression:
        """Of the rewritten parts."""
        return replace(x, items=tuple(map(self.truth, x.items)))

    def negation(self, x: Negation, /) -> Expression:
        """Of the rewritten part."""
        return replace(x, item=self.truth(x.item))

    def consecutive(self, x: Consecutive, /) -> Expression:
        """Of the rewritten part."""
        return replace(x, item=self.truth(x.item))

    def held(self, x: Held, /) -> Expression:
        """Of the rewritten part."""
        return replace(x, item=self.truth(x.item))


@dataclass(frozen=True, slots=True)
class Sense:
    """A smallest truth of a condition, as it serves the whole.

    Attributes:
        tree: The truth.
        holds: Whether the whole is served by its holding; False where it is denied.
        yearly: Whether it is looked at in the last step of each calendar year alone.
    """

    tree: Smallest
    holds: bool
    yearly: bool


def senses(tree: Expression, *, holds: bool = True) -> Iterator[Sense]:
    """The smallest truths of a condition, from left to right, each with its sense.

    Args:
        tree: A truth.
        holds: Whether the whole is wanted to hold.
    """
    return _Senses(holds, False).truth(tree)


@dataclass(frozen=True)
class _Senses(SmallestFold[Iterator[Sense]]):
    holds: bool
    yearly: bool

    def smallest(self, x: Smallest, /) -> Iterator[Sense]:
        yield Sense(x, self.holds, self.yearly)

    def logic(self, x: Logic, /) -> Iterator[Sense]:
        for item in x.items:
            yield from self.truth(item)

    def negation(self, x: Negation, /) -> Iterator[Sense]:
        return replace(self, holds=not self.holds).truth(x.item)

    def consecutive(self, x: Consecutive, /) -> Iterator[Sense]:
        return replace(self, yearly=True).truth(x.item)

    def held(self, x: Held, /) -> Iterator[Sense]:
        return self.truth(x.item)
