"""What tables and first sentences say of a deal: heads in words, ends of guarantees, events, reasons that decide."""

from datetime import date
from pathlib import Path

from tests.deal.terms.known_company import sheet
from tests.study.precedents.test_outside import ME, bet

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.advice.appraisal.dealfacts import deal_facts
from guanzi.advice.appraisal.fiscal import incentives_of
from guanzi.advice.appraisal.outside import outside_sentence
from guanzi.advice.appraisal.prepare import prepare
from guanzi.base.core import Message, catalogue, render
from guanzi.jobs.shared.documents.words import code_words
from guanzi.record.evidence import load_case
from guanzi.record.playbooks import load_playbook
from guanzi.study.diligence import run_checks
from guanzi.study.precedents import outside_view

CASES = Path(__file__).parent / "cases"

LOAN = (
    "instruments:\n  loan: {type: loan, lender: city, borrower: company, amount: 100, drawn: 2024-03-31, rate: 3%, "
    "years: 3WAITS}\n"
)
GUARANTEE = "incentives:\n  bond: {type: guarantee, from: province, share: 90%, limit: 50, of: loan}\n"


def test_both_ends_of_a_quantity_have_one_head_in_words():
    heads = [id.removesuffix("_low") for id in catalogue("appraisal", "en") if id.startswith("appraisal.column.")]
    pairs = [id for id in heads if f"{id}_low" in catalogue("appraisal", "en")]
    assert "appraisal.column.share_of_budget" in pairs
    for id in pairs:
        assert not isinstance(code_words("column", id.rpartition(".")[2]), str), id


def test_a_guarantee_of_one_debt_stands_in_no_year_after_that_debt():
    years = {year for one in incentives_of(sheet(GUARANTEE + LOAN.replace("WAITS", ""))) for year, _ in one.amounts}
    assert max(years) == 2027


def test_bets_with_the_same_model_are_not_denied_where_none_was_in_the_industry():
    view = load_case(CASES / "lithium-thacker-pass-2024").view(date(2024, 10, 28))
    same = "3 used the same company model"
    for model, told in (("scale-up-manufacturer", same), ("other", "None was in this industry")):
        bets = [bet(name, 0.0, region=name, industry="ships", model=model) for name in "abc"]
        said = render(outside_sentence(view, outside_view(ME, bets)))
        assert told in said


def test_the_event_for_which_a_loan_waits_is_named():
    case = load_case(CASES / "lithium-thacker-pass-2024")
    ready = prepare(case, None, load_playbook("hefei"))
    assert ready.sheet is not None
    found = run_checks(ready.view, deal_facts(ready.sheet, ready.view))
    said = render(next(f for f in found if f.code == "calendar_instalments").message)
    assert "full notice to proceed is given" in said
    assert "closing" not in said


def test_coverage_is_the_reason_of_the_headline_only_where_it_decides():
    case = load_case(CASES / "lithium-thacker-pass-2024")
    found = appraise(case, paths=0, options=AppraisalOptions(sensitivity=False, proposal=False))
    deciding = [row for row in found.rows if row.decided]
    assert found.advice == "insufficient_evidence"
    assert not any("evidence.coverage" in row.figures for row in deciding)
    assert f"{sum(row.outcome == 'no_evidence' for row in deciding)} deciding rules" in render(
        Message.from_dict(found.summary.headline.model_dump())
    )
