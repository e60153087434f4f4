"""The list of cases, and a case at a glance."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.utils import timezone

from guanzi.base.core import Message, render
from guanzi.jobs.evidence import cases as cases_service
from guanzi.office.actions.seats import PARTS
from guanzi.office.cases.endedbets import counted
from guanzi.office.deciding.discussions import open_counts
from guanzi.office.deciding.gates import needs_of
from guanzi.office.deciding.now import CaseNow
from guanzi.office.deciding.sittings import to_decide
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import OfficeCase, Sitting
from guanzi.office.pages.clocks import clock_of
from guanzi.office.pages.permissions import allowed
from guanzi.office.pages.rendering import in_language, industry_name, show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.pages.surroundings import surroundings_of
from guanzi.office.pages.tables import TableAsked, file_asked, list_asked, table_file
from guanzi.office.people.visibility import Viewer

PAGE = 50
STATES = ("open", "signed", "declined", "closed")
_ACTIONS = ("case.give_seat", "evidence.replace_folder", "case.take_precedents")
SORTS = ("case", "region", "industry", "stage", "state", "due")
_HEADS = ("log.case", "cases.case", "portfolio.company", "cases.region", "portfolio.industry", "cases.stage",
          "portfolio.state", "cases.due")  # fmt: skip


def case_of(request: PersonRequest, slug: str, sittings: QuerySet[Sitting] | None = None) -> OfficeCase:
    """The case of an address, with its sittings, of which the head of every page tells whether it is decided.

    Raises:
        Http404: There is none that the person can see.
    """
    found = request.viewer.case(slug)
    if found is None:
        raise Http404
    prefetch_related_objects([found], Prefetch("sittings", sittings))
    return found


@login_required
def cases(request: PersonRequest) -> HttpResponse:
    """Cases that the person can see, or their table as a file."""
    lang = request.speaks
    asked = list_asked(request, "cases", SORTS)
    seen = request.viewer.cases
    title = {"case": "title_zh" if lang == "zh" else "title", "region": "region_zh" if lang == "zh" else "region"}
    found = asked.ordered(_filtered(seen, asked, request.viewer), "state", "due", "slug", **title)
    if kind := file_asked(request):
        heads = [render(Message.of(f"office.{name}"), lang) for name in _HEADS]
        return table_file(kind, "cases", heads, [_cells(one, lang) for one in found])
    page = Paginator(to_decide(found), PAGE).get_page(request.GET.get("page"))
    codes = seen.exclude(industry="").order_by("industry").values_list("industry", flat=True).distinct()
    return show(
        request,
        "cases.html.j2",
        page=page,
        asked=asked,
        stages=[(one.id, render(Message.of(f"office.stage.{one.id}"), lang)) for one in workflow().stages],
        named_states=[(one, render(Message.of(f"office.state.{one}"), lang)) for one in STATES],
        industries=[(code, industry_name(code, lang)) for code in codes],
        builtin=_builtin(lang),
    )


def _filtered(seen: QuerySet[OfficeCase], asked: TableAsked, viewer: Viewer) -> QuerySet[OfficeCase]:
    words = {name: asked.kept[name] for name in ("stage", "state", "industry") if name in asked.kept}
    found = seen.filter(**words)
    if "mine" in asked.kept:
        found = found.filter(pk__in=viewer.parts)
    if text := asked.kept.get("q"):
        either = Q()
        for name in ("slug", "title", "title_zh", "company", "company_zh"):
            either |= Q(**{f"{name}__icontains": text})
        found = found.filter(either)
    return found


def _cells(one: OfficeCase, lang: str) -> list[Any]:
    told = [in_language(one, name, lang) for name in ("title", "company", "region")]
    words = [render(Message.of(f"office.{kind}.{getattr(one, kind)}"), lang) for kind in ("stage", "state")]
    return [one.slug, *told, industry_name(one.industry, lang), *words, one.due]


@cache
def _builtin(lang: str) -> list[tuple[str, str]]:
    """The built-in cases with their titles, in the order of the titles."""
    return sorted(((one.id, one.title.localised(lang)) for one in cases_service.list_cases()), key=lambda pair: pair[1])


@login_required
def case(request: PersonRequest, slug: str) -> HttpResponse:
    """A case at a glance: stage, clock, streams, seats, newest appraisal and sitting."""
    found = case_of(request, slug)
    now, may = CaseNow(found), allowed(request, found, *_ACTIONS)
    return show(
        request,
        "case.html.j2",
        case=found,
        tab="glance",
        streams=now.streams,
        seats=sorted(now.seats, key=lambda one: (one.part, one.person.username)),
        may_seat="case.give_seat" in may,
        may_replace="evidence.replace_folder" in may,
        may_take="case.take_precedents" in may,
        ended=counted(found) if found.state == "open" else (0, 0),
        around=surroundings_of(found, request.speaks),
        outcome=getattr(found, "outcome", None) if found.state == "closed" else None,
        colleagues=found.organisation.people.filter(is_active=True).order_by("username"),
        parts=[(part, render(Message.of(f"office.part.{part}"), request.speaks)) for part in PARTS],
        clock=clock_of(found, timezone.localdate()),
        needs=needs_of(now) if found.state == "open" else (),
        discussed=open_counts(found),
        facts=now.facts[0],
        newest=found.appraisals.filter(state="done").select_related("version").order_by("-asked_at").first(),
        sitting=max(found.sittings.all(), key=lambda one: one.opened_at, default=None),
        warnings=found.warnings.filter(seen_by=None, gone_at=None).count() if found.state == "signed" else 0,
    )
