"""What of a deal was not seen, and what the simulation assumes instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guanzi.core import Message, Place
from guanzi.terms.amounts import money, percent, rounded
from guanzi.terms.sheet import Call, Equity, Grant, Land, Promise, Put, TermSheet, Unknown
from guanzi.terms.values import is_stated
from guanzi.terms.vocabulary import money_unit


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that exists in the agreements and was not seen.

    Attributes:
        clause: Id of the clause, as in :func:`guanzi.terms.explain`.
        what: What was not seen.
        assumption: What the simulation does instead.
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


def unknowns(sheet: TermSheet) -> tuple[Gap, ...]:
    """All gaps of a term sheet, in reading order."""
    return tuple(_Gaps(sheet).all())


def follows_money(equity: Equity) -> bool:
    """Whether no holder's share was seen, so that holders share in proportion to what they pay."""
    return len(equity.holders) > 1 and not any(map(is_stated, equity.holders.values()))


def _is_part(value: object) -> bool:
    return isinstance(value, Unknown) and value.assumed is not None


class _Gaps:
    """Finds the gaps of one sheet."""

    def __init__(self, sheet: TermSheet) -> None:
        self.sheet = sheet
        label = money_unit(sheet.currency, sheet.unit)
        self.money: Callable[[float], Message] = lambda value: money(value, label)
        self.names = {party.id: party.name or party.id for party in sheet.parties}

    def all(self) -> Iterator[Gap]:
        for equity in self.sheet.equities:
            yield from self.value(equity.id, equity.share, Message.of("terms.gap.share"), percent, equity.source)
            if follows_money(equity):
                what = Message.of("terms.gap.holder_shares")
                yield self.gap(equity.id, what, "by_money", equity.place, source=equity.source)
            else:
                for holder, share in equity.holders.items():
                    what = Message.of("terms.gap.holder_share", party=self.names.get(holder, holder))
                    yield from self.value(equity.id, share, what, percent, equity.source)
            yield from self.parts(equity)
            for tranche in equity.tranches:
                for payer, amount in tranche.amounts.items():
                    if not _is_part(amount):
                        what = Message.of("terms.gap.amount", id=tranche.id, party=self.names.get(payer, payer))
                        source = tranche.source or equity.source
                        yield from self.value(f"{equity.id}.{tranche.id}", amount, what, self.money, source)
            for part in equity.contributions:
                id, source = f"{equity.id}.contribution.{part.party}", part.source or equity.source
                party = self.names.get(part.party, part.party)
                for due, cash in part.cash:
                    what = Message.of("terms.gap.cash", party=party, due=due.isoformat())
                    yield from self.value(id, cash, what, self.money, source)
                what = Message.of("terms.gap.assets", party=party)
                yield from self.value(id, part.assets, what, self.money, source)
        yield from self.loans()
        yield from self.rights()
        yield from self.covenants()
        yield from self.incentives()
        yield from self.promises()
        for event in self.sheet.events:
            what = Message.of("terms.gap.probability", name=event.name or event.id)
            yield from self.value(f"event.{event.id}", event.probability, what, percent, event.source)
        for clause in self.sheet.unknown:
            what = Message.of("terms.gap.clause", text=(clause.text or clause.id.replace("_", " ")).rstrip("."))
            yield self.gap(f"unknown.{clause.id}", what, "left_out", clause.place, source=clause.source)

    def parts(self, equity: Equity) -> Iterator[Gap]:
        """Parts of known totals: one gap for each payer, over all instalments."""
        for payer in dict.fromkeys(payer for tranche in equity.tranches for payer in tranche.amounts):
            paid = {tranche.id: tranche.amounts.get(payer) for tranche in equity.tranches}
            parts = {id: part for id, part in paid.items() if isinstance(part, Unknown) and part.assumed is not None}
            if parts:
                first = next(iter(parts.values()))
                name = self.names.get(payer, payer)
                what = Message.of("terms.gap.parts", party=name, ids=tuple(parts))
                values = tuple(self.money(rounded(part.assumed or 0.0)) for part in parts.values())
                assumption = Message.of("terms.assumption.values", values=values)
                yield Gap(equity.id, what, assumption, True, first.place, first.note, equity.source)

    def rights(self) -> Iterator[Gap]:
        rights: tuple[Put | Call, ...] = (*self.sheet.puts, *self.sheet.calls)
        for right in rights:
            what = Message.of("terms.gap.rate", id=right.id)
            yield from self.value(right.id, right.rate, what, percent, right.source)
            if isinstance(right.basis, Unknown):
                what = Message.of("terms.gap.basis", id=right.id)
                yield self.gap(right.id, what, "compound", right.basis.place, right.basis.note, right.source)
        for put in self.sheet.puts:
            if put.obligors is None:
                what = Message.of("terms.gap.obligors", id=put.id)
                yield self.gap(put.id, what, "issuer_pays", put.place, source=put.source)

    def loans(self) -> Iterator[Gap]:
        for loan in self.sheet.loans:
            yield from self.item(loan.id, loan.id, loan.amount, "amount", self.money, loan.source)
            yield from self.item(loan.id, loan.id, loan.rate, "interest", percent, loan.source)
            yield from self.item(loan.id, loan.id, loan.security, "security", percent, loan.source)

    def incentives(self) -> Iterator[Gap]:
        for grant in self.sheet.grants:
            id, of = f"incentive.{grant.id}", grant.id
            yield from self.item(id, of, grant.amount, "amount", self.money, grant.source)
            yield from self.day(id, grant)
            if grant.clawback is not None:
                back = grant.clawback
                yield from self.item(f"{id}.clawback", of, back.recover, "recover", percent, grant.source)
                yield from self.item(f"{id}.clawback", of, back.enforced, "enforced", percent, grant.source)
        for land in self.sheet.lands:
            id, of = f"incentive.{land.id}", land.id
            yield from self.item(id, of, land.value, "value", self.money, land.source)
            yield from self.item(id, of, land.discount, "discount", percent, land.source)
            yield from self.item(id, of, land.buy_back, "buy_back", percent, land.source)
            yield from self.day(id, land)
        for guarantee in self.sheet.guarantees:
            id, of = f"incentive.{guarantee.id}", guarantee.id
            yield from self.item(id, of, guarantee.share, "guaranteed", percent, guarantee.source)
            yield from self.item(id, of, guarantee.limit, "limit", self.money, guarantee.source)

    def promises(self) -> Iterator[Gap]:
        for promise in self.sheet.promises:
            id = f"promise.{promise.id}"
            what = Message.of("terms.gap.kept", what=promise.what)
            yield from self.value(id, promise.probability, what, percent, promise.source)
            yield from self.item(id, promise.id, promise.cost, "cost", self.money, promise.source)
            yield from self.day(id, promise)

    def day(self, clause: str, item: Grant | Land | Promise) -> Iterator[Gap]:
        """A day that is not stated."""
        if item.undated:
            what = Message.of("terms.gap.day", id=item.id)
            yield self.gap(clause, what, "signing", item.place, source=item.source)

    def item(
        self, clause: str, id: str, value: object, item: str, show: Callable[[float], Message], source: str
    ) -> Iterator[Gap]:
        """A value of an instrument or incentive."""
        yield from self.value(clause, value, Message.of(f"terms.gap.of_{item}", id=id), show, source)

    def covenants(self) -> Iterator[Gap]:
        for covenant in self.sheet.covenants:
            id = f"covenant.{covenant.id}"
            if covenant.require is None:
                what = Message.of("terms.gap.require", id=covenant.id)
                yield self.gap(id, what, "not_tested", covenant.place, source=covenant.source)
            if isinstance(covenant.remedy, Unknown):
                what = Message.of("terms.gap.remedy", id=covenant.id)
                place, note = covenant.remedy.place, covenant.remedy.note
                yield self.gap(id, what, "no_consequence", place, note, covenant.source)

    def value(
        self, clause: str, value: object, what: Message, show: Callable[[float], Message], source: str
    ) -> Iterator[Gap]:
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

    def gap(self, clause: str, what: Message, rule: str, place: Place, note: str = "", source: str = "") -> Gap:
        return Gap(clause, what, Message.of(f"terms.assumption.{rule}"), True, place, note, source)
