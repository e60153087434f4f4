"""The list of cases, and a case at a glance."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse

from guanzi.base.core import Message, render
from guanzi.office.actions import ACTIONS, load_actions, may
from guanzi.office.actions.seats import PARTS
from guanzi.office.models import OfficeCase
from guanzi.office.pages.rendering import show
from guanzi.office.visibility import seat_of, visible_cases
from guanzi.record.evidence import builtin_cases

PAGE = 50


def case_of(request: HttpRequest, slug: str) -> OfficeCase:
    """The case of an address.

    Raises:
        Http404: There is none that the person can see.
    """
    found = visible_cases(request.user).select_related("head", "organisation", "opened_by").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


@login_required
def cases(request: HttpRequest) -> HttpResponse:
    """Cases that the person can see."""
    found = visible_cases(request.user).order_by("state", "due", "slug")
    if words := request.GET.get("q", "").strip():
        found = found.filter(
            Q(slug__icontains=words)
            | Q(title__icontains=words)
            | Q(title_zh__icontains=words)
            | Q(company__icontains=words)
            | Q(company_zh__icontains=words)
        )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return show(request, "cases.html.j2", page=page, q=request.GET.get("q", ""), builtin=sorted(builtin_cases()))


@login_required
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """A case at a glance: stage, clock, streams, seats, newest appraisal and sitting."""
    found = case_of(request, slug)
    load_actions()
    return show(
        request,
        "case.html.j2",
        case=found,
        tab="glance",
        seat=seat_of(request.user, found),
        streams=found.streams.select_related("owner").order_by("due", "stream"),
        seats=found.seats.select_related("person").order_by("part", "person__username"),
        may_seat=may(request.user, ACTIONS["case.give_seat"], found) is None,
        colleagues=found.organisation.people.filter(is_active=True).order_by("username"),
        parts=[(part, render(Message.of(f"office.part.{part}"), request.speaks)) for part in PARTS],
        sittings=found.sittings.order_by("-opened_at")[:5],
        appraisals=found.appraisals.order_by("-asked_at")[:5],
    )
