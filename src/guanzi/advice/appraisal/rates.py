"""Amounts that would count and cannot be told in the currency of the case, wherever they would count."""

from __future__ import annotations

from guanzi.advice.appraisal.book import FigureBook
from guanzi.advice.appraisal.known import enter_local, enter_ratios
from guanzi.advice.calibration import ROUND_RATES, no_rate, parents_of_rules
from guanzi.base.core import Kind, Problem
from guanzi.record.evidence import View, converted_to
from guanzi.study.diligence import run_checks
from guanzi.study.fiscal import known_debt_limit, subjects_of_debt

OF_ACCOUNTS = ("budget_revenue", "plan_wage")
"""Facts that the accounts read beside taxes, jobs and debt limits, of whomever they are."""


def without_rate(view: View) -> tuple[Problem, ...]:
    """Facts that the forecast, a check, a ratio or an account would use, if a rate of their currency were held.

    Found by trial: with round rates in place of those that are missing everything is read again, and what is used then
    and was not used before is named with the rate that would fix it.
    """
    missing = converted_to(view, view.currency).without_rate
    if not missing:
        return ()
    seen = converted_to(view, view.currency, judged=ROUND_RATES).view
    used = (_read(seen) - _read(view)) | _of_accounts(seen) | parents_of_rules(seen, view.decision_date)
    return tuple(no_rate(fact, view.currency) for fact in missing if fact.id in used)


def _read(view: View) -> set[str]:
    """Ids of the facts that checks and ratios rest on."""
    book = FigureBook()
    enter_ratios(book, view)
    ratios = {parent for figure in book.figures().values() for parent in figure.parents}
    concluded = (finding for finding in run_checks(view, None) if finding.kind is not Kind.GAP)
    return ratios | {id for finding in concluded for id in finding.facts}


def _of_accounts(view: View) -> set[str]:
    """Ids of the facts that are read in the currency of the case."""
    book = FigureBook()
    enter_local(book, converted_to(view, view.currency))
    local = {parent for figure in book.figures().values() for parent in figure.parents}
    held = (view.resolve(fact.name, fact.subject) for fact in view.facts if fact.name in OF_ACCOUNTS)
    named = {fact.id for found in held if found is not None for fact in (found.fact, *found.others)}
    return local | named | {id for subject in subjects_of_debt(view) for id in known_debt_limit(view, subject).facts}
