"""The first page: what waits for me."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guanzi.office.models import Seat
from guanzi.office.pages.rendering import show
from guanzi.office.visibility import visible_cases
from guanzi.office.waiting import waiting_for

MOST = 20
"""Cases that the first page shows; the list of cases has all."""


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person, the most urgent first, and the cases at which he sits."""
    person, waiting = request.user, waiting_for(request.user)
    seen = visible_cases(person)
    titles = {one.slug: one for one in seen.filter(slug__in={item.case for item in waiting})}
    seats = Seat.objects.filter(person=person, case__in=seen).exclude(case__state="closed")
    return show(
        request,
        "home.html.j2",
        waiting=[(item, titles.get(item.case)) for item in waiting],
        today=timezone.localdate(),
        seats=seats.select_related("case").order_by("case__state", "case__due", "case__slug")[:MOST],
        most=MOST,
    )
