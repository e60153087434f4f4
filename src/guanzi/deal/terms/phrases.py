"""Parts of sentences about the clauses of one term sheet: names, amounts, conditions, days."""

from __future__ import annotations

from datetime import date

from guanzi.base.core import Message
from guanzi.deal.terms.amounts import money, percent, quantity, value_in_words
from guanzi.deal.terms.data import Condition, Unknown, Value
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.vocabulary import money_unit
from guanzi.deal.terms.words import explain_condition


def dated(state: str, *, undated: bool) -> str:
    """The state of a clause whose day may not be stated: the day of signing is then an assumption."""
    return "bracketed" if undated and state == "known" else state


class Phrases:
    """Says parts of the clauses of one sheet."""

    def __init__(self, sheet: Head) -> None:
        self.sheet = sheet
        self.label = money_unit(sheet.currency, sheet.unit)
        self.names = {party.id: party.name or party.id for party in sheet.parties}

    @property
    def issuer(self) -> str:
        """What the company is called."""
        return next((self.name(party.id) for party in self.sheet.parties if party.role == "issuer"), "")

    def name(self, id: str) -> str:
        """What a party is called."""
        return self.names.get(id, id)

    def money(self, value: float) -> Message:
        """An amount in the unit of the sheet."""
        return money(value, self.label)

    def amount(self, value: Value) -> Message:
        """An amount that may be unknown."""
        return value_in_words(value, "amount", self.money)

    def part(self, value: Value) -> Message:
        """A part of something, in percent."""
        return value_in_words(value, "share", percent)

    def chance(self, value: Value) -> Message:
        """A probability."""
        words = value_in_words(value, "probability", percent)
        return words if isinstance(value, Unknown) else Message.of("terms.explain.probability", value=words)

    def when(self, condition: Condition) -> Message:
        """A condition."""
        return explain_condition(condition.tree, self.sheet)

    def free(self, id: str) -> Message:
        """That a clause states no condition, or that it was not seen whether there is one."""
        form = "condition_unseen" if self.sheet.unseen(id, "condition") else "no_condition"
        return Message.of(f"terms.explain.{form}")

    def only_once(self, condition: Condition | None, id: str) -> Message:
        """What must hold before something is paid under a clause, at whatever later time that may be."""
        if condition is None:
            return self.free(id)
        return Message.of("terms.explain.only_once", condition=self.when(condition))

    def expiry(self, day: date | None) -> str | Message:
        """The day after which something lapses."""
        return "" if day is None else Message.of("terms.explain.expires", day=day.isoformat())

    def day(self, day: date, *, undated: bool) -> Message:
        """A day, or the day of signing where none is stated."""
        return Message.of("terms.explain.undated" if undated else "terms.explain.on_day", day=day.isoformat())

    def years(self, years: float) -> Message:
        """A number of years."""
        return Message.of("terms.words.one_year") if years == 1 else quantity(round(years, 2), "years")

    def price(self, rate: Value, basis: str | Unknown) -> Message:
        """The price of a right."""
        how = Message.of("terms.explain.basis_unknown" if isinstance(basis, Unknown) else f"terms.explain.{basis}")
        return Message.of("terms.explain.price", rate=value_in_words(rate, "rate", percent), basis=how)

    def rank(self, id: str, rank: str, security: Value, obligors: tuple[str, ...]) -> Message:
        """Where a debt stands in failure, and who else answers for it; what is pledged may not have been seen."""
        form = "unseen" if rank == "unsecured" and self.sheet.unseen(id, "security") else rank
        words = Message.of(f"terms.explain.rank_{form}", issuer=self.issuer, security=self.part(security))
        if not obligors:
            return words
        return Message.of("terms.explain.backed", rank=words, names=tuple(map(self.name, obligors)))

    def period(self, start: date | None, end: date | None) -> Message:
        """From when until when something can happen."""
        form = f"{'from' if start else ''}{'_' if start and end else ''}{'until' if end else ''}" or "open"
        days = {"start": start, "end": end}
        given = {name: day.isoformat() for name, day in days.items() if day is not None}
        return Message.of(f"terms.explain.period_{form}", **given)
