"""The first page: what waits for me."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone

from guanzi.office.deciding.sittings import to_decide
from guanzi.office.inbox.waiting import waiting_for
from guanzi.office.pages.drawn import amount
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.pages.tables import table_asked
from guanzi.office.paying.holdings import glance_of

PAGE = 50
FIRST = 3
"""Breaches, warnings and days that the first page names; the portfolio has all."""
MOST = 20
"""Cases that the first page shows; the list of cases has all."""


@login_required
def home(request: PersonRequest) -> HttpResponse:
    """What waits for the person, the most urgent first, and the cases at which he sits."""
    viewer = request.viewer
    page = Paginator(waiting_for(viewer), PAGE).get_page(request.GET.get("page"))
    order = ("state", "due", "slug")
    sat = viewer.cases.filter(pk__in=viewer.parts).exclude(state="closed").order_by(*order)
    told = Q(slug__in={item.case for item in page.object_list}) | Q(pk__in=sat.values("pk")[:MOST])
    cases = list(to_decide(viewer.cases.filter(told)).order_by(*order))
    titles = {one.slug: one for one in cases}
    seats = [(one, viewer.parts[one.pk]) for one in cases if one.pk in viewer.parts and one.state != "closed"]
    return show(
        request,
        "home.html.j2",
        page=page,
        asked=table_asked(request, (), ()),
        waiting=[(item, titles.get(item.case)) for item in page.object_list],
        today=timezone.localdate(),
        seats=seats[:MOST],
        most=MOST,
    )


@login_required
def glance(request: PersonRequest) -> HttpResponse:
    """Money, breaches and what is due first, over the signed deals that the person can see."""
    found = glance_of(request.viewer, timezone.localdate())
    lang = request.speaks
    template = "glance.html.j2" if request.htmx else "glance_alone.html.j2"
    return show(
        request,
        template,
        glance=found,
        quarters=[(m, amount(m.planned, m.currency, lang), amount(m.paid, m.currency, lang)) for m in found.money],
        first=FIRST,
    )
