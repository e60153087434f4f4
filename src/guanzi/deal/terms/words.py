"""Conditions in words that a lawyer and a committee member both accept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from guanzi.base.core import Message
from guanzi.deal.terms.amounts import quantity
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
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.typing import type_of
from guanzi.deal.terms.vocabulary import FLOW, OBSERVABLES

_COMPARED = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least", "==": "equal", "!=": "unequal"}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_ARITHMETIC = {"+": "plus", "-": "minus", "*": "times", "/": "divided"}
_MOST_IN_LINE = 3
_HEADS = ("vehicles", "people", "jobs")
"""Units that their noun names already: "the number of vehicles delivered is below 20,000"."""


def explain_condition(tree: Expression, sheet: Head | None = None) -> Message:
    """A condition in words.

    Args:
        tree: The condition.
        sheet: The term sheet in which it stands; names its events and tiers, and its step.
    """
    return _Words(sheet).truth(tree) if type_of(tree) is Type.TRUTH else _Words(sheet).noun(tree)


def name_of_event(id: str, sheet: Head | None) -> str:
    """What an event is called."""
    return next((e.name for e in sheet.events if e.id == id and e.name), id) if sheet else id


def promised(id: str, sheet: Head | None) -> str | None:
    """What a promise of the public side is about; None when the id is not that of a promise."""
    return next((promise.what or id for promise in sheet.promises if promise.id == id), None) if sheet else None


def name_of_tier(id: str, sheet: Head | None) -> str:
    """What a tier is called."""
    return next((t.name for t in sheet.tiers if t.id == id and t.name), id) if sheet else id


@dataclass(frozen=True, slots=True)
class _Words:
    """Says conditions of one sheet."""

    sheet: Head | None

    # -- truths ------------------------------------------------------------------------------------------------

    def truth(self, tree: Expression) -> Message:
        match tree:
            case Observable(name=name):
                return OBSERVABLES[name].meaning
            case EventHappened(event=id):
                return self.happened(id)
            case TierInForce(tier=id):
                return Message.of("terms.words.tier", name=name_of_tier(id, self.sheet))
            case DateTest(op=op, date=day):
                return Message.of(f"terms.words.{op}", day=day)
            case Consecutive(item=item, years=years):
                if years == 1:
                    return Message.of("terms.words.last_year", item=self.inner(item))
                return Message.of("terms.words.consecutive", years=years, item=self.inner(item))
            case Held(item=item, years=span):
                return Message.of("terms.words.held", months=span * 12, item=self.inner(item))
            case Negation(item=item):
                return self.negation(item)
            case Logic(op=op, items=items):
                return self.logic(op, items)
            case Relation(op=op, left=left, right=right):
                return self.comparison(op, left, right)
            case Number() | Arithmetic() | Total() | MonthsSince():
                raise TypeError(f"not a truth: {tree}")

    def inner(self, tree: Expression) -> Message:
        """A truth within another one; a list within a sentence is set in brackets."""
        words = self.truth(tree)
        return Message.of("terms.words.grouped", item=words) if isinstance(tree, Logic) else words

    def negation(self, item: Expression) -> Message:
        match item:
            case Observable(name=name):
                return Message.of(f"terms.observable.{name}.not")
            case Relation(op=op, left=left, right=right):
                return self.comparison(_OPPOSITE[op], left, right)
            case EventHappened(event=id):
                return self.not_happened(id)
            case TierInForce(tier=id):
                return Message.of("terms.words.tier.not", name=name_of_tier(id, self.sheet))
            case Negation(item=twice):
                return self.truth(twice)
            case Logic() | Consecutive() | Held() | DateTest():
                return Message.of("terms.words.not", item=self.inner(item))
            case Number() | Arithmetic() | Total() | MonthsSince():
                return Message.of("terms.words.not", item=self.inner(item))
            case _:
                assert_never(item)

    def happened(self, id: str) -> Message:
        what = promised(id, self.sheet)
        if what is not None:
            return Message.of("terms.words.promise", what=what)
        return Message.of("terms.words.event", name=name_of_event(id, self.sheet))

    def not_happened(self, id: str) -> Message:
        what = promised(id, self.sheet)
        if what is not None:
            return Message.of("terms.words.promise.not", what=what)
        return Message.of("terms.words.event.not", name=name_of_event(id, self.sheet))

    def logic(self, op: str, items: Sequence[Expression]) -> Message:
        """Few plain parts stand in one line; others are counted off."""
        nested = any(isinstance(item, Logic) for item in items)
        if not nested and len(items) <= _MOST_IN_LINE:
            words = self.truth(items[-1])
            for item in reversed(items[:-1]):
                words = Message.of(f"terms.words.{op}", left=self.truth(item), right=words)
            return words
        entries: list[Message] = []
        for number, item in enumerate(items, start=1):
            deep = isinstance(item, Logic) and any(isinstance(part, Logic) for part in item.items)
            words = self.inner(item) if deep else self.truth(item)
            entries.append(Message.of("terms.words.entry", number=number, item=words))
        chain = entries[-1]
        for entry in reversed(entries[:-1]):
            chain = Message.of("terms.words.next", first=entry, rest=chain)
        return Message.of("terms.words.all" if op == "and" else "terms.words.any", items=chain)

    def comparison(self, op: str, left: Expression, right: Expression) -> Message:
        if isinstance(left, Number) and not isinstance(right, Number):
            left, right, op = right, left, _MIRRORED[op]
        if isinstance(left, MonthsSince) and isinstance(right, Number) and op not in ("==", "!="):
            months = quantity(right.value, "months")
            return Message.of(f"terms.words.months_{_COMPARED[op]}", months=months, since=self.since(left.target))
        unit = _unit(left) or _unit(right)
        unit = "" if unit in _HEADS else unit
        return Message.of(f"terms.words.{_COMPARED[op]}", left=self.noun(left, unit), right=self.noun(right, unit))

    def since(self, target: str) -> Message:
        events = {event.id for event in self.sheet.events} if self.sheet else set()
        if target in events:
            return Message.of("terms.words.since_event", name=name_of_event(target, self.sheet))
        what = promised(target, self.sheet)
        if what is not None:
            return Message.of("terms.words.since_promise", what=what)
        if self.sheet and self.sheet.is_loan(target):
            return Message.of("terms.words.since_loan", id=target)
        return Message.of("terms.words.since_instalment", id=target)

    # -- numbers -----------------------------------------------------------------------------------------------

    def noun(self, tree: Expression, unit: str = "", *, window: bool = False) -> Message:
        match tree:
            case Number(value=value):
                return quantity(value, unit)
            case Observable(name=name):
                term = OBSERVABLES[name]
                if term.kind != FLOW or window:
                    return term.meaning
                step = self.sheet.step if self.sheet else 3
                return Message.of(f"terms.words.in_step_{step}", item=term.meaning)
            case Total(item=item, months=months):
                words = self.noun(item, window=True)
                if months is None:
                    return Message.of("terms.words.in_year", item=words)
                if months == 0:
                    return Message.of("terms.words.since_signing", item=words)
                return Message.of("terms.words.over_months", item=words, months=months)
            case MonthsSince(target=target):
                return Message.of("terms.words.months", since=self.since(target))
            case Arithmetic(op=op, left=left, right=right):
                unit = unit if op in "+-" else ""
                return Message.of(
                    f"terms.words.{_ARITHMETIC[op]}",
                    left=self.operand(left, unit, window=window),
                    right=self.operand(right, unit, window=window),
                )
            case (
                Relation()
                | Logic()
                | Negation()
                | Consecutive()
                | Held()
                | EventHappened()
                | TierInForce()
                | DateTest()
            ):
                raise TypeError(f"not a number: {tree}")

    def operand(self, tree: Expression, unit: str, *, window: bool) -> Message:
        words = self.noun(tree, unit, window=window)
        return Message.of("terms.words.grouped", item=words) if isinstance(tree, Arithmetic) else words


def _unit(tree: Expression) -> str:
    """Label of the unit in which a number that is compared with this one is shown; empty when there is none."""
    match tree:
        case Observable(unit=unit):
            return unit
        case Total(item=item):
            return _unit(item)
        case MonthsSince():
            return "months"
        case Arithmetic(op="+" | "-", left=left, right=right):
            return _unit(left) or _unit(right)
        case Arithmetic(op="*", left=Number(), right=right):
            return _unit(right)
        case Arithmetic(op="*" | "/", left=left, right=Number()):
            return _unit(left)
        case Number() | Arithmetic():
            return ""
        case Relation() | Logic() | Negation() | Consecutive() | Held() | EventHappened() | TierInForce() | DateTest():
            return ""
        case _:
            assert_never(tree)
