"""The holders' right to sell the stake back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guanzi.base.core import Message, Place
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, Unknown, Value
from guanzi.deal.terms.flow import Flow
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind, asks
from guanzi.deal.terms.instruments.pricing import listed, most_of_price, price_gaps, read_price
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.phrases import Phrases
from guanzi.deal.terms.schema import CONDITION, TEXT, form_of, names, price
from guanzi.deal.terms.values import is_unknown, read_trigger

FORM = form_of(
    "put",
    {
        "on": TEXT,
        "holders": names(),
        "obligors": {**names(), "description": "Who must pay the price; unknown where it was not seen."},
        "price": price(),
        "when": CONDITION,
    },
    ("on", "obligors", "price", "when"),
)


@dataclass(frozen=True, slots=True)
class Put:
    """The holders' right to sell the stake back.

    Attributes:
        on: The equity instrument.
        obligors: Who must pay; None when unknown (the issuer is assumed, and the assumption is shown).
        rate: Annual return on what was paid.
        basis: ``compound``, ``simple`` or Unknown (then compound is assumed).
        when: The trigger.
    """

    id: str
    on: str
    holders: tuple[str, ...]
    obligors: tuple[str, ...] | None
    rate: Value
    basis: str | Unknown
    when: Condition
    place: Place
    source: str = ""


def read_put(id: str, cursor: Cursor, context: Context) -> Put | None:
    """The holders' right to sell the stake back."""
    cursor.fits(FORM)
    if not isinstance(cursor.value, dict):
        return None
    on = cursor.at("on").reference(context.equities, "equity")
    stakeholders = context.holders.get(on or "", ())
    holders = tuple(
        name for item in listed(cursor.at("holders")) if (name := item.reference(stakeholders, "holder")) is not None
    )
    obligors: tuple[str, ...] | None = None
    if not is_unknown(cursor.at("obligors")):
        named = [item.reference(context.ids(), "party") for item in listed(cursor.at("obligors"))]
        obligors = tuple(name for name in named if name is not None)
        for item in listed(cursor.at("obligors")):
            if item.value in stakeholders:
                item.report(Message.of("terms.sheet.obligor_is_holder", name=str(item.value)))
    price, basis = read_price(cursor.at("price"))
    when = read_trigger(cursor.at("when"), context.scope)
    if on is None or price is None or when is None:
        return None
    source = cursor.at("source").text()
    return Put(id, on, holders or stakeholders, obligors, price, basis, when, cursor.place, source)


def _explain(say: Phrases, put: Put) -> Iterator[Clause]:
    issuer = say.sheet.issuer_of(put.on)
    if put.obligors is None:
        obligors = Message.of("terms.explain.obligors_unknown", issuer=say.name(issuer))
    elif put.obligors == (issuer,):
        obligors = Message.of("terms.explain.only_issuer_pays", issuer=say.name(issuer))
    else:
        obligors = Message.of("terms.explain.obligors", names=tuple(map(say.name, put.obligors)))
    opened_by = tuple(
        say.sheet.called(f"covenant.{covenant.id}") for covenant in say.sheet.covenants if covenant.remedy == put.id
    )
    message = Message.of(
        "terms.explain.put",
        holders=tuple(map(say.name, put.holders)),
        price=say.price(put.rate, put.basis),
        condition=say.when(put.when),
        breach=Message.of("terms.explain.or_breach", covenants=opened_by) if opened_by else "",
        obligors=obligors,
    )
    state = state_of(put.rate)
    if state == "known" and (put.obligors is None or isinstance(put.basis, Unknown)):
        state = "bracketed"
    yield Clause(put.id, "rights", message, state, put.place, put.source)


def _gaps(gaps: Gaps, put: Put) -> Iterator[Gap]:
    yield from price_gaps(gaps, put.id, put.rate, put.basis, put.source)
    if put.obligors is None:
        what = Message.of("terms.gap.obligors", id=gaps.sheet.called(put.id))
        yield gaps.gap(put.id, what, "issuer_pays", put.place, source=put.source)


def _flows(put: Put, sheet: Head) -> Iterator[Flow]:
    """The price, of each who must pay it: whoever else is named may have nothing."""
    most = most_of_price(sheet, put.on, put.holders, put.rate, put.place)
    for payer in (sheet.issuer_of(put.on),) if put.obligors is None else put.obligors:
        yield Flow(
            put.id, put.id, put.id, "put", payer, "", most, sheet.signed, "contingent", put.place, put.when,
            shares=True, source=put.source,
        )  # fmt: skip


KIND = InstrumentKind(
    Put,
    ("put",),
    "instruments",
    read_put,
    FORM,
    _explain,
    _gaps,
    asks("put", "when"),
    _flows,
    moves_money=False,
    clocked=True,
)
