"""Going concern and equity: can the company pay its way for another year, and does it own more than it owes?"""

from __future__ import annotations

from functools import partial

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import (
    ENDS,
    View,
    annual,
    annual_before,
    at,
    end_of,
    flag,
    latest,
    net_assets,
    silent_since,
)
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import ALTMAN, ZMIJEWSKI
from guanzi.study.diligence.literature import GOING_CONCERN as STANDARDS
from guanzi.study.diligence.objects import needs_backing
from guanzi.study.diligence.ratios import distress_scores, ratio_warning


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    found = [
        *_ended(check, view),
        *_doubt(check, view),
        *_equity(check, view),
        *_losses(check, view),
        *_scores(check, view),
    ]
    if needs_backing(view) and check.has_evidence(view) and not end_of(view) and not flag(view, "going_concern_doubt"):
        found.extend(_unstated(check, view))
    return tuple(found)


def _unstated(check: Check, view: View) -> list[Finding]:
    """Nobody said whether it can go on, and no equity above nought answers it; what it earns weighs beside that."""
    equity, last = net_assets(view), annual(view, "net_loss")
    earned = last if last is not None and last.value < 0 else None
    gap = partial(check.gap, "unknown", Severity.MEDIUM if earned else Severity.HIGH, "gap_going_concern")
    if equity is not None:
        return [] if equity.value > 0 else [gap(facts=equity.facts, variant="equity", at=str(equity.period))]
    if earned is None:
        return [gap()]
    return [gap(facts=earned.facts, variant="earns", told=earned.opposite.as_message(view.currency))]


def _ended(check: Check, view: View) -> list[Finding]:
    """An insolvency, a stop or a cancelled project: nothing else that is found weighs against it; or a long silence."""
    end = end_of(view)
    if end is None:
        last = silent_since(view)
        if last is None:
            return []
        return [check.gap("silent", Severity.HIGH, "gap_silent", day=last.known_on.isoformat())]
    return [
        check.finding(
            "ended", Kind.RISK, Severity.CRITICAL, "company_ended", (end.fact,), variant=end.name, at=str(end.period)
        )
    ]


def _doubt(check: Check, view: View) -> list[Finding]:
    doubt = flag(view, "going_concern_doubt")
    if doubt is None:
        return []
    stated, facts = doubt
    if stated:
        return [check.finding("doubt", Kind.RISK, Severity.CRITICAL, "going_concern", facts)]
    return [check.finding("no-doubt", Kind.ASSET, Severity.LOW, "going_concern_clear", facts)]


def _equity(check: Check, view: View) -> list[Finding]:
    equity = net_assets(view)
    if equity is None or equity.value == 0:
        return []
    when = str(equity.period)
    if equity.value > 0:
        return [
            check.finding("equity", Kind.ASSET, Severity.LOW, "equity_held", equity.facts, equity=equity.value, at=when)
        ]
    end = equity.period.end
    assets, liabilities = at(view, "total_assets", end), at(view, "total_liabilities", end)
    facts = equity.facts + (assets.facts if assets else ()) + (liabilities.facts if liabilities else ())
    return [
        check.finding(
            "negative-equity",
            Kind.RISK,
            Severity.CRITICAL,
            "negative_equity",
            facts,
            variant="with-totals" if assets and liabilities else "alone",
            equity=-equity.value,
            assets=assets.value if assets else None,
            liabilities=liabilities.value if liabilities else None,
            at=when,
        )
    ]


def _losses(check: Check, view: View) -> list[Finding]:
    last = annual(view, "net_loss")
    deficit = latest(view, "accumulated_deficit")
    if last is None or last.value == 0:
        return []
    if last.value < 0:
        return [
            check.finding(
                "profit",
                Kind.ASSET,
                Severity.MEDIUM,
                "profit",
                last.facts,
                told=last.opposite.as_message(view.currency),
                profit=-last.value,
                period=str(last.period),
            )
        ]
    before = annual_before(view, "net_loss", last)
    facts = last.facts + (before.facts if before else ()) + (deficit.facts if deficit else ())
    rising = before is not None and last.value > before.value
    piled_up = deficit is not None and deficit.value > last.value
    earned = before is not None and before.value < 0
    if earned:
        variant = "turned"
    elif rising:
        variant = "rising" if deficit is not None else "rising-alone"
    else:
        variant = "piled-up" if piled_up else "falling" if before else "single"
    return [
        check.finding(
            "losses",
            Kind.RISK,
            Severity.HIGH if rising or piled_up else Severity.MEDIUM,
            "mounting_losses" if rising or piled_up else "losses",
            facts,
            variant=variant,
            told=last.as_message(view.currency),
            before_told=None if before is None else (before.opposite if earned else before).as_message(view.currency),
            loss=last.value,
            period=str(last.period),
            before=before.value if before else None,
            before_period=str(before.period) if before else None,
            deficit=deficit.value if deficit else None,
        )
    ]


def _scores(check: Check, view: View) -> list[Finding]:
    z, _, p = distress_scores(view)
    facts = z.facts + p.facts
    literature = f"{ALTMAN}; {ZMIJEWSKI}"
    if z.value is None and p.value is None:
        return []
    bad, half = "distress" in (z.zone, p.zone), z.value is None
    certain = "certain" if p.value is not None and p.value > 0.999 else "plain"
    return [
        check.finding(
            "ratios",
            Kind.RISK if bad else Kind.GAP if half else Kind.ASSET,
            Severity.LOW,
            "static_ratios" if bad or not half else "gap_static_ratios",
            facts,
            literature=literature,
            variant=f"half-{certain}" if half else certain,
            z=z.value,
            p=p.value,
            warning=ratio_warning(),
        )
    ]


GOING_CONCERN = Check(
    id="going-concern",
    stream="finance",
    needs=(
        Need("going_concern_doubt"),
        Need("equity"),
        Need("total_assets"),
        Need("total_liabilities"),
        Need("net_loss"),
        Need("accumulated_deficit"),
        *(Need(name) for name in ENDS),
    ),
    literature=STANDARDS,
    conclude=_conclude,
    core=True,
)
