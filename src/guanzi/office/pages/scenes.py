"""The registry of scenes: what the city offers for a first use, and what pilots in it showed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse

from guanzi.base.core import Message, render
from guanzi.office.actions.scenes import OFFERING
from guanzi.office.models import PilotRun, Scene
from guanzi.office.pages.rendering import in_language, show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.pages.tables import TableAsked, file_asked, list_asked, table_file

SORTS = ("scene", "owner", "opens", "state")
STATES = ("offered", "taken", "withdrawn")
_HEADS = ("scenes.scene", "scenes.owner", "scenes.place", "scenes.need", "scenes.conditions", "scenes.opens",
          "scenes.closes", "stream.state")  # fmt: skip


@login_required
def scenes(request: PersonRequest) -> HttpResponse:
    """Scenes of the organisation, and pilots of the cases that the person can see; or the scenes as a file."""
    person = request.user
    mine = request.viewer.cases
    asked = list_asked(request, "scenes", SORTS)
    found = _filtered(Scene.objects.filter(Q(organisation_id=person.organisation_id)), asked)
    title = {"scene": "title_zh" if request.speaks == "zh" else "title"}
    found = asked.ordered(found, "state", "opens", "pk", **title)
    if kind := file_asked(request):
        heads = [render(Message.of(f"office.{name}"), request.speaks) for name in _HEADS]
        return table_file(kind, "scenes", heads, [_cells(one, request.speaks) for one in found])
    pilots = PilotRun.objects.filter(case__in=mine).select_related("scene", "case").order_by("-begun_on", "pk")
    seated = mine.filter(seats__person=person, seats__part__in=("lead", "analyst", "expert", "manager"))
    return show(
        request,
        "scenes.html.j2",
        scenes=found,
        asked=asked,
        named_states=[(one, render(Message.of(f"office.scenes.state.{one}"), request.speaks)) for one in STATES],
        pilots=pilots,
        cases=seated.order_by("slug"),
        may_offer=bool(OFFERING.roles & person.roles()),
    )


def _filtered(found: QuerySet[Scene], asked: TableAsked) -> QuerySet[Scene]:
    if state := asked.kept.get("state"):
        found = found.filter(state=state)
    if text := asked.kept.get("q"):
        either = Q()
        for name in ("title", "title_zh", "owner", "place", "need"):
            either |= Q(**{f"{name}__icontains": text})
        found = found.filter(either)
    return found


def _cells(one: Scene, lang: str) -> list[Any]:
    state = render(Message.of(f"office.scenes.state.{one.state}"), lang)
    return [
        in_language(one, "title", lang),
        one.owner,
        one.place,
        one.need,
        one.conditions,
        one.opens,
        one.closes,
        state,
    ]
