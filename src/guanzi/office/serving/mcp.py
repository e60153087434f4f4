"""A server of the Model Context Protocol: reading and appraising for language models, never deciding.

It acts for the person of a token (``GUANZI_TOKEN``), sees what the person sees, and offers no action: nothing that a
model says changes a case. What comes from outside is marked as untrusted (:mod:`guanzi.office.serving.untrusted`).
Needs the extra ``mcp``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, TypedDict

from django.db import close_old_connections
from pydantic import Field

from guanzi import __version__
from guanzi.base.core import GuanziError, InvalidInput, Message, Place, Problem, format_problems
from guanzi.jobs.appraisal import appraisal as appraising
from guanzi.jobs.shared import run as how
from guanzi.office.cases.folders import holding, lay_out
from guanzi.office.models import OfficeCase, Person
from guanzi.office.people.credentials import try_token
from guanzi.office.people.origins import MACHINE
from guanzi.office.people.visibility import Viewer
from guanzi.office.serving.untrusted import RULE, MarkedAnswer, MarkedText, Marking

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

VARIABLE = "GUANZI_TOKEN"
MOST_FACTS = 500
LEAST_PATHS, MOST_PATHS = 100, 20_000


class CaseLine(TypedDict):
    """A case in the list."""

    case: str
    title: MarkedText
    company: MarkedText
    region: MarkedText
    stage: str
    state: str
    due: str


class SittingLine(TypedDict):
    """A sitting and its result."""

    state: str
    result: str


class CaseTold(TypedDict):
    """A case; ``version``: the hash of the newest; ``streams``: the state of each."""

    case: str
    title: MarkedText
    version: str | None
    streams: dict[str, str]
    sittings: list[SittingLine]


class FactTold(TypedDict):
    """A fact; ``known_on``: the day as YYYY-MM-DD."""

    fact: MarkedText
    subject: MarkedText
    name: MarkedText
    value: MarkedText
    unit: MarkedText
    period: MarkedText
    source: MarkedText
    known_on: str | None


class AppraisalTold(TypedDict):
    """What an appraisal says: the advice, the day, versions of method and data, the summary."""

    advice: Any
    as_of: str
    versions: Any
    summary: Any


def reader() -> Person:
    """The person for whom the model reads.

    Raises:
        InvalidInput: There is no token that holds and may read.
        TooManyTries: Too many wrong ones were tried on this machine.
    """
    found = try_token(os.environ.get(VARIABLE, ""), MACHINE)
    if found is None or "read" not in found.scopes:
        raise InvalidInput(Problem(Message.of("office.refused.token"), Place(VARIABLE)))
    return found.person


def list_cases() -> MarkedAnswer[list[CaseLine]]:
    """The cases that the person can see: id, title, company, region, stage, state, day on which the decision is due."""
    close_old_connections()
    marking = Marking()
    header = "the header of the case"
    cases = [
        CaseLine(
            case=case.slug,
            title=marking.text(case.title, header),
            company=marking.text(case.company, header),
            region=marking.text(case.region, header),
            stage=case.stage,
            state=case.state,
            due=case.due.isoformat(),
        )
        for case in Viewer(reader()).cases.order_by("due", "slug")[:MOST_FACTS]
    ]
    return marking.answer(cases)


def read_case(case: str) -> MarkedAnswer[CaseTold]:
    """A case: work-streams and their state, newest version, sittings with their results."""
    close_old_connections()
    found, marking = _case(case), Marking()
    told = CaseTold(
        case=found.slug,
        title=marking.text(found.title, "the header of the case"),
        version=found.head.sha256 if found.head is not None else None,
        streams={one.stream: one.state for one in found.streams.all()},
        sittings=[SittingLine(state=one.state, result=one.result) for one in found.sittings.order_by("opened_at")],
    )
    return marking.answer(told)


def read_facts(case: str, name: str = "") -> MarkedAnswer[list[FactTold]]:
    """Facts of a case with value, unit, period, source and the day from which they are known; at most 500."""
    close_old_connections()
    facts, marking = _case(case).facts.order_by("fact"), Marking()
    if name:
        facts = facts.filter(name=name)
    fact = "a fact of the case"
    told = [
        FactTold(
            fact=marking.text(row.fact, fact),
            subject=marking.text(row.subject, fact),
            name=marking.text(row.name, fact),
            value=marking.text(row.value, fact),
            unit=marking.text(row.unit, fact),
            period=marking.text(row.period, fact),
            source=marking.text(row.source, fact),
            known_on=None if row.known_on is None else row.known_on.isoformat(),
        )
        for row in facts[:MOST_FACTS]
    ]
    return marking.answer(told)


def appraise(
    case: str, paths: Annotated[int, Field(json_schema_extra={"minimum": LEAST_PATHS, "maximum": MOST_PATHS})] = 2_000
) -> MarkedAnswer[AppraisalTold]:
    """Appraise the newest version of a case: advice, reasons and figures. Nothing is kept, nothing is decided."""
    close_old_connections()
    found = _case(case)
    if not LEAST_PATHS <= paths <= MOST_PATHS:
        raise InvalidInput(Problem(Message.of("office.refused.paths", most=MOST_PATHS), Place("paths")))
    with holding(lay_out(found.slug, found.tree)) as folder:
        asked = appraising.Request(str(folder), playbook=found.playbook, run=how.Run(paths=paths))
        data = appraising.data(appraising.appraise(asked))
    marking = Marking()
    summary = marking.every(data.get("summary"), "the appraisal of the case")
    told = AppraisalTold(advice=data["advice"], as_of=data["as_of"], versions=data["versions"], summary=summary)
    return marking.answer(told)


def _case(slug: str) -> OfficeCase:
    found = Viewer(reader()).case(slug)
    if found is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_case", case=slug), Place("case")))
    return found


TOOLS = (list_cases, read_case, read_facts, appraise)
"""All that a model can do; none changes anything."""


def _telling(tool: Callable[..., Any]) -> Callable[..., Any]:
    """A tool whose refusals reach the model in words."""

    @wraps(tool)
    def told(*given: Any, **named: Any) -> Any:
        from mcp.server.mcpserver.exceptions import ToolError

        try:
            return tool(*given, **named)
        except GuanziError as error:
            marking = Marking()
            words = marking.text(format_problems(error.problems), "a refusal, which may quote what was asked or read")
            raise ToolError(json.dumps(marking.answer({"refused": words}), ensure_ascii=False)) from error

    return told


def model_server() -> MCPServer:
    """The server, to be run on standard input and output.

    Raises:
        ModuleNotFoundError: The extra is not installed.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # tools are short and run one at a time
    from mcp.server.mcpserver import MCPServer

    told = (__doc__ or "").partition("\n\n")[0]
    made = MCPServer("guanzi", instructions=f"{told} {RULE}", version=__version__)
    for tool in TOOLS:
        made.tool()(_telling(tool))
    return made
