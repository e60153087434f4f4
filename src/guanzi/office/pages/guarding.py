"""What stands before every page: size and method of the request, age of the session, headers of the answer."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpResponse, HttpResponseNotAllowed

from guanzi.office.bodies import RECEIVED
from guanzi.office.pages.errors import not_received, too_often
from guanzi.office.pages.receiving import refusal
from guanzi.office.pages.requests import VisitRequest
from guanzi.office.people.ratelimit import too_fast
from guanzi.office.people.sessions import end_old

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_DENIED = ("camera", "microphone", "geolocation", "payment", "usb", "serial", "bluetooth", "display-capture")
PERMISSIONS = ", ".join(f"{name}=()" for name in _DENIED)


def guard(answer: Callable[[VisitRequest], HttpResponse]) -> Callable[[VisitRequest], HttpResponse]:
    """Middleware: refuse what is too large before anything of it is read, end old sessions, let nothing be kept."""

    def page(request: VisitRequest) -> HttpResponse:
        given = _answered(request)
        given.setdefault("Cache-Control", "no-store")
        given.setdefault("Permissions-Policy", PERMISSIONS)
        given.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return given

    def _answered(request: VisitRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        why = request.META[RECEIVED] if RECEIVED in request.META else refusal(request)
        if isinstance(why, Exception):
            raise why
        if why:
            return not_received(request, why)
        end_old(request)
        person = request.session.get(SESSION_KEY)
        return too_often(request) if person is not None and too_fast(person) else answer(request)

    return page
