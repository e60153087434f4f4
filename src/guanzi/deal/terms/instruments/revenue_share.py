"""Revenue and profit shares: a part of what the company takes in, for money put in before or for help given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message, Place
from guanzi.deal.terms.amounts import percent, value_in_words
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.conditions import Observable, Type
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, Value
from guanzi.deal.terms.flow import Flow
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind, asks
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.phrases import Phrases, dated
from guanzi.deal.terms.schema import AMOUNT, CONDITION, PERCENT, SIGNING, TEXT, form_of, span
from guanzi.deal.terms.values import amount, day_or_signing, fraction, read_condition, read_value
from guanzi.deal.terms.values import span as span_of

BASES = ("revenue", "ebitda")

FORM = form_of(
    "revenue_share",
    {
        "investor": TEXT,
        "issuer": TEXT,
        "of": {"enum": list(BASES)},
        "rate": {**PERCENT, "description": "Part of it that is paid every step."},
        "years": span(),
        "drawn": SIGNING,
        "amount": {**AMOUNT, "description": "What the investor pays for it at the beginning."},
        "cap": {**AMOUNT, "description": "Most that is paid in all."},
        "if": CONDITION,
    },
    ("investor", "issuer", "of", "rate", "years"),
)


@dataclass(frozen=True, slots=True)
class RevenueShare:
    """The issuer pays a part of its revenue or profit for some years.

    Attributes:
        of: ``revenue`` or ``ebitda`` (where that is positive).
        rate: Part of it that is paid, every step.
        years: How long, from the step after it begins.
        drawn: Day from which it begins.
        amount: What the investor pays for it, at the beginning; 0: nothing.
        cap: Most that is paid in all; None: no cap.
        condition: What must hold before it begins.
        undated: No first day is stated; ``drawn`` is the day of signing by assumption.
    """

    id: str
    investor: str
    issuer: str
    of: str
    rate: Value
    years: float
    drawn: date
    place: Place
    amount: Value = 0.0
    cap: Value | None = None
    condition: Condition | None = None
    source: str = ""
    undated: bool = False


def read_revenue_share(id: str, cursor: Cursor, context: Context) -> RevenueShare | None:
    """A share in revenue or profit."""
    fits = cursor.fits(FORM)
    investor = cursor.at("investor").reference(context.ids("public"), "public_party")
    issuer = cursor.at("issuer").reference(context.ids("issuer"), "issuer")
    of = cursor.at("of").choice(BASES, "revenue")
    rate, years = read_value(cursor.at("rate"), fraction), span_of(cursor.at("years"))
    drawn, undated = day_or_signing(cursor.at("drawn"), id, context.signed)
    value, cap = read_value(cursor.at("amount"), amount), read_value(cursor.at("cap"), amount)
    condition = read_condition(cursor.at("if"), context.scope)
    if not fits or investor is None or issuer is None or rate is None or years is None:
        return None
    return RevenueShare(
        id,
        investor,
        issuer,
        of,
        rate,
        years,
        drawn,
        cursor.place,
        0.0 if value is None else value,
        cap,
        condition,
        cursor.at("source").text(),
        undated,
    )


def _explain(say: Phrases, share: RevenueShare) -> Iterator[Clause]:
    paid = Message.of("terms.explain.share_for_nothing", investor=say.name(share.investor))
    if share.amount != 0.0:
        paid = Message.of(
            "terms.explain.share_bought", investor=say.name(share.investor), amount=say.amount(share.amount)
        )
    cap = Message.of("terms.explain.share_uncapped")
    if share.cap is not None:
        cap = Message.of("terms.explain.share_capped", cap=say.amount(share.cap))
    message = Message.of(
        "terms.explain.revenue_share",
        issuer=say.name(share.issuer),
        investor=say.name(share.investor),
        paid=paid,
        rate=value_in_words(share.rate, "share", percent),
        of=Message.of(f"terms.observable.{share.of}"),
        years=say.years(share.years),
        drawn=say.day(share.drawn, undated=share.undated),
        condition=say.only_once(share.condition, share.id),
        cap=cap,
    )
    state = dated(state_of(share.rate, share.amount, share.cap), undated=share.undated)
    yield Clause(share.id, "rights", message, state, share.place, share.source)


def _gaps(gaps: Gaps, share: RevenueShare) -> Iterator[Gap]:
    yield from gaps.item(share.id, share.id, share.rate, "revenue_part", gaps.percent, share.source)
    yield from gaps.item(share.id, share.id, share.amount, "amount", gaps.money, share.source)
    yield from gaps.item(share.id, share.id, share.cap, "most", gaps.money, share.source)
    yield from gaps.day(share.id, share)


def _observes(share: RevenueShare) -> tuple[Observable, ...]:
    return (Observable(share.of, Type.NUMBER, "", share.place),)


def _flows(share: RevenueShare, sheet: Head) -> Iterator[Flow]:
    """What the investor pays for it; what the issuer pays out of its revenue is a return on that."""
    if share.amount != 0.0:
        yield Flow(
            share.id, share.id, share.id, "revenue_share", share.investor, share.issuer, share.amount, share.drawn,
            "invested", share.place, share.condition, dated=not share.undated, source=share.source,
        )  # fmt: skip


KIND = InstrumentKind(
    RevenueShare,
    ("revenue_share",),
    "instruments",
    read_revenue_share,
    FORM,
    _explain,
    _gaps,
    asks("payment", first="drawn"),
    _flows,
    first_day="drawn",
    clocked=True,
    observes=_observes,
)
