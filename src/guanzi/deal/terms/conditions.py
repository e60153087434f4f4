"""The typed tree of a condition, which :mod:`guanzi.deal.terms.parser` makes; nothing here is evaluated as Python."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from guanzi.base.core import Place

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
"""Relation read from right to left."""
_DENIED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


class Type(StrEnum):
    """What a sub-expression yields."""

    NUMBER = "number"
    TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Number:
    """A literal; percentages are stored as ratios (``20%`` is 0.2)."""

    value: float
    place: Place


@dataclass(frozen=True, slots=True)
class Observable:
    """The company's state by name, e.g. ``units`` or ``listed``."""

    name: str
    type: Type
    unit: str
    place: Place


@dataclass(frozen=True, slots=True)
class Relation:
    """``left op right``; op is one of ``< <= > >= == !=``."""

    op: str
    left: Expression
    right: Expression
    place: Place

    def denied(self) -> Relation:
        """The relation that holds where this one does not."""
        return replace(self, op=_DENIED[self.op])

    def with_limit_right(self) -> Relation:
        """The same, said so that a literal stands on the right: ``20 < units`` is ``units > 20``."""
        if isinstance(self.left, Number) and not isinstance(self.right, Number):
            return Relation(MIRRORED[self.op], self.right, self.left, self.place)
        return self


@dataclass(frozen=True, slots=True)
class Logic:
    """``and`` or ``or`` over two or more truths."""

    op: str
    items: tuple[Expression, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Negation:
    """``not item``."""

    item: Expression
    place: Place


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``left op right``; op is one of ``+ - * /``. Division by zero yields 0."""

    op: str
    left: Expression
    right: Expression
    place: Place


@dataclass(frozen=True, slots=True)
class Total:
    """Sum of an observable flow over a window that ends with this step.

    Attributes:
        item: A number-valued observable.
        months: Length of the window; None: the calendar year so far (``year_total``); 0: since signing
            (``cumulative``).
    """

    item: Expression
    months: int | None
    place: Place


@dataclass(frozen=True, slots=True)
class Consecutive:
    """``consecutive(condition, years=n)``: true in each of the last n complete calendar years.

    The condition is tested in the last step of each calendar year.
    """

    item: Expression
    years: int
    place: Place


@dataclass(frozen=True, slots=True)
class Held:
    """``held(condition, years=n)``: true at every step of the window of n years that ends with this step."""

    item: Expression
    years: float
    place: Place


@dataclass(frozen=True, slots=True)
class EventHappened:
    """``event('name')``: a declared event has happened."""

    event: str
    place: Place


@dataclass(frozen=True, slots=True)
class TierInForce:
    """``tier('name')``: a declared tier is in force: its own condition holds in this step."""

    tier: str
    place: Place


@dataclass(frozen=True, slots=True)
class MonthsSince:
    """``months_since('name')``: months since a tranche was paid or an event happened; -1 before that."""

    target: str
    place: Place


@dataclass(frozen=True, slots=True)
class DateTest:
    """``before('2025-12-31')`` or ``after('2025-12-31')``; ISO date, compared with the step's first day."""

    op: str
    date: str
    place: Place


type Expression = (
    Number
    | Observable
    | Relation
    | Logic
    | Negation
    | Arithmetic
    | Total
    | Consecutive
    | Held
    | EventHappened
    | TierInForce
    | MonthsSince
    | DateTest
)
