"""The interface as a whole: who may ask how often, and how it says what is wrong."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.renderers import JSONRenderer
from ninja.throttling import AnonRateThrottle, AuthRateThrottle

import guanzi
from guanzi.base.core import GuanziError, Message, Place, Problem, render
from guanzi.office.actions import Forbidden, NotThere
from guanzi.office.actions.texts import HIDDEN
from guanzi.office.api.asking import router as asking
from guanzi.office.api.bearer import TokenBearer, language
from guanzi.office.api.performing import KEY, actions_router
from guanzi.office.api.reading import router as reading
from guanzi.office.faults import STATUS, WAIT, Unable, problem_of
from guanzi.office.nesting import shallow_json
from guanzi.office.people.ratelimit import SECONDS, TooManyTries
from guanzi.office.refusing import no_key

_logger = logging.getLogger("guanzi.office")


_NOT_LOGGED = (HIDDEN, "finite_number", "value_error")
"""Kinds of what is wrong that the schema of a field cannot tell."""


class WideJson(JSONRenderer):
    """JSON whose Chinese can be read."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class ShallowParser(Parser):
    """What is sent, where it is no deeper than anything that is asked."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body, as data."""
        return shallow_json(request.body)


class OfficeInterface(NinjaAPI):
    """The interface, described once: what it offers does not change while the office runs."""

    described: OpenAPISchema | None = None

    def get_openapi_schema(self, **asked: Any) -> OpenAPISchema:
        """Its description for programs."""
        if self.described is None:
            self.described = super().get_openapi_schema(**asked)
        return self.described


api = OfficeInterface(
    title="Guanzi",
    version=guanzi.__version__,
    description="The office over HTTP: what pages do, and nothing more.",
    auth=TokenBearer("read"),
    renderer=WideJson(),
    parser=ShallowParser(),
    docs_url=None,
    throttle=[AuthRateThrottle("1200/m"), AnonRateThrottle("60/m")],
    urls_namespace="api",
)
api.add_router("", reading)
api.add_router("", asking)
api.add_router("", actions_router())


def refuse(request: HttpRequest, status: int, problems: Iterable[Problem]) -> HttpResponse:
    """What is wrong, as data and in words."""
    lang = language(request)
    told: list[dict[str, Any]] = [
        {
            "id": problem.cause.id,
            "text": render(problem.cause, lang),
            "mend": render(problem.fix, lang) if problem.fix is not None else None,
            "where": str(problem.place),
        }
        for problem in problems
    ]
    return api.create_response(request, {"problems": told}, status=status)


@api.exception_handler(GuanziError)
def on_refusal(request: HttpRequest, error: GuanziError) -> HttpResponse:
    """An action or a question that is refused."""
    if isinstance(error, Unable):
        return refuse_fault(request, error.kind)
    if isinstance(error, TooManyTries):
        answer = refuse(request, 429, error.problems)
        answer["Retry-After"] = str(SECONDS)
        return answer
    status = 404 if isinstance(error, NotThere) else 403 if isinstance(error, Forbidden) else 409
    return refuse(request, status, error.problems)


def refuse_fault(request: HttpRequest, kind: str) -> HttpResponse:
    """What the machine of the office could not do, and when to ask again."""
    _logger.error("%s: the machine could not do it: %s", request.path, kind)
    problem = problem_of(kind, request.path, sent=request.method == "POST")
    answer = refuse(request, STATUS[kind], [problem])
    answer["Retry-After"] = str(WAIT)
    return answer


@api.exception_handler(ValidationError)
def on_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What is asked has not the shape that the schema says: 422; or it has, and holds what no schema tells: 409."""
    problems = [
        no_key()
        if told["loc"][-1] == KEY
        else Problem(
            Message.of("office.refused.value", field=".".join(map(str, told["loc"][1:])) or "body", kind=told["type"]),
            Place(".".join(map(str, told["loc"]))),
        )
        for told in error.errors
    ]
    beyond = all(told["type"] in _NOT_LOGGED for told in error.errors)
    return refuse(request, 409 if beyond else 422, problems)


@api.exception_handler(AuthenticationError)
def on_stranger(request: HttpRequest, error: AuthenticationError | None) -> HttpResponse:
    """No token, or one that does not hold."""
    answer = refuse(request, 401, [Problem(Message.of("office.refused.token"), Place("Authorization"))])
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(Throttled)
def on_haste(request: HttpRequest, error: Throttled) -> HttpResponse:
    """Ask too often."""
    answer = refuse(request, 429, [Problem(Message.of("office.refused.too_often"), Place("Authorization"))])
    if error.wait is not None:
        answer["Retry-After"] = str(int(error.wait) + 1)
    return answer


@api.exception_handler(Http404)
def on_nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    """No such address."""
    return refuse(request, 404, [Problem(Message.of("office.error.not_found"), Place(request.path))])


@api.exception_handler(HttpError)
def on_other(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON, and the like."""
    return refuse(request, error.status_code, [Problem(Message.of("office.error.bad"), Place("body"))])
