"""Answers to what a term sheet does not say: facts of a case, or a file of answers beside a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from guanzi.base.core import InvalidInput, Message, Problem, meant
from guanzi.base.reading import YamlDocument
from guanzi.deal.compliance.logic import Interval
from guanzi.deal.compliance.pack import Question
from guanzi.deal.compliance.reading import Packs, words_of
from guanzi.deal.terms import TermSheet, Type
from guanzi.record.evidence import Resolution, View, held_rate

SUBJECT = "compliance"
"""Subject of facts that answer questions of the rules; their name is that of the question."""
AT_SIGNING = timedelta(days=31)
"""How far from the day of signing a rate of exchange may be stated. Judgement."""


def answers_of_view(view: View, packs: Packs, sheet: TermSheet) -> dict[str, bool | Interval]:
    """Answers that a case holds as facts of the subject ``compliance``, with source and day like every other fact.

    Where it holds none, what it knows of the company, of a rate at signing or of the region answers instead. Amounts
    are brought from millions into the unit of the sheet; an amount in another currency, and a value of the wrong kind,
    answer nothing.
    """
    words = words_of(packs.questions)
    answers: dict[str, bool | Interval] = {}
    for name, asked in packs.questions.items():
        if (held := _held(asked, view, sheet)) is not None:
            answers[name] = held
    for name in sorted({fact.name for fact in view.facts if fact.subject == SUBJECT}):
        truth = name in words and words[name].type is Type.TRUTH
        if (held := _resolved(view.resolve(name, SUBJECT), sheet, truth=truth)) is not None:
            answers[name] = held
    return answers


def _held(asked: Question, view: View, sheet: TermSheet) -> bool | Interval | None:
    """What a case answers to a question by its region, a rate of about the day of signing or a fact of the company."""
    if asked.state and view.region.state not in ("", asked.state):
        return False
    if asked.currency:
        rate = held_rate(view, asked.currency, sheet.currency)
        if rate is None or any(abs(view.fact(id).period.end - sheet.signed) > AT_SIGNING for id in rate.facts):
            return None
        return (float(rate.up / rate.down), float(rate.up / rate.down))
    return _resolved(view.resolve(asked.fact), sheet, truth=asked.type == "truth") if asked.fact else None


def _resolved(found: Resolution | None, sheet: TermSheet, *, truth: bool) -> bool | Interval | None:
    """The value of a fact in the unit of the sheet; None: words, another kind of value or another currency."""
    if found is None or isinstance(found.fact.value, str) or truth is not isinstance(found.fact.value, bool):
        return None
    if isinstance(found.fact.value, bool):
        return found.fact.value
    currency, _, scale = found.fact.unit.partition(" ")
    if scale == "m" and currency != sheet.currency:
        return None
    factor = 1e6 / sheet.unit if scale == "m" else 1.0
    low, high = found.interval
    return (low * factor, high * factor)


def read_answers(document: YamlDocument, packs: Packs) -> dict[str, bool | Interval]:
    """Answers from a file: a mapping from names of questions (or of what is measured) to true, false or a number.

    Raises:
        InvalidInput: A name that no rule knows, or a value of the wrong kind.
    """
    words = words_of(packs.questions)
    problems: list[Problem] = []
    answers: dict[str, bool | Interval] = {}
    if not isinstance(document.data, Mapping):
        cause, fix = Message.of("compliance.problem.answers"), Message.of("compliance.problem.answers.mend")
        raise InvalidInput(document.problem((), cause, fix))
    for name, value in document.data.items():
        if name not in words:
            cause = Message.of("compliance.problem.no_question", name=name)
            problems.append(document.problem((name,), cause, meant(name, words, None), at_key=True))
            continue
        answer = _answer(value, truth=words[name].type is Type.TRUTH)
        if answer is None:
            kind = "truth" if words[name].type is Type.TRUTH else "number"
            cause = Message.of("compliance.problem.answer_kind", name=name)
            problems.append(document.problem((name,), cause, Message.of(f"compliance.problem.answer_{kind}.mend")))
            continue
        answers[name] = answer
    if problems:
        raise InvalidInput(problems)
    return answers


def _answer(value: Any, *, truth: bool) -> bool | Interval | None:
    if truth or isinstance(value, bool):
        return value if truth and isinstance(value, bool) else None
    if isinstance(value, Mapping) and set(value) == {"low", "high"}:
        low, high = value["low"], value["high"]
        numbers = all(isinstance(end, int | float) and not isinstance(end, bool) for end in (low, high))
        return (float(low), float(high)) if numbers and low <= high else None
    return (float(value), float(value)) if isinstance(value, int | float) else None
