"""Findings that can go either way: the kind, and the sentence that belongs to it."""

import pytest
from tests.study.diligence.views import fact, said_by

from guanzi.base.core import Kind, Severity, render
from guanzi.study.diligence import checks

AT = "2019-12-31"


def ratio(name, value):
    return fact(name, 2019, value, "ratio")


def count(name, value):
    return fact(name, AT, value, "count")


def flagged(name, value):
    return fact(name, AT, value, "flag")


def account(fixed):
    return (
        ratio("gross_margin", 0.1),
        fact("deliveries", 2019, 100.0, "vehicles"),
        fact("revenue", 2019, 1000.0),
        fact("r_and_d", 2019, fixed),
        fact("sga", 2019, 0.0),
    )


def plant(sold):
    return fact("local_plant_capacity", AT, 100.0, "vehicles/year"), fact("deliveries", 2019, sold, "vehicles")


def liquid(cash):
    return fact("current_liabilities", AT, 100.0), fact("cash", AT, cash)


def paid(rounds):
    return fact("equity_raised", 2019, rounds), fact("plan_investment", 2021, 100.0)


def contributed(kind):
    return fact("partner_contribution_in_kind", AT, kind), fact("partner_contribution_cash", AT, 100.0)


def deferred(later):
    return fact("purchase_price", AT, 100.0), fact("deferred_price", AT, later)


def planned(sold):
    return fact("plan_deliveries", 2019, 100.0, "vehicles"), fact("deliveries", 2019, sold, "vehicles")


SIDES = [
    ("break-even", account(101.0), Kind.RISK, "must sell 101 units a year"),
    ("break-even", account(99.0), Kind.ASSET, "break-even is 99"),
    ("capacity-use", plant(10.0), Kind.RISK, "only 10 % of the plant"),
    ("capacity-use", plant(90.0), Kind.ASSET, "The plant is in use"),
    ("single-supplier", (ratio("largest_supplier_share", 0.9),), Kind.RISK, "come from one supplier"),
    ("single-supplier", (ratio("largest_supplier_share", 0.1),), Kind.ASSET, "can be replaced by others"),
    ("customer-concentration", (ratio("largest_customer_share", 0.9),), Kind.RISK, "One customer accounts for 90 %"),
    ("customer-concentration", (ratio("largest_customer_share", 0.05),), Kind.ASSET, "demand is diversified"),
    ("related-party-demand", (ratio("related_party_sales_share", 0.9),), Kind.RISK, "not market demand"),
    ("related-party-demand", (ratio("related_party_sales_share", 0.0),), Kind.ASSET, "No sales went"),
    ("plan-kept", (count("start_postponed", 2.0),), Kind.RISK, "Postponements of the start of production: 2"),
    ("plan-kept", (count("start_postponed", 0.0),), Kind.ASSET, "has not been postponed"),
    ("plan-kept", planned(90.0), Kind.RISK, "was missed"),
    ("plan-kept", planned(100.0), Kind.ASSET, "was met"),
    ("team-completeness", (flagged("team_complete", True),), Kind.ASSET, "each have a head"),
    ("team-completeness", (flagged("team_complete", False),), Kind.RISK, "Not all of"),
    ("city-promises", (count("parallel_city_deals", 2.0),), Kind.RISK, "Ask each region"),
    ("city-promises", (count("parallel_city_deals", 0.0),), Kind.ASSET, "No other region"),
    ("founder-identity", (flagged("founder_identity_verified", True),), Kind.ASSET, "and confirmed"),
    ("founder-identity", (flagged("founder_identity_verified", False),), Kind.RISK, "Stop until"),
    ("buyer-record", (fact("buyer_age", AT, 1.0, "months"),), Kind.RISK, "The buyer is 1 month old."),
    ("buyer-record", (fact("buyer_age", AT, 99.0, "months"),), Kind.ASSET, "audited annual accounts"),
    ("buyer-record", (flagged("buyer_industry_record", True),), Kind.ASSET, "it has made such products"),
    ("buyer-record", (flagged("buyer_industry_record", False),), Kind.RISK, "has never made such products"),
    ("licence", (flagged("production_licence", True),), Kind.ASSET, "holds the production licence."),
    ("licence", (flagged("production_licence", False),), Kind.RISK, "may not sell"),
    ("site-title", (flagged("site_owned", True),), Kind.ASSET, "owns the site."),
    ("site-title", (flagged("site_owned", False),), Kind.RISK, "on land owned by others."),
    ("litigation", (count("litigation_open", 2.0),), Kind.RISK, "Open lawsuits: 2"),
    ("litigation", (count("litigation_open", 0.0),), Kind.ASSET, "No lawsuit is open"),
    ("pledged-shares", (ratio("pledged_share", 0.2),), Kind.RISK, "control can change"),
    ("pledged-shares", (ratio("pledged_share", 0.0),), Kind.ASSET, "No shares are pledged"),
    ("quality", (fact("recalled_vehicles", AT, 0.0, "vehicles"),), Kind.ASSET, "No recall"),
    ("quality", (fact("recalled_vehicles", AT, 7.0, "vehicles"),), Kind.RISK, "7 vehicles were recalled"),
    ("technology-ownership", (flagged("freedom_to_operate", True),), Kind.ASSET, "is free to use"),
    ("technology-ownership", (flagged("freedom_to_operate", False),), Kind.RISK, "prevent the free use"),
    ("technology-ownership", (ratio("patents_owned_share", 0.9),), Kind.ASSET, "90 % of the core patents are"),
    ("technology-ownership", (ratio("patents_owned_share", 0.1),), Kind.RISK, "others can block their use"),
    ("technology-ownership", (count("patents", 12.0),), Kind.ASSET, "Patents counted: 12"),
    ("technology-ownership", (count("patents", 0.0),), Kind.RISK, "No patent"),
    ("contribution-in-kind", contributed(300.0), Kind.RISK, "75 % of the company's contribution is not cash"),
    ("contribution-in-kind", contributed(50.0), Kind.ASSET, "at least as much cash as assets in kind"),
    ("shareholder-support", (fact("shareholder_loans", AT, 9.0),), Kind.RISK, "owes its owners 9.0 m yuan"),
    ("shareholder-support", (fact("shareholder_loans", AT, 0.0),), Kind.ASSET, "owes its owners nothing"),
    ("shareholder-support", (fact("parent_net_loss", 2019, 9.0),), Kind.RISK, "lost 9.0 m yuan"),
    ("funding-window", liquid(10.0), Kind.RISK, "fall due within a year"),
    ("funding-window", liquid(200.0), Kind.ASSET, "cover the 100 m yuan"),
    ("plan-funding", paid(50.0), Kind.RISK, "who pays the rest"),
    ("plan-funding", paid(200.0), Kind.ASSET, "covers the planned investment of 100 m yuan"),
    ("price-payment", deferred(60.0), Kind.RISK, "the seller lends it to the buyer"),
    ("price-payment", deferred(0.0), Kind.ASSET, "No part of the price"),
]


@pytest.mark.parametrize(("check", "facts", "kind", "words"), SIDES)
def test_each_side_has_its_kind_and_its_sentence(check, facts, kind, words):
    (found,) = (f for f in said_by(check, *facts).values() if f.kind != Kind.GAP)
    assert found.kind == kind
    assert words in render(found.message)
    assert found.facts == tuple(f.id for f in facts) or set(found.facts) == {f.id for f in facts}


def test_most_questions_without_facts_weigh_medium_and_those_of_a_buyer_low():
    low = {check.id for check in checks() if check.severity_if_missing == Severity.LOW}
    assert low == {"buyer-obligations", "buyer-record", "customer-index", "price-payment"}
    high = {check.id for check in checks() if check.severity_if_missing == Severity.HIGH}
    assert high == {check.id for check in checks() if check.core}
    for check in checks():
        bought = () if check.id == "price-payment" else (fact("purchase_price", AT, 1.0),)
        bought = bought or (fact("buyer", AT, "Tyres", "text"),)
        (gap,) = (f for f in said_by(check.id, *bought).values() if f.id.endswith(".no-facts"))
        assert gap.severity == check.severity_if_missing


def test_zeros_that_cannot_be_divided_by_are_no_comparison():
    zero = fact("ads_price", "2019-01-01", 0.0, "USD"), fact("ads_price", AT, 1.0, "USD")
    assert set(said_by("funding-window", *zero)) == {"gap_funding_window"}
    assert set(said_by("funding-window", *liquid(1.0)[1:], fact("current_liabilities", AT, 0.0))) == {
        "gap_funding_window"
    }
    recall = fact("recalled_vehicles", AT, 7.0, "vehicles"), fact("cumulative_deliveries", AT, 0.0, "vehicles")
    assert said_by("quality", *recall)["recall"].facts == (recall[0].id,)
    plan = fact("plan_deliveries", 2019, (0.0, 10.0), "vehicles"), fact("deliveries", 2019, 5.0, "vehicles")
    assert set(said_by("plan-kept", *plan)) == {"gap_plan_kept"}
    claims = fact("litigation_claims", AT, 5.0), fact("current_assets", AT, 0.0)
    assert said_by("litigation", *claims)["litigation"].facts == (claims[0].id,)
    assert set(said_by("capacity-use", plant(1.0)[1], fact("local_plant_capacity", AT, 0.0, "vehicles/year"))) == {
        "gap_capacity_use"
    }
    assert said_by("quality", fact("recalled_vehicles", AT, 0.0, "vehicles"))["no_recall"].severity == Severity.LOW


ORDERED = fact("orders", AT, 9.0, "vehicles"), fact("deliveries", 2019, 1.0, "vehicles")

WEIGHTS = [
    ("plan-funding", (fact("plan_investment", 2021, 1.0),), "gap_money_raised", Severity.HIGH),
    ("plan-funding", (fact("equity_raised", 2019, 1.0),), "gap_plan_investment", Severity.MEDIUM),
    ("orders", (fact("orders", AT, 9.0, "vehicles"),), "gap_deposits", Severity.MEDIUM),
    ("orders", ORDERED, "orders_beyond_sales", Severity.MEDIUM),
    ("orders", (*ORDERED, fact("order_years", AT, 0.0, "years")), "orders_beyond_sales", Severity.MEDIUM),
    ("shareholder-support", (fact("shareholder_loans", AT, 9.0),), "shareholder_loans", Severity.MEDIUM),
    ("shareholder-support", (fact("shareholder_loans", AT, 0.0),), "no_shareholder_loans", Severity.LOW),
    ("shareholder-support", (fact("parent_net_loss", 2019, 9.0),), "parent_loses", Severity.MEDIUM),
    ("shareholder-support", (fact("parent_net_loss", 2019, -9.0),), "parent_earns", Severity.LOW),
    ("shareholder-support", (fact("shareholder_guarantees", AT, "x", "text"),), "debt_on_guarantees", Severity.MEDIUM),
    ("funding-window", (fact("funding_text", AT, "x", "text"),), "gap_funding_said", Severity.MEDIUM),
    ("funding-window", (fact("equity_raised", "2020-01-01", 9.0),), "equity_raised", Severity.MEDIUM),
    ("buyer-obligations", (fact("buyer_obligations", AT, 0.0),), "buyer_free", Severity.MEDIUM),
    ("buyer-obligations", (fact("buyer_guarantee", AT, 9.0), fact("purchase_price", AT, 0.0)), "buyer_obligations",
     Severity.MEDIUM),
    ("capacity-use", plant(1.0)[:1], "gap_capacity_use", Severity.MEDIUM),
    ("contribution-in-kind", contributed(1.0)[:1], "gap_partner_cash", Severity.HIGH),
    ("contribution-in-kind", contributed(1.0)[1:], "gap_in_kind", Severity.MEDIUM),
    ("quality", (fact("quality_complaints", AT, "x", "text"),), "quality_complaints", Severity.MEDIUM),
    ("quality", (fact("safety_rating", AT, "x", "text"),), "gap_field_quality", Severity.MEDIUM),
    ("single-supplier", (fact("sole_source_parts", AT, "x", "text"),), "sole_source", Severity.MEDIUM),
    ("single-supplier", (fact("import_dependence", AT, "x", "text"),), "import_dependence", Severity.MEDIUM),
    ("technology-ownership", (fact("technology_text", AT, "x", "text"),), "gap_technology_owner", Severity.MEDIUM),
    ("plant-before-product", (flagged("own_plant_before_product", False),), "product_before_plant", Severity.MEDIUM),
    ("founder-identity", (count("founder_lawsuits", 0.0),), "gap_identity", Severity.MEDIUM),
    ("price-payment", (fact("price_paid", AT, 1.0), fact("seller_cash_contribution", AT, 2.0)), "seller_pays_more",
     Severity.HIGH),
]  # fmt: skip


@pytest.mark.parametrize(("check", "facts", "code", "severity"), WEIGHTS)
def test_each_finding_has_its_weight(check, facts, code, severity):
    found = said_by(check, *facts)[code]
    assert found.severity == severity
    assert render(found.message)


def test_lawsuits_of_the_founder_are_said_as_they_are():
    some = said_by("founder-identity", count("founder_lawsuits", 3.0))["founder_lawsuits"]
    none = said_by("founder-identity", count("founder_lawsuits", 0.0))["founder_clear"]
    assert "on record: 3" in render(some.message)
    assert "No lawsuit against the founder" in render(none.message)


def test_orders_over_no_years_are_said_without_a_year():
    found = said_by("orders", *ORDERED, fact("order_years", AT, 0.0, "years"))["orders_beyond_sales"]
    assert "ask how many years" in render(found.message)
