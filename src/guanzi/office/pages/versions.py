"""Versions of a case: who made which and why, and what differs between two of them."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from guanzi.office.cases.versions import compare
from guanzi.office.deciding.panels import seeds_before
from guanzi.office.models import CaseVersion
from guanzi.office.numbers import number_in
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest

PAGE = 50
MOST_FACTS = 300


@login_required
def versions(request: PersonRequest, slug: str) -> HttpResponse:
    """All versions, the newest first; a form leads to the difference of two."""
    case = case_of(request, slug)
    a, b = number_in(request.GET.get("a")), number_in(request.GET.get("b"))
    if a is not None and b is not None:
        return redirect(f"/cases/{case.slug}/versions/{a}/{b}/")
    found = case.versions.select_related("made_by").order_by("-number")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return show(request, "versions.html.j2", case=case, tab="evidence", page=page)


@login_required
def difference(request: PersonRequest, slug: str, before: int, after: int) -> HttpResponse:
    """What differs between two versions."""
    case = case_of(request, slug)
    found = {row.number: row for row in case.versions.select_related("made_by").filter(number__in=(before, after))}
    if not {before, after} <= found.keys():
        raise Http404
    old, new = found[before], found[after]
    changes = compare(old, new, case.slug)
    hidden = seeds_before(case, request.user)
    between: list[CaseVersion] = list(
        case.versions.select_related("made_by").filter(number__gt=before, number__lte=after).order_by("number")[:PAGE]
    )
    return show(
        request,
        "version_difference.html.j2",
        case=case,
        tab="evidence",
        old=old,
        new=new,
        files=[replace(one, lines=None) if one.path in hidden else one for one in changes.files],
        facts=changes.facts[:MOST_FACTS],
        more=max(0, len(changes.facts) - MOST_FACTS),
        between=between,
    )
