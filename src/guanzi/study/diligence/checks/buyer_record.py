"""Record of the buyer or investor: who it is, whether it knows the trade, and how it stands to the seller.

Threshold: a buyer younger than a year has no annual accounts that an auditor has signed (by arithmetic).
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.checks.answers import described
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import DIVERSIFICATION, IDENTITY, RELATED_PARTIES
from guanzi.study.diligence.objects import is_bought

YEAR = 12.0


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    return (
        *check.in_words(
            view, "buyer_sanction", "sanction", Kind.RISK, Severity.HIGH, "buyer_sanctioned", literature=IDENTITY
        ),
        *_age(check, view),
        *check.in_words(
            view, "buyer_relation", "relation", Kind.RISK, Severity.HIGH, "buyer_related", literature=RELATED_PARTIES
        ),
        *_trade(check, view),
    )


def _age(check: Check, view: View) -> list[Finding]:
    age = latest(view, "buyer_age")
    if age is None:
        return []
    young = age.value < YEAR
    return [
        check.finding(
            "age",
            Kind.RISK if young else Kind.ASSET,
            Severity.HIGH if young else Severity.LOW,
            "buyer_new" if young else "buyer_established",
            age.facts,
            literature=IDENTITY,
            variant="young" if young else "old",
            months=age.value,
        )
    ]


def _trade(check: Check, view: View) -> list[Finding]:
    """Whether it has made such products; when this is only told in words, a person must read them."""
    facts = ("buyer_industry_record", "buyer_record")
    codes = ("buyer_without_record", "buyer_of_the_trade", "gap_buyer_record")
    severities = (Severity.HIGH, Severity.MEDIUM, Severity.HIGH)
    return described(check, view, facts, "trade", codes, severities, ("new", "made"))


BUYER_RECORD = Check(
    id="buyer-record",
    stream="people",
    needs=(
        Need("buyer_industry_record"),
        Need("buyer_record"),
        Need("buyer_age"),
        Need("buyer_sanction"),
        Need("buyer_relation"),
    ),
    literature=DIVERSIFICATION,
    conclude=_conclude,
    severity_if_missing=Severity.LOW,
    asks=is_bought,
)
