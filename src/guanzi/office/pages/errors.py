"""Pages for what is not there, not allowed, or failed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guanzi.base.core import Message, Place, Problem
from guanzi.office.api.interface import refuse
from guanzi.office.pages.middleware import language_of
from guanzi.office.pages.rendering import show


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _error(request, 404, "not_found")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _error(request, 403, "forbidden")


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without, or with an old, token."""
    return _error(request, 403, "stale")


def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _error(request, 400, "bad")


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than is taken in at once; nothing of it was read."""
    return _error(request, 413, "too_large")


def too_often(request: HttpRequest) -> HttpResponse:
    """429: more requests than a person makes."""
    return _error(request, 429, "too_often")


def failed(request: HttpRequest) -> HttpResponse:
    """500: nothing was changed."""
    return _error(request, 500, "failed")


def _error(request: HttpRequest, status: int, kind: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return refuse(request, status, [Problem(Message.of(f"office.error.{kind}"), Place(request.path))])
    try:
        if not hasattr(request, "speaks"):
            request.speaks = language_of(request) if hasattr(request, "user") else "en"
        return show(request, "error.html.j2", status, kind=kind)
    except Exception:  # the database itself may be what failed: a page without person and words of the catalogue
        return HttpResponse(status=status, content=f"{status}", content_type="text/plain; charset=utf-8")
