"""What public parties pay out under a term sheet, payment by payment, whatever the instrument.

A rebate and land below its price are given without a payment; what a promise costs is no instrument. A clause that
takes money in (a put of the public side, a clawback) or moves shares alone (a ratchet) pays nothing out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from guanzi.base.core import Place
from guanzi.deal.terms.data import Condition, Unknown, Value
from guanzi.deal.terms.instruments import ConvertibleNote, Grant, Loan, Purchase
from guanzi.deal.terms.sheet import TermSheet
from guanzi.deal.terms.values import scale_value

type PayoutKind = Literal["planned", "called"]


@dataclass(frozen=True, slots=True)
class Payout:
    """A payment of public parties.

    Attributes:
        id: The instalment, or the instrument; of one that is paid year by year ``<instrument>.<year>``.
        instrument: Id of the instrument.
        amounts: Payer to amount, in the unit of the sheet.
        due: First day on which it can be paid.
        condition: What must hold; None: calendar only.
        expires: Day after which it lapses; None: never.
        kind: ``planned``, or ``called``: it is paid only if somebody calls for it or a right is used, and then what is
            called is paid, up to the amount.
        failed: It is called because the company has failed; all others are paid while it is solvent.
        dated: The sheet states the day; otherwise ``due`` is the day of signing by assumption.
    """

    id: str
    instrument: str
    amounts: Mapping[str, Value]
    due: date
    place: Place
    condition: Condition | None = None
    expires: date | None = None
    source: str = ""
    kind: PayoutKind = "planned"
    failed: bool = False
    dated: bool = True


def payouts(sheet: TermSheet) -> tuple[Payout, ...]:
    """All payments of public parties: instalments in the order of the text, then what is lent, given and called."""
    public = frozenset(sheet.public)
    found = (*_shares(sheet, public), *_lent(sheet, public), *_given(sheet), *_called(sheet, public))
    return tuple(found)


def years_on(day: date, years: int) -> date:
    """The same day some years later; of 29 February the day before."""
    leap = day.month == 2 and day.day == 29
    return date(day.year + years, day.month, 28 if leap else day.day)


def _shares(sheet: TermSheet, public: frozenset[str]) -> Iterator[Payout]:
    for equity in sheet.equities:
        for tranche in equity.tranches:
            amounts = {payer: value for payer, value in tranche.amounts.items() if payer in public}
            if amounts:
                yield Payout(
                    tranche.id, equity.id, amounts, tranche.due, tranche.place, tranche.condition, tranche.expires,
                    tranche.source or equity.source,
                )  # fmt: skip


def _lent(sheet: TermSheet, public: frozenset[str]) -> Iterator[Payout]:
    debts: tuple[ConvertibleNote | Loan, ...] = (*sheet.convertible_notes, *sheet.loans)
    for item in debts:
        if item.lender in public:
            yield Payout(
                item.id, item.id, {item.lender: item.amount}, item.drawn, item.place, item.condition, item.expires,
                item.source,
            )  # fmt: skip
    for share in sheet.revenue_shares:
        if share.investor in public and share.amount != 0.0:
            yield Payout(
                share.id, share.id, {share.investor: share.amount}, share.drawn, share.place, share.condition,
                source=share.source, dated=not share.undated,
            )  # fmt: skip


def _given(sheet: TermSheet) -> Iterator[Payout]:
    """Grants and purchases year by year; buildings in equal parts from year to year until they are ready."""
    yearly: tuple[Grant | Purchase, ...] = (*sheet.grants, *sheet.purchases)
    for item in yearly:
        if getattr(item, "kind", "") != "rebate":
            yield from _yearly(item, item.amount, item.years)
    for park in sheet.parks:
        years = park.ready.year - park.start.year + 1
        yield from _yearly(park, scale_value(park.cost, 1.0 / years), years)


def _yearly(item: Any, amount: Value, years: int) -> Iterator[Payout]:
    for year in range(years):
        yield Payout(
            item.id if years == 1 else f"{item.id}.{item.start.year + year}", item.id, {item.payer: amount},
            years_on(item.start, year), item.place, item.condition, source=item.source, dated=not item.undated,
        )  # fmt: skip


def _called(sheet: TermSheet, public: frozenset[str]) -> Iterator[Payout]:
    """What is paid only when it is called: guarantees, earn-outs, and rights of or against a public party."""
    signed = sheet.signed
    for item in sheet.guarantees:
        yield Payout(
            item.id, item.id, {item.guarantor: item.limit}, signed, item.place, expires=item.until,
            source=item.source, kind="called", failed=True,
        )  # fmt: skip
    for out in sheet.earn_outs:
        if out.payer in public:
            yield Payout(
                out.id, out.id, {out.payer: out.amount}, out.due or signed, out.place, out.when, out.expires,
                out.source, kind="called",
            )  # fmt: skip
    for warrant in sheet.warrants:
        if warrant.holder in public:
            price = _product(warrant.share, warrant.strike, warrant.place)
            yield Payout(
                warrant.id, warrant.id, {warrant.holder: price}, signed, warrant.place, warrant.when,
                warrant.expires, warrant.source, kind="called",
            )  # fmt: skip
    for call in sheet.calls:
        if call.holder in public:
            yield Payout(
                call.id, call.id, {call.holder: Unknown(call.place)}, signed, call.place, call.when,
                source=call.source, kind="called",
            )  # fmt: skip
    for put in sheet.puts:
        payers = [party for party in put.obligors or () if party in public]
        if payers:
            yield Payout(
                put.id, put.id, {party: Unknown(put.place) for party in payers}, signed, put.place, put.when,
                source=put.source, kind="called",
            )  # fmt: skip


def _product(left: Value, right: Value, place: Place) -> Value:
    """The product of two values; unknown where one of them is, and nothing is assumed."""
    numbers = [value.assumed if isinstance(value, Unknown) else value for value in (left, right)]
    if None in numbers:
        return Unknown(place)
    return float(numbers[0] or 0.0) * float(numbers[1] or 0.0)
