"""The registry of scenes: what the city offers for a first use, and what pilots in it showed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from guanzi.office.actions.scenes import OFFERING
from guanzi.office.models import PilotRun, Scene
from guanzi.office.pages.rendering import show
from guanzi.office.visibility import visible_cases


@login_required
def scenes(request: HttpRequest) -> HttpResponse:
    """Scenes of the organisation, and pilots of the cases that the person can see."""
    person = request.user
    mine = visible_cases(person)
    found = Scene.objects.filter(organisation_id=person.organisation_id).order_by("state", "opens", "pk")
    pilots = PilotRun.objects.filter(case__in=mine).select_related("scene", "case").order_by("-begun_on", "pk")
    seated = mine.filter(seats__person=person, seats__part__in=("lead", "analyst", "expert", "manager"))
    return show(
        request,
        "scenes.html.j2",
        scenes=found,
        pilots=pilots,
        cases=seated.order_by("slug"),
        may_offer=bool(OFFERING.roles & person.roles()),
    )
