"""One supplier: how much of what the company buys comes from one source, and what cannot be had elsewhere.

Thresholds: above half, Chinese prospectuses must name the supplier (CSRC, Standard No. 1, 2015); above three tenths is
a judgement of the project.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import PROSPECTUS, SUPPLIERS

HALF, THREE_TENTHS = 0.5, 0.3


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    return (
        *_share(check, view),
        *check.in_words(view, "sole_source_parts", "sole-source", Kind.RISK, Severity.MEDIUM, "sole_source"),
        *check.in_words(view, "import_dependence", "imports", Kind.RISK, Severity.MEDIUM, "import_dependence"),
    )


def _share(check: Check, view: View) -> list[Finding]:
    share = latest(view, "largest_supplier_share")
    if share is None or not share.value > 0:
        return []
    heavy = share.value > THREE_TENTHS
    return [
        check.finding(
            "share",
            Kind.RISK if heavy else Kind.ASSET,
            Severity.HIGH if share.value > HALF else Severity.MEDIUM,
            "single_supplier" if heavy else "suppliers_spread",
            share.facts,
            variant="heavy" if heavy else "spread",
            share=share.value,
            period=str(share.period),
        )
    ]


SINGLE_SUPPLIER = Check(
    id="single-supplier",
    stream="chain",
    needs=(Need("largest_supplier_share"), Need("sole_source_parts"), Need("import_dependence")),
    literature=f"{SUPPLIERS}; {PROSPECTUS}",
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
