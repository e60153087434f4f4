"""Parameters from the company's annual figures or other spans, where its quarters were not reported."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import timedelta

from guanzi.advice.calibration.amounts import from_facts, latest, price_of_year, raised
from guanzi.advice.calibration.making import estimate, peaked
from guanzi.advice.calibration.seasons import factors, usual_in
from guanzi.base.core import DAYS_OF_YEAR, Period
from guanzi.engine.company import Distribution, Parameter
from guanzi.record.evidence import (
    AnnualFigure,
    Reading,
    Resolution,
    View,
    annual,
    annual_before,
    liquid,
    months_of,
    newest_margin,
    product_unit,
    total_known,
)

SPREAD = 0.3
"""Spread (of the logarithm) of a quarter around a quarter of its year; judgement: seasons and growth within a year."""
KNOWN_SPREAD = 0.15
"""The same where the growth from the year before is known; judgement."""
GROWTH_ERROR, FASTEST = 0.03, 0.25
"""Error of growth a quarter taken from two years, and the fastest that is believed; judgements."""
QUARTER_DAYS = DAYS_OF_YEAR / 4
LEAST_APART, MOST_APART = 2.0, 6.0
"""Quarters between two figures of which growth is told; judgement: closer, the error of a figure is as large as what
grew; further, the growth is that of another time."""
MARGIN_MOVE = 0.05
"""How far a margin is taken to move from one year to the next; judgement."""


def yearly_parameters(view: View) -> Iterator[Parameter]:
    """Volume, price, margin and cash from the newest year or other period that was held, as far as they go."""
    yield from _volume(view)
    sold = price_of_year(view)
    if sold is not None:
        amount = Distribution("lognormal", (sold.value, 0.1))
        yield estimate("price", amount, "trend", sold.facts, "year", price=sold.value, year=str(sold.period))
    else:
        listed = latest(view, "unit_price", "list_price")
        if listed is not None and listed.value > 0:
            amount = Distribution("lognormal", (listed.value, 0.15))
            yield from_facts("price", amount, listed.facts, "unit_price", price=listed.value)
    last = newest_margin(view, "gross_margin", "vehicle_margin")
    if last is not None:
        spread = peaked(last.value - MARGIN_MOVE, last.value, last.value + MARGIN_MOVE)
        yield _of_year("margin", spread, last, margin=last.value)
    yield from _cash(view)


def _volume(view: View) -> Iterator[Parameter]:
    """A quarter at the pace of the newest figure; of less than a year the season is taken out.

    A company's guidance for a quarter after that tells the level better than the average of a year that is over.
    """
    season = factors(product_unit(view), view.region.country)
    recent, sold = annual(view, "deliveries"), total_known(view, "deliveries")
    grown = None if recent is None else _growth(view, recent, season)
    if recent is not None and recent.value > 0 and grown is None:
        level = Distribution("lognormal", (_pace(recent, season), SPREAD))
        yield _of_year("units", level, recent, units=recent.amount)
    elif recent is not None and grown is not None:
        rate, error, facts = grown
        width = KNOWN_SPREAD if recent.period.months >= 12 else SPREAD
        level = Distribution("lognormal", (_pace(recent, season) * math.exp(rate * _since_middle(view, recent)), width))
        told = {"units": recent.amount, "rate": math.expm1(4 * rate)}
        yield estimate("units", level, "trend", facts, "grown_year", year=str(recent.period), **told)
        grows = Distribution("normal", (rate, error))
        yield estimate("growth", grows, "trend", facts, "grown_year", year=str(recent.period), **told)
    guided = view.resolve("delivery_guidance")
    if guided is not None and guided.value > 0 and guided.period.months and _later(guided, recent):
        pace = 3 * guided.value / guided.period.months / usual_in(guided.period, season)
        level = Distribution("lognormal", (pace, SPREAD / 2))
        facts = (guided.fact.id, *(recent.facts if recent is not None else ()))
        period = str(guided.period)
        yield estimate("units", level, "trend", facts, "guided", units=guided.value, period=period)
    if sold is not None and sold.value > 0:
        yield sold_so_far(sold)


def sold_so_far(known: Reading) -> Parameter:
    """Units made before signing, where only what was sold in some periods is known."""
    return _of_year("cumulative_units", Distribution("lognormal", (known.value, 0.1)), known, units=known.value)


def _pace(figure: AnnualFigure, season: Sequence[tuple[float, float]]) -> float:
    """A quarter of the year that a figure is told for; read from less than a year, over the season of its months.

    ``season`` holds the low and the high factor of each quarter of the calendar.
    """
    part = figure.period.months < 12
    return figure.value / 4 / (usual_in(figure.period, season) if part else 1.0)


def _growth(
    view: View, recent: AnnualFigure, season: Sequence[tuple[float, float]]
) -> tuple[float, float, tuple[str, ...]] | None:
    """Growth a quarter (logarithm) between the newest figure and that of a year before, if about a year lies between.

    It is counted from the middle of one to the middle of the other. Its error is that of two years, or of the months of
    the shorter, each quarter of which scatters as much as a quarter around its year.
    """
    before = annual_before(view, "deliveries", recent)
    if before is None or min(recent.value, before.value) <= 0:
        return None
    apart = (_middle(recent.period) - _middle(before.period)) / 3
    if not LEAST_APART <= apart <= MOST_APART:
        return None
    rate = math.log(_pace(recent, season) / _pace(before, season)) / apart
    part = min(recent.period.months, before.period.months)
    error = GROWTH_ERROR if part >= 12 else max(GROWTH_ERROR, SPREAD * math.sqrt(3 / max(part, 1)) / apart)
    return min(max(rate, -FASTEST), FASTEST), error, (*before.facts, *recent.facts)


def _middle(period: Period) -> float:
    """The middle of a period in months of the calendar."""
    return 12 * period.start.year + period.start.month + months_of(period) / 2


def _since_middle(view: View, figure: AnnualFigure) -> float:
    """Quarters of growth from the middle of a period to today: those within it, and half of those after it."""
    end = (view.as_of - figure.period.end).days / QUARTER_DAYS
    return months_of(figure.period) / 6 + 0.5 * min(max(end, 0.0), 4.0)


def _later(guided: Resolution, recent: AnnualFigure | None) -> bool:
    return recent is None or guided.period.start > recent.period.end


def _cash(view: View) -> Iterator[Parameter]:
    """The last balance with what was raised since, less up to half a year of loss at the newest figure.

    Where no balance was held, something between nothing and all of what was raised within the last year.
    """
    held, lost = liquid(view), annual(view, "net_loss")
    losing = lost is not None and lost.value > 0
    burn = lost.value / 4 if lost is not None and losing else 0.0
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
    facts = (
        *held.facts,
        *(added.facts if added is not None else ()),
        *(lost.facts if lost is not None and losing else ()),
    )
    most = held.value + more
    spread = peaked(max(most - 2 * burn, 0.0), most, most)
    told: dict[str, float | str] = {"held": held.value, "burn": burn, "day": str(held.period)}
    if more > 0:
        yield estimate("cash", spread, "trend", facts, "year_and_raised", raised=more, **told)
    else:
        yield estimate("cash", spread, "trend", facts, "year", **told)


def _of_year(name: str, distribution: Distribution, point: AnnualFigure | Reading, **params: float) -> Parameter:
    return estimate(name, distribution, "trend", point.facts, "year", year=str(point.period), **params)
