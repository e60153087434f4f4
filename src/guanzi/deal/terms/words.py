"""Conditions in words that a lawyer and a committee member both accept."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
from guanzi.deal.terms.folding import NumberFold, TruthFold
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.typing import type_of
from guanzi.deal.terms.vocabulary import FLOW, OBSERVABLES, PRODUCTS, UNITS

_COMPARED = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least", "==": "equal", "!=": "unequal"}
_ARITHMETIC = {"+": "plus", "-": "minus", "*": "times", "/": "divided"}
_MOST_IN_LINE = 3
_HEADS = (UNITS, "people", "jobs")
"""Units that their noun names already: "the number of units delivered is below 20,000"."""


def explain_condition(tree: Expression, sheet: Head | None = None) -> Message:
    """A condition in words.

    Args:
        tree: The condition.
        sheet: The term sheet in which it stands; names its events and tiers, and its step.
    """
    return _Words(sheet).truth(tree) if type_of(tree) is Type.TRUTH else _Words(sheet).number(tree)


def name_of_event(id: str, sheet: Head | None) -> str:
    """What an event is called."""
    return sheet.called(f"event.{id}") if sheet else id


def promised(id: str, sheet: Head | None) -> str | None:
    """What a promise of the public side is about; None when the id is not that of a promise."""
    return next((sheet.called(f"promise.{id}") for one in sheet.promises if one.id == id), None) if sheet else None


def name_of_tier(id: str, sheet: Head | None) -> str:
    """What a tier is called."""
    return sheet.called(f"tier.{id}") if sheet else id


@dataclass(frozen=True)
class _Words(TruthFold[Message], NumberFold[Message]):
    """Says conditions of one sheet.

    Attributes:
        unit: In which a number is said.
        window: Whether a flow is said as that of a window, not of a step.
    """

    sheet: Head | None
    unit: str = ""
    window: bool = False

    # -- truths ------------------------------------------------------------------------------------------------

    def state(self, x: Observable) -> Message:
        return OBSERVABLES[x.name].meaning

    def happened(self, x: EventHappened) -> Message:
        return self.event_words(x.event, "")

    def tier(self, x: TierInForce) -> Message:
        return Message.of("terms.words.tier", name=name_of_tier(x.tier, self.sheet))

    def dated(self, x: DateTest) -> Message:
        return Message.of(f"terms.words.{x.op}", day=x.date)

    def consecutive(self, x: Consecutive) -> Message:
        if x.years == 1:
            return Message.of("terms.words.last_year", item=self.inner(x.item))
        return Message.of("terms.words.consecutive", years=x.years, item=self.inner(x.item))

    def held(self, x: Held) -> Message:
        return Message.of("terms.words.held", months=x.years * 12, item=self.inner(x.item))

    def negation(self, x: Negation) -> Message:
        return _Denied(self).truth(x.item)

    def inner(self, tree: Expression) -> Message:
        """A truth within another one; a list within a sentence is set in brackets."""
        words = self.truth(tree)
        return Message.of("terms.words.grouped", item=words) if isinstance(tree, Logic) else words

    def event_words(self, id: str, ending: str) -> Message:
        """An event or promise, and with the ending ``.not`` that it did not happen."""
        what = promised(id, self.sheet)
        if what is not None:
            return Message.of(f"terms.words.promise{ending}", what=what)
        return Message.of(f"terms.words.event{ending}", name=name_of_event(id, self.sheet))

    def logic(self, x: Logic) -> Message:
        """Few plain parts stand in one line; others are counted off."""
        nested = any(isinstance(item, Logic) for item in x.items)
        if not nested and len(x.items) <= _MOST_IN_LINE:
            words = self.truth(x.items[-1])
            for item in reversed(x.items[:-1]):
                words = Message.of(f"terms.words.{x.op}", left=self.truth(item), right=words)
            return words
        entries: list[Message] = []
        for number, item in enumerate(x.items, start=1):
            deep = isinstance(item, Logic) and any(isinstance(part, Logic) for part in item.items)
            words = self.inner(item) if deep else self.truth(item)
            entries.append(Message.of("terms.words.entry", number=number, item=words))
        chain = entries[-1]
        for entry in reversed(entries[:-1]):
            chain = Message.of("terms.words.next", first=entry, rest=chain)
        return Message.of("terms.words.all" if x.op == "and" else "terms.words.any", items=chain)

    def relation(self, x: Relation) -> Message:
        x = x.with_limit_right()
        left, right = x.left, x.right
        if isinstance(left, MonthsSince) and isinstance(right, Number) and x.op not in ("==", "!="):
            months = quantity(right.value, "months")
            return Message.of(f"terms.words.months_{_COMPARED[x.op]}", months=months, since=self.since(left.target))
        unit = _Unit().number(left) or _Unit().number(right)
        nouns = replace(self, unit="" if unit in _HEADS else unit)
        return Message.of(f"terms.words.{_COMPARED[x.op]}", left=nouns.number(left), right=nouns.number(right))

    def since(self, target: str) -> Message:
        events = {event.id for event in self.sheet.events} if self.sheet else set()
        if target in events:
            return Message.of("terms.words.since_event", name=name_of_event(target, self.sheet))
        what = promised(target, self.sheet)
        if what is not None:
            return Message.of("terms.words.since_promise", what=what)
        if self.sheet and self.sheet.is_loan(target):
            return Message.of("terms.words.since_loan", id=self.sheet.called(target))
        return Message.of("terms.words.since_instalment", id=self.sheet.called(target) if self.sheet else target)

    # -- numbers -----------------------------------------------------------------------------------------------

    @property
    def product(self) -> str:
        """What the company delivers; empty: not known."""
        return self.sheet.product if self.sheet else ""

    def literal(self, x: Number) -> Message:
        unit = self.unit
        if self.product in PRODUCTS and unit.startswith(UNITS):
            unit = self.product + unit.removeprefix(UNITS)
        return quantity(x.value, unit)

    def figure(self, x: Observable) -> Message:
        term = OBSERVABLES[x.name]
        words = term.meaning_for(self.product)
        if term.kind != FLOW or self.window:
            return words
        return Message.of(f"terms.words.in_step_{self.sheet.step if self.sheet else 3}", item=words)

    def total(self, x: Total) -> Message:
        words = replace(self, unit="", window=True).number(x.item)
        if x.months is None:
            return Message.of("terms.words.in_year", item=words)
        if x.months == 0:
            return Message.of("terms.words.since_signing", item=words)
        return Message.of("terms.words.over_months", item=words, months=x.months)

    def months_since(self, x: MonthsSince) -> Message:
        return Message.of("terms.words.months", since=self.since(x.target))

    def arithmetic(self, x: Arithmetic) -> Message:
        nouns = self if x.op in "+-" else replace(self, unit="")
        return Message.of(f"terms.words.{_ARITHMETIC[x.op]}", left=nouns.operand(x.left), right=nouns.operand(x.right))

    def operand(self, tree: Expression) -> Message:
        words = self.number(tree)
        return Message.of("terms.words.grouped", item=words) if isinstance(tree, Arithmetic) else words


@dataclass(frozen=True)
class _Denied(TruthFold[Message]):
    """Says that a truth does not hold."""

    words: _Words

    def state(self, x: Observable) -> Message:
        return Message.of(f"terms.observable.{x.name}.not")

    def relation(self, x: Relation) -> Message:
        return self.words.relation(x.denied())

    def happened(self, x: EventHappened) -> Message:
        return self.words.event_words(x.event, ".not")

    def tier(self, x: TierInForce) -> Message:
        return Message.of("terms.words.tier.not", name=name_of_tier(x.tier, self.words.sheet))

    def negation(self, x: Negation) -> Message:
        return self.words.truth(x.item)

    def _whole(self, x: Expression) -> Message:
        return Message.of("terms.words.not", item=self.words.inner(x))

    logic = consecutive = held = dated = _whole


class _Unit(NumberFold[str]):
    """Label of the unit in which a number that is compared with this one is shown; empty when there is none."""

    def literal(self, x: Number) -> str:
        return ""

    def figure(self, x: Observable) -> str:
        return x.unit

    def total(self, x: Total) -> str:
        return self.number(x.item)

    def months_since(self, x: MonthsSince) -> str:
        return "months"

    def arithmetic(self, x: Arithmetic) -> str:
        if x.op in "+-":
            return self.number(x.left) or self.number(x.right)
        if x.op == "*" and isinstance(x.left, Number):
            return self.number(x.right)
        return self.number(x.left) if isinstance(x.right, Number) else ""
