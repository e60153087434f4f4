"""What each check says, and that none of them guesses."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampling import examples
from tests.study.diligence.everything import EVERYTHING
from tests.study.diligence.views import fact, quarters, view_of

from guanzi.base.core import Kind, Message, Severity, render
from guanzi.study.diligence import DealFacts, checks, coverage, run_checks, unasked
from guanzi.study.diligence.objects import BEFORE_SALES

AT = "2019-12-31"
DEAL = DealFacts(public_amount=7000.0, has_put=True, instalments=5)


def by_code(findings):
    return {finding.code: finding for finding in findings}


def codes(*facts, deal=DEAL):
    return by_code(run_checks(view_of(*facts), deal))


STREAMS = {"finance", "technology", "chain", "users", "unit-economics", "people", "legal"}


def test_at_least_25_checks_have_needs_literature_and_an_id_of_their_own():
    assert len(checks()) >= 25
    assert len({check.id for check in checks()}) == len(checks())
    assert all(check.needs and check.literature and render(check.title) for check in checks())


def test_seven_work_streams_have_two_checks_or_more_and_two_heads_lie_across_them():
    of = {check.id: check.stream for check in checks()}
    assert set(of.values()) == STREAMS | {"market", "model"}
    assert all(list(of.values()).count(stream) > 1 for stream in STREAMS)


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.id)
def test_every_fact_that_a_check_looks_for_has_a_name_for_readers(check):
    for need in check.needs:
        assert render(Message.of(f"evidence.name.{need.name}"))


def test_a_question_that_applies_to_every_case_weighs_more_when_nobody_can_answer_it():
    assert all(check.severity_if_missing == Severity.HIGH for check in checks() if check.core)
    assert all(check.severity_if_missing in (Severity.MEDIUM, Severity.LOW) for check in checks() if not check.core)


def test_further_checks_are_counted_beside_the_core_and_leave_the_ratio_as_it_is():
    alone = view_of(fact("equity", AT, 1.0))
    with_more = view_of(fact("equity", AT, 1.0), fact("pledged_share", AT, 0.1, "ratio"))
    assert coverage(alone).ratio == coverage(with_more).ratio == 1 / 8
    assert (coverage(alone).further_held, coverage(with_more).further_held) == (0, 1)
    of_buyers = {"buyer-obligations", "buyer-record", "price-payment"}
    assert coverage(alone).checks + coverage(alone).further == len(checks()) - len(of_buyers)


def test_a_check_without_its_facts_says_so_and_concludes_nothing():
    view = view_of()
    findings = run_checks(view, None)
    silent = {check.gap_code for check in checks() if check.applies(view)}
    assert silent <= {f.code for f in findings}
    assert all(f.kind == Kind.GAP for f in findings)
    assert all(not f.facts for f in findings)
    assert coverage(view_of()).ratio == 0.0


def test_what_a_case_does_not_have_is_not_asked_for():
    sold, bought = replace(view_of(), model=BEFORE_SALES), view_of(fact("purchase_price", AT, 1.0))
    asked = [{check.id for check in checks() if check.applies(view)} for view in (sold, view_of(), bought)]
    assert {"unit-margin", "trend", "quality", "customer-concentration"} <= asked[1] - asked[0]
    assert asked[2] - asked[1] == {"buyer-obligations", "buyer-record", "price-payment"}
    sells = replace(view_of(fact("revenue", 2019, 1.0)), model=BEFORE_SALES)
    assert {check.id for check in checks() if check.applies(sells)} == asked[1]
    assert coverage(sold).checks == coverage(view_of()).checks - 2
    assert {"gap_unit_margin", "gap_margin_trend", "gap_buyer_record"} <= unasked(run_checks(sold, None))
    assert not unasked(run_checks(bought, None))


def test_ids_of_findings_are_unique_and_every_finding_can_be_said():
    findings = run_checks(view_of(*EVERYTHING), DealFacts(
        public_amount=7000.0, instalments=5, conditional_instalments=1, has_put=True, has_call=True,
        co_investors=("A", "B"), covenants_without_remedy=("c",), covenants_remedy_unknown=("d",),
        baseline_tiers=("plant",), unknown_clauses=("veto list",)))  # fmt: skip
    assert len({f.id for f in findings}) == len(findings)
    assert all(render(f.message) for f in findings)


def test_every_finding_rests_on_facts_of_the_view():
    view = view_of(*EVERYTHING)
    assert {id for f in run_checks(view, DEAL) for id in f.facts} <= {f.id for f in view.facts}


# Going concern and equity


def test_a_stated_doubt_is_critical():
    found = codes(fact("going_concern_doubt", "2020-03-18", True, "flag"))
    assert found["going_concern"].severity == Severity.CRITICAL
    assert "going_concern" not in codes(fact("going_concern_doubt", "2020-03-18", False, "flag"))


def test_liabilities_above_assets_are_seen_from_equity_or_from_the_totals():
    assert codes(fact("equity", AT, -6299.7))["negative_equity"].kind == Kind.RISK
    totals = codes(fact("total_assets", AT, 14582.0), fact("total_liabilities", AT, 19404.0))
    assert "19.4 bn yuan against 14.6 bn yuan" in render(totals["negative_equity"].message)
    assert "negative_equity" not in codes(fact("equity", AT, 100.0))


def test_rising_losses_mount_and_falling_ones_do_not():
    rising = codes(fact("net_loss", 2018, 9639.0), fact("net_loss", 2019, 11295.7))
    falling = codes(fact("net_loss", 2018, 9639.0), fact("net_loss", 2019, 5000.0))
    assert "mounting_losses" in rising
    assert "mounting_losses" not in falling
    assert falling["losses"].kind == Kind.RISK


def test_a_loss_alone_does_not_tell_whether_the_company_can_continue():
    assert codes(fact("net_loss", 2019, 10.0))["gap_going_concern"].kind == Kind.GAP


# Runway


def test_runway_is_cash_over_yearly_spending_with_and_without_the_deal():
    found = codes(fact("cash", AT, 1000.0), fact("operating_cash_flow", 2019, -8000.0), fact("capex", 2019, 2000.0))
    without, with_deal = found["runway_short"], found["runway_with_deal_short"]
    assert dict(without.message.params)["months"] == pytest.approx(1.2)
    assert dict(with_deal.message.params)["months"] == pytest.approx(9.6)
    assert without.severity == Severity.CRITICAL


def test_what_the_company_moves_into_the_subsidiary_does_not_lengthen_the_runway():
    facts = fact("cash", AT, 1000.0), fact("operating_cash_flow", 2019, -10000.0)
    plain = codes(*facts)
    moved = codes(*facts, deal=DealFacts(public_amount=7000.0, company_cash_contribution=4260.0, has_put=True))
    assert plain["runway_with_deal_short"].message == moved["runway_with_deal_short"].message


def test_notes_count_only_when_they_came_after_the_cash_figure_and_in_the_currency_of_the_case():
    rate = fact("usd_cny", AT, 7.0, "CNY per USD", subject="fx")
    facts = fact("cash", AT, 1000.0), fact("operating_cash_flow", 2019, -12000.0), rate
    later = codes(*facts, fact("convertible_notes_raised", "2020-03-05", 100.0, "USD m"))
    earlier = codes(*facts, fact("convertible_notes_raised", "2019-09-05", 100.0, "USD m"))
    assert dict(later["runway_short"].message.params)["bridged"] == pytest.approx(1.7)
    assert rate.id in later["runway_short"].facts
    assert dict(earlier["runway_short"].message.params)["bridged"] == pytest.approx(1.0)


def test_money_in_another_currency_without_a_rate_is_not_read():
    found = codes(fact("cash", AT, 100.0, "USD m"), fact("operating_cash_flow", 2019, -1000.0))
    assert found["gap_runway"].kind == Kind.GAP
    assert "runway_short" not in found


def test_a_company_that_earns_cash_needs_no_runway():
    assert "self_funding" in codes(fact("cash", AT, 1.0), fact("operating_cash_flow", 2019, 5.0))


# Trend


def test_steady_growth_is_an_asset_and_steady_decline_a_risk():
    up = codes(*quarters("deliveries", "2019Q1", 1000, 1300, 1690, 2197))["demand_trend"]
    down = codes(*quarters("deliveries", "2019Q1", 2197, 1690, 1300, 1000))["demand_trend"]
    assert (up.kind, up.severity) == (Kind.ASSET, Severity.HIGH)
    assert (down.kind, down.severity) == (Kind.RISK, Severity.HIGH)
    assert "fell by 23.1 % a quarter" in render(down.message)


def test_a_trend_whose_band_includes_zero_is_no_asset():
    facts = quarters("deliveries", "2018Q4", 7980, 3989, 3553, 4799, 8224)
    found = codes(*facts)
    assert "demand_trend" not in found
    assert found["gap_demand_trend"].kind == Kind.GAP
    assert found["gap_demand_trend"].message.id.endswith("unsure")
    assert found["demand_yoy"].kind == Kind.RISK


def test_a_broken_series_is_not_read_across_its_gap():
    facts = (*quarters("deliveries", "2016Q1", 1, 1), *quarters("deliveries", "2019Q3", 100, 200))
    assert codes(*facts)["gap_demand_trend"].kind == Kind.GAP


def test_guidance_below_the_last_quarter_is_a_risk():
    facts = (*quarters("deliveries", "2019Q1", 3989, 3553, 4799, 8224),)
    down = codes(*facts, fact("delivery_guidance", "2020Q1", (3400.0, 3600.0), "vehicles"))["demand_outlook"]
    up = codes(*facts, fact("delivery_guidance", "2020Q1", (9000.0, 9500.0), "vehicles"))["demand_outlook"]
    assert (down.kind, up.kind) == (Kind.RISK, Kind.ASSET)
    assert "3,400 to 3,600" in render(down.message)


def test_guidance_for_a_quarter_that_has_been_reported_is_no_outlook():
    facts = (*quarters("deliveries", "2019Q1", 1, 2, 3, 4), fact("delivery_guidance", "2019Q4", (9.0, 9.0), "vehicles"))
    assert "demand_outlook" not in codes(*facts)


@pytest.mark.parametrize(
    ("margins", "kind"),
    [((-0.3, -0.2, -0.1, 0.0), Kind.ASSET), ((0.0, -0.1, -0.2, -0.3), Kind.RISK), ((-0.1, -0.1, -0.1), Kind.RISK)],
)
def test_a_margin_is_an_asset_only_when_it_improves(margins, kind):
    assert codes(*quarters("vehicle_margin", "2019Q1", *margins, unit="ratio"))["margin_trend"].kind == kind


def test_a_margin_that_may_have_improved_is_told_once_and_with_the_worse_year():
    found = codes(
        *quarters("vehicle_margin", "2019Q1", -0.072, -0.241, -0.068, -0.06, unit="ratio"),
        fact("vehicle_margin", 2018, -0.016, "ratio"),
        fact("vehicle_margin", 2019, -0.099, "ratio"),
    )
    assert "margin_trend" not in found
    told = found["gap_margin_trend"]
    assert told.kind == Kind.GAP
    assert "90 % interval: −11.2 to 15.4 points" in render(told.message)
    assert "−1.6 % in 2018 and −9.9 % in 2019" in render(told.message)
    assert sum("margin" in finding.code for finding in found.values() if finding.check == "trend") == 1


# Unit margin


def test_a_product_below_cost_is_said_with_the_loss_on_each():
    found = codes(
        fact("vehicle_margin", "2019Q4", -0.06, "ratio"),
        fact("revenue", "2019Q4", 2848.3),
        fact("deliveries", "2019Q4", 8224.0, "vehicles"),
    )["unit_margin_negative"]
    assert "20,800 yuan lost on 346,000 yuan" in render(found.message)
    assert len(found.facts) == 3


def test_a_positive_margin_is_an_asset_and_an_unknown_one_a_gap():
    assert codes(fact("gross_margin", 2019, 0.2, "ratio"))["unit_margin"].kind == Kind.ASSET
    assert codes()["gap_unit_margin"].kind == Kind.GAP


# Competition


def test_a_rival_that_builds_in_the_country_is_named():
    found = codes(
        fact("local_weekly_rate", "2020-01-07", 1000.0, "vehicles/week", subject="tesla"),
        fact("deliveries", 2019, 20565.0, "vehicles"),
    )["competition"]
    assert render(found.message).startswith("Tesla builds 1,000 vehicles a week in the country")


def test_a_market_that_shrinks_is_a_risk_and_one_that_grows_an_asset():
    assert codes(fact("nev_sales_yoy", "2020-01", -0.544, "ratio", subject="market"))["market_shrinks"]
    assert codes(fact("nev_sales_yoy", "2018", 0.6, "ratio", subject="market"))["market_grows"].kind == Kind.ASSET


# Dependence and deal


def test_a_plant_in_the_region_run_by_another_company_is_asset_and_risk():
    found = codes(
        fact("local_plant", 2020, "plant of 2016", "text"), fact("contract_manufacturer", 2020, "JAC", "text")
    )
    assert found["local_plant"].kind == Kind.ASSET
    assert {"contract_manufacturer", "single_plant"} <= set(found)


def test_a_put_on_a_weak_company_is_wrong_way_risk():
    doubt = fact("going_concern_doubt", "2020-03-18", True, "flag")
    found = codes(doubt)
    assert found["put_right"].kind == Kind.ASSET
    assert found["put_wrong_way"].severity == Severity.HIGH
    assert found["put_wrong_way"].facts == (doubt.id,)
    assert found["gap_obligor"].kind == Kind.GAP


def test_a_guarantor_takes_the_wrong_way_risk_away():
    guaranteed = DealFacts(has_put=True, put_obligors=("Parent",), put_on_company_only=False)
    found = codes(deal=guaranteed)
    assert "put_wrong_way" not in found
    assert "gap_obligor" not in found


def test_without_a_term_sheet_the_deal_is_a_gap():
    assert codes(deal=None)["gap_terms"].kind == Kind.GAP


@pytest.mark.parametrize(("conditional", "severity"), [(0, Severity.HIGH), (2, Severity.MEDIUM)])
def test_instalments_by_calendar_are_counted(conditional, severity):
    found = codes(deal=DealFacts(instalments=5, conditional_instalments=conditional))["calendar_instalments"]
    assert found.severity == severity
    assert render(found.message).startswith(f"{5 - conditional} of 5 payments for shares or loans")


def test_instalments_that_all_wait_for_a_condition_are_no_finding():
    assert "calendar_instalments" not in codes(deal=DealFacts(instalments=5, conditional_instalments=5))


# Founder


def test_founder_record_and_failed_deals():
    found = codes(
        fact("founder_prior_exit", 2018, "Bitauto", "text"), fact("failed_public_deals", "2019-10-16", 2.0, "count")
    )
    assert found["founder_record"].kind == Kind.ASSET
    assert found["failed_public_deals"].severity == Severity.HIGH


# Unvalidated


@pytest.mark.parametrize("code", ["gap_patents", "gap_referral", "gap_local_jobs", "gap_local_tax"])
def test_what_a_team_must_still_find_is_named_until_it_is_found(code):
    name = {"gap_patents": "patents", "gap_referral": "referral_rate"}.get(code, code.removeprefix("gap_local_"))
    name = {"jobs": "jobs_local", "tax": "tax_local"}.get(name, name)
    assert codes()[code].kind == Kind.GAP
    assert code not in codes(fact(name, 2019, 1.0, "count"))


def test_a_promise_without_a_cap_asks_for_its_cost():
    assert {"free_service_liability", "gap_swap_costs"} <= set(codes(fact("free_service_promise", 2019, "x", "text")))
    assert "gap_swap_costs" not in codes()


def test_a_model_that_never_earned_is_unvalidated_and_one_that_did_is_not():
    assert "unvalidated_model" in codes(fact("net_loss", 2019, 10.0))
    assert "unvalidated_model" not in codes(fact("net_loss", 2018, -1.0), fact("net_loss", 2019, 10.0))
    assert codes()["gap_model"].kind == Kind.GAP


def test_a_company_that_has_delivered_nothing_has_no_series_product():
    assert codes(fact("deliveries", 2019, 0.0, "vehicles"))["no_series_product"].severity == Severity.CRITICAL
    assert codes(fact("deliveries", 2019, 5.0, "vehicles"))["series_product"].kind == Kind.ASSET
    assert codes()["gap_series"].kind == Kind.GAP


def test_one_year_is_not_said_as_several():
    found = codes(fact("net_loss", 2019, 100.0))["unvalidated_model"]
    assert "in 2019 the company earned no profit" in render(found.message)


def test_without_a_car_delivered_there_is_no_brand():
    assert "brand_loyalty" not in codes(fact("cumulative_deliveries", AT, 0.0, "vehicles"))


def test_brand_is_an_asset_only_from_facts_and_with_a_word_on_how_thin_they_are():
    assert "brand_loyalty" not in codes()
    found = codes(fact("cumulative_deliveries", AT, 31913.0, "vehicles"))["brand_loyalty"]
    assert found.severity == Severity.LOW
    assert "evidence is thin" in render(found.message)


def test_amounts_are_said_in_the_currency_of_the_case():
    findings = run_checks(view_of(fact("equity", AT, -500.0, "USD m"), currency="USD"), DEAL)
    assert "500 m" in render(by_code(findings)["negative_equity"].message)
    assert "yuan" not in render(by_code(findings)["negative_equity"].message)


@settings(max_examples=examples(40), deadline=None)
@given(st.sets(st.integers(0, len(EVERYTHING) - 1)), st.booleans())
def test_any_part_of_the_evidence_gives_findings_that_can_be_said_and_none_from_facts_not_held(kept, with_deal):
    view = view_of(*(EVERYTHING[i] for i in kept))
    findings = run_checks(view, DEAL if with_deal else None)
    held = {f.id for f in view.facts}
    assert len({f.id for f in findings}) == len(findings)
    for check in checks():
        assert any(f.check == check.id for f in findings) == check.applies(view), check.id
    for finding in findings:
        assert render(finding.message)
        assert set(finding.facts) <= held
        tells = {name for name, value in finding.message.params if isinstance(value, float)}
        assert finding.facts or not tells or finding.stream == "terms", (
            finding.id
        )  # “No fact was found” stood beside it
