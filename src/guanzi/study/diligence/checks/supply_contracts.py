"""Terms of supply: how long the main contract runs, what must be bought in any case, and who may end it.

Thresholds, judgements of the project: a contract of less than two years is shorter than any plant takes to build; an
obligation to buy for three tenths of the year's revenue or more is high.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, annual, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.checks.answers import yes_or_no
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import SUPPLY_CONTRACTS

SHORT = 2.0
THREE_TENTHS = 0.3


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    codes = ("supply_ends_on_change", "supply_stays_on_change")
    ends = yes_or_no(check, view, "supply_change_of_control", "control", codes, good=False, severity=Severity.HIGH)
    return (*_term(check, view), *_must_buy(check, view), *ends)


def _term(check: Check, view: View) -> list[Finding]:
    years = latest(view, "supply_contract_years")
    if years is None:
        return []
    short = years.value < SHORT
    return [
        check.finding(
            "term",
            Kind.RISK if short else Kind.ASSET,
            Severity.MEDIUM if short else Severity.LOW,
            "supply_short" if short else "supply_secured",
            years.facts,
            variant="short" if short else "long",
            years=years.value,
        )
    ]


def _must_buy(check: Check, view: View) -> list[Finding]:
    owed, revenue = latest(view, "supply_take_or_pay"), annual(view, "revenue")
    if owed is None or not owed.value > 0:
        return []
    share = owed.value / revenue.value if revenue is not None and revenue.value > 0 else None
    return [
        check.finding(
            "take-or-pay",
            Kind.RISK,
            Severity.HIGH if share is None or share >= THREE_TENTHS else Severity.MEDIUM,
            "take_or_pay",
            owed.facts + (revenue.facts if revenue is not None and share is not None else ()),
            variant="alone" if share is None else "share",
            amount=owed.value,
            share=share,
            period=str(revenue.period) if revenue is not None else None,
        )
    ]


SUPPLY_CONTRACTS_CHECK = Check(
    id="supply-contracts",
    stream="chain",
    needs=(Need("supply_contract_years"), Need("supply_take_or_pay"), Need("supply_change_of_control")),
    literature=SUPPLY_CONTRACTS,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
