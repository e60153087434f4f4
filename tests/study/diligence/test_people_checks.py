"""Team, governance and law: founders, team, plans, cities, buyer, courts, pledges, licence, site, price."""

import pytest
from tests.study.diligence.views import fact, said_by

from guanzi.base.core import Kind, Severity, render

AT = "2019-12-31"

# One fact, one conclusion


@pytest.mark.parametrize(
    ("check", "name", "value", "unit", "code", "kind", "severity"),
    [
        ("founder-identity", "founder_identity_verified", False, "flag", "founder_not_identified", "risk", "critical"),
        ("founder-identity", "founder_identity_verified", True, "flag", "founder_identified", "asset", "medium"),
        ("team-completeness", "team_gaps", "finance", "text", "team_incomplete", "risk", "high"),
        ("team-completeness", "team_complete", False, "flag", "team_incomplete", "risk", "high"),
        ("team-completeness", "team_complete", True, "flag", "team_complete", "asset", "medium"),
        ("team-completeness", "management_changes", "three heads", "text", "management_changes", "risk", "medium"),
        ("team-completeness", "team_text", "130 engineers", "text", "gap_team", "gap", "medium"),
        ("plan-kept", "start_postponed", 0.0, "count", "start_kept", "asset", "medium"),
        ("plan-kept", "start_postponed", 1.0, "count", "start_postponed", "risk", "medium"),
        ("plan-kept", "start_postponed", 2.0, "count", "start_postponed", "risk", "high"),
        ("city-promises", "parallel_city_deals", 0.0, "count", "no_other_city", "asset", "medium"),
        ("city-promises", "parallel_city_deals", 1.0, "count", "several_city_promises", "risk", "medium"),
        ("city-promises", "parallel_city_deals", 2.0, "count", "several_city_promises", "risk", "high"),
        ("city-promises", "city_promises_elsewhere", 3.0, "count", "several_city_promises", "risk", "high"),
        ("city-promises", "plan_capacity_elsewhere", 10.0, "vehicles/year", "capacity_elsewhere", "risk", "medium"),
        ("city-promises", "plan_capacity_elsewhere", 0.0, "vehicles/year", "gap_city_promises", "gap", "medium"),
        ("buyer-record", "buyer_age", 11.9, "months", "buyer_new", "risk", "high"),
        ("buyer-record", "buyer_age", 12.0, "months", "buyer_established", "asset", "low"),
        ("buyer-record", "buyer_sanction", "barred", "text", "buyer_sanctioned", "risk", "high"),
        ("buyer-record", "buyer_relation", "classmates", "text", "buyer_related", "risk", "high"),
        ("buyer-record", "buyer_record", "a bank", "text", "gap_buyer_record", "gap", "high"),
        ("buyer-record", "buyer_industry_record", True, "flag", "buyer_of_the_trade", "asset", "medium"),
        ("buyer-record", "buyer_industry_record", False, "flag", "buyer_without_record", "risk", "high"),
        ("litigation", "litigation_open", 0.0, "count", "no_litigation", "asset", "low"),
        ("litigation", "litigation_open", 1.0, "count", "litigation", "risk", "medium"),
        ("litigation", "litigation_open", "a rival sues two engineers", "text", "litigation", "risk", "medium"),
        ("litigation", "litigation_claims", 5.0, "CNY m", "litigation", "risk", "medium"),
        ("litigation", "litigation_claims", 0.0, "CNY m", "gap_litigation", "gap", "medium"),
        ("pledged-shares", "pledged_share", 0.0, "ratio", "no_pledge", "asset", "low"),
        ("pledged-shares", "pledged_share", 0.49, "ratio", "pledged_shares", "risk", "medium"),
        ("pledged-shares", "pledged_share", 0.5, "ratio", "pledged_shares", "risk", "high"),
        ("licence", "production_licence", True, "flag", "licence_held", "asset", "medium"),
        ("licence", "production_licence", False, "flag", "no_licence", "risk", "high"),
        ("licence", "production_licence", "lent by another maker", "text", "gap_licence", "gap", "high"),
        ("licence", "licence_text", "applied for", "text", "gap_licence", "gap", "high"),
        ("site-title", "site_owned", True, "flag", "site_owned", "asset", "low"),
        ("site-title", "site_owned", False, "flag", "site_not_owned", "risk", "high"),
        ("site-title", "land_text", "rented", "text", "gap_site_title", "gap", "medium"),
        ("price-payment", "purchase_price", 100.0, "CNY m", "gap_price_payment", "gap", "medium"),
    ],
)
def test_one_fact_gives_one_conclusion(check, name, value, unit, code, kind, severity):
    held = fact(name, AT, value, unit)
    found = said_by(check, held)
    assert set(found) == {code}
    assert (found[code].kind, found[code].severity) == (kind, severity)
    assert found[code].facts in ((held.id,), *(((),) if kind == "gap" else ()))
    if isinstance(value, str):
        assert value in render(found[code].message)


@pytest.mark.parametrize(
    ("check", "severity"),
    [
        *((c, Severity.MEDIUM) for c in ("founder-identity", "team-completeness", "plan-kept", "city-promises")),
        *((c, Severity.MEDIUM) for c in ("litigation", "pledged-shares", "licence", "site-title")),
    ],
)
def test_no_fact_gives_a_gap(check, severity):
    (gap,) = said_by(check).values()
    assert gap.code == f"gap_{check.replace('-', '_')}"
    assert (gap.kind, gap.severity) == (Kind.GAP, severity)
    assert "no conclusion is drawn from their absence" in render(gap.message)


# Founders


@pytest.mark.parametrize(
    ("n", "code", "severity"), [(0.0, "founder_clear", Severity.LOW), (1.0, "founder_lawsuits", Severity.HIGH)]
)
def test_lawsuits_do_not_stand_for_a_check_of_identity(n, code, severity):
    found = said_by("founder-identity", fact("founder_lawsuits", AT, n, "count"))
    assert set(found) == {code, "gap_identity"}
    assert found[code].severity == severity
    verified = fact("founder_identity_verified", AT, True, "flag")
    assert "gap_identity" not in said_by("founder-identity", fact("founder_lawsuits", AT, n, "count"), verified)


def test_a_record_in_words_is_passed_on_and_not_judged():
    found = said_by("founder", fact("founder_record", AT, "led the development of the i8", "text"))
    assert found["gap_founder_record"].kind == Kind.GAP
    assert "led the development of the i8" in render(found["gap_founder_record"].message)


# Plans


def plan(value, period=2016):
    return fact("plan_deliveries", period, value, "vehicles")


@pytest.mark.parametrize(
    ("sold", "code", "severity"),
    [
        (14999.0, "plan_missed", Severity.HIGH),
        (15000.0, "plan_missed", Severity.MEDIUM),
        (29999.0, "plan_missed", Severity.MEDIUM),
        (30000.0, "plan_met", Severity.MEDIUM),
    ],
)
def test_a_plan_is_measured_at_its_lower_end(sold, code, severity):
    found = said_by("plan-kept", plan((30000.0, 50000.0)), fact("deliveries", 2016, sold, "vehicles"))
    assert set(found) == {code}
    assert found[code].severity == severity
    assert dict(found[code].message.params)["plan"] == pytest.approx(30000.0)


def test_the_last_plan_whose_year_is_known_counts():
    facts = plan(10.0, 2017), plan(100.0, 2018), plan(1000.0, 2019)
    sold = fact("deliveries", 2017, 1.0, "vehicles"), fact("deliveries", 2018, 90.0, "vehicles")
    assert "90 vehicles delivered, or 90 % of the promised minimum of 100 vehicles" in render(
        said_by("plan-kept", *facts, *sold)["plan_missed"].message
    )


def test_a_plan_for_revenue_counts_too_and_a_plan_for_the_future_does_not():
    now = fact("revenue", 2019, 80.0)
    missed = said_by("plan-kept", fact("plan_revenue", 2019, 100.0), now)["plan_missed"]
    assert "revenue of 80 m yuan, or 80 % of the promised minimum of 100 m yuan" in render(missed.message)
    assert set(said_by("plan-kept", fact("plan_revenue", 2024, 100.0), now)) == {"gap_plan_kept"}
    assert set(said_by("plan-kept", plan(0.0), fact("deliveries", 2016, 1.0, "vehicles"))) == {"gap_plan_kept"}


# Cities


def test_money_promised_elsewhere_is_said_with_the_cities():
    facts = fact("parallel_city_deals", AT, 3.0, "count"), fact("parallel_investment_commitments", AT, 44000.0)
    found = said_by("city-promises", *facts)["several_city_promises"]
    assert "44.0 bn yuan" in render(found.message)
    assert len(found.facts) == 2
    none = said_by("city-promises", fact("parallel_city_deals", AT, 0.0, "count"), facts[1])["no_other_city"]
    assert len(none.facts) == 1


@pytest.mark.parametrize("here", ["local_plant_capacity", "plan_capacity"])
def test_capacity_elsewhere_is_set_against_capacity_here(here):
    for n, severity in ((150.0, Severity.MEDIUM), (151.0, Severity.HIGH)):
        facts = fact("plan_capacity_elsewhere", AT, n, "vehicles/year"), fact(here, AT, 150.0, "vehicles/year")
        found = said_by("city-promises", *facts)["capacity_elsewhere"]
        assert found.severity == severity
        assert f"{n:.0f} vehicles a year is promised elsewhere, compared with 150 vehicles here" in render(
            found.message
        )


# Buyer


@pytest.mark.parametrize(("made", "code"), [(True, "buyer_of_the_trade"), (False, "buyer_without_record")])
def test_a_judged_record_of_the_buyer_says_the_words_beside_it(made, code):
    facts = fact("buyer_industry_record", AT, made, "flag"), fact("buyer_record", AT, "cars since 1958", "text")
    found = said_by("buyer-record", *facts)
    assert set(found) == {code}
    assert "cars since 1958" in render(found[code].message)
    assert len(found[code].facts) == 2


# Law


@pytest.mark.parametrize(("claims", "severity"), [(100.0, Severity.MEDIUM), (101.0, Severity.HIGH)])
def test_claims_above_a_tenth_of_current_assets_weigh_more(claims, severity):
    found = said_by("litigation", fact("litigation_claims", AT, claims), fact("current_assets", AT, 1000.0))[
        "litigation"
    ]
    assert found.severity == severity
    assert len(found.facts) == 2


def test_a_licence_is_said_with_what_is_known_of_it():
    facts = fact("production_licence", AT, False, "flag"), fact("licence_text", AT, "applied for in 2017", "text")
    found = said_by("licence", *facts)["no_licence"]
    assert "(applied for in 2017)" in render(found.message)
    assert len(found.facts) == 2


@pytest.mark.parametrize(("owned", "code"), [(True, "site_owned"), (False, "site_not_owned")])
def test_the_site_is_said_with_what_is_known_of_it(owned, code):
    facts = fact("site_owned", AT, owned, "flag"), fact("land_text", AT, "to be handed back on demand", "text")
    found = said_by("site-title", *facts)
    assert set(found) == {code}
    assert "to be handed back on demand" in render(found[code].message)


# Payment of the price


@pytest.mark.parametrize(
    ("later", "code", "kind", "severity"),
    [
        (0.0, "price_paid", Kind.ASSET, Severity.MEDIUM),
        (50.0, "price_deferred", Kind.RISK, Severity.MEDIUM),
        (51.0, "price_deferred", Kind.RISK, Severity.HIGH),
        (70.0, "price_deferred", Kind.RISK, Severity.HIGH),
        (71.0, "price_deferred", Kind.RISK, Severity.CRITICAL),
    ],
)
def test_a_price_that_is_paid_later(later, code, kind, severity):
    found = said_by("price-payment", fact("purchase_price", AT, 100.0), fact("deferred_price", AT, later))
    assert set(found) == {code}
    assert (found[code].kind, found[code].severity) == (kind, severity)


def test_the_price_of_a_later_resale_is_not_the_price_that_is_deferred():
    first, resale = fact("purchase_price", "2018-12-28", 100.0), fact("purchase_price", "2019-03-18", 1000.0)
    found = said_by("price-payment", first, resale, fact("deferred_price", "2019-01-15", 70.0))
    assert "(70 %)" in render(found["price_deferred"].message)
    assert set(said_by("price-payment", resale, fact("deferred_price", "2019-01-15", 70.0))) == {"gap_price_payment"}


@pytest.mark.parametrize(("back", "risk"), [(30.0, False), (31.0, True)])
def test_a_seller_who_pays_in_more_than_it_received(back, risk):
    facts = fact("price_paid", AT, 30.0), fact("seller_cash_contribution", AT, back)
    assert ("seller_pays_more" in said_by("price-payment", *facts)) == risk
