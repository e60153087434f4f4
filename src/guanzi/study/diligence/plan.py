"""How much of a plan of due diligence is answered, and by what grade of source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guanzi.record.evidence import Fact, View, asked_of
from guanzi.record.playbooks import Plan, PlanQuestion
from guanzi.study.diligence.check import Need

type Grade = Literal["A", "B", "C", "D"]

GRADES: tuple[Grade, ...] = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is held on one question.

    Attributes:
        question: The question.
        facts: Ids of the facts that answer it, in the order of the view; none: it is open.
        grade: Best grade of their sources, ``A`` to ``D``; empty when it is open.
    """

    question: PlanQuestion
    facts: tuple[str, ...]
    grade: Grade | Literal[""]

    @property
    def answered(self) -> bool:
        """Whether any fact is held."""
        return bool(self.facts)


def answers(plan: Plan, view: View) -> tuple[Answer, ...]:
    """The questions of a plan with what is held on each, without those that are asked of others alone."""
    return tuple(_answer(one, view) for one in plan.questions if any(asked_of(view, need.name) for need in one.needs))


def _answer(question: PlanQuestion, view: View) -> Answer:
    needs = [Need(need.name, need.subject) for need in question.needs]
    held = [fact for fact in view.facts if any(_meets(fact, need) for need in needs)]
    grades = {view.source(fact.source).grade for fact in held}
    best = [grade for grade in GRADES if grade in grades]
    return Answer(question, tuple(fact.id for fact in held), best[0] if best else "")


def _meets(fact: Fact, need: Need) -> bool:
    return need.names(fact.name) and need.covers(fact.subject)
