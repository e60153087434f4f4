"""Cash runway: how long the cash lasts at the present spending, without the deal and with it."""

from __future__ import annotations

from typing import Any

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import AnnualFigure, Reading, View, annual, burn, latest, liquid, there
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import LOOKING_AHEAD

#: Months that management must look ahead (IAS 1.26, ISA 570.13), and that an investor paying in instalments should.
YEAR_AHEAD, TWO_YEARS_AHEAD = 12.0, 24.0


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    cash, spending = liquid(view), burn(view)
    bridge = _bridge(view, cash)
    found = _bridge_finding(check, view, bridge)
    spent, flow = spending or (None, "")
    basis = {"net_loss": "net-loss", "fall": "fall"}.get(flow, "cash-flow")
    if spent is not None and spent.value < 0:
        # Whoever uses none up needs none: how much there is changes nothing.
        told = {"variant": basis, "period": str(spent.period)}
        return (check.finding("self-funding", Kind.ASSET, Severity.MEDIUM, "self_funding", spent.facts, **told), *found)
    if cash is None or spent is None or spent.value == 0:
        if check.has_evidence(view):
            found.append(_unknown(check, view, cash, spent))
        return tuple(found)
    facts = cash.facts + spent.facts
    params: dict[str, Any] = {
        "cash": cash.value,
        "at": str(cash.period),
        "burn": spent.value,
        "period": str(spent.period),
    }
    plan = latest(view, "plan_plant_investment") or latest(view, "plan_investment")
    alone = _months(cash.value, spent.value)
    bridged = _months(cash.value + bridge[0], spent.value)
    found.insert(
        0,
        check.finding(
            "without-deal",
            Kind.ASSET if bridged >= TWO_YEARS_AHEAD else Kind.RISK,
            _severity(bridged),
            "runway" if bridged >= TWO_YEARS_AHEAD else "runway_short",
            facts + bridge[1],
            variant=f"{basis}{'-bridged' if bridge[0] else ''}",
            months=alone,
            bridge=bridge[0],
            bridged=bridged,
            **params,
        ),
    )
    if deal is not None and deal.public_amount is not None:
        paid = deal.public_amount + deal.granted_amount
        money = cash.value + bridge[0] + paid
        funded = _months(money, spent.value)
        # Months of present spending say nothing of a plan that costs more than there is.
        open_plan = plan is not None and money < plan.value and funded >= TWO_YEARS_AHEAD
        anchor = latest(view, "anchor_investment") if open_plan else None
        note = None if anchor is None else view.fact(anchor.facts[0]).note
        beside = "" if anchor is None else "-anchor-noted" if note else "-anchor"
        kind, code = (
            (Kind.GAP, "gap_runway")
            if open_plan
            else (Kind.ASSET, "runway_with_deal")
            if funded >= TWO_YEARS_AHEAD
            else (Kind.RISK, "runway_with_deal_short")
        )
        found.insert(
            1,
            check.finding(
                "with-deal",
                kind,
                _severity(funded),
                code,
                facts + bridge[1] + (() if plan is None else plan.facts) + (() if anchor is None else anchor.facts),
                variant=f"open{beside}" if open_plan else "" if plan is None else "plan",
                months=funded,
                amount=paid,
                there=cash.value + bridge[0] if open_plan else money,
                plan=0.0 if plan is None else plan.value,
                anchor=None if anchor is None else anchor.value,
                note=note,
                **params,
            ),
        )
    return tuple(found)


def _unknown(check: Check, view: View, cash: Reading | None, spent: AnnualFigure | None) -> Finding:
    """Months of cash cannot be told; of a company that earns a profit they are not the first question."""
    result = annual(view, "net_loss")
    if result is None or not result.value < 0:
        half = "cash" if cash is None and spent is not None else "spent" if cash is not None and spent is None else ""
        facts = (*(cash.facts if cash else ()), *(spent.facts if spent else ()))
        return check.gap("unknown", Severity.HIGH, "gap_runway", facts=facts, variant=half)
    told = result.opposite.as_message(view.currency)
    return check.finding("unknown", Kind.GAP, Severity.LOW, "gap_runway", result.facts, variant="profit", told=told)


def _bridge(view: View, cash: Reading | None) -> tuple[float, tuple[str, ...]]:
    """Convertible notes raised in a year, as last held, when they came after the day of the cash figure."""
    notes = latest(view, "convertible_notes_raised")
    if cash is None or notes is None or notes.period.start <= cash.period.end:
        return 0.0, ()
    return notes.value, notes.facts


def _bridge_finding(check: Check, view: View, bridge: tuple[float, tuple[str, ...]]) -> list[Finding]:
    amount, facts = bridge
    named = there(view, "bridge_investors")
    if amount > 0:
        asset = check.finding(
            "bridge", Kind.ASSET, Severity.MEDIUM, "bridge_money", facts, variant="amount", amount=amount
        )
    elif named is not None:
        asset = check.finding(
            "bridge", Kind.ASSET, Severity.MEDIUM, "bridge_money", named[1], variant="named", text=named[0]
        )
    else:
        return []
    return [asset]


def _months(cash: float, burn_a_year: float) -> float:
    return 12 * cash / burn_a_year


def _severity(months: float) -> Severity:
    if months < YEAR_AHEAD:
        return Severity.CRITICAL
    return Severity.HIGH if months < TWO_YEARS_AHEAD else Severity.MEDIUM


RUNWAY = Check(
    id="runway",
    stream="finance",
    needs=(
        Need("cash_and_short_term_investments"),
        Need("cash"),
        Need("free_cash_flow"),
        Need("operating_cash_flow"),
        Need("net_loss"),
        Need("convertible_notes_raised"),
    ),
    literature=LOOKING_AHEAD,
    conclude=_conclude,
    core=True,
)
