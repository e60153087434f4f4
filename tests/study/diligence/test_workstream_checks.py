"""Supply chain, law, technology, users, founder and team: what each fact leads to, and what its absence does."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.study.diligence.views import fact, quarters, said_by, view_of

from guanzi.base.core import Kind, Severity, render
from guanzi.study import unitcost
from guanzi.study.diligence.concentration import herfindahl

AT = "2019-12-31"
NEW = (
    *("lifecycle-cost", "customer-index", "order-quality", "user-retention", "referral-price"),
    *("supplier-concentration", "second-source", "supply-contracts", "technology-route", "patent-portfolio"),
    *(
        "earlier-ventures",
        "references",
        "key-person",
        "competence",
        "frozen-shares",
        "related-balances",
        "ip-and-plant",
    ),
)


@pytest.mark.parametrize(
    ("check", "name", "value", "unit", "code", "kind", "severity"),
    [
        ("second-source", "second_source", True, "flag", "second_source", "asset", "low"),
        ("second-source", "second_source", False, "flag", "no_second_source", "risk", "high"),
        ("second-source", "second_source_months", 9.0, "months", "gap_stock", "gap", "medium"),
        ("supply-contracts", "supply_change_of_control", True, "flag", "supply_ends_on_change", "risk", "high"),
        ("supply-contracts", "supply_change_of_control", False, "flag", "supply_stays_on_change", "asset", "low"),
        ("supply-contracts", "supply_contract_years", 1.9, "years", "supply_short", "risk", "medium"),
        ("supply-contracts", "supply_contract_years", 2.0, "years", "supply_secured", "asset", "low"),
        ("supply-contracts", "supply_take_or_pay", 5.0, "CNY m", "take_or_pay", "risk", "high"),
        ("supply-contracts", "supply_take_or_pay", 0.0, "CNY m", "gap_supply_contracts", "gap", "medium"),
        ("ip-and-plant", "ip_in_company", True, "flag", "ip_in_company", "asset", "low"),
        ("ip-and-plant", "ip_in_company", False, "flag", "ip_elsewhere", "risk", "high"),
        ("ip-and-plant", "patents_pledged_share", 0.0, "ratio", "patents_free", "asset", "low"),
        ("ip-and-plant", "patents_pledged_share", 0.4, "ratio", "patents_pledged", "risk", "medium"),
        ("ip-and-plant", "plant_pledged_share", 0.5, "ratio", "plant_pledged", "risk", "high"),
        ("frozen-shares", "frozen_share", 0.0, "ratio", "no_shares_frozen", "asset", "low"),
        ("frozen-shares", "frozen_share", 0.29, "ratio", "shares_frozen", "risk", "medium"),
        ("frozen-shares", "frozen_share", 0.3, "ratio", "shares_frozen", "risk", "high"),
        ("frozen-shares", "judgment_debtor", True, "flag", "judgment_debtor", "risk", "critical"),
        ("frozen-shares", "judgment_debtor", False, "flag", "no_judgment_debtor", "asset", "low"),
        ("related-balances", "related_party_loans", 0.0, "CNY m", "no_related_balances", "asset", "low"),
        ("related-balances", "related_party_loans", 9.0, "CNY m", "related_balances", "risk", "high"),
        ("patent-portfolio", "inventors_left_share", 0.34, "ratio", "inventors_left", "risk", "high"),
        ("patent-portfolio", "inventors_left_share", 0.1, "ratio", "inventors_left", "risk", "medium"),
        ("patent-portfolio", "inventors_left_share", 0.0, "ratio", "inventors_stay", "asset", "low"),
        ("patent-portfolio", "blocking_families", 3.0, "count", "blocking_patents", "risk", "high"),
        ("patent-portfolio", "blocking_families", 0.0, "count", "no_blocking_patents", "asset", "low"),
        ("patent-portfolio", "patent_families", 9.0, "count", "patent_families", "asset", "low"),
        ("user-retention", "retention_12m", 0.5, "ratio", "users_stay", "asset", "medium"),
        ("user-retention", "retention_12m", 0.3, "ratio", "users_leave", "risk", "medium"),
        ("user-retention", "retention_12m", 0.2, "ratio", "users_leave", "risk", "high"),
        ("user-retention", "repeat_purchase_share", 0.2, "ratio", "users_come_back", "asset", "medium"),
        ("order-quality", "orders_arms_length_share", 0.9, "ratio", "orders_arms_length", "asset", "medium"),
        ("order-quality", "orders_arms_length_share", 0.8, "ratio", "orders_related", "risk", "medium"),
        ("order-quality", "orders_paid_share", 0.1, "ratio", "orders_not_paid", "risk", "high"),
        ("referral-price", "referral_rate", 0.7, "ratio", "gap_referral_reward", "gap", "medium"),
        ("references", "references_taken", 0.0, "count", None, "", ""),
        ("key-person", "key_person_deputy", False, "flag", "no_deputy", "risk", "high"),
        ("key-person", "key_person_bound", True, "flag", "key_person_bound", "asset", "low"),
        ("key-person", "founder_votes", 0.51, "ratio", "founder_decides_alone", "risk", "medium"),
        ("key-person", "founder_votes", 0.5, "ratio", "gap_key_person", "gap", "medium"),
        ("key-person", "key_person_text", "one man", "text", "key_person", "risk", "medium"),
        ("earlier-ventures", "founder_ventures", 2.0, "count", "gap_ventures", "gap", "medium"),
    ],
)
def test_one_fact_gives_one_conclusion(check, name, value, unit, code, kind, severity):
    held = fact(name, AT, value, unit)
    found = said_by(check, held)
    if code is None:
        assert set(found) == {"gap_references_few", "gap_references_verdict"}
        return
    assert set(found) == {code}
    assert (found[code].kind, found[code].severity) == (kind, severity)
    assert found[code].facts in ((held.id,), *(((),) if kind == "gap" else ()))
    assert render(found[code].message, "zh")


@pytest.mark.parametrize("check", NEW)
def test_no_fact_gives_a_gap_and_nothing_else(check):
    (gap,) = said_by(check).values()
    assert gap.kind is Kind.GAP
    assert "no conclusion is drawn from their absence" in render(gap.message)


# Concentration


@given(st.lists(st.floats(0.01, 1.0), min_size=1, max_size=12))
def test_the_index_of_all_partners_lies_between_the_bounds_of_those_that_are_named(weights):
    shares = sorted((w / math.fsum(weights) for w in weights), reverse=True)
    index = math.fsum(s * s for s in shares)
    for named in range(1, len(shares) + 1):
        bounds = herfindahl(shares[:named])
        assert bounds is not None
        assert bounds[0] - 1e-9 <= index <= bounds[1] + 1e-9


def test_equal_partners_have_an_index_of_one_over_their_number():
    assert herfindahl([0.2] * 5) == pytest.approx((0.2, 0.2))
    assert herfindahl([1.0]) == (1.0, 1.0)
    assert herfindahl([0.6, 0.6]) is None


def supplier(name, share, year=2019):
    return fact("supplier_share", year, share, "ratio", subject=name)


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        ((0.5, 0.1), "suppliers_concentrated"),
        ((0.35, 0.2), "suppliers_concentrated"),
        ((0.3,), "gap_suppliers_concentrated"),
        ((0.1, 0.1, 0.1), "suppliers_not_concentrated"),
        ((0.9, 0.9), "gap_suppliers_concentrated"),
    ],
)
def test_suppliers_are_concentrated_only_if_no_other_supplier_could_change_that(shares, code):
    held = [supplier(f"s{i}", share) for i, share in enumerate(shares)]
    assert set(said_by("supplier-concentration", *held)) == {code}


def test_only_the_latest_year_counts():
    found = said_by("supplier-concentration", supplier("a", 0.9, 2018), supplier("b", 0.1), supplier("c", 0.1))
    assert set(found) == {"suppliers_not_concentrated"}


# Supply


def test_a_stock_that_outlasts_the_change_of_source_bridges_it():
    months = fact("second_source_months", AT, 6.0, "months")
    assert set(said_by("second-source", months, fact("inventory_cover_months", AT, 6.0, "months"))) == {"stock_bridges"}
    found = said_by("second-source", months, fact("inventory_cover_months", AT, 2.0, "months"))
    assert "4 months" in render(found["standstill"].message)


def test_a_duty_to_buy_is_weighed_by_revenue():
    owed = fact("supply_take_or_pay", AT, 30.0)
    for revenue, severity in ((100.0, Severity.HIGH), (101.0, Severity.MEDIUM)):
        found = said_by("supply-contracts", owed, fact("revenue", 2019, revenue))
        assert found["take_or_pay"].severity is severity


def test_balances_with_related_parties_are_added_and_weighed_by_assets():
    parts = (fact("related_party_receivables", AT, 6.0), fact("related_party_guarantees", AT, 4.0))
    for assets, severity in ((100.0, Severity.HIGH), (101.0, Severity.MEDIUM)):
        found = said_by("related-balances", *parts, fact("total_assets", AT, assets))
        assert found["related_balances"].severity is severity
        assert "10 m yuan" in render(found["related_balances"].message)


# Technology


def shares(*values, route="swap", first=2015):
    return [fact("route_share", first + i, v, "ratio", subject=route) for i, v in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ((0.1, 0.15, 0.2, 0.3, 0.4), "route_wins"),
        ((0.4, 0.3, 0.2, 0.15, 0.1), "route_loses"),
        ((0.2, 0.3, 0.2, 0.3, 0.2), "route_open"),
        ((0.2, 0.3, 0.4), "gap_route_share"),
    ],
)
def test_a_route_is_called_by_the_direction_of_its_odds(values, code):
    held = [fact("technology_route", AT, "swap", "text"), *shares(*values), *shares(0.9, route="charge")]
    found = said_by("technology-route", *held)
    assert set(found) == {code, "gap_route_conditions", "gap_route_companies"}


def test_conditions_of_the_route_are_said_and_no_longer_asked_for():
    held = [fact("technology_route", AT, "swap", "text"), fact("route_conditions", AT, "one standard", "text")]
    assert "one standard" in render(said_by("technology-route", *held)["route_conditions"].message)


def test_conditions_are_asked_for_where_shares_are_known_and_the_own_route_is_not():
    assert "gap_route_conditions" in said_by("technology-route", *shares(0.1, 0.2, 0.3))
    assert set(said_by("technology-route")) == {"gap_technology_route"}


def test_who_else_is_on_the_route_is_said():
    others = fact("route_companies", AT, "BAIC and Aulton", "text", subject="swap")
    found = said_by("technology-route", fact("technology_route", AT, "swap", "text"), others)
    assert "BAIC and Aulton" in render(found["route_companies"].message)
    assert "gap_route_companies" not in found


def test_a_change_of_route_that_cash_does_not_pay_locks_in():
    cost = fact("route_switching_cost", AT, 100.0)
    for cash, code in ((99.0, "route_locked_in"), (100.0, "route_can_change")):
        assert code in said_by("technology-route", cost, fact("cash", AT, cash))


# Users


def test_a_reward_of_a_twentieth_of_the_price_buys_the_recommendation():
    rate, price = fact("referral_rate", 2019, 0.5, "ratio"), fact("unit_price", 2019, 100_000.0, "CNY")
    for reward, code in ((5_000.0, "referrals_bought"), (4_999.0, "referrals_cheap")):
        found = said_by("referral-price", rate, price, fact("referral_reward", 2019, reward, "CNY"))
        assert set(found) == {code}


def test_recommendations_that_go_with_the_reward_were_bought():
    rate = fact("referral_rate", 2019, 0.6, "ratio")
    for free, code in ((0.3, "referrals_bought"), (0.55, "referrals_genuine")):
        found = said_by("referral-price", rate, fact("referral_rate_unrewarded", 2018, free, "ratio"))
        assert set(found) == {code, "gap_referral_reward"}


# Founder and team


def ventures(begun, **parts):
    counts = [fact(f"founder_ventures_{name}", AT, float(n), "count") for name, n in parts.items()]
    return said_by("earlier-ventures", fact("founder_ventures", AT, float(begun), "count"), *counts)


def test_every_venture_needs_an_outcome():
    assert set(ventures(3, exited=1, failed=1)) == {"gap_ventures"}
    assert set(ventures(1, exited=1, failed=1)) == {"gap_ventures"}
    assert set(ventures(3, exited=1, failed=1, running=1)) == {"ventures_sound"}
    assert set(ventures(3, exited=1, failed=2)) == {"ventures_failed"}


def references(taken, off, adverse):
    names = {"taken": taken, "off_list": off, "adverse": adverse}
    return set(said_by("references", *(fact(f"references_{name}", AT, float(n), "count") for name, n in names.items())))


def test_references_that_the_founder_chose_are_not_enough():
    assert references(5, 2, 0) == {"references_good"}
    assert references(5, 1, 0) == {"references_good", "gap_references_few"}
    assert references(4, 2, 1) == {"references_adverse", "gap_references_few"}


def test_one_lacking_competence_is_a_risk_and_is_named():
    held = {"cells": True, "software": False}
    found = said_by("competence", *(fact("competence_held", AT, v, "flag", subject=k) for k, v in held.items()))
    assert "software" in render(found["competence_lacking"].message)
    assert "cells" not in render(found["competence_lacking"].message)


# Cost over the life


def maker(margin, deliveries=20_000.0):
    return (
        fact("deliveries", 2019, deliveries, "vehicles"),
        fact("vehicle_sales", 2019, 200_000.0 * deliveries / 1e6),
        fact("vehicle_margin", 2019, margin, "ratio"),
        fact("r_and_d", 2019, 500.0),
        fact("sga", 2019, 500.0),
        fact("cumulative_deliveries", AT, 50_000.0, "vehicles"),
        *quarters("deliveries", "2019Q4", deliveries / 4),
    )


@pytest.mark.parametrize(
    ("margin", "deliveries", "code"),
    [
        (0.5, 20_000.0, "lifecycle_pays"),
        (0.1, 20_000.0, "lifecycle_does_not_pay"),
        (0.22, 20_000.0, "lifecycle_open"),
        (-0.1, 20_000.0, "lifecycle_does_not_pay"),
    ],
)
def test_a_maker_pays_only_if_it_does_whatever_it_learns(margin, deliveries, code):
    assert set(said_by("lifecycle-cost", *maker(margin, deliveries))) == {code}


def test_what_a_maker_needs_is_told_from_the_best_case_to_the_worst():
    (found,) = said_by("lifecycle-cost", *maker(0.5)).values()
    told = dict(found.message.params)
    prepared = unitcost.prepare_case(unitcost.MODELS["vehicle"], view_of(*maker(0.5)))
    quantiles = unitcost.analyse(unitcost.MODELS["vehicle"], prepared.spreads, "CNY").outcome("break_even").quantiles
    ends = min(q.low for q in quantiles), max(q.high for q in quantiles)
    assert (told["low"], told["high"]) == tuple(map(unitcost.finite_or_words, ends))
    (median,) = (q.value for q in quantiles if q.level == 0.5)
    assert told["middle"] == unitcost.finite_or_words(median)


def test_a_promise_of_free_swaps_without_figures_names_what_is_missing():
    promise = fact("free_service_promise", 2019, "free swaps", "text")
    found = said_by("lifecycle-cost", promise, fact("pack_price", 2019, 900.0, "CNY per kWh"))
    text = render(found["gap_lifecycle_cost"].message)
    assert "cost of the station" in text
    assert "price of a pack" not in text
