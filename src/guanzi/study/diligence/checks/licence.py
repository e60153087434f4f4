"""Licence to produce: may the company build and sell its product in its own name?

No thresholds: the law asks for a licence or certificate, and the company has it or not. What is said in words about an
application is not read as a licence.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Severity
from guanzi.record.evidence import View
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.checks.answers import described
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import LICENCE_LAW


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    facts = ("production_licence", "licence_text", "production_licence")
    codes = ("no_licence", "licence_held", "gap_licence")
    severities = (Severity.HIGH, Severity.MEDIUM, Severity.HIGH)
    return tuple(described(check, view, facts, "licence", codes, severities, ("missing", "held")))


LICENCE = Check(
    id="licence",
    stream="legal",
    needs=(Need("production_licence"), Need("licence_text")),
    literature=LICENCE_LAW,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
