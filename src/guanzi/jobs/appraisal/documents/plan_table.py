"""The plan of due diligence: how far each work-stream is answered, and by which grade of source."""

from __future__ import annotations

from guanzi.advice.appraisal import Appraisal, PlanData, QuestionData
from guanzi.base.core import Message
from guanzi.jobs.shared.documents.words import code_words, message, of_text
from guanzi.record.playbooks import State
from guanzi.render import Cell, Column, Row, Sentence, Table


def plan_table(plan: PlanData) -> Table:
    """A row per work-stream: questions, answered in whole and in part, and the best grade of source behind each."""
    caption = message("plan.caption", plan=of_text(plan.name), day=plan.made_on.isoformat())
    names = ("stream", "questions", "answered", "partly", "a", "b", "c", "d")
    rows = tuple(
        Row(
            Cell(code_words("stream", stream.stream)),
            tuple(Cell(n) for n in (stream.questions, stream.answered, stream.partly, *stream.grades)),
        )
        for stream in plan.streams
    )
    return Table("plan", caption, _columns(names), rows)


def questions_table(plan: PlanData) -> Table:
    """Every question with what is held on it."""
    rows = []
    for question in plan.questions:
        speaking = question.words or question.clauses
        open_ = Cell(message("plan.in_words", n=len(speaking)) if speaking else None)
        held = (Cell(len(question.facts)), Cell(question.grade)) if question.facts else (open_, Cell(None))
        state = Cell(message(f"plan.state.{state_of(question)}"))
        rows.append(Row(Cell(of_text(question.text)), (Cell(code_words("stream", question.stream)), state, *held)))
    caption = message("plan.all", n=len(plan.questions))
    return Table("plan-questions", caption, _columns(("question", "stream", "state", "facts", "grade")), tuple(rows))


def state_of(question: QuestionData) -> State:
    """Whether a question is answered, in part, or open."""
    return "open" if not question.facts else "partly" if question.partly else "answered"


def _columns(names: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(name, message(f"table.plan.{name}")) for name in names)


def following(appraisal: Appraisal) -> tuple[Sentence, ...]:
    """The questions to ask next, each with why it comes now."""
    by_id = {question.id: question for question in appraisal.plan.questions}
    return tuple(Sentence(of_text(by_id[id].text), cited=_why(by_id[id], appraisal)) for id in appraisal.plan.next)


def _why(question: QuestionData, appraisal: Appraisal) -> Message:
    held = message("plan.clauses") if question.clauses else message("plan.open")
    if question.words:
        held = message("plan.words", n=len(question.words))
    if question.facts:
        held = message("plan.held", n=len(question.facts), grade=question.grade)
    if question.partly:
        held = message("plan.partly", held=held)
    if question.worth:
        worth = message("plan.worth", worth=question.worth, currency=appraisal.case.currency)
        return message("plan.why", held=held, why=worth)
    if question.share:
        return message("plan.why", held=held, why=message("plan.share", share=question.share))
    return message("plan.why.only", held=held)
