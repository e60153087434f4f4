"""A draft with its free terms and the model of its case: what a search and a walk-away value begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanzi.advice.structuring import Draft, figures, free_terms
from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.jobs.shared.versions import Version, find_version, setting_of, view_for, warnings_of
from guanzi.record.playbooks import load_playbook


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """Which draft, and whose company model.

    Attributes:
        draft: A term sheet: file, ``CASE``, ``CASE@DAY`` or ``CASE@NAME``.
        terms: Terms that are free, each an address with an interval where one is stated; empty: the usual ones.
        case: Whose company model is used; None: the case of the draft.
        as_of: Knowledge date of the model; None: the decision date.
        playbook: Name or file of the playbook.
    """

    draft: str
    terms: tuple[str, ...] = ()
    case: str | None = None
    as_of: date | None = None
    playbook: str = "hefei"


@dataclass(frozen=True, slots=True)
class Drafted:
    """The version that is meant, as a draft, with what its model does not compute."""

    version: Version
    draft: Draft
    warnings: tuple[Problem, ...]


def open_draft(request: DraftRequest, option: str) -> Drafted:
    """Read a draft and calibrate the model of its case.

    Args:
        request: What is asked.
        option: Where the terms were named, for refusals.

    Raises:
        InvalidInput: It belongs to no case, or a wish is none.
    """
    version = find_version(request.draft)
    terms = free_terms(figures(version.document), request.terms, Place(option))
    if not terms:
        fix = Message.of("structuring.free.list")
        problem = Problem(Message.of("desk.structure.nothing_free"), version.sheet.place, fix)
        raise InvalidInput(version.located([problem]))
    view = view_for((version,), request.case, request.as_of)
    if view is None:
        cause, fix = Message.of("desk.structure.no_case"), Message.of("desk.structure.no_case.mend")
        raise InvalidInput(Problem(cause, version.sheet.place, fix))
    draft = Draft(version.document, setting_of(version, view, load_playbook(request.playbook)), terms)
    return Drafted(version, draft, warnings_of(version, view))
