"""The forms that add to the evidence, and what becomes of documents that are dropped there before they are taken."""

from __future__ import annotations

import base64
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guanzi.base.core import InvalidInput, asking_as
from guanzi.office.bodies import FILE, TEXT, takes
from guanzi.office.cases.documentuploads import DocumentUpload, preview_documents, zipped
from guanzi.office.cases.storage import require_storage
from guanzi.office.models import OfficeCase
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.evidence import document_forms
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest

MOST_RETURNED = TEXT
"""Bytes of documents that a page without a script holds for the next click; larger ones are chosen again."""


@takes(FILE)
@login_required
@require_http_methods(["GET", "POST"])
def adding(request: PersonRequest, slug: str) -> HttpResponse:
    """The forms that add to the evidence; documents sent to this page are read and nothing of them is kept."""
    case = case_of(request, slug)
    forms = document_forms(request, case)
    seen: dict[str, Any] = {}
    if request.method == "POST" and "evidence.upload" in forms["allowed"]:
        seen = _seen(case, request)
        if request.htmx:
            return show(request, "documents_check.html.j2", seen=seen)
    return show(request, "evidence_add.html.j2", seen=seen, chosen=request.POST.getlist("concerns"), **forms)


def _seen(case: OfficeCase, request: PersonRequest) -> dict[str, Any]:
    """What becomes of each document that was sent; and, for a page without a script, the documents themselves."""
    sent = [(file.name or "document", file.read()) for file in request.FILES.getlist("file")]
    filename, content = zipped(sent)
    try:
        with asking_as(f"person-{request.user.pk}"):
            rows = list(preview_documents(case, DocumentUpload(content, filename, timezone.localdate())))
        sizes = {row.sha256: row.bytes for row in rows if row.pages is not None}
        require_storage(case.organisation, sum(sizes.values()))
    except InvalidInput as error:
        return {"problems": error.problems}
    returned = not request.htmx and len(content) <= MOST_RETURNED
    return {
        "rows": rows,
        "taken": len(sizes),
        "without": [row.sha256 for row in rows if row.held or row.problems],
        "filename": filename,
        "file": base64.b64encode(content).decode("ascii") if returned else "",
    }
