"""Plan against money: is the investment that the plan asks for paid for by money that has been raised?

Thresholds: a plan above all the money raised is not paid for, by arithmetic; a plan above twice of it, so that more is
missing than is there, weighs more (judgement of the project).
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import Reading, View, at, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import MEGAPROJECTS

TWICE = 2.0


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    plan = latest(view, "plan_plant_investment") or latest(view, "plan_investment")
    raised = _rounds(view)
    if plan is None or not plan.value > 0:
        return (check.gap("no-plan", Severity.MEDIUM, "gap_plan_investment"),) if raised else ()
    if not raised:
        return (check.gap("no-money", Severity.HIGH, "gap_money_raised", plan=plan.value, period=str(plan.period)),)
    public = deal.public_amount if deal is not None and deal.public_amount is not None else 0.0
    money = sum(r.value for r in raised) + public
    times = plan.value / money if money > 0 else None
    short = times is None or times > 1
    return (
        check.finding(
            "plan",
            Kind.RISK if short else Kind.ASSET,
            Severity.HIGH if times is None or times > TWICE else Severity.MEDIUM,
            "plan_unfunded" if short else "plan_funded",
            plan.facts + tuple(fact for r in raised if r.value > 0 for fact in r.facts),
            variant=f"{'short' if short else 'paid'}{'-with-deal' if public else ''}",
            plan=plan.value,
            money=money,
            public=public,
        ),
    )


def _rounds(view: View) -> list[Reading]:
    """The rounds of equity held; each is a period of its own."""
    days = sorted({fact.period.end for fact in view.named("equity_raised")})
    return [r for r in (at(view, "equity_raised", day) for day in days) if r is not None]


PLAN_FUNDING = Check(
    id="plan-funding",
    stream="finance",
    needs=(Need("plan_plant_investment"), Need("plan_investment"), Need("equity_raised")),
    literature=MEGAPROJECTS,
    conclude=_conclude,
    silence=Severity.MEDIUM,
)
