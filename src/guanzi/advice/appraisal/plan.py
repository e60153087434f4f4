"""The plan of due diligence, how far it is answered, and which question to ask next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guanzi.advice.appraisal.book import text
from guanzi.advice.appraisal.plan_data import PlanData, QuestionData, StreamCoverage
from guanzi.advice.appraisal.prepare import Prepared
from guanzi.advice.appraisal.sensitivity_data import SensitivityData
from guanzi.base.core import Finding, Message
from guanzi.deal.terms import TermSheet
from guanzi.engine.machine import Assembled
from guanzi.engine.simulation import Information, Worth, information
from guanzi.record.evidence import View
from guanzi.record.playbooks import plan_for
from guanzi.study.diligence import GRADES, Answer, answers

SMALLEST, LARGEST = 1_024, 8_192
NEXT = 5
CERTAIN = 3.0
"""Standard errors by which a worth must differ from nothing before it is shown."""


def information_of(
    prepared: Prepared, paths: int, seed: int, threads: int | None, program: Assembled
) -> Information | None:
    """What it is worth to know each parameter before signing.

    None when nothing is simulated, or nothing is bought or lent: then no money comes back whose value could be told.

    Args:
        prepared: What is fixed before the simulation.
        paths: Number of simulated paths, by which the effort is measured.
        seed: Key of the random numbers.
        threads: Number of threads; it does not change the result.
        program: The deal with given parameters; see :func:`guanzi.engine.simulation.given`.
    """
    if prepared.sheet is None or prepared.model is None or prepared.sheet.only_gives:
        return None
    used = min(max(paths, SMALLEST), LARGEST)
    return information(program, prepared.model, paths=used, seed=seed, threads=threads or 2)


def plan_data(
    view: View,
    moved: SensitivityData | None,
    known: Information | None,
    unit: float,
    sheet: TermSheet | None = None,
    findings: Sequence[Finding] = (),
) -> PlanData:
    """The plan for the case's kind of company.

    Args:
        view: The evidence.
        moved: Which assumption moves the result; None: unknown.
        known: What it is worth to know each parameter; None: unknown.
        unit: Amounts of ``known`` are in this many units of the currency.
        sheet: The terms of the deal, of which clauses may speak of what a question asks.
        findings: What the checks concluded.
    """
    plan = plan_for(view.model)
    held = answers(plan, view, findings)
    scale = unit / 1e6
    worths = {w.parameter: _shown(w) * scale for w in known.worths} if known else {}
    shares = {s.parameter.removeprefix("parameter."): max(0.0, s.first) for s in moved.swings} if moved else {}
    kinds = {} if sheet is None else {item.id: kind.types[0] for kind, item in sheet.items()}
    questions = tuple(_question(answer, worths, shares, kinds) for answer in held)
    following = tuple(q.id for q in sorted(questions, key=_urgency)[:NEXT])
    return PlanData(
        id=plan.plan,
        name=text(Message.of("appraisal.plan.name", name=(plan.name.en, plan.name.zh))),
        made_on=plan.made_on,
        perfect=known.perfect * scale if known else None,
        streams=_streams(held),
        questions=questions,
        next=following,
        sentence=text(
            _sentence(held, questions, following, view.currency, "none" if known else "given" if moved else "short")
        ),
    )


def _shown(worth: Worth) -> float:
    return worth.value if worth.value > CERTAIN * worth.error else 0.0


def _question(
    answer: Answer, worths: dict[str, float], shares: dict[str, float], kinds: Mapping[str, str]
) -> QuestionData:
    question = answer.question
    mine = [worths[name] for name in question.informs if name in worths]
    moved = [shares[name] for name in question.informs if name in shares]
    return QuestionData(
        id=question.id,
        stream=question.stream,
        text=text(Message.of("appraisal.plan.question", text=(question.text.en, question.text.zh))),
        facts=answer.facts,
        partly=answer.state == "partly",
        words=answer.words,
        clauses=tuple(id for id, kind in kinds.items() if kind in question.terms),
        grade=answer.grade,
        informs=tuple(f"parameter.{name}" for name in question.informs if name in worths),
        worth=max(mine, default=None),
        share=max(moved, default=None),
    )


def _urgency(question: QuestionData) -> tuple[float, bool, float, int]:
    """What is worth most comes first; then what is open, what moves the result, and what is badly sourced."""
    grade = "DCBA".find(question.grade) if question.grade else -1
    return (-(question.worth or 0.0), bool(question.facts), -(question.share or 0.0), grade)


def _streams(held: Sequence[Answer]) -> tuple[StreamCoverage, ...]:
    names = dict.fromkeys(answer.question.stream for answer in held)
    return tuple(_stream(name, [a for a in held if a.question.stream == name]) for name in names)


def _stream(name: str, mine: Sequence[Answer]) -> StreamCoverage:
    a, b, c, d = (sum(answer.grade == grade for answer in mine) for grade in GRADES)
    answered, partly = (sum(x.state == state for x in mine) for state in ("answered", "partly"))
    return StreamCoverage(stream=name, questions=len(mine), answered=answered, partly=partly, grades=(a, b, c, d))


def _sentence(
    held: Sequence[Answer],
    questions: Sequence[QuestionData],
    following: Sequence[str],
    currency: str,
    otherwise: str,
) -> Message:
    counts = {
        "answered": sum(answer.state == "answered" for answer in held),
        "partly": sum(answer.state == "partly" for answer in held),
        "questions": len(held),
        "filed": sum(answer.state == "answered" and answer.grade == "A" for answer in held),
    }
    best = next((q for q in questions if q.id == following[0]), None) if following else None
    if best is not None and best.worth:
        asked = Message.from_dict(best.text.model_dump())
        return Message.of_money(currency, "appraisal.plan.sentence.worth", question=asked, worth=best.worth, **counts)
    return Message.of(f"appraisal.plan.sentence.{otherwise}", **counts)
