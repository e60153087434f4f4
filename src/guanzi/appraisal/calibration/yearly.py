"""Parameters from the company's annual figures, where its quarters were not reported."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.appraisal.calibration.making import estimate, peaked
from guanzi.appraisal.calibration.series import Point, years
from guanzi.evidence import View
from guanzi.simulation import Distribution, Parameter

SPREAD = 0.3
"""Spread (of the logarithm) of a quarter around a quarter of its year; judgement: seasons and growth within a year."""
MARGIN_MOVE = 0.05
"""How far a margin is taken to move from one year to the next; judgement."""


def yearly_parameters(view: View) -> Iterator[Parameter]:
    """Volume, price, margin and cash from the latest year that was held, as far as they go."""
    sold, sales = years(view, "deliveries"), {p.period: p for p in years(view, "revenue")}
    if sold and sold[-1].value > 0:
        level = Distribution("lognormal", (sold[-1].value / 4, SPREAD))
        yield _of_year("units", level, sold[-1], units=sold[-1].value)
        total = sum(p.value for p in sold)
        facts = tuple(f for p in sold for f in p.facts)
        spread = Distribution("lognormal", (total, 0.1))
        year = str(sold[-1].period)
        yield estimate("cumulative_units", spread, "trend", facts, "year", units=total, year=year)
    both = [(p, sales[p.period]) for p in sold if p.period in sales and p.value > 0 and sales[p.period].value > 0]
    if both:
        units, revenue = both[-1]
        price = revenue.value / units.value
        facts = (*revenue.facts, *units.facts)
        amount = Distribution("lognormal", (price, 0.1))
        yield estimate("price", amount, "trend", facts, "year", price=price, year=str(units.period))
    margins = years(view, "gross_margin") or years(view, "vehicle_margin")
    if margins:
        latest = margins[-1]
        spread = peaked(latest.value - MARGIN_MOVE, latest.value, latest.value + MARGIN_MOVE)
        yield _of_year("margin", spread, latest, margin=latest.value)
    yield from _cash(view)


def _cash(view: View) -> Iterator[Parameter]:
    """The last balance, less up to half a year of the latest year's loss."""
    held = view.resolve("cash_and_short_term_investments") or view.resolve("cash")
    if held is None or held.value < 0:
        return
    losses = [p for p in years(view, "net_loss") if p.value > 0]
    burn = losses[-1].value / 4 if losses else 0.0
    facts = (held.fact.id, *(losses[-1].facts if losses else ()))
    spread = peaked(max(held.value - 2 * burn, 0.0), held.value, held.value)
    yield estimate("cash", spread, "trend", facts, "year", held=held.value, burn=burn, day=str(held.period))


def _of_year(name: str, distribution: Distribution, point: Point, **params: float) -> Parameter:
    return estimate(name, distribution, "trend", point.facts, "year", year=str(point.period), **params)
