"""What comes with a request beside its body: a NUL, which no database keeps, and in what the body is written."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from urllib.parse import unquote

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

NUL = "\0"


def readable(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, before a session is looked for: refuse a NUL in path or query, and leave out cookies with one.

    A body that says it is written in anything but UTF-8, as all our pages are, is refused unread: what Python knows
    under such a name may turn text into something else than text.
    """

    def page(request: HttpRequest) -> HttpResponse:
        if NUL in request.path or NUL in unquote(request.META.get("QUERY_STRING", "")):
            raise SuspiciousOperation("NUL in an address")
        if request.encoding is not None and codecs.lookup(request.encoding).name != "utf-8":
            raise SuspiciousOperation("a body that is not in UTF-8")
        if any(NUL in value for value in request.COOKIES.values()):
            request.COOKIES = {name: value for name, value in request.COOKIES.items() if NUL not in value}
        return answer(request)

    return page
