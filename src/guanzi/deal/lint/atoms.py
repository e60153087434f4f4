"""Comparisons with a number, taken out of conditions, with the side on which they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guanzi.base.core import Place
from guanzi.deal.terms import Expression, Number, Observable, Relation, Total, senses

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


def bounds(tree: Expression) -> Iterator[Atom]:
    """The bounds of a condition, with their sense turned where it is denied."""
    for sense in senses(tree):
        if isinstance(sense.tree, Relation):
            limit = sense.tree.with_limit_right()
            total = limit.left if isinstance(limit.left, Total) else None
            measured, window = (total.item, total.months) if total else (limit.left, -1)
            if isinstance(measured, Observable) and isinstance(limit.right, Number):
                op = limit.op if sense.holds else limit.denied().op
                yield Atom(measured.name, op, limit.right.value, window, limit.place)


def states(tree: Expression) -> Iterator[tuple[str, bool]]:
    """Truths that a condition names, with the value that serves it: ``not listed`` is served by False."""
    for sense in senses(tree):
        if isinstance(sense.tree, Observable):
            yield sense.tree.name, sense.holds
