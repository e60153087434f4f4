"""What stands around every page: the language, and the way of a new person to a password of his own."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from guanzi.base.core import catalogue_languages

COOKIE = "guanzi-language"
_FREE = ("/enter/", "/leave/", "/password/", "/static/", "/look/", "/do/person.change_password/", "/health")


def language_of(request: HttpRequest) -> str:
    """The language of a page: what the person chose, what a visitor chose, what the browser asks for."""
    person = request.user
    if person.is_authenticated:
        return person.language
    chosen = request.COOKIES.get(COOKIE, "")
    if chosen in catalogue_languages():
        return chosen
    return "zh" if request.headers.get("Accept-Language", "").lower().startswith("zh") else "en"


def speak(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: find the language, and send whoever has a password for one time to change it."""

    def page(request: HttpRequest) -> HttpResponse:
        request.speaks = language_of(request)
        person = request.user
        if person.is_authenticated and person.must_change and not request.path.startswith((*_FREE, "/api/")):
            return redirect("/password/")
        with timezone.override(ZoneInfo(settings.TIME_ZONE)):
            return answer(request)

    return page
