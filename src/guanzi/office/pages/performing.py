"""The one way by which a page changes anything: a form that asks for an action."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, get_origin
from urllib.parse import quote

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from django_otp import devices_for_user
from django_otp import login as login_with

from guanzi.base.core import GuanziError, Message, Place, Problem
from guanzi.office.actions import ACTIONS, Forbidden, NotThere, load_actions, perform
from guanzi.office.cases.documentuploads import zipped
from guanzi.office.faults import Unable
from guanzi.office.nesting import shallow_json
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.pages.returning import wanted_path
from guanzi.office.people.origins import origin_of
from guanzi.office.people.ratelimit import TooManyTries
from guanzi.office.people.sessions import is_fresh, is_grave

THEN = "then"
"""Field of a form that names further actions, one or several."""
VOTING = ("interest.declare", "vote.cast")
FOLLOWING: Mapping[str, tuple[str, ...]] = {
    "case.advance": ("vote.open", *VOTING),
    "vote.open": VOTING,
    "interest.declare": ("vote.cast",),
    "panel.close": ("appraisal.ask",),
}
"""Action -> what one form may ask for after it; none of the first may be open to who has not shown a second factor."""
TOGETHER = ("evidence.upload",)
"""Actions that take several files of one field, as a ZIP file of them."""
_OWN = ("csrfmiddlewaretoken", "key", "next", THEN)


@login_required
@require_POST
def do(request: PersonRequest, id: str) -> HttpResponse:
    """Do an action with the fields of a form, and go on to ``next``; what is refused is said where it was asked.

    A form may name further actions in ``then`` that belong to its first: they are done after it, each by itself with an
    entry of its own in the log. What comes after a refusal is not done.
    """
    load_actions()
    further = " ".join(request.POST.getlist(THEN)).split()
    asked_for = (id, *(one for one in FOLLOWING.get(id, ()) if one in further))
    grave = next((one for one in asked_for if one in ACTIONS and is_grave(one, ACTIONS[one].scope)), None)
    if grave is not None and not is_fresh(request):
        problem = Problem(Message.of("office.refused.enter_again"), Place(grave))
        back = f"/enter/?next={quote(wanted_path(request))}"
        return show(request, "refused.html.j2", 403, problems=[problem], back=back)
    key = request.POST.get("key") or secrets.token_urlsafe(16)
    answer: dict[str, Any] = {}
    for n, one in enumerate(asked_for):
        try:
            answer |= perform(
                request.user, one, _share(request, id, one, answer), _key_of(key, one, n), origin_of(request)
            ).answer
        except Unable:
            raise  # told by the page of errors, with a way to send it again
        except GuanziError as error:
            return _refused(request, id, _status(error), error, n)
    return _done(request, asked_for, answer)


def _share(request: PersonRequest, first: str, id: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What an action of a form is asked: the fields but those of other actions, and what those before it answered."""
    known = {one: ACTIONS[one].asks.model_fields for one in (first, *FOLLOWING.get(first, ())) if one in ACTIONS}
    own, others = known.get(id, {}), {name for fields in known.values() for name in fields}
    told = {name: value for name, value in answers.items() if name in own}
    return told | {name: value for name, value in asked_by(request, id).items() if name in own or name not in others}


def _key_of(key: str, id: str, n: int) -> str:
    """The key of the n-th action of a form: a form that is sent again does none of them twice."""
    return key if n == 0 else sha256(f"{key} {id}".encode()).hexdigest()


def _done(request: PersonRequest, ids: Sequence[str], answers: Mapping[str, Any]) -> HttpResponse:
    """Where a form leads once all that it asks for was done; what is told once is shown first."""
    request.was_done = True
    if not {"person.change_password", "device.confirm"}.isdisjoint(ids):  # all other sessions ended
        request.user.refresh_from_db()
        update_session_auth_hash(request, request.user)
    if "device.confirm" in ids:  # its number was given just now
        login_with(request, next(iter(devices_for_user(request.user))))
    if answers.keys() & {"one_time", "first_half", "second_half", "token", "device_address", "calendar_address"}:
        return show(request, "shown_once.html.j2", answer=answers, back=wanted_path(request))
    target = wanted_path(request, case=str(answers.get("case", "{case}")))
    if request.htmx:
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = target
        return answer
    return redirect(target)


def _status(error: GuanziError) -> int:
    """What a refusal is called in HTTP."""
    if isinstance(error, TooManyTries):
        return 429
    return 404 if isinstance(error, NotThere) else 403 if isinstance(error, Forbidden) else 422


def _refused(request: PersonRequest, id: str, status: int, error: GuanziError, done: int) -> HttpResponse:
    """What is refused: for the script of the form, which puts it at the fields, or as a page of its own.

    Args:
        request: The form.
        id: The action that it asks for first.
        status: Of the answer.
        error: What is refused.
        done: How many of its actions were done before.
    """
    problems = list(error.problems)
    if done:
        problems.append(Problem(Message.of("office.refused.done_before", n=done), Place(id)))
    if not request.htmx:
        return show(request, "refused.html.j2", status, problems=problems, done=done, back=wanted_path(request))
    fields = {id, *request.POST, *request.FILES}
    answer = show(request, "refused_part.html.j2", status, problems=problems, fields=fields)
    answer["X-Refused"] = "1"
    return answer


def asked_by(request: PersonRequest, id: str) -> dict[str, Any]:
    """The fields of a form as what is asked: lists where lists are asked for, files as base64, empty ones left out."""
    what = ACTIONS.get(id)
    fields = what.asks.model_fields if what is not None else {}
    asked: dict[str, Any] = {}
    for name in request.POST:
        if name in _OWN:
            continue
        values = [value for value in request.POST.getlist(name) if value != ""]
        kind = get_origin(fields[name].annotation) if name in fields else None
        if kind in (tuple, list, frozenset):
            asked[name] = [_structured(value) for value in values]
        elif values:
            asked[name] = _structured(values[-1]) if kind is dict else values[-1]
    for name in request.FILES:
        sent = [(file.name or "document", file.read()) for file in request.FILES.getlist(name)]
        filename, content = zipped(sent if id in TOGETHER else sent[-1:])
        asked[name] = base64.b64encode(content).decode("ascii")
        if "filename" in fields and "filename" not in asked:
            asked["filename"] = filename
    return asked


def _structured(value: str) -> Any:
    """A field that holds JSON, or the words themselves."""
    if value[:1] in "{[":
        try:
            return shallow_json(value)
        except ValueError:
            return value
    return value
