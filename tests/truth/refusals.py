"""A case that can be read is appraised: it is refused only for an amount that counts and that no rate of the day tells.

To leave such an amount out would be to appraise another company; its check names the fact and the rate that fixes it.
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
    """Faults of a refusal; none where each of its problems is the want of a rate, told by the check of the case too.

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
        if problem.severity == "error" and (case is None or not _for_want_of_rate(case, data, problem)):
            said = f"{render(problem.cause)} ({problem.place})"
            yield Fault("refusal", "", "", said, data.label, problem.cause.id)


def _for_want_of_rate(case: Case, data: CaseData, problem: Problem) -> bool:
    view = case.view(data.day or case.decision_date)
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
