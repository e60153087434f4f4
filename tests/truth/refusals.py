"""A case that can be read is appraised: it is refused only without a fact of the day, or for an amount without a rate.

To leave out an amount that counts would be to appraise another company; its check names the fact and the rate.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.truth.faults import Fault
from tests.truth.generation import CaseData, load

from guanzi.base.core import InvalidInput, Problem, money_form, rate_between, render
from guanzi.jobs.evidence.factuse import rate_problems
from guanzi.record.evidence import Case, View


def refused(data: CaseData, folder: Path, error: InvalidInput) -> Iterator[Fault]:
    """Faults of a refusal; none where nothing was known on the day, or only a rate is wanting, as its check says.

    Args:
        data: The case.
        folder: An empty folder for it.
        error: What was told.
    """
    try:
        case: Case | None = load(data, folder)
    except InvalidInput:
        case = None
    for problem in error.problems:
        if problem.severity == "error" and (case is None or not _rightly(case, data, problem)):
            said = f"{render(problem.cause)} ({Path(str(problem.place)).name})"
            yield Fault("refusal", "", "", said, data.label, problem.cause.id)


def _rightly(case: Case, data: CaseData, problem: Problem) -> bool:
    view = case.view(data.day or case.decision_date)
    return not view.facts if problem.cause.id == "appraisal.no_facts_yet" else _for_want_of_rate(case, view, problem)


def _for_want_of_rate(case: Case, view: View, problem: Problem) -> bool:
    fact = next((fact for fact in view.facts if fact.id == dict(problem.cause.params).get("fact")), None)
    form = None if fact is None else money_form(fact.unit)
    checked = view.as_of != case.decision_date or problem.cause in [told.cause for told in rate_problems(case)]
    return form is not None and view.currency not in _reached(view, form[0]) and checked


def _reached(view: View, currency: str) -> set[str]:
    """Currencies in which an amount can be told by a rate, or by two."""
    pairs = [set(pair) for fact in view.facts if (pair := rate_between(fact.name)) is not None]
    reached = {currency}
    for _ in range(2):
        reached |= {code for pair in pairs if pair & reached for code in pair}
    return reached
