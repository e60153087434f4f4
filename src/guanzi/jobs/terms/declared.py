"""What can be asked of a term sheet, and of which shape the answers are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypedDict

from guanzi.console import Ask, AsOf
from guanzi.jobs.shared.question import JobQuestion


@dataclass(frozen=True, slots=True)
class ExplanationRequest:
    """What is asked: a term sheet by its file, or the newest one of a case on a day (None: that of the decision)."""

    deal: Annotated[str, Ask("argument.explain", metavar="CASE|TERMSHEET", of_case=True)]
    as_of: AsOf = None


class ExplainedClauseData(TypedDict):
    """A clause in words; ``state``: whether its values are known."""

    clause: str
    group: str
    state: str
    text: str


class ExplainedGapData(TypedDict):
    """A value that is unknown, and what is assumed."""

    clause: str
    what: str
    assumption: str


class ExplanationData(TypedDict):
    """The clauses of a term sheet in its order, and what is assumed where a value is unknown."""

    clauses: list[ExplainedClauseData]
    gaps: list[ExplainedGapData]


EXPLANATION = JobQuestion(
    "explain",
    ExplanationRequest,
    ExplanationData,
    "guanzi.jobs.terms.explanation:explain_deal",
    screen="guanzi.jobs.terms.commands.explain_screen:print_explanation",
    last=("lang",),
)
QUESTIONS = (EXPLANATION,)
