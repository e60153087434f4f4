"""Customer concentration: how much of the revenue hangs on one customer.

Thresholds: IFRS 8.34 asks to disclose a customer from a tenth of revenue on; above half, Chinese prospectuses must name
it (CSRC, Standard No. 1, 2015).
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import CUSTOMERS, PROSPECTUS, SEGMENTS
from guanzi.study.diligence.objects import sells

TENTH, HALF = 0.1, 0.5


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    share = latest(view, "largest_customer_share")
    if share is None or not share.value > 0:
        return ()
    heavy = share.value >= TENTH
    return (
        check.finding(
            "share",
            Kind.RISK if heavy else Kind.ASSET,
            Severity.HIGH if share.value > HALF else Severity.MEDIUM,
            "customer_concentration" if heavy else "customers_spread",
            share.facts,
            variant="heavy" if heavy else "spread",
            share=share.value,
            period=str(share.period),
        ),
    )


CUSTOMER_CONCENTRATION = Check(
    id="customer-concentration",
    stream="users",
    needs=(Need("largest_customer_share"),),
    literature=f"{CUSTOMERS}; {SEGMENTS}; {PROSPECTUS}",
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
    asks=sells,
)
