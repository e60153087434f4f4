"""Calls of the condition language: arguments, windows, names and dates."""

from __future__ import annotations

import ast
import re
from datetime import date
from typing import Protocol

from guanzi.base.core import Message, Place, one_of
from guanzi.deal.terms.conditions import (
    Consecutive,
    DateTest,
    EventHappened,
    Held,
    MonthsSince,
    TierInForce,
    Total,
    Type,
)
from guanzi.deal.terms.lexical import Words
from guanzi.deal.terms.scope import Scope, Typed
from guanzi.deal.terms.typing import Unit, has_flow
from guanzi.deal.terms.vocabulary import FUNCTIONS

_PARAMETERS = {
    "total": ("x", "last"),
    "year_total": ("x",),
    "cumulative": ("x", "since"),
    "held": ("condition", "years"),
    "consecutive": ("condition", "years"),
    "event": ("name",),
    "tier": ("name",),
    "months_since": ("name",),
    "before": ("date",),
    "after": ("date",),
}
_OPTIONAL = {"since"}
_WINDOW = re.compile(r"\s*(\d+)\s*(month|quarter|year)s?\s*")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class ConditionReading(Protocol):
    """What is needed of the reader of the whole condition."""

    words: Words
    scope: Scope

    def expect(self, node: ast.expr, wanted: Type) -> Typed:
        """Read a part that must be a number, or a truth."""

    def report(self, node: ast.expr, cause: Message, fix: Message | None = None, severity: str = "error") -> None:
        """Note a fault of a part."""

    def place(self, node: ast.expr) -> Place:
        """Where a part stands in the file."""

    def source(self, node: ast.expr) -> str:
        """A part as it is written."""


def read_call(reader: ConditionReading, node: ast.Call, name: str) -> Typed:
    """Read the call of a function of the language."""
    arguments = _bind(reader, node, name)
    kind = FUNCTIONS[name].yields
    if arguments is None:
        return Typed(None, kind)
    match name:
        case "total" | "year_total" | "cumulative":
            return _total(reader, node, name, arguments)
        case "held" | "consecutive":
            return _span(reader, node, name, arguments)
        case "before" | "after":
            return _date(reader, node, name, arguments["date"])
        case _:
            return _declared(reader, node, name, arguments["name"])


def _bind(reader: ConditionReading, node: ast.Call, name: str) -> dict[str, ast.expr] | None:
    """Arguments by name; None when they do not fit the function."""
    parameters = _PARAMETERS[name]
    bound: dict[str, ast.expr] = dict(zip(parameters, node.args, strict=False))
    fits = len(node.args) <= len(parameters) and not any(isinstance(a, ast.Starred) for a in node.args)
    for keyword in node.keywords:
        fits = fits and keyword.arg in parameters and keyword.arg not in bound
        if keyword.arg is not None:
            bound[keyword.arg] = keyword.value
    if fits and all(p in bound or p in _OPTIONAL for p in parameters):
        return bound
    cause = Message.of("terms.condition.wrong_arguments", name=name, given=len(node.args) + len(node.keywords))
    reader.report(node, cause, Message.of("terms.mend.usage", usage=FUNCTIONS[name].usage))
    return None


def _text(reader: ConditionReading, node: ast.expr) -> str | None:
    """A quoted word, or a bare one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return reader.words.strings[int(node.value)]
    return node.id if isinstance(node, ast.Name) else None


def _total(reader: ConditionReading, node: ast.Call, name: str, arguments: dict[str, ast.expr]) -> Typed:
    part = reader.expect(arguments["x"], Type.NUMBER)
    months: int | None = None
    valid = True
    if name == "total":
        months = _months(reader, arguments["last"])
        valid = months is not None
    elif name == "cumulative":
        months = 0
        since = arguments.get("since")
        if since is not None and _text(reader, since) != "signing":
            cause = Message.of("terms.condition.since", text=reader.source(since))
            reader.report(since, cause, Message.of("terms.mend.write", text="since='signing'"))
            valid = False
    if part.tree is None:
        return Typed(None, Type.NUMBER)
    if not has_flow(part.tree):
        cause = Message.of("terms.condition.total_of_stock", text=reader.source(arguments["x"]))
        reader.report(arguments["x"], cause, Message.of("terms.mend.stock"))
        return Typed(None, Type.NUMBER)
    return Typed(Total(part.tree, months, reader.place(node)) if valid else None, Type.NUMBER, part.unit)


def _months(reader: ConditionReading, node: ast.expr) -> int | None:
    """Length of a window in months: a number, or ``'2 years'``."""
    months = 0.0
    if isinstance(node, ast.Constant) and isinstance(node.value, float):
        months = node.value
    else:
        match = _WINDOW.fullmatch(_text(reader, node) or "")
        months = int(match[1]) * _MONTHS[match[2]] if match else 0
    return _steps(reader, node, months)


def _steps(reader: ConditionReading, node: ast.expr, months: float) -> int | None:
    if months > 0 and months == int(months) and int(months) % reader.scope.step == 0 and months <= 1200:
        return int(months)
    cause = Message.of("terms.condition.bad_window", text=reader.source(node))
    reader.report(node, cause, Message.of("terms.mend.window_length", months=reader.scope.step))
    return None


def _span(reader: ConditionReading, node: ast.Call, name: str, arguments: dict[str, ast.expr]) -> Typed:
    item = reader.expect(arguments["condition"], Type.TRUTH).tree
    length = arguments["years"]
    years = length.value if isinstance(length, ast.Constant) and isinstance(length.value, float) else 0.0
    if name == "consecutive":
        if years < 1 or years != int(years) or years > 100:
            cause = Message.of("terms.condition.bad_years", text=reader.source(length))
            reader.report(length, cause, Message.of("terms.mend.whole_years"))
            return Typed(None, Type.TRUTH)
        return Typed(Consecutive(item, int(years), reader.place(node)) if item else None, Type.TRUTH)
    if _steps(reader, length, years * 12) is None:
        return Typed(None, Type.TRUTH)
    return Typed(Held(item, years, reader.place(node)) if item else None, Type.TRUTH)


def _date(reader: ConditionReading, node: ast.Call, name: str, argument: ast.expr) -> Typed:
    text = _text(reader, argument) or ""
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        day = None
    if day is None:
        cause = Message.of("terms.condition.bad_date", text=reader.source(argument))
        reader.report(argument, cause, Message.of("terms.mend.date"))
        return Typed(None, Type.TRUTH)
    return Typed(DateTest(name, day.isoformat(), reader.place(node)), Type.TRUTH)


def _declared(reader: ConditionReading, node: ast.Call, name: str, argument: ast.expr) -> Typed:
    """``event``, ``tier`` and ``months_since``: names that the sheet must define."""
    kind = FUNCTIONS[name].yields
    text = _text(reader, argument)
    scope = reader.scope
    if text is None:
        fix = Message.of("terms.mend.usage", usage=FUNCTIONS[name].usage)
        reader.report(argument, Message.of("terms.condition.name_expected", name=name), fix)
        return Typed(None, kind)
    valid = {"event": scope.events, "tier": scope.tiers, "months_since": scope.payments + scope.events}[name]
    if text not in valid:
        _undeclared(reader, argument, name, text, valid)
        return Typed(None, kind)
    place = reader.place(node)
    match name:
        case "event":
            return Typed(EventHappened(text, place), kind)
        case "tier":
            return Typed(TierInForce(text, place), kind)
        case _:
            return Typed(MonthsSince(text, place), kind, Unit.of("months"))


def _undeclared(reader: ConditionReading, node: ast.expr, name: str, text: str, valid: tuple[str, ...]) -> None:
    scope = reader.scope
    elsewhere = {"tier": scope.tiers, "event": scope.events, "months_since": scope.payments}
    other = next((f for f, names in elsewhere.items() if f != name and text in names), None)
    if other:
        fix = Message.of("terms.mend.write", text=f"{other}('{text}')")
    else:
        fix = one_of(text, valid) or Message.of("terms.mend.declare", name=text)
    reader.report(node, Message.of(f"terms.condition.undeclared_{name}", name=text), fix)
