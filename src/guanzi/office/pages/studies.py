"""Tracks and chains of the library as reports to read: which window is open, what a city has of a chain."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.csp import csp_override

from guanzi.base.core import InvalidInput
from guanzi.jobs.chains import chain_names, links, targets
from guanzi.jobs.tracks import trackwindow
from guanzi.office.actions import ACTIONS, may
from guanzi.office.models import DroppedLead
from guanzi.office.pages.findings import ALONE
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.record.evidence import city_names, track_names

LISTED = 20
"""Firms of a list of whom to invite."""


@lru_cache
def _windows() -> tuple[Any, ...]:
    return tuple(trackwindow.judge(trackwindow.Request(name)) for name in track_names())


@lru_cache(maxsize=64)
def _track_page(name: str, lang: str) -> str:
    from guanzi.render import document_html  # loads late: charts need much

    return document_html(trackwindow.document_of(trackwindow.judge(trackwindow.Request(name))), lang)


@lru_cache(maxsize=64)
def _page(chain: str, city: str, lang: str) -> str:
    asked = links.Request(chain, city)
    return links.page(asked, links.grade(asked), lang)


@lru_cache(maxsize=64)
def _targets(chain: str, city: str) -> targets.Result:
    return targets.rank(targets.Request(chain, city, top=LISTED))


@login_required
def studies(request: PersonRequest) -> HttpResponse:
    """What there is to read."""
    return show(
        request,
        "studies.html.j2",
        windows=_windows(),
        chains=chain_names(),
        places=city_names(),
    )


@login_required
@csp_override(ALONE)
def track(request: PersonRequest, name: str) -> HttpResponse:
    """A track as a report, in a document of its own: what could be said of its window, and on which figures."""
    if name not in track_names():
        raise Http404
    return HttpResponse(_track_page(name, request.speaks))


@login_required
def invited(request: PersonRequest) -> HttpResponse:
    """Whom a city should invite to a chain, each of whom can become a case."""
    name, city = request.GET.get("chain", ""), request.GET.get("city", "")
    if name not in chain_names() or city not in city_names():
        raise Http404
    try:
        found = _targets(name, city)
    except InvalidInput as error:
        return show(request, "refused.html.j2", 422, problems=error.problems, back="/studies/")
    rows = DroppedLead.objects.filter(organisation=request.viewer.organisation, chain=name, city=city)
    dropped = list(rows.select_related("person").order_by("-at"))
    return show(
        request,
        "targets.html.j2",
        chain=name,
        city=city,
        found=found,
        firms=found.view.firms,
        components=found.view.components,
        dropped=dropped,
        gone={row.firm for row in dropped},
        may_open=may(request.viewer, ACTIONS["case.open"], None) is None,
        may_drop=may(request.viewer, ACTIONS["lead.drop"], None) is None,
    )


@login_required
@csp_override(ALONE)
def chain(request: PersonRequest) -> HttpResponse:
    """A chain as a city has it, in a document of its own."""
    name, city = request.GET.get("chain", ""), request.GET.get("city", "")
    if name not in chain_names() or city not in city_names():
        raise Http404
    try:
        return HttpResponse(_page(name, city, request.speaks))
    except InvalidInput as error:
        return show(request, "refused.html.j2", 422, problems=error.problems, back="/studies/")
