"""Actions over HTTP: one address each, with the schema of what it asks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

from ninja import Router
from ninja.params.functions import Body, Header

from guanzi.office.actions import ACTIONS, Action, Forbidden, load_actions, perform
from guanzi.office.api.bearer import TokenBearer, TokenRequest
from guanzi.office.api.queries import named_alone
from guanzi.office.api.shapes import REFUSED_ACTION, DoneOut
from guanzi.office.auditlog.log import office_log
from guanzi.office.people.origins import origin_of
from guanzi.office.refusing import in_person
from guanzi.record.ledger import leaf_hash

KEY = "Idempotency-Key"
"""The header with the key under which an action is done once."""
MOST_KEY = 100
IN_PERSON = ("device.begin", "device.confirm")
"""What no token does: it would let a stolen one choose the second factor."""


def actions_router() -> Router:
    """An address for every action."""
    load_actions()
    router = Router()
    router.add_decorator(named_alone)
    for what in sorted(ACTIONS.values(), key=lambda found: found.id):
        router.post(
            f"/actions/{what.id}",
            auth=TokenBearer(what.scope),
            response={200: _answer_shape(what), **REFUSED_ACTION},
            summary=what.id,
            description=(what.do.__doc__ or "").strip(),
            operation_id=what.id.replace(".", "_"),
            tags=[what.id.partition(".")[0]],
        )(_view(what))
    return router


def _answer_shape(what: Action) -> type[DoneOut[Any]]:
    """The shape of what an action answers."""
    return DoneOut[what.answers]  # type: ignore[name-defined]  # a type that is found when the office starts


def _view(what: Action) -> Callable[..., DoneOut[Any]]:
    def view(request: TokenRequest, asked: Any, idempotency_key: str) -> DoneOut[Any]:
        given = json.loads(request.body)  # as it was sent: what is asked is read once, by the action
        if what.id in IN_PERSON:
            raise Forbidden(in_person(what.id))
        done = perform(request.auth, what.id, given, idempotency_key, origin_of(request, request.token))
        return _answer_shape(what)(
            action=what.id,
            entry=leaf_hash(office_log().content(done.entry)).hex(),
            repeated=done.repeated,
            answer=done.answer,
        )

    view.__annotations__ = {
        "request": TokenRequest,
        "asked": Annotated[what.asks, Body()],
        "idempotency_key": Annotated[str, Header(alias=KEY, min_length=1, max_length=MOST_KEY)],
        "return": _answer_shape(what),
    }
    view.__name__ = what.id.replace(".", "_")
    return view
