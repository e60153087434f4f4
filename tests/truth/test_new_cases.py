"""Cases that the library lacks, made from an empty workbook with public figures: what is said of them is true."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.truth.euro_grant import SHEET
from tests.truth.sold_refinery import sold_refinery
from tests.truth.test_budgets import sheet_of

from guanzi.advice.appraisal import AppraisalOptions, appraise, prepare, review_case
from guanzi.advice.appraisal.book import Estimated, FigureBook
from guanzi.advice.appraisal.commitments import at_most
from guanzi.advice.appraisal.dealfacts import deal_facts
from guanzi.advice.appraisal.decide import decide
from guanzi.advice.appraisal.failing import rating_member, unclassed
from guanzi.advice.appraisal.foresight import _of_failure
from guanzi.advice.appraisal.linting import lint_context
from guanzi.advice.calibration import calibrate
from guanzi.base.core import LANGUAGES, InvalidInput, Message, catalogue, render
from guanzi.deal.lint import lint
from guanzi.deal.terms import explain, parse_sheet
from guanzi.intake.workbook import layouts
from guanzi.jobs.appraisal.documents.brief import brief_document
from guanzi.jobs.appraisal.documents.dossier import appraisal_document
from guanzi.jobs.decisions.documents.paper import memorandum, minutes
from guanzi.jobs.evidence import workbooks
from guanzi.jobs.following import monitoring, release
from guanzi.jobs.following.documents.followed import OF_STAKE
from guanzi.jobs.shared.documents.words import of_text
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook
from guanzi.render import localise
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
    return {lang: [localise(s.words, lang) for s in appraisal_document(appraisal).sentences()] for lang in LANGUAGES}


@pytest.fixture(scope="module")
def sheet(battery):
    return parse_sheet(battery.view(battery.decision_date).sheet.document)


def most(sheet, party, *, a_year=False):
    """The most that a party pays, gives or answers for."""
    found = at_most(sheet, party, a_year=a_year)
    assert found is not None
    return found[0].high


def said(sheet, lang="en"):
    return {clause.id: render(clause.message, lang) for clause in explain(sheet)}


@pytest.mark.parametrize("name", ["case", "terms"])
def test_every_column_of_a_workbook_says_what_it_holds(name):
    assert all(column.kind for layout in layouts(name) for column in layout.columns)


def entered(fact):
    """A fact as it was entered, but for its line."""
    return fact.id, fact.subject, fact.name, str(fact.value), fact.unit, str(fact.period), fact.known_on, fact.source


@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda folder: folder.name)
def test_a_case_is_made_of_its_workbook_with_the_terms_that_it_holds(folder, tmp_path):
    held = json.loads((folder / "workbook.json").read_text("utf-8"))
    _, book = workbooks.export_workbook(str(folder), tmp_path / held["workbook"])
    made = workbooks.import_workbook(str(book), tmp_path / "case").case
    again = json.loads((tmp_path / "case" / "workbook.json").read_text("utf-8"))
    for name, sheet in held["sheets"].items():
        terms = f"terms/{name}.yaml"
        assert sheet["sha256"] == again["sheets"][name]["sha256"]
        assert (folder / terms).read_bytes() == (tmp_path / "case" / terms).read_bytes()
        assert set(sheet["cells"]) == set(again["sheets"][name]["cells"])
    assert sorted(map(entered, made.facts)) == sorted(map(entered, load_case(folder).facts))
    found = appraise(made, paths=PATHS, options=AppraisalOptions(sensitivity=False))
    assert all(localise(document.title, lang) for document in (memorandum(found), minutes(found)) for lang in LANGUAGES)


def test_a_clawback_that_was_not_seen_is_not_denied(sheet):
    assert [sheet.claimed_back(id) for id in ("federal_grant", "land_grant")] == [None, None]
    assert not any("None of it can be reclaimed" in text for text in said(sheet).values())
    assert not {"GZ501", "GZ307"} & {one.code for one in lint(sheet)}


def test_a_clawback_that_is_nowhere_is_still_missed():
    assert sheet_of(SHEET).claimed_back("main") is False


def test_one_clause_s_unseen_clawback_says_nothing_of_another():
    text = SHEET + "unknown_clauses:\n  main_clawback: {text: what is given back of it}\n"
    assert [sheet_of(text).claimed_back(id) for id in ("main", "match")] == [None, False]


def test_years_are_said_as_people_say_them(sheet):
    assert "5 years after drawing," in said(sheet)["note"]


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
    assert "cash from operations is not on record" in told
    assert "one period held" not in told


def test_outstanding_debt_that_is_held_is_not_asked_for(sentences):
    told = [s for s in sentences["en"] if s.startswith("Debt limit of the paying government")]
    assert told
    assert not [s for s in told if "limit and the debt outstanding" in s]


def test_a_finding_on_terms_is_not_said_to_rest_on_no_fact(appraisal):
    page = list(appraisal_document(appraisal).sentences())
    for finding in appraisal.findings:
        shown = [s for s in page if s.id == f"finding:{finding.id}"]
        if finding.kind != "gap" and not finding.facts:
            assert all("No fact was found" not in localise(s.cited, "en") for s in shown), finding.id


def test_a_company_that_sells_has_a_product_before_the_plant_that_is_planned(appraisal):
    found = next(f for f in appraisal.findings if f.check == "plant-before-product")
    assert found.id == "plant-before-product.sold"
    assert {"plan-capacity", "revenue-q3-2023"} <= {*found.facts}


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
    assert "less than the planned investment of 2.9 bn US dollars" in render(found.message, "en")
    assert "plan-investment" in found.facts


@pytest.mark.parametrize(("plan", "kind", "code"), [(2930, "gap", "gap_runway"), (1900, "asset", "runway_with_deal")])
def test_money_that_does_not_pay_for_the_plan_is_no_cash_that_lasts(refinery, plan, kind, code):
    view, sheet, _ = refinery
    facts = tuple(replace(f, value=float(plan)) if f.id == "plan-investment" else f for f in view.facts)
    found = {f.id: f for f in run_checks(replace(view, facts=facts), deal_facts(sheet, view))}["runway.with-deal"]
    assert (found.kind, found.code) == (kind, code)
    assert ("so how long the cash lasts" in render(found.message, "en")) == (kind == "gap")


def test_no_class_is_said_of_a_company_that_lacks_what_makes_a_score(refinery):
    assert rating_member(refinery[0]) is None
    lacks = unclassed(refinery[0])
    assert lacks.id == "appraisal.differ.no_class.unscored"
    assert {name.id for name in dict(lacks.params)["missing"]} == {"evidence.name.accumulated_deficit"}


def test_a_security_that_was_not_seen_is_not_denied(refinery):
    assert "nothing is pledged" not in said(refinery[1])["loan"]
    assert not {"GZ215", "GZ218"} & {one.code for one in lint(refinery[1])}


def test_an_event_that_is_waited_for_is_not_told_as_nothing(refinery):
    text = render(refinery[2]["dependence.calendar"].message, "en")
    assert "instalment" not in text
    assert "an event" in text


def test_a_review_does_not_promise_a_forecast_that_the_appraisal_refuses(battery, appraisal):
    assert bool(review_case(battery).implausible) == bool(appraisal.implausible)


# -- a loan: no share, one payment, and a payer that is not the region ---------------------------------------------


@pytest.fixture(scope="module")
def lent():
    return appraise(
        load_case(CASES / "lithium-thacker-pass-2024"), paths=PATHS, options=AppraisalOptions(sensitivity=False)
    )


def test_a_lender_of_one_sum_is_asked_for_nothing_that_only_shares_or_instalments_have(lent):
    asked = [localise(of_text(demand.text), "en") for demand in lent.demands]
    assert any(s.startswith("Have the money paid in parts, if the agreement does not already say so") for s in asked)
    assert not [s for s in asked if re.search(r"larger share|dilution|instalments|the later payments", s)]


def test_a_borrower_is_not_said_to_issue_shares(refinery):
    told = said(refinery[1])
    assert "share" not in told["party.company"]
    assert "is a party other than the company and the public side" in told["party.general_motors"]


def test_a_paper_names_no_payer_but_that_of_its_clauses_and_no_field_of_a_file(lent):
    paper = [localise(s.words, lang) for s in papers_of(lent) for lang in LANGUAGES]
    assert any("The annual budget revenue of U.S. Department of Energy is not on record." in s for s in paper)
    assert not [s for s in paper if "`budget" in s or "region’s own party" in s or "本级政府自己" in s]


def papers_of(found):
    for document in (brief_document(found), appraisal_document(found)):
        yield from document.sentences()


# -- a company that lives whatever it is given ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def centre():
    return load_case(CASES / "apple-waukee-2017")


@pytest.fixture(scope="module")
def relief(centre):
    return appraise(centre, paths=PATHS)


def test_a_company_that_earns_its_plan_in_a_year_is_not_forecast(relief):
    assert relief.versions.paths == 0
    assert not [id for id, figure in relief.figures.items() if figure.kind == "simulated"]
    told = [localise(s.words, "en") for s in appraisal_document(relief).sentences()]
    assert any("4.2 m US dollars for each of 50 planned jobs" in s for s in told)
    assert not [s for s in told if "of 64 paths" in s or s.startswith("The forecast uses")]


def test_rows_on_its_survival_do_not_apply_and_those_on_its_budget_do(relief):
    rows = {row.id: row.outcome for row in relief.rows}
    survival = ("failure-loss-tenth", "failure-probability", "need", "going-concern", "funding-gap", "series-product")
    assert {rows[id] for id in survival} == {"not_applicable"}
    assert rows["worst-year-tenth"] == "fail"
    assert not [m for m in relief.missing if m.id in ("terms.deal", "company.forecast")]


def test_a_profit_is_told_as_one_and_rises_when_it_rises(relief):
    assert "known.net_loss" not in relief.figures
    assert relief.figures["known.net_profit"].value > 0
    told = [localise(s.words, "en") for s in appraisal_document(relief).sentences()]
    assert not [s for s in told if "Net loss" in s]
    table = next(t for t in appraisal_document(relief).tables() if t.id == "trend-net_profit-table")
    values = [row.cells[0].value for row in table.rows]
    assert any(s.startswith("Net profit: ") for s in told), "the band of its trend holds nought"
    assert values == [7796, 11029, 8717]


def test_a_share_of_a_budget_is_what_its_row_says_by_its_revenue(relief):
    budgets = next(t for t in relief.fiscal if t.id == "budgets")
    for _, whole, weighed, revenue, least, share in budgets.rows:
        assert weighed <= whole
        assert share is None or (least <= share == pytest.approx(weighed / revenue))
    figure = relief.figures["public.amount_to_budget"]
    assert (figure.low, figure.high) == pytest.approx(budgets.rows[0][-2:])  # with the whole tax, and without it


def said_first(note):
    """A remark, without those that stand behind it."""
    return dict(note.params).get("parts", [note.model_dump()])[0]


def test_relief_of_a_plant_to_come_is_told_with_and_without_its_own_tax(relief):
    revenue, year = relief.figures["known.budget_revenue"].value, 9.412
    for id in ("budget.worst_year_share", "public.amount_to_budget"):
        share = relief.figures[id]
        assert share.value == share.high == pytest.approx(year / revenue)
        assert share.low == pytest.approx(year / (revenue + year / 0.713))
        assert said_first(share.note)["params"]["kept"] == pytest.approx(year / 0.713 - year)


def test_relief_whose_kept_part_is_not_stated_is_told_with_what_is_let_off_alone(centre, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(centre.folder, folder)
    (award,) = (folder / "terms").iterdir()
    award.write_text(award.read_text("utf-8").replace("    share_of_tax: 71.3%\n", ""), "utf-8")
    share = appraise(load_case(folder), paths=PATHS).figures["budget.worst_year_share"]
    assert said_first(share.note)["id"] == "appraisal.note.before_plant.kept_unseen"
    assert share.low == pytest.approx(9.412 / (share_revenue(centre) + 9.412))


def share_revenue(case):
    return next(fact.value for fact in case.facts if fact.name == "budget_revenue" and fact.subject == "region")


def test_tax_that_ends_with_the_company_is_no_loss_by_its_failure_and_no_payment(relief):
    """“Loses 0 % to 349 %” stood on a relief that ends when the company fails."""
    assert relief.figures["exposure.failure_p95_share"].value is None
    assert relief.figures["budget.worst_planned"].label.id == "appraisal.figure.budget.worst_planned.let_off"
    assert "public.amount" not in relief.figures["public.amount_to_budget"].parents


def test_covenants_that_may_stand_in_an_unseen_clause_are_no_evidence(appraisal, relief):
    for found in (appraisal, relief):
        assert {row.id: row.outcome for row in found.rows}["remedies"] == "no_evidence"
        assert "dependence.remedy" in {finding.id for finding in found.findings}


def test_cash_of_long_ago_is_not_added_to_public_money_to_come(refinery):
    """147 m that lasted to the end of the year were told as there with a loan that comes then."""
    told = render(refinery[2]["runway.with-deal"].message, "en")
    assert "The public money is 2.0 bn US dollars, and the company had 147 m US dollars when" in told
    assert "letters of credit" in told


def test_a_row_that_holds_names_what_it_rests_on(refinery):
    case = load_case(CASES / "lithium-thacker-pass-2024")
    rows = {row.id: row for row in appraise(case, paths=PATHS, options=AppraisalOptions(sensitivity=False)).rows}
    assert (rows["going-concern"].outcome, rows["going-concern"].findings) == ("pass", ("going-concern.equity",))


def test_the_reasons_of_a_decline_are_no_assets(relief):
    assets = [finding.text for finding in relief.findings if finding.kind == "asset"]
    assert assets
    assert not [reason for reason in relief.summary.reasons if reason in assets]
    shown = [s for s in appraisal_document(relief).sentences() if s.id == "" and s.tone == "good" and s.rests]
    assert all(s.name for s in shown if s.rests[0].startswith("finding:"))


def test_what_the_company_could_lose_is_explained_where_it_is_shown(relief):
    assert not [s for s in appraisal_document(relief).sentences() if s.words == Message.of("reports.intro.exposure")]


def test_literature_on_vehicles_is_of_their_makers_alone(relief, battery):
    held = run_checks(battery.view(battery.decision_date), None)
    assert {f.check for f in held} & {"licence"}
    assert not [f for f in (*relief.findings, *held) if "electric" in f.literature]
    nio = load_case(find_case("nio-hefei-2020"))
    assert [f for f in run_checks(nio.view(nio.decision_date), None) if "electric" in f.literature]


def test_what_is_the_same_in_every_year_is_not_to_be_spread(relief):
    assert [d.text.id for d in relief.demands if d.id == "spread-payments"] == ["appraisal.demand.spread_payments.even"]


def test_no_rate_is_told_of_bets_that_are_none(relief):
    assert relief.outside.sentence.id == "appraisal.outside.sentence.none_alike.model"


def test_a_centre_of_data_is_not_asked_what_it_swaps(relief):
    asked = {question.id for question in relief.plan.questions}
    assert "energy-service" not in asked
    assert "capacity" in asked


def test_a_condition_is_told_as_it_must_hold_and_is_tested_from_its_day_on(centre):
    watched = monitoring.watch(monitoring.Request(str(centre.folder), date(2019, 6, 30)))
    rights = {right.id: right for right in watched.examined.now.rights}
    assert {late.end for late in rights["abatement"].late} == {date(2020, 12, 31)}
    assert (rights["sales_tax"].verdict.truths[0], rights["sales_tax"].now) == (False, None)
    (jobs,) = rights["sales_tax"].headroom
    assert (jobs.op, jobs.limit) == (">=", 50)
    assert not any(jobs.tested)
    assert [jobs.room(t) for t, value in enumerate(jobs.values) if value == 0.0]
    assert {jobs.room(t) for t, value in enumerate(jobs.values) if value == 0.0} == {-50}


LOSS, LARGE_PLAN = ("value: 11029", "value: -90000"), ("value: 1375", "value: 1375000")
DOUBT = """\
facts:
  - {id: doubt, name: going_concern_doubt, value: true, unit: flag, period: "2017-08-01", known_on: 2017-08-01,
     source: apple-q3}
"""


@pytest.mark.parametrize("change", [LOSS, LARGE_PLAN, ("facts:\n", DOUBT)], ids=["a loss", "a large plan", "a doubt"])
def test_a_company_whose_life_hangs_on_more_is_forecast_as_before(centre, change, tmp_path):
    shutil.copytree(centre.folder, tmp_path / "case")
    facts = tmp_path / "case" / "facts" / "facts.yaml"
    told = facts.read_text("utf-8")
    assert told.count(change[0]) == 1
    facts.write_text(told.replace(*change), "utf-8")
    assert prepare(load_case(tmp_path / "case"), None, load_playbook("hefei")).kind == "scale-up-manufacturer"


# -- a year of tax against a year of revenue -----------------------------------------------------------------------


RELIEF = "  relief: {{type: rebate, from: uplands, amount: {amount} per year, years: {years}, start: 2026-06-30}}\n"


@given(st.integers(1, 40), st.integers(1, 8))
def test_tax_let_off_weighs_by_its_heaviest_year_however_long_it_runs(amount, years):
    sheet = sheet_of(SHEET + RELIEF.format(amount=amount, years=years))
    weighs, in_all = (most(sheet, "uplands", a_year=a_year) for a_year in (True, False))
    assert weighs == pytest.approx(130 + amount)
    assert in_all == pytest.approx(130 + amount * years)


def test_a_heavy_load_of_many_years_is_one_finding(centre):
    view = centre.view(centre.decision_date)
    sheet = parse_sheet(view.sheet.document)
    found = [one for one in lint(sheet, lint_context(view, sheet, load_playbook("hefei"))) if one.code == "GZ706"]
    assert len(found) == 1
    assert "20" in render(found[0].message, "en")


@pytest.mark.parametrize("payment", ["abatement.2020", "abatement.2039", "sales_tax"])
def test_a_rebate_is_tested_before_it_is_let_off(centre, payment):
    watched = monitoring.watch(monitoring.Request(str(centre.folder), date(2019, 6, 30)))
    tested = release.try_instalment(watched, payment, load_playbook("hefei"))
    assert tested.release.verdict == "unknown"  # its day is assumed
    assert localise(release.document_of(tested).title, "en").startswith("Tax waiver")


# -- one sum of money ----------------------------------------------------------------------------------------------


def test_a_guarantee_of_a_note_is_the_same_money_as_the_note(battery, appraisal, sheet):
    assert appraisal.figures["public.amount"].value == pytest.approx(564 + 137 + 600)
    assert most(sheet, "schleswig-holstein") == pytest.approx(137 + 300)
    told = said(sheet)["incentive.land_guarantee"]
    assert "to KfW" in told
    assert "same money" in told


def test_a_guarantee_names_a_debt_of_the_sheet():
    with pytest.raises(InvalidInput, match="no_such_debt"):
        sheet_of(SHEET + "  answer: {type: guarantee, from: uplands, of: nothing, share: 50%, limit: 3}\n")


def test_what_the_sheet_says_was_drawn_before_the_signing_is_not_to_be_paid_again(battery, sheet):
    assert "drawn on 31 October 2023, before this signing" in said(sheet)["note"]
    watched = monitoring.watch(monitoring.Request(str(battery.folder), date(2024, 7, 31)))
    tested = release.try_instalment(watched, "note", load_playbook("hefei")).release
    assert (tested.verdict, tested.demands) == ("paid", ())
    assert tested.settled.completed == date(2023, 10, 31)


def test_a_rank_that_was_not_seen_is_not_stated(sheet):
    assert "The security was not seen" in said(sheet)["note"]


def test_a_planned_start_in_words_dates_the_plant(battery, sheet):
    parameters = calibrate(battery.view(battery.decision_date), sheet).parameters
    assert parameters["plant_quarters"].origin.parents == ("plan-start",)


def test_a_monitor_says_why_there_is_no_forecast(battery):
    seen = monitoring.monitor(monitoring.Request(str(battery.folder), date(2024, 7, 31), paths=PATHS))
    assert [problem.cause.id for problem in seen.unfollowed] == ["appraisal.implausible.margin.below"]


def test_a_deal_of_which_clauses_were_not_seen_is_not_told_to_have_no_covenants(battery):
    watched = monitoring.watch(monitoring.Request(str(battery.folder), date(2024, 7, 31)))
    tested = release.try_instalment(watched, "land_grant", load_playbook("hefei"))
    said = [localise(s.words, "en") for s in release.document_of(tested).sentences()]
    assert any("No covenant was seen; clauses that may contain one were not seen." in s for s in said)
    assert not [s for s in said if "has no covenant" in s]
    assert not [s for s in said if "does not depend on a milestone" in s]
    assert ("The deal has no milestone." in " ".join(said)) != ("The condition was not seen." in " ".join(said))


def test_a_note_that_can_be_sold_is_named_beside_the_shares_that_are_not_held(battery):
    seen = monitoring.monitor(monitoring.Request(str(battery.folder), date(2024, 7, 31), paths=0))
    said = [localise(s.words, "en") for s in monitoring.document_of(seen).sentences()]
    assert any(s.startswith("Loans (convertible note) may be sold as far as they were paid out") for s in said)


def test_no_row_of_a_stake_stands_where_there_is_none(tmp_path):
    folder = sold_refinery(tmp_path / "case")
    seen = monitoring.monitor(monitoring.Request(str(folder), date(2025, 1, 31), paths=PATHS))
    table = next(b for b in monitoring.document_of(seen).blocks() if getattr(b, "id", "") == "position")
    assert not {row.id for row in table.rows} & {f"position:{name}" for name in OF_STAKE}


# -- words that fit what is given, and a case that is not simulated -------------------------------------------------


def spoken(prefixes, domains):
    """The sentences of both languages whose ids begin so."""
    for lang, domain in product(LANGUAGES, domains):
        yield from ((id, text) for id, text in catalogue(domain, lang).items() if id.startswith(prefixes))


def test_words_of_advice_name_no_way_in_which_money_goes_over():
    prefixes = (
        "cli.advice.",
        "playbooks.advice.",
        "reports.advice.",
        "reports.consequence.",
        "ledger.decision.",
        "reports.compare.count.",
    )
    said = list(spoken(prefixes, ("cli", "playbooks", "reports", "ledger")))
    assert len(said) > 40
    assert not [one for one in said if re.search("投资|入股|贷款|[Ii]nvest|[Ll]end", one[1])]


def test_what_is_assumed_of_terms_is_said_without_a_simulation():
    prefixes = ("terms.assumption.", "terms.explain.", "terms.observable.", "reports.questions.")
    said = list(spoken(prefixes, ("terms", "reports")))
    assert len(said) > 200
    assert not [one for one in said if re.search("模拟|[Ss]imulat", one[1])]


def test_a_condition_on_a_plant_fits_a_data_centre(centre):
    sheet = parse_sheet(centre.view(centre.decision_date).sheet.document)
    assert all("product" not in text for text in said(sheet).values())
    assert all("产品" not in text for text in said(sheet, "zh").values())


def test_no_high_gap_doubts_a_company_that_earns_and_none_one_that_earns_its_plan(centre, relief):
    assert not [finding for finding in relief.findings if finding.id == "going-concern.unknown"]
    view = centre.view(centre.decision_date)
    dear = tuple(replace(f, value=f.value * 1_000) if f.id == "plan-investment" else f for f in view.facts)
    gap = next(f for f in run_checks(replace(view, facts=dear), None) if f.id == "going-concern.unknown")
    assert (gap.severity, gap.kind) == ("medium", "gap")
    assert "39.5 bn US dollars" in localise(gap.message, "en")


def test_a_delivery_told_in_words_stands_beside_the_figure_that_is_missed(appraisal):
    gap = next(f for f in appraisal.findings if f.code == "gap_series")
    assert "79.8 MWh" in localise(of_text(gap.text), "en")
    assert "cells" in gap.facts


def test_what_was_drawn_before_the_signing_waits_for_nothing(battery, appraisal, sheet):
    assert deal_facts(sheet, battery.view(battery.decision_date)).instalments == 0
    assert not [f for f in appraisal.findings if f.code == "calendar_instalments"]


def test_nobody_guarantees_what_he_lends():
    with pytest.raises(InvalidInput, match="pays_itself"):
        sheet_of(SHEET + "  answer: {type: guarantee, from: growth_fund, of: loan, share: 50%, limit: 3}\n")


# -- two horizons, and rights that are not there -------------------------------------------------------------------


@given(*[st.floats(0, 1)] * 4)
def test_what_is_said_of_two_views_of_distress_holds_at_both_horizons(own, theirs, own_5, theirs_5):
    said = render(_of_failure(own, theirs, own_5, theirs_5), "en")
    assert ("predicts distress earlier" in said) == (own > theirs)
    less = "less of it in the end" in said or "predicts less distress" in said
    assert not (less and own_5 > theirs_5)
    assert not ("more of it in the end" in said and own_5 <= theirs_5)


def test_no_figure_of_a_put_is_missed_where_there_is_none(appraisal, relief):
    for found in (appraisal, relief):
        assert not [id for id in found.figures if id.startswith(("put.", "from.put"))]


def test_no_worth_of_a_job_is_told_that_hardly_any_future_brings(tmp_path):
    found = appraise(
        load_case(sold_refinery(tmp_path / "case")), paths=256, options=AppraisalOptions(sensitivity=False)
    )
    jobs = found.figures["break_even.job_year"]
    assert found.figures["cluster.ahead"].value < 0.25
    assert (jobs.value, jobs.note.id) == (None, "appraisal.gap.hardly_any")


def test_what_the_terms_bound_is_settled_without_a_forecast(appraisal, sheet):
    """137 m and half of a guarantee were 0.86 % and 2.7 % of the budget, and “at most 10 %” was “no evidence”."""
    rows = {row.id: row.outcome for row in appraisal.rows}
    whole = most(sheet, "schleswig-holstein") / 16000
    for id, name in (("worst-year", "budget.worst_year_share"), ("failure-loss", "exposure.failure_p95_share")):
        figure = appraisal.figures[name]
        assert (figure.low, figure.high, figure.bounds) == (0.0, pytest.approx(whole), True)
        assert rows[f"{id}-tenth"] == rows[f"{id}-twentieth"] == "pass"


@pytest.mark.parametrize(
    ("high", "found"), [(0.04, ("pass", "pass")), (0.08, ("pass", "no_evidence")), (0.2, ("no_evidence",) * 2)]
)
def test_a_bound_on_both_sides_of_a_limit_settles_nothing(high, found):
    book = FigureBook("CNY")
    known = Estimated(high, interval=(0.0, high), bounds=True)
    book.add("budget.worst_year_share", known, "ratio", "derived", ("terms.loan",))
    rows = {row.id: row for row in decide(load_playbook("hefei"), book, ()).rows}
    asked = [rows["worst-year-tenth"], rows["worst-year-twentieth"]]
    assert tuple(row.outcome for row in asked) == found
    assert all(row.figures == ("budget.worst_year_share",) for row in asked)


def test_nobody_asks_a_plant_that_sells_nothing_what_it_earns_on_a_piece(refinery):
    found, case = refinery[2], load_case(CASES / "lithium-thacker-pass-2024")
    assert not {f.code for f in found.values()} & {"gap_unit_margin", "gap_margin_trend", "gap_buyer_record"}
    rows = {
        row.id: row.outcome for row in appraise(case, paths=PATHS, options=AppraisalOptions(sensitivity=False)).rows
    }
    silent = ("below-cost", "margin-proved", "market-demand", "open-liability", "buyer-record", "price-paid")
    assert {rows[id] for id in silent} == {"not_applicable"}
    asked = [render(need.what) for need in review_case(case).needs if need.kind == "check"]
    assert not any("margin" in text for text in asked)
