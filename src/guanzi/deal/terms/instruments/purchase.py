"""Purchase commitments: a public party promises to buy the company's goods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message, Place
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.conditions import Observable, Type
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, Unknown, Value
from guanzi.deal.terms.flow import AskedCondition, Flow, yearly
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.grant import asked_yearly, read_payment, read_payments
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.phrases import Phrases, dated
from guanzi.deal.terms.schema import CONDITION, PAID, PERCENT, form_of
from guanzi.deal.terms.values import day_or_signing, fraction, read_condition, read_value

FORM = form_of(
    "purchase",
    {
        **PAID,
        "worth": {**PERCENT, "description": "What the goods are worth to the buyer, as a part of their price."},
        "cost": {**PERCENT, "description": "What they cost the company; without it, its gross margin says."},
        "if": CONDITION,
    },
    ("from", "amount"),
)


@dataclass(frozen=True, slots=True)
class Purchase:
    """A public party buys goods of the company, once or every year.

    Purchases are not counted among the units, revenue and margin that conditions observe: demand that the owner buys
    meets no floor.

    Attributes:
        payer: The public party.
        amount: Price, once or a year.
        start: Day of the first purchase.
        years: Number of yearly purchases; 1: once.
        worth: What the goods are worth to the buyer, as a part of their price.
        cost: What they cost the company, as a part of their price; None: as its gross margin of the step says.
        condition: What must hold at each purchase.
        undated: No first day is stated; ``start`` is the day of signing by assumption.
    """

    id: str
    payer: str
    amount: Value
    start: date
    years: int
    place: Place
    worth: Value
    cost: Value | None = None
    condition: Condition | None = None
    source: str = ""
    undated: bool = False


def read_purchase(id: str, cursor: Cursor, context: Context) -> Purchase | None:
    """A commitment to buy; goods of which nobody says what they are worth are taken at their price."""
    fits = cursor.fits(FORM)
    payer = cursor.at("from").reference(context.ids("public"), "public_party")
    value, years = read_value(cursor.at("amount"), read_payment), read_payments(cursor)
    start, undated = day_or_signing(cursor.at("start"), id, context.signed)
    worth, cost = read_value(cursor.at("worth"), fraction), read_value(cursor.at("cost"), fraction)
    condition = read_condition(cursor.at("if"), context.scope)
    if not fits or payer is None or value is None or years is None:
        return None
    taken = Unknown(cursor.place, assumed=1.0) if worth is None else worth
    source = cursor.at("source").text()
    return Purchase(id, payer, value, start, years, cursor.place, taken, cost, condition, source, undated)


def _explain(say: Phrases, item: Purchase) -> Iterator[Clause]:
    condition = say.free(item.id)
    if item.condition is not None:
        form = "terms.explain.if_then" if item.years == 1 else "terms.explain.if_then_each"
        condition = Message.of(form, condition=say.when(item.condition))
    cost = Message.of("terms.explain.purchase_margin")
    if item.cost is not None:
        cost = Message.of("terms.explain.purchase_cost", cost=say.part(item.cost))
    message = Message.of(
        "terms.explain.purchase_once" if item.years == 1 else "terms.explain.purchase_yearly",
        payer=say.name(item.payer),
        issuer=say.issuer,
        amount=say.amount(item.amount),
        years=say.years(item.years),
        start=say.day(item.start, undated=item.undated),
        condition=condition,
        worth=say.part(item.worth),
        cost=cost,
    )
    state = dated(state_of(item.amount, item.worth, item.cost), undated=item.undated)
    yield Clause(f"incentive.{item.id}", "incentives", message, state, item.place, item.source)


def _gaps(gaps: Gaps, item: Purchase) -> Iterator[Gap]:
    id = f"incentive.{item.id}"
    yield from gaps.item(id, item.id, item.amount, "amount", gaps.money, item.source)
    yield from gaps.item(id, item.id, item.worth, "worth", gaps.percent, item.source)
    yield from gaps.item(id, item.id, item.cost, "goods_cost", gaps.percent, item.source)
    yield from gaps.day(id, item)


def _observes(item: Purchase) -> tuple[Observable, ...]:
    return () if item.cost is not None else (Observable("gross_margin", Type.NUMBER, "ratio", item.place),)


def _asked(item: Purchase) -> Iterator[AskedCondition]:
    if item.condition is not None:
        yield asked_yearly(item, item.condition)


def _flows(item: Purchase, sheet: Head) -> Iterator[Flow]:
    first = Flow(
        item.id, item.id, f"incentive.{item.id}", "purchase", item.payer, sheet.issuer, item.amount, item.start,
        "bought", item.place, item.condition, dated=not item.undated, worth=item.worth, source=item.source,
    )  # fmt: skip
    yield from yearly(first, item.years)


KIND = InstrumentKind(
    Purchase,
    ("purchase",),
    "incentives",
    read_purchase,
    FORM,
    _explain,
    _gaps,
    _asked,
    _flows,
    first_day="start",
    observes=_observes,
    recoverable=True,
)
