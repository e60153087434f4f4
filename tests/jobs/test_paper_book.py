"""The money of a deal as a workbook: its formulas give the figures of the appraisal, and bracket its present value."""

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from importlib.resources import as_file, files

import openpyxl
import pytest
from tests.jobs.nio import nio
from tests.truth.properties import OF_TRUTH
from tests.truth.reading import pieces, within

from guanzi.advice.appraisal import appraise, budget_parties, commitments
from guanzi.advice.appraisal.deal import Bracket
from guanzi.deal.terms import parse_sheet
from guanzi.jobs.decisions.documents.paper_book import DealMoney, deal_money, money_book, money_document, step_times
from guanzi.record.evidence import load_case
from guanzi.record.playbooks import load_playbook

LANGUAGES = ("en", "zh")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture(scope="module")
def money():
    with as_file(files("guanzi").joinpath("library/cases/nio-hefei-2020")) as folder:
        case = load_case(folder)
    view = case.view(nio().as_of)
    sheet = parse_sheet(view.sheet.document)
    names = {party.id: str(party.name or party.id) for party in sheet.parties}
    parties = tuple((id, names[id]) for id in sheet.public)
    hurdle = load_playbook("hefei").hurdle_rate.value
    return DealMoney(commitments(sheet), parties, budget_parties(sheet, view), hurdle)


def headline(content, *, values=True):
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=values).worksheets[1]
    return [[cell.value for cell in row[:4]] for row in sheet.iter_rows(min_row=2, max_row=7)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_planned_sums_are_those_of_the_appraisal_and_its_present_value_lies_between_the_ends(money, lang):
    rows = headline(money_book(nio(), money, lang))
    for _, value, said, difference in rows[:3]:
        assert value == pytest.approx(said)
        assert difference == pytest.approx(0.0, abs=1e-9)
    (_, low, mean, _), (_, high, _, _) = rows[4:]
    assert low < mean < high
    assert mean == pytest.approx(nio().figures["fund.npv_mean"].value - nio().figures["public.given"].value)


def test_every_headline_is_a_live_formula(money):
    assert all(str(row[1]).startswith("=") for row in headline(money_book(nio(), money), values=False))


def test_a_sum_with_an_unknown_amount_is_not_computed(money):
    first, *others = money.payments
    unknown = replace(first, by_party=((money.own[0], Bracket(None, None, None)),))
    content = money_book(nio(), replace(money, payments=(unknown, *others)))
    rows = headline(content, values=False)
    told = [row[0] for row in rows]
    assert "Planned payments of all public parties" not in told
    first = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert any(str(cell.value).startswith("Planned totals are not computed") for (cell,) in first.iter_rows())
    assert told[0] == "Net present value at the hurdle rate, lower bound"


def test_a_year_beyond_the_forecast_has_its_plan_and_no_expected_flow(money):
    last = step_times(nio())[-1][0]
    late = replace(money.payments[-1], due=date(last + 2, 6, 30))
    (years,) = (
        t for t in money_document(nio(), replace(money, payments=(*money.payments, late))).tables() if t.id == "years"
    )
    rows = {row.head.value: [cell.value for cell in row.cells] for row in years.rows}
    planned, flows = rows[str(last + 2)][:-6], rows[str(last + 2)][-6:]
    assert planned[-1] > 0
    assert flows == [""] * 6
    assert "" not in rows[str(last)]


def test_a_higher_rate_lowers_the_present_value(money):
    dear = DealMoney(money.payments, money.parties, money.own, money.hurdle + 0.1)
    assert headline(money_book(nio(), dear))[5][1] < headline(money_book(nio(), money))[5][1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_has_the_same_bytes_twice(money, lang):
    assert money_book(nio(), money, lang) == money_book(nio(), money, lang)


def test_the_steps_run_from_the_quarter_of_the_appraisal_to_the_horizon():
    times = step_times(nio())
    assert len(times) == nio().versions.steps
    assert times[0] == (2020, 0.0)
    assert times[4] == (2021, 1.0)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_an_office_that_recalculates_gets_the_same_figures(money, tmp_path):
    content = money_book(nio(), money)
    (tmp_path / "money.xlsx").write_bytes(content)
    out = tmp_path / "out"
    command = [OFFICE, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, "money.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    again = headline((out / "money.xlsx").read_bytes())
    for new, old in zip(again, headline(content), strict=True):
        assert new[1] == pytest.approx(old[1])


def of_truth(name):
    """The money of a case of another kind, with what its term sheet says is assumed."""
    case = load_case(OF_TRUTH / name)
    view = case.view(case.decision_date)
    sheet = parse_sheet(view.sheet.document)
    made = deal_money(sheet, view, 0.08)
    return appraise(case, case.decision_date, load_playbook("hefei"), 0), made, view.sheet.document.data


@pytest.mark.parametrize("name", ["northvolt-heide-2024", "lithium-thacker-pass-2024", "apple-waukee-2017"])
def test_an_assumed_day_is_marked_and_no_head_names_a_unit_that_a_cell_has_not(name):
    appraisal, made, terms = of_truth(name)
    document = money_document(appraisal, made)
    (rows,) = (table.rows for table in document.tables() if table.id == "payments")
    clauses = (one for part in terms.values() if isinstance(part, dict) for one in part.items())
    days = {"start", "drawn", "due", "spread"}
    dated = [id for id, one in clauses if isinstance(one, dict) and days & {*one.get("assumed", ())}]
    assert dated
    for row in rows:
        id = row.id.removeprefix("payment:").partition(".")[0]
        assert bool(row.cells[-1].value) >= (id in dated)
        parts = [part.id for part in within(row.cells[-1].value)]
        assert ("reports.book.assumed.amount" in parts) == ("amount" in made.assumed.get(id, ()))
    for lang in LANGUAGES:
        book = openpyxl.load_workbook(io.BytesIO(money_book(appraisal, made, lang)))
        cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
        told = [words for words in cells if isinstance(words, str)]
        assert not [words for words in told if re.search(r"^terms\.|^[a-z]+(_[a-z]+)+$", words)]
        assert lang == "en" or not [words for words in told if re.search(r"\b[A-Z]{3} m\b", words)]
        rate = book.worksheets[-1]["B2"]
        assert (rate.number_format, "(" in book.worksheets[-1]["B1"].value) == ("0.0%", False)
    sums = {row.head.value.id: row.cells for table in document.tables() if table.id == "headline" for row in table.rows}
    planned = next(cells for id, cells in sums.items() if ".row.amount" in id)
    assert planned[2].value == pytest.approx(0.0, abs=1e-6)  # the total of the appraisal is the sum of the payments
    assert not [
        one
        for one in (m for piece in pieces(document) for m in within(piece.words))
        if one.id == "reports.book.called.all"
    ]
    by_id = {row.head.value.id: row for table in document.tables() if table.id == "headline" for row in table.rows}
    for id, row in by_id.items():
        if "before_tier" in id:
            says, how = row.cells[1].value, row.cells[3].value.id
            assert (says == "") == how.endswith(".alone")
            assert id.endswith(".let_off") == any(not payment.cash for payment in made.payments)
