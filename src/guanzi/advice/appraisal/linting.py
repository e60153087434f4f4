"""What the linter may know of a case: figures of the view and limits of the playbook, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from guanzi.advice.appraisal.deal import budget_of, budget_parties, examined_budget
from guanzi.base.core import HOME, Message, Parameter, Period
from guanzi.deal.lint import LintContext
from guanzi.deal.terms import Observable, TermSheet
from guanzi.record.evidence import Resolution, View, annual, converted_to, made_a_year, newest_margin, over
from guanzi.record.playbooks import FigureTest, Playbook, leaves
from guanzi.study.fiscal import known_debt_limit

YEARLY = {"units": "deliveries", "revenue": "revenue"}
"""Observable to the fact that a year of it is; money is that of the case."""
STATES = {"headcount": "headcount", "capacity_local": "local_plant_capacity"}
MONEY = ("revenue",)
RELATED = ("related_party_purchase_commitment", "related_party_sales_share", "related_party_channel")
"""Facts that say that a related party buys."""
ELSEWHERE = (
    *("public_framework_elsewhere", "parallel_city_deals", "city_promises_elsewhere"),
    *("parallel_investment_commitments", "plan_capacity_elsewhere", "pledged_share"),
)
"""Facts that say that the company, or its buyer, has given the same to others."""
MILLION, YEARS_BACK = 1e6, 3


def lint_context(view: View, sheet: TermSheet, playbook: Playbook) -> LintContext:
    """The facts that rules ask for, as far as the view and the playbook have them.

    Args:
        view: What was known.
        sheet: The term sheet; amounts are in its unit.
        playbook: The governance model with its limits.
    """
    payers = budget_parties(sheet, view)
    party = next(iter(payers), None)
    view = converted_to(view, view.currency).view
    scale = MILLION / sheet.unit
    actual = {**_yearly(view, scale), **_states(view)}
    revenue = _money(view, "budget_revenue", examined_budget(sheet, view), scale)
    rooms = {id: known_debt_limit(view, budget_of(sheet, view, id)).room for id in sheet.public}
    single = _limit(playbook, "mechanism.total") if view.currency == HOME else None  # of playbooks: in yuan
    return LintContext(
        last_actual=actual or None,
        at_signing=_at_signing(view, sheet),
        revenue=None if revenue is None or party is None else {party: revenue},
        sharing=payers,
        revenue_share=_limit(playbook, "public.amount_to_budget", "mechanism.total_to_budget"),
        year_share=_limit(playbook, "budget.worst_year_share"),
        single_name=None if single is None or party is None else {party: single * scale},
        debt_room={id: room * scale for id, room in rooms.items() if room is not None} or None,
        related_buyers=_in_words(view, RELATED),
        elsewhere=_in_words(view, ELSEWHERE),
        hurdle=playbook.hurdle_rate.value,
    )


def _yearly(view: View, scale: float) -> dict[str, float]:
    """What each flow was in the last full year that is known: the pace of a part of a year is no actual."""
    held = {observable: _full_year(view, name) for observable, name in YEARLY.items()}
    units = {observable: scale if observable in MONEY else 1.0 for observable in held}
    return {observable: value * units[observable] for observable, value in held.items() if value is not None}


def _full_year(view: View, name: str) -> float | None:
    newest = annual(view, name)
    if newest is None or newest.form != "annualised":
        return None if newest is None else newest.value
    years = (Period.of("year", date(newest.period.start.year - back, 1, 1)) for back in range(YEARS_BACK))
    return next((found.value for year in years if (found := over(view, name, year)) is not None), None)


def _states(view: View) -> dict[str, float]:
    found = {observable: view.resolve(name) for observable, name in STATES.items()}
    margin = newest_margin(view, "gross_margin")
    held = {} if margin is None else {"gross_margin": margin.value}
    return {observable: fact.value for observable, fact in found.items() if fact is not None} | held


def _at_signing(view: View, sheet: TermSheet) -> Mapping[str, float | bool] | None:
    """What the sheet calls the baseline, the plant that stands, and the people who were counted."""
    baseline = {t.when.tree.name: True for t in sheet.tiers if t.baseline and isinstance(t.when.tree, Observable)}
    capacity = view.resolve("local_plant_capacity")
    known: dict[str, float | bool] = {**baseline}
    if capacity is not None:
        known["capacity_local"] = capacity.value
    for name in ("headcount", "jobs_local"):
        counted = view.resolve(name) or view.resolve(name, "region")
        if counted is not None:
            known[name] = counted.value
    return known or None


def _money(view: View, name: str, subject: str, scale: float) -> float | None:
    held = view.resolve(name, subject)
    return None if held is None else held.value * scale


def _limit(playbook: Playbook, *figures: str) -> float | None:
    """The hardest limit on figures of one kind: the one that declines."""
    tests = [t for row in playbook.table if row.if_fail == "decline" for t in leaves(row.test)]
    values = [t.value for t in tests if isinstance(t, FigureTest) and t.figure in figures and t.op in ("<=", "<")]
    return min(values) if values else None


def _in_words(view: View, names: tuple[str, ...]) -> tuple[Message, ...] | None:
    """Facts of these names in words; None when the view holds none of them: no evidence is not a no."""
    held = [(name, fact) for name in names if (fact := view.resolve(name)) is not None]
    if not held:
        return None
    return tuple(
        Message.of_money(view.currency, f"appraisal.lint.{name}", value=_value(fact))
        for name, fact in held
        if fact.fact.unit == "text" or fact.value > 0
    )


def _value(found: Resolution) -> Parameter:
    if found.fact.unit == "text":
        return found.fact.text
    return made_a_year(found.value, found.fact.unit) if "/" in found.fact.unit else found.value
