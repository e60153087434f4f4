"""Pages for what is not there, not allowed, or failed."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect

from guanzi.base.core import Message, Place, Problem
from guanzi.office.api.interface import on_stranger, refuse, refuse_fault
from guanzi.office.bodies import NO_LENGTH, STRANGER, TOO_LARGE, TOO_MANY, TOO_SLOW
from guanzi.office.faults import STATUS, WAIT, fault_of
from guanzi.office.pages.middleware import language_of, visitors_language
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import VisitRequest

_SECRET = ("/do/person.change_password/", "/do/device.")
"""What asks for a secret: it is typed again, and stands in no page."""
_BODY = {TOO_SLOW: 408, NO_LENGTH: 411, TOO_LARGE: 413, TOO_MANY: 429}
"""Why a body was not received -> status."""


def not_found(request: VisitRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _error(request, 404, "not_found")


def forbidden(request: VisitRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _error(request, 403, "forbidden")


def stale(request: VisitRequest, reason: str = "") -> HttpResponse:
    """403: a form without, or with an old, token."""
    return _error(request, 403, "stale")


def bad(request: VisitRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _error(request, 400, "bad")


def not_received(request: VisitRequest, why: str) -> HttpResponse:
    """The body was not received: 408, 411, 413 or 429; whoever must enter first goes to do so, or 401 for a program."""
    if why != STRANGER:
        return _error(request, _BODY[why], why)
    return on_stranger(request, None) if request.path.startswith("/api/") else redirect(settings.LOGIN_URL)


def too_often(request: VisitRequest) -> HttpResponse:
    """429: more requests than a person makes."""
    return _error(request, 429, "too_often")


def failed(request: VisitRequest) -> HttpResponse:
    """500: nothing was changed; or 503 and 507, where the machine could not do it."""
    kind = fault_of(sys.exception())
    return _error(request, 500, "failed") if kind is None else unable(request, kind)


def unable(request: VisitRequest, kind: str) -> HttpResponse:
    """503, or 507 for a full disk: what stands in the way, what became of what was sent, and a way to send it again.

    The page is made without the database, which may be what failed.
    """
    if request.path.startswith("/api/"):
        return refuse_fault(request, kind)
    if not hasattr(request, "speaks"):
        request.speaks = visitors_language(request)
    request.user = AnonymousUser()
    sent = request.method == "POST"
    done = getattr(request, "was_done", False)
    again = _again(request) if sent and not done else None
    answer = show(request, "unable.html.j2", STATUS[kind], kind=kind, sent=sent, done=done, again=again)
    answer["Retry-After"] = str(WAIT)
    return answer


def _again(request: VisitRequest) -> dict[str, Sequence[tuple[str, str | None]]] | None:
    """The fields of an action that was sent, to be sent again under the same key; None where there are none to keep.

    It may have failed before its token was looked at: what no page of the office sent is not offered with a new one.
    """
    if not request.path.startswith("/do/") or request.path.startswith(_SECRET):
        return None
    try:
        if CsrfViewMiddleware(HttpResponse).process_view(request, failed, (), {}) is not None:
            return None
        fields = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
        files = [(name, request.FILES.getlist(name)[-1].name) for name in request.FILES]
    except Exception:  # it was being read when it failed
        return None
    fields = [pair for pair in fields if pair[0] != "csrfmiddlewaretoken"]
    return {"fields": fields, "files": files} if any(name == "key" for name, _ in fields) else None


def _error(request: VisitRequest, status: int, kind: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return refuse(request, status, [Problem(Message.of(f"office.error.{kind}"), Place(request.path))])
    try:
        if not hasattr(request, "speaks"):
            request.speaks = language_of(request) if hasattr(request, "user") else "en"
        return show(request, "error.html.j2", status, kind=kind)
    except Exception:  # the database itself may be what failed: a page without person and words of the catalogue
        return HttpResponse(status=status, content=f"{status}", content_type="text/plain; charset=utf-8")
