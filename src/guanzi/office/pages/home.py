"""The first page: what waits for me."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone

from guanzi.office.deciding.sittings import to_decide
from guanzi.office.duties.waiting import waiting_for
from guanzi.office.models import Seat
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.pages.tables import table_asked
from guanzi.office.people.visibility import visible_cases

PAGE = 50
MOST = 20
"""Cases that the first page shows; the list of cases has all."""


@login_required
def home(request: PersonRequest) -> HttpResponse:
    """What waits for the person, the most urgent first, and the cases at which he sits."""
    person, seen = request.user, visible_cases(request.user)
    page = Paginator(waiting_for(person), PAGE).get_page(request.GET.get("page"))
    titles = {one.slug: one for one in seen.filter(slug__in={item.case for item in page.object_list})}
    seats = Seat.objects.filter(person=person, case__in=seen).exclude(case__state="closed")
    seated = list(seats.select_related("case").order_by("case__state", "case__due", "case__slug")[:MOST])
    return show(
        request,
        "home.html.j2",
        page=page,
        asked=table_asked(request, (), ()),
        waiting=[(item, titles.get(item.case)) for item in page.object_list],
        today=timezone.localdate(),
        seats=seated,
        to_decide=to_decide(seat.case for seat in seated),
        most=MOST,
    )
