"""Finance and unit economics: funding window, plan against money, owners, buyer, break-even, use of capacity."""

import pytest
from tests.study.diligence.views import fact, said_by

from guanzi.base.core import Kind, Severity, render
from guanzi.study.diligence import DealFacts

AT = "2019-12-31"


def price(day, value):
    return fact("ads_price", day, value, "USD")


# Funding window


@pytest.mark.parametrize(
    ("last", "code", "kind", "severity"),
    [
        (5.0, "funding_window_narrow", Kind.RISK, Severity.HIGH),
        (5.1, "funding_window_narrow", Kind.RISK, Severity.MEDIUM),
        (10.0, "funding_window_open", Kind.ASSET, Severity.MEDIUM),
        (12.0, "funding_window_open", Kind.ASSET, Severity.MEDIUM),
    ],
)
def test_a_price_that_has_halved_narrows_the_window(last, code, kind, severity):
    found = said_by("funding-window", price("2018-09-12", 10.0), price("2019-06-01", 1.0), price("2020-03-18", last))
    assert (found[code].kind, found[code].severity) == (kind, severity)
    assert len(found[code].facts) == 2


def test_the_value_of_the_company_is_read_when_no_share_price_is_held():
    found = said_by("funding-window", fact("market_value", "2019-01-01", 200.0), fact("market_value", AT, 150.0))
    assert "fell by 25 %" in render(found["funding_window_narrow"].message)


def test_one_price_shows_no_movement():
    assert set(said_by("funding-window", price("2020-03-18", 2.0))) == {"gap_funding_window"}


@pytest.mark.parametrize(
    ("day", "code", "kind"),
    [("2019-04-30", "equity_raised", Kind.ASSET), ("2019-04-29", "funding_window_narrow", Kind.RISK)],
)
def test_equity_counts_as_fresh_for_a_year(day, code, kind):
    assert said_by("funding-window", fact("equity_raised", day, 100.0))[code].kind == kind


@pytest.mark.parametrize(
    ("cash", "code", "severity"),
    [
        (19.9, "debts_due", Severity.HIGH),
        (20.0, "debts_due", Severity.MEDIUM),
        (99.0, "debts_due", Severity.MEDIUM),
        (100.0, "debts_covered", Severity.LOW),
    ],
)
def test_liabilities_of_a_year_are_set_against_liquid_means_of_the_same_day(cash, code, severity):
    found = said_by("funding-window", fact("current_liabilities", AT, 100.0), fact("cash", AT, cash))
    assert found[code].severity == severity


def test_cash_of_another_day_is_not_set_against_what_is_due():
    found = said_by("funding-window", fact("current_liabilities", AT, 100.0), fact("cash", "2019-09-30", 10.0))
    assert set(found) == {"gap_funding_window"}


def test_short_term_investments_are_liquid_too():
    facts = fact("current_liabilities", AT, 100.0), fact("cash", AT, 10.0)
    found = said_by("funding-window", *facts, fact("cash_and_short_term_investments", AT, 120.0))
    assert found["debts_covered"].kind == Kind.ASSET


def test_what_is_said_of_funding_is_passed_on():
    assert "severe" in render(
        said_by("funding-window", fact("funding_text", AT, "severe", "text"))["gap_funding_said"].message
    )


# The plan against the money raised

ROUNDS = fact("equity_raised", 2018, 100.0), fact("equity_raised", 2019, 200.0)


@pytest.mark.parametrize(
    ("plan", "code", "severity"),
    [
        (300.0, "plan_funded", Severity.MEDIUM),
        (301.0, "plan_unfunded", Severity.MEDIUM),
        (600.0, "plan_unfunded", Severity.MEDIUM),
        (601.0, "plan_unfunded", Severity.HIGH),
    ],
)
def test_a_plan_is_set_against_the_sum_of_the_rounds(plan, code, severity):
    found = said_by("plan-funding", *ROUNDS, fact("plan_plant_investment", 2021, plan))
    assert found[code].severity == severity
    assert len(found[code].facts) == 3


def test_public_money_helps_to_pay_the_plan_and_is_said():
    plan = fact("plan_investment", 2021, 400.0)
    found = said_by("plan-funding", *ROUNDS, plan, deal=DealFacts(public_amount=100.0))
    assert "400 m yuan, including 100 m yuan of public money" in render(found["plan_funded"].message)
    assert "plan_unfunded" in said_by("plan-funding", *ROUNDS, plan, deal=DealFacts())


def test_what_is_left_of_all_the_money_raised_is_the_cash_that_is_held_and_an_anchor_stands_beside_it():
    held = fact("raised_to_date", AT, 96.0), fact("cash", AT, 12.0), fact("anchor_investment", AT, 20.0)
    plan, deal = (
        fact("plan_investment", 2021, 85.0),
        DealFacts(public_amount=30.0, granted_amount=8.0, given_amount=8.0),
    )
    found = said_by("plan-funding", *held, plan, deal=deal)["plan_unfunded"]
    told = render(found.message)
    assert "12 m yuan of cash" in told
    assert "38 m yuan of public money" in told
    assert "20 m yuan promised" in told
    assert "70 m yuan" in told
    assert {one.id for one in held[1:]} <= {*found.facts}
    assert set(said_by("plan-funding", held[0], plan, deal=deal)) == {"gap_money_raised"}


@pytest.mark.parametrize(("amount", "told"), [(0.5, "500,000 yuan promised"), (0.0, None)])
def test_an_anchor_is_told_however_small_it_is(amount, told):
    held = fact("raised_to_date", AT, 96.0), fact("cash", AT, 12.0), fact("anchor_investment", AT, amount)
    found = said_by("plan-funding", *held, fact("plan_investment", 2021, 85.0), deal=DealFacts(public_amount=30.0))
    text = render(found["plan_unfunded"].message)
    assert told in text if told else "promised" not in text


def test_months_with_the_deal_count_grants_and_tell_the_sum_that_is_there():
    held = fact("cash", AT, 12.0), fact("net_loss", 2019, 29.4), fact("plan_investment", 2021, 85.0)
    found = said_by("runway", *held, deal=DealFacts(public_amount=30.0, granted_amount=8.0))["runway_with_deal_short"]
    assert "With all 38 m yuan that the public side would pay the company, 50 m yuan is available" in render(
        found.message
    )


def test_a_plan_against_no_money_at_all_is_unfunded():
    facts = fact("equity_raised", 2019, 0.0), fact("plan_investment", 2021, 1.0)
    assert said_by("plan-funding", *facts)["plan_unfunded"].severity == Severity.HIGH


def test_half_of_the_comparison_is_a_gap():
    assert said_by("plan-funding", *ROUNDS)["gap_plan_investment"].kind == Kind.GAP
    assert said_by("plan-funding", fact("plan_investment", 2021, 1.0))["gap_money_raised"].kind == Kind.GAP
    assert set(said_by("plan-funding")) == {"gap_plan_funding"}


# Support by the owners


def test_loans_of_owners_and_losses_of_the_parent_are_risks():
    assert said_by("shareholder-support", fact("shareholder_loans", AT, 10.0))["shareholder_loans"].kind == Kind.RISK
    assert said_by("shareholder-support", fact("shareholder_loans", AT, 0.0))["no_shareholder_loans"].kind == Kind.ASSET
    assert said_by("shareholder-support", fact("parent_net_loss", 2019, 10.0))["parent_loses"].kind == Kind.RISK
    assert "parent_earns" not in said_by("shareholder-support", fact("parent_net_loss", 2019, 0.0))


def test_a_profit_of_the_parent_is_said_as_a_profit():
    found = said_by("shareholder-support", fact("parent_net_loss", 2019, -50.0))
    assert "earned 50 m yuan" in render(found["parent_earns"].message)


def test_guarantees_of_owners_are_named():
    found = said_by("shareholder-support", fact("shareholder_guarantees", AT, "Parent, 500 m yuan", "text"))
    assert "Parent, 500 m yuan" in render(found["debt_on_guarantees"].message)
    assert set(said_by("shareholder-support")) == {"gap_shareholder_support"}


# Parallel obligations of the buyer

PROMISED = fact("parallel_investment_commitments", AT, 80.0), fact("buyer_put_price", AT, 20.0)


@pytest.mark.parametrize(
    ("revenue", "severity"),
    [(99.0, Severity.CRITICAL), (100.0, Severity.HIGH), (199.0, Severity.HIGH), (200.0, Severity.MEDIUM)],
)
def test_obligations_are_set_against_the_revenue_of_the_buyer(revenue, severity):
    facts = *PROMISED, fact("buyer_revenue", 2019, revenue), fact("purchase_price", AT, 1.0)
    found = said_by("buyer-obligations", *facts)["buyer_obligations"]
    assert found.severity == severity
    assert dict(found.message.params)["total"] == 100.0
    assert len(found.facts) == 3


@pytest.mark.parametrize(
    ("price", "severity"),
    [(33.0, Severity.CRITICAL), (34.0, Severity.HIGH), (99.0, Severity.HIGH), (100.0, Severity.MEDIUM)],
)
def test_without_its_revenue_they_are_set_against_the_price(price, severity):
    found = said_by("buyer-obligations", *PROMISED, fact("purchase_price", AT, price))["buyer_obligations"]
    assert found.severity == severity
    assert "Its earnings are not on record" in render(found.message)


@pytest.mark.parametrize("name", ["buyer_obligations", "deferred_price", "buyer_guarantee"])
def test_each_kind_of_promise_counts(name):
    found = said_by("buyer-obligations", fact(name, AT, 7.0))["buyer_obligations"]
    assert found.severity == Severity.MEDIUM
    assert "7.0 m yuan. Its means are not on record" in render(found.message)


def test_a_buyer_that_owes_nothing_is_free():
    assert said_by("buyer-obligations", fact("buyer_obligations", AT, 0.0))["buyer_free"].kind == Kind.ASSET


def test_the_revenue_of_the_buyer_alone_leaves_its_promises_open():
    found = said_by("buyer-obligations", fact("buyer_revenue", 2019, 100.0))
    assert set(found) == {"gap_buyer_obligations"}
    assert "Ask for a list of its" in render(found["gap_buyer_obligations"].message)
    named = said_by("buyer-obligations", fact("buyer_record", AT, "a maker of tyres", "text"))
    assert named["gap_buyer_obligations"].severity == Severity.LOW


@pytest.mark.parametrize(("last", "shrinks"), [(90.0, True), (91.0, False), (60.0, True)])
def test_a_buyer_whose_revenue_falls_by_a_tenth_is_weaker(last, shrinks):
    facts = fact("buyer_revenue", 2018, 100.0), fact("buyer_revenue", 2019, last)
    assert ("buyer_shrinks" in said_by("buyer-obligations", *facts)) == shrinks


# Break-even


def year(margin=0.1, sold=100.0, revenue=1000.0, fixed=(60.0, 40.0)):
    return (
        fact("gross_margin", 2019, margin, "ratio"),
        fact("deliveries", 2019, sold, "vehicles"),
        fact("revenue", 2019, revenue),
        fact("r_and_d", 2019, fixed[0]),
        fact("sga", 2019, fixed[1]),
    )


@pytest.mark.parametrize(
    ("fixed", "code", "severity", "volume"),
    [
        ((60.0, 40.0), "above_break_even", Severity.MEDIUM, 100.0),
        ((60.0, 60.0), "below_break_even", Severity.MEDIUM, 120.0),
        ((150.0, 150.0), "below_break_even", Severity.MEDIUM, 300.0),
        ((200.0, 200.0), "below_break_even", Severity.HIGH, 400.0),
    ],
)
def test_the_volume_that_carries_the_fixed_costs(fixed, code, severity, volume):
    found = said_by("break-even", *year(fixed=fixed))[code]
    assert dict(found.message.params)["volume"] == pytest.approx(volume)
    assert found.severity == severity
    assert len(found.facts) == 5


@pytest.mark.parametrize("margin", [0.0, -0.1])
def test_without_a_positive_margin_no_volume_is_enough(margin):
    assert said_by("break-even", *year(margin=margin))["no_break_even"].severity == Severity.HIGH


@pytest.mark.parametrize("missing", range(5))
def test_a_missing_part_of_the_account_is_a_gap(missing):
    facts = [f for i, f in enumerate(year()) if i != missing]
    assert set(said_by("break-even", *facts)) == {"gap_break_even"}


def test_parts_of_different_years_are_not_mixed():
    facts = [*year()[1:], fact("gross_margin", 2018, 0.1, "ratio")]
    assert set(said_by("break-even", *facts)) == {"gap_break_even"}


# Use of capacity


@pytest.mark.parametrize(
    ("sold", "code", "severity"),
    [
        (49.0, "capacity_idle", Severity.HIGH),
        (50.0, "capacity_idle", Severity.MEDIUM),
        (74.0, "capacity_idle", Severity.MEDIUM),
        (75.0, "capacity_used", Severity.MEDIUM),
    ],
)
def test_the_use_of_the_plant(sold, code, severity):
    capacity = fact("local_plant_capacity", AT, 100.0, "vehicles/year")
    found = said_by("capacity-use", capacity, fact("deliveries", 2019, sold, "vehicles"))
    assert found[code].severity == severity
    assert len(found[code].facts) == 2


def test_a_plant_without_sales_is_a_gap_and_a_quarter_counts_four_times():
    capacity = fact("local_plant_capacity", AT, 100.0, "vehicles/year")
    (quarter,) = said_by("capacity-use", capacity, fact("deliveries", "2019Q4", 20.0, "vehicles")).values()
    assert "80 vehicles a year), 80 % of its capacity of 100 vehicles a year" in render(quarter.message)
    found = said_by("capacity-use", capacity)
    assert "its utilisation is not known" in render(found["gap_capacity_use"].message)
    assert set(said_by("capacity-use")) == {"gap_capacity_use"}
