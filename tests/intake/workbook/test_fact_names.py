"""Names of facts in the words of people: label and meaning in both languages, and units as they are written."""

import re

import openpyxl
import pytest
from tests.intake.workbook.workbooks import change, errors_of, make_book
from tests.intake.workbook.workbooks import problems_of as problems_of_book
from tests.record.evidence.folders import CASE, GOOD_FACT, facts_yaml, problems_of, write_case

from guanzi.base.core import LANGUAGES, format_problem, render
from guanzi.intake.workbook import case_draft, layouts, read_book
from guanzi.intake.workbook import write_case as make
from guanzi.record.evidence import UNITS_BY_NAME, label_of, load_case, meaning_of
from guanzi.record.evidence.unitwords import bare_scale, written_unit


def told(words, lang="en"):
    assert words is not None
    return render(words, lang)


HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", UNITS_BY_NAME)
def test_a_name_of_a_fact_has_a_label_and_a_meaning_in_both_languages(name):
    label, meaning = label_of(name), meaning_of(name)
    english, chinese = ([told(words, lang) for words in (label, meaning)] for lang in LANGUAGES)
    assert len({*english, *chinese}) == 4, "a meaning says more than the label"
    assert all(HAN.search(words) for words in chinese)
    assert not any(HAN.search(words) for words in english)
    assert english[1].endswith(".")
    assert chinese[1].endswith("。")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_names_are_called_the_same(lang):
    labels = [told(label_of(name), lang).casefold() for name in UNITS_BY_NAME]
    assert sorted({label for label in labels if labels.count(label) > 1}) == []


def test_a_rate_between_any_two_currencies_is_called_by_their_codes():
    assert told(label_of("krw_eur")) == "exchange rate KRW to EUR"
    assert "KRW" in told(meaning_of("krw_eur"), "zh")
    assert label_of("my_own_name") is None


@pytest.mark.parametrize(
    ("name", "meant"),
    [("deliverys", "deliveries"), ("gross_margins", "gross_margin"), ("research_and_development", None)],
)
def test_a_misspelt_name_is_answered_with_the_name_and_its_words(tmp_path, name, meant):
    folder = write_case(tmp_path, {"facts/a.yaml": facts_yaml(GOOD_FACT.replace("name: deliveries", f"name: {name}"))})
    said = [format_problem(p) for p in load_case(folder).warnings if p.cause.id == "evidence.fact.unknown_name"]
    assert len(said) == 1
    assert (f"{meant} ({told(label_of(meant))})" in said[0]) if meant else True


def test_words_instead_of_a_name_are_answered_with_the_name(tmp_path):
    facts = facts_yaml(GOOD_FACT.replace("name: deliveries", "name: 交付量"))
    problem = next(p for p in problems_of(write_case(tmp_path, {"facts/a.yaml": facts})))
    assert "deliveries (deliveries)" in format_problem(problem)


def test_a_workbook_takes_the_words_for_the_name_in_either_language(tmp_path):
    book = change(make_book(tmp_path), {"Facts!C2": "交付量", "Facts!C4": "Delivery guidance"})
    rows = read_book(book, layouts("case")).sheet("facts")
    assert {row.get("name") for row in rows} >= {"delivery_guidance"}
    assert errors_of(book) == []


def test_the_sheet_of_names_lists_words_and_meaning(tmp_path):
    sheet = openpyxl.load_workbook(make_book(tmp_path))["Names"]
    listed = {row[0]: row[1:6] for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]}
    assert set(listed) == set(UNITS_BY_NAME)
    assert listed["headcount"] == (
        "headcount",
        "员工人数",
        "people",
        "Number of people that the company employs on the day.",
        "当日企业雇用的人数。",
    )


# -- units -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "unit", "held"),
    [
        ("USD bn", 13.7, "USD m", 13700.0),
        ("bn USD", 0.1, "USD m", 100.0),
        ("m EUR", 4.35, "EUR m", 4.35),
        ("MEUR", 4.35, "EUR m", 4.35),
        ("k EUR", 4.35, "EUR m", 0.00435),
        ("billion yuan", 1.1, "CNY m", 1100.0),
        ("亿元", 70.3, "CNY m", 7030.0),
        ("万元", 12.3, "CNY m", 0.123),
        ("人民币亿元", 1, "CNY m", 100.0),
        ("亿美元", 1.1, "USD m", 110.0),
        ("KRW tn", 1.5, "KRW m", 1500000.0),
        ("€bn", 2.2, "EUR m", 2200.0),
        ("万辆", 2.0565, "vehicles", 20565.0),
        ("thousand people", 7.7, "people", 7700.0),
    ],
)
def test_a_unit_as_people_write_it_is_read_exactly(text, value, unit, held):
    found = written_unit(text)
    assert (found.unit, found.converted(value)) == (unit, held)


@pytest.mark.parametrize("text", ["bn", "m", "亿", "$ m", "$bn", "million dollars", "万"])
def test_a_scale_without_a_currency_is_not_guessed(text):
    assert written_unit(text) is None
    assert bare_scale(text) is not None


@pytest.mark.parametrize("text", ["%", "litres", "human", "vehicels", "text", "flag", "", "bnf"])
def test_what_is_no_such_unit_is_left_to_others(text):
    assert written_unit(text) is None
    assert bare_scale(text) is None


def test_a_price_stays_a_price():
    assert written_unit("k EUR", "unit_cost").unit == "EUR"
    assert written_unit("万元", "list_price").converted(35.8) == 358000.0


MONEY = "id: cash, name: cash, period: 2019-12-31, value: 13.7, unit: USD m, known_on: 2020-03-18, source: filing"


def book_with(tmp_path, unit, **cells):
    from guanzi.intake.workbook import case_rows, write_book

    case = load_case(write_case(tmp_path / "case", {"case.yaml": CASE, "facts/a.yaml": facts_yaml(MONEY)}))
    write_book(tmp_path / "m.xlsx", case_rows(case))
    return change(tmp_path / "m.xlsx", {"Facts!G2": unit, **cells})


def test_a_workbook_in_billions_is_taken_and_says_the_factor(tmp_path):
    book = book_with(tmp_path, "USD bn")
    (said,) = [p for p in problems_of_book(book) if p.cause.id == "evidence.unit.written"]
    assert (said.place.file, said.severity) == ("book.xlsx:Facts!G2", "warning")
    assert "1,000" in format_problem(said) or "1000" in format_problem(said)
    draft = case_draft(read_book(book, layouts("case")), tmp_path)
    fact = load_case(make(tmp_path / "made", draft, {})).facts[0]
    assert (fact.value, fact.unit) == (13700.0, "USD m")


def test_bounds_in_a_written_unit_are_converted_too(tmp_path):
    book = book_with(tmp_path, "亿元", **{"Facts!D2": None, "Facts!E2": 1.1, "Facts!F2": 2.2})
    draft = case_draft(read_book(book, layouts("case")), tmp_path)
    assert draft.facts["facts"][0]["value"] == {"low": 110.0, "high": 220.0}
    assert draft.facts["facts"][0]["unit"] == "CNY m"


def test_a_scale_without_a_currency_is_asked_for_it(tmp_path):
    assert errors_of(book_with(tmp_path, "bn")) == [("book.xlsx:Facts!G2", "evidence.unit.bare")]


@pytest.mark.parametrize("unit", ["USD bn", "亿元", "USD"])
def test_in_a_file_the_unit_and_the_factor_are_said(tmp_path, unit):
    facts = facts_yaml(MONEY.replace("USD m", unit))
    (problem,) = problems_of(write_case(tmp_path, {"facts/a.yaml": facts}))
    assert problem.fix.id == "evidence.unit.written"
    for lang in LANGUAGES:
        assert " m" in format_problem(problem, lang)
