"""The deals that a person can see, added up: exposure against binding, calls, coming days, concentration."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from heapq import nsmallest
from typing import Any, NamedTuple

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast

from guanzi.base.core import Message, Period
from guanzi.jobs.structuring import herfindahl
from guanzi.office.people.visibility import Viewer

BY = ("company", "industry", "region")
AHEAD = 12
"""Days that the calendar of the portfolio shows."""


class HeldCase(NamedTuple):
    """What the portfolio shows of a case; it shows all of them at once, so that whole rows would cost much."""

    slug: str
    title: str
    title_zh: str
    company: str
    company_zh: str
    region: str
    region_zh: str
    industry: str
    state: str
    currency: str


@dataclass(frozen=True, slots=True)
class HeldDeal:
    """A case as the portfolio shows it; amounts in millions of its own currency, None where nothing is signed."""

    case: HeldCase
    data: dict[str, Any]
    as_of: date | None
    open_warnings: int

    @property
    def currency(self) -> str:
        """Of its amounts."""
        return str(self.data.get("currency", self.case.currency))

    @property
    def breaches(self) -> int:
        """How many covenants are breached."""
        return len(self.data.get("breached", ()))

    def number(self, name: str) -> float | None:
        """An amount; None: it is not known, or nothing is signed."""
        return self.data.get(name)


@dataclass(frozen=True, slots=True)
class CurrencySum:
    """Signed deals of one currency; currencies are never added up, since no rate is assumed."""

    currency: str
    deals: tuple[HeldDeal, ...]
    planned: float
    before: float
    bound: float
    paid: float | None
    unpaid_known: int


@dataclass(frozen=True, slots=True)
class ShareOf:
    """A share of planned money, by company, industry or region; ``case`` is one of those that make it up."""

    name: str
    case: HeldCase
    amount: float
    share: float


@dataclass(frozen=True, slots=True)
class MoneySpread:
    """Planned money by something, greatest first, and the number of equal shares that would be as concentrated."""

    by: str
    shares: tuple[ShareOf, ...]
    effective: float | None


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day on which something falls due."""

    day: date
    case: HeldCase
    text: Message


@dataclass(frozen=True, slots=True)
class QuarterMoney:
    """Money of one currency in a quarter and the next, in millions; paid is None where no payment is known."""

    currency: str
    planned: float
    paid: float | None
    unseen: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """The signed deals that somebody can see, in few figures.

    Attributes:
        deals: How many there are.
        money: Of the running quarter and the next, by currency.
        breached: Deals with a covenant that is breached, those with most first.
        warned: Deals with a warning that nobody has seen, those with most first.
        days: What falls due next.
    """

    deals: int
    money: tuple[QuarterMoney, ...]
    breached: tuple[HeldDeal, ...]
    warned: tuple[HeldDeal, ...]
    days: tuple[DueDay, ...]


def glance_of(viewer: Viewer, today: date) -> Glance:
    """Money, breaches and what is due first, over the signed deals that somebody can see."""
    deals = [deal for deal in deals_of(viewer, "signed") if deal.data]
    breached = sorted((d for d in deals if d.breaches), key=lambda d: (-d.breaches, d.case.slug))
    warned = sorted((d for d in deals if d.open_warnings), key=lambda d: (-d.open_warnings, d.case.slug))
    money = tuple(_quarters(one, today) for one in sums_of(deals))
    return Glance(len(deals), money, tuple(breached), tuple(warned), tuple(coming_days(deals, today)))


def _quarters(whole: CurrencySum, today: date) -> QuarterMoney:
    now = Period.of("quarter", today)
    rows = [row for row in calls_of(whole) if row[0] in (now, now.shift(1))]
    known = [row[2] for row in rows if row[2] is not None]
    planned = sum((row[1] for row in rows), 0.0)
    return QuarterMoney(whole.currency, planned, sum(known) if known else None, any(row[3] for row in rows))


def deals_of(viewer: Viewer, state: str = "") -> list[HeldDeal]:
    """Every case that somebody can see, or those in a state, with where its deal stands."""
    cases = (viewer.cases.filter(state=state) if state else viewer.cases).annotate(
        open_warnings=Count("warnings", filter=Q(warnings__seen_by=None, warnings__gone_at=None)),
        text=Cast("standing__data", TextField()),
    )
    rows = cases.order_by("slug").values_list(*HeldCase._fields, "text", "standing__as_of", "open_warnings")
    width = len(HeldCase._fields)
    return [HeldDeal(HeldCase(*row[:width]), _plain(row[width] or "{}"), *row[width + 1 :]) for row in rows]


@lru_cache(maxsize=8_192)
def _plain(text: str) -> dict[str, Any]:
    """Where a deal stands, read once for each text; nobody changes it."""
    found: dict[str, Any] = json.loads(text)
    return found


def sums_of(deals: Iterable[HeldDeal]) -> list[CurrencySum]:
    """The signed deals by currency, the one with most deals first."""
    by: dict[str, list[HeldDeal]] = defaultdict(list)
    for deal in deals:
        if deal.data:
            by[deal.currency].append(deal)

    def total(own: Sequence[HeldDeal], name: str) -> float:
        return sum((deal.number(name) or 0.0 for deal in own), 0.0)

    found = [
        CurrencySum(
            currency,
            tuple(own),
            total(own, "planned"),
            total(own, "before"),
            total(own, "bound"),
            total(own, "paid") if any(deal.number("paid") is not None for deal in own) else None,
            sum(deal.number("paid") is None for deal in own),
        )
        for currency, own in by.items()
    ]
    return sorted(found, key=lambda one: (-len(one.deals), one.currency))


def concentrations_of(whole: CurrencySum) -> list[MoneySpread]:
    """Shares of the planned money of one currency."""
    found = []
    for by in BY:
        amounts: dict[str, float] = defaultdict(float)
        cases = {str(deal.data[by]): deal.case for deal in whole.deals}
        for deal in whole.deals:
            amounts[str(deal.data[by])] += deal.number("planned") or 0.0
        ordered = sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
        shares = tuple(
            ShareOf(name, cases[name], value, value / whole.planned) for name, value in ordered if whole.planned
        )
        index = herfindahl(tuple(one.share for one in shares)) if shares else None
        found.append(MoneySpread(by, shares, 1 / index if index else None))
    return found


def calls_of(whole: CurrencySum) -> list[tuple[Period, float, float | None, bool]]:
    """Planned and paid money of one currency by quarter, without gaps, and whether an amount was not seen."""
    planned: dict[Period, float] = defaultdict(float)
    paid: dict[Period, float] = {}
    unseen: dict[Period, bool] = {}
    for deal in whole.deals:
        for call in deal.data["calls"]:
            quarter = Period.parse(call["quarter"])
            planned[quarter] += call["planned"]
            unseen[quarter] = unseen.get(quarter, False) or bool(call["unknown"])
            if call["paid"] is not None:
                paid[quarter] = paid.get(quarter, 0.0) + call["paid"]
    rows = []
    if planned:
        quarter, last = min(planned), max(planned)
        while quarter <= last:
            rows.append((quarter, planned.get(quarter, 0.0), paid.get(quarter), unseen.get(quarter, False)))
            quarter = quarter.shift(1)
    return rows


def coming_days(deals: Iterable[HeldDeal], today: date) -> list[DueDay]:
    """The next days on which something falls due, over all deals."""
    first = today.isoformat()
    found = (
        (entry["day"], deal.case.slug, number, deal.case, entry["text"])
        for deal in deals
        for number, entry in enumerate(deal.data.get("calendar", ()))
        if entry["day"] >= first
    )
    return [
        DueDay(date.fromisoformat(day), case, Message.from_dict(text))
        for day, _, _, case, text in nsmallest(AHEAD, found, key=lambda one: one[:3])
    ]
