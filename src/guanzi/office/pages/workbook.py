"""A workbook dropped on a case: what is wrong with it cell by cell, or what it would change, before it is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from guanzi.base.core import InvalidInput, Problem, asking_as
from guanzi.office.bodies import FILE, takes
from guanzi.office.cases.versions import compare_facts, facts_held
from guanzi.office.cases.workbooks import BESIDE, NAME, is_workbook, read_workbook
from guanzi.office.models import OfficeCase
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.permissions import allowed
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.refusing import no_workbook

MOST = 300
"""Facts and problems that are shown."""


@takes(FILE)
@login_required
@require_http_methods(["GET", "POST"])
def workbook(request: PersonRequest, slug: str) -> HttpResponse:
    """The form that takes a workbook or a folder; sent to this page, a workbook is read and nothing of it is kept."""
    case = case_of(request, slug)
    may = "evidence.replace_folder" in allowed(request, case, "evidence.replace_folder")
    sent = request.FILES.get("archive") if may else None
    read = _read(case, request, sent.read()) if sent is not None else {}
    template = "workbook_check.html.j2" if request.htmx and request.method == "POST" else "workbook.html.j2"
    return show(request, template, case=case, tab="evidence", may=may, read=read)


def _read(case: OfficeCase, request: PersonRequest, content: bytes) -> dict[str, Any]:
    """What a workbook would change, or what is wrong with it."""
    if not is_workbook(content):
        return {"cells": _by_cell([no_workbook()]), "more": 0}
    try:
        with asking_as(f"person-{request.user.pk}"):
            found = read_workbook(content, case.tree)
    except InvalidInput as error:
        errors = [one for one in error.problems if one.severity == "error"]
        remarks = [one for one in error.problems if one.severity != "error"]
        more = max(0, len(errors) - MOST)
        return {"cells": _by_cell(errors[:MOST]), "more": more, "remarks": _by_cell(remarks[:MOST])}
    changes = list(compare_facts(facts_held(case.slug, case.tree), found.facts))
    gone = sorted(name for name in case.tree if name not in found.files and not name.startswith(BESIDE))
    return {
        "facts": changes[:MOST],
        "more": max(0, len(changes) - MOST),
        "gone": gone,
        "count": len(found.facts),
        "remarks": _by_cell(found.remarks[:MOST]),
    }


def _by_cell(problems: Sequence[Problem]) -> list[tuple[str, Problem]]:
    """Problems with the cell of each, in the order of the workbook."""
    return [(str(problem.place).removeprefix(NAME).removeprefix(":"), problem) for problem in problems]
