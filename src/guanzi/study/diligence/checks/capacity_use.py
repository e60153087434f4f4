"""Use of capacity: how much of the plant the sales fill.

Thresholds: American manufacturing has used about 78 % of its capacity on average since 1972 (Federal Reserve, G.17), so
three quarters and more is good; below half is a judgement of the project.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, annual, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import UTILISATION
from guanzi.study.diligence.objects import sells

THREE_QUARTERS, HALF = 0.75, 0.5


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    capacity, sold = latest(view, "local_plant_capacity"), annual(view, "deliveries")
    if capacity is None or not capacity.value > 0:
        return ()
    if sold is None:
        return (
            check.gap(
                "sales-unknown", Severity.MEDIUM, "gap_capacity_use", facts=capacity.facts, capacity=capacity.value
            ),
        )
    use = sold.value / capacity.value
    idle = use < THREE_QUARTERS
    return (
        check.finding(
            "use",
            Kind.RISK if idle else Kind.ASSET,
            Severity.HIGH if use < HALF else Severity.MEDIUM,
            "capacity_idle" if idle else "capacity_used",
            capacity.facts + sold.facts,
            variant="idle" if idle else "used",
            use=use,
            sold=sold.value,
            capacity=capacity.value,
            period=str(sold.period),
        ),
    )


CAPACITY_USE = Check(
    id="capacity-use",
    stream="unit-economics",
    needs=(Need("local_plant_capacity"),),
    literature=UTILISATION,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
    asks=sells,
)
