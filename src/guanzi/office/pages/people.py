"""The people of an organisation: who is there, in which roles, and changes that wait for a second person."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone

from guanzi.office.cases.storage import storage_of
from guanzi.office.models import Person
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.people.foureyes import may_confirm, waiting
from guanzi.office.roles import CONFIRMERS, Role


@login_required
def people(request: PersonRequest) -> HttpResponse:
    """Everybody of the organisation; the administrator changes, and whoever can confirm sees what waits."""
    person, now = request.user, timezone.now()
    if not CONFIRMERS & person.roles():
        raise PermissionDenied
    found = Person.objects.filter(organisation=person.employer).prefetch_related("held").order_by("username")
    changes = waiting(person.employer, now).order_by("asked_at")
    return show(
        request,
        "people.html.j2",
        people=found,
        every_role=list(Role),
        changing=Role.ADMINISTRATOR in person.roles(),
        storage=storage_of(person.employer) if Role.ADMINISTRATOR in person.roles() else None,
        changes=[(change, may_confirm(person, change)) for change in changes],
    )
