"""Plan against money: is the investment that the plan asks for paid for by money that has been raised?

Thresholds: a plan above all the money raised is not paid for, by arithmetic; a plan above twice of it, so that more is
missing than is there, weighs more (judgement of the project). A company that earns the plan in a year needs no round.
"""

from __future__ import annotations

from functools import partial

from guanzi.base.core import Finding, Kind, Message, Severity
from guanzi.record.evidence import FUNDS, Reading, View, annual, funds_raised, latest, liquid
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import MEGAPROJECTS

TWICE = 2.0


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    plan = latest(view, "plan_plant_investment") or latest(view, "plan_investment")
    raised = funds_raised(view)
    if plan is None or not plan.value > 0:
        return (check.gap("no-plan", Severity.MEDIUM, "gap_plan_investment"),) if raised is not None else ()
    public = 0.0 if deal is None else (deal.public_amount or 0.0) + (deal.given_amount or 0.0)
    profit = annual(view, "net_loss")
    if profit is not None and -profit.value >= plan.value:
        told, facts = profit.opposite.as_message(view.currency), (*plan.facts, *profit.facts)
        kind, code = Kind.ASSET, "plan_funded"
        return (
            check.finding("plan", kind, Severity.MEDIUM, code, facts, variant="profit", plan=plan.value, told=told),
        )
    if raised is None and public < plan.value:
        return (_no_money(check, view, plan),)
    spent, had = latest(view, "invested_to_date"), 0.0 if raised is None else raised.value
    money = max(had - (spent.value if spent else 0.0), 0.0) + public
    if raised is not None and raised.total and spent is None and public < plan.value <= money:
        if (cash := liquid(view)) is not None:
            return (_of_cash(check, view, plan, cash, public),)
        left = partial(check.gap, "left-unknown", Severity.MEDIUM, "gap_money_raised", facts=plan.facts + raised.facts)
        return (left(plan=plan.value, money=had, at=str(raised.period)),)
    times = plan.value / money if money > 0 else None
    short = times is None or times > 1
    return (
        check.finding(
            "plan",
            Kind.RISK if short else Kind.ASSET,
            Severity.HIGH if times is None or times > TWICE else Severity.MEDIUM,
            "plan_unfunded" if short else "plan_funded",
            plan.facts + (raised.facts if raised is not None and had > 0 else ()) + (spent.facts if spent else ()),
            variant=f"{'short' if short else 'paid'}{'-with-deal' if public else ''}{'-spent' if spent else ''}",
            plan=plan.value,
            money=money,
            raised=had,
            spent=spent.value if spent else None,
            public=public,
        ),
    )


def _of_cash(check: Check, view: View, plan: Reading, cash: Reading, public: float) -> Finding:
    """What is left of all the money raised is the cash that is held; what others would bring stands beside it."""
    anchor = latest(view, "anchor_investment")
    parts = {"cash": cash.value, "public": public, "anchor": 0.0 if anchor is None else anchor.value}
    money, at = sum(parts.values()), str(cash.period)
    short = plan.value > money
    held = (
        Message.of_money(view.currency, f"diligence.plan-funding.money.{name}", amount=amount, at=at)
        for name, amount in parts.items()
        if amount > 0 or name == "cash"
    )
    return check.finding(
        "plan",
        Kind.RISK if short else Kind.ASSET,
        Severity.HIGH if plan.value > TWICE * money else Severity.MEDIUM,
        "plan_unfunded" if short else "plan_funded",
        (*plan.facts, *cash.facts, *(() if anchor is None else anchor.facts)),
        variant="short-of-cash" if short else "paid-of-cash",
        plan=plan.value,
        money=money,
        held=tuple(held),
    )


def _no_money(check: Check, view: View, plan: Reading) -> Finding:
    """What was raised is asked for; what one large investor has promised is told, and is not money raised."""
    anchor = latest(view, "anchor_investment")
    gap = partial(check.gap, "no-money", Severity.HIGH, "gap_money_raised", plan=plan.value)
    if anchor is None:
        return gap(facts=plan.facts, period=str(plan.period))
    note = view.fact(anchor.facts[0]).note
    variant = "anchor-noted" if note else "anchor"
    return gap(facts=(*plan.facts, *anchor.facts), variant=variant, anchor=anchor.value, note=note)


PLAN_FUNDING = Check(
    id="plan-funding",
    stream="finance",
    needs=(
        Need("plan_plant_investment"),
        Need("plan_investment"),
        *(Need(name) for name in FUNDS),
        Need("invested_to_date"),
        Need("anchor_investment"),
    ),
    literature=MEGAPROJECTS,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
