"""Which assumption moves the result, and which fact turns the advice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from guanzi.advice.appraisal import Appraisal, TurningFact, facts_in_use, turning_facts
from guanzi.jobs.appraisal import appraisal
from guanzi.jobs.appraisal.declared import SensitivityRequest
from guanzi.record.evidence import Case
from guanzi.record.playbooks import load_playbook

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
    asked = appraisal.Request(request.case, request.as_of, request.playbook, run=request.run)
    found = appraisal.appraise(asked)
    turning = _turning(found.case, found.appraisal, request) if request.facts else None
    return Result(found.appraisal, turning)


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


def _turning(case: Case, found: Appraisal, request: Request) -> tuple[TurningFact, ...]:
    method, run = load_playbook(request.playbook), replace(request.run, paths=FACT_PATHS)
    view = case.view(request.as_of or case.decision_date)
    with run.working("facts", len(facts_in_use(found, view))) as advance:
        return turning_facts(case, request.as_of, method, run.paths, run.seed, advance)
