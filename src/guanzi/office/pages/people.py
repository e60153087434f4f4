"""The people of an organisation: who is there, in which roles; for the administrator."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from guanzi.office.models import Person
from guanzi.office.pages.rendering import show
from guanzi.office.roles import Role


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Everybody of the organisation."""
    if Role.ADMINISTRATOR not in request.user.roles():
        raise PermissionDenied
    found = Person.objects.filter(organisation=request.user.organisation).prefetch_related("held").order_by("username")
    return show(request, "people.html.j2", people=found, every_role=list(Role))
