"""Break-even volume: how many products must be sold to carry research, selling and administration.

Threshold: a volume above three times the last year's is high (judgement of the project: two doublings take it past any
plan that has facts behind it). At a margin that is not positive, no volume is enough.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, at, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import VOLUME

FAR = 3.0


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    sold = latest(view, "deliveries", kind="year")
    if sold is None or not sold.value > 0:
        return ()
    end = sold.period.end
    margin = at(view, "gross_margin", end, kind="year") or at(view, "vehicle_margin", end, kind="year")
    revenue = at(view, "revenue", end, kind="year")
    r_and_d, sga = at(view, "r_and_d", end, kind="year"), at(view, "sga", end, kind="year")
    if margin is None or revenue is None or r_and_d is None or sga is None or not revenue.value > 0:
        return ()
    facts = margin.facts + revenue.facts + sold.facts + r_and_d.facts + sga.facts
    fixed = r_and_d.value + sga.value
    period = str(sold.period)
    if not margin.value > 0:
        return (
            check.finding(
                "never",
                Kind.RISK,
                Severity.HIGH,
                "no_break_even",
                facts,
                margin=margin.value,
                fixed=fixed,
                period=period,
            ),
        )
    if not fixed > 0:
        return ()
    times = fixed / (margin.value * revenue.value)
    short = times > 1
    return (
        check.finding(
            "volume",
            Kind.RISK if short else Kind.ASSET,
            Severity.HIGH if times > FAR else Severity.MEDIUM,
            "below_break_even" if short else "above_break_even",
            facts,
            variant="below" if short else "above",
            volume=times * sold.value,
            sold=sold.value,
            times=times,
            margin=margin.value,
            fixed=fixed,
            period=period,
        ),
    )


BREAK_EVEN = Check(
    id="break-even",
    stream="unit-economics",
    needs=(Need("gross_margin"), Need("vehicle_margin"), Need("r_and_d"), Need("sga")),
    literature=VOLUME,
    conclude=_conclude,
    silence=Severity.MEDIUM,
)
