"""Pledged shares: how much of the stock could change hands when a loan is called.

Threshold: Chinese exchanges allow at most half of a company's shares to be pledged in repurchases (2018 revision of the
measures); from there on it is high.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import PLEDGES

HALF = 0.5


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    share = latest(view, "pledged_share")
    if share is None:
        return ()
    some = share.value > 0
    return (
        check.finding(
            "share",
            Kind.RISK if some else Kind.ASSET,
            (Severity.HIGH if share.value >= HALF else Severity.MEDIUM) if some else Severity.LOW,
            "pledged_shares" if some else "no_pledge",
            share.facts,
            variant="some" if some else "none",
            share=share.value,
            at=str(share.period),
        ),
    )


PLEDGED_SHARES = Check(
    id="pledged-shares",
    stream="legal",
    needs=(Need("pledged_share"),),
    literature=PLEDGES,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
