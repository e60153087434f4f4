"""The record of a case as a file to take along."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse

from guanzi.office.auditlog.log import is_shared
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.records import packed_record
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.roles import Role


@login_required
def record(request: PersonRequest, slug: str) -> HttpResponse:
    """The record of a case for an auditor, as a ZIP file.

    Its proofs tell how long the log is: where several organisations write to it, the keeper of the machine takes it.
    """
    case = case_of(request, slug)
    if Role.AUDITOR not in request.user.roles() or is_shared():
        raise Http404
    answer = HttpResponse(packed_record(case, request.user), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{case.slug}-record.zip"'
    return answer
