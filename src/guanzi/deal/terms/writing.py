"""Conditions back to text: the inverse of :func:`guanzi.deal.terms.parser.parse_condition`."""

from __future__ import annotations

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
from guanzi.deal.terms.folding import NumberFold, TruthFold
from guanzi.deal.terms.typing import type_of

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _ATOM = range(7)


def unparse(tree: Expression) -> str:
    """The condition as it would be written, with brackets only where they are needed.

    Parsing the result gives the same tree, apart from places.
    """
    return _text(tree)[1]


def _text(tree: Expression) -> tuple[int, str]:
    return _WRITING.truth(tree) if type_of(tree) is Type.TRUTH else _WRITING.number(tree)


def _write(tree: Expression, least: int) -> str:
    level, text = _text(tree)
    return text if level >= least else f"({text})"


class _Writing(TruthFold[tuple[int, str]], NumberFold[tuple[int, str]]):
    """How tightly what is written holds together, and the text."""

    def literal(self, x: Number) -> tuple[int, str]:
        return _ATOM, number_text(x.value)

    def figure(self, x: Observable) -> tuple[int, str]:
        return _ATOM, x.name

    state = figure

    def logic(self, x: Logic) -> tuple[int, str]:
        level = _AND if x.op == "and" else _OR
        return level, f" {x.op} ".join(_write(item, level + 1) for item in x.items)

    def negation(self, x: Negation) -> tuple[int, str]:
        return _NOT, f"not {_write(x.item, _NOT)}"

    def relation(self, x: Relation) -> tuple[int, str]:
        return _COMPARE, f"{_write(x.left, _SUM)} {x.op} {_write(x.right, _SUM)}"

    def arithmetic(self, x: Arithmetic) -> tuple[int, str]:
        level = _SUM if x.op in "+-" else _PRODUCT
        return level, f"{_write(x.left, level)} {x.op} {_write(x.right, level + 1)}"

    def total(self, x: Total) -> tuple[int, str]:
        item = unparse(x.item)
        if x.months is None:
            return _ATOM, f"year_total({item})"
        return _ATOM, f"total({item}, last='{x.months} months')" if x.months else f"cumulative({item})"

    def consecutive(self, x: Consecutive) -> tuple[int, str]:
        return _ATOM, f"consecutive({unparse(x.item)}, years={x.years})"

    def held(self, x: Held) -> tuple[int, str]:
        return _ATOM, f"held({unparse(x.item)}, years={number_text(x.years)})"

    def happened(self, x: EventHappened) -> tuple[int, str]:
        return _ATOM, f"event('{x.event}')"

    def tier(self, x: TierInForce) -> tuple[int, str]:
        return _ATOM, f"tier('{x.tier}')"

    def months_since(self, x: MonthsSince) -> tuple[int, str]:
        return _ATOM, f"months_since('{x.target}')"

    def dated(self, x: DateTest) -> tuple[int, str]:
        return _ATOM, f"{x.op}('{x.date}')"


_WRITING = _Writing()


def number_text(value: float) -> str:
    """A number as it is written in conditions, exact.

    >>> number_text(20000.0)
    '20_000'
    """
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):_}"
    return repr(float(value))
