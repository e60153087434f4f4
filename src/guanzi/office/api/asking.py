"""Questions of the jobs over HTTP: an address each, with what it asks and the shape of its answer.

What only a command may ask is left out: files of the asker's own machine, changes of a case, and how a machine works.
A question on a case is asked of the newest version, for people who see the case, by its own playbook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import MISSING, replace
from inspect import Parameter, Signature
from typing import Any, Literal, get_args

from ninja import Router
from ninja.params.functions import Query

from guanzi.base.core import InvalidInput, Message, Problem, render
from guanzi.console import AskedField, filled
from guanzi.jobs import declared
from guanzi.jobs.shared import JobQuestion, names_listed
from guanzi.office.api.bearer import Asker
from guanzi.office.api.queries import named_alone
from guanzi.office.api.reading import PLAIN, visible
from guanzi.office.api.shapes import REFUSED_QUESTION
from guanzi.office.cases.folders import holding, lay_out


def view_of(question: JobQuestion) -> Callable[..., Any]:
    """The function that answers a question: of who asks, and of what it asks under the names of the declaration."""

    def view(request: Asker, **given: Any) -> Any:
        if not question.case:
            return _answered(question, given, request.lang)
        found = visible(request, given.pop("case"))
        with holding(lay_out(found.slug, found.tree)) as folder:
            asked = given | {question.case: str(folder), "playbook": found.playbook}
            try:
                return _answered(question, asked, request.lang)
            except InvalidInput as refused:
                raise InvalidInput([_named(one, str(folder), found.slug) for one in refused.problems]) from refused

    parameters = [Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=Asker), *_parameters(question)]
    view.__signature__ = Signature(parameters, return_annotation=question.answers)  # type: ignore[attr-defined]
    view.__annotations__ = {one.name: one.annotation for one in parameters} | {"return": question.answers}
    view.__name__ = question.id
    view.__doc__ = render(Message.of(f"cli.help.{question.words}"), "en")
    return view


def _answered(question: JobQuestion, given: dict[str, Any], lang: str) -> Any:
    return question.data(question.ask(filled(question.asks, given)), lang)


def _parameters(question: JobQuestion) -> Iterator[Parameter]:
    if question.case:
        yield Parameter("case", Parameter.KEYWORD_ONLY, annotation=str)
    for field in question.fields:
        yield Parameter(field.name, Parameter.KEYWORD_ONLY, default=_query(field), annotation=_kind(field))


def _kind(field: AskedField) -> Any:
    if field.asked.names:
        return Literal[tuple(sorted(names_listed(field.asked.names)))]
    return field.kind


def _query(field: AskedField) -> Any:
    asked, bounds = field.asked, dict[str, Any]()
    if str in (field.kind, *get_args(field.kind)) and not asked.names:
        bounds = {"min_length": int(field.usual is MISSING), "max_length": 200, "pattern": asked.pattern or PLAIN}
    elif float in (field.kind, *get_args(field.kind)):
        bounds = {"allow_inf_nan": False}
    usual = ... if field.usual is MISSING else field.usual
    return Query(usual, description=render(Message.of(f"cli.help.{asked.help}"), "en"), ge=asked.least, le=asked.most,
                 **bounds)  # fmt: skip


def _named(problem: Problem, folder: str, slug: str) -> Problem:
    """What is wrong, with the case named where its folder on this machine stood."""

    def named(value: Any) -> Any:
        match value:
            case str():
                return value.replace(folder, slug)
            case Message():
                return Message(value.id, tuple((name, named(held)) for name, held in value.params))
            case tuple():
                return tuple(map(named, value))
        return value

    place = replace(problem.place, file=named(problem.place.file))
    return replace(problem, cause=named(problem.cause), fix=named(problem.fix), place=place, excerpt="")


router = Router()
router.add_decorator(named_alone)
for _question in (one for one in declared.OFFERED if not one.slow):
    _view = view_of(_question)
    router.get(
        _question.address.replace("{case}", "{slug:case}"),
        response={200: _question.answers, **REFUSED_QUESTION},
        operation_id=_question.id,
        summary=_question.name,
        tags=["questions"],
    )(_view)
