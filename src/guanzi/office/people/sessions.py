"""How long an entering holds: an hour without a request, eight hours in all; a quarter of an hour for what is grave."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Any

from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest

from guanzi.office.people.origins import place_of

IDLE = 3_600
LONGEST = 8 * 3_600
FRESH = 900
"""Seconds after entering in which money is moved, and passwords, devices, tokens and roles are changed."""
LONGEST_BROWSER = 200
"""Characters that are kept of how a browser names itself."""
_STEP = 60
_GRAVE = (
    "device.begin",
    "device.confirm",
    "token.make",
    "notices.make_calendar",
    "notices.add_channel",
    "session.end",
    "deal.sign",
    "deal.amend",
)
_GRAVE_OF_PEOPLE = (
    "person.invite",
    "company.invite",
    "person.set_roles",
    "person.set_active",
    "person.reset_password",
    "person.reset_device",
    "person.confirm_change",
    "identity.remove",
)
_logger = logging.getLogger("guanzi.office")


def begin(sender: object, request: HttpRequest, user: Any, **more: object) -> None:
    """Somebody entered: his time begins."""
    request.session["entered"] = request.session["seen"] = time.time()
    request.session["place"] = place_of(request)
    request.session["browser"] = request.headers.get("User-Agent", "")[:LONGEST_BROWSER]


def end_old(request: HttpRequest) -> None:
    """End a session whose time is over; what a page asks by itself does not keep one alive."""
    session = request.session
    if SESSION_KEY not in session:
        return
    now = time.time()
    entered, seen = times_of(session)
    if is_over(now, entered, seen):
        _logger.info("session of person %s ended: its time was over", session[SESSION_KEY])
        logout(request)
    elif now - seen > _STEP and not (request.method == "GET" and request.headers.get("HX-Request")):
        session["seen"] = now


def times_of(held: Mapping[str, Any]) -> tuple[float, float]:
    """When somebody entered, and when he last asked for a page."""
    entered = held.get("entered", 0.0)
    return entered, held.get("seen", entered)


def is_over(now: float, entered: float, seen: float) -> bool:
    """Whether the time of a session is over."""
    return now - entered > LONGEST or now - seen > IDLE


def is_grave(id: str, scope: str) -> bool:
    """Whether an action asks for somebody who entered a short while ago."""
    return scope == "money" or id in _GRAVE or id in _GRAVE_OF_PEOPLE


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person entered a short while ago."""
    return bool(time.time() - request.session.get("entered", 0.0) <= FRESH)
