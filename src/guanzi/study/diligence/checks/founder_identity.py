"""Identity and standing of the founder: is it who it says it is, and is it before the courts?

No thresholds: an identity that did not hold is critical, and each lawsuit asks for its file.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, flag, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import IDENTITY
from guanzi.study.diligence.objects import needs_backing


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    found = [*_identity(check, view), *_lawsuits(check, view)]
    if found and not view.named("founder_identity_verified"):
        found.append(check.gap("unverified", Severity.MEDIUM, "gap_identity"))
    return tuple(found)


def _identity(check: Check, view: View) -> list[Finding]:
    verified = flag(view, "founder_identity_verified")
    if verified is None:
        return []
    return [
        check.finding(
            "identity",
            Kind.ASSET if verified[0] else Kind.RISK,
            Severity.MEDIUM if verified[0] else Severity.CRITICAL,
            "founder_identified" if verified[0] else "founder_not_identified",
            verified[1],
            variant="verified" if verified[0] else "failed",
        )
    ]


def _lawsuits(check: Check, view: View) -> list[Finding]:
    lawsuits = latest(view, "founder_lawsuits")
    if lawsuits is None:
        return []
    some = lawsuits.value > 0
    return [
        check.finding(
            "lawsuits",
            Kind.RISK if some else Kind.ASSET,
            Severity.HIGH if some else Severity.LOW,
            "founder_lawsuits" if some else "founder_clear",
            lawsuits.facts,
            variant="some" if some else "none",
            n=lawsuits.value,
            at=str(lawsuits.period),
        )
    ]


FOUNDER_IDENTITY = Check(
    id="founder-identity",
    stream="people",
    needs=(Need("founder_identity_verified"), Need("founder_lawsuits")),
    literature=IDENTITY,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
    asks=needs_backing,
)
