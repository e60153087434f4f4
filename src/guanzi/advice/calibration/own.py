"""Parameters from the case's own facts and terms."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from guanzi.advice.calibration.amounts import fixed_assets, money, overhead, raised
from guanzi.advice.calibration.making import between, estimate, fixed, peaked
from guanzi.advice.calibration.seasons import (
    deseasoned,
    factors,
    level_of,
    season_parameters,
    shocks_in,
    slump_parameter,
)
from guanzi.advice.calibration.series import (
    PeriodValue,
    current_quarters,
    facts_of,
    fit_logs,
    last_four,
    quarters,
)
from guanzi.base.core import DAYS_OF_YEAR, Period
from guanzi.base.core import Parameter as MessageParameter
from guanzi.engine.company import Distribution, Parameter
from guanzi.record.evidence import (
    Resolution,
    View,
    annual,
    liquid,
    months_of,
    over,
    product_unit,
    shared_months,
    together,
)

LAUNCH_SHARE = 0.1
RECENT_MONEY = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class DerivedNumber:
    """A number derived from facts, with the facts."""

    value: float
    facts: tuple[str, ...]


def own_parameters(view: View, signed: date) -> Iterator[Parameter]:
    """Parameters that the company's own facts yield, as far as they go.

    Args:
        view: What was known.
        signed: Day of signing; the simulation begins with its quarter.
    """
    yield from _volume(view, signed)
    yield from _unit_economics(view)
    yield from _balance(view, signed)
    yield from _rounds(view, signed)
    yield from _through_founder(view)
    yield from _capacity(view)


def _volume(view: View, signed: date) -> Iterator[Parameter]:
    season = factors(product_unit(view), view.region.country)
    yield from season_parameters(season, signed)
    delivered, guided = deseasoned(current_quarters(view, "deliveries"), season), _guided(view)
    shock = shocks_in(view, guided.period) if guided is not None else ()
    told = delivered
    if guided is not None and not shock and delivered and delivered[-1].period.shift(1) == guided.period:
        told = (*delivered, *deseasoned((guided,), season))
    level = level_of(told) if last_four(told) else None
    if level is not None:
        spread = Distribution("lognormal", (level.value, max(level.scatter / 2, 0.1)))
        first, last = (str(level.points[i].period) for i in (0, -1))
        yield _trend("units", spread, facts_of(level.points), units=level.value, first=first, last=last)
        slump = slump_parameter(guided, level, season, shock) if guided is not None and shock else None
        if slump is not None:
            yield slump
    grown = _after_launch(delivered)
    trend = fit_logs([p.value for p in grown])
    if trend is not None:
        growth = Distribution("normal", (trend.slope, max(trend.error, 0.01)))
        span: dict[str, MessageParameter] = {"first": str(grown[0].period), "last": str(grown[-1].period)}
        yield _trend("growth", growth, facts_of(grown), rate=math.expm1(trend.slope), error=trend.error, **span)
        noise = between(trend.scatter / 2, trend.scatter)
        yield _trend("units_noise", noise, facts_of(grown), scatter=trend.scatter, **span)
    total = view.resolve("cumulative_deliveries")
    if total is not None and total.value > 0:
        yield _trend("cumulative_units", fixed(total.value), _ids(total), units=total.value, day=str(total.period))


def _guided(view: View) -> PeriodValue | None:
    guidance = view.resolve("delivery_guidance")
    if guidance is None or over(view, "deliveries", guidance.period) is not None:
        return None
    return PeriodValue(guidance.period, guidance.value, (guidance.fact.id,))


def _after_launch(points: Sequence[PeriodValue]) -> tuple[PeriodValue, ...]:
    if not points:
        return ()
    most = max(p.value for p in points)
    start = next((i for i, p in enumerate(points) if p.value >= LAUNCH_SHARE * most), len(points))
    return tuple(points[start:])


def _unit_economics(view: View) -> Iterator[Parameter]:
    price = _price(view)
    if price is not None:
        amount = Distribution("lognormal", (price.value, 0.05))
        yield _trend("price", amount, price.facts, price=price.value)
    margins = quarters(view, "gross_margin")
    recent = last_four(margins)
    if recent:
        latest, before = recent[-1].value, recent[-2].value
        mean = sum(p.value for p in recent) / len(recent)
        spread = peaked(min(mean, latest), latest, latest + abs(latest - before))
        yield _trend("margin", spread, facts_of(recent), latest=latest, mean=mean, last=str(recent[-1].period))
    learned = _learning(view)
    if learned is not None and learned.value > 0.06:
        rate = peaked(0.04, min(0.1, learned.value), min(learned.value, 0.25))
        yield _trend("learning", rate, learned.facts, rate=learned.value)
    yield from overhead(view)
    spent, factor = _overhead(view), _cash_factor(view)
    if spent is not None:
        cash = factor.value if factor is not None else 0.85
        facts = (*spent.facts, *(factor.facts if factor is not None else ()))
        opex = peaked(0.8 * cash * spent.value, cash * spent.value, spent.value)
        yield _trend("opex", opex, facts, cost=spent.value, share=cash)


def _price(view: View) -> DerivedNumber | None:
    """Revenue per vehicle over the last year, or the last four quarters when the year was not reported yet."""
    sales, sold = current_quarters(view, "revenue"), current_quarters(view, "deliveries")
    both = [(r, d) for r in sales for d in sold if r.period == d.period and d.value > 0]
    recent = last_four([r for r, _ in both])
    if not recent:
        return None
    sold_recent = [d for r, d in both if r in recent]
    value = sum(r.value for r in recent) / sum(d.value for d in sold_recent)
    return DerivedNumber(value, facts_of(recent, sold_recent)) if value > 0 else None


def _learning(view: View) -> DerivedNumber | None:
    """Fall of the cost of a vehicle per doubling of all vehicles made, over the last quarters with margins."""
    sold = {p.period: p for p in quarters(view, "deliveries")}
    sales = {p.period: p for p in quarters(view, "revenue")}
    held = [m for m in last_four(quarters(view, "gross_margin")) if m.period in sold and m.period in sales]
    if len(held) < 2:
        return None
    made = {p: sum(q.value for q in sold.values() if q.period <= p) for p in (held[0].period, held[-1].period)}
    costs = [sales[m.period].value / sold[m.period].value * (1 - m.value) for m in (held[0], held[-1])]
    doublings = math.log2(made[held[-1].period] / made[held[0].period])
    if doublings <= 0 or min(costs) <= 0:
        return None
    rate = 1 - (costs[1] / costs[0]) ** (1 / doublings)
    ends = [points[m.period] for points in (sold, sales) for m in (held[0], held[-1])]
    return DerivedNumber(rate, facts_of(ends, (held[0], held[-1])))


def _overhead(view: View) -> DerivedNumber | None:
    """R&D, sales and administration per quarter, from the newest months with both."""
    held = together(view, "r_and_d", "sga")
    if held is None:
        return None
    research, selling = held
    quarter = 3 / months_of(research.period)
    return DerivedNumber(quarter * (research.value + selling.value), (*research.facts, *selling.facts))


def _cash_factor(view: View) -> DerivedNumber | None:
    """Cash that a yuan of loss takes: operating outflow over net loss, in the newest months with both."""
    for flow, loss in shared_months(view, "operating_cash_flow", "net_loss"):
        if loss.value > 0 > flow.value:
            return DerivedNumber(min(max(-flow.value / loss.value, 0.5), 1.2), (*flow.facts, *loss.facts))
    return None


def _balance(view: View, signed: date) -> Iterator[Parameter]:
    start = Period.of("quarter", signed)
    notes = _notes(view)
    held, lost = liquid(view), current_quarters(view, "net_loss")[-1:]
    if held is not None and lost and lost[0].value > 0:
        factor = _cash_factor(view)
        burn = lost[0].value * (factor.value if factor is not None else 0.85)
        gap = max(round((start.start - held.period.end).days / (DAYS_OF_YEAR / 4)), 0)
        added = _since(view, held.period.end)
        had = max(held.value + added.value, 0.0)
        left = had - gap * burn
        # What was raised meanwhile and not announced is not known: never less than a quarter of what there was. Every
        # point of the spread falls with the burn and rises with the cash.
        cash = peaked(max(left - burn / 2, 0.0), max(left, had / 4), max(left + min(burn, had) / 2, had / 2))
        facts = (*held.facts, *added.facts, *lost[0].facts, *(factor.facts if factor is not None else ()))
        yield _trend("cash", cash, facts, held=held.value, raised=added.value, burn=burn, quarters=gap)
    debt = view.resolve("total_debt")
    if debt is not None:
        owed = fixed(debt.value + notes.value)
        yield _trend("debt", owed, (*_ids(debt), *notes.facts), debt=debt.value, raised=notes.value)
        if notes.value > 0:
            share = notes.value / (debt.value + notes.value)
            yield _trend("convertible", fixed(share), (*_ids(debt), *notes.facts), raised=notes.value, share=share)
    liabilities, sales = view.resolve("total_liabilities"), annual(view, "revenue")
    if liabilities is not None and debt is not None and sales and sales.value > 0 and liabilities.value > debt.value:
        share = (liabilities.value - debt.value) / sales.value
        facts = (*_ids(liabilities), *_ids(debt), *sales.facts)
        yield _trend("payables", between(0.3, max(share, 0.4)), facts, share=share)
    yield from fixed_assets(view)
    total, current = view.resolve("total_assets"), view.resolve("current_assets")
    if total is not None and current is not None and total.value > current.value:
        yield _trend("assets", fixed(total.value - current.value), (*_ids(total), *_ids(current)))


def _notes(view: View) -> DerivedNumber:
    """Convertible notes of the year so far (a running sum), in millions."""
    return _amount(view.resolve("convertible_notes_raised")) or DerivedNumber(0.0, ())


def _amount(found: Resolution | None) -> DerivedNumber | None:
    """An amount in millions of the currency of the view."""
    return None if found is None or money(found) is None else DerivedNumber(found.value, _ids(found))


def _since(view: View, day: date) -> DerivedNumber:
    """Money raised after the day of the balance."""
    added = raised(view, day)
    return DerivedNumber(0.0, ()) if added is None else DerivedNumber(added.value, added.facts)


def _rounds(view: View, signed: date) -> Iterator[Parameter]:
    worth = _amount(view.resolve("market_value"))
    raised = view.resolve("convertible_notes_raised")
    if raised is not None and raised.value > 0 and raised.period.end >= signed - RECENT_MONEY:
        notes = _notes(view)
        if worth is not None and worth.value > notes.value > 0:
            share = notes.value / worth.value
            most = peaked(min(0.05, share), share, max(2 * share, 0.1))
            yield _trend(
                "raise_cap", most, (*notes.facts, *worth.facts), raised=notes.value, worth=worth.value, share=share
            )
        yield _trend("window_open_at_start", between(0.3, 0.7), _ids(raised), day=str(raised.period))


def _through_founder(view: View) -> Iterator[Parameter]:
    """A parent whose shares are traded raises there, and hands the money down as the controlling holder."""
    traded = view.resolve("ads_price")
    if traded is not None:
        yield _trend("through_founder", fixed(1.0), _ids(traded), day=str(traded.period))


def _capacity(view: View) -> Iterator[Parameter]:
    capacity = view.resolve("local_plant_capacity")
    if capacity is not None:
        yield _trend("capacity_local", fixed(capacity.value), _ids(capacity), units=capacity.value)


def _trend(name: str, distribution: Distribution, facts: tuple[str, ...], /, **params: MessageParameter) -> Parameter:
    return estimate(name, distribution, "trend", facts, **params)


def _ids(resolution: Resolution | None) -> tuple[str, ...]:
    return () if resolution is None else (resolution.fact.id, *(fact.id for fact in resolution.others))
