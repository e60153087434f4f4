"""What stands around every page: the language, and the way of a new person to a password of his own."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from guanzi.base.core import catalogue_languages
from guanzi.office.pages.requests import VisitRequest
from guanzi.office.people.visibility import Viewer

_FREE = ("/enter/", "/leave/", "/here/", "/password/", "/static/", "/look/", "/do/person.change_password/", "/health")
_COMPANY = (*_FREE, "/company/", "/account/", "/do/", "/language/")
"""Where whoever sits for a company gets to; everything else is not there for him."""
_FACTOR = ("/account/", "/do/device.", "/do/person.choose_language/")


def language_of(request: HttpRequest) -> str:
    """The language of a page: what the person chose, what a visitor chose, what the browser asks for."""
    person = request.user
    return person.language if person.is_authenticated else visitors_language(request)


def visitors_language(request: HttpRequest) -> str:
    """The language without asking who it is: what was chosen here last, or what the browser asks for."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE, "")
    if chosen in catalogue_languages():
        return chosen
    return "zh" if request.headers.get("Accept-Language", "").lower().startswith("zh") else "en"


def remember_language(answer: HttpResponse, lang: str) -> None:
    """Let the browser tell the language from now on."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE,
        lang,
        max_age=365 * 86_400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def shows_second_factor(request: HttpRequest) -> bool:
    """Whether the person showed a second factor when he entered: a number of his device, or one at his provider."""
    return (request.user.is_authenticated and request.user.is_verified()) or request.session.get("factor") is True


def speak(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[VisitRequest], HttpResponse]:
    """Middleware: the language; to their own pages go whoever has a password for one time, or lacks a second factor."""

    def page(request: VisitRequest) -> HttpResponse:
        request.speaks = language_of(request)
        person = request.user
        if person.is_authenticated:
            vars(request)["viewer"] = Viewer(person, request.speaks)
        if person.is_authenticated and person.must_change and not request.path.startswith((*_FREE, "/api/")):
            return redirect("/password/")
        lacks = settings.SECOND_FACTOR and person.is_authenticated and not shows_second_factor(request)
        if lacks and not request.path.startswith((*_FREE, *_FACTOR, "/api/")):
            return redirect("/account/")
        if person.is_authenticated and person.organisation_id is None and not request.path.startswith(_COMPANY):
            if request.path != "/":
                raise Http404
            return redirect("/company/")
        with timezone.override(ZoneInfo(settings.TIME_ZONE)):
            given = answer(request)
        if person.is_authenticated and request.COOKIES.get(settings.LANGUAGE_COOKIE) != request.speaks:
            remember_language(given, request.speaks)  # what must be said without the database is said in it
        return given

    return page
