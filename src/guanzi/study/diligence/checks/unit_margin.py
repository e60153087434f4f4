"""Unit margin against price: what the company earns or loses on one product."""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import Reading, View, at, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import ASSUMPTIONS, LEARNING


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    margin = _margin(view)
    found = [] if margin is None else [_unit(check, view, margin)]
    if margin is None and check.has_evidence(view):
        found.append(check.gap("unknown", Severity.HIGH, "gap_unit_margin"))
    return (*found, *_overhead(check, view))


def _margin(view: View) -> Reading | None:
    """The latest margin on the product: vehicle margin before gross margin, a quarter before a year."""
    for name in ("vehicle_margin", "gross_margin"):
        held = [r for r in (latest(view, name, kind="quarter"), latest(view, name, kind="year")) if r is not None]
        if held:
            return max(held, key=lambda r: r.period.end)
    return None


def _unit(check: Check, view: View, margin: Reading) -> Finding:
    kind = margin.period.kind
    revenue = at(view, "revenue", margin.period.end, kind=kind)
    deliveries = at(view, "deliveries", margin.period.end, kind=kind)
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
    deliveries = latest(view, "deliveries", kind="year")
    if deliveries is None or not deliveries.value > 0:
        return []
    end = deliveries.period.end
    held = {name: at(view, name, end, kind="year") for name in ("r_and_d", "sga", "revenue")}
    r_and_d, sga, revenue = held["r_and_d"], held["sga"], held["revenue"]
    if r_and_d is None or sga is None or revenue is None:
        return []
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
            share=overhead / price if price else None,
            period=str(deliveries.period),
        )
    ]


UNIT_MARGIN = Check(
    id="unit-margin",
    stream="unit-economics",
    needs=(Need("vehicle_margin"), Need("gross_margin")),
    literature=f"{LEARNING}; {ASSUMPTIONS}",
    conclude=_conclude,
    core=True,
)
