"""What a company reports of a quarter: a workbook to fill in, and its facts in the case."""

import re
from datetime import date

import openpyxl
import pytest
from tests.jobs.watched_case import fill, signed_case
from tests.truth.properties import OF_TRUTH

from guanzi.base.core import InvalidInput, format_problems
from guanzi.jobs.following import monitoring, reporting
from guanzi.record.evidence import load_case, product_unit


def template(tmp_path, lang="en"):
    case = signed_case(tmp_path)
    request = reporting.TemplateRequest(str(case), "2020Q2", tmp_path / "book.xlsx", lang)
    return case, reporting.write_template(request)


def take_in(case, book):
    return reporting.import_report(reporting.ImportRequest(str(book), str(case)))


def refusal(case, book):
    with pytest.raises(InvalidInput) as error:
        take_in(case, book)
    assert not (case / "monitoring").is_dir() or not list((case / "monitoring").iterdir())
    return format_problems(error.value.problems, "en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_filled_in_workbook_becomes_facts_with_their_day(tmp_path, lang):
    case, book = template(tmp_path, lang)
    stand = {"en": ("reached", "verified"), "zh": ("已达成", "已核实")}[lang]
    fill(
        book,
        figures={
            "deliveries": 10_331,
            "founder_share": 0.76,
            "listed": "no",
            "cash_and_short_term_investments": 11_200,
        },
        milestones={"i2": (stand[0], date(2020, 6, 29), None), "closing": (stand[1], date(2020, 6, 20), "An auditor")},
    )
    taken = take_in(case, book)
    assert (taken.facts, taken.quarter, taken.path.name) == (6, "2020Q2", "report-2020q2.yaml")
    result = monitoring.monitor(monitoring.Request(str(case), date(2020, 8, 31)))
    assert result.examined.covenants[0].state == "kept"
    states = {m.id: m.state for m in result.milestones}
    assert (states["i2"], states["closing"]) == ("reported", "verified")
    assert {f.known_on for f in result.watched.view.facts if f.source == "report-2020q2"} == {date(2020, 8, 1)}
    unseen = monitoring.monitor(monitoring.Request(str(case), date(2020, 7, 31)))
    assert unseen.examined.covenants[0].state == "unknown"


def test_a_quarter_is_reported_once_and_the_next_template_is_of_the_next_quarter(tmp_path):
    case, book = template(tmp_path)
    fill(book, figures={"deliveries": 10_331})
    take_in(case, book)
    with pytest.raises(InvalidInput) as error:
        take_in(case, book)
    assert "has already been reported" in format_problems(error.value.problems, "en")
    following = reporting.write_template(reporting.TemplateRequest(str(case), None, tmp_path / "next.xlsx"))
    fill(following, head={3: date(2020, 11, 1), 4: "NIO Inc."}, figures={"deliveries": 12_206})
    assert take_in(case, following).quarter == "2020Q3"


def test_the_same_template_is_the_same_bytes(tmp_path):
    case, book = template(tmp_path)
    again = reporting.write_template(reporting.TemplateRequest(str(case), "2020Q2", tmp_path / "again.xlsx"))
    assert again.read_bytes() == book.read_bytes()


def test_every_cell_that_cannot_be_is_refused_at_once_with_its_place_and_nothing_is_written(tmp_path):
    case, book = template(tmp_path)
    fill(
        book,
        figures={"deliveries": -5, "orders": 1.5, "revenue": 3718.9, "pledged_share": 1.4, "ebitda": "a lot"},
        units={"revenue": "CNY"},
        milestones={
            "i1": ("perhaps", date(2020, 7, 1), None),
            "i2": ("reached", None, None),
            "i3": ("reached", date(2021, 7, 1), None),
            "closing": ("verified", date(2020, 7, 1), "NIO Inc."),
        },
    )
    text = refusal(case, book)
    for said, cell in (
        ("“deliveries” cannot be negative", "figures!D6"),
        ("“orders” must be a whole number", "figures!D7"),
        ("not in “CNY”", "figures!C8"),
        ("“a lot” is not a number", "figures!D10"),
        ("exceeds 100 %", "figures!D24"),
        ("“perhaps” is not a milestone status", "milestones!C"),
        ("The date is missing", "milestones!D"),
        ("is after the date of the report", "milestones!D"),
        ("the verifier is missing", "milestones!E"),
    ):
        assert said in text
        assert cell in text
    assert text.count("fix: ") == text.count("error:") == 9


@pytest.mark.parametrize(
    ("head", "said", "cell"),
    [
        (
            {1: "other", 2: "2019Q4"},
            ("is for “other”", "ended before the deal was signed", "The name of the reporter is missing"),
            "B1",
        ),
        ({2: "spring", 4: "NIO"}, ("“spring” is not a quarter", "The submission date is missing"), "B2"),
        ({3: date(2020, 6, 1), 4: "NIO"}, ("but the quarter runs until",), "B3"),
        ({3: date(2020, 8, 1), 4: "NIO"}, ("The report is empty",), "D6"),
    ],
)
def test_a_head_that_cannot_be_is_refused_with_its_place(tmp_path, head, said, cell):
    case, book = template(tmp_path)
    fill(book, head=head)
    text = refusal(case, book)
    assert all(words in text for words in said)
    assert f"figures!{cell}" in text


def test_what_cannot_be_together_with_the_deal_is_refused_and_nothing_stays(tmp_path):
    case, book = template(tmp_path)
    fill(book, milestones={"i1": ("verified", date(2020, 5, 1), "An auditor")})
    text = refusal(case, book)
    assert "the earliest possible date" in text
    assert text.startswith(str(book))  # its facts are gone again: the place is the workbook


def test_a_figure_beyond_all_measure_is_refused_at_its_cell(tmp_path):
    case, book = template(tmp_path)
    fill(book, figures={"revenue": 1e30})
    text = refusal(case, book)
    assert "“revenue” is larger than possible" in text
    assert "figures!D8" in text


def test_a_report_of_a_quarter_before_signing_cannot_be_asked_for(tmp_path):
    case = signed_case(tmp_path)
    with pytest.raises(InvalidInput):
        reporting.write_template(reporting.TemplateRequest(str(case), "2019Q4", tmp_path / "b.xlsx"))


def test_a_case_of_the_library_is_not_written_to(tmp_path):
    book = reporting.write_template(reporting.TemplateRequest("nio-hefei-2020", "2022Q2", tmp_path / "b.xlsx"))
    with pytest.raises(InvalidInput) as error:
        take_in("nio-hefei-2020", book)
    assert "guanzi case new" in format_problems(error.value.problems, "en")


TRUTH = [(folder, lang) for folder in sorted(OF_TRUTH.iterdir()) for lang in ("en", "zh")]


@pytest.mark.parametrize(("folder", "lang"), TRUTH, ids=lambda x: getattr(x, "name", x))
def test_a_company_is_asked_for_what_it_makes_in_words_of_the_language(tmp_path, folder, lang):
    """Cars were asked of a maker of lithium, and a register of China of a company elsewhere."""
    case = load_case(folder)
    book = reporting.write_template(reporting.TemplateRequest(str(folder), None, tmp_path / "book.xlsx", lang))
    figures, stones = openpyxl.load_workbook(book).worksheets
    rows = {row[0].value: row for row in figures.iter_rows(min_row=6)}
    product = product_unit(case.view(case.decision_date))
    assert ("deliveries" in rows) == (product != "units")
    assert "vehicles" in product or not [row for row in rows.values() if "vehicle" in str(row[2].value)]
    assert ("judgment_debtor" in rows) == (case.company.country == "CN" or case.region.country == "CN")
    assert {"management_changes", "pay_arrears"} <= {*rows}
    told = [str(row[n].value) for row in rows.values() for n in (1, 2)]
    told += [str(row[1].value) for row in stones.iter_rows(min_row=2)]
    assert lang == "en" or not [words for words in told if re.fullmatch(r"[a-z][a-z ]{3,}", words)]


def test_what_cannot_be_counted_is_told_in_words(tmp_path):
    case, book = template(tmp_path)
    fill(book, figures={"management_changes": "The chief financial officer left.", "deliveries": 10_331})
    assert take_in(case, book).facts == 2
    view = monitoring.monitor(monitoring.Request(str(case), date(2020, 8, 31))).watched.view
    (fact,) = (fact for fact in view.facts if fact.name == "management_changes")
    assert (fact.value, str(fact.period)) == ("The chief financial officer left.", "2020Q2")
