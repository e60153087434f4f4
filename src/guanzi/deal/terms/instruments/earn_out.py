"""Earn-outs: a sum that one party pays another, once, when a condition is met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message, Place
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, Value
from guanzi.deal.terms.flow import Flow
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind, asks
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.phrases import Phrases
from guanzi.deal.terms.schema import AMOUNT, CONDITION, DATE, TEXT, form_of
from guanzi.deal.terms.values import amount, period_from_signing, read_trigger, read_value

FORM = form_of(
    "earn_out",
    {
        "from": TEXT,
        "to": TEXT,
        "amount": AMOUNT,
        "when": CONDITION,
        "due": DATE,
        "expires": DATE,
    },
    ("from", "to", "amount", "when"),
)


@dataclass(frozen=True, slots=True)
class EarnOut:
    """A further payment that depends on how things went.

    Attributes:
        payer: The issuer (as far as its cash allows; the rest stays due), a public party, or a holder up to its limit.
        payee: Another party.
        amount: In the sheet's unit.
        when: The trigger.
        due: First day on which it is tested; None: from signing on.
        expires: Last day; None: the horizon.
    """

    id: str
    payer: str
    payee: str
    amount: Value
    when: Condition
    place: Place
    due: date | None = None
    expires: date | None = None
    source: str = ""


def read_earn_out(id: str, cursor: Cursor, context: Context) -> EarnOut | None:
    """A payment between two parties."""
    fits = cursor.fits(FORM)
    payer = cursor.at("from").reference(context.ids(), "party")
    payee = cursor.at("to").reference(context.ids(), "party")
    if payer is not None and payer == payee:
        cursor.at("to").report(Message.of("terms.sheet.pays_itself", name=payer), Message.of("terms.mend.other_party"))
    value = read_value(cursor.at("amount"), amount)
    when = read_trigger(cursor.at("when"), context.scope)
    due, expires = period_from_signing(cursor, id, context.signed)
    if not fits or payer is None or payee is None or value is None or when is None:
        return None
    return EarnOut(id, payer, payee, value, when, cursor.place, due, expires, cursor.at("source").text())


def _explain(say: Phrases, item: EarnOut) -> Iterator[Clause]:
    message = Message.of(
        "terms.explain.earn_out",
        payer=say.name(item.payer),
        payee=say.name(item.payee),
        amount=say.amount(item.amount),
        condition=say.when(item.when),
        period=say.period(item.due, item.expires),
    )
    yield Clause(item.id, "rights", message, state_of(item.amount), item.place, item.source)


def _gaps(gaps: Gaps, item: EarnOut) -> Iterator[Gap]:
    yield from gaps.item(item.id, item.id, item.amount, "amount", gaps.money, item.source)


def _flows(item: EarnOut, sheet: Head) -> Iterator[Flow]:
    yield Flow(
        item.id, item.id, item.id, "earn_out", item.payer, item.payee, item.amount, item.due or sheet.signed,
        "contingent", item.place, item.when, item.expires, source=item.source,
    )  # fmt: skip


KIND = InstrumentKind(
    EarnOut,
    ("earn_out",),
    "instruments",
    read_earn_out,
    FORM,
    _explain,
    _gaps,
    asks("payment", "when", first="due"),
    _flows,
    first_day="due",
    clocked=True,
)
