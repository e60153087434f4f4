"""Entering and leaving: password, second factor, language of visitors."""

from __future__ import annotations

import logging

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_otp import devices_for_user, match_token
from django_otp import login as login_with

from guanzi.base.core import catalogue_languages
from guanzi.office.models import Person
from guanzi.office.pages.middleware import remember_language
from guanzi.office.pages.rendering import show
from guanzi.office.people.guessing import count_wrong, place_of, too_many

_told = logging.getLogger("guanzi.office")


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter with username, password and, where a device is registered, its number."""
    if request.method == "GET":
        return show(request, "enter.html.j2", wrong="", next=request.GET.get("next", ""))
    username = request.POST.get("username", "")
    if too_many(request, username):
        _told.warning("entering stopped for %s from %s: too many wrong ones", _known(username), place_of(request))
        return show(request, "enter.html.j2", 429, wrong="too_many", next="")
    person = authenticate(request, username=username, password=request.POST.get("password", ""))
    has_device = person is not None and any(devices_for_user(person))
    device = match_token(person, request.POST.get("token", "")) if has_device else None
    if person is None or (has_device and device is None):
        count_wrong(request, username)
        what = "password" if person is None else "number of the device"
        _told.warning("entering refused for %s from %s: %s", _known(username), place_of(request), what)
        return show(request, "enter.html.j2", 401, wrong="wrong", next=request.POST.get("next", ""))
    if request.user.is_authenticated:  # who enters again gets another key, too
        request.session.cycle_key()
    login(request, person)
    if device is not None:
        login_with(request, device)
    factors = "password" if device is None else "password and device"
    _told.info("person %s entered from %s by %s", person.pk, place_of(request), factors)
    return redirect(_wanted(request))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave."""
    _told.info("person %s left", request.user.pk)
    logout(request)
    return _emptied(redirect("/enter/"))


@require_GET
def here(request: HttpRequest) -> HttpResponse:
    """What an open page asks by itself: once its session is over, it goes away from the screen."""
    answer = HttpResponse(status=204)
    if not request.user.is_authenticated:
        answer = _emptied(HttpResponse(status=200))
        answer["HX-Redirect"] = "/enter/"
    return answer


@login_required
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password."""
    return show(request, "password.html.j2")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
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


def _known(username: str) -> str:
    """Who is meant, without the word that was typed: it may be a password in the wrong field."""
    found = Person.objects.filter(username=username).values_list("pk", flat=True).first()
    return "nobody known" if found is None else f"person {found}"


def _wanted(request: HttpRequest) -> str:
    target = request.POST.get("next") or "/"
    return target if url_has_allowed_host_and_scheme(target, None) and target.startswith("/") else "/"
