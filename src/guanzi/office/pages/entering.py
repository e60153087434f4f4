"""Entering and leaving: password, second factor, language of visitors."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from typing import Any

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_otp import login as login_with

from guanzi.base.core import GuanziError, Problem, catalogue_languages
from guanzi.office.actions import load_actions, perform
from guanzi.office.models import Person
from guanzi.office.pages.middleware import remember_language
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import VisitRequest
from guanzi.office.pages.returning import wanted_path
from guanzi.office.people.credentials import has_device, try_number, try_password
from guanzi.office.people.origins import RequestOrigin, origin_of, remember_browser
from guanzi.office.people.providers import providers, takes_passwords
from guanzi.office.people.ratelimit import TooManyTries

_logger = logging.getLogger("guanzi.office")


@require_http_methods(["GET", "POST"])
def enter(request: VisitRequest) -> HttpResponse:
    """Enter with username, password and, where a device is registered, its number."""
    if request.method == "GET":
        return show(request, "enter.html.j2", wrong="", **ways_in(wanted_path(request)))
    if not takes_passwords():
        return show(request, "enter.html.j2", 403, wrong="", **ways_in(wanted_path(request)))
    origin, device = origin_of(request), None
    try:
        person = try_password("entering", request.POST.get("username", ""), request.POST.get("password", ""), origin)
        if person is not None and has_device(person):
            device = try_number("entering", person, request.POST.get("token", ""), origin)
            person = person if device is not None else None
    except TooManyTries:
        return show(request, "enter.html.j2", 429, wrong="too_many", **ways_in())
    if person is None:
        return show(request, "enter.html.j2", 401, wrong="wrong", **ways_in(wanted_path(request)))
    if refused := _choose(person, request, origin):
        return show(request, "enter.html.j2", 422, wrong="", refused=refused, **ways_in(wanted_path(request)))
    if request.user.is_authenticated:  # who enters again gets another key, too
        request.session.cycle_key()
        request.session.pop("factor", None)
    login(request, person)
    if device is not None:
        login_with(request, device)
    factors = "password" if device is None else "password and device"
    _logger.info("person %s entered from %s by %s", person.pk, origin.address, factors)
    answer = redirect(wanted_path(request))
    remember_browser(request, answer, person.pk)
    return answer


def _choose(person: Person, request: VisitRequest, origin: RequestOrigin) -> Sequence[Problem]:
    """Let somebody who enters choose a password of his own by the same form; why it is refused, or nothing."""
    new = request.POST.get("new", "")
    if not new:
        return ()
    load_actions()
    asked = {"old": request.POST.get("password", ""), "new": new}
    try:
        perform(person, "person.change_password", asked, secrets.token_urlsafe(16), origin)
    except GuanziError as error:
        return error.problems
    person.refresh_from_db()
    return ()


def ways_in(target: str = "/") -> dict[str, Any]:
    """What the page of entering offers, and where it leads."""
    return {"next": target, "providers": providers(), "passwords": takes_passwords()}


@require_POST
def leave(request: VisitRequest) -> HttpResponse:
    """Leave."""
    _logger.info("person %s left", request.user.pk)
    logout(request)
    return _emptied(redirect("/enter/"))


@require_GET
def here(request: VisitRequest) -> HttpResponse:
    """What an open page asks by itself: once its session is over, it goes away from the screen."""
    answer = HttpResponse(status=204)
    if not request.user.is_authenticated:
        answer = _emptied(HttpResponse(status=200))
        answer["HX-Redirect"] = "/enter/"
    return answer


@login_required
def password(request: VisitRequest) -> HttpResponse:
    """Change one's password."""
    return show(request, "password.html.j2")


@require_POST
def language(request: VisitRequest) -> HttpResponse:
    """Choose the language as a visitor."""
    answer = redirect("/enter/")
    chosen = request.POST.get("language", "")
    if chosen in catalogue_languages():
        remember_language(answer, chosen)
    return answer


def _emptied(answer: HttpResponse) -> HttpResponse:
    """Let the browser forget what it holds of pages; the language that was chosen stays."""
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer
