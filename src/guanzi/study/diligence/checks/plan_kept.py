"""Plans kept: has this management reached what it promised before?

Thresholds: less than half of the lower end of a plan is high, as are two postponements of the start; anything short of
the plan is a remark (judgements of the project). Plans of people close to a venture are bold as a rule (Kahneman &
Lovallo 1993), so one miss says little, and a large one says more.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, at, latest, over
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import FORECASTS, MEGAPROJECTS

HALF = 0.5
#: Plans, and the facts that tell what became of them.
PLANS = (("plan_deliveries", "deliveries"), ("plan_revenue", "revenue"))


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    return (*(finding for plan, real in PLANS for finding in _plan(check, view, plan, real)), *_start(check, view))


def _plan(check: Check, view: View, plan: str, real: str) -> list[Finding]:
    """The last year for which both the plan and the figure are held."""
    for promised in reversed(view.series(plan, kind="year")):
        period = promised.fact.period
        got, middle = over(view, real, period), at(view, plan, period.end, kind="year")
        if got is not None and middle is not None and middle.value > 0:
            break
    else:
        return []
    low = middle.value * promised.interval[0] / promised.value
    if not low > 0:
        return []
    share = got.value / low
    met = share >= 1
    return [
        check.finding(
            real,
            Kind.ASSET if met else Kind.RISK,
            Severity.HIGH if share < HALF else Severity.MEDIUM,
            "plan_met" if met else "plan_missed",
            middle.facts + got.facts,
            variant="met" if met else "missed",
            plan=low,
            got=got.value,
            share=share,
            period=str(period),
        )
    ]


def _start(check: Check, view: View) -> list[Finding]:
    late = latest(view, "start_postponed")
    if late is None:
        return []
    some = late.value > 0
    return [
        check.finding(
            "start",
            Kind.RISK if some else Kind.ASSET,
            Severity.HIGH if late.value > 1 else Severity.MEDIUM,
            "start_postponed" if some else "start_kept",
            late.facts,
            variant="late" if some else "kept",
            n=late.value,
        )
    ]


PLAN_KEPT = Check(
    id="plan-kept",
    stream="people",
    needs=(Need("plan_deliveries"), Need("plan_revenue"), Need("start_postponed")),
    literature=f"{FORECASTS}; {MEGAPROJECTS}",
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
    history=True,
)
