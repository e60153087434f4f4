"""The route: does the technology that the company has chosen gain on the others, and what would have to be true.

Thresholds: a route is called winning or losing when the posterior probability of its direction is at least 0.9
(judgement of the project); between them the data do not say.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import OWN_SUBJECTS, View, lacking, latest, liquid, series, there, words
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import SUBSTITUTION
from guanzi.study.technology import substitution

SURE = 0.9
AHEAD = 5


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    own = words(view, "technology_route")
    conditions = words(view, "route_conditions")
    found = [] if own is None else [_direction(check, view, *own), *_company_of(check, view, own[0])]
    if conditions is None and (own is not None or check.has_evidence(view)):
        found.append(check.gap("conditions-unknown", Severity.MEDIUM, "gap_route_conditions"))
    told = check.in_words(view, "route_conditions", "conditions", Kind.RISK, Severity.MEDIUM, "route_conditions")
    return (*found, *told, *_switch(check, view))


def _direction(check: Check, view: View, route: str, named: tuple[str, ...]) -> Finding:
    shares = {r.period.start.year: r for r in series(view, "route_share", route, "year")}
    fitted = substitution({year: r.value for year, r in shares.items()})
    others = tuple(sorted(_routes(view) - {route}))
    if fitted is None:
        return check.gap("shares-unknown", Severity.MEDIUM, "gap_route_share", route=route, n=len(shares))
    facts = named + tuple(id for r in shares.values() for id in r.facts)
    year = fitted.last_year + AHEAD
    low, middle, high = fitted.share(year)
    winning, losing = fitted.growing >= SURE, fitted.growing <= 1 - SURE
    return check.finding(
        "direction",
        Kind.ASSET if winning else Kind.RISK,
        Severity.HIGH if losing else Severity.MEDIUM,
        "route_wins" if winning else "route_loses" if losing else "route_open",
        facts,
        variant="wins" if winning else "loses" if losing else "open",
        route=route,
        others=others,
        share=fitted.last_share,
        at=str(fitted.last_year),
        year=str(year),
        low=low,
        middle=middle,
        high=high,
    )


def _company_of(check: Check, view: View, route: str) -> list[Finding]:
    """Who else is on the route: company means standards and suppliers; alone, the company carries them itself."""
    others, alone = there(view, "route_companies", route), lacking(view, "route_companies", route)
    if alone is not None:
        return [check.finding("alone", Kind.RISK, Severity.MEDIUM, "route_alone", alone[1], route=route, text=alone[0])]
    if others is None:
        return [check.gap("companies-unknown", Severity.MEDIUM, "gap_route_companies", route=route)]
    code = "route_companies"
    return [check.finding("companies", Kind.ASSET, Severity.LOW, code, others[1], route=route, text=others[0])]


def _routes(view: View) -> set[str]:
    return {fact.subject for fact in view.facts if fact.name == "route_share"} - OWN_SUBJECTS


def _switch(check: Check, view: View) -> list[Finding]:
    cost = latest(view, "route_switching_cost")
    if cost is None or not cost.value > 0:
        return []
    cash = liquid(view)
    beyond = cash is None or cost.value > cash.value
    return [
        check.finding(
            "switch",
            Kind.RISK,
            Severity.HIGH if beyond else Severity.MEDIUM,
            "route_locked_in" if beyond else "route_can_change",
            cost.facts + (cash.facts if cash is not None else ()),
            variant="alone" if cash is None else "cash",
            amount=cost.value,
            cash=cash.value if cash is not None else None,
        )
    ]


TECHNOLOGY_ROUTE = Check(
    id="technology-route",
    stream="technology",
    needs=(
        Need("technology_route"),
        Need("route_share", "*"),
        Need("route_companies", "*"),
        Need("route_switching_cost"),
        Need("route_conditions"),
    ),
    literature=SUBSTITUTION,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
