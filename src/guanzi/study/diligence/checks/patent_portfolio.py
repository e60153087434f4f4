"""The patent portfolio: inventors who left, and patents of others that the product may need.

Threshold: a third of the inventors gone is high (judgement of the project): what they know goes with them.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.checks.answers import burden
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import APPROPRIATION, INVENTORS

THIRD = 1 / 3
SEVERAL = 3.0


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    return (
        *_families(check, view),
        *burden(check, view, "inventors_left_share", "inventors", ("inventors_left", "inventors_stay"), THIRD),
        *burden(check, view, "blocking_families", "blocking", ("blocking_patents", "no_blocking_patents"), SEVERAL),
    )


def _families(check: Check, view: View) -> list[Finding]:
    families, abroad = latest(view, "patent_families"), latest(view, "patent_families_abroad")
    if families is None or not families.value > 0:
        return []
    return [
        check.finding(
            "families",
            Kind.ASSET,
            Severity.LOW,
            "patent_families",
            families.facts + (abroad.facts if abroad is not None else ()),
            variant="abroad" if abroad is not None else "alone",
            n=families.value,
            abroad=abroad.value if abroad is not None else None,
        )
    ]


PATENT_PORTFOLIO = Check(
    id="patent-portfolio",
    stream="technology",
    needs=(Need("patent_families"), Need("inventors_left_share"), Need("blocking_families")),
    literature=f"{APPROPRIATION}; {INVENTORS}",
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
