"""Reading an elicitation from YAML, with everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Problem
from guanzi.base.reading import DataPath, YamlDocument, read_yaml
from guanzi.record.evidence.checking import validate
from guanzi.record.evidence.elicitation.format import AnswerEntry, ElicitationFormat, QuestionEntry

MOST_QUESTIONS = 200
MOST_EXPERTS = 100
FEWEST_QUANTILES, MOST_QUANTILES = 3, 9


@dataclass(frozen=True)
class Elicitation:
    """An elicitation as its file holds it.

    Attributes:
        form: What the file says.
        document: The file with its positions.
    """

    form: ElicitationFormat
    document: YamlDocument

    @property
    def id(self) -> str:
        """Id of the panel."""
        return self.form.panel

    @cached_property
    def by_id(self) -> dict[str, QuestionEntry]:
        """Questions by id."""
        return {question.id: question for question in self.form.questions}

    def as_known_on(self, day: date) -> Elicitation | None:
        """What of it was known on a day: rounds that were closed, true values that could be held; None for no round."""
        rounds = tuple(r for r in self.form.rounds if r.known_on <= day)
        if not rounds:
            return None
        questions = tuple(
            q if q.seed is None or q.seed.known_on <= day else q.model_copy(update={"seed": None})
            for q in self.form.questions
        )
        said = {answer.expert for r in rounds for answer in r.answers}
        experts = tuple(expert for expert in self.form.experts if expert.id in said)
        known = self.form.model_copy(update={"rounds": rounds, "questions": questions, "experts": experts})
        return Elicitation(known, self.document)

    def content(self) -> dict[str, Any]:
        """Everything it holds as plain data; it is what the hash of a view is made of."""
        return self.form.model_dump(mode="json")


def read_elicitation(path: Path, name: str | None = None) -> Elicitation:
    """Read one elicitation.

    Raises:
        InvalidInput: The file cannot be read, or is not an elicitation; all problems at once.
    """
    return parse_elicitation(read_yaml(path, name))


def parse_elicitation(document: YamlDocument) -> Elicitation:
    """An elicitation from a document that is at hand.

    Raises:
        InvalidInput: Everything that is wrong with it.
    """
    form = validate(ElicitationFormat, document)
    problems = [
        *_quantile_problems(form, document),
        *_question_problems(form, document),
        *_doubles(document, "experts", [e.id for e in form.experts]),
        *_round_problems(form, document),
    ]
    if problems:
        raise InvalidInput(sorted(problems, key=lambda problem: problem.place))
    return Elicitation(form, document)


def answer_problem(question: QuestionEntry, values: Sequence[float]) -> tuple[Message, Message] | None:
    """What is wrong with the quantiles of an answer, as cause and fix; None when they are right."""
    if any(a > b for a, b in pairwise(values)):
        return Message.of("evidence.elicitation.order"), Message.of("evidence.elicitation.order.mend")
    if values[0] == values[-1]:
        return Message.of("evidence.elicitation.no_width"), Message.of("evidence.elicitation.no_width.mend")
    if question.scale == "log" and values[0] <= 0:
        return Message.of("evidence.elicitation.log"), Message.of("evidence.elicitation.log.mend")
    return None


def bound_problem(question: QuestionEntry, value: float) -> tuple[Message, Message] | None:
    """Cause and fix of a value outside what the question calls possible; None when it is inside."""
    low, high = question.least, question.most
    if (low is not None and value < low) or (high is not None and value > high):
        said = {"low": _or_nought(low), "high": _or_nought(high)}
        kind = "both" if low is not None and high is not None else "least" if low is not None else "most"
        return Message.of("evidence.elicitation.bounds", value=value), Message.of(
            f"evidence.elicitation.bounds.{kind}", **said
        )
    return None


def _or_nought(value: float | None) -> float:
    return 0.0 if value is None else value


def _quantile_problems(form: ElicitationFormat, document: YamlDocument) -> Iterator[Problem]:
    levels = form.quantiles
    ascending = list(levels) == sorted(set(levels)) and all(0 < p < 1 for p in levels)
    if not ascending or not FEWEST_QUANTILES <= len(levels) <= MOST_QUANTILES or 0.5 not in levels:
        cause = Message.of("evidence.elicitation.quantiles")
        fix = Message.of("evidence.elicitation.quantiles.mend", least=FEWEST_QUANTILES, most=MOST_QUANTILES)
        yield document.problem(("quantiles",), cause, fix)


def _question_problems(form: ElicitationFormat, document: YamlDocument) -> Iterator[Problem]:
    ids = [question.id for question in form.questions]
    if not 1 <= len(ids) <= MOST_QUESTIONS:
        yield document.problem(("questions",), Message.of("evidence.elicitation.questions", most=MOST_QUESTIONS))
    yield from _doubles(document, "questions", ids)
    named = [q.parameter or "" for q in form.questions]
    for i, question in enumerate(form.questions):
        at: DataPath = ("questions", i)
        if question.least is not None and question.most is not None and question.least >= question.most:
            yield document.problem((*at, "most"), Message.of("evidence.elicitation.empty_range"))
        if question.scale == "log" and question.least is not None and question.least < 0:
            cause, fix = Message.of("evidence.elicitation.log"), Message.of("evidence.elicitation.log.mend")
            yield document.problem((*at, "least"), cause, fix)
        if question.seed is not None:
            if question.parameter is not None:
                cause, fix = Message.of("evidence.elicitation.both"), Message.of("evidence.elicitation.both.mend")
                yield document.problem((*at, "parameter"), cause, fix)
            wrong = bound_problem(question, question.seed.value)
            if wrong is None and question.scale == "log" and question.seed.value <= 0:
                wrong = Message.of("evidence.elicitation.log"), Message.of("evidence.elicitation.log.mend")
            if wrong is not None:
                yield document.problem((*at, "seed", "value"), *wrong)
        if named[i] and named[i] in named[:i]:
            cause = Message.of("evidence.elicitation.parameter_twice", parameter=named[i])
            yield document.problem((*at, "parameter"), cause)


def _doubles(document: YamlDocument, part: str, ids: Sequence[str]) -> Iterator[Problem]:
    for i, id in enumerate(ids):
        if id in ids[:i]:
            yield document.problem((part, i, "id"), Message.of("evidence.elicitation.twice", id=id))


def _round_problems(form: ElicitationFormat, document: YamlDocument) -> Iterator[Problem]:
    numbers = [r.round for r in form.rounds]
    if numbers != list(range(1, len(numbers) + 1)) or sorted(days := [r.known_on for r in form.rounds]) != days:
        yield document.problem(("rounds",), Message.of("evidence.elicitation.rounds"))
    questions, experts = {q.id: q for q in form.questions}, {e.id for e in form.experts}
    if len(experts) > MOST_EXPERTS:
        yield document.problem(("experts",), Message.of("evidence.elicitation.experts", most=MOST_EXPERTS))
    for i, entry in enumerate(form.rounds):
        seen: set[tuple[str, str]] = set()
        for j, answer in enumerate(entry.answers):
            at: DataPath = ("rounds", i, "answers", j)
            if answer.question not in questions:
                cause = Message.of("evidence.elicitation.no_question", id=answer.question)
                yield document.problem((*at, "question"), cause)
                continue
            if answer.expert not in experts:
                yield document.problem((*at, "expert"), Message.of("evidence.elicitation.no_expert", id=answer.expert))
            if (answer.expert, answer.question) in seen:
                cause = Message.of(
                    "evidence.elicitation.answered_twice", expert=answer.expert, question=answer.question
                )
                yield document.problem(at, cause)
            seen.add((answer.expert, answer.question))
            wrong = _answer_problem(form, questions[answer.question], answer)
            if wrong is not None:
                yield document.problem((*at, "values"), *wrong)


def _answer_problem(
    form: ElicitationFormat, question: QuestionEntry, answer: AnswerEntry
) -> tuple[Message, Message | None] | None:
    if len(answer.values) != len(form.quantiles):
        return Message.of("evidence.elicitation.count", found=len(answer.values), wanted=len(form.quantiles)), None
    outside = (bound_problem(question, value) for value in answer.values)
    return answer_problem(question, answer.values) or next((wrong for wrong in outside if wrong is not None), None)
