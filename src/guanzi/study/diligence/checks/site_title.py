"""Title to the site: does the plant stand on land that the company can keep?

No thresholds: land that another can take back puts everything built on it at that other's mercy.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Severity
from guanzi.record.evidence import View
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.checks.answers import described
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import TITLE


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    codes = ("site_not_owned", "site_owned", "gap_site_title")
    severities = (Severity.HIGH, Severity.LOW, Severity.MEDIUM)
    return tuple(described(check, view, ("site_owned", "land_text"), "title", codes, severities, ("others", "own")))


SITE_TITLE = Check(
    id="site-title",
    stream="legal",
    needs=(Need("site_owned"), Need("land_text")),
    literature=TITLE,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
