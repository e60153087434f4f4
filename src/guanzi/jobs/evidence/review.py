"""What a case still needs to carry a forecast; what one step can settle is settled where it is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.advice.appraisal import CaseNeed, CaseReview, review_case
from guanzi.base.core import render
from guanzi.intake.notes import accept_names, confirm_facts
from guanzi.jobs.evidence.declared import CaseNeedData, ReviewData, ReviewRequest
from guanzi.record.evidence import Case, find_case, load_case

Request = ReviewRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The case as it is now, what is left in the order of its effect, and the facts that were settled.

    Attributes:
        case: The case.
        review: What is left.
        renamed: Ids of facts that were renamed; None: it was not asked for.
        confirmed: Ids of facts that were confirmed; None: it was not asked for.
    """

    case: Case
    review: CaseReview
    renamed: tuple[str, ...] | None
    confirmed: tuple[str, ...] | None


def settle(request: Request) -> Result:
    """Settle what was asked for, then look at what is left.

    Raises:
        InvalidInput: There is no such case, or it may not be changed.
    """
    folder = find_case(request.case)
    renamed = confirmed = None
    if request.accept:
        renamed = tuple(p.fact.id for p in accept_names(folder, request.facts))
    if request.confirm is not None:
        confirmed = tuple(confirm_facts(folder, request.confirm, request.facts))
    case = load_case(folder)
    return Result(case, review_case(case, request.playbook), renamed, confirmed)


def data(result: Result, lang: str) -> ReviewData:
    """What is left as plain data, with its sentences in a language."""
    found = result.review
    return {
        "measured": found.measured or None,
        "payments": found.payments,
        "core_checks": {"held": found.coverage.held, "checks": found.coverage.checks},
        "needs": [_data(need, lang) for need in found.needs],
    }


def _data(need: CaseNeed, lang: str) -> CaseNeedData:
    return {
        "kind": need.kind,
        "effect": need.effect,
        "what": render(need.what, lang),
        "mend": render(need.fix, lang),
        "place": str(need.place),
        "fact": need.fact or None,
        "one_step": need.one_step,
    }
