"""The three shipped warnings, Qoros, Byton and Borgward: sourced, free of hindsight, and as thin as their evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from guanzi.deal.terms import Call, Equity, Put, TermSheet, parse_sheet
from guanzi.record.evidence import Case, check_outcome, cited_sources, find_case, load_case

DECISIONS = {
    "qoros-changshu-2017": date(2018, 1, 2),
    "byton-nanjing-2018": date(2018, 6, 11),
    "borgward-beijing-2019": date(2019, 3, 18),
}
NOTES = Path(__file__).resolve().parents[3] / "shared" / "data" / "cases"
CITIES = NOTES.parent / "cities" / "city_profiles.csv"

#: Figures of the research notes, by case: name in the notes, id of the fact, factor that converts the unit.
SAME_AS_NOTES = {
    "qoros-changshu-2017": (
        ("unit_sales_2016", "deliveries-2016", 1.0),
        ("unit_sales_2015", "deliveries-2015", 1.0),
        ("revenue_2016", "revenue-2016", 1.0),
        ("net_loss_2016", "net-loss-2016", 1.0),
        ("net_loss_2014", "net-loss-2014", 1000.0),
        ("net_loss_2015", "net-loss-2015", 1000.0),
        ("deliveries_jan_jul_2017", "deliveries-to-july-2017", 1.0),
        ("plant_capacity", "plant-capacity", 1.0),
        ("fleet_orders_announced", "fleet-orders-2017", 1.0),
        ("parallel_plants_planned_by_acquirer", "city-deals", 1.0),
        ("years_since_founding", "company-age", 1.0),
    ),
    "byton-nanjing-2018": (
        ("vehicles_delivered", "cumulative-deliveries", 1.0),
        ("prior_funding", "equity-raised-2017", 1.0),
        ("planned_capacity", "plan-capacity", 1.0),
        ("base_price_announced", "list-price", 1.0),
        ("faw_contribution", "anchor-investment-reuters", 1.0),
    ),
    "borgward-beijing-2019": (
        ("sales_2018", "deliveries-2018", 1.0),
        ("shareholder_loan", "shareholder-loan", 1000.0),
        ("resale_price_67pct", "purchase-price-2019", 1000.0),
        ("europe_plant_plan", "bremen", 1.0),
    ),
}


@pytest.fixture(scope="module", params=sorted(DECISIONS))
def case(request) -> Case:
    return load_case(find_case(request.param))


@pytest.fixture(scope="module")
def sheet(case: Case) -> TermSheet:
    (only,) = case.sheets
    return parse_sheet(only.document)


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    return {name: load_case(find_case(name)) for name in DECISIONS}


def test_case_and_outcome_have_no_errors(case):
    assert case.decision_date == DECISIONS[case.id]
    assert not [problem for problem in check_outcome(case.folder) if problem.severity == "error"]


def test_every_warning_of_a_case_is_a_name_that_no_check_reads_yet(case):
    assert {problem.cause.id for problem in case.warnings} <= {"evidence.fact.unknown_name"}


def test_every_fact_has_a_source_with_publisher_title_and_grade(case):
    sources = {source.id: source for source in case.sources}
    for fact in case.facts:
        source = sources[fact.source]
        assert source.publisher
        assert source.title
        assert source.grade in "ABCD"


def test_a_source_without_a_day_says_so(case):
    for source in case.sources:
        assert source.date is not None or source.note, source.id


def test_every_source_is_cited(case):
    cited = {fact.source for fact in case.facts}
    cited.update(source for sheet in case.sheets for _, source in cited_sources(sheet.document.data))
    cited.update(dated.stamp.source for dated in case.entities)
    assert {source.id for source in case.sources} == cited


def test_no_fact_and_no_sheet_became_known_after_the_decision(case):
    assert max(fact.known_on for fact in case.facts) <= case.decision_date
    assert max(sheet.known_on for sheet in case.sheets) <= case.decision_date


def test_a_fact_older_than_its_source_says_why_it_was_held(case):
    sources = {source.id: source for source in case.sources}
    later = [f for f in case.facts if (day := sources[f.source].date) is not None and day > f.known_on]
    assert later
    assert all(fact.held_because for fact in later)


def test_memory_is_never_the_reason(case):
    for fact in case.facts:
        assert "memory" not in f"{fact.held_because} {fact.note}".lower()


def test_mirrors_are_never_links(case):
    mirrors = [source for source in case.sources if source.mirror]
    assert mirrors
    assert all(source.link is None for source in mirrors)


def test_question_names_no_figure(case):
    assert not any(character.isdigit() for character in case.question)


def test_authors_say_that_they_knew_the_outcome(case):
    assert "knew how the story ended" in (case.folder / "README.md").read_text("utf-8")


def test_comparable_figures_were_published_before_the_decision(case):
    sources = {source.id: source for source in case.sources}
    tesla = [fact for fact in case.facts if fact.subject == "tesla"]
    assert len({str(fact.period) for fact in tesla if fact.name == "deliveries"}) >= 5
    for fact in tesla:
        day = sources[fact.source].date
        assert day is not None
        assert day <= fact.known_on <= case.decision_date


def test_comparable_figures_are_those_of_the_nio_case(case):
    nio = {fact.id: fact.value for fact in load_case(find_case("nio-hefei-2020")).facts}
    for fact in case.facts:
        if fact.subject == "tesla":
            assert fact.value == nio[fact.id], fact.id


def test_no_instrument_is_invented_where_no_public_money_is_known(sheet):
    assert not sheet.of(Equity)
    assert not sheet.of(Put)
    assert not sheet.of(Call)
    assert len(sheet.unknown) >= 5
    assert all(clause.text for clause in sheet.unknown)


def test_leaving_costs_are_not_guessed(sheet):
    assert sheet.tiers
    assert all(tier.leaving_costs is None for tier in sheet.tiers)


def test_sheet_runs_for_ten_years_by_quarters_and_names_the_region(case, sheet):
    assert (sheet.horizon, sheet.step) == (10, 3)
    assert case.region.id in sheet.public


def test_outcomes_stay_apart(case):
    outcome = yaml.safe_load((case.folder / "outcome" / "facts.yaml").read_text("utf-8"))["facts"]
    assert all(entry["id"].startswith("outcome-") for entry in outcome)
    assert min(entry["known_on"] for entry in outcome) > case.decision_date
    assert not {entry["id"] for entry in outcome} & {fact.id for fact in case.facts}


def test_owner_undertakes_to_buy_more_than_qoros_ever_sold(cases):
    view = cases["qoros-changshu-2017"].view(DECISIONS["qoros-changshu-2017"])
    promised = view.resolve("related_party_purchase_commitment")
    best = max(resolution.value for resolution in view.series("deliveries"))
    assert promised.value > 4 * best
    assert promised.fact.known_to == "parties"


def test_terms_of_the_sale_of_qoros_were_not_public_on_the_day(cases):
    case = cases["qoros-changshu-2017"]
    for name in ("related_party_purchase_commitment", "buyer_put_price", "shareholder_loans", "purchased_share"):
        (fact,) = (fact for fact in case.facts if fact.name == name)
        assert fact.known_to == "parties"
        assert fact.held_because


def test_changshu_is_judged_by_its_own_budget(cases):
    view = cases["qoros-changshu-2017"].view(DECISIONS["qoros-changshu-2017"])
    assert view.resolve("budget_revenue", "region").value == 17_300
    assert view.resolve("budget_expenditure", "region") is None


def test_byton_builds_a_plant_that_its_money_does_not_pay_for(cases):
    view = cases["byton-nanjing-2018"].view(DECISIONS["byton-nanjing-2018"])
    raised = sum(fact.number for fact in view.named("equity_raised")) * view.resolve("usd_cny", "fx").value
    assert view.resolve("cumulative_deliveries").value == 0
    assert view.resolve("own_plant_before_product").fact.value is True
    assert view.resolve("plan_plant_investment").value > 2 * raised


def test_sources_that_disagree_stay_side_by_side(cases):
    borgward = cases["borgward-beijing-2019"].view(DECISIONS["borgward-beijing-2019"])
    assert borgward.resolve("deliveries", period="2018").others
    assert borgward.resolve("net_loss_to_date", period="2018-08-31").others
    assert borgward.resolve("gdp", "region", "2018").others


def test_seller_of_borgward_stays_exposed(cases):
    case = cases["borgward-beijing-2019"]
    facts = {fact.id: fact.number for fact in case.facts if fact.name != "deliveries" and isinstance(fact.value, float)}
    assert facts["first-payment"] + facts["deferred-price"] == facts["purchase-price-2018"]
    assert facts["land-cash"] > facts["first-payment"]
    assert facts["buyer-guarantee"] < facts["shareholder-loan"]


def test_budgets_are_those_of_the_year_before(cases):
    for name, year in (("byton-nanjing-2018", "2017"), ("borgward-beijing-2019", "2018")):
        view = cases[name].view(DECISIONS[name])
        for figure in ("gdp", "budget_revenue", "budget_expenditure"):
            resolution = view.resolve(figure, "region")
            assert str(resolution.fact.period) == year
            assert resolution.fact.known_to == "parties"


@pytest.mark.skipif(not NOTES.is_dir(), reason="research notes are not beside the repository")
@pytest.mark.parametrize("name", sorted(SAME_AS_NOTES))
def test_figures_agree_with_the_research_notes(cases, name):
    text = (NOTES / f"{name.replace('-', '_')}.yaml").read_text("utf-8")
    notes: dict[str, Any] = {e["name"]: e["value"] for e in yaml.safe_load(text)["facts_known_at_decision"]}
    facts = {fact.id: fact.value for fact in cases[name].facts}
    for noted, id, factor in SAME_AS_NOTES[name]:
        assert facts[id] == pytest.approx(notes[noted] * factor, rel=1e-3), noted


@pytest.mark.skipif(not CITIES.is_file(), reason="city profiles are not beside the repository")
def test_budgets_agree_with_the_city_profiles(cases):
    rows = [line.split(",") for line in CITIES.read_text("utf-8").splitlines()]
    names = {
        "gdp": "gdp",
        "budget_revenue": "general_public_budget_revenue",
        "budget_expenditure": "general_public_budget_expenditure",
    }
    for name, city in (("byton-nanjing-2018", "Nanjing"), ("borgward-beijing-2019", "Beijing")):
        for fact in (fact for fact in cases[name].facts if fact.subject == "region"):
            known = [float(r[3]) * 100 for r in rows if r[:3] == [city, str(fact.period), names[fact.name]]]
            assert any(fact.value == pytest.approx(value, abs=0.01) for value in known), fact.id
