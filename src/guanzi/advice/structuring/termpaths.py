"""A term sheet as leaves: every value of every clause under a path, so that two sheets can be laid side by side.

Paths read as people write clauses: ``stake.t2.amount.city``, ``put.rate``, ``covenant.headquarters.from``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from guanzi.base.core import Message, Parameter
from guanzi.deal.terms import Condition, TermSheet, Unknown, kind_of, unparse

SECTIONS = {
    "parties": "party.",
    "covenants": "covenant.",
    "tiers": "tier.",
    "events": "event.",
    "promises": "promise.",
    "unknown": "unknown.",
}
"""Part of a sheet to what stands before the ids of its clauses; instruments go by their section."""
SPELT = {"amounts": "amount", "condition": "if", "start": "from", "contributions": "contribution"}
"""Field of the data to its name in the text, where they differ."""
NOT_COMPARED = frozenset({"id", "place", "source", "note", "deal", "title", "product"})
"""Fields that are no terms: names, what the company makes, and where things stand."""
WITHIN = frozenset({"tranches"})
"""Lists whose name is left out of a path: an instalment goes by its own id."""
RATIOS = frozenset(
    {"share", "holders", "rate", "portion", "discount", "buy_back", "recover", "enforced", "probability", "security"}
)
"""Fields that are said as percentages."""


def term_paths(sheet: TermSheet) -> dict[str, Any]:
    """Path to value, in the order of the sheet.

    Values are numbers, texts, days, :class:`Unknown`, conditions as text, tuples of names, or None.
    """
    found: dict[str, Any] = {}
    for field in fields(sheet):
        value = getattr(sheet, field.name)
        if field.name in NOT_COMPARED:
            continue
        if _is_list_of_clauses(value):
            for item in value:
                before = _section(item) if field.name == "instruments" else SECTIONS.get(field.name, "")
                found.update(_walk(item, before + _key(item)))
        elif value != ():
            found.update(_walk(value, f"deal.{field.name}"))
    return found


def _section(item: Any) -> str:
    """What stands before the id of an incentive; other instruments go by their id alone."""
    return "incentive." if kind_of(item).section == "incentives" else ""


def _is_list_of_clauses(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and all(is_dataclass(item) for item in value)


def _key(item: Any) -> str:
    """The id of a clause; of a contribution its party, of anything else nothing."""
    return str(getattr(item, "id", "") or getattr(item, "party", ""))


def _walk(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Condition):
        yield path, unparse(value.tree)
    elif isinstance(value, Unknown) or value is None or isinstance(value, bool | int | float | str | date):
        yield path, value
    elif is_dataclass(value):
        for field in fields(value):
            if field.name in NOT_COMPARED:
                continue
            name = SPELT.get(field.name, field.name)
            yield from _walk(getattr(value, field.name), path if name in WITHIN else f"{path}.{name}")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _walk(item, f"{path}.{key}")
    elif isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        yield path, value
    else:
        for number, item in enumerate(value, start=1):
            yield from _walk(item, f"{path}.{_key(item) or number}")


def same(left: Any, right: Any) -> bool:
    """Whether two values say the same; where an unknown one stands in the text, and its note, do not count."""
    if left in (None, (), "") and right in (None, (), ""):
        return True
    if isinstance(left, Unknown) and isinstance(right, Unknown):
        return (left.low, left.high, left.assumed) == (right.low, right.high, right.assumed)
    return (type(left) is type(right) and bool(left == right)) or (_both_numbers(left, right) and left == right)


def _both_numbers(left: Any, right: Any) -> bool:
    return all(isinstance(x, int | float) and not isinstance(x, bool) for x in (left, right))


def in_words(path: str, value: Any) -> Parameter:
    """A value as it is said in a sentence: percentages, days, brackets, names."""
    ratio = any(part in RATIOS for part in path.split(".")[1:])
    if value in (None, (), ""):
        return Message.of("structuring.value.none")
    if isinstance(value, Unknown):
        if value.assumed is not None:
            return Message.of("structuring.value.assumed", value=in_words(path, value.assumed))
        if value.low is None or value.high is None:
            return Message.of("structuring.value.unknown")
        return Message.of("structuring.value.bracket", low=in_words(path, value.low), high=in_words(path, value.high))
    if isinstance(value, bool | str):
        return value
    if isinstance(value, date):
        return Message.of("structuring.value.day", day=value.isoformat())
    if isinstance(value, tuple):
        return Message.of("structuring.value.names", names=value)
    return Message.of("structuring.value.ratio" if ratio else "structuring.value.number", value=float(f"{value:.10g}"))


def as_data(value: Any) -> Any:
    """A value as plain data for JSON."""
    if isinstance(value, Unknown):
        return {"unknown": {"low": value.low, "high": value.high, "assumed": value.assumed}}
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
