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
)

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _ATOM = range(7)


def unparse(tree: Expression) -> str:
    """The condition as it would be written, with brackets only where they are needed.

    Parsing the result gives the same tree, apart from places.
    """
    return _write(tree, _OR)


def _write(tree: Expression, least: int) -> str:
    level, text = _text(tree)
    return text if level >= least else f"({text})"


def _text(tree: Expression) -> tuple[int, str]:
    match tree:
        case Number(value=value):
            return _ATOM, number_text(value)
        case Observable(name=name):
            return _ATOM, name
        case Logic(op=op, items=items):
            level = _AND if op == "and" else _OR
            return level, f" {op} ".join(_write(item, level + 1) for item in items)
        case Negation(item=item):
            return _NOT, f"not {_write(item, _NOT)}"
        case Relation(op=op, left=left, right=right):
            return _COMPARE, f"{_write(left, _SUM)} {op} {_write(right, _SUM)}"
        case Arithmetic(op=op, left=left, right=right):
            level = _SUM if op in "+-" else _PRODUCT
            return level, f"{_write(left, level)} {op} {_write(right, level + 1)}"
        case Total(item=item, months=None):
            return _ATOM, f"year_total({unparse(item)})"
        case Total(item=item, months=0):
            return _ATOM, f"cumulative({unparse(item)})"
        case Total(item=item, months=months):
            return _ATOM, f"total({unparse(item)}, last='{months} months')"
        case Consecutive(item=item, years=years):
            return _ATOM, f"consecutive({unparse(item)}, years={years})"
        case Held(item=item, years=span):
            return _ATOM, f"held({unparse(item)}, years={number_text(span)})"
        case EventHappened(event=name):
            return _ATOM, f"event('{name}')"
        case TierInForce(tier=name):
            return _ATOM, f"tier('{name}')"
        case MonthsSince(target=name):
            return _ATOM, f"months_since('{name}')"
        case DateTest(op=op, date=day):
            return _ATOM, f"{op}('{day}')"


def number_text(value: float) -> str:
    """A number as it is written in conditions, exact.

    >>> number_text(20000.0)
    '20_000'
    """
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):_}"
    return repr(float(value))
