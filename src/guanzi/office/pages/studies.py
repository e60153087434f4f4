"""Tracks and chains of the library as reports to read: which window is open, what a city has of a chain."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse

from guanzi.base.core import InvalidInput, Message, render
from guanzi.jobs.chains import chain_names, links, sides, targets
from guanzi.jobs.tracks import trackwindow
from guanzi.office.actions import ACTIONS, may
from guanzi.office.models import DroppedLead
from guanzi.office.pages.alone import Way, alone
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
def _page(chain: str, city: str, anchor: str, lang: str) -> tuple[str, tuple[Way, ...]]:
    """A chain in a city as a page, with links to a page for each firm that may be its anchor."""
    asked = links.Request(chain, city, anchor=anchor)
    found = links.grade(asked)
    address = f"/studies/chain/?chain={chain}&city={city}"
    firms = [(id, found.view.firms[id].name.localised(lang)) for id in links.product_makers(found)]
    anchors = tuple((f"{address}&anchor={id}", _say("anchored", lang, firm=name)) for id, name in firms if id != anchor)
    return links.page(asked, found, lang), anchors


@lru_cache(maxsize=64)
def _compared(chain: str, city: str, beside: str, lang: str) -> str:
    from guanzi.render import document_html  # loads late: charts need much

    return document_html(sides.document_of(sides.compare(sides.Request(chain, city, beside))), lang)


def _say(id: str, lang: str, **params: str | Message) -> str:
    return render(Message.of(f"office.studies.{id}", **params), lang)


def _home(lang: str) -> Way:
    return "/studies/", render(Message.of("office.nav.studies"), lang)


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
def track(request: PersonRequest, name: str) -> HttpResponse:
    """A track as a report, in a document of its own: what could be said of its window, and on which figures."""
    if name not in track_names():
        raise Http404
    return alone(_track_page(name, request.speaks), [_home(request.speaks)], request.speaks)


@login_required
def invited(request: PersonRequest) -> HttpResponse:
    """Whom a city should invite to a chain, each of whom can become a case."""
    name, city = _asked(request)
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
def chain(request: PersonRequest) -> HttpResponse:
    """A chain as a city has it, in a document of its own."""
    name, city, lang = *_asked(request), request.speaks
    try:
        page, anchors = _page(name, city, request.GET.get("anchor", ""), lang)
    except InvalidInput as error:
        return show(request, "refused.html.j2", 422, problems=error.problems, back="/studies/")
    invite = f"/studies/targets/?chain={name}&city={city}", _say("invite", lang)
    return alone(page, [_home(lang), invite, *anchors], lang)


@login_required
def compared(request: PersonRequest) -> HttpResponse:
    """A chain as two cities have it, side by side, in a document of its own."""
    (name, city), lang = _asked(request), request.speaks
    try:
        page = _compared(name, city, request.GET.get("beside", ""), lang)
    except InvalidInput as error:
        return show(request, "refused.html.j2", 422, problems=error.problems, back="/studies/")
    return alone(page, [_home(lang)], lang)


def _asked(request: PersonRequest) -> tuple[str, str]:
    """The chain and the city that an address names."""
    name, city = request.GET.get("chain", ""), request.GET.get("city", "")
    if name not in chain_names() or city not in city_names():
        raise Http404
    return name, city
