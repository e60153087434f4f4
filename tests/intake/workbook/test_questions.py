"""The six questions of the register of bets are the first sheet of a workbook; an answer there is a fact."""

from datetime import date

import openpyxl
import pytest
from tests.cli.small_case import FACTS, write_case

from guanzi.advice.odds import STATED, case_says
from guanzi.base.core import InvalidInput
from guanzi.intake.workbook import layouts
from guanzi.jobs.evidence.workbooks import import_workbook, write_workbook
from guanzi.record.evidence import load_case

ANSWER = (
    "  - {id: sold, subject: company, name: sold_before, period: 2023, value: true, unit: flag, known_on: 2024-03-01, "
    "source: report, note: {en: Seen in the accounts, zh: 见账目}}\n"
)


@pytest.fixture
def book(tmp_path):
    write_case(tmp_path / "case")
    return write_workbook(load_case(tmp_path / "case"), tmp_path / "book.xlsx")


def fill(book, name, **cells):
    """Fill cells of the question that a fact answers, by key of their columns."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.worksheets[0]
    columns = layouts("case")[0].columns
    at = {column.key: next(c.column for c in sheet[1] if c.value == column.header) for column in columns}
    row = next(r for r in range(2, 20) if sheet.cell(r, at["name"]).value == name)
    for key, value in cells.items():
        sheet.cell(row, at[key]).value = value
    workbook.save(book)


def test_the_questions_come_first_in_both_languages_each_with_the_fact_that_answers_it(book):
    sheet = openpyxl.load_workbook(book).worksheets[0]
    assert sheet.title == "Questions"
    rows = layouts("case")[0].given
    assert [row.get("name") for row in rows] == [*STATED.values(), None, None]
    assert all("\n" in row["asks"] for row in rows)


def test_a_workbook_without_answers_adds_no_fact(book, tmp_path):
    before = {fact.id for fact in load_case(tmp_path / "case").facts}
    assert {fact.id for fact in import_workbook(str(book), tmp_path / "back").case.facts} == before


def test_an_answer_is_a_fact_with_source_and_day_and_answers_the_question_of_the_case(book, tmp_path):
    fill(book, "made_before", value=False, known_on=date(2024, 3, 1), source="report")
    case = import_workbook(str(book), tmp_path / "back").case
    (fact,) = [fact for fact in case.facts if fact.name == "made_before"]
    assert (fact.id, fact.value, fact.unit, str(fact.period)) == ("made-before", False, "flag", "2024-03-01")
    answer = next(a for a in case_says(case.view(case.decision_date), ()) if a.question == "made_before")
    assert (answer.answer, answer.facts) == ("no", ("made-before",))


def test_an_answer_without_a_source_is_refused_at_its_cell(book, tmp_path):
    fill(book, "made_before", value=True, known_on=date(2024, 3, 1))
    with pytest.raises(InvalidInput, match="Questions!") as refused:
        import_workbook(str(book), tmp_path / "back")
    (problem,) = [p for p in refused.value.problems if p.severity == "error"]
    assert problem.place.field.endswith("source")
    assert not (tmp_path / "back").exists()


def test_an_answer_of_a_folder_stands_on_the_first_sheet_and_comes_back_as_it_was(tmp_path):
    write_case(tmp_path / "case")
    file = tmp_path / "case" / FACTS
    file.write_text(file.read_text("utf-8") + ANSWER, "utf-8")
    case = load_case(tmp_path / "case")
    book = write_workbook(case, tmp_path / "book.xlsx")
    workbook = openpyxl.load_workbook(book)
    assert "sold" in {cell.value for cell in workbook["Questions"][2]}
    assert "sold_before" not in {cell.value for row in workbook["Facts"] for cell in row}
    back = import_workbook(str(book), tmp_path / "back").case
    assert {f.id: f.content() for f in back.facts} == {f.id: f.content() for f in case.facts}
