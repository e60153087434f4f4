"""The first page: what waits for me."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from guanzi.office.pages.rendering import show
from guanzi.office.waiting import waiting_for


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person, the most urgent first."""
    return show(request, "home.html.j2", waiting=waiting_for(request.user))
