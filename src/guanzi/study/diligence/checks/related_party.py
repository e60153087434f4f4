"""Related-party demand: does the company sell to the market, or to its own owners and their friends?

Thresholds: from three tenths of revenue on, the Chinese regulator asks an issuer whether it can stand alone (CSRC,
Answers to questions, June 2020); above half is critical, as is a promise to buy more than the market ever bought in a
year (judgements of the project).
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, best_year, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import LISTING_QUESTIONS, PROPPING, RELATED_PARTIES
from guanzi.study.diligence.objects import sells

CODE = "related_party_demand"
THREE_TENTHS, HALF = 0.3, 0.5


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    channel = check.in_words(view, "related_party_channel", "channel", Kind.RISK, Severity.HIGH, CODE)
    return (*_share(check, view), *_promise(check, view), *channel)


def _share(check: Check, view: View) -> list[Finding]:
    share = latest(view, "related_party_sales_share")
    if share is None:
        return []
    some = share.value > 0
    severity = Severity.HIGH if share.value >= THREE_TENTHS else Severity.MEDIUM
    return [
        check.finding(
            "share",
            Kind.RISK if some else Kind.ASSET,
            Severity.CRITICAL if share.value > HALF else severity,
            CODE if some else "independent_demand",
            share.facts,
            variant="some" if some else "none",
            share=share.value,
            period=str(share.period),
        )
    ]


def _promise(check: Check, view: View) -> list[Finding]:
    """A promise by a related party to buy, against what others bought in the best year."""
    promise = latest(view, "related_party_purchase_commitment")
    if promise is None or not promise.value > 0:
        return []
    best = best_year(view, "deliveries")
    known = best is not None and best.value > 0
    beyond = best is not None and known and promise.value > best.value
    return [
        check.finding(
            "promise",
            Kind.RISK,
            Severity.CRITICAL if beyond else Severity.HIGH,
            CODE,
            promise.facts + (best.facts if best else ()),
            variant="against-best" if known else "alone",
            n=promise.value,
            best=best.value if best else None,
            period=str(best.period) if best else None,
            times=promise.value / best.value if best and known else None,
        )
    ]


RELATED_PARTY = Check(
    id="related-party-demand",
    stream="users",
    needs=(
        Need("related_party_sales_share"),
        Need("related_party_purchase_commitment"),
        Need("related_party_channel"),
    ),
    literature=f"{RELATED_PARTIES}; {PROPPING}; {LISTING_QUESTIONS}",
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
    asks=sells,
)
