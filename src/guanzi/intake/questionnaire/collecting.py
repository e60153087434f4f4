"""Putting filled-in forms together into rounds; who is who is settled by the name that each expert wrote."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from guanzi.base.core import InvalidInput, Message, Place, Problem, sha256_of
from guanzi.intake.questionnaire.filled import Filled
from guanzi.record.evidence import MOST_EXPERTS, AnswerEntry, ElicitationFormat, ExpertEntry, RoundEntry


def add_forms(
    form: ElicitationFormat, forms: Sequence[Filled], *, names: bool = False, linked: bool = True
) -> ElicitationFormat:
    """The elicitation with experts and rounds made of filled-in forms.

    Experts become ``e1``, ``e2``, … in an order that depends on their answers alone, so that a number says nothing of a
    name.

    Args:
        form: What was asked; experts and rounds that it holds already are replaced.
        forms: The forms of all rounds.
        names: Keep the names and fields of work that the experts wrote.
        linked: An expert has the same number in every round; otherwise the numbers of a round depend on its answers
            alone, and nobody is followed from one round to the next. Then no names are kept.

    Raises:
        InvalidInput: A round is missing, one expert answered a round twice, or there are too many.
    """
    by_expert: dict[str, dict[int, Filled]] = {}
    problems: list[Problem] = []
    for filled in forms:
        rounds = by_expert.setdefault(_folded(filled.name), {})
        if filled.round in rounds:
            cause = Message.of("evidence.elicitation.form_twice", name=filled.name, round=filled.round)
            fix = Message.of("evidence.elicitation.form_twice.mend", other=rounds[filled.round].file)
            problems.append(Problem(cause, Place(filled.file), fix))
        rounds[filled.round] = filled
    numbers = sorted({filled.round for filled in forms})
    if numbers != list(range(1, len(numbers) + 1)):
        cause = Message.of("evidence.elicitation.round_missing", rounds=tuple(numbers))
        fix = Message.of("evidence.elicitation.round_missing.mend")
        problems.append(Problem(cause, Place(forms[0].file if forms else ""), fix))
    if len(by_expert) > MOST_EXPERTS:
        problems.append(Problem(Message.of("evidence.elicitation.experts", most=MOST_EXPERTS), Place(forms[0].file)))
    if problems:
        raise InvalidInput(problems)
    order = sorted(by_expert.values(), key=lambda rounds: _answers_hash(rounds[min(rounds)]))
    orders = {number: order if linked else _by_answers(order, number) for number in numbers}
    experts = tuple(_expert(f"e{i}", rounds, names=names and linked) for i, rounds in enumerate(order, start=1))
    entries = tuple(
        RoundEntry(
            round=number,
            known_on=max(r[number].day for r in orders[number] if number in r),
            answers=tuple(
                AnswerEntry(
                    expert=f"e{i}",
                    question=question.id,
                    values=said[number].answers[question.id],
                    reason=said[number].reasons.get(question.id, ""),
                )
                for i, said in enumerate(orders[number], start=1)
                if number in said
                for question in form.questions
                if question.id in said[number].answers
            ),
        )
        for number in numbers
    )
    return form.model_copy(update={"experts": experts, "rounds": entries})


def _expert(id: str, rounds: dict[int, Filled], *, names: bool) -> ExpertEntry:
    latest = rounds[max(rounds)]
    if not names:  # a field of work can tell who somebody is
        return ExpertEntry(id=id)
    return ExpertEntry(id=id, name=latest.name, field=latest.field)


def _by_answers(order: list[dict[int, Filled]], number: int) -> list[dict[int, Filled]]:
    """The experts of a round in the order of what they said in it."""
    return sorted((rounds for rounds in order if number in rounds), key=lambda rounds: _answers_hash(rounds[number]))


def _answers_hash(filled: Filled) -> tuple[str, str]:
    """What puts experts in order: their answers, and where these are alike their reasons."""
    values = {question: list(values) for question, values in filled.answers.items()}
    return sha256_of(values), sha256_of(filled.reasons)


def _folded(name: str) -> str:
    """Names that differ in case, width or spaces only are one."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
