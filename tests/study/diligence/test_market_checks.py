"""Users, supply chain and technology: who buys, who delivers, whose technology it is, what fails."""

import pytest
from tests.study.diligence.views import fact, said_by

from guanzi.base.core import Kind, Severity, render
from guanzi.study.diligence import DealFacts

AT = "2019-12-31"


def delivered(year, n):
    return fact("deliveries", year, n, "vehicles")


# Related-party demand


@pytest.mark.parametrize(
    ("share", "code", "severity"),
    [
        (0.0, "independent_demand", Severity.MEDIUM),
        (0.29, "related_party_demand", Severity.MEDIUM),
        (0.3, "related_party_demand", Severity.HIGH),
        (0.5, "related_party_demand", Severity.HIGH),
        (0.51, "related_party_demand", Severity.CRITICAL),
    ],
)
def test_sales_to_related_parties_are_not_demand_of_the_market(share, code, severity):
    found = said_by("related-party-demand", fact("related_party_sales_share", 2019, share, "ratio"))[code]
    assert found.severity == severity
    assert (found.kind == Kind.ASSET) == (share == 0)


@pytest.mark.parametrize(("promise", "severity"), [(24000.0, Severity.HIGH), (24001.0, Severity.CRITICAL)])
def test_a_promise_to_buy_more_than_the_best_year_is_critical(promise, severity):
    promised = fact("related_party_purchase_commitment", AT, promise, "vehicles/year")
    found = said_by("related-party-demand", promised, delivered(2016, 24000.0), delivered(2017, 14000.0))
    assert found["related_party_demand"].severity == severity
    assert "24,000 vehicles in 2016" in render(found["related_party_demand"].message)


@pytest.mark.parametrize("sold", [(), (delivered(2019, 0.0),)])
def test_a_promise_to_buy_is_a_risk_when_nothing_was_sold_to_compare(sold):
    promised = fact("related_party_purchase_commitment", AT, 10.0, "vehicles/year")
    found = said_by("related-party-demand", promised, *sold)["related_party_demand"]
    assert found.severity == Severity.HIGH
    assert "are not on record" in render(found.message)


def test_a_promise_to_buy_nothing_allows_no_conclusion():
    promised = fact("related_party_purchase_commitment", AT, 0.0, "vehicles/year")
    assert set(said_by("related-party-demand", promised)) == {"gap_related_party_demand"}


def test_sales_through_a_related_party_are_named():
    found = said_by("related-party-demand", fact("related_party_channel", AT, "the buyer's shops", "text"))
    assert found["related_party_demand"].severity == Severity.HIGH
    assert set(said_by("related-party-demand")) == {"gap_related_party_demand"}


# Customers and orders


@pytest.mark.parametrize(
    ("share", "code", "severity"),
    [
        (0.09, "customers_spread", Severity.MEDIUM),
        (0.1, "customer_concentration", Severity.MEDIUM),
        (0.5, "customer_concentration", Severity.MEDIUM),
        (0.51, "customer_concentration", Severity.HIGH),
    ],
)
def test_one_customer(share, code, severity):
    found = said_by("customer-concentration", fact("largest_customer_share", 2019, share, "ratio"))
    assert found[code].severity == severity
    assert set(said_by("customer-concentration")) == {"gap_customer_concentration"}


def orders(n):
    return fact("fleet_orders", AT, n, "vehicles")


def test_orders_beyond_the_best_year_are_a_risk_and_their_deposits_a_question():
    found = said_by("orders", orders(30000.0), delivered(2016, 24000.0), delivered(2018, 9.0))
    assert set(found) == {"orders_beyond_sales", "gap_deposits"}
    assert "ask how many years" in render(found["orders_beyond_sales"].message)
    assert set(said_by("orders", orders(24000.0), delivered(2016, 24000.0))) == {"gap_deposits"}


def test_orders_on_which_customers_have_paid_are_no_mere_announcement():
    share = fact("orders_paid_share", AT, 0.95, "ratio")
    assert set(said_by("orders", orders(30000.0), delivered(2016, 24000.0), share)) == {"gap_orders"}
    deposits = fact("customer_prepayments", AT, 5.0)
    assert set(said_by("orders", orders(30000.0), delivered(2016, 24000.0), deposits)) == {"orders_backed"}
    unpaid = fact("orders_paid_share", AT, 0.0, "ratio")
    assert "orders_beyond_sales" in said_by("orders", orders(30000.0), delivered(2016, 24000.0), unpaid)


def test_orders_over_two_years_are_compared_by_the_year():
    years = fact("order_years", AT, 2.0, "years")
    assert "orders_beyond_sales" not in said_by("orders", orders(30000.0), years, delivered(2016, 24000.0))
    found = said_by("orders", orders(50000.0), years, delivered(2016, 24000.0))["orders_beyond_sales"]
    assert "25,000 vehicles a year" in render(found.message)
    assert years.id in found.facts


@pytest.mark.parametrize(
    ("paid", "code", "kind", "severity"),
    [
        (5.0, "orders_backed", Kind.ASSET, Severity.MEDIUM),
        (0.0, "orders_unbacked", Kind.RISK, Severity.HIGH),
    ],
)
def test_deposits_make_orders_bind(paid, code, kind, severity):
    deposits = fact("customer_prepayments", AT, paid)
    for facts in ((deposits,), (deposits, orders(10.0))):
        found = said_by("orders", *facts)
        assert set(found) == {code}
        assert (found[code].kind, found[code].severity) == (kind, severity)
        assert ("10 orders" in render(found[code].message)) == (len(facts) == 2)


def test_no_orders_are_a_gap():
    assert set(said_by("orders", delivered(2019, 10.0))) == {"gap_orders"}


# Quality


@pytest.mark.parametrize(("recalled", "severity"), [(10.0, Severity.MEDIUM), (11.0, Severity.HIGH)])
def test_a_recall_of_more_than_a_tenth_weighs_more(recalled, severity):
    facts = fact("recalled_vehicles", AT, recalled, "vehicles"), fact("cumulative_deliveries", AT, 100.0, "vehicles")
    found = said_by("quality", *facts)["recall"]
    assert found.severity == severity
    assert len(found.facts) == 2


def test_a_recall_without_the_number_delivered_and_no_recall():
    alone = said_by("quality", fact("recalled_vehicles", AT, 500.0, "vehicles"))["recall"]
    assert (alone.severity, alone.kind) == (Severity.MEDIUM, Kind.RISK)
    assert said_by("quality", fact("recalled_vehicles", AT, 0.0, "vehicles"))["no_recall"].kind == Kind.ASSET


def test_a_safety_test_says_nothing_of_the_field_and_complaints_do():
    rating, doors = fact("safety_rating", AT, "five stars", "text"), fact("quality_complaints", AT, "doors", "text")
    assert "five stars" in render(said_by("quality", rating)["gap_field_quality"].message)
    assert set(said_by("quality", rating, doors)) == {"quality_complaints"}
    assert set(said_by("quality")) == {"gap_quality"}


# Order of plant and product

BEGUN = fact("own_plant_before_product", AT, True, "flag")


@pytest.mark.parametrize(
    ("facts", "severity", "words"),
    [
        ((fact("cumulative_deliveries", AT, 0.0, "vehicles"),), Severity.CRITICAL, "a single product"),
        ((delivered(2019, 0.0),), Severity.CRITICAL, "a single product"),
        ((delivered(2019, 1.0),), Severity.MEDIUM, "1 vehicle has been delivered"),
        ((), Severity.HIGH, "is not on record"),
    ],
)
def test_a_plant_begun_before_there_is_a_product(facts, severity, words):
    found = said_by("plant-before-product", BEGUN, *facts)["plant_before_product"]
    assert (found.kind, found.severity) == (Kind.RISK, severity)
    assert words in render(found.message)


def test_a_plant_that_is_planned_without_a_product_and_one_with():
    plan = fact("plan_capacity", 2021, 300000.0, "vehicles/year")
    assert said_by("plant-before-product", plan, delivered(2019, 0.0))["plant_before_product"].severity == Severity.HIGH
    sold = said_by("plant-before-product", plan, delivered(2019, 5.0))["product_before_plant"]
    assert (sold.kind, sold.severity) == (Kind.ASSET, Severity.LOW)
    assert set(said_by("plant-before-product", plan)) == {"gap_plant_before_product"}


@pytest.mark.parametrize("plan", [
    fact("plan_plant_investment", 2021, 2930.0, "CNY m"), fact("plan_start", AT, "2027", "text"),
])  # fmt: skip
def test_sales_answer_whether_a_planned_plant_comes_before_a_product_and_words_are_told_with_the_plan(plan):
    words = fact("product_text", AT, "Carbonate; nothing is produced yet.", "text")
    open = said_by("plant-before-product", plan, words)["gap_plant_before_product"]
    assert {*open.facts} == {plan.id, words.id}
    assert "nothing is produced yet" in render(open.message)
    assert ("2.9" in render(open.message)) == (plan.name == "plan_plant_investment")
    sold = said_by("plant-before-product", plan, words, fact("revenue", 2019, 12.0, "CNY m"))
    assert sold["product_before_plant"].kind == Kind.ASSET
    assert said_by("plant-before-product", plan, delivered(2019, 0.0))["plant_before_product"].kind == Kind.RISK


def test_a_product_before_the_plant_is_an_asset():
    first = fact("own_plant_before_product", AT, False, "flag")
    assert said_by("plant-before-product", first)["product_before_plant"].kind == Kind.ASSET
    assert set(said_by("plant-before-product")) == {"gap_plant_before_product"}


# One supplier


@pytest.mark.parametrize(
    ("share", "code", "severity"),
    [
        (0.3, "suppliers_spread", Severity.MEDIUM),
        (0.31, "single_supplier", Severity.MEDIUM),
        (0.5, "single_supplier", Severity.MEDIUM),
        (0.51, "single_supplier", Severity.HIGH),
    ],
)
def test_one_supplier(share, code, severity):
    found = said_by("single-supplier", fact("largest_supplier_share", 2019, share, "ratio"))
    assert found[code].severity == severity
    assert set(said_by("single-supplier")) == {"gap_single_supplier"}


def test_parts_from_one_source_and_from_abroad_are_named():
    facts = fact("sole_source_parts", AT, "cells", "text"), fact("import_dependence", AT, "chips", "text")
    assert set(said_by("single-supplier", *facts)) == {"sole_source", "import_dependence"}


# Technology


@pytest.mark.parametrize(
    ("kind", "code", "severity"),
    [
        (50.0, "contribution_in_cash", Severity.MEDIUM),
        (51.0, "contribution_in_kind", Severity.MEDIUM),
        (70.0, "contribution_in_kind", Severity.MEDIUM),
        (71.0, "contribution_in_kind", Severity.HIGH),
    ],
)
def test_things_against_money(kind, code, severity):
    facts = fact("partner_contribution_in_kind", AT, kind), fact("partner_contribution_cash", AT, 100.0 - kind)
    found = said_by("contribution-in-kind", *facts)[code]
    assert found.severity == severity
    assert len(found.facts) == 2


def test_cash_is_read_from_the_terms_when_no_fact_states_it():
    things = fact("asset_contribution_value", AT, 17770.0)
    deal = DealFacts(company_cash_contribution=4260.0)
    assert "80.7 %" in render(said_by("contribution-in-kind", things, deal=deal)["contribution_in_kind"].message)
    for without in (None, DealFacts()):
        assert said_by("contribution-in-kind", things, deal=without)["gap_partner_cash"].severity == Severity.HIGH
    stated = fact("partner_contribution_cash", AT, 17770.0)
    assert "contribution_in_cash" in said_by("contribution-in-kind", things, stated, deal=deal)


def test_cash_alone_asks_for_the_rest_and_nothing_for_everything():
    cash = fact("partner_contribution_cash", AT, 1.0)
    assert "Ask for the list" in render(said_by("contribution-in-kind", cash)["gap_in_kind"].message)
    nothing = said_by("contribution-in-kind", deal=DealFacts(company_cash_contribution=4260.0))
    assert set(nothing) == {"gap_contribution_in_kind"}
    zero = fact("partner_contribution_in_kind", AT, 0.0), fact("partner_contribution_cash", AT, 0.0)
    assert set(said_by("contribution-in-kind", *zero)) == {"gap_contribution_in_kind"}


@pytest.mark.parametrize(
    ("name", "value", "unit", "code", "kind", "severity"),
    [
        ("patents_owned_share", 0.5, "ratio", "technology_owned", Kind.ASSET, Severity.MEDIUM),
        ("patents_owned_share", 0.49, "ratio", "technology_not_owned", Kind.RISK, Severity.HIGH),
        ("freedom_to_operate", True, "flag", "freedom_to_operate", Kind.ASSET, Severity.MEDIUM),
        ("freedom_to_operate", False, "flag", "technology_blocked", Kind.RISK, Severity.HIGH),
        ("patents", 12.0, "count", "patents_held", Kind.ASSET, Severity.LOW),
        ("patents", 0.0, "count", "no_patents", Kind.RISK, Severity.MEDIUM),
        ("technology_licensed", "from Chery", "text", "technology_licensed", Kind.RISK, Severity.HIGH),
    ],
)
def test_whose_technology_it_is(name, value, unit, code, kind, severity):
    found = said_by("technology-ownership", fact(name, AT, value, unit))
    assert set(found) == {code}
    assert (found[code].kind, found[code].severity) == (kind, severity)


def test_a_description_of_the_technology_does_not_tell_whose_it_is():
    text = fact("technology_text", AT, "a new cell", "text")
    assert "a new cell" in render(said_by("technology-ownership", text)["gap_technology_owner"].message)
    assert "gap_technology_owner" in said_by("technology-ownership", text, fact("patents", AT, 12.0, "count"))
    assert set(said_by("technology-ownership", text, fact("freedom_to_operate", AT, True, "flag"))) == {
        "freedom_to_operate"
    }
    assert set(said_by("technology-ownership")) == {"gap_technology_ownership"}


def test_a_plant_counted_by_the_month_or_in_energy_is_told_for_a_year():
    for unit, told in (("wafers/month", "24,000 wafers a year"), ("GWh/year", "2,000 GWh a year")):
        plan = fact("plan_capacity", 2021, 2000.0, unit)
        found = said_by("plant-before-product", plan, delivered(2019, 0.0))["plant_before_product"]
        assert told in render(found.message)
