"""Delivery and margin trend: is the company selling more, and does it lose less on each product?"""

from __future__ import annotations

from typing import Any

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import (
    MARGINS,
    AnnualFigure,
    Reading,
    View,
    annual,
    annual_before,
    calendar,
    latest,
    margins,
    series,
)
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import LEARNING, SHAKEOUT
from guanzi.study.diligence.objects import sells
from guanzi.study.diligence.trend import linear_trend, log_linear_trend

#: Quarters over which the trend is taken: a full year, of which one may be missing. A longer one mixes the launch in.
WINDOW = 4
MONTHS = 12
#: Change of a margin per quarter below which it counts as flat (ratio).
FLAT = 0.005
#: Growth on the same quarter of the year before below which a rise within the year may be season.
SEASON = 0.10


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    found = [*_deliveries(check, view), *_guidance(check, view), *_margin(check, view)]
    return tuple(found)


def _deliveries(check: Check, view: View) -> list[Finding]:
    quarters, last = calendar(view, "deliveries", "quarter"), annual(view, "deliveries")
    window = _last_year(quarters)
    trend = log_linear_trend([q.value for q in window], _places(window))
    if trend is None or (last is not None and window[-1].period.shift(1).end <= last.period.end):
        return _yearly_deliveries(check, view, last, quarters)
    low, high = trend.interval
    facts = tuple(dict.fromkeys(fact for q in window for fact in q.facts))
    certain, rising = low > 0 or high <= 0, trend.growth > 0
    told = "unsure" if not certain else "rising" if rising else "falling" if trend.growth < 0 else "flat"
    found = [
        check.finding(
            "deliveries",
            (Kind.ASSET if rising else Kind.RISK) if certain else Kind.GAP,
            Severity.HIGH if certain else Severity.MEDIUM,
            "demand_trend" if certain else "gap_demand_trend",
            facts,
            variant=told,
            growth=trend.growth,
            rate=abs(trend.growth),
            low=low,
            high=high,
            se=trend.standard_error,
            n=trend.n,
            first=window[0].value,
            last=window[-1].value,
            start=str(window[0].period),
            end=str(window[-1].period),
        )
    ]
    year_before = [q for q in quarters if q.period == quarters[-1].period.shift(-4)]
    if year_before and year_before[0].value > 0:
        change = quarters[-1].value / year_before[0].value - 1
        season = change < SEASON
        found.append(
            check.finding(
                "year-on-year",
                Kind.RISK if season else Kind.ASSET,
                Severity.MEDIUM,
                "demand_yoy",
                quarters[-1].facts + year_before[0].facts,
                variant="flat" if season else "up",
                change=change,
                end=str(quarters[-1].period),
                last=quarters[-1].value,
                before=year_before[0].value,
            )
        )
    return found


def _yearly_deliveries(
    check: Check, view: View, last: AnnualFigure | None, quarters: tuple[Reading, ...]
) -> list[Finding]:
    """The newest months against those of the year before. A rise of a part of a year on a whole one may be season."""
    before = None if last is None else annual_before(view, "deliveries", last)
    nought = any(q.value <= 0 for q in _last_year(quarters))
    if last is None or before is None or not before.value > 0:
        variant = "nought" if before is not None or nought else "" if last is not None or quarters else "none"
        gap = check.gap("no-trend", Severity.MEDIUM, "gap_demand_trend", variant=variant)
        return [gap] if check.has_evidence(view) else []
    change = last.value / before.value - 1
    unlike = change > 0 and last.period.months != before.period.months
    return [
        check.finding(
            "deliveries",
            Kind.GAP if unlike else Kind.ASSET if change > 0 else Kind.RISK,
            Severity.MEDIUM,
            "gap_demand_trend" if unlike else "demand_trend",
            last.facts + before.facts,
            variant="season" if unlike else "yearly",
            change=change,
            last=last.value,
            before=before.value,
            end=str(last.period),
            start=str(before.period),
        )
    ]


def _guidance(check: Check, view: View) -> list[Finding]:
    guidance, quarters = latest(view, "delivery_guidance"), calendar(view, "deliveries", "quarter")
    if guidance is None or not quarters or guidance.period <= quarters[-1].period or not quarters[-1].value > 0:
        return []
    resolution = view.resolve("delivery_guidance")
    low, high = resolution.interval if resolution else (guidance.value, guidance.value)
    last = quarters[-1]
    down = high < last.value
    return [
        check.finding(
            "guidance",
            Kind.RISK if down else Kind.ASSET,
            Severity.HIGH if down else Severity.LOW,
            "demand_outlook",
            guidance.facts + last.facts,
            variant="down" if down else "up",
            low=low,
            high=high,
            period=str(guidance.period),
            last=last.value,
            last_period=str(last.period),
            change=guidance.value / last.value - 1,
        )
    ]


def _margin(check: Check, view: View) -> list[Finding]:
    """One trend, told once: that of the last quarters with what the years say beside it, else that of the years."""
    points, years = _quarterly_margins(view), _yearly_margins(view)
    trend = linear_trend([point.value for point in points], _places(points))
    if trend is None or (years and years[-1].period.end > points[-1].period.end):
        return _margin_of_years(check, years)
    low, high = trend.slope_interval
    flat, certain = low >= -FLAT and high <= FLAT, low > 0 or high < 0
    variant = "flat" if flat else ("up" if low > 0 else "down") if certain else "unsure"
    kind = Kind.GAP if variant == "unsure" else Kind.ASSET if variant == "up" else Kind.RISK
    facts = tuple(fact for point in (*points, *years) for fact in point.facts)
    return [
        check.finding(
            "margin",
            kind,
            Severity.HIGH if variant in ("up", "down") else Severity.MEDIUM,
            "gap_margin_trend" if kind is Kind.GAP else "margin_trend",
            facts,
            literature=LEARNING,
            variant=f"{variant}-years" if years else variant,
            slope=trend.slope,
            points=100 * abs(trend.slope),
            low=low,
            high=high,
            n=trend.n,
            margins=tuple(point.value for point in points),
            start=str(points[0].period),
            end=str(points[-1].period),
            **_of_years(years),
        )
    ]


def _margin_of_years(check: Check, years: tuple[Reading, ...]) -> list[Finding]:
    """The margin of the last year against the year before."""
    if not years:
        return [check.gap("no-margin-trend", Severity.MEDIUM, "gap_margin_trend")]
    before, last = years
    better = last.value > before.value
    return [
        check.finding(
            "margin-year",
            Kind.ASSET if better else Kind.RISK,
            Severity.MEDIUM,
            "margin_trend",
            before.facts + last.facts,
            variant="up" if better else "down",
            **_of_years(years),
        )
    ]


def _of_years(years: tuple[Reading, ...]) -> dict[str, Any]:
    return (
        {}
        if not years
        else {
            "first": years[0].value,
            "last": years[1].value,
            "from_year": str(years[0].period),
            "to_year": str(years[1].period),
        }
    )


def _yearly_margins(view: View) -> tuple[Reading, ...]:
    """The last two years of the first kind of margin that has two, whenever a year of it begins."""
    for name in MARGINS:
        stated = (one for one in series(view, name, kind="span") if one.period.months == MONTHS)
        years = sorted((*margins(view, name, "year"), *stated), key=lambda one: one.period.end)
        before = [one for one in years if one.period.end < years[-1].period.start]
        if before:
            return before[-1], years[-1]
    return ()


def _quarterly_margins(view: View) -> tuple[Reading, ...]:
    """The margins of the last full year held, from the first kind of margin that has three quarters."""
    for name in MARGINS:
        quarters = _last_year(margins(view, name, "quarter"))
        if len(quarters) >= 3:
            return quarters
    return ()


def _last_year(quarters: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The quarters held of the four that end with the latest."""
    return tuple(q for q in quarters[-WINDOW:] if q.period > quarters[-1].period.shift(-WINDOW))


def _places(quarters: tuple[Reading, ...]) -> list[int]:
    """Quarters by their number, so that one that is missing leaves its place."""
    return [4 * q.period.start.year + q.period.start.month // 3 for q in quarters]


def margin_rises(view: View) -> tuple[float, tuple[str, ...]] | None:
    """Probability that the margin of the last full year of quarters rises, with its facts; None without quarters."""
    points = _quarterly_margins(view)
    trend = linear_trend([point.value for point in points], _places(points))
    return None if trend is None else (trend.rises, tuple(fact for point in points for fact in point.facts))


MOMENTUM = Check(
    id="trend",
    stream="market",
    needs=(
        Need("deliveries"),
        Need("vehicle_margin"),
        Need("gross_margin"),
        Need("delivery_guidance"),
    ),
    literature=SHAKEOUT,
    conclude=_conclude,
    core=True,
    gaps=("gap_demand_trend", "gap_margin_trend"),
    asks=sells,
)
