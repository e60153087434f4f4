"""Parameters from the figures of comparable companies that were published by the as-of date."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from guanzi.advice.calibration.making import between, company_name, estimate, peaked
from guanzi.advice.calibration.series import PeriodValue, deviation, facts_of, median, years
from guanzi.base.core import Message
from guanzi.engine.company import Distribution, Parameter
from guanzi.record.evidence import View

NOT_COMPANIES = frozenset({"company", "region", "market", "fx"})
QUARTERS = 4


def comparable_parameters(view: View) -> Iterator[Parameter]:
    """Parameters that the comparable companies of the view yield, as far as they go."""
    for subject in sorted({f.subject for f in view.facts} - NOT_COMPANIES):
        yield from _of_company(view, subject)


def _of_company(view: View, subject: str) -> Iterator[Parameter]:
    deliveries = years(view, "deliveries", subject)
    grown = deliveries[1:]  # the first year is the launch
    if len(grown) >= QUARTERS:
        yield from _growth(view, subject, grown)
    revenue = _aligned(years(view, "revenue", subject), grown)
    if len(revenue) >= QUARTERS:
        yield from _prices(subject, grown, revenue)
        costs = [_aligned(years(view, name, subject), revenue) for name in ("r_and_d", "sga")]
        if all(len(c) == len(revenue) for c in costs):
            shares = [sum(c[i].value for c in costs) / r.value for i, r in enumerate(revenue)]
            lowest = min(range(len(shares)), key=shares.__getitem__)
            facts = (*(c[lowest].facts[0] for c in costs), *revenue[lowest].facts)
            share = min(max(shares[lowest], 0.1), 0.4)
            yield estimate("opex_share", between(0.08, share), "comparable", facts, **_named(subject), share=share)
    margins = [p for p in years(view, "gross_margin", subject) if p.period in {q.period for q in grown}]
    if len(margins) >= 3:
        values = [p.value for p in margins]
        cap = peaked(min(values), median(values), max(values))
        yield estimate(
            "margin_cap", cap, "comparable", facts_of(margins), **_named(subject), low=min(values), high=max(values)
        )


def _market_growth(view: View) -> tuple[float, tuple[str, ...]]:
    """Growth per quarter (log) that the industry's published target implies; 0 when there is none."""
    now, target = view.resolve("nev_share", "market"), view.resolve("nev_share_target", "market")
    if now is None or target is None or now.value <= 0 or target.value <= now.value:
        return 0.0, ()
    span = target.period.end.year - now.period.end.year
    if span <= 0:
        return 0.0, ()
    return math.log(target.value / now.value) / (QUARTERS * span), (now.fact.id, target.fact.id)


def _growth(view: View, subject: str, grown: Sequence[PeriodValue]) -> Iterator[Parameter]:
    steps = [math.log(b.value / a.value) for a, b in pairwise(grown) if a.value > 0 and b.value > 0]
    facts = facts_of(grown)
    market, market_facts = _market_growth(view)
    if market > 0:
        moves = between(0.0, market)
        yield estimate("ceiling_growth", moves, "comparable", market_facts, market=math.expm1(QUARTERS * market))
    scatter = deviation(steps)
    if scatter > 0:
        shock = Distribution("lognormal", (scatter / math.sqrt(QUARTERS), 0.3))
        yield estimate("growth_shock", shock, "comparable", facts, **_named(subject), scatter=scatter)
    latest = grown[-1]
    ceiling = peaked(latest.value / QUARTERS / 4, latest.value / QUARTERS, 2 * latest.value / QUARTERS)
    yield estimate(
        "units_ceiling",
        ceiling,
        "comparable",
        latest.facts,
        **_named(subject),
        units=latest.value,
        year=str(latest.period),
    )


def _prices(subject: str, grown: Sequence[PeriodValue], revenue: Sequence[PeriodValue]) -> Iterator[Parameter]:
    sold = {p.period: p for p in grown}
    prices = [r.value / sold[r.period].value for r in revenue]
    drift = math.log(prices[-1] / prices[0]) / (QUARTERS * (len(prices) - 1))
    facts = facts_of((revenue[0], sold[revenue[0].period], revenue[-1], sold[revenue[-1].period]))
    if drift < 0:
        yield estimate(
            "price_drift",
            between(drift, 0.0),
            "comparable",
            facts,
            **_named(subject),
            rate=math.expm1(QUARTERS * drift),
        )


def _aligned(points: Sequence[PeriodValue], like: Sequence[PeriodValue]) -> tuple[PeriodValue, ...]:
    periods = {p.period for p in like}
    return tuple(p for p in points if p.period in periods)


def _named(subject: str) -> dict[str, Message | str]:
    return {"company": company_name(subject)}
