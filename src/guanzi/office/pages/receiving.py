"""Whether the body of a request is received, which is decided before anything of it is read."""

from __future__ import annotations

import time
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from guanzi.base.core import GuanziError
from guanzi.office.actions import ACTIONS, load_actions
from guanzi.office.bodies import NO_LENGTH, SMALL, STRANGER, TOO_LARGE
from guanzi.office.people.credentials import try_token
from guanzi.office.people.origins import origin_of
from guanzi.office.people.sessions import is_over, times_of

_ACTIONS = ("do/<action:id>/", "api/actions/")
_LONGEST = 9
"""Digits of a length."""


def refusal_of(environ: Mapping[str, Any]) -> tuple[str, int | None]:
    """Why a large body is not received, from the head of its request alone, and whose it is; see :func:`refusal`."""
    close_old_connections()
    request = WSGIRequest({**environ, "wsgi.input": BytesIO()})
    for middleware in (SessionMiddleware(_nothing), AuthenticationMiddleware(_nothing)):
        middleware.process_request(request)
    why = refusal(request)
    return why, None if why else request.user.pk


def refusal(request: HttpRequest) -> str:
    """Why the body of a request is not received: too large for its address, without a length, or of nobody known.

    Returns:
        A constant of :mod:`guanzi.office.bodies`; empty: it is received.
    """
    length = length_of(request.META)
    if length is None:
        return NO_LENGTH
    if length <= SMALL:
        return ""
    whole = request.content_type in ("multipart/form-data", "application/json")
    if not whole or length > _most(request.path_info):
        return TOO_LARGE
    return "" if _is_known(request) else STRANGER


def length_of(environ: Mapping[str, Any]) -> int | None:
    """Bytes of the body as its head tells them; None: it does not tell."""
    told = environ.get("CONTENT_LENGTH") or "0"
    if "HTTP_TRANSFER_ENCODING" in environ or not (told.isascii() and told.isdecimal()) or len(told) > _LONGEST:
        return None
    return int(told)


def _most(path: str) -> int:
    """Bytes that an address takes, as the action or the page behind it says."""
    try:
        found = resolve(path)
    except Resolver404:
        return SMALL
    if found.route.startswith(_ACTIONS):
        load_actions()
        what = ACTIONS.get(found.kwargs.get("id") or found.route.removeprefix(_ACTIONS[1]))
        return SMALL if what is None else what.most_bytes
    return int(getattr(found.func, "most_bytes", SMALL))


def _is_known(request: HttpRequest) -> bool:
    """Whether it comes from somebody who has entered, or with a token that holds."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if request.path_info.startswith("/api/"):
        try:
            held = try_token(token, origin_of(request)) if scheme.lower() == "bearer" else None
        except GuanziError:
            return False
        if held is not None:
            request.user = held.person
        return held is not None
    return bool(request.user.is_authenticated) and not is_over(time.time(), *times_of(request.session))


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
