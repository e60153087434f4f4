"""Precedents, playbooks and studies of the library, to be read."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from guanzi.base.core import InvalidInput
from guanzi.desk import cases as cases_desk
from guanzi.desk import playbooks as playbooks_desk
from guanzi.office.pages.rendering import show
from guanzi.office.workflow import workflow
from guanzi.record.playbooks import playbook_names


@login_required
def library(request: HttpRequest) -> HttpResponse:
    """Playbooks, precedents, and the workflow of the office with its clock."""
    return show(
        request,
        "library.html.j2",
        playbooks=playbooks_desk.list_playbooks(),
        precedents=cases_desk.list_cases(),
        flow=workflow(),
    )


@login_required
def playbook(request: HttpRequest, name: str) -> HttpResponse:
    """A playbook: what it says of money, decisions, limits and patience, each with its source."""
    if name not in playbook_names():
        raise Http404
    try:
        found = playbooks_desk.find_playbook(name)
    except InvalidInput:
        raise Http404 from None
    return show(request, "playbook.html.j2", book=found.book, review=found.review)
