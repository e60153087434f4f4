"""Litigation: who claims what from the company.

Threshold: claims above a tenth of current assets, the line of SEC Regulation S-K, Item 103.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import CLAIMS

TENTH = 0.1


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    told = check.in_words(view, "litigation_open", "told", Kind.RISK, Severity.MEDIUM, "litigation")
    return (*told, *_count(check, view), *_claims(check, view))


def _count(check: Check, view: View) -> list[Finding]:
    cases = latest(view, "litigation_open")
    if cases is None:
        return []
    some = cases.value > 0
    return [
        check.finding(
            "count",
            Kind.RISK if some else Kind.ASSET,
            Severity.MEDIUM if some else Severity.LOW,
            "litigation" if some else "no_litigation",
            cases.facts,
            variant="some" if some else "none",
            n=cases.value,
            at=str(cases.period),
        )
    ]


def _claims(check: Check, view: View) -> list[Finding]:
    claims = latest(view, "litigation_claims")
    if claims is None or not claims.value > 0:
        return []
    assets = latest(view, "current_assets")
    known = assets is not None and assets.value > 0
    large = assets is not None and known and claims.value > TENTH * assets.value
    return [
        check.finding(
            "claims",
            Kind.RISK,
            Severity.HIGH if large else Severity.MEDIUM,
            "litigation",
            claims.facts + (assets.facts if assets and known else ()),
            variant="against-assets" if known else "alone",
            amount=claims.value,
            share=claims.value / assets.value if assets and known else None,
        )
    ]


LITIGATION = Check(
    id="litigation",
    stream="legal",
    needs=(Need("litigation_open"), Need("litigation_claims")),
    literature=CLAIMS,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
