"""The timeline of a case: what was done when by whom, out of the log."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse

from guanzi.office.models import ActionRun
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.entries import in_words
from guanzi.office.pages.log_lines import lines_of
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.people.disclosure import listed

PAGE = 50


@login_required
def timeline(request: PersonRequest, slug: str) -> HttpResponse:
    """What was done in a case, the newest first; names and words that were forgotten stay unsaid."""
    case = case_of(request, slug)
    own = ActionRun.objects.filter(listed(request.user), case=case)
    entries = own.order_by("-entry").values_list("entry", flat=True)
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    told = in_words(lines_of(page.object_list, request.user), case, request.speaks)
    return show(request, "timeline.html.j2", case=case, tab="timeline", page=page, entries=told)
