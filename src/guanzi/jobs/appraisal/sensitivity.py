"""Which assumption moves the result, and which fact turns the advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guanzi.advice.appraisal import Appraisal, AppraisalOptions, TurningFact, appraise, facts_in_use, turning_facts
from guanzi.jobs.appraisal.declared import SensitivityRequest
from guanzi.record.evidence import Case, open_case
from guanzi.record.playbooks import Playbook, load_playbook

if TYPE_CHECKING:
    from guanzi.render import Document

FACT_PATHS = 2_000


Request = SensitivityRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The appraisal with its assumptions by their share; ``turning`` is None when facts were not asked for."""

    appraisal: Appraisal
    turning: tuple[TurningFact, ...] | None


def find_sensitivity(request: Request) -> Result:
    """Appraise, and move what the result may hang on.

    Raises:
        InvalidInput: As :func:`guanzi.jobs.appraisal.appraisal.appraise`.
    """
    case, method, run = open_case(request.case), load_playbook(request.playbook), request.run
    with run.simulating(run.paths) as running:
        asked = AppraisalOptions(worth=False, proposal=False)
        found = appraise(case, request.as_of, method, run.paths, run.seed, running, asked)
    return Result(found, _turning(case, found, method, request) if request.facts else None)


def document_of(result: Result) -> Document:
    """The assumptions by their share, and the facts that turn the advice, as a document."""
    from guanzi.jobs.appraisal.documents.sensitivity import (
        sensitivity_document,  # loads late: charts need a large library
    )

    return sensitivity_document(result.appraisal, result.turning)


def data(result: Result) -> dict[str, Any]:
    """The sensitivity of the appraisal, and with facts those that turn the advice."""
    plain: dict[str, Any] = {"sensitivity": result.appraisal.model_dump(mode="json")["sensitivity"]}
    if result.turning is not None:
        plain["facts"] = [
            {"fact": t.fact, "change": t.change.as_dict(), "becomes": t.becomes, "near": t.near} for t in result.turning
        ]
    return plain


def _turning(case: Case, found: Appraisal, method: Playbook, request: Request) -> tuple[TurningFact, ...]:
    view = case.view(request.as_of or case.decision_date)
    used = {fact.id for fact in facts_in_use(found, view, method)}
    with request.run.working("facts", len(used)) as advance:
        return turning_facts(case, view.as_of, method, FACT_PATHS, request.run.seed, advance, used)
