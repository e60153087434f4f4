"""The difference of two deals: clause by clause, and in results on the same draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guanzi.advice.structuring import Difference, compare_clauses
from guanzi.advice.structuring import difference as compare
from guanzi.base.core import Message, Problem
from guanzi.jobs.shared.versions import Version, find_version, setting_of, view_for, warnings_of
from guanzi.jobs.structuring.declared import DifferenceRequest
from guanzi.record.evidence import View
from guanzi.record.playbooks import load_playbook
from guanzi.render import Document

Request = DifferenceRequest


@dataclass(frozen=True, slots=True)
class Result:
    """Both versions, whose model was used (None: nobody's), what differs, and what the model does not compute."""

    before: Version
    after: Version
    view: View | None
    found: Difference
    warnings: tuple[Problem, ...] = ()


def compare_deals(request: Request) -> Result:
    """Compare two term sheets, or two versions of one.

    Raises:
        InvalidInput: There is no such version, or one of them cannot be simulated.
    """
    old, new = find_version(request.before), find_version(request.after)
    view = None if request.words_only else view_for((old, new), request.case, request.as_of)
    if view is None:
        notes = () if request.words_only else (Message.of("structuring.note.no_case"),)
        return Result(old, new, None, Difference(compare_clauses(old.sheet, new.sheet), notes=notes))
    method, run = load_playbook(request.playbook), request.run
    a, b = setting_of(old, view, method), setting_of(new, view, method)
    with run.working("paths", 2 * run.paths) as advance:
        found = compare(a, b, paths=run.paths, seed=run.seed, threads=run.threads, progress=advance)
    return Result(old, new, view, found, (*warnings_of(old, view), *warnings_of(new, view)))


def document_of(result: Result) -> Document:
    """The difference as a document."""
    from guanzi.jobs.structuring.documents.difference import (
        difference_document,  # loads late: pages need a large library
    )

    old = result.before
    return difference_document(result.found, (old.label, result.after.label), old.sheet)


def data(result: Result) -> dict[str, Any]:
    """The difference as plain data."""
    view = result.view
    about = {"before": result.before.label, "after": result.after.label, "model_of": view.id if view else None}
    return about | result.found.data()
