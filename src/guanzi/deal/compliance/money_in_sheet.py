"""Amounts and shares that rules measure, in the currency and unit of the sheet."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from guanzi.deal.compliance.found import FoundValue, bounds, clauses_of, places, seen_whole
from guanzi.deal.compliance.logic import Interval
from guanzi.deal.terms import (
    SUPPORT,
    Flow,
    Land,
    Nature,
    TermSheet,
    Value,
    owed_by,
    public_flows,
    years_on,
)

SQUARE_METRES = 10_000
"""In a hectare."""
OPEN: Interval = (0.0, math.inf)


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


def _interval(value: Value) -> Interval:
    """A value as an interval; one that was not seen can be anything."""
    return bounds(value) or OPEN


def _total(sheet: TermSheet, flows: Iterable[Flow]) -> FoundValue:
    """Sum of flows; while there are clauses that were not seen, it is a lower bound."""
    found = tuple(flows)
    low, high = add(_interval(flow.amount) for flow in found) or OPEN
    return FoundValue((low, high if seen_whole(sheet) else math.inf), places(sheet, found))


def _by(*natures: Nature) -> Callable[[TermSheet], FoundValue]:
    return lambda sheet: _total(sheet, public_flows(sheet, *natures))


loan_total = _by("lent")
"""Loans and convertible notes of the public parties."""
grant_total = _by("given")
"""Grants, over all years."""
rebate_total = _by("forgone")
"""Tax refunds and rebates, over all years."""
land_total = _by("discounted")
"""What land is cheaper than its market value."""
support_total = _by(*SUPPORT)
"""Grants, rebates and the discount on land, nominal."""
public_total = _by()
"""Everything that the public side pays, lends, gives, forgoes or answers for, at most."""


def equity_total(sheet: TermSheet) -> FoundValue:
    """What the public parties pay for shares."""
    return _total(sheet, (flow for flow in public_flows(sheet, "invested") if flow.shares))


def guarantee_total(sheet: TermSheet) -> FoundValue:
    """The most that the public parties pay when the company fails."""
    owed = owed_by(sheet, *sheet.public)
    return _total(sheet, (flow for flow in owed if flow.failed and flow.nature == "contingent"))


def aid_total(sheet: TermSheet) -> FoundValue:
    """Aid as an interval: what is certain of it, and the most that it can be.

    Certain is what grants, rebates and land give within a year of signing. Of later payments the present value is aid,
    of loans, guarantees and shares what their market price leaves; no sheet shows rate or price, so these count from
    nothing to their full amount.
    """
    until = years_on(sheet.signed, 1)
    soon = (flow for flow in public_flows(sheet, *SUPPORT) if flow.dated and flow.due <= until)
    certain, most = add(_interval(flow.amount) for flow in soon), public_total(sheet)
    assert certain is not None
    assert isinstance(most.value, tuple)
    return FoundValue((certain[0], most.value[1]), most.clauses)


def public_share(sheet: TermSheet) -> FoundValue:
    """Share of the company that the public side holds once everything is paid."""
    items = sheet.public_stakes
    parts = [bounds(equity.share) for equity in items]
    total = add(part or (0.0, 1.0) for part in parts) or (0.0, 1.0)
    most = 1.0 if not seen_whole(sheet) else min(total[1], 1.0)
    return FoundValue((total[0], most), clauses_of(items))


def several_givers(sheet: TermSheet) -> FoundValue:
    """Whether more than one public party gives something."""
    givers = {flow.payer for flow in owed_by(sheet, *sheet.public)}
    named = [party for party in sheet.parties if party.id in givers]
    if len(named) > 1:
        return FoundValue(True, clauses_of(named))
    return FoundValue(False if seen_whole(sheet) else None)


def first_payment_share(sheet: TermSheet) -> FoundValue:
    """Part of the planned money for the company, as far as it was seen, that is due on the first day.

    A day that is not stated, or that is assumed, is not taken to be the first.
    """
    paid = public_flows(sheet, "invested", "lent", "given", "forgone", "bought")
    if not paid or not all(flow.dated and flow.agreed and bounds(flow.amount) for flow in paid):
        return FoundValue(None)
    first = min(flow.due for flow in paid)
    start = add(bounds(flow.amount) for flow in paid if flow.due == first)
    later = add(bounds(flow.amount) for flow in paid if flow.due != first)
    if start is None or later is None or start[1] + later[1] <= 0:
        return FoundValue(None)
    low = start[0] / (start[0] + later[1]) if start[0] + later[1] > 0 else 0.0
    high = start[1] / (start[1] + later[0]) if start[1] + later[0] > 0 else 1.0
    return FoundValue((low, high), places(sheet, paid))


def clawback_cover(sheet: TermSheet) -> FoundValue:
    """Part of the support (grants, rebates, discount on land) that can be claimed back in full or in part."""
    every = public_flows(sheet, *SUPPORT)
    inside, total = (
        add(bounds(flow.amount) for flow in flows) for flows in ([f for f in every if f.recoverable], every)
    )
    if inside is None or total is None or total[0] <= 0 or not seen_whole(sheet):
        return FoundValue(None)
    return FoundValue((inside[0] / total[1], min(inside[1] / total[0], 1.0)), places(sheet, every))


def land_price(sheet: TermSheet) -> FoundValue:
    """Price of land per square metre after its discount, in single units of the currency; the lowest of the sheet."""
    prices: list[Interval] = []
    for land in sheet.of(Land):
        value, discount = bounds(land.value), bounds(land.discount)
        if value is None or discount is None or not land.hectares:
            return FoundValue(None)
        scale = sheet.unit / (land.hectares * SQUARE_METRES)
        prices.append((value[0] * (1 - discount[1]) * scale, value[1] * (1 - discount[0]) * scale))
    if not prices:
        return FoundValue(None)
    return FoundValue((min(p[0] for p in prices), min(p[1] for p in prices)), clauses_of(sheet.of(Land)))


def land_discount(sheet: TermSheet) -> FoundValue:
    """The largest discount on land."""
    parts = [bounds(land.discount) for land in sheet.of(Land)]
    known = [part for part in parts if part is not None]
    if not parts:
        return FoundValue((0.0, 0.0) if seen_whole(sheet) else None)
    if len(known) < len(parts):
        return FoundValue(None)
    return FoundValue((max(k[0] for k in known), max(k[1] for k in known)), clauses_of(sheet.of(Land)))
