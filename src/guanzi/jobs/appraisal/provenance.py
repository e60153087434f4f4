"""Follow a figure to its facts, sources, model and seed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from guanzi.advice.appraisal import Appraisal, AppraisalOptions, Why, appraise, from_json, method_sha256, why
from guanzi.base.core import InvalidInput, read_input
from guanzi.jobs.appraisal import appraisal
from guanzi.jobs.appraisal.declared import ProvenanceRequest
from guanzi.jobs.shared.results import belongs
from guanzi.jobs.shared.run import PATHS, SEED
from guanzi.record.evidence import View, open_case
from guanzi.record.playbooks import Playbook, load_playbook

Request = ProvenanceRequest
_FACTS = AppraisalOptions(sensitivity=False, proposal=False)


def follow(request: Request) -> Why:
    """The way of a figure; an appraisal that lies in the default folder and still holds is not repeated.

    Raises:
        InvalidInput: There is no such case, playbook or figure.
    """
    case, method = open_case(request.case), load_playbook(request.playbook)
    view = case.view(request.as_of or case.decision_date)
    if any(fact.id == request.figure for fact in view.facts):  # what rests on no path needs none
        return why(appraise(case, view.as_of, method, paths=1, options=_FACTS), request.figure)
    found = _written(request, view, method)
    if found is None:
        seed = SEED if request.seed is None else request.seed
        run = replace(request.run, paths=request.paths or PATHS, seed=seed)
        asked = appraisal.Request(request.case, request.as_of, request.playbook, run=run)
        found = appraisal.appraise(asked).appraisal
    return why(found, request.figure)


def data(way: Why) -> dict[str, Any]:
    """The way as plain data: each step with what it rests on."""
    return way.as_dict()


def _written(request: Request, view: View, method: Playbook) -> Appraisal | None:
    """The appraisal in the default folder, if it is that of this view and method."""
    file = appraisal.default_folder(view.id, view.as_of) / "appraisal.json"
    if not belongs(file.parent, file.name):
        return None
    try:
        found = from_json(read_input(file).decode("utf-8"), str(file))
    except (UnicodeDecodeError, InvalidInput):
        return None
    v = found.versions
    same = v.view_sha256 == view.sha256 and v.method_sha256 == method_sha256(method)
    wanted = request.paths in (None, v.paths) and request.seed in (None, v.seed)
    return found if same and wanted else None
