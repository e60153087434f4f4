"""Ratchets: shares that holders get on top when the company misses what was promised (valuation adjustment)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message, Place
from guanzi.deal.terms.amounts import percent, value_in_words
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, Value
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind, asks, no_flows
from guanzi.deal.terms.phrases import Phrases
from guanzi.deal.terms.schema import CONDITION, DATE, PERCENT, TEXT, form_of
from guanzi.deal.terms.values import fraction, period_from_signing, read_trigger, read_value

FORM = form_of(
    "ratchet",
    {
        "on": TEXT,
        "giver": {**TEXT, "description": "The issuer, or a holder that transfers shares of its own."},
        "shares": {**PERCENT, "description": "As a part of all shares at signing."},
        "when": CONDITION,
        "due": DATE,
        "expires": DATE,
    },
    ("on", "giver", "shares", "when"),
)


@dataclass(frozen=True, slots=True)
class Ratchet:
    """The holders of a stake get further shares for nothing, once, when a condition is met.

    Attributes:
        on: The equity instrument; its holders share by what each has paid for.
        giver: The issuer (new shares, which dilute everybody) or a holder that transfers its own.
        shares: As a part of all shares at signing.
        when: The trigger.
        due: First day on which it is tested; None: from the first instalment on.
        expires: Last day; None: the horizon.
    """

    id: str
    on: str
    giver: str
    shares: Value
    when: Condition
    place: Place
    due: date | None = None
    expires: date | None = None
    source: str = ""


def read_ratchet(id: str, cursor: Cursor, context: Context) -> Ratchet | None:
    """A ratchet on a stake."""
    fits = cursor.fits(FORM)
    on = cursor.at("on").reference(context.equities, "equity")
    stakeholders = context.holders.get(on or "", ())
    giver = cursor.at("giver").reference(
        tuple(p for p in context.ids("issuer", "holder") if p not in stakeholders), "party"
    )
    shares = read_value(cursor.at("shares"), fraction)
    when = read_trigger(cursor.at("when"), context.scope)
    due, expires = period_from_signing(cursor, id, context.signed)
    if not fits or on is None or giver is None or shares is None or when is None:
        return None
    return Ratchet(id, on, giver, shares, when, cursor.place, due, expires, cursor.at("source").text())


def _explain(say: Phrases, ratchet: Ratchet) -> Iterator[Clause]:
    issuer = any(p.id == ratchet.giver and p.role == "issuer" for p in say.sheet.parties)
    message = Message.of(
        "terms.explain.ratchet_issued" if issuer else "terms.explain.ratchet_transferred",
        giver=say.name(ratchet.giver),
        stake=ratchet.on,
        shares=value_in_words(ratchet.shares, "share", percent),
        condition=say.when(ratchet.when),
        period=say.period(ratchet.due, ratchet.expires),
    )
    yield Clause(ratchet.id, "rights", message, state_of(ratchet.shares), ratchet.place, ratchet.source)


def _gaps(gaps: Gaps, ratchet: Ratchet) -> Iterator[Gap]:
    yield from gaps.item(ratchet.id, ratchet.id, ratchet.shares, "shares", gaps.percent, ratchet.source)


KIND = InstrumentKind(
    Ratchet,
    ("ratchet",),
    "instruments",
    read_ratchet,
    FORM,
    _explain,
    _gaps,
    asks("right", "when", first="due"),
    no_flows,
    first_day="due",
    moves_money=False,
    clocked=True,
)
