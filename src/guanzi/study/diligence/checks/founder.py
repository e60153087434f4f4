"""Founder record: what the founders did before, and how earlier talks with public investors ended."""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, lacking, latest, there, words
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import ADVERSE_SELECTION, FOUNDERS
from guanzi.study.diligence.objects import needs_backing


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    found: list[Finding] = []
    before, never = there(view, "founder_prior_exit"), lacking(view, "founder_prior_exit")
    if before is not None:
        found.append(
            check.finding("prior-exit", Kind.ASSET, Severity.MEDIUM, "founder_record", before[1], text=before[0])
        )
    elif never is not None:
        found.append(check.finding("no-exit", Kind.RISK, Severity.LOW, "no_founder_exit", never[1], text=never[0]))
    elif check.has_evidence(view):
        told = words(view, "founder_record")
        found.append(
            check.gap(
                "record-unknown",
                Severity.MEDIUM,
                "gap_founder_record",
                facts=told[1] if told else (),
                variant="told" if told else "alone",
                text=told[0] if told else "",
            )
        )
    failed = latest(view, "failed_public_deals")
    if failed is not None and failed.value > 0:
        elsewhere = latest(view, "public_framework_elsewhere")
        found.append(
            check.finding(
                "failed-deals",
                Kind.RISK,
                Severity.HIGH if failed.value > 1 else Severity.MEDIUM,
                "failed_public_deals",
                failed.facts + (elsewhere.facts if elsewhere else ()),
                literature=ADVERSE_SELECTION,
                variant="with-framework" if elsewhere else "alone",
                n=failed.value,
                amount=elsewhere.value if elsewhere else None,
                at=str(elsewhere.period) if elsewhere else None,
            )
        )
    asked = latest(view, "cities_approached")
    if asked is not None:
        found.append(check.finding("cities", Kind.RISK, Severity.LOW, "shopped_around", asked.facts, n=asked.value))
    return tuple(found)


FOUNDER = Check(
    id="founder",
    stream="people",
    needs=(
        Need("founder_prior_exit"),
        Need("founder_record"),
        Need("failed_public_deals"),
        Need("cities_approached"),
        Need("public_framework_elsewhere"),
    ),
    literature=FOUNDERS,
    conclude=_conclude,
    core=True,
    asks=needs_backing,
)
