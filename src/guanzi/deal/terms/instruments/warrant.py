"""Warrants: the right to buy new shares at a price agreed today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message, Place
from guanzi.deal.terms.amounts import percent, value_in_words
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, Value
from guanzi.deal.terms.flow import Flow, product
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind, asks
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.phrases import Phrases
from guanzi.deal.terms.schema import AMOUNT, CONDITION, DATE, PERCENT, TEXT, form_of
from guanzi.deal.terms.values import amount, day_from_signing, fraction, read_condition, read_value

FORM = form_of(
    "warrant",
    {
        "holder": TEXT,
        "issuer": TEXT,
        "share": {**PERCENT, "description": "New shares, as a part of all shares at signing."},
        "strike": {**AMOUNT, "description": "Valuation of the whole company at which they are bought."},
        "when": CONDITION,
        "expires": DATE,
    },
    ("holder", "issuer", "share", "strike"),
)


@dataclass(frozen=True, slots=True)
class Warrant:
    """The holder may buy new shares of the issuer at a valuation agreed at signing; once, and only where that pays.

    Attributes:
        share: New shares, as a part of all shares at signing.
        strike: Valuation of the whole company at which they are bought.
        when: From when on it can be exercised; None: only on its last day.
        expires: Last day; None: the horizon.
    """

    id: str
    holder: str
    issuer: str
    share: Value
    strike: Value
    place: Place
    when: Condition | None = None
    expires: date | None = None
    source: str = ""


def read_warrant(id: str, cursor: Cursor, context: Context) -> Warrant | None:
    """A warrant of a public party or another holder."""
    fits = cursor.fits(FORM)
    holder = cursor.at("holder").reference(context.ids("public", "holder"), "party")
    issuer = cursor.at("issuer").reference(context.ids("issuer"), "issuer")
    share, strike = read_value(cursor.at("share"), fraction), read_value(cursor.at("strike"), amount)
    when = read_condition(cursor.at("when"), context.scope)
    expires = day_from_signing(cursor.at("expires"), id, context.signed)
    if not fits or holder is None or issuer is None or share is None or strike is None:
        return None
    source = cursor.at("source").text()
    return Warrant(id, holder, issuer, share, strike, cursor.place, when, expires, source)


def _explain(say: Phrases, warrant: Warrant) -> Iterator[Clause]:
    when = Message.of("terms.explain.warrant_last_day")
    if warrant.when is not None:
        when = Message.of("terms.explain.warrant_when", condition=say.when(warrant.when))
    message = Message.of(
        "terms.explain.warrant",
        holder=say.name(warrant.holder),
        issuer=say.name(warrant.issuer),
        share=value_in_words(warrant.share, "share", percent),
        strike=say.amount(warrant.strike),
        when=when,
        period=say.period(None, warrant.expires),
    )
    yield Clause(warrant.id, "rights", message, state_of(warrant.share, warrant.strike), warrant.place, warrant.source)


def _gaps(gaps: Gaps, warrant: Warrant) -> Iterator[Gap]:
    yield from gaps.item(warrant.id, warrant.id, warrant.share, "shares", gaps.percent, warrant.source)
    yield from gaps.item(warrant.id, warrant.id, warrant.strike, "strike", gaps.money, warrant.source)


def _flows(item: Warrant, sheet: Head) -> Iterator[Flow]:
    yield Flow(
        item.id, item.id, item.id, "warrant", item.holder, item.issuer, product(item.share, item.strike), sheet.signed,
        "contingent", item.place, item.when, item.expires, shares=True, source=item.source,
    )  # fmt: skip


KIND = InstrumentKind(
    Warrant,
    ("warrant",),
    "instruments",
    read_warrant,
    FORM,
    _explain,
    _gaps,
    asks("right", "when"),
    _flows,
    clocked=True,
)
