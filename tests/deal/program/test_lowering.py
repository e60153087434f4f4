"""What a deal does, step by step, on a company whose future is known: the meaning of the terms, by hand."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.simulation.examples import AT, POLICY, condition, model, number, sheet, truth
from tests.sampling import examples

from guanzi.deal.terms import Call, Clawback, Equity, Grant, Grid, Guarantee, Land, Loan, Promise, Put, Tier, Tranche
from guanzi.deal.terms.conditions import (
    Consecutive,
    DateTest,
    EventHappened,
    Held,
    MonthsSince,
    Number,
    Relation,
    TierInForce,
    Total,
)
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.machine.interpreter import run_path
from guanzi.engine.simulation.compose import compose

CALM = {
    "units": ("fixed", (5000.0,)),
    "growth": ("fixed", (0.0,)),
    "growth_long": ("fixed", (0.0,)),
    "growth_persistence": ("fixed", (0.9,)),
    "growth_shock": ("fixed", (0.0,)),
    "units_noise": ("fixed", (0.0,)),
    "units_ceiling": ("fixed", (1e9,)),
    "price_drift": ("fixed", (0.0,)),
    "margin": ("fixed", (0.1,)),
    "margin_cap": ("fixed", (0.9,)),
    "learning": ("fixed", (0.0,)),
    "opex": ("fixed", (190.0,)),
    "opex_inflation": ("fixed", (0.0,)),
    "trade_credit": ("fixed", (0.0,)),
    "opex_cut": ("fixed", (0.0,)),
    "opex_least": ("fixed", (1.0,)),
    "opex_share": ("fixed", (0.0,)),
    "opex_reversion": ("fixed", (0.0,)),
    "capex_share": ("fixed", (0.0,)),
    "cash": ("fixed", (20000.0,)),
    "debt": ("fixed", (0.0,)),
    "interest": ("fixed", (0.0,)),
    "equity": ("fixed", (27600.0,)),
    "required_return": ("fixed", (0.0,)),
    "volatility": ("fixed", (0.0,)),
    "hot_issue": ("fixed", (0.0,)),
    "urgent_quarters": ("fixed", (0.0,)),
    "debt_due": ("fixed", (0.0,)),
    "takeover": ("fixed", (0.0,)),
    "exchange": ("fixed", (0.0,)),
    "growth_tail": ("fixed", (0.0,)),
    "growth_news": ("fixed", (0.0,)),
    "ceiling_growth": ("fixed", (0.0,)),
    "slump": ("fixed", (0.0,)),
    "launch": ("fixed", (0.0,)),
    **{f"season_{i}": ("fixed", (1.0,)) for i in range(4)},
    "window_opens": ("fixed", (0.0,)),
    "window_open_at_start": ("fixed", (0.0,)),
    "put_borrowing": ("fixed", (0.0,)),
    "convertible": ("fixed", (0.0,)),
    "regime_growth": ("fixed", (0.0,)),
    "other_failure": ("fixed", (0.0,)),
    "filing": ("fixed", (0.0,)),
    "listing": ("fixed", (0.0,)),
    "control_change": ("fixed", (0.0,)),
    "headquarters_move": ("fixed", (1.0,)),
    "research_move": ("fixed", (0.0,)),
}
"""A company that sells 5,000 cars a quarter at 0.38 CNY m, earns nothing and needs nothing."""
CHEAP = {"cash": ("fixed", (3000.0,)), "equity": ("fixed", (3760.0,))}
"""The same company, worth less than the price of the put, with the cash to pay it."""
BROKE = {
    "opex": ("fixed", (2390.0,)),
    "cash": ("fixed", (0.0,)),
    "assets": ("fixed", (10000.0,)),
    "depreciation": ("fixed", (0.0,)),
    "fire_sale": ("fixed", (0.5,)),
    "debt": ("fixed", (1500.0,)),
    "payables": ("fixed", (0.1,)),
    "payables_stretch": ("fixed", (0.0,)),
    "round_half": ("fixed", (1e-9,)),
}
"""Fails in step 0 with an estate of 5,000; with 1,000 from the city, 3,460 of claims rank ahead of equity."""
T1 = Tranche("t1", {"city": 1000.0}, date(2020, 6, 30), AT)


def deal(tranches=(T1,), puts=(), calls=(), tiers=(), **changes):
    equity = Equity("stake", "company", 0.1, {"city": 0.1}, tranches, AT)
    return sheet(equities=(equity,), puts=puts, calls=calls, covenants=(), events=(), tiers=tiers, **changes)


def run(terms, **changes):
    return run_path(assemble(compose(terms, model(**(CALM | changes)), POLICY)), 1, 0, trace=True)


def outputs(terms, **changes):
    program = assemble(compose(terms, model(**(CALM | changes)), POLICY))
    return dict(zip(program.outputs, run_path(program, 1, 0).outputs.values(), strict=True))


def payments(result, clause):
    return [(x.step, x.amount) for x in result.trace if x.clause == clause and x.what == "pays"]


def put(trigger, **changes):
    return Put("put", "stake", ("city",), ("company",), 0.085, "compound", condition(trigger), AT, **changes)


def after_months(n):
    return Relation(">", MonthsSince("t1", AT), Number(float(n), AT), AT)


def test_an_instalment_without_a_condition_is_paid_in_the_step_of_its_day():
    later = replace(T1, id="t2", due=date(2021, 3, 31))
    result = run(deal((T1, later)))
    assert payments(result, "stake.t1") == [(0, 1000.0)]
    assert payments(result, "stake.t2") == [(3, 1000.0)]


def test_an_instalment_waits_for_its_tier_and_sees_the_state_before_this_steps_payments():
    moved = Tier("headquarters", condition(truth("hq_local")), AT)
    second = replace(T1, id="t2", condition=condition(TierInForce("headquarters", AT)))
    # the headquarters moves once money has come: paid in step 0, so it moves in step 1, and t2 follows in step 1
    assert payments(run(deal((T1, second), tiers=(moved,))), "stake.t2") == [(1, 1000.0)]


def test_an_instalment_lapses_after_its_last_day():
    held = condition(Held(truth("solvent"), 2, AT))
    assert payments(run(deal((T1, replace(T1, id="t2", condition=held)))), "stake.t2") == [(7, 1000.0)]
    lapses = replace(T1, id="t2", condition=held, expires=date(2021, 12, 31))
    assert payments(run(deal((T1, lapses))), "stake.t2") == []


def test_an_instalment_whose_last_day_has_passed_at_signing_is_not_paid():
    gone = replace(T1, id="t2", due=date(2019, 6, 30), expires=date(2019, 12, 31))
    assert payments(run(deal((T1, gone))), "stake.t2") == []


def test_tiers_that_build_on_each_other_come_into_force_in_one_step_in_any_order():
    first = Tier("first", condition(truth("plant_local")), AT)
    second = Tier("second", condition(TierInForce("first", AT)), AT)
    on = [(x.subject, x.step) for x in run(deal(tiers=(second, first))).trace if x.clause.startswith("tiers.")]
    assert sorted(on) == [("tier.first", 0), ("tier.second", 0)]


def test_the_put_returns_what_was_paid_with_compound_interest():
    rows = outputs(deal(puts=(put(after_months(60)),)), **CHEAP)
    # 63 months after step 0 is step 21
    assert rows["put.price"] == pytest.approx(1000.0 * 1.085 ** (21 / 4))
    assert rows["put.received"] == rows["put.price"]
    assert rows["fund.irr"] == pytest.approx(1.085**0.25 - 1.0)


def test_the_holder_keeps_a_stake_that_is_worth_more_than_the_put_pays():
    rows = outputs(deal(puts=(put(after_months(60)),)), equity=("fixed", (88400.0,)))
    assert rows["put.price"] == 0.0
    assert rows["put.price_open"] > 1000.0


def test_a_put_pays_only_what_the_issuer_has_and_the_rest_stays_due():
    poor = {"cash": ("fixed", (0.0,)), "equity": ("fixed", (760.0,))}
    losing = {"opex": ("fixed", (200.0,)), "put_reserve": ("fixed", (0.0,))}
    rows = outputs(deal(puts=(put(after_months(60)),)), **poor, **losing)
    # 1,000 came in; 10 a quarter are lost up to and including step 21
    assert rows["put.payable_open"] == pytest.approx(1000.0 - 10.0 * 22)
    assert rows["put.received"] == pytest.approx(rows["put.payable_open"])
    assert rows["put.received"] < rows["put.price"]


def test_a_put_leaves_the_issuer_its_reserve():
    poor = {"cash": ("fixed", (0.0,)), "equity": ("fixed", (760.0,))}
    losing = {"opex": ("fixed", (200.0,)), "put_reserve": ("fixed", (2.0,))}
    rows = outputs(deal(puts=(put(after_months(60)),)), **poor, **losing)
    assert rows["put.payable_open"] == pytest.approx(1000.0 - 10.0 * 22 - 20.0)


def test_a_guarantor_pays_up_to_its_limit_after_the_issuer():
    poor = {"cash": ("fixed", (0.0,)), "equity": ("fixed", (760.0,))}
    losing = {"opex": ("fixed", (200.0,)), "put_reserve": ("fixed", (0.0,))}
    guaranteed = replace(put(after_months(60)), obligors=("company", "founder"))
    rows = outputs(deal(puts=(guaranteed,)), **poor, **losing)
    assert rows["put.payable_open"] == pytest.approx(1000.0 - 10.0 * 22 + 300.0)


def test_the_call_comes_before_the_put_and_costs_simple_interest():
    always = condition(truth("solvent"))
    call = Call("call", "stake", "company", 0.5, "city", 0.10, "simple", always, AT)
    rich = {"equity": ("fixed", (88400.0,))}
    result = run(deal(calls=(call,), puts=(put(truth("solvent")),)), **rich)
    # the first step in which rights can be exercised is step 1, a quarter after the payment
    assert payments(result, "call") == [(1, pytest.approx(0.5 * 1000.0 * 1.025))]


def test_two_weak_calendar_years_open_the_put_at_the_end_of_the_second():
    weak = Consecutive(Relation("<", Total(number("units"), None, AT), Number(20001.0, AT), AT), 2, AT)
    result = run(deal(puts=(put(weak),)), **CHEAP)
    # 2020 counts the quarter before signing: 4 x 5,000; 2021 ends with step 6
    assert payments(result, "put")[0][0] == 6


def test_a_window_of_months_sums_that_many_steps():
    strong = Relation(">=", Total(number("units"), 12, AT), Number(20000.0, AT), AT)
    assert payments(run(deal(puts=(put(strong),)), **CHEAP), "put")[0][0] == 1
    too_strong = Relation(">=", Total(number("units"), 12, AT), Number(20000.5, AT), AT)
    assert payments(run(deal(puts=(put(too_strong),)), **CHEAP), "put") == []


def test_before_and_after_look_at_the_first_day_of_the_step():
    day = DateTest("after", "2021-03-31", AT)
    assert payments(run(deal((T1, replace(T1, id="t2", condition=condition(day))))), "stake.t2") == [(4, 1000.0)]


def test_in_failure_creditors_come_first_and_the_stake_gets_its_share_of_the_rest():
    # step 0: 190 - 2,390 = -2,200 + 1,000 from the city = -1,200: fails. Estate 5,000; ahead 1,500 debt,
    # 0.1 x 4 x 1,900 = 760 payables and the overdraft of 1,200: 1,540 is left, and 10 % of it is the city's
    rows = outputs(deal(), **BROKE)
    assert rows["with.failed_step"] == 0.0
    assert rows["from.failure"] == pytest.approx(154.0)
    assert rows["fund.net"] == pytest.approx(-1000.0 + 154.0)


def loan(name="loan", amount=1000.0, **changes):
    return Loan(name, "city", "company", amount, date(2020, 6, 30), 0.08, 5.0, AT, **changes)


def only(**parts):
    """A deal without equity."""
    return sheet(equities=(), puts=(), calls=(), covenants=(), events=(), tiers=(), **parts)


def test_an_amortising_loan_is_paid_in_level_instalments():
    # capital recovery factor for 20 periods at 2 %: 0.061157 (any table of annuities)
    paid = payments(run(only(loans=(loan(repayment="amortising"),))), "loan")
    assert [step for step, _ in paid] == list(range(21))
    assert [amount for _, amount in paid[1:]] == pytest.approx([61.1567] * 20, abs=1e-4)


def test_a_bullet_loan_pays_interest_and_then_everything():
    paid = payments(run(only(loans=(loan(),))), "loan")
    assert [amount for _, amount in paid] == pytest.approx([1000.0] + [20.0] * 19 + [1020.0])


def test_in_failure_a_secured_loan_is_paid_from_its_security_and_a_subordinated_one_after_all_others():
    loans = (
        loan("senior", rank="secured", security=0.4),
        loan("middle", rank="unsecured"),
        loan("junior", rank="subordinated"),
    )
    rows = outputs(only(loans=loans), **(BROKE | {"cash": ("fixed", (0.0,)), "opex": ("fixed", (4390.0,))}))
    # 190 - 4,390 = -4,200 + 3,000 = -1,200: estate 5,000; senior 1,000 of its 2,000; 4,000 for 1,500 + 760 + 1,200
    # + 1,000 = 4,460: 89.69 % each, so the middle loan gets 896.9 and nothing is left for the junior one
    assert rows["with.failed_step"] == 0.0
    assert rows["from.failure"] == pytest.approx(1000.0 + 1000.0 * 4000.0 / 4460.0)


def test_a_guarantee_makes_good_its_part_of_what_creditors_lose():
    guarantee = Guarantee("guarantee", "city", 0.8, 600.0, AT)
    grant = Grant("grant", "city", 0.0, date(2020, 6, 30), 1, AT)
    poor = BROKE | {"assets": ("fixed", (0.0,)), "debt": ("fixed", (500.0,))}
    rows = outputs(only(guarantees=(guarantee,), grants=(grant,)), **poor)
    assert (rows["fund.paid"], rows["budget.spent"]) == pytest.approx((0.8 * 500.0, 0.0))
    capped = outputs(only(guarantees=(guarantee,), grants=(grant,)), **(poor | {"debt": ("fixed", (5000.0,))}))
    assert capped["fund.paid"] == pytest.approx(600.0)


def test_a_grant_is_paid_each_year_and_clawed_back_once_by_severity_and_enforcement():
    late = condition(DateTest("after", "2022-06-30", AT))
    always, never = Clawback(late, 0.5, 1.0, AT), Clawback(late, 0.5, 0.0, AT)
    grant = Grant("grant", "city", 60.0, date(2020, 6, 30), 5, AT, clawback=always)
    rows = outputs(only(grants=(grant,)))
    # 2020, 2021 and 2022; half of 180 comes back in the third quarter of 2022, and no further payment follows
    assert (rows["budget.spent"], rows["budget.clawed"]) == pytest.approx((180.0, 90.0))
    rows = outputs(only(grants=(replace(grant, clawback=never),)))
    assert (rows["budget.spent"], rows["budget.clawed"]) == pytest.approx((180.0, 0.0))


def test_cheap_land_costs_its_discount_and_comes_back_in_failure_as_far_as_it_can_be_bought_back():
    land = Land("land", "city", 1000.0, 0.2, date(2020, 6, 30), AT, buy_back=0.75)
    rows = outputs(only(lands=(land,)))
    assert (rows["budget.spent"], rows["budget.clawed"], rows["fund.paid"]) == pytest.approx((200.0, 0.0, 0.0))
    rows = outputs(only(lands=(land,)), **BROKE)
    assert rows["budget.clawed"] == pytest.approx(150.0)


def test_a_promise_costs_what_it_costs_when_it_is_kept_and_conditions_see_it():
    promise = Promise("site", "city", "serviced land", date(2020, 9, 30), 1.0, AT, cost=25.0)
    second = replace(T1, id="t2", condition=condition(EventHappened("site", AT)))
    result = run(deal((T1, second), promises=(promise,)))
    assert payments(result, "events.site") == [(1, 25.0)]
    assert payments(result, "stake.t2") == [(1, 1000.0)]


@given(st.integers(0, 2**32))
@settings(max_examples=examples(20), deadline=None)
def test_no_money_moves_after_insolvency_but_by_the_waterfall(path):
    result = run_path(assemble(compose(sheet(), model(), POLICY)), 1, path, trace=True)
    ends = [x for x in result.trace if x.subject == "with.solvent" and x.what == "ends"]
    if ends:
        step = ends[0].step
        late = [x for x in result.trace if x.step > step and x.what == "pays" and x.object != "acct.world.without"]
        late = [x for x in late if "without" not in x.subject + x.object]
        assert late == []
        last = [x for x in result.trace if x.step == step and x.what == "pays" and x.subject == "acct.company.with"]
        assert all(x.clause in ("failure", "put", "call", "company.operations", "company.funding") for x in last)


@given(st.dates(date(2010, 1, 1), date(2040, 1, 1)), st.sampled_from([1, 3]), st.integers(0, 200))
def test_a_day_lies_in_its_step(signed, months, t):
    grid = Grid(signed, months, 400)
    assert grid.step_of(signed) == 0
    assert grid.step_of(grid.first_day(t)) == t
    assert grid.first_day(t) < grid.first_day(t + 1)
    assert grid.begins_year(t) == grid.ends_year(t - 1)
