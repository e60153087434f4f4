"""What was not seen of a clause, and what the simulation assumes instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from guanzi.base.core import Message, Place
from guanzi.deal.terms.amounts import money, percent, rounded
from guanzi.deal.terms.data import Unknown
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.vocabulary import money_unit


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that exists in the agreements and was not seen.

    Attributes:
        clause: Id of the clause, as in :func:`guanzi.deal.terms.explain`.
        what: What was not seen.
        assumption: What is assumed instead.
        simulated: The simulation can run without it: by a bracket, an assumption, or because it leaves it out.
        place: Where it stands in the text.
        note: Why it is unknown, as the sheet says.
        source: Id of the source in the case.
    """

    clause: str
    what: Message
    assumption: Message
    simulated: bool
    place: Place
    note: str = ""
    source: str = ""


class Gaps:
    """Says gaps of the clauses of one sheet."""

    def __init__(self, sheet: Head) -> None:
        self.sheet = sheet
        label = money_unit(sheet.currency, sheet.unit)
        self.money: Callable[[float], Message] = lambda value: money(value, label)
        self.percent: Callable[[float], Message] = percent
        self.names = {party.id: party.name or party.id for party in sheet.parties}

    def value(
        self, clause: str, value: object, what: Message, show: Callable[[float], Message], source: str
    ) -> Iterator[Gap]:
        """A value that may be unknown."""
        if not isinstance(value, Unknown):
            return
        simulated = True
        if value.assumed is not None:
            assumption = Message.of("terms.assumption.one_value", value=show(rounded(value.assumed)))
        elif value.low is not None and value.high is not None:
            assumption = Message.of("terms.assumption.bracket", low=show(value.low), high=show(value.high))
        else:
            assumption, simulated = Message.of("terms.assumption.none"), False
        yield Gap(clause, what, assumption, simulated, value.place, value.note, source)

    def item(
        self, clause: str, id: str, value: object, item: str, show: Callable[[float], Message], source: str
    ) -> Iterator[Gap]:
        """A value of an instrument or incentive."""
        if isinstance(value, Unknown):
            what = Message.of(f"terms.gap.of_{item}", id=self.sheet.called(id))
            yield from self.value(clause, value, what, show, source)

    def day(self, clause: str, item: Any) -> Iterator[Gap]:
        """A day that is not stated."""
        if item.undated:
            what = Message.of("terms.gap.day", id=self.sheet.called(item.id))
            yield self.gap(clause, what, "signing", item.place, source=item.source)

    def gap(self, clause: str, what: Message, rule: str, place: Place, note: str = "", source: str = "") -> Gap:
        """Something else that was not seen; ``rule``: what the simulation does."""
        return Gap(clause, what, Message.of(f"terms.assumption.{rule}"), True, place, note, source)
