"""Ownership of the technology: is it the company's own, may it use it, and is there more than a description?

Threshold: less than half of the core patents in the company's own name is a judgement of the project (a majority).
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, flag, latest, words
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import APPROPRIATION

HALF = 0.5


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    licensed = check.in_words(view, "technology_licensed", "licensed", Kind.RISK, Severity.HIGH, "technology_licensed")
    found = [*licensed, *_owned(check, view), *_free(check, view)]
    text = words(view, "technology_text")
    if not found and text is not None:
        found.append(check.gap("described", Severity.MEDIUM, "gap_technology_owner", facts=text[1], text=text[0]))
    return (*found, *_counted(check, view))


def _owned(check: Check, view: View) -> list[Finding]:
    owned = latest(view, "patents_owned_share")
    if owned is None:
        return []
    own = owned.value >= HALF
    return [
        check.finding(
            "owned",
            Kind.ASSET if own else Kind.RISK,
            Severity.MEDIUM if own else Severity.HIGH,
            "technology_owned" if own else "technology_not_owned",
            owned.facts,
            variant="own" if own else "others",
            share=owned.value,
        )
    ]


def _free(check: Check, view: View) -> list[Finding]:
    free = flag(view, "freedom_to_operate")
    if free is None:
        return []
    return [
        check.finding(
            "freedom",
            Kind.ASSET if free[0] else Kind.RISK,
            Severity.MEDIUM if free[0] else Severity.HIGH,
            "freedom_to_operate" if free[0] else "technology_blocked",
            free[1],
            variant="free" if free[0] else "blocked",
        )
    ]


def _counted(check: Check, view: View) -> list[Finding]:
    patents = latest(view, "patents")
    if patents is None:
        return []
    some = patents.value > 0
    return [
        check.finding(
            "patents",
            Kind.ASSET if some else Kind.RISK,
            Severity.LOW if some else Severity.MEDIUM,
            "patents_held" if some else "no_patents",
            patents.facts,
            variant="some" if some else "none",
            n=patents.value,
        )
    ]


TECHNOLOGY = Check(
    id="technology-ownership",
    stream="technology",
    needs=(
        Need("technology_licensed"),
        Need("patents_owned_share"),
        Need("freedom_to_operate"),
        Need("patents"),
        Need("technology_text"),
    ),
    literature=APPROPRIATION,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
