"""Comparisons with a number, taken out of conditions, with the side on which they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from guanzi.base.core import Place
from guanzi.deal.terms import (
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
)

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
BELOW, ABOVE = ("<", "<="), (">", ">=")
YEAR = 12


@dataclass(frozen=True, slots=True)
class Atom:
    """``observable op value``, as it must hold for the whole condition to hold through this part.

    Attributes:
        window: Months over which the observable is summed; None: the calendar year; 0: since signing; -1: not summed.
    """

    name: str
    op: str
    value: float
    window: int | None
    place: Place

    @property
    def yearly(self) -> bool:
        """Whether the number is that of a year, or a state that needs no window."""
        return self.window in (None, YEAR, -1)


def bounds(tree: Expression, *, holds: bool = True) -> Iterator[Atom]:
    """The bounds of a condition, with their sense turned where it is denied."""
    match tree:
        case Negation(item=item):
            yield from bounds(item, holds=not holds)
        case Logic(items=items):
            for item in items:
                yield from bounds(item, holds=holds)
        case Held(item=item) | Consecutive(item=item):
            yield from bounds(item, holds=holds)
        case Relation(op=op, left=left, right=right, place=place):
            if isinstance(left, Number):
                left, right, op = right, left, _MIRRORED[op]
            name, window = _measured(left)
            if name and isinstance(right, Number):
                yield Atom(name, op if holds else _OPPOSITE[op], right.value, window, place)
        case Number() | Observable() | Arithmetic() | Total() | EventHappened() | TierInForce() | MonthsSince():
            return
        case DateTest():
            return
        case _:
            assert_never(tree)


def _measured(tree: Expression) -> tuple[str, int | None]:
    match tree:
        case Observable(name=name):
            return name, -1
        case Total(item=Observable(name=name), months=months):
            return name, months
        case Number() | Arithmetic() | Total() | MonthsSince():
            return "", -1
        case Relation() | Logic() | Negation() | Consecutive() | Held():
            return "", -1
        case EventHappened() | TierInForce() | DateTest():
            return "", -1
        case _:
            assert_never(tree)


def states(tree: Expression, *, holds: bool = True) -> Iterator[tuple[str, bool]]:
    """Truths that a condition names, with the value that serves it: ``not listed`` is served by False."""
    match tree:
        case Observable(name=name):
            yield name, holds
        case Negation(item=item):
            yield from states(item, holds=not holds)
        case Logic(items=items):
            for item in items:
                yield from states(item, holds=holds)
        case Held(item=item) | Consecutive(item=item):
            yield from states(item, holds=holds)
        case Number() | Relation() | Arithmetic() | Total() | EventHappened() | TierInForce() | MonthsSince():
            return
        case DateTest():
            return
        case _:
            assert_never(tree)
