"""Cases that the library lacks, made from an empty workbook with public figures: what is said of them is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.truth.euro_grant import SHEET
from tests.truth.test_budgets import sheet_of

from guanzi.advice.appraisal import appraise, review_case
from guanzi.advice.appraisal.dealfacts import deal_facts
from guanzi.base.core import LANGUAGES, render
from guanzi.deal.lint import lint
from guanzi.deal.terms import explain, parse_sheet
from guanzi.intake.workbook import layouts
from guanzi.record.evidence import load_case
from guanzi.render import tell
from guanzi.reports.dossier import appraisal_document
from guanzi.study.diligence import run_checks

CASES = Path(__file__).parent / "cases"
PATHS = 64


@pytest.fixture(scope="module")
def battery():
    return load_case(CASES / "northvolt-heide-2024")


@pytest.fixture(scope="module")
def appraisal(battery):
    return appraise(battery, paths=PATHS)


@pytest.fixture(scope="module")
def refinery():
    case = load_case(CASES / "lithium-thacker-pass-2024")
    view = case.view(case.decision_date)
    sheet = parse_sheet(view.sheet.document)
    return view, sheet, {f.id: f for f in run_checks(view, deal_facts(sheet, view))}


@pytest.fixture(scope="module")
def sentences(appraisal):
    return {lang: [tell(s.words, lang) for s in appraisal_document(appraisal).sentences()] for lang in LANGUAGES}


@pytest.fixture(scope="module")
def sheet(battery):
    return parse_sheet(battery.view(battery.decision_date).sheet.document)


def said(sheet, lang="en"):
    return {clause.id: render(clause.message, lang) for clause in explain(sheet)}


@pytest.mark.parametrize("name", ["case", "terms"])
def test_every_column_of_a_workbook_says_what_it_holds(name):
    assert all(column.kind for layout in layouts(name) for column in layout.columns)


def test_a_clawback_that_was_not_seen_is_not_denied(sheet):
    assert [sheet.claimed_back(id) for id in ("federal_grant", "land_grant")] == [None, None]
    assert not any("Nothing of it can be claimed back" in text for text in said(sheet).values())
    assert not {"GZ501", "GZ307"} & {one.code for one in lint(sheet)}


def test_a_clawback_that_is_nowhere_is_still_missed():
    assert sheet_of(SHEET).claimed_back("main") is False


def test_one_clause_s_unseen_clawback_says_nothing_of_another():
    text = SHEET + "unknown_clauses:\n  main_clawback: {text: what is given back of it}\n"
    assert [sheet_of(text).claimed_back(id) for id in ("main", "match")] == [None, False]


def test_years_are_said_as_people_say_them(sheet):
    assert "4.61 years" in said(sheet)["note"]


def test_a_party_that_no_clause_lets_pay_is_not_said_to_pay(sheet):
    assert "pay" not in said(sheet)["party.communes"].replace("payment", "")
    assert "paying with public money" in said(sheet)["party.kfw"]


def test_a_trend_is_told_in_the_currency_that_it_is_computed_in(sentences):
    told = [s for s in sentences["en"] if s.startswith("Net loss rose from")]
    assert told
    assert not [s for s in told if "euros" not in s or "Swedish" in s]


def test_the_budget_of_another_party_counts_as_used(appraisal):
    use = {fact.id: fact for fact in appraisal.facts}["federation-revenue"]
    assert use.used_for == "check", use


def test_what_was_not_held_is_not_told_as_a_loss(sentences):
    told = next(s for s in sentences["en"] if "business model is not validated" in s)
    assert "cash from operations was not held" in told
    assert "one period held" not in told


def test_outstanding_debt_that_is_held_is_not_asked_for(sentences):
    told = [s for s in sentences["en"] if s.startswith("Limit on the debt of the government")]
    assert told
    assert not [s for s in told if "limit and the debt outstanding" in s]


def test_a_finding_on_terms_is_not_said_to_rest_on_no_fact(appraisal):
    page = list(appraisal_document(appraisal).sentences())
    for finding in appraisal.findings:
        shown = [s for s in page if s.id == f"finding:{finding.id}"]
        if finding.kind != "gap" and not finding.facts:
            assert all("No fact was found" not in tell(s.cited, "en") for s in shown), finding.id


def test_a_check_that_holds_facts_and_concludes_nothing_names_them(appraisal):
    found = next(f for f in appraisal.findings if f.id == "plant-before-product.no-facts")
    assert found.facts == ("plan-capacity",)


def test_no_page_speaks_of_vehicles_where_the_product_is_a_cell(sentences):
    named = re.compile(r"[Vv]ehicles built")
    assert not [s for s in sentences["en"] if named.search(s)]


def test_a_note_is_no_instalment(sentences):
    assert not [s for s in sentences["en"] if "1 of 1 instalment" in s]


def test_cash_that_fell_faster_than_the_losses_lasts_no_longer_than_it_fell(refinery):
    found = refinery[2]["runway.without-deal"]
    assert found.code == "runway_short"
    assert "at most 9.15 months" in render(found.message, "en")
    assert {"cash-2023", "cash-q1"} <= set(found.facts)


def test_months_of_present_spending_are_not_told_without_the_plan_that_they_leave_out(refinery):
    found = refinery[2]["runway.with-deal"]
    assert "2.9 bn US dollars of investment" in render(found.message, "en")
    assert "plan-investment" in found.facts


def test_a_security_that_was_not_seen_is_not_denied(refinery):
    assert "nothing is pledged" not in said(refinery[1])["loan"]
    assert not {"GZ215", "GZ218"} & {one.code for one in lint(refinery[1])}


def test_an_event_that_is_waited_for_is_not_told_as_nothing(refinery):
    text = render(refinery[2]["dependence.calendar"].message, "en")
    assert "instalment" not in text
    assert "an event" in text


def test_a_review_does_not_promise_a_forecast_that_the_appraisal_refuses(battery, appraisal):
    assert review_case(battery).implausible == bool(appraisal.implausible)
