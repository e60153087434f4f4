"""Parks and factories built to suit: the public side builds and owns, the company rents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message, Place
from guanzi.deal.terms.amounts import percent, value_in_words
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, Value
from guanzi.deal.terms.flow import Flow
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.grid import Grid
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind, asks
from guanzi.deal.terms.parts import Head
from guanzi.deal.terms.phrases import Phrases, dated
from guanzi.deal.terms.schema import AMOUNT, CONDITION, DATE, PERCENT, SIGNING, TEXT, form_of, span
from guanzi.deal.terms.values import (
    amount,
    day_from_signing,
    day_or_signing,
    fraction,
    read_condition,
    read_or_unseen,
    read_value,
    scale_value,
)
from guanzi.deal.terms.values import span as span_of

FORM = form_of(
    "park",
    {
        "from": TEXT,
        "cost": AMOUNT,
        "start": SIGNING,
        "ready": DATE,
        "rent": {**PERCENT, "description": "A year, as a part of the cost."},
        "rent_free": span(),
        "years": span(),
        "resale": {**PERCENT, "description": "Part of the cost that it is worth without its tenant."},
        "if": CONDITION,
    },
    ("from", "cost", "ready", "rent", "years"),
)


@dataclass(frozen=True, slots=True)
class Park:
    """A factory or park that a public party builds for the company and leases to it.

    Attributes:
        payer: The public party.
        cost: Of building, spent in equal parts from ``start`` to ``ready``.
        start: Day on which building begins, or the first step after it at which the condition holds.
        ready: Day on which it is handed over, if building begins on its day.
        rent: A year, as a part of the cost; the market would ask it as well.
        years: Of the lease, from the handing over.
        rent_free: First years without rent.
        resale: Part of what was spent that the building is still worth when the company fails; without it, not seen.
        undated: No first day is stated; ``start`` is the day of signing by assumption.
    """

    id: str
    payer: str
    cost: Value
    start: date
    ready: date
    rent: Value
    years: float
    place: Place
    rent_free: float = 0.0
    resale: Value = 0.0
    condition: Condition | None = None
    source: str = ""
    undated: bool = False

    def building(self, grid: Grid) -> range:
        """Steps in which it is built if it begins on its day: each takes the same part of the cost."""
        first = max(grid.step_of(self.start), 0)
        return range(first, max(grid.step_of(self.ready), first) + 1)


def read_park(id: str, cursor: Cursor, context: Context) -> Park | None:
    """A building to suit; what it is worth without its tenant must be stated or was not seen."""
    fits = cursor.fits(FORM)
    payer = cursor.at("from").reference(context.ids("public"), "public_party")
    cost, rent = read_value(cursor.at("cost"), amount), read_value(cursor.at("rent"), fraction)
    start, undated = day_or_signing(cursor.at("start"), id, context.signed)
    ready = day_from_signing(cursor.at("ready"), id, context.signed)
    if ready and ready < start:
        names = {"id": id, "ready": ready.isoformat(), "start": start.isoformat()}
        cursor.at("ready").report(Message.of("terms.sheet.ready_before_start", **names), Message.of("terms.mend.ready"))
    years, free = span_of(cursor.at("years")), span_of(cursor.at("rent_free"))
    resale = read_or_unseen(cursor.at("resale"), fraction, cursor.place)
    condition = read_condition(cursor.at("if"), context.scope)
    if not fits or payer is None or cost is None or rent is None or ready is None or years is None:
        return None
    return Park(
        id,
        payer,
        cost,
        start,
        ready,
        rent,
        years,
        cursor.place,
        0.0 if free is None else free,
        resale,
        condition,
        cursor.at("source").text(),
        undated,
    )


def _explain(say: Phrases, park: Park) -> Iterator[Clause]:
    free: str | Message = ""
    if park.rent_free:
        free = Message.of("terms.explain.rent_free", years=say.years(park.rent_free))
    message = Message.of(
        "terms.explain.park",
        payer=say.name(park.payer),
        issuer=say.issuer,
        cost=say.amount(park.cost),
        start=say.day(park.start, undated=park.undated),
        ready=park.ready.isoformat(),
        condition=say.only_once(park.condition, park.id),
        rent=value_in_words(park.rent, "rate", percent),
        years=say.years(park.years),
        free=free,
        resale=say.part(park.resale),
    )
    state = dated(state_of(park.cost, park.rent, park.resale), undated=park.undated)
    yield Clause(f"incentive.{park.id}", "incentives", message, state, park.place, park.source)


def _gaps(gaps: Gaps, park: Park) -> Iterator[Gap]:
    id = f"incentive.{park.id}"
    yield from gaps.item(id, park.id, park.cost, "building", gaps.money, park.source)
    yield from gaps.item(id, park.id, park.rent, "rent", gaps.percent, park.source)
    yield from gaps.item(id, park.id, park.resale, "resale", gaps.percent, park.source)
    yield from gaps.day(id, park)


def _flows(park: Park, sheet: Head) -> Iterator[Flow]:
    """Of each calendar year the part of its cost that is built in it; the building stays with who pays for it."""
    grid = Grid(sheet.signed, sheet.step, 1)
    building = park.building(grid)
    years = Counter(map(grid.year, building))
    for year, steps in years.items():
        yield Flow(
            park.id if len(years) == 1 else f"{park.id}.{year}", park.id, f"incentive.{park.id}", "park", park.payer,
            "", scale_value(park.cost, steps / len(building)), max(park.start, date(year, 1, 1)), "built", park.place,
            park.condition, dated=not park.undated, source=park.source,
        )  # fmt: skip


KIND = InstrumentKind(
    Park,
    ("park",),
    "incentives",
    read_park,
    FORM,
    _explain,
    _gaps,
    asks("payment", first="start", before="incentive."),
    _flows,
    first_day="start",
    clocked=True,
    recoverable=True,
)
