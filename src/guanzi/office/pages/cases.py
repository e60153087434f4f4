"""The list of cases, and a case at a glance."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone

from guanzi.base.core import Message, render
from guanzi.desk import cases as cases_desk
from guanzi.office.actions import ACTIONS, load_actions, may
from guanzi.office.actions.seats import PARTS
from guanzi.office.deciding.gates import needs_of
from guanzi.office.deciding.sittings import to_decide
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import OfficeCase, Person, Seat
from guanzi.office.pages.clocks import clock_of
from guanzi.office.pages.rendering import in_language, industry_name, show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.pages.tables import TableAsked, file_asked, table_asked, table_file
from guanzi.office.people.visibility import seat_of, visible_cases

PAGE = 50
STATES = ("open", "signed", "declined", "closed")
SORTS = ("case", "region", "industry", "stage", "state", "due")
_HEADS = ("log.case", "cases.case", "portfolio.company", "cases.region", "portfolio.industry", "cases.stage",
          "portfolio.state", "cases.due")  # fmt: skip


def case_of(request: PersonRequest, slug: str) -> OfficeCase:
    """The case of an address.

    Raises:
        Http404: There is none that the person can see.
    """
    found = visible_cases(request.user).select_related("head", "organisation", "opened_by").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


@login_required
def cases(request: PersonRequest) -> HttpResponse:
    """Cases that the person can see, or their table as a file."""
    lang = request.speaks
    asked = table_asked(request, ("q", "stage", "state", "industry", "mine"), SORTS)
    seen = visible_cases(request.user)
    title = {"case": "title_zh" if lang == "zh" else "title", "region": "region_zh" if lang == "zh" else "region"}
    found = asked.ordered(_filtered(seen, asked, request.user), "state", "due", "slug", **title)
    if kind := file_asked(request):
        heads = [render(Message.of(f"office.{name}"), lang) for name in _HEADS]
        return table_file(kind, "cases", heads, [_cells(one, lang) for one in found])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
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
        to_decide=to_decide(page.object_list),
    )


def _filtered(seen: QuerySet[OfficeCase], asked: TableAsked, person: Person) -> QuerySet[OfficeCase]:
    words = {name: asked.kept[name] for name in ("stage", "state", "industry") if name in asked.kept}
    found = seen.filter(**words)
    if "mine" in asked.kept:
        found = found.filter(Exists(Seat.objects.filter(case=OuterRef("pk"), person=person)))
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
    return sorted(((one.id, one.title.said(lang)) for one in cases_desk.list_cases()), key=lambda pair: pair[1])


@login_required
def case(request: PersonRequest, slug: str) -> HttpResponse:
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
        clock=clock_of(found, timezone.localdate()),
        needs=needs_of(found) if found.state == "open" else (),
        facts=found.facts.filter(superseded_by="").count(),
        newest=found.appraisals.filter(state="done").select_related("version").order_by("-asked_at").first(),
        sitting=found.sittings.order_by("-opened_at").first(),
        warnings=found.warnings.filter(seen_by=None, gone_at=None).count(),
    )
