"""A small panel with made-up questions, and forms filled in by made-up experts."""

from datetime import date, datetime
from pathlib import Path

import openpyxl

from guanzi.intake.questionnaire.form import LEFT, asking_order
from guanzi.record.evidence import ElicitationFormat, QuestionEntry, SeedEntry

ANSWERS = "Answers 答案"
EXPERT = "Expert 专家"
PANEL = "Panel 问卷"


def seed(value, day=date(2020, 1, 1)):
    return SeedEntry(value=value, known_on=day, source="made up")


def panel(*questions, quantiles=(0.05, 0.5, 0.95), **more):
    asked = questions or (
        QuestionEntry(id="first", text="First?", unit="vehicles", scale="log", seed=seed(100.0)),
        QuestionEntry(id="second", text="=SUM(A1:A9)", text_zh="第二题", unit="ratio", least=0.0, most=1.0),
    )
    return ElicitationFormat(
        format=1, panel="made-up", title="Made up", quantiles=tuple(quantiles), questions=asked, **more
    )


def fill(form: Path, target: Path, answers, name="Someone", day=datetime(2020, 3, 1), reasons=(), count=3, **cells):
    """Fill in a form: question row to ascending quantiles; further cells as ``Answers_F2=…``."""
    book = openpyxl.load_workbook(form)
    who, sheet = book[EXPERT], book[ANSWERS]
    who["B1"], who["B2"], who["B3"] = name, "made up", day
    order = asking_order(count)
    for row, values in answers.items():
        for column, place in enumerate(order, start=len(LEFT) + 1):
            sheet.cell(row, column).value = values[place]
    for row, reason in dict(reasons).items():
        sheet.cell(row, len(LEFT) + count + 1).value = reason
    for where, value in cells.items():
        title, cell = where.split("_")
        book[{"Answers": ANSWERS, "Expert": EXPERT, "Panel": PANEL}[title]][cell] = value
    book.save(target)
    return target
