"""Land below its price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message, Place
from guanzi.deal.terms.amounts import percent, quantity, value_in_words
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Value
from guanzi.deal.terms.flow import Flow, product
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind, asks_nothing
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.phrases import Phrases, dated
from guanzi.deal.terms.schema import AMOUNT, NUMBER, PERCENT, SIGNING, TEXT, form_of
from guanzi.deal.terms.values import amount, day_or_signing, fraction, read_or_unseen, read_value

FORM = form_of(
    "land",
    {
        "from": TEXT,
        "hectares": NUMBER,
        "value": {**AMOUNT, "description": "Market value; without it, not seen."},
        "discount": PERCENT,
        "due": SIGNING,
        "buy_back": {"anyOf": [{"type": "boolean"}, *PERCENT["anyOf"]]},
    },
    ("from", "discount"),
)


@dataclass(frozen=True, slots=True)
class Land:
    """Land below its market price.

    Attributes:
        payer: The public party that gives it.
        value: Market value; the discount on it is what the public side gives.
        discount: As a ratio.
        due: Day of the transfer.
        hectares: Area; None: not stated.
        buy_back: Part of the discount that comes back through the right to buy the land back when the company fails.
        undated: No day is stated; ``due`` is the day of signing by assumption.
    """

    id: str
    payer: str
    value: Value
    discount: Value
    due: date
    place: Place
    hectares: float | None = None
    buy_back: Value = 0.0
    source: str = ""
    undated: bool = False


def read_land(id: str, cursor: Cursor, context: Context) -> Land | None:
    """Land below its price; a market value that is not stated was not seen."""
    fits = cursor.fits(FORM)
    payer = cursor.at("from").reference(context.ids("public"), "public_party")
    value = read_or_unseen(cursor.at("value"), amount, cursor.place)
    discount = read_value(cursor.at("discount"), fraction)
    due, undated = day_or_signing(cursor.at("due"), id, context.signed)
    hectares, back = amount(cursor.at("hectares")), _buy_back(cursor.at("buy_back"))
    if not fits or payer is None or discount is None:
        return None
    source = cursor.at("source").text()
    return Land(id, payer, value, discount, due, cursor.place, hectares, back, source, undated)


def _buy_back(cursor: Cursor) -> Value:
    """``true`` (all of the discount comes back), a part of it, or ``false``."""
    if isinstance(cursor.value, bool):
        return 1.0 if cursor.value else 0.0
    value = read_value(cursor, fraction)
    return 0.0 if value is None else value


def _explain(say: Phrases, land: Land) -> Iterator[Clause]:
    """Land below its price."""
    area: str | Message = ""
    if land.hectares is not None:
        area = Message.of("terms.explain.hectares", area=quantity(land.hectares))
    back = Message.of("terms.explain.no_buy_back", issuer=say.issuer)
    if land.buy_back != 0.0:
        back = Message.of("terms.explain.buy_back", issuer=say.issuer, part=say.part(land.buy_back))
    message = Message.of(
        "terms.explain.land",
        payer=say.name(land.payer),
        issuer=say.issuer,
        area=area,
        value=say.amount(land.value),
        discount=value_in_words(land.discount, "rate", percent),
        due=say.day(land.due, undated=land.undated),
        back=back,
    )
    state = dated(state_of(land.value, land.discount, land.buy_back), undated=land.undated)
    yield Clause(f"incentive.{land.id}", "incentives", message, state, land.place, land.source)


def _gaps(gaps: Gaps, land: Land) -> Iterator[Gap]:
    id, of = f"incentive.{land.id}", land.id
    yield from gaps.item(id, of, land.value, "value", gaps.money, land.source)
    yield from gaps.item(id, of, land.discount, "discount", gaps.percent, land.source)
    yield from gaps.item(id, of, land.buy_back, "buy_back", gaps.percent, land.source)
    yield from gaps.day(id, land)


def _flows(land: Land, sheet: Head) -> Iterator[Flow]:
    """What it is cheaper than its market value."""
    yield Flow(
        land.id, land.id, f"incentive.{land.id}", "land", land.payer, sheet.issuer, product(land.value, land.discount),
        land.due, "discounted", land.place, dated=not land.undated, recoverable=land.buy_back != 0.0,
        source=land.source,
    )  # fmt: skip


KIND = InstrumentKind(
    Land,
    ("land",),
    "incentives",
    read_land,
    FORM,
    _explain,
    _gaps,
    asks_nothing,
    _flows,
    first_day="due",
    recoverable=True,
)
