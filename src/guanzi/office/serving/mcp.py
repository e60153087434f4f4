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
from typing import TYPE_CHECKING, Any

from django.db import close_old_connections

from guanzi import __version__
from guanzi.base.core import GuanziError, InvalidInput, Message, Place, Problem, format_problems
from guanzi.desk import appraisal as appraising
from guanzi.desk import run as how
from guanzi.office.cases.folders import holding, lay_out
from guanzi.office.models import OfficeCase, Person
from guanzi.office.people.credentials import try_token
from guanzi.office.people.origins import MACHINE
from guanzi.office.people.visibility import visible_cases
from guanzi.office.serving.untrusted import RULE, Marking

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

VARIABLE = "GUANZI_TOKEN"
MOST_FACTS = 500
MOST_PATHS = 20_000
_HEADER = ("title", "company", "region")


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


def list_cases() -> dict[str, Any]:
    """The cases that the person can see: id, title, company, region, stage, state, day on which the decision is due."""
    close_old_connections()
    marking = Marking()
    cases = [
        {
            "case": case.slug,
            **{name: marking.text(getattr(case, name), "the header of the case") for name in _HEADER},
            "stage": case.stage,
            "state": case.state,
            "due": case.due.isoformat(),
        }
        for case in visible_cases(reader()).order_by("due", "slug")[:MOST_FACTS]
    ]
    return marking.answer(cases)


def read_case(case: str) -> dict[str, Any]:
    """A case: work-streams and their state, newest version, sittings with their results."""
    close_old_connections()
    found, marking = _case(case), Marking()
    told = {
        "case": found.slug,
        "title": marking.text(found.title, "the header of the case"),
        "version": found.head.sha256 if found.head is not None else None,
        "streams": {one.stream: one.state for one in found.streams.all()},
        "sittings": [{"state": one.state, "result": one.result} for one in found.sittings.order_by("opened_at")],
    }
    return marking.answer(told)


def read_facts(case: str, name: str = "") -> dict[str, Any]:
    """Facts of a case with value, unit, period, source and the day from which they are known; at most 500."""
    close_old_connections()
    facts, marking = _case(case).facts.order_by("fact"), Marking()
    if name:
        facts = facts.filter(name=name)
    fields = ("fact", "subject", "name", "value", "unit", "period", "source")
    told = [
        {
            **marking.every({field: getattr(row, field) for field in fields}, "a fact of the case"),
            "known_on": None if row.known_on is None else row.known_on.isoformat(),
        }
        for row in facts[:MOST_FACTS]
    ]
    return marking.answer(told)


def appraise(case: str, paths: int = 2_000) -> dict[str, Any]:
    """Appraise the newest version of a case: advice, reasons and figures. Nothing is kept, nothing is decided."""
    close_old_connections()
    found = _case(case)
    if not 100 <= paths <= MOST_PATHS:
        raise InvalidInput(Problem(Message.of("office.refused.paths", most=MOST_PATHS), Place("paths")))
    with holding(lay_out(found.slug, found.tree)) as folder:
        asked = appraising.Request(str(folder), playbook=found.playbook, run=how.Run(paths=paths))
        data = appraising.data(appraising.appraise(asked))
    marking = Marking()
    told = {part: data[part] for part in ("advice", "as_of", "versions") if part in data}
    return marking.answer(told | {"summary": marking.every(data.get("summary"), "the appraisal of the case")})


def _case(slug: str) -> OfficeCase:
    found = visible_cases(reader()).select_related("head").filter(slug=slug).first()
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
