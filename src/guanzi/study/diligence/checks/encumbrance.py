"""Title to what the money builds on: rights to the technology and to the plant, and who else has a claim on them.

Threshold: half of the patents, or of the value of the plant, pledged is high (judgement of the project).
"""

from __future__ import annotations

from guanzi.base.core import Finding, Severity
from guanzi.record.evidence import View
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.checks.answers import burden, yes_or_no
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import COLLATERAL, FREEZING

HALF = 0.5
ANY_THIRD = 0.3


def _title(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    return (
        *yes_or_no(check, view, "ip_in_company", "holder", ("ip_elsewhere", "ip_in_company"), True, Severity.HIGH),
        *burden(check, view, "patents_pledged_share", "patents", ("patents_pledged", "patents_free"), HALF),
        *burden(check, view, "plant_pledged_share", "plant", ("plant_pledged", "plant_free"), HALF),
    )


def _frozen(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    codes = ("judgment_debtor", "no_judgment_debtor")
    return (
        *burden(check, view, "frozen_share", "shares", ("shares_frozen", "no_shares_frozen"), ANY_THIRD),
        *yes_or_no(check, view, "judgment_debtor", "debtor", codes, good=False, severity=Severity.CRITICAL),
    )


IP_AND_PLANT = Check(
    id="ip-and-plant",
    stream="legal",
    needs=(Need("ip_in_company"), Need("patents_pledged_share"), Need("plant_pledged_share")),
    literature=COLLATERAL,
    conclude=_title,
    severity_if_missing=Severity.MEDIUM,
)

FROZEN_SHARES = Check(
    id="frozen-shares",
    stream="legal",
    needs=(Need("frozen_share"), Need("judgment_debtor")),
    literature=FREEZING,
    conclude=_frozen,
    severity_if_missing=Severity.MEDIUM,
)
