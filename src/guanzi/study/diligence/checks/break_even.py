"""Break-even volume: how many products must be sold to carry research, selling and administration.

Threshold: a volume above three times the last year's is high (judgement of the project: two doublings take it past any
plan that has facts behind it). At a margin that is not positive, no volume is enough.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import Reading, View, margin_over, months_of, shared_months
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import VOLUME

FAR = 3.0


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    held = _held(view)
    if held is None:
        return ()
    sold, revenue, r_and_d, sga, margin = held
    year = 12 / months_of(sold.period)
    facts = margin.facts + revenue.facts + sold.facts + r_and_d.facts + sga.facts
    fixed = year * (r_and_d.value + sga.value)
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
    times = fixed / (margin.value * year * revenue.value)
    short = times > 1
    return (
        check.finding(
            "volume",
            Kind.RISK if short else Kind.ASSET,
            Severity.HIGH if times > FAR else Severity.MEDIUM,
            "below_break_even" if short else "above_break_even",
            facts,
            variant="below" if short else "above",
            volume=times * year * sold.value,
            sold=year * sold.value,
            times=times,
            margin=margin.value,
            fixed=fixed,
            period=period,
        ),
    )


def _held(view: View) -> tuple[Reading, ...] | None:
    """Sales in units and money, research, selling, and the margin: of the newest months of which all are known."""
    for held in shared_months(view, "deliveries", "revenue", "r_and_d", "sga"):
        margin = margin_over(view, held[0].period, "gross_margin", "vehicle_margin")
        if margin is not None and held[0].value > 0 and held[1].value > 0:
            return (*held, margin)
    return None


BREAK_EVEN = Check(
    id="break-even",
    stream="unit-economics",
    needs=(Need("gross_margin"), Need("vehicle_margin"), Need("r_and_d"), Need("sga")),
    literature=VOLUME,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
