"""Amounts and shares that rules measure, in the currency and unit of the sheet."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from guanzi.deal.compliance.found import FoundValue, bounds, clauses_of, given_by, giver, of_kind, seen_whole
from guanzi.deal.compliance.logic import Interval
from guanzi.deal.terms import Equity, Grant, Land, TermSheet, Value

SQUARE_METRES = 10_000
"""In a hectare."""


def public_equities(sheet: TermSheet) -> list[Equity]:
    """Equity that a public party pays for."""
    public = set(sheet.public)
    return [equity for equity in sheet.equities if any(public & set(t.amounts) for t in equity.tranches)]


def public_loans(sheet: TermSheet) -> list[Any]:
    """Loans and convertible notes of the public parties."""
    return [*given_by(sheet, "loan"), *given_by(sheet, "convertible_note")]


def recoverable(sheet: TermSheet, item: Grant | Land) -> bool:
    """Whether a clause says that something of an incentive comes back."""
    own = getattr(item, "clawback", None) is not None
    kept = getattr(item, "buy_back", 0.0) != 0.0
    return own or kept or any(item.id in clawback.on for clawback in of_kind(sheet, "clawback"))


def add(parts: Iterable[Interval | None]) -> Interval | None:
    """Sum of intervals; None when one of them is not known at all."""
    low = high = 0.0
    for part in parts:
        if part is None:
            return None
        low, high = low + part[0], high + part[1]
    return (_exact(low), _exact(high))


def _exact(value: float) -> float:
    return float(f"{value:.12g}") if math.isfinite(value) else value


def _times(left: Interval | None, right: Interval | None) -> Interval | None:
    return None if left is None or right is None else (left[0] * right[0], left[1] * right[1])


def _sum[C: (Equity, Grant, Land)](
    sheet: TermSheet, items: Sequence[C], amount: Callable[[C], Interval | None]
) -> FoundValue:
    """Sum over clauses; while there are clauses that were not seen, it is a lower bound."""
    total = add(amount(item) for item in items)
    if total is None:
        total = (0.0, math.inf)
    elif not seen_whole(sheet):
        total = (total[0], math.inf)
    return FoundValue(total, clauses_of(items))


def _tranches(sheet: TermSheet, equity: Equity) -> Interval | None:
    public = set(sheet.public)
    return add(bounds(v) for t in equity.tranches for payer, v in t.amounts.items() if payer in public)


def _paid(grant: Grant) -> Interval | None:
    return _times(bounds(grant.amount), (grant.years, grant.years))


def _given(land: Land) -> Interval | None:
    return _times(bounds(land.value), bounds(land.discount))


def equity_total(sheet: TermSheet) -> FoundValue:
    """Instalments of the public parties for shares."""
    return _sum(sheet, public_equities(sheet), lambda equity: _tranches(sheet, equity))


def loan_total(sheet: TermSheet) -> FoundValue:
    """Loans and convertible notes of the public parties."""
    return _plain(sheet, [(loan.id, loan.place, loan.amount) for loan in public_loans(sheet)])


def guarantee_total(sheet: TermSheet) -> FoundValue:
    """The most that the public parties pay under guarantees."""
    return _plain(sheet, [(g.id, g.place, g.limit) for g in sheet.guarantees if g.guarantor in sheet.public])


def _plain(sheet: TermSheet, rows: Sequence[tuple[str, object, Value]]) -> FoundValue:
    total = add(bounds(value) for _, _, value in rows) or (0.0, math.inf)
    if not seen_whole(sheet):
        total = (total[0], math.inf)
    return FoundValue(total, tuple((id, place) for id, place, _ in rows))  # type: ignore[misc]


def grant_total(sheet: TermSheet) -> FoundValue:
    """Grants, over all years."""
    return _sum(sheet, [g for g in sheet.grants if g.kind == "grant"], _paid)


def rebate_total(sheet: TermSheet) -> FoundValue:
    """Tax refunds and rebates, over all years."""
    return _sum(sheet, [g for g in sheet.grants if g.kind == "rebate"], _paid)


def land_total(sheet: TermSheet) -> FoundValue:
    """What land is cheaper than its market value."""
    return _sum(sheet, sheet.lands, _given)


def _together(*parts: FoundValue) -> FoundValue:
    values = [part.value for part in parts if isinstance(part.value, tuple)]
    return FoundValue(add(values), tuple(clause for part in parts for clause in part.clauses))


def support_total(sheet: TermSheet) -> FoundValue:
    """Grants, rebates and the discount on land, nominal."""
    return _together(grant_total(sheet), rebate_total(sheet), land_total(sheet))


def public_total(sheet: TermSheet) -> FoundValue:
    """Everything that the public side pays, lends or forgoes."""
    return _together(equity_total(sheet), loan_total(sheet), support_total(sheet), other_total(sheet))


def other_total(sheet: TermSheet) -> FoundValue:
    """What the public side pays for goods, buildings, a share of revenue or an earn-out."""
    rows = [(item.id, item.place, item.cost) for item in given_by(sheet, "park")]
    for word in ("revenue_share", "earn_out"):
        rows += [(item.id, item.place, item.amount) for item in given_by(sheet, word)]
    bought = given_by(sheet, "purchase")
    yearly = [_times(bounds(item.amount), (item.years, item.years)) for item in bought]
    plain = _plain(sheet, rows)
    return _together(plain, FoundValue(add(yearly) or (0.0, math.inf), clauses_of(bought)))


def aid_total(sheet: TermSheet) -> FoundValue:
    """Aid as an interval: what is certain of it, and the most that it can be.

    Certain is what grants, rebates and land give within a year of signing. Of later payments the present value is aid,
    of loans, guarantees and shares what their market price leaves; no sheet shows rate or price, so these count from
    nothing to their full amount.
    """
    at_once = add(
        [*(_at_once(sheet, grant) for grant in sheet.grants), *(_land_at_once(sheet, x) for x in sheet.lands)]
    )
    most = _together(public_total(sheet), guarantee_total(sheet))
    if not isinstance(most.value, tuple):
        return FoundValue(None)
    return FoundValue((at_once[0] if at_once else 0.0, most.value[1]), most.clauses)


def _at_once(sheet: TermSheet, grant: Grant) -> Interval | None:
    first = bounds(grant.amount)
    return (
        first
        if not grant.undated and _within_a_year(sheet, grant.start)
        else (0.0, math.inf if first is None else first[1])
    )


def _land_at_once(sheet: TermSheet, land: Land) -> Interval | None:
    given = _given(land)
    return (
        given
        if not land.undated and _within_a_year(sheet, land.due)
        else (0.0, math.inf if given is None else given[1])
    )


def _within_a_year(sheet: TermSheet, day: date) -> bool:
    return (day - sheet.signed).days <= 366


def public_share(sheet: TermSheet) -> FoundValue:
    """Share of the company that the public side holds once everything is paid."""
    items = public_equities(sheet)
    parts = [bounds(equity.share) for equity in items]
    total = add(part or (0.0, 1.0) for part in parts) or (0.0, 1.0)
    most = 1.0 if not seen_whole(sheet) else min(total[1], 1.0)
    return FoundValue((total[0], most), clauses_of(items))


def several_givers(sheet: TermSheet) -> FoundValue:
    """Whether more than one public party gives something."""
    public = set(sheet.public)
    givers = {p for e in sheet.equities for t in e.tranches for p in t.amounts if p in public}
    givers |= {giver(item) for _, item in sheet.items()}
    named = [party for party in sheet.parties if party.id in givers & public]
    if len(named) > 1:
        return FoundValue(True, clauses_of(named))
    return FoundValue(False if seen_whole(sheet) else None)


def first_payment_share(sheet: TermSheet) -> FoundValue:
    """Part of the money for shares, loans and grants, as far as it was seen, that is due on the first day.

    A day that is not stated is not taken to be the first.
    """
    rows: list[tuple[date, Interval | None]] = []
    for equity in public_equities(sheet):
        for tranche in equity.tranches:
            paid = add(bounds(v) for payer, v in tranche.amounts.items() if payer in sheet.public)
            rows.append((tranche.due, paid))
    rows += [(loan.drawn, bounds(loan.amount)) for loan in public_loans(sheet)]
    for grant in sheet.grants:
        each = bounds(grant.amount)
        rows += [
            (date(grant.start.year + n, grant.start.month, min(grant.start.day, 28)), each) for n in range(grant.years)
        ]
    if not rows or any(grant.undated for grant in sheet.grants) or any(value is None for _, value in rows):
        return FoundValue(None)
    first = min(day for day, _ in rows)
    start = add(value for day, value in rows if day == first)
    later = add(value for day, value in rows if day != first)
    if start is None or later is None or start[1] + later[1] <= 0:
        return FoundValue(None)
    low = start[0] / (start[0] + later[1]) if start[0] + later[1] > 0 else 0.0
    high = start[1] / (start[1] + later[0]) if start[1] + later[0] > 0 else 1.0
    return FoundValue((low, high), clauses_of(public_equities(sheet)))


def clawback_cover(sheet: TermSheet) -> FoundValue:
    """Part of the support (grants, rebates, discount on land) that can be claimed back in full or in part."""
    covered: list[Interval | None] = [_paid(g) for g in sheet.grants if recoverable(sheet, g)]
    covered += [_given(x) for x in sheet.lands if recoverable(sheet, x)]
    every = [*(_paid(g) for g in sheet.grants), *(_given(x) for x in sheet.lands)]
    inside, total = add(covered), add(every)
    if inside is None or total is None or total[0] <= 0 or not seen_whole(sheet):
        return FoundValue(None)
    return FoundValue((inside[0] / total[1], min(inside[1] / total[0], 1.0)), clauses_of([*sheet.grants, *sheet.lands]))


def land_price(sheet: TermSheet) -> FoundValue:
    """Price of land per square metre after its discount, in single units of the currency; the lowest of the sheet."""
    prices: list[Interval] = []
    for land in sheet.lands:
        value, discount = bounds(land.value), bounds(land.discount)
        if value is None or discount is None or not land.hectares:
            return FoundValue(None)
        scale = sheet.unit / (land.hectares * SQUARE_METRES)
        prices.append((value[0] * (1 - discount[1]) * scale, value[1] * (1 - discount[0]) * scale))
    if not prices:
        return FoundValue(None)
    return FoundValue((min(p[0] for p in prices), min(p[1] for p in prices)), clauses_of(sheet.lands))


def land_discount(sheet: TermSheet) -> FoundValue:
    """The largest discount on land."""
    parts = [bounds(land.discount) for land in sheet.lands]
    known = [part for part in parts if part is not None]
    if not parts:
        return FoundValue((0.0, 0.0) if seen_whole(sheet) else None)
    if len(known) < len(parts):
        return FoundValue(None)
    return FoundValue((max(k[0] for k in known), max(k[1] for k in known)), clauses_of(sheet.lands))
