"""A case in two languages: question, title and remarks are held in both, in a folder and in a workbook."""

import pytest
from tests.record.evidence.folders import CASE, GOOD_FACT, causes_of, facts_yaml, write_case

from guanzi.base.core import localised
from guanzi.intake.workbook import case_draft, case_rows, layouts, read_book, write_book
from guanzi.intake.workbook import write_case as write_draft
from guanzi.record.evidence import load_case

BOTH = CASE.replace("question: Shall we?", "question: {en: Shall we?, zh: 投不投？}").replace(
    "title: An example", "title: An example\ntitle_zh: 一例"
)
NOTED = facts_yaml(GOOD_FACT + ", note: {en: counted by hand, zh: 人工统计}, held_because: {zh: 提前取得}").replace(
    "title: Annual report", "title: {en: Annual report, zh: 年报}, note: {en: scanned, zh: 扫描件}"
)


@pytest.fixture
def case(tmp_path):
    return load_case(write_case(tmp_path / "case", {"case.yaml": BOTH, "facts/a.yaml": NOTED}))


def test_question_title_and_remarks_are_held_in_both_languages(case):
    view = case.view(case.decision_date)
    assert (view.question, view.question.zh) == ("Shall we?", "投不投？")
    assert (view.title, view.title.zh) == ("An example", "一例")
    fact = view.fact("deliveries-2019")
    assert (
        localised(fact.note, "zh"),
        localised(fact.held_because, "zh"),
        localised(view.source("filing").title, "zh"),
    ) == (
        "人工统计",
        "提前取得",
        "年报",
    )


WORDED = NOTED.replace("publisher: SEC", "publisher: {en: SEC, zh: 美国证监会}") + (
    "\n  - {id: plant, name: local_plant, period: 2019, value: {en: a plant in Hefei, zh: 合肥工厂}, unit: text,"
    " known_on: 2020-03-18, source: filing}"
)


@pytest.fixture
def worded(tmp_path):
    return load_case(write_case(tmp_path / "worded", {"case.yaml": BOTH, "facts/a.yaml": WORDED}))


def test_words_of_a_fact_and_publishers_are_held_in_both_languages(worded):
    view = worded.view(worded.decision_date)
    assert (view.fact("plant").text, localised(view.fact("plant").text, "zh")) == ("a plant in Hefei", "合肥工厂")
    assert localised(view.source("filing").publisher, "zh") == "美国证监会"


def test_a_workbook_carries_words_of_facts_and_publishers_in_both_languages(tmp_path, worded):
    write_book(tmp_path / "b.xlsx", case_rows(worded))
    draft = case_draft(read_book(tmp_path / "b.xlsx", layouts("case")), tmp_path)
    assert draft.problems == []
    again = load_case(write_draft(tmp_path / "again", draft, {}))
    assert again.view(worded.decision_date).sha256 == worded.view(worded.decision_date).sha256


def test_a_fact_that_is_wrong_elsewhere_keeps_its_words(tmp_path):
    wrong = WORDED.replace("name: local_plant,", "name: local_plant, confidence: sure,")
    causes = causes_of(write_case(tmp_path, {"case.yaml": BOTH, "facts/a.yaml": wrong}))
    assert causes == ["format.wrong_value"]


def test_chinese_words_are_part_of_what_is_hashed(tmp_path, case):
    other = load_case(write_case(tmp_path / "b", {"case.yaml": BOTH.replace("投不投", "投否"), "facts/a.yaml": NOTED}))
    assert other.view(other.decision_date).sha256 != case.view(case.decision_date).sha256


def test_a_workbook_carries_both_languages_and_loses_none(tmp_path, case):
    write_book(tmp_path / "b.xlsx", case_rows(case))
    draft = case_draft(read_book(tmp_path / "b.xlsx", layouts("case")), tmp_path)
    assert draft.problems == []
    again = load_case(write_draft(tmp_path / "again", draft, {}))
    assert again.view(case.decision_date).sha256 == case.view(case.decision_date).sha256


def test_a_table_of_facts_has_columns_for_chinese_remarks(tmp_path):
    head = "id,name,period,value,unit,known_on,source,note,note_zh\n"
    row = "deliveries-2019,deliveries,2019,20565,vehicles,2020-03-18,filing,counted,人工统计\n"
    sources = facts_yaml().replace("facts:\n", "")
    folder = write_case(tmp_path, {"facts/a.csv": head + row, "facts/s.yaml": sources})
    assert localised(load_case(folder).facts[0].note, "zh") == "人工统计"


@pytest.mark.parametrize("words", ["{de: Frage}", "[a, b]", "{en: '', zh: ''}"])
def test_words_in_other_languages_are_refused_with_the_mend(tmp_path, words):
    case = CASE.replace("question: Shall we?", f"question: {words}")
    assert causes_of(write_case(tmp_path, {"case.yaml": case, "facts/a.yaml": NOTED})) == ["format.wrong_value"]


def test_a_table_of_facts_has_a_column_for_chinese_words(tmp_path):
    head = "id,name,period,value,value_zh,unit,known_on,source\n"
    row = "plant,local_plant,2019,a plant in Hefei,合肥工厂,text,2020-03-18,filing\n"
    folder = write_case(tmp_path, {"facts/a.csv": head + row, "facts/s.yaml": facts_yaml().replace("facts:\n", "")})
    assert localised(load_case(folder).facts[0].text, "zh") == "合肥工厂"
