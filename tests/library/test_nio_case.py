"""The shipped case of NIO and Hefei: complete, sourced, and free of hindsight."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from guanzi.deal.terms import Call, Equity, Put, TermSheet, Unknown, parse_sheet
from guanzi.jobs.following import monitoring
from guanzi.record.evidence import Case, View, check_outcome, cited_sources, find_case, load_case

FRAMEWORK = date(2020, 2, 25)
DECISION = date(2020, 4, 29)
NOTES = Path(__file__).resolve().parents[3] / "shared" / "data" / "cases" / "nio_hefei_2020.yaml"

#: Figures of the research notes, by the id of the fact that states the same; the factor converts the unit.
SAME_AS_NOTES = {
    "revenue_2019": ("revenue-2019", 1.0),
    "revenue_q4_2019": ("revenue-2019q4", 1.0),
    "deliveries_2019": ("deliveries-2019", 1.0),
    "deliveries_2018": ("deliveries-2018", 1.0),
    "deliveries_q4_2019": ("deliveries-2019q4", 1.0),
    "vehicle_margin_q4_2019": ("vehicle-margin-2019q4", 0.01),
    "gross_margin_q4_2019": ("gross-margin-2019q4", 0.01),
    "net_loss_q4_2019": ("net-loss-2019q4", 1.0),
    "accumulated_deficit": ("accumulated-deficit-2019", 1.0),
    "shareholders_deficit": ("equity-2019", 1.0),
    "total_assets": ("total-assets-2019", 1.0),
    "total_liabilities": ("total-liabilities-2019", 1.0),
    "current_assets": ("current-assets-2019", 1.0),
    "current_liabilities": ("current-liabilities-2019", 1.0),
    "total_debt": ("total-debt-2019", 1.0),
    "cash_and_short_term_investments": ("liquid-2019-collector", 1.0),
    "convertible_notes_feb_mar_2020": ("notes-2020-03", 1.0),
    "beijing_etown_framework": ("framework-beijing", 1000.0),
    "recall_es8": ("recall-2019", 1.0),
    "deliveries_jan_2020": ("deliveries-2020-01", 1.0),
    "jac_contract_capacity": ("plant-capacity-2016", 1.0),
    "jan_2020_nev_market_change": ("nev-2020-01", 0.01),
    "tesla_shanghai_weekly_rate": ("tesla-shanghai-rate", 1.0),
    "ads_price_on_results_day": ("ads-2020-03-18", 1.0),
    "ipo_price": ("ads-ipo", 1.0),
}


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case(find_case("nio-hefei-2020"))


@pytest.fixture(scope="module")
def view(case: Case) -> View:
    return case.view(DECISION)


@pytest.fixture(scope="module")
def sheets(case: Case) -> dict[str, TermSheet]:
    return {sheet.name: parse_sheet(sheet.document) for sheet in case.sheets}


def test_case_and_outcome_have_no_errors(case):
    assert case.decision_date == DECISION
    assert not [problem for problem in check_outcome(case.folder) if problem.severity == "error"]


def test_every_fact_has_a_source_with_publisher_title_and_grade(case):
    sources = {source.id: source for source in case.sources}
    for fact in case.facts:
        source = sources[fact.source]
        assert source.publisher
        assert source.title
        assert source.grade in "ABCD"


def test_every_source_is_cited(case):
    cited = {fact.source for fact in case.facts}
    cited.update(source for sheet in case.sheets for _, source in cited_sources(sheet.document.data))
    assert {source.id for source in case.sources} == cited


def test_no_fact_became_known_after_the_decision(case):
    assert max(fact.known_on for fact in case.facts) <= DECISION


def test_a_fact_older_than_its_source_says_why_it_was_held(case):
    sources = {source.id: source for source in case.sources}
    later = [f for f in case.facts if (day := sources[f.source].date) is not None and day > f.known_on]
    assert later
    assert all(fact.held_because for fact in later)


def test_terms_that_only_the_parties_held_say_so(view):
    for name in ("put_rate", "put_obligor", "put_triggers", "call_rate", "transfer_lock", "stake_hefei"):
        (fact,) = view.named(name)
        assert fact.known_to == "parties"
        assert fact.known_on == DECISION


def test_mirrors_are_never_links(case):
    assert all(source.link is None for source in case.sources if source.mirror)


def test_framework_day_sees_fewer_facts_and_only_the_framework(case, view):
    early = case.view(FRAMEWORK)
    assert set(early.facts) < set(view.facts)
    assert [sheet.name for sheet in early.sheets] == ["2020-02-25-framework"]
    assert [sheet.name for sheet in view.sheets] == ["2020-02-25-framework", "2020-04-29-definitive"]
    assert early.resolve("going_concern_doubt") is None
    assert view.resolve("going_concern_doubt") is not None


def test_question_names_no_figure_of_the_terms(case):
    assert not any(character.isdigit() for character in case.question)


def test_cash_flow_of_2019_was_not_known_at_the_decision(view):
    latest = view.resolve("operating_cash_flow")
    assert latest is not None
    assert str(latest.fact.period) == "2018"


def test_months_and_quarters_add_up_to_the_year(view):
    year = view.resolve("deliveries", period="2019").value
    for kind in ("quarter", "month"):
        parts = [r.value for r in view.series("deliveries", kind=kind) if r.fact.period.end.year == 2019]
        assert sum(parts) == year == 20565
    for name in ("revenue", "vehicle_sales", "net_loss"):
        quarters = [r.value for r in view.series(name, kind="quarter") if r.fact.period.end.year == 2019]
        assert len(quarters) == 4
        assert math.isclose(sum(quarters), view.resolve(name, period="2019").value, abs_tol=0.05)


def test_vehicle_margin_of_the_year_is_that_of_its_quarters(view):
    def quarters(name: str) -> dict[str, float]:
        return {str(r.fact.period): r.value for r in view.series(name, kind="quarter")}

    sales, margins = quarters("vehicle_sales"), quarters("vehicle_margin")
    year = [quarter for quarter in sales if quarter.startswith("2019")]
    weighted = sum(sales[q] * margins[q] for q in year) / sum(sales[q] for q in year)
    assert math.isclose(weighted, view.resolve("vehicle_margin", period="2019").value, abs_tol=0.0005)


def test_budget_of_hefei_is_that_of_2019(view):
    for name, value in (("gdp", 940_900.0), ("budget_revenue", 74_599.34), ("budget_expenditure", 112_266.69)):
        resolution = view.resolve(name, "region")
        assert str(resolution.fact.period) == "2019"
        assert math.isclose(resolution.value, value)


def test_sources_that_disagree_stay_side_by_side(view):
    assert view.resolve("cash", period="2019-12-31").others
    assert view.resolve("nev_sales_yoy", "market", "2020-01").others
    assert view.resolve("gdp", "region", "2017").others
    assert view.resolve("deliveries", "tesla", "2015").others


def test_comparable_figures_were_published_before_the_decision(case):
    sources = {source.id: source for source in case.sources}
    tesla = [fact for fact in case.facts if fact.subject == "tesla"]
    assert {str(fact.period) for fact in tesla if fact.name == "deliveries"} == {str(y) for y in range(2012, 2020)}
    for fact in tesla:
        day = sources[fact.source].date
        assert day is not None
        assert day <= fact.known_on <= DECISION


def test_instalments_of_the_definitive_agreement(sheets):
    (stake,) = sheets["2020-04-29-definitive"].of(Equity)
    totals = [_total(tranche.amounts) for tranche in stake.tranches]
    assert totals == pytest.approx([3500, 1500, 1000, 500, 500])
    assert stake.share == pytest.approx(0.241149)
    (contribution,) = stake.contributions
    assert sum(amount for _, amount in contribution.cash if not isinstance(amount, Unknown)) == 4260
    assert contribution.assets == 17770


def test_hefei_holds_and_pays_five_sevenths(sheets):
    (stake,) = sheets["2020-04-29-definitive"].of(Equity)
    hefei = stake.holders["hefei"]
    assert not isinstance(hefei, Unknown)
    assert hefei / 0.241149 == pytest.approx(5 / 7, abs=1e-5)
    paid = [tranche.amounts["hefei"] for tranche in stake.tranches]
    assert sum(amount for amount in paid if not isinstance(amount, Unknown)) == pytest.approx(5000)
    assert all(isinstance(stake.holders[party], Unknown) for party in ("sdic", "anhui"))


def test_no_instalment_waits_for_a_tier(sheets):
    (stake,) = sheets["2020-04-29-definitive"].of(Equity)
    assert {t.condition.text for t in stake.tranches if t.condition is not None} == {"event('closing')"}


def test_put_call_and_clauses_that_were_not_seen(sheets):
    sheet = sheets["2020-04-29-definitive"]
    (put,), (call,) = sheet.of(Put), sheet.of(Call)
    assert put.rate == pytest.approx(0.085)
    assert isinstance(put.basis, Unknown)
    assert put.obligors == ("company",)
    assert (call.rate, call.portion, call.of) == (pytest.approx(0.10), 0.5, "hefei")
    assert all(isinstance(covenant.remedy, Unknown) for covenant in sheet.covenants)
    assert {"liquidation_preference", "anti_dilution", "drag_along"} <= {clause.id for clause in sheet.unknown}


def test_binding_in_force_at_signing_is_named(sheets):
    tiers = sheets["2020-04-29-definitive"].tiers
    assert {tier.id for tier in tiers if tier.baseline} == {"plant", "headquarters-agreement"}
    assert all(tier.leaving_costs is not None for tier in tiers if not tier.baseline)


def test_framework_does_not_pretend_to_know_its_terms(sheets):
    sheet = sheets["2020-02-25-framework"]
    (stake,) = sheet.of(Equity)
    assert sheet.status == "framework"
    assert isinstance(stake.share, Unknown)
    assert all(isinstance(a, Unknown) and a.note for t in stake.tranches for a in t.amounts.values())
    assert not sheet.of(Put)


@pytest.mark.skipif(not NOTES.is_file(), reason="research notes are not beside the repository")
def test_figures_agree_with_the_research_notes(case):
    notes: dict[str, Any] = {
        entry["name"]: entry["value"] for entry in yaml.safe_load(NOTES.read_text("utf-8"))["facts_known_at_decision"]
    }
    facts = {fact.id: fact.value for fact in case.facts}
    for name, (id, factor) in SAME_AS_NOTES.items():
        assert facts[id] == pytest.approx(notes[name] * factor, rel=1e-4), name


def _total(amounts) -> float:
    return sum((a.assumed or 0.0) if isinstance(a, Unknown) else a for a in amounts.values())


def test_new_money_that_was_promised_is_not_counted_as_paid_nor_its_shares_as_held():
    found = monitoring.monitor(monitoring.Request("nio-hefei-2020", date(2024, 12, 31), paths=256)).followed
    assert found is not None
    assert found.position.paid == 4800.0
    assert found.position.share == 0.07886
