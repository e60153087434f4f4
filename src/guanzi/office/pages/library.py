"""Precedents, playbooks and studies of the library, to be read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse

from guanzi.base.core import InvalidInput, Message, render
from guanzi.jobs.evidence import cases as cases_service
from guanzi.jobs.playbooks import PlaybookRequest
from guanzi.jobs.playbooks import playbooks as playbooks_service
from guanzi.office.actions import ACTIONS, load_actions, may
from guanzi.office.deciding.workflow import workflow
from guanzi.office.pages.rendering import industry_name, show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.pages.tables import TableAsked, file_asked, list_asked, table_file
from guanzi.record.evidence import Case, Fact, label_of
from guanzi.record.playbooks import playbook_names

SORTS = ("case", "region", "industry", "decided")
_HEADS = ("log.case", "cases.case", "portfolio.company", "cases.region", "portfolio.industry", "library.decided")


@login_required
def library(request: PersonRequest) -> HttpResponse:
    """Playbooks, precedents, and the workflow of the office with its clock; or the precedents as a file."""
    lang = request.speaks
    asked = list_asked(request, "library", SORTS)
    found = asked.sorted(_fitting(asked, lang), lambda one, column: _key(one, column, lang))
    if kind := file_asked(request):
        heads = [render(Message.of(f"office.{name}"), lang) for name in _HEADS]
        return table_file(kind, "precedents", heads, [_cells(one, lang) for one in found])
    return show(
        request,
        "library.html.j2",
        playbooks=playbooks_service.list_playbooks(),
        precedents=found,
        asked=asked,
        industries=[(code, industry_name(code, lang)) for code in sorted({one.industry for one in _shipped()})],
        flow=workflow(),
    )


@login_required
def playbook(request: PersonRequest, name: str) -> HttpResponse:
    """A playbook: what it says of money, decisions, limits and patience, each with its source."""
    if name not in playbook_names():
        raise Http404
    try:
        found = playbooks_service.find_playbook(PlaybookRequest(name))
    except InvalidInput:
        raise Http404 from None
    return show(request, "playbook.html.j2", book=found.book, review=found.review)


@login_required
def precedent(request: PersonRequest, name: str) -> HttpResponse:
    """A precedent as it stood on the day of its decision: the question, and every fact that was known; no outcome."""
    found = next((one for one in _shipped() if one.id == name), None)
    if found is None:
        raise Http404
    load_actions()
    facts = sorted(found.view(found.decision_date).facts, key=lambda one: (one.name, one.subject, str(one.period)))
    return show(
        request,
        "precedent.html.j2",
        case=found,
        facts=[(one, _fact_name(one, request.speaks)) for one in facts],
        sources={one.id: one for one in found.sources},
        may_open=may(request.viewer, ACTIONS["case.open"], None) is None,
    )


@cache
def _shipped() -> Sequence[Case]:
    """The precedents; what is installed does not change while it runs."""
    return tuple(cases_service.list_cases())


def precedents_with(words: Sequence[str]) -> list[Case]:
    """The precedents in whose id, title, company or region each of the words stands, in either language."""

    def holds(one: Case, word: str) -> bool:
        names = (one.company.name, one.company.name_zh, one.region.name, one.region.name_zh)
        return any(
            word.casefold() in (text or "").casefold() for text in (one.id, str(one.title), one.title.zh, *names)
        )

    return [one for one in _shipped() if all(holds(one, word) for word in words)]


def _fitting(asked: TableAsked, lang: str) -> list[Case]:
    words, industry = asked.kept.get("q", ""), asked.kept.get("industry", "")
    return [one for one in precedents_with([words]) if not industry or one.industry == industry]


def _place(one: Any, lang: str) -> str:
    return (one.name_zh if lang == "zh" else "") or str(one.name)


def _key(one: Case, column: str, lang: str) -> Any:
    keys = {"case": one.title.localised(lang), "region": _place(one.region, lang), "decided": one.decision_date}
    return (keys | {"industry": industry_name(one.industry, lang)})[column]


def _cells(one: Case, lang: str) -> list[Any]:
    places = [_place(one.company, lang), _place(one.region, lang)]
    return [one.id, one.title.localised(lang), *places, industry_name(one.industry, lang), one.decision_date]


def _fact_name(fact: Fact, lang: str) -> str:
    label = label_of(fact.name)
    return fact.name if label is None else render(label, lang)
