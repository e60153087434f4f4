"""What an applicant could say to turn the advice, and how far the advice rests on his own word."""

from datetime import date

import pytest
from tests.advice.appraisal.test_priced import at_ratio
from tests.advice.appraisal.test_without_equity import GIVEN, written
from tests.cli.small_case import FACTS, write_case

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.advice.appraisal.word import word_of
from guanzi.base.core import catalogue_languages, render
from guanzi.record.evidence import load_case
from guanzi.record.playbooks import ADVICE_ORDER

SHORT = AppraisalOptions(sensitivity=False, proposal=False)
SOURCES = "  report: {publisher: Example Motors, title: Annual report, date: 2024-03-01, grade: B}\n"
DAY = "known_on: 2024-03-01, source: report}\n"
SALES = f"  - {{id: sales-2023, name: deliveries, period: 2023, value: 20000, unit: vehicles, {DAY}"
SAID = f"  - {{id: said, name: first_phase_financed, period: 2024-03-01, value: true, unit: flag, {DAY}"


def read(folder, playbook="hefei"):
    return appraise(load_case(folder), None, playbook, 300, options=SHORT).applicant


def words_of(folder):
    case = load_case(folder)
    view = case.view(case.decision_date)
    return {fact.id: word_of(view, fact) for fact in view.facts}


def retold(folder, old, new):
    facts = folder / FACTS
    text = facts.read_text("utf-8")
    assert old in text
    facts.write_text(text.replace(old, new), "utf-8")


def test_what_the_company_alone_says_is_its_own_word_and_a_filing_is_not(tmp_path):
    write_case(tmp_path)
    assert words_of(tmp_path)["sales-2023"] == "own"
    retold(tmp_path, "grade: B", "grade: A")
    assert words_of(tmp_path)["sales-2023"] == "filed"


@pytest.mark.parametrize(("publisher", "word"), [("Example Motors, Inc.", "own"), ("Example Weekly", "others")])
def test_a_source_is_of_the_company_if_it_bears_its_name(tmp_path, publisher, word):
    write_case(tmp_path)
    retold(tmp_path, "{publisher: Example Motors, title", f'{{publisher: "{publisher}", title')
    assert words_of(tmp_path)["sales-2023"] == word


def test_what_others_state_for_the_same_period_is_no_longer_his_word_alone(tmp_path):
    write_case(tmp_path)
    retold(tmp_path, SOURCES, SOURCES + "  daily: {publisher: The Daily, title: Report, date: 2024-03-01, grade: B}\n")
    retold(
        tmp_path, SALES, SALES + SALES.replace("sales-2023", "sales-again").replace("source: report", "source: daily")
    )
    assert {words_of(tmp_path)[id] for id in ("sales-2023", "sales-again")} == {"others"}


def test_the_share_falls_when_the_same_facts_are_filed(tmp_path):
    write_case(tmp_path)
    own = read(tmp_path)
    assert own.own == own.facts > 0
    assert own.alone
    assert ADVICE_ORDER.index(own.without) <= ADVICE_ORDER.index("back_with_conditions")
    retold(tmp_path, "grade: B", "grade: A")
    filed = read(tmp_path)
    assert (filed.own, filed.filed, filed.alone) == (0, own.own, ())


def test_a_table_that_does_not_read_the_chance_is_turned_by_no_answer(tmp_path):
    write_case(tmp_path)
    found = read(tmp_path)
    questions = [row for row in found.table.rows if row[0].id.startswith("appraisal.odds.question.")]
    assert {row[3].id for row in questions} == {"appraisal.applicant.say.unread"}


def test_one_word_turns_a_table_that_waits_for_it_and_the_cheapest_is_told_first(tmp_path):
    folder = tmp_path / "case"
    written(folder, GIVEN["grant"])
    found = read(folder, at_ratio(2.0))
    turned = [row for row in found.table.rows if row[4].id == "playbooks.advice.back_with_conditions"]
    assert "appraisal.applicant.say.yes_to_it" in {row[3].id for row in turned}
    second = found.table.sentence.params["second"]
    assert second["id"] == "appraisal.applicant.cheapest"
    assert second["params"]["statement"]["id"] == "appraisal.applicant.say.yes_to_it"


def test_a_statement_that_is_told_turns_the_advice_when_it_is_made(tmp_path):
    """The answer is put in as a fact, and the whole case appraised anew."""
    folder = tmp_path / "case"
    written(folder, GIVEN["grant"])
    book = at_ratio(2.0)
    row = next(r for r in read(folder, book).table.rows if r[0].id == "appraisal.odds.question.finance")
    assert row[3].id == "appraisal.applicant.say.yes_to_it"
    retold(folder, SALES, SALES + SAID)
    after = appraise(load_case(folder), date(2024, 4, 29), book, 300, options=SHORT)
    assert f"playbooks.advice.{after.advice}" == row[4].id


@pytest.mark.parametrize("lang", catalogue_languages())
def test_every_cell_can_be_said(tmp_path, lang):
    write_case(tmp_path)
    table = read(tmp_path).table
    assert all(render(cell.model_dump(), lang) for row in table.rows for cell in row)
    assert render(table.sentence.model_dump(), lang)
