"""Unit margin against price: what the company earns or loses on one product."""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import Reading, View, newest_margin, over, together
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import ASSUMPTIONS, LEARNING
from guanzi.study.diligence.objects import sells


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    margin = newest_margin(view)
    found = [] if margin is None else [_unit(check, view, margin)]
    if margin is None and check.has_evidence(view):
        found.append(check.gap("unknown", Severity.HIGH, "gap_unit_margin"))
    return (*found, *_overhead(check, view))


def _unit(check: Check, view: View, margin: Reading) -> Finding:
    deliveries = over(view, "deliveries", margin.period)
    # A group earns more than with its vehicles: what they sell for counts where it is held.
    revenue = over(view, "vehicle_sales", margin.period) or over(view, "revenue", margin.period)
    price = revenue.value / deliveries.value if revenue and deliveries and deliveries.value > 0 else None
    below_cost, earns = margin.value < 0, margin.value > 0
    facts = margin.facts
    if price is not None and revenue is not None and deliveries is not None:
        facts += revenue.facts + deliveries.facts
    return check.finding(
        "margin",
        Kind.ASSET if earns else Kind.RISK,
        (Severity.CRITICAL if margin.value < -0.10 else Severity.HIGH) if below_cost else Severity.MEDIUM,
        "unit_margin_negative" if below_cost else "unit_margin",
        facts,
        variant=f"{'loss' if below_cost else 'gain'}{'-priced' if price is not None else ''}"
        if margin.value
        else "nought",
        margin=margin.value,
        period=str(margin.period),
        currency=view.currency,
        price=None if price is None else 1e6 * price,
        unit=None if price is None else 1e6 * abs(margin.value) * price,
    )


def _overhead(check: Check, view: View) -> list[Finding]:
    """Research, development, selling and administration per product, against its price."""
    held = together(view, "deliveries", "r_and_d", "sga", "revenue")
    if held is None or not held[0].value > 0 or not held[3].value > 0:
        return []  # where nothing is earned there is no price of a product to hold its costs against
    deliveries, r_and_d, sga, revenue = held
    overhead = (r_and_d.value + sga.value) / deliveries.value
    price = revenue.value / deliveries.value
    heavy = overhead > price
    return [
        check.finding(
            "overhead",
            Kind.RISK,
            Severity.HIGH if heavy else Severity.MEDIUM,
            "overhead_per_unit",
            deliveries.facts + r_and_d.facts + sga.facts + revenue.facts,
            currency=view.currency,
            overhead=1e6 * overhead,
            price=1e6 * price,
            share=overhead / price,
            period=str(deliveries.period),
        )
    ]


UNIT_MARGIN = Check(
    id="unit-margin",
    stream="unit-economics",
    needs=(Need("vehicle_margin"), Need("gross_margin"), Need("gross_profit"), Need("cost_of_revenue")),
    literature=f"{LEARNING}; {ASSUMPTIONS}",
    conclude=_conclude,
    core=True,
    asks=sells,
)
