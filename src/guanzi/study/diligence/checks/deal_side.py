"""What the public side depends on through the deal: exit, partners in the money, conditions, unseen clauses."""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, flag, lacking, latest, there
from guanzi.study.diligence.check import Check
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import SYNDICATION, WRONG_WAY

STREAM = "terms"


def deal_findings(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    """Findings about the deal; a gap when there is no term sheet to look at."""
    if deal is None:
        terms = check.within(STREAM).gap("no-terms", Severity.HIGH, "gap_terms")
        return (terms, *_partners(check, view, ()))
    return (
        *_put(check, view, deal),
        *_partners(check, view, deal.co_investors),
        *_money(check, deal),
        *_covenants(check, deal),
        *_unseen(check, deal),
    )


def _put(check: Check, view: View, deal: DealFacts) -> list[Finding]:
    if deal.buys_shares is False:
        return []
    if deal.has_put is None:
        return [check.within(STREAM).gap("put-unseen", Severity.HIGH, "gap_put")]
    if not deal.has_put:
        form = "" if deal.buys_shares else "unseen"
        return [check.within(STREAM).finding("no-put", Kind.RISK, Severity.HIGH, "no_put", variant=form)]
    found = [check.within(STREAM).finding("put", Kind.ASSET, Severity.MEDIUM, "put_right")]
    if deal.put_obligors is None:
        found.append(check.within(STREAM).gap("obligor", Severity.HIGH, "gap_obligor"))
    if deal.put_on_company_only is not False:
        weak, facts = _weak(view)
        found.append(
            check.within(STREAM).finding(
                "wrong-way",
                Kind.RISK,
                Severity.HIGH if weak else Severity.MEDIUM,
                "put_wrong_way",
                facts,
                literature=WRONG_WAY,
                variant="known" if deal.put_on_company_only else "assumed",
            )
        )
    return found


def _weak(view: View) -> tuple[bool, tuple[str, ...]]:
    """Whether the company is already in doubt, and the facts that say so."""
    doubt, equity = flag(view, "going_concern_doubt"), latest(view, "equity")
    facts = (doubt[1] if doubt and doubt[0] else ()) + (equity.facts if equity and equity.value < 0 else ())
    return bool(facts), facts


def _partners(check: Check, view: View, names: tuple[str, ...]) -> list[Finding]:
    fact, alone = there(view, "co_investors"), lacking(view, "co_investors")
    if not names and alone is not None:
        return [
            check.within(STREAM).finding(
                "alone",
                Kind.RISK,
                Severity.MEDIUM,
                "no_co_investors",
                alone[1],
                literature=SYNDICATION,
                text=alone[0],
            )
        ]
    if not names and fact is None:
        return []
    return [
        check.within(STREAM).finding(
            "co-investors",
            Kind.ASSET,
            Severity.MEDIUM,
            "co_investors",
            fact[1] if fact else (),
            literature=SYNDICATION,
            variant="named" if names else "text",
            names=names,
            text=fact[0] if fact else "",
        )
    ]


def _money(check: Check, deal: DealFacts) -> list[Finding]:
    found = []
    if deal.instalments and deal.conditional_instalments < deal.instalments:
        found.append(
            check.within(STREAM).finding(
                "calendar",
                Kind.RISK,
                Severity.HIGH if deal.conditional_instalments == 0 else Severity.MEDIUM,
                "calendar_instalments",
                variant="events" if deal.awaited_events else "",
                free=deal.instalments - deal.conditional_instalments,
                events=deal.awaited_events,
                n=deal.instalments,
            )
        )
    if deal.has_call:
        found.append(check.within(STREAM).finding("call", Kind.RISK, Severity.LOW, "capped_upside"))
    if deal.baseline_tiers:
        found.append(
            check.within(STREAM).finding("bound", Kind.ASSET, Severity.MEDIUM, "baseline_binding",
                          tiers=deal.baseline_tiers)
        )  # fmt: skip
    return found


def _covenants(check: Check, deal: DealFacts) -> list[Finding]:
    found = []
    if deal.covenants_without_remedy:
        found.append(
            check.within(STREAM).finding(
                "no-remedy",
                Kind.RISK,
                Severity.MEDIUM,
                "covenant_without_remedy",
                names=deal.covenants_without_remedy,
            )
        )
    if deal.covenants_remedy_unknown:
        found.append(
            check.within(STREAM).gap("remedy", Severity.MEDIUM, "gap_remedy", names=deal.covenants_remedy_unknown)
        )
    if deal.covenants_unseen:
        found.append(check.within(STREAM).gap("remedy", Severity.MEDIUM, "gap_remedy", variant="unseen"))
    return found


def _unseen(check: Check, deal: DealFacts) -> list[Finding]:
    if not deal.unknown_clauses:
        return []
    return [
        check.within(STREAM).gap(
            "clauses",
            Severity.MEDIUM,
            "gap_clauses",
            n=len(deal.unknown_clauses),
            clauses=deal.unknown_clauses,
        )
    ]
