"""The plan of due diligence: how far each work-stream is answered, and by which grade of source."""

from __future__ import annotations

from guanzi.advice.appraisal import Appraisal, PlanData, QuestionData
from guanzi.reports.tables import ReportTable, TableNumber
from guanzi.reports.words import say, tell, word


def plan_table(plan: PlanData, lang: str) -> ReportTable:
    """A row per work-stream: questions, answered, and the best grade of source behind each answer."""
    head = tuple(say(f"table.plan.{name}", lang) for name in ("stream", "questions", "answered", "a", "b", "c", "d"))
    rows = tuple(
        (
            word("stream", stream.stream, lang),
            tuple(TableNumber(str(n)) for n in (stream.questions, stream.answered, *stream.grades)),
        )
        for stream in plan.streams
    )
    return ReportTable("", head, rows)


def questions_table(plan: PlanData, lang: str) -> ReportTable:
    """Every question with what is held on it."""
    head = tuple(say(f"table.plan.{name}", lang) for name in ("question", "stream", "facts", "grade"))
    rows = tuple((tell(question.text, lang), _cells(question, lang)) for question in plan.questions)
    return ReportTable("", head, rows)


def following(appraisal: Appraisal, lang: str) -> list[tuple[QuestionData, str]]:
    """The questions to ask next, each with why it comes now."""
    by_id = {question.id: question for question in appraisal.plan.questions}
    return [(by_id[id], _why(by_id[id], appraisal, lang)) for id in appraisal.plan.next]


def _why(question: QuestionData, appraisal: Appraisal, lang: str) -> str:
    held = say("plan.open", lang)
    if question.facts:
        held = say("plan.held", lang, n=len(question.facts), grade=question.grade)
    if question.worth:
        worth = say("plan.worth", lang, worth=question.worth, currency=appraisal.case.currency)
        return say("plan.why", lang, held=held, why=worth)
    if question.share:
        return say("plan.why", lang, held=held, why=say("plan.share", lang, share=question.share))
    return say("plan.why.only", lang, held=held)


def _cells(question: QuestionData, lang: str) -> tuple[TableNumber, ...]:
    nothing = TableNumber(say("figure.none", lang), mark="none")
    stream = TableNumber(word("stream", question.stream, lang), mark="words")
    if not question.facts:
        return (stream, nothing, nothing)
    return (stream, TableNumber(str(len(question.facts))), TableNumber(question.grade, mark="words"))
