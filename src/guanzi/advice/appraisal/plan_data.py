"""The plan of due diligence in ``appraisal.json``: what was asked, what is held, and which question is worth most."""

from __future__ import annotations

from datetime import date
from typing import Literal

from guanzi.advice.appraisal.data import Text
from guanzi.base.reading import Data


class QuestionData(Data):
    """One question of the plan.

    Attributes:
        text: The question.
        facts: Ids of the facts that answer it; none: it is open.
        partly: They answer some of its parts only.
        words: Ids of what speaks on its subject and answers nothing.
        clauses: Ids of the clauses that do.
        grade: Best grade of their sources; empty when it is open.
        informs: Ids of the parameters that an answer narrows, ``parameter.<name>``.
        worth: What knowing the best of these parameters is worth before signing, at most, in the unit of
            ``fund.npv``; None when nothing is simulated or the question informs no parameter.
        share: Largest first-order share of the variance of the result that one of them explains; None likewise.
    """

    id: str
    stream: str
    text: Text
    facts: tuple[str, ...]
    partly: bool = False
    words: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    grade: Literal["A", "B", "C", "D", ""]
    informs: tuple[str, ...]
    worth: float | None
    share: float | None


class StreamCoverage(Data):
    """How many questions of a work-stream are answered, in whole or in part, and by which best grade: A, B, C, D."""

    stream: str
    questions: int
    answered: int
    partly: int = 0
    grades: tuple[int, int, int, int]


class PlanData(Data):
    """The plan and how far it is answered.

    Attributes:
        id, name, made_on: Which plan; like a playbook it may be younger than the case.
        perfect: What knowing everything, chance included, would be worth before signing; None without simulation.
        streams: Coverage by work-stream, in the order of the plan.
        questions: In the order of the plan.
        next: Ids of the questions to ask next, the most valuable first.
        sentence: What to see.
    """

    id: str
    name: Text
    made_on: date
    perfect: float | None
    streams: tuple[StreamCoverage, ...]
    questions: tuple[QuestionData, ...]
    next: tuple[str, ...]
    sentence: Text
