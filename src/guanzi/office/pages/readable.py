"""What comes with a request beside its body: an address or a cookie with a NUL is none, since no database keeps it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

NUL = "\0"


def readable(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, before a session is looked for: refuse a NUL in path or query, and leave out cookies with one."""

    def page(request: HttpRequest) -> HttpResponse:
        if NUL in request.path or NUL in unquote(request.META.get("QUERY_STRING", "")):
            raise SuspiciousOperation("NUL in an address")
        if any(NUL in value for value in request.COOKIES.values()):
            request.COOKIES = {name: value for name, value in request.COOKIES.items() if NUL not in value}
        return answer(request)

    return page
