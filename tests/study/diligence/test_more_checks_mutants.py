"""Runway, unit margin, validation, deal, competition and founder at their limits: what a small fault would change."""

import pytest
from tests.study.diligence.test_checks_mutants import (
    ASSET,
    AT,
    CRITICAL,
    GAP,
    HIGH,
    LOW,
    MEDIUM,
    RISK,
    flagged,
    found,
    ids,
    looks,
    says,
    sold,
    text,
)
from tests.study.diligence.views import fact

from guanzi.base.core import Message
from guanzi.study.diligence import DealFacts

# Runway


def funds(cash, **changes):
    figures = {"operating_cash_flow": -12.0} | changes
    return (fact("cash", AT, cash), *(fact(name, 2019, value) for name, value in figures.items()))


@pytest.mark.parametrize(
    ("cash", "kind", "severity", "code"),
    [
        (11.9, RISK, CRITICAL, "runway_short"),
        (12.0, RISK, HIGH, "runway_short"),
        (23.9, RISK, HIGH, "runway_short"),
        (24.0, ASSET, MEDIUM, "runway"),
    ],
)
def test_months_of_cash_against_one_year_and_two(cash, kind, severity, code):
    runway = found(*funds(cash))
    assert looks(runway["runway.without-deal"], kind, severity, code, "cash-flow")
    assert says(
        runway["runway.without-deal"], months=cash, bridge=0.0, bridged=cash, cash=cash, burn=12.0, period="2019"
    )
    assert "runway.with-deal" not in runway
    assert "runway.with-deal" not in found(*funds(cash), deal=DealFacts())


@pytest.mark.parametrize(
    ("public", "kind", "severity", "code"),
    [
        (1.9, RISK, CRITICAL, "runway_with_deal_short"),
        (2.0, RISK, HIGH, "runway_with_deal_short"),
        (14.0, ASSET, MEDIUM, "runway_with_deal"),
        (0.0, RISK, CRITICAL, "runway_with_deal_short"),
    ],
)
def test_months_of_cash_with_the_deal(public, kind, severity, code):
    runway = found(*funds(10.0), deal=DealFacts(public_amount=public))["runway.with-deal"]
    assert looks(runway, kind, severity, code)
    assert says(runway, months=10.0 + public, amount=public)


def test_what_is_spent_is_the_outflow_and_the_investment_whatever_its_sign():
    for capex in (12.0, -12.0):
        assert says(found(*funds(12.0, capex=capex))["runway.without-deal"], months=6.0, burn=24.0)
    loss = found(fact("cash", AT, 12.0), fact("net_loss", 2019, 24.0))["runway.without-deal"]
    assert looks(loss, RISK, CRITICAL, "runway_short", "net-loss")
    assert says(loss, months=6.0)


def test_short_term_investments_count_as_cash():
    liquid = fact("cash_and_short_term_investments", AT, 36.0)
    assert says(found(*funds(12.0), liquid)["runway.without-deal"], months=36.0)


@pytest.mark.parametrize("flow", [0.1, 5.0])
def test_a_company_that_earns_cash_funds_itself(flow):
    assert looks(found(*funds(1.0, operating_cash_flow=flow))["runway.self-funding"], ASSET, MEDIUM, "self_funding")


def test_a_company_of_which_no_flow_of_cash_was_seen_is_not_said_to_fund_itself():
    assert "runway.unknown" in (held := found(*funds(1.0, operating_cash_flow=0.0)))
    assert "runway.self-funding" not in held


@pytest.mark.parametrize(("day", "bridge"), [(AT, 0.0), ("2020-01-01", 6.0)])
def test_notes_bridge_from_the_day_after_the_cash_figure(day, bridge):
    notes = fact("convertible_notes_raised", day, 6.0)
    runway = found(*funds(12.0), notes, deal=DealFacts(public_amount=2.0))
    alone, funded = runway["runway.without-deal"], runway["runway.with-deal"]
    assert looks(alone, RISK, HIGH, "runway_short", "cash-flow-bridged" if bridge else "cash-flow")
    assert says(alone, months=12.0, bridge=bridge, bridged=12.0 + bridge)
    assert says(funded, months=14.0 + bridge)
    assert (notes.id in alone.facts) == (notes.id in funded.facts) == bool(bridge)
    assert ("runway.bridge" in runway) == bool(bridge)
    if bridge:
        assert looks(runway["runway.bridge"], ASSET, MEDIUM, "bridge_money", "amount")


def test_who_bridges_is_named_where_the_amount_is_not_held():
    named = text("bridge_investors")
    assert looks(found(*funds(12.0), named)["runway.bridge"], ASSET, MEDIUM, "bridge_money", "named")
    both = found(*funds(12.0), named, fact("convertible_notes_raised", "2020-01-01", 6.0))["runway.bridge"]
    assert looks(both, ASSET, MEDIUM, "bridge_money", "amount")


@pytest.mark.parametrize(("held", "missing"), [(funds(12.0)[:1], "spent"), (funds(12.0)[1:], "cash")])
def test_half_of_the_runway_is_a_gap_that_names_the_other_half(held, missing):
    assert looks(found(*held)["runway.unknown"], GAP, HIGH, "gap_runway", missing)
    assert "runway.unknown" not in found()


# Unit margin


def test_a_product_that_just_covers_its_cost_is_no_asset():
    even = found(fact("vehicle_margin", 2019, 0.0, "ratio"))["unit-margin.margin"]
    assert looks(even, RISK, MEDIUM, "unit_margin", "nought")


@pytest.mark.parametrize(
    ("margin", "kind", "severity", "code", "variant"),
    [
        (-0.11, RISK, CRITICAL, "unit_margin_negative", "loss"),
        (-0.10, RISK, HIGH, "unit_margin_negative", "loss"),
        (-0.001, RISK, HIGH, "unit_margin_negative", "loss"),
        (0.001, ASSET, MEDIUM, "unit_margin", "gain"),
        (1.5, ASSET, MEDIUM, "unit_margin", "gain"),
    ],
)
def test_the_margin_on_one_product(margin, kind, severity, code, variant):
    held = fact("vehicle_margin", 2019, margin, "ratio")
    alone = found(held)["unit-margin.margin"]
    assert looks(alone, kind, severity, code, variant)
    assert says(alone, price=None, unit=None)
    priced = found(held, fact("revenue", 2019, 90.0), sold(2019, 300.0))["unit-margin.margin"]
    assert looks(priced, kind, severity, code, f"{variant}-priced")
    assert says(priced, price=300000.0, unit=300000.0 * abs(margin))
    for zero in ((fact("revenue", 2019, 90.0), sold(2019, 0.0)), (sold(2019, 300.0),), (fact("revenue", 2019, 9.0),)):
        assert looks(found(held, *zero)["unit-margin.margin"], kind, severity, code, variant)


def test_a_group_that_earns_more_than_with_its_vehicles_is_not_priced_by_all_of_it():
    held = (fact("vehicle_margin", 2019, 0.2, "ratio"), fact("revenue", 2019, 90.0), sold(2019, 300.0))
    assert says(found(*held, fact("vehicle_sales", 2019, 60.0))["unit-margin.margin"], price=200000.0, unit=40000.0)


def test_the_latest_margin_counts_and_that_on_the_product_first():
    year, quarter = fact("vehicle_margin", 2019, 0.1, "ratio"), fact("vehicle_margin", "2019Q3", 0.2, "ratio")
    gross = fact("gross_margin", "2019Q4", 0.3, "ratio")
    assert says(found(year, quarter, gross)["unit-margin.margin"], margin=0.1, period="2019")
    assert says(found(quarter, gross)["unit-margin.margin"], margin=0.3, period="2019Q4")
    assert says(found(quarter, fact("gross_margin", "2019Q3", 0.3, "ratio"))["unit-margin.margin"], margin=0.2)
    assert says(found(gross)["unit-margin.margin"], margin=0.3)
    assert "unit-margin.unknown" not in found()
    assert looks(found(fact("vehicle_margin", AT, "x", "text"))["unit-margin.unknown"], GAP, HIGH, "gap_unit_margin")


@pytest.mark.parametrize(("sga", "severity"), [(60.0, MEDIUM), (61.0, HIGH)])
def test_overhead_above_the_price_weighs_more(sga, severity):
    year = (sold(2019, 300.0), fact("r_and_d", 2019, 30.0), fact("sga", 2019, sga), fact("revenue", 2019, 90.0))
    overhead = found(*year)["unit-margin.overhead"]
    assert looks(overhead, RISK, severity, "overhead_per_unit")
    share = (30.0 + sga) / 90.0
    assert says(overhead, overhead=300000.0 * share, price=300000.0, share=share, period="2019")
    for missing in range(4):
        assert "unit-margin.overhead" not in found(*(f for i, f in enumerate(year) if i != missing))
    assert "unit-margin.overhead" not in found(sold(2019, 0.0), *year[1:])
    assert "unit-margin.overhead" not in found(*year[:3], fact("revenue", 2019, 0.0))


# What is unvalidated


def test_products_are_counted_from_the_start_or_by_year():
    total, year, quarter = fact("cumulative_deliveries", AT, 9.0, "vehicles"), sold(2018, 5.0), sold("2019Q4", 2.0)
    assert says(found(total, year, quarter)["unvalidated.series"], delivered=9.0)
    assert says(found(year, quarter)["unvalidated.series"], delivered=2.0, period="2019Q4")
    assert says(found(quarter)["unvalidated.series"], delivered=2.0)
    assert looks(found(quarter)["unvalidated.series"], ASSET, MEDIUM, "series_product", "alone")
    models = found(quarter, text("series_models"))["unvalidated.series"]
    assert looks(models, ASSET, MEDIUM, "series_product", "models")
    assert says(models, text="words")
    assert looks(found()["unvalidated.series-unknown"], GAP, HIGH, "gap_series")
    assert looks(found(sold(2019, 0.0))["unvalidated.no-series"], RISK, CRITICAL, "no_series_product")


def test_a_model_has_earned_with_one_profit_or_one_inflow():
    loss, flow = fact("net_loss", 2018, 0.0), fact("operating_cash_flow", 2019, 0.0)
    model = found(loss, flow, fact("net_loss", 2019, 3.0))["unvalidated.model"]
    assert looks(model, RISK, HIGH, "unvalidated_model")
    assert says(model, n=2, start="2018", end="2019")
    assert len(model.facts) == 3
    assert "unvalidated.model" not in found(loss, fact("operating_cash_flow", 2019, 1.0))
    assert "unvalidated.model" not in found(flow, fact("net_loss", 2018, -1.0))
    assert looks(found()["unvalidated.results-unknown"], GAP, HIGH, "gap_model")


@pytest.mark.parametrize(("plan", "severity", "growth"), [(400.0, MEDIUM, 1.0), (441.0, HIGH, 1.1)])
def test_a_plan_to_more_than_double_each_year_weighs_more(plan, severity, growth):
    stretch = found(fact("revenue", 2019, 100.0), fact("plan_revenue", 2021, plan))["unvalidated.plan"]
    assert looks(stretch, RISK, severity, "plan_stretch")
    assert says(stretch, growth=growth, times=plan / 100.0, plan=plan, now=100.0, period="2021", now_period="2019")


def test_a_plan_for_next_year_is_one_and_a_plan_for_the_past_is_none():
    now = fact("revenue", 2019, 100.0)
    assert says(found(now, fact("plan_revenue", 2020, 150.0))["unvalidated.plan"], growth=0.5)
    for held in ((now, fact("plan_revenue", 2019, 150.0)), (fact("plan_revenue", 2020, 150.0),), (now,)):
        assert "unvalidated.plan" not in found(*held)
    assert "unvalidated.plan" not in found(fact("revenue", 2019, 0.0), fact("plan_revenue", 2020, 150.0))


def test_promises_brand_and_users():
    promise = found(text("free_service_promise"))
    assert looks(promise["unvalidated.free-service"], RISK, MEDIUM, "free_service_liability")
    assert looks(promise["unvalidated.service-cost"], GAP, MEDIUM, "gap_swap_costs")
    costed = found(text("free_service_promise"), fact("service_cost", AT, 1.0))
    assert "unvalidated.service-cost" not in costed
    total, trust = fact("cumulative_deliveries", AT, 9.0, "vehicles"), fact("founder_shares_in_trust", AT, 5.0)
    assert looks(found(total)["unvalidated.brand"], ASSET, LOW, "brand_loyalty", "delivered")
    assert looks(found(trust)["unvalidated.brand"], ASSET, LOW, "brand_loyalty", "trust")
    both = found(total, trust)["unvalidated.brand"]
    assert looks(both, ASSET, MEDIUM, "brand_loyalty", "both")
    assert says(both, total=9.0, shares=5e6, at=AT)
    assert set(both.facts) == ids(total, trust)
    assert looks(found(text("user_response"))["unvalidated.response"], ASSET, LOW, "user_response")
    for name in ("patents", "referral-rate", "jobs-local", "tax-local"):
        assert looks(found()[f"unvalidated.{name}"], GAP, MEDIUM, found()[f"unvalidated.{name}"].code)


# The deal


def test_a_deal_without_a_put_has_no_way_back():
    bare = found(deal=DealFacts())
    assert looks(bare["dependence.no-put"], RISK, HIGH, "no_put")
    assert "dependence.put" not in bare
    unseen = found(deal=DealFacts(has_put=None))
    assert looks(unseen["dependence.put-unseen"], GAP, HIGH, "gap_put")
    assert not {"dependence.put", "dependence.no-put"} & set(unseen)
    assert "dependence.wrong-way" not in bare
    assert not {"dependence.calendar", "dependence.call", "dependence.bound", "dependence.no-remedy",
                "dependence.remedy", "dependence.clauses", "dependence.co-investors"} & set(bare)  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ((), MEDIUM),
        ((flagged("going_concern_doubt", False),), MEDIUM),
        ((flagged("going_concern_doubt", True),), HIGH),
        ((fact("equity", AT, 0.0),), MEDIUM),
        ((fact("equity", AT, -1.0),), HIGH),
    ],
)
def test_a_put_on_the_company_is_worth_least_when_it_is_needed(facts, severity):
    assumed = found(*facts, deal=DealFacts(has_put=True))
    assert looks(assumed["dependence.put"], ASSET, MEDIUM, "put_right")
    assert looks(assumed["dependence.obligor"], GAP, HIGH, "gap_obligor")
    assert looks(assumed["dependence.wrong-way"], RISK, severity, "put_wrong_way", "assumed")
    assert set(assumed["dependence.wrong-way"].facts) == (ids(*facts) if severity == HIGH else set())
    known = found(*facts, deal=DealFacts(has_put=True, put_obligors=("A",), put_on_company_only=True))
    assert looks(known["dependence.wrong-way"], RISK, severity, "put_wrong_way", "known")
    assert "dependence.obligor" not in known


def test_the_clauses_of_a_deal_are_weighed():
    deal = DealFacts(has_call=True, baseline_tiers=("a",), covenants_without_remedy=("b",),
                     covenants_remedy_unknown=("c",), unknown_clauses=("d", "e"), co_investors=("f",))  # fmt: skip
    clauses = found(deal=deal)
    assert looks(clauses["dependence.call"], RISK, LOW, "capped_upside")
    assert looks(clauses["dependence.bound"], ASSET, MEDIUM, "baseline_binding")
    assert looks(clauses["dependence.no-remedy"], RISK, MEDIUM, "covenant_without_remedy")
    assert looks(clauses["dependence.remedy"], GAP, MEDIUM, "gap_remedy")
    assert looks(clauses["dependence.clauses"], GAP, MEDIUM, "gap_clauses")
    assert says(clauses["dependence.clauses"], n=2)
    assert looks(clauses["dependence.co-investors"], ASSET, MEDIUM, "co_investors", "named")
    assert looks(found()["dependence.no-terms"], GAP, HIGH, "gap_terms")
    told = found(text("co_investors"), deal=DealFacts())["dependence.co-investors"]
    assert looks(told, ASSET, MEDIUM, "co_investors", "text")
    assert says(told, text="words")
    assert "dependence.co-investors" in found(text("co_investors"))


@pytest.mark.parametrize(("conditional", "severity", "free"), [(0, HIGH, 5), (1, MEDIUM, 4), (4, MEDIUM, 1)])
def test_instalments_that_wait_for_nothing(conditional, severity, free):
    calendar = found(deal=DealFacts(instalments=5, conditional_instalments=conditional))["dependence.calendar"]
    assert looks(calendar, RISK, severity, "calendar_instalments")
    assert says(calendar, free=free, n=5)


def test_plants_and_who_runs_them():
    plant, maker, capacity = text("local_plant"), text("contract_manufacturer"), fact(
        "local_plant_capacity", AT, 7.0, "vehicles/year")  # fmt: skip
    whole = found(plant, maker, capacity)
    assert looks(whole["dependence.local-plant"], ASSET, HIGH, "local_plant", "capacity")
    assert says(whole["dependence.local-plant"], capacity=7.0)
    assert set(whole["dependence.local-plant"].facts) == ids(plant, capacity)
    assert looks(whole["dependence.contract-manufacturer"], RISK, MEDIUM, "contract_manufacturer")
    assert looks(whole["dependence.single-plant"], RISK, MEDIUM, "single_plant")
    alone = found(plant)
    assert looks(alone["dependence.local-plant"], ASSET, HIGH, "local_plant", "alone")
    assert "dependence.single-plant" not in alone
    assert "dependence.single-plant" not in found(maker)
    none = found(plant, fact("local_plant_capacity", AT, 0.0, "vehicles/year"))["dependence.local-plant"]
    assert looks(none, ASSET, HIGH, "local_plant", "alone")


# Competition


def test_a_rival_that_builds_here_is_counted_by_the_year():
    rate = fact("local_weekly_rate", "2020-01-01", 10.0, "vehicles/week", subject="byd")
    alone = found(rate)["competition.local.byd"]
    assert looks(alone, RISK, HIGH, "competition")
    assert alone.message.id.endswith(".alone")
    assert says(alone, year=520.0, rate=10.0, own=None, rival=Message("diligence.rival.byd"))
    own = found(rate, sold(2019, 5.0))["competition.local.byd"]
    assert own.message.id.endswith(".against-own")
    assert says(own, own=5.0)
    long = found(fact("local_weekly_rate", AT, 10.0, "vehicles/week", subject="li_auto"))["competition.local.li_auto"]
    assert says(long, rival="Li Auto")
    four = found(fact("local_weekly_rate", AT, 10.0, "vehicles/week", subject="saic"))["competition.local.saic"]
    assert says(four, rival="Saic")


def test_a_rival_that_has_built_nothing_yet_is_no_rival_here():
    assert "competition.local.byd" not in found(fact("local_weekly_rate", AT, 0.0, "vehicles/week", subject="byd"))


@pytest.mark.parametrize(("theirs", "own", "larger"), [(5.0, 5.0, False), (6.0, 5.0, True), (6.0, 0.0, False)])
def test_a_rival_that_sells_more_is_named(theirs, own, larger):
    rival = fact("deliveries", 2019, theirs, "vehicles", subject="tesla")
    means = found(rival, sold(2019, own))
    assert ("competition.larger.tesla" in means) == larger
    if larger:
        assert looks(means["competition.larger.tesla"], RISK, MEDIUM, "competition")
        assert says(means["competition.larger.tesla"], times=theirs / own, theirs=theirs, own=own)
    assert "competition.larger.tesla" not in found(rival)
    assert "competition.larger.tesla" not in found(rival, sold(2018, 1.0))


@pytest.mark.parametrize(
    ("growth", "kind", "severity", "code", "variant"),
    [
        (-0.5, RISK, HIGH, "market_shrinks", "shrinks"),
        (0.0, RISK, MEDIUM, "market_still", "still"),
        (0.5, ASSET, MEDIUM, "market_grows", "grows"),
    ],
)
def test_the_market(growth, kind, severity, code, variant):
    market = found(fact("nev_sales_yoy", 2019, growth, "ratio", subject="market"))["competition.market"]
    assert looks(market, kind, severity, code, variant)
    assert says(market, change=abs(growth))


def test_what_is_said_of_the_market():
    for name, code in (("startups_left", "shakeout"), ("subsidy_text", "subsidy")):
        assert looks(found(text(name, subject="market"))[f"competition.{code}"], RISK, MEDIUM, code)


# Founder


def test_talks_that_failed_before():
    two, one = fact("failed_public_deals", AT, 2.0, "count"), fact("failed_public_deals", AT, 1.0, "count")
    assert looks(found(two)["founder.failed-deals"], RISK, HIGH, "failed_public_deals", "alone")
    assert looks(found(one)["founder.failed-deals"], RISK, MEDIUM, "failed_public_deals", "alone")
    assert "founder.failed-deals" not in found(fact("failed_public_deals", AT, 0.0, "count"))
    elsewhere = fact("public_framework_elsewhere", AT, 100.0)
    framed = found(one, elsewhere)["founder.failed-deals"]
    assert looks(framed, RISK, MEDIUM, "failed_public_deals", "with-framework")
    assert says(framed, n=1.0, amount=100.0, at=AT)
    assert set(framed.facts) == ids(one, elsewhere)
    assert looks(found(fact("cities_approached", AT, 9.0, "count"))["founder.cities"], RISK, LOW, "shopped_around")


def test_the_record_of_the_founder():
    assert looks(found(text("founder_prior_exit"))["founder.prior-exit"], ASSET, MEDIUM, "founder_record")
    told = found(text("founder_record"))["founder.record-unknown"]
    assert looks(told, GAP, MEDIUM, "gap_founder_record", "told")
    assert says(told, text="words")
    asked = found(fact("cities_approached", AT, 9.0, "count"))["founder.record-unknown"]
    assert looks(asked, GAP, MEDIUM, "gap_founder_record", "alone")
    assert "founder.record-unknown" not in found()
    assert "founder.record-unknown" not in found(text("founder_prior_exit"))
