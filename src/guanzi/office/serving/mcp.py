"""A server of the Model Context Protocol: reading and appraising for language models, never deciding.

It acts for the person of a token (``GUANZI_TOKEN``), sees what the person sees, and offers no action: nothing that a
model says changes a case. What it reads are questions of the HTTP interface, declared once there. What comes from
outside is marked as untrusted (:mod:`guanzi.office.serving.untrusted`). Needs the extra ``mcp``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Annotated, Any, TypedDict, get_type_hints

from django.db import close_old_connections
from pydantic import Field, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from guanzi import __version__
from guanzi.base.core import GuanziError, InvalidInput, Message, Place, Problem, format_problems
from guanzi.jobs import declared
from guanzi.jobs.appraisal import appraisal as appraising
from guanzi.jobs.shared import run as how
from guanzi.office.api import asking, reading
from guanzi.office.cases.folders import holding, lay_out
from guanzi.office.models import Person
from guanzi.office.people.credentials import try_token
from guanzi.office.people.origins import MACHINE
from guanzi.office.people.visibility import Viewer
from guanzi.office.serving.untrusted import RULE, MarkedAnswer, Marking, marked_kind

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

VARIABLE = "GUANZI_TOKEN"
LEAST_PATHS, MOST_PATHS = 100, 20_000


class AppraisalOut(TypedDict):
    """What an appraisal says: the advice, the day, versions of method and data, the summary."""

    advice: str
    as_of: str
    versions: Any
    summary: Any


@dataclass(frozen=True, slots=True)
class ModelAsker:
    """A language model, which asks for the person of its token."""

    auth: Person
    scopes: frozenset[str]
    lang: str = "en"


def reader() -> ModelAsker:
    """For whom the model reads.

    Raises:
        InvalidInput: There is no token that holds and may read.
        TooManyTries: Too many wrong ones were tried on this machine.
    """
    close_old_connections()
    found = try_token(os.environ.get(VARIABLE, ""), MACHINE)
    if found is None or "read" not in found.scopes:
        raise InvalidInput(Problem(Message.of("office.refused.token"), Place(VARIABLE)))
    return ModelAsker(found.person, frozenset(found.scopes))


def _reading(view: Callable[..., Any]) -> Callable[..., MarkedAnswer[Any]]:
    """The tool of a question of the HTTP interface: its name, its words, what it asks, and its answer, marked."""
    hints, parameters, forms = get_type_hints(view), list[Parameter](), dict[str, TypeAdapter[Any]]()
    for one in list(signature(view).parameters.values())[1:]:
        asked = one.default if isinstance(one.default, FieldInfo) else Field()
        bounded: Any = Annotated[(hints[one.name], Field(description=asked.description), *asked.metadata)]
        forms[one.name] = TypeAdapter(bounded)
        about = Field(json_schema_extra=forms[one.name].json_schema())  # tested here, and refused in words
        shown: Any = Annotated[(hints[one.name], about)]
        usual = Parameter.empty if asked.is_required() else asked.default
        parameters.append(one.replace(annotation=shown, default=usual))
    answers: Any = MarkedAnswer[marked_kind(hints["return"])]  # type: ignore[misc]  # made when the server starts
    asks = Signature(parameters, return_annotation=answers)

    def tool(*given: Any, **named: Any) -> MarkedAnswer[Any]:
        asker, marking, held = reader(), Marking(), asks.bind(*given, **named)
        held.apply_defaults()
        for name, value in held.arguments.items():
            try:
                held.arguments[name] = forms[name].validate_python(value)
            except ValidationError as error:
                cause = Message.of("office.refused.value", field=name, kind=error.errors()[0]["type"])
                raise InvalidInput(Problem(cause, Place(name))) from error
        return marking.answer(marking.of(view(asker, **held.arguments), hints["return"]))

    tool.__name__, tool.__doc__ = view.__name__, view.__doc__
    tool.__signature__ = asks  # type: ignore[attr-defined]  # what the server makes its description of
    return tool


def appraise(
    case: str, paths: Annotated[int, Field(json_schema_extra={"minimum": LEAST_PATHS, "maximum": MOST_PATHS})] = 2_000
) -> MarkedAnswer[AppraisalOut]:
    """Appraise the newest version of a case: advice, reasons and figures. Nothing is kept, nothing is decided."""
    found = Viewer(reader().auth).case(case)
    if found is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_case", case=case), Place("case")))
    if not LEAST_PATHS <= paths <= MOST_PATHS:
        raise InvalidInput(Problem(Message.of("office.refused.paths", most=MOST_PATHS), Place("paths")))
    with holding(lay_out(found.slug, found.tree)) as folder:
        asked = appraising.Request(str(folder), playbook=found.playbook, run=how.Run(paths=paths))
        data = appraising.data(appraising.appraise(asked))
    marking = Marking()
    summary = marking.every(data.get("summary"), "the appraisal of the case")
    wrapped = AppraisalOut(advice=data["advice"], as_of=data["as_of"], versions=data["versions"], summary=summary)
    return marking.answer(wrapped)


_READ: tuple[Callable[..., Any], ...] = (reading.list_cases, reading.read_case, reading.read_facts)
_ASKED = map(asking.view_of, declared.OFFERED)
TOOLS = (*map(_reading, (*_READ, *_ASKED)), appraise)
"""All that a model can do; none changes anything."""


def _tool_refusals(tool: Callable[..., Any]) -> Callable[..., Any]:
    """A tool whose refusals reach the model in words."""

    @wraps(tool)
    def wrapped(*given: Any, **named: Any) -> Any:
        from mcp.server.mcpserver.exceptions import ToolError

        try:
            return tool(*given, **named)
        except GuanziError as error:
            marking = Marking()
            words = marking.text(format_problems(error.problems), "a refusal, which may quote what was asked or read")
            raise ToolError(json.dumps(marking.answer({"refused": words}), ensure_ascii=False)) from error

    return wrapped


def model_server() -> MCPServer:
    """The server, to be run on standard input and output.

    Raises:
        ModuleNotFoundError: The extra is not installed.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # tools are short and run one at a time
    from mcp.server.mcpserver import MCPServer

    wrapped = (__doc__ or "").partition("\n\n")[0]
    made = MCPServer("guanzi", instructions=f"{wrapped} {RULE}", version=__version__)
    for tool in TOOLS:
        made.tool()(_tool_refusals(tool))
    return made
