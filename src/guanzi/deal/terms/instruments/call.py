"""A party's right to buy part of the stake back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guanzi.base.core import Message, Place, one_of
from guanzi.deal.terms.amounts import percent
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, Unknown, Value
from guanzi.deal.terms.flow import Flow
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind, asks
from guanzi.deal.terms.instruments.pricing import most_of_price, price_gaps, read_price
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.phrases import Phrases
from guanzi.deal.terms.schema import CONDITION, TEXT, form_of, price
from guanzi.deal.terms.values import fraction, read_trigger, scale_value

_PORTION = re.compile(r"\s*([^\s].*?)\s+of\s+(\S+)\s*")

FORM = form_of(
    "call",
    {
        "on": TEXT,
        "holder": TEXT,
        "portion": {"type": ["string", "number"], "description": "50%, or 50% of a holder."},
        "price": price(),
        "when": CONDITION,
    },
    ("on", "holder", "portion", "price", "when"),
)


@dataclass(frozen=True, slots=True)
class Call:
    """A party's right to buy part of the stake back.

    Attributes:
        portion: Fraction of ``of`` (a holder) that can be called.
        of: The holder whose stake can be called; None: all holders.
    """

    id: str
    on: str
    holder: str
    portion: float
    of: str | None
    rate: Value
    basis: str | Unknown
    when: Condition
    place: Place
    source: str = ""


def read_call(id: str, cursor: Cursor, context: Context) -> Call | None:
    """A party's right to buy part of the stake back."""
    cursor.fits(FORM)
    if not isinstance(cursor.value, dict):
        return None
    on = cursor.at("on").reference(context.equities, "equity")
    stakeholders = context.holders.get(on or "", ())
    holder = cursor.at("holder").reference(tuple(name for name in context.ids() if name not in stakeholders), "party")
    portion, of = _portion(cursor.at("portion"), stakeholders)
    price, basis = read_price(cursor.at("price"))
    when = read_trigger(cursor.at("when"), context.scope)
    if on is None or holder is None or portion is None or price is None or when is None:
        return None
    return Call(id, on, holder, portion, of, price, basis, when, cursor.place, cursor.at("source").text())


def _portion(cursor: Cursor, stakeholders: tuple[str, ...]) -> tuple[float | None, str | None]:
    """``50%``, or ``50% of city``."""
    match = _PORTION.fullmatch(str(cursor.value)) if isinstance(cursor.value, str) else None
    if match is None:
        return fraction(cursor), None
    of = match[2]
    if of not in stakeholders:
        cause = Message.of("terms.sheet.no_such_holder", field=cursor.name, name=of)
        cursor.report(cause, one_of(of, stakeholders))
        return None, None
    share = fraction(Cursor(cursor.document, cursor.path, match[1], cursor.problems))
    return share, of


def _explain(say: Phrases, call: Call) -> Iterator[Clause]:
    message = Message.of(
        "terms.explain.call",
        holder=say.name(call.holder),
        portion=percent(call.portion),
        of=Message.of("terms.explain.all_stakes") if call.of is None else say.name(call.of),
        price=say.price(call.rate, call.basis),
        condition=say.when(call.when),
    )
    state = state_of(call.rate)
    if state == "known" and isinstance(call.basis, Unknown):
        state = "bracketed"
    yield Clause(call.id, "rights", message, state, call.place, call.source)


def _gaps(gaps: Gaps, call: Call) -> Iterator[Gap]:
    yield from price_gaps(gaps, call.id, call.rate, call.basis, call.source)


def _flows(call: Call, sheet: Head) -> Iterator[Flow]:
    stakes = (call.of,) if call.of is not None else None
    most = scale_value(most_of_price(sheet, call.on, stakes, call.rate, call.place), call.portion)
    yield Flow(
        call.id, call.id, call.id, "call", call.holder, "", most, sheet.signed, "contingent", call.place, call.when,
        shares=True, source=call.source,
    )  # fmt: skip


KIND = InstrumentKind(
    Call,
    ("call",),
    "instruments",
    read_call,
    FORM,
    _explain,
    _gaps,
    asks("call", "when"),
    _flows,
    moves_money=False,
    clocked=True,
)
