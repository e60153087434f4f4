"""Own plant before product: is money sunk into a plant before there is something to build in it?

No thresholds: a plant begun while nothing has been delivered is critical, because the outlay cannot be undone and the
demand is not known (Dixit & Pindyck 1994); begun before and delivering by now, it stays a remark.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import Reading, View, annual, flag, latest, made_a_year
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import IRREVERSIBLE


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    first = flag(view, "own_plant_before_product")
    sold = annual(view, "deliveries")
    year = None if sold is None else Reading(sold.amount, sold.period, sold.facts)
    delivered = latest(view, "cumulative_deliveries") or year
    if first is not None and not first[0]:
        return (check.finding("after", Kind.ASSET, Severity.MEDIUM, "product_before_plant", first[1]),)
    if first is not None:
        return (_begun(check, first[1], delivered),)
    planned = latest(view, "plan_capacity")
    if planned is None or delivered is None or delivered.value > 0:
        return ()
    return (
        check.finding(
            "planned",
            Kind.RISK,
            Severity.HIGH,
            "plant_before_product",
            planned.facts + delivered.facts,
            capacity=made_a_year(planned.value, view.fact(planned.facts[0]).unit),
        ),
    )


def _begun(check: Check, facts: tuple[str, ...], delivered: Reading | None) -> Finding:
    if delivered is None:
        variant, severity = "unknown", Severity.HIGH
    elif delivered.value > 0:
        variant, severity = "delivering", Severity.MEDIUM
    else:
        variant, severity = "nothing", Severity.CRITICAL
    return check.finding(
        "begun",
        Kind.RISK,
        severity,
        "plant_before_product",
        facts + (delivered.facts if delivered else ()),
        variant=variant,
        delivered=delivered.value if delivered else None,
    )


PLANT_BEFORE_PRODUCT = Check(
    id="plant-before-product",
    stream="chain",
    needs=(Need("own_plant_before_product"), Need("plan_capacity")),
    literature=IRREVERSIBLE,
    conclude=_conclude,
    silence=Severity.MEDIUM,
)
