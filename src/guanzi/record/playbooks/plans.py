"""Plans of due diligence: the questions that must be answered of a company of one kind, as versioned data.

A plan is method, like a playbook: it carries ``made_on`` and may be younger than a case. ``extends`` puts the questions
of another plan first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from guanzi.base.core import SLUG_PATTERN
from guanzi.base.reading import Format, load_shipped
from guanzi.record.playbooks.wording import Wording

Slug = Annotated[str, Field(pattern=SLUG_PATTERN, max_length=60)]
Stream = Literal["finance", "technology", "chain", "users", "unit-economics", "people", "legal", "market"]
GENERAL = "general"
type State = Literal["answered", "partly", "open"]
"""Of a question: facts answer each of its parts, some of them, or none."""


def _not_free_text(name: str) -> str:
    """Free text on a subject may say anything of it: it answers no question by being there."""
    if name.endswith("_text"):
        raise ValueError(f"{name} is free text, which answers nothing")
    return name


class NeededFact(Format):
    """A fact that answers a part of a question; ``subject`` ``*`` means any other company.

    Attributes:
        beside: Part without which it answers nothing: a loss tells no months of a cash that is not known.
    """

    name: Annotated[str, AfterValidator(_not_free_text)]
    subject: str = "company"
    of: str = ""
    beside: str = ""


class PlanQuestion(Format):
    """One question.

    Attributes:
        id: Unique in the plan.
        stream: Work-stream that answers it.
        text: The question.
        needs: Facts of which any one answers the part of the question that its ``of`` names.
        asks: What the case must have for the question to be put, where none of the facts is held: ``sales`` of a
            product, or ``backing`` by others, without which a company lives that earns its plan in a year.
        checks: Ids of checks that ask the same: while one concludes nothing, the question is answered in part at most.
        terms: Kinds of clause that speak of the subject.
        informs: Parameters of the company model that an answer narrows.
    """

    id: Slug
    stream: Stream
    text: Wording
    needs: Annotated[tuple[NeededFact, ...], Field(min_length=1)]
    asks: Literal["", "sales", "backing"] = ""
    checks: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    informs: tuple[str, ...] = ()

    def counted(self, met: Iterable[NeededFact]) -> frozenset[NeededFact]:
        """The needs that answer something, of those that facts meet."""
        found = frozenset(met)
        parts = {need.of for need in found}
        return frozenset(need for need in found if not need.beside or need.beside in parts)

    def state(self, met: Iterable[NeededFact]) -> State:
        """How far the question is answered, by the needs that facts meet."""
        parts = {need.of for need in self.counted(met)}
        return "open" if not parts else "answered" if parts == {need.of for need in self.needs} else "partly"


class Plan(Format):
    """The questions for one kind of company.

    Attributes:
        format: Of the file.
        plan: Its id.
        name: What kind of company it is for.
        made_on: Day it was last changed in meaning.
        extends: Plan whose questions come first.
        models: Company models that it is for; none: for every other.
        questions: In the order in which they are asked.
    """

    format: Literal[1]
    plan: Slug
    name: Wording
    made_on: date
    extends: str = ""
    models: tuple[str, ...] = ()
    questions: Annotated[tuple[PlanQuestion, ...], Field(min_length=1)]


@cache
def diligence_plans() -> tuple[Plan, ...]:
    """The shipped plans, each with the questions of the plan that it extends in front, in alphabetical order."""
    folder = files("guanzi.library").joinpath("plans")
    read = [load_shipped(Plan, "plans", entry.name) for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    by_id = {plan.plan: plan for plan in read}
    whole = [plan.model_copy(update={"questions": tuple(_questions(plan, by_id))}) for plan in read]
    return tuple(sorted(whole, key=lambda plan: plan.plan))


def plan_for(model: str) -> Plan:
    """The plan for a company model; the general one where none is made for it.

    >>> plan_for("capacity-cycle-fab").plan
    'fabs'
    """
    plans = diligence_plans()
    mine = [plan for plan in plans if model in plan.models]
    return mine[0] if mine else next(plan for plan in plans if plan.plan == GENERAL)


def _questions(plan: Plan, by_id: dict[str, Plan]) -> Iterator[PlanQuestion]:
    if plan.extends:
        yield from _questions(by_id[plan.extends], by_id)
    yield from plan.questions
