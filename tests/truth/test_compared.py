"""A case under several playbooks: payments as clauses have them, no money in two roles, one verdict on forecasts."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.sampling import swept
from tests.truth.restated import LISTS

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.advice.appraisal.prepare import prepare, prepare_variant
from guanzi.advice.structuring import restructure_sheet
from guanzi.base.core import render
from guanzi.jobs.appraisal import comparison
from guanzi.jobs.shared.run import Run
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook
from guanzi.render import Cell, Column, Row, Table
from guanzi.render.localised import localise_table

CASES = Path(__file__).parent / "cases"
PATHS = 16
NAMES = ("apple-waukee-2017", "lithium-thacker-pass-2024", "northvolt-heide-2024", "solyndra-fremont-2009")


def folder_of(name):
    return CASES / name if (CASES / name).is_dir() else find_case(name)


@pytest.fixture(scope="module", params=swept(NAMES, 2))
def compared(request):
    folder = folder_of(request.param)
    asked = comparison.Request(
        str(folder), ("hefei", "xian", "singapore", "south-carolina"), run=Run(paths=PATHS, threads=1)
    )
    found, case = comparison.compare_methods(asked), load_case(folder)
    appraisal = appraise(case, paths=PATHS, options=AppraisalOptions(sensitivity=False, proposal=False))
    published = {"comparison": comparison.data(found)}
    view = case.view(case.decision_date)
    reading = SimpleNamespace(view=view, appraisal=appraisal, published=published)
    return SimpleNamespace(
        name=request.param, reading=reading, found=found.found, document=comparison.document_of(found)
    )


@pytest.mark.parametrize("id", ["plans", "playbooks"])
def test_payments_and_designs_are_held_to_the_term_sheet(compared, id):
    tables = [table for table in compared.document.tables() if table.id == id]
    assert tables or (id == "plans" and not compared.found.columns[0].draft.plan)
    assert [fault for table in tables for fault in LISTS[f"comparison {id}"](compared.reading, table)] == []


@given(st.integers(1, 9_999).map(lambda n: n / 10.0))
@example(1970.0)
def test_two_halves_add_up_to_their_sum_as_they_are_shown(whole):
    rows = (Row(Cell("whole"), (Cell(whole), Cell(""))), Row(Cell("halves"), (Cell(whole / 2), Cell(whole / 2))))
    columns = (Column("deal", "deal"), Column("public", "public"), Column("partners", "partners"))
    for lang in ("en", "zh"):
        told = localise_table(Table("plans", "plans", columns, rows, "USD m", parts=True), lang)
        ((total, _), (own, other)) = [[cell.text.replace(",", "") for cell in cells] for _, _, cells in told.rows]
        assert own == other
        assert Decimal(own) * 2 == Decimal(total)


def test_a_page_older_than_its_playbooks_says_so(compared):
    said = {part.id for section in compared.document.sections for block in section.blocks for part in ids(block)}
    assert {"reports.compare.later", "reports.compare.as_entered"} <= said
    simulated = any(deal.simulated for c in compared.found.columns for deal in (c.draft, c.own) if deal)
    assert ("reports.compare.method.2" in said) == simulated
    assert compared.document.footer.id == f"reports.compare.footer{'' if simulated else '.unsimulated'}"
    barred = {text.id for text in compared.found.columns[0].draft.barred}
    assert barred <= said


def ids(block):
    """Messages of a sentence or of a list of them."""
    for sentence in getattr(block, "items", (block,)):
        if hasattr(getattr(sentence, "words", None), "id"):
            yield sentence.words


def test_a_company_that_cannot_be_forecast_under_one_deal_is_not_under_another():
    """Waukee's relief only gives, and says that Apple is self-funded; a loan in its place would not be asked that."""
    case = load_case(folder_of("apple-waukee-2017"))
    held = prepare(case, case.decision_date, load_playbook("hefei"))
    assert held.sheet is not None
    assert held.implausible
    other = load_case(folder_of("lithium-thacker-pass-2024"))
    loan = prepare(other, other.decision_date, load_playbook("hefei")).sheet
    assert loan is not None
    lent = replace(
        held.sheet, instruments=loan.instruments, events=loan.events, parties=(*held.sheet.parties, *loan.parties)
    )
    made = prepare_variant(held, lent)
    assert (made.model, made.policy, made.implausible) == (None, None, held.implausible)


def test_a_tax_that_is_let_off_and_a_guarantee_buy_no_shares():
    for name in ("apple-waukee-2017", "solyndra-fremont-2009"):
        case = load_case(folder_of(name))
        book = load_playbook("hefei")
        sheet, structure = prepare(case, case.decision_date, book).sheet, book.governance.structure
        assert sheet is not None
        assert structure is not None
        done = restructure_sheet(sheet, structure, sheet.public[0], 535.0)
        assert done.sheet is None
        assert done.why is not None
        assert "is not a payment" in render(done.why)
