"""Delivery and margin trend: is the company selling more, and does it lose less on each product?"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import Reading, View, latest, series
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import LEARNING, SHAKEOUT
from guanzi.study.diligence.trend import linear_trend, log_linear_trend

#: Quarters over which the trend is taken: a full year. A longer window mixes the launch in.
WINDOW = 4
#: Change of a margin per quarter below which it counts as flat (ratio).
FLAT = 0.005
#: Margins in the order in which they are preferred: that on the product before that on everything.
MARGINS = ("vehicle_margin", "gross_margin")
#: Growth on the same quarter of the year before below which a rise within the year may be season.
SEASON = 0.10


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    found = [*_deliveries(check, view), *_guidance(check, view), *_margin(check, view)]
    return tuple(found)


def _deliveries(check: Check, view: View) -> list[Finding]:
    quarters = _consecutive(series(view, "deliveries", kind="quarter"))
    window = quarters[-WINDOW:]
    trend = log_linear_trend([q.value for q in window])
    if trend is None:
        return _yearly_deliveries(check, view)
    low, high = trend.interval
    facts = tuple(fact for q in window for fact in q.facts)
    certain = low > 0 or high < 0
    rising = trend.growth > 0
    found = [
        check.finding(
            "deliveries",
            Kind.ASSET if rising else Kind.RISK,
            Severity.HIGH if certain else Severity.MEDIUM,
            "demand_trend",
            facts,
            variant=f"{'rising' if rising else 'falling'}{'' if certain else '-unsure'}",
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


def _yearly_deliveries(check: Check, view: View) -> list[Finding]:
    years = series(view, "deliveries", kind="year")
    if len(years) < 2 or not years[-2].value > 0:
        return [check.gap("no-trend", Severity.MEDIUM, "gap_demand_trend")] if check.has_evidence(view) else []
    last, before = years[-1], years[-2]
    change = last.value / before.value - 1
    return [
        check.finding(
            "deliveries",
            Kind.ASSET if change > 0 else Kind.RISK,
            Severity.MEDIUM,
            "demand_trend",
            last.facts + before.facts,
            variant="yearly",
            change=change,
            last=last.value,
            before=before.value,
            end=str(last.period),
            start=str(before.period),
        )
    ]


def _guidance(check: Check, view: View) -> list[Finding]:
    guidance, quarters = latest(view, "delivery_guidance"), series(view, "deliveries", kind="quarter")
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
    found = [*_margin_within_year(check, view), *_margin_of_years(check, view)]
    return found or [check.gap("no-margin-trend", Severity.MEDIUM, "gap_margin_trend")]


def _margin_within_year(check: Check, view: View) -> list[Finding]:
    points = _quarterly_margins(view)
    trend = linear_trend([point.value for point in points])
    if trend is None:
        return []
    low, high = trend.slope_interval
    variant = "up" if trend.slope > FLAT else "down" if trend.slope < -FLAT else "flat"
    certain = low > 0 or high < 0
    return [
        check.finding(
            "margin",
            Kind.ASSET if variant == "up" else Kind.RISK,
            Severity.HIGH if certain and variant != "flat" else Severity.MEDIUM,
            "margin_trend",
            tuple(fact for point in points for fact in point.facts),
            literature=LEARNING,
            variant=variant if certain or variant == "flat" else f"{variant}-unsure",
            points=100 * abs(trend.slope),
            low=low,
            high=high,
            n=trend.n,
            margins=tuple(point.value for point in points),
            start=str(points[0].period),
            end=str(points[-1].period),
        )
    ]


def _margin_of_years(check: Check, view: View) -> list[Finding]:
    """The margin of the last year against the year before; the trend itself only where there are no quarters."""
    years = next((y for n in MARGINS if len(y := series(view, n, kind="year")) >= 2), ())
    if not years:
        return []
    last, before = years[-1], years[-2]
    change = last.value - before.value
    better = change > 0
    alone = linear_trend([point.value for point in _quarterly_margins(view)]) is None
    return [
        check.finding(
            "margin-year",
            Kind.ASSET if better else Kind.RISK,
            Severity.MEDIUM,
            "margin_trend" if alone else "margin_year",
            before.facts + last.facts,
            variant="up" if better else "down",
            first=before.value,
            last=last.value,
            start=str(before.period),
            end=str(last.period),
        )
    ]


def _quarterly_margins(view: View) -> tuple[Reading, ...]:
    """The margins of the last full year held, from the first kind of margin that has three quarters."""
    for name in MARGINS:
        quarters = _consecutive(series(view, name, kind="quarter"))[-WINDOW:]
        if len(quarters) >= 3:
            return quarters
    return ()


def _consecutive(quarters: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The unbroken run of quarters that ends with the latest."""
    run = list(quarters[-1:])
    for quarter in reversed(quarters[:-1]):
        if quarter.period != run[0].period.shift(-1):
            break
        run.insert(0, quarter)
    return tuple(run)


MOMENTUM = Check(
    id="trend",
    stream="market",
    needs=(Need("deliveries"), Need("vehicle_margin"), Need("gross_margin"), Need("delivery_guidance")),
    literature=SHAKEOUT,
    conclude=_conclude,
    core=True,
)
