"""Technology in kind against cash: how much of what the company or partner brings in is money.

Thresholds: until 2013 the Company Law of China asked for at least 30 % of the capital in cash (2005 revision, article
27), so more than 70 % in kind is high; more than half in kind is a judgement of the project.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import ADVERSE_SELECTION, IN_KIND

OLD_LAW, HALF = 0.7, 0.5


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    kind = latest(view, "partner_contribution_in_kind") or latest(view, "asset_contribution_value")
    stated = latest(view, "partner_contribution_cash")
    planned = deal.company_cash_contribution if deal is not None else None
    cash = stated.value if stated is not None else planned
    if kind is None:
        return (check.gap("kind-unknown", Severity.MEDIUM, "gap_in_kind"),) if check.has_evidence(view) else ()
    if cash is None:
        return (check.gap("cash-unknown", Severity.HIGH, "gap_partner_cash", facts=kind.facts, kind_value=kind.value),)
    if not kind.value + cash > 0:
        return ()
    share = kind.value / (kind.value + cash)
    heavy = share > HALF
    return (
        check.finding(
            "share",
            Kind.RISK if heavy else Kind.ASSET,
            Severity.HIGH if share > OLD_LAW else Severity.MEDIUM,
            "contribution_in_kind" if heavy else "contribution_in_cash",
            kind.facts + (stated.facts if stated else ()),
            variant="kind" if heavy else "cash",
            share=share,
            kind_value=kind.value,
            cash=cash,
        ),
    )


CONTRIBUTION = Check(
    id="contribution-in-kind",
    stream="technology",
    needs=(
        Need("partner_contribution_in_kind"),
        Need("asset_contribution_value"),
        Need("partner_contribution_cash"),
    ),
    literature=f"{IN_KIND}; {ADVERSE_SELECTION}",
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
