"""Several city promises at once: with how many other cities the company, or who buys it, has agreed on plants.

Thresholds: one agreement elsewhere asks for a question, two or more are high, because a firm without profit cannot
build everywhere; capacity promised elsewhere above what stands here is high (judgements of the project).
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Message, Severity
from guanzi.record.evidence import Reading, View, latest, made_a_year
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import INCENTIVES


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    return (*_count(check, view), *_capacity(check, view))


def _count(check: Check, view: View) -> list[Finding]:
    deals = latest(view, "parallel_city_deals") or latest(view, "city_promises_elsewhere")
    if deals is None:
        return []
    some = deals.value > 0
    money = latest(view, "parallel_investment_commitments")
    several = Severity.HIGH if deals.value > 1 else Severity.MEDIUM
    variant = "amount" if some and money else "some" if some else "none"
    return [
        check.finding(
            "count",
            Kind.RISK if some else Kind.ASSET,
            several,
            "several_city_promises" if some else "no_other_city",
            deals.facts + (money.facts if money and some else ()),
            variant=variant,
            n=deals.value,
            amount=money.value if money else None,
            at=str(deals.period),
        )
    ]


def _capacity(check: Check, view: View) -> list[Finding]:
    elsewhere = latest(view, "plan_capacity_elsewhere")
    if elsewhere is None or not elsewhere.value > 0:
        return []
    here = latest(view, "local_plant_capacity") or latest(view, "plan_capacity")
    larger = here is not None and elsewhere.value > here.value
    return [
        check.finding(
            "capacity",
            Kind.RISK,
            Severity.HIGH if larger else Severity.MEDIUM,
            "capacity_elsewhere",
            elsewhere.facts + (here.facts if here else ()),
            variant="against-here" if here else "alone",
            elsewhere=_capacity_words(view, elsewhere),
            here=_capacity_words(view, here) if here else None,
        )
    ]


def _capacity_words(view: View, capacity: Reading) -> Message:
    return made_a_year(capacity.value, view.fact(capacity.facts[0]).unit)


CITY_PROMISES = Check(
    id="city-promises",
    stream="people",
    needs=(Need("parallel_city_deals"), Need("city_promises_elsewhere"), Need("plan_capacity_elsewhere")),
    literature=INCENTIVES,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
