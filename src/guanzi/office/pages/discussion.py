"""The discussions of a case: those on one subject, or all, and the forms that open and answer them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F, Prefetch
from django.http import HttpResponse

from guanzi.office.cases.subjects import subject_of
from guanzi.office.deciding.discussions import KINDS, readable, refusal
from guanzi.office.deciding.now import CaseNow
from guanzi.office.models import DiscussionRemark, Mention
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.permissions import allowed
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.pages.tables import table_asked
from guanzi.office.people.visibility import who_sees

PAGE = 20
_ACTIONS = ("discussion.open", "discussion.answer", "discussion.resolve", "discussion.reopen", "discussion.read")


@login_required
def discussion(request: PersonRequest, slug: str) -> HttpResponse:
    """Discussions, the open ones first, the newest of each first; ``?of=kind:id`` those on one subject."""
    now = CaseNow(case := case_of(request, slug))
    asked = table_asked(request, ("of",), ())
    kind, _, about = asked.kept.get("of", "").partition(":")
    found = readable(case, request.user, now.panels)
    if kind in KINDS:
        found = found.filter(kind=kind, about=about)
    else:
        kind, about = "case", ""
    remarks = DiscussionRemark.objects.select_related("person").order_by("pk")
    rows = found.select_related("resolved_by").prefetch_related(Prefetch("remarks", remarks))
    waiting = Mention.objects.filter(person=request.user, done_at=None, remark__discussion__case=case)
    return show(
        request,
        "discussion.html.j2",
        case=case,
        tab="discussion",
        asked=asked,
        page=Paginator(rows.order_by(F("resolved_at").asc(nulls_first=True), "-pk"), PAGE).get_page(
            request.GET.get("page")
        ),
        kind=kind,
        about=about,
        subject=subject_of(case, kind, about, now.panels),
        because=refusal(request.user, kind, about, now.panels),
        mentioned=set(waiting.values_list("remark__discussion", flat=True)),
        people=who_sees(case).exclude(pk=request.user.pk).order_by("username"),
        may=allowed(request, case, *_ACTIONS),
    )
