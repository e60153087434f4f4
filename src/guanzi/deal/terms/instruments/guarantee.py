"""Guarantees of the company's debt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message, Place
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Value
from guanzi.deal.terms.flow import Flow
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind, asks_nothing
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.phrases import Phrases
from guanzi.deal.terms.schema import AMOUNT, DATE, PERCENT, TEXT, form_of
from guanzi.deal.terms.values import amount, day_from_signing, fraction, read_value

FORM = form_of(
    "guarantee",
    {
        "from": TEXT,
        "share": PERCENT,
        "limit": AMOUNT,
        "until": DATE,
        "of": {**TEXT, "description": "The public loan or note that it stands behind; without it, all debt."},
    },
    ("from", "share", "limit"),
)


@dataclass(frozen=True, slots=True)
class Guarantee:
    """The public side stands behind the company's debt.

    Attributes:
        guarantor: The public party.
        share: Part of the creditors' loss that it makes good.
        limit: The most it pays.
        until: Day on which it ends; None: the horizon.
        debt: Id of the public loan or note that it stands behind, and its lender: one sum of money is at risk, and not
            two; empty: all debt of the company.
    """

    id: str
    guarantor: str
    share: Value
    limit: Value
    place: Place
    until: date | None = None
    source: str = ""
    debt: str = ""
    lender: str = ""


def read_guarantee(id: str, cursor: Cursor, context: Context) -> Guarantee | None:
    """What the public side answers for when the company fails."""
    fits = cursor.fits(FORM)
    guarantor = cursor.at("from").reference(context.ids("public"), "public_party")
    share, limit = read_value(cursor.at("share"), fraction), read_value(cursor.at("limit"), amount)
    until = day_from_signing(cursor.at("until"), id, context.signed)
    debt = cursor.at("of").reference(tuple(context.lenders), "debt") if cursor.has("of") else ""
    if debt and context.lenders[debt] == guarantor:
        problem = Message.of("terms.sheet.pays_itself", name=guarantor)
        cursor.at("from").report(problem, Message.of("terms.mend.other_party"))
    if not fits or guarantor is None or share is None or limit is None or debt is None:
        return None
    lender = context.lenders.get(debt, "")
    return Guarantee(id, guarantor, share, limit, cursor.place, until, cursor.at("source").text(), debt, lender)


def _explain(say: Phrases, guarantee: Guarantee) -> Iterator[Clause]:
    """A guarantee of the company's debt."""
    until = Message.of("terms.explain.open_ended")
    if guarantee.until is not None:
        until = Message.of("terms.explain.until_day", day=guarantee.until.isoformat())
    message = Message.of(
        "terms.explain.guarantee_of" if guarantee.debt else "terms.explain.guarantee",
        debt=say.sheet.called(guarantee.debt) if guarantee.debt else "",
        lender=say.name(guarantee.lender) if guarantee.debt else "",
        guarantor=say.name(guarantee.guarantor),
        issuer=say.issuer,
        share=say.part(guarantee.share),
        limit=say.amount(guarantee.limit),
        until=until,
    )
    state = state_of(guarantee.share, guarantee.limit)
    yield Clause(f"incentive.{guarantee.id}", "incentives", message, state, guarantee.place, guarantee.source)


def _gaps(gaps: Gaps, guarantee: Guarantee) -> Iterator[Gap]:
    id, of = f"incentive.{guarantee.id}", guarantee.id
    yield from gaps.item(id, of, guarantee.share, "guaranteed", gaps.percent, guarantee.source)
    yield from gaps.item(id, of, guarantee.limit, "limit", gaps.money, guarantee.source)


def _flows(guarantee: Guarantee, sheet: Head) -> Iterator[Flow]:
    yield Flow(
        guarantee.id, guarantee.id, f"incentive.{guarantee.id}", "guarantee", guarantee.guarantor, guarantee.lender,
        guarantee.limit, sheet.signed, "contingent", guarantee.place, expires=guarantee.until, failed=True,
        source=guarantee.source,
    )  # fmt: skip


KIND = InstrumentKind(
    Guarantee,
    ("guarantee",),
    "incentives",
    read_guarantee,
    FORM,
    _explain,
    _gaps,
    asks_nothing,
    _flows,
)
