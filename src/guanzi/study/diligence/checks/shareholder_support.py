"""Support by the owners: what they have lent or guaranteed, and whether they can go on.

No thresholds: money that repays owners does not reach the company, whatever the amount.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, annual, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import PROPPING
from guanzi.study.diligence.objects import needs_backing


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    guarantees = check.in_words(
        view, "shareholder_guarantees", "guarantees", Kind.RISK, Severity.MEDIUM, "debt_on_guarantees"
    )
    return (*_loans(check, view), *guarantees, *_parent(check, view))


def _loans(check: Check, view: View) -> list[Finding]:
    loans = latest(view, "shareholder_loans")
    if loans is None:
        return []
    owed = loans.value > 0
    return [
        check.finding(
            "loans",
            Kind.RISK if owed else Kind.ASSET,
            Severity.MEDIUM if owed else Severity.LOW,
            "shareholder_loans" if owed else "no_shareholder_loans",
            loans.facts,
            variant="owed" if owed else "none",
            amount=loans.value,
            at=str(loans.period),
        )
    ]


def _parent(check: Check, view: View) -> list[Finding]:
    loss = annual(view, "parent_net_loss")
    if loss is None or loss.value == 0:
        return []
    lost = loss.value > 0
    return [
        check.finding(
            "parent",
            Kind.RISK if lost else Kind.ASSET,
            Severity.MEDIUM if lost else Severity.LOW,
            "parent_loses" if lost else "parent_earns",
            loss.facts,
            variant="loses" if lost else "earns",
            amount=abs(loss.amount),
            period=str(loss.period),
        )
    ]


SHAREHOLDER_SUPPORT = Check(
    id="shareholder-support",
    stream="finance",
    needs=(Need("shareholder_loans"), Need("shareholder_guarantees"), Need("parent_net_loss")),
    literature=PROPPING,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
    asks=needs_backing,
)
