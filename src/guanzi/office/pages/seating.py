"""Seats and owners of a case in one form: each change is an action of its own, and what is refused is told by name."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from guanzi.base.core import GuanziError, Message, Problem, render
from guanzi.office.actions import load_actions, perform
from guanzi.office.actions.seats import PARTS
from guanzi.office.bodies import WORDS, takes
from guanzi.office.deciding.now import CaseNow
from guanzi.office.models import OfficeCase
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.permissions import allowed
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.people.origins import origin_of

MAY = ("case.give_seat", "streams.assign")
SEAT, OWNER = "seat.", "owner."
"""Before a username, and before a work-stream, in the names of fields."""


@takes(WORDS)
@login_required
@require_http_methods(["GET", "POST"])
def seats(request: PersonRequest, slug: str) -> HttpResponse:
    """Everybody of the organisation with his roles and his part, and every work-stream with its owner."""
    case = case_of(request, slug)
    may = allowed(request, case, *MAY)
    refused: list[tuple[Message, Problem]] = []
    made = 0
    if request.method == "POST":
        for what, asked in _wanted(request, case):
            try:
                _do(request, what, asked)
                made += 1
            except GuanziError as error:
                refused += [(_whom(asked), problem) for problem in error.problems]
        if not refused:
            return redirect(f"/cases/{case.slug}/seats/")
    now = CaseNow(case)
    return show(
        request,
        "seats.html.j2",
        422 if refused else 200,
        case=case,
        tab="glance",
        people=case.organisation.people.filter(is_active=True).prefetch_related("held").order_by("username"),
        held={one.person_id: one for one in now.seats},
        streams=now.streams,
        parts=[(part, render(Message.of(f"office.part.{part}"), request.speaks)) for part in PARTS],
        allowed=may,
        refused=refused,
        made=made,
        typed=request.POST,
    )


def _wanted(request: PersonRequest, case: OfficeCase) -> Iterator[tuple[str, dict[str, Any]]]:
    """The actions that the form asks for: seats first, since whoever owns a stream has one; what stays is left out."""
    now = CaseNow(case)
    parts = {one.person.username: one for one in now.seats}
    reasons = {"reasons": found} if (found := request.POST.get("reasons", "").strip()) else {}
    for person, part in _fields(request, SEAT):
        held = parts.get(person)
        if held is None or held.part != part:
            yield "case.give_seat", {"case": case.slug, "person": person, "part": part, **reasons}
    owners = {one.stream: one.owner.username if one.owner is not None else "" for one in now.streams}
    for stream, person in _fields(request, OWNER):
        if owners.get(stream) != person:
            yield "streams.assign", {"case": case.slug, "stream": stream, "person": person}


def _fields(request: PersonRequest, before: str) -> Iterator[tuple[str, str]]:
    """What was chosen in the fields of a kind."""
    for name, value in request.POST.items():
        if name.startswith(before) and value:
            yield name.removeprefix(before), str(value)


def _do(request: PersonRequest, what: str, asked: Mapping[str, Any]) -> None:
    load_actions()
    of_form = request.POST.get("key") or secrets.token_urlsafe(16)
    key = sha256(f"{of_form} {what} {asked.get('stream') or asked['person']}".encode()).hexdigest()
    perform(request.user, what, asked, key, origin_of(request))


def _whom(asked: Mapping[str, Any]) -> Message:
    """Of whose seat, or of which stream, something was refused."""
    if "stream" in asked:
        return Message.of("office.seats.of_stream", stream=Message.of(f"office.stream.{asked['stream']}"))
    return Message.of("office.seats.of_person", name=asked["person"])
