"""Parameters from the company's annual figures or other spans, where its quarters were not reported."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import timedelta

from guanzi.advice.calibration.amounts import from_facts, latest, raised
from guanzi.advice.calibration.making import estimate, peaked
from guanzi.advice.calibration.seasons import factors, usual_in
from guanzi.advice.calibration.series import PeriodValue, facts_of, years
from guanzi.base.core import PeriodKind
from guanzi.engine.company import Distribution, Parameter
from guanzi.record.evidence import Resolution, View

SPREAD = 0.3
"""Spread (of the logarithm) of a quarter around a quarter of its year; judgement: seasons and growth within a year."""
KNOWN_SPREAD = 0.15
"""The same where the growth from the year before is known; judgement."""
GROWTH_ERROR, FASTEST = 0.03, 0.25
"""Error of growth a quarter taken from two years, and the fastest that is believed; judgements."""
QUARTER_DAYS = 365.25 / 4
MARGIN_MOVE = 0.05
"""How far a margin is taken to move from one year to the next; judgement."""


def yearly_parameters(view: View) -> Iterator[Parameter]:
    """Volume, price, margin and cash from the latest year or other period that was held, as far as they go."""
    sold, sales = years(view, "deliveries"), {p.period: p for p in years(view, "revenue")}
    yield from _volume(view, sold)
    both = [(p, sales[p.period]) for p in sold if p.period in sales and p.value > 0 and sales[p.period].value > 0]
    if both:
        units, revenue = both[-1]
        price = revenue.value / units.value
        facts = (*revenue.facts, *units.facts)
        amount = Distribution("lognormal", (price, 0.1))
        yield estimate("price", amount, "trend", facts, "year", price=price, year=str(units.period))
    else:
        listed = latest(view, "unit_price", "list_price")
        if listed is not None and listed.value > 0:
            amount = Distribution("lognormal", (listed.value, 0.15))
            yield from_facts("price", amount, listed.facts, "unit_price", price=listed.value)
    margins = years(view, "gross_margin") or years(view, "vehicle_margin")
    if margins:
        last = margins[-1]
        spread = peaked(last.value - MARGIN_MOVE, last.value, last.value + MARGIN_MOVE)
        yield _of_year("margin", spread, last, margin=last.value)
    yield from _cash(view)


def _volume(view: View, sold: Sequence[PeriodValue]) -> Iterator[Parameter]:
    """A quarter of the latest year; where no year was held, the pace of the latest half, quarter or other span.

    A company's guidance for a quarter after that tells the level better than the average of a year that is over. Of
    less than a year the season is taken out.
    """
    season = factors("vehicles", view.region.country)
    recent = sold[-1] if sold else _latest_span(view)
    grown = _growth(sold)
    if recent is not None and recent.value > 0 and grown is None:
        pace = 3 * recent.value / recent.period.months / usual_in(recent.period, season)
        level = Distribution("lognormal", (pace, SPREAD))
        yield _of_year("units", level, recent, units=recent.value)
    elif recent is not None and grown is not None:
        rate, facts = grown
        level = Distribution(
            "lognormal", (recent.value / 4 * math.exp(rate * _since_middle(view, recent)), KNOWN_SPREAD)
        )
        told = {"units": recent.value, "rate": math.expm1(4 * rate)}
        yield estimate("units", level, "trend", facts, "grown_year", year=str(recent.period), **told)
        spread = Distribution("normal", (rate, GROWTH_ERROR))
        yield estimate("growth", spread, "trend", facts, "grown_year", year=str(recent.period), **told)
    guided = view.resolve("delivery_guidance")
    if guided is not None and guided.value > 0 and guided.period.months and _later(guided, recent):
        pace = 3 * guided.value / guided.period.months / usual_in(guided.period, season)
        level = Distribution("lognormal", (pace, SPREAD / 2))
        facts = (guided.fact.id, *(recent.facts if recent is not None else ()))
        period = str(guided.period)
        yield estimate("units", level, "trend", facts, "guided", units=guided.value, period=period)
    if sold and sold[-1].value > 0:
        total = sum(p.value for p in sold)
        facts = tuple(f for p in sold for f in p.facts)
        spread = Distribution("lognormal", (total, 0.1))
        year = str(sold[-1].period)
        yield estimate("cumulative_units", spread, "trend", facts, "year", units=total, year=year)


def _growth(sold: Sequence[PeriodValue]) -> tuple[float, tuple[str, ...]] | None:
    """Growth a quarter (logarithm) between the last two years, if they follow one another."""
    if len(sold) < 2 or sold[-2].period.shift(1) != sold[-1].period or min(p.value for p in sold[-2:]) <= 0:
        return None
    rate = math.log(sold[-1].value / sold[-2].value) / 4
    return min(max(rate, -FASTEST), FASTEST), facts_of(sold[-2:])


def _since_middle(view: View, year: PeriodValue) -> float:
    """Quarters of growth from the middle of a year to today: those within the year, and half of those after it."""
    end = (view.as_of - year.period.end).days / QUARTER_DAYS
    return 2.0 + 0.5 * min(max(end, 0.0), 4.0)


def _later(guided: Resolution, recent: PeriodValue | None) -> bool:
    return recent is None or guided.period.start > recent.period.end


def _latest_span(view: View) -> PeriodValue | None:
    kinds: tuple[PeriodKind, ...] = ("half", "quarter", "span")
    held = [r for kind in kinds for r in view.series("deliveries", kind=kind)]
    last = max(held, key=lambda r: r.period, default=None)
    return None if last is None else PeriodValue(last.period, last.value, (last.fact.id,))


def _cash(view: View) -> Iterator[Parameter]:
    """The last balance with what was raised since, less up to half a year of the latest year's loss.

    Where no balance was held, something between nothing and all of what was raised within the last year.
    """
    held = view.resolve("cash_and_short_term_investments") or view.resolve("cash")
    losses = [p for p in years(view, "net_loss") if p.value > 0]
    burn = losses[-1].value / 4 if losses else 0.0
    if held is None:
        added = raised(view, view.as_of - timedelta(days=366))
        if added is not None:
            spread = peaked(0.0, added.value / 2, added.value)
            yield from_facts("cash", spread, added.facts, "raised_within_year", raised=added.value)
        return
    if held.value < 0:
        return
    added = raised(view, held.period.end)
    more = added.value if added is not None else 0.0
    facts = (held.fact.id, *(added.facts if added is not None else ()), *(losses[-1].facts if losses else ()))
    most = held.value + more
    spread = peaked(max(most - 2 * burn, 0.0), most, most)
    told: dict[str, float | str] = {"held": held.value, "burn": burn, "day": str(held.period)}
    if more > 0:
        yield estimate("cash", spread, "trend", facts, "year_and_raised", raised=more, **told)
    else:
        yield estimate("cash", spread, "trend", facts, "year", **told)


def _of_year(name: str, distribution: Distribution, point: PeriodValue, **params: float) -> Parameter:
    return estimate(name, distribution, "trend", point.facts, "year", year=str(point.period), **params)
