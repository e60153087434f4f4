"""Who gets what, when and out of whose pocket: cases by hand that a small fault in the lowering would change."""

from dataclasses import replace
from datetime import date

import pytest
from tests.deal.program.test_lowering import (
    BROKE,
    CALM,
    CHEAP,
    T1,
    after_months,
    deal,
    payments,
    put,
)
from tests.deal.terms import known_company
from tests.engine.simulation.examples import AT, POLICY, condition, model, number, truth
from tests.holding import holding

from guanzi.deal.terms import Call, Contribution, Covenant, Equity, Grant, Tier, Unknown
from guanzi.deal.terms.conditions import DateTest, Number, Relation, TierInForce
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.machine.interpreter import run_path
from guanzi.engine.simulation.compose import compose

RICH = {"equity": ("fixed", (88400.0,))}
LISTS = dict.fromkeys(("window_open_at_start", "filing", "listing"), ("fixed", (1.0,))) | {
    "window_shuts": ("fixed", (0.0,)),
    "filing_sales": ("fixed", (0.0,)),
}
"""Files in step 0 and is listed in step 1."""
POOR = {"cash": ("fixed", (0.0,)), "equity": ("fixed", (760.0,))}
NEVER = Relation(">", number("units"), Number(1e9, AT), AT)
ALWAYS = truth("solvent")
DUE = date(2020, 6, 30)


def program(terms, **changes):
    """Of seven years, which is long enough for a put after five."""
    return assemble(compose(replace(terms, horizon=7), model(**(CALM | changes)), POLICY))


def run(terms, **changes):
    return run_path(program(terms, **changes), 1, 0, trace=True)


def outputs(terms, **changes):
    built = program(terms, **changes)
    return dict(zip(built.outputs, run_path(built, 1, 0).outputs.values(), strict=True))


def flows(result, clause):
    return [(x.step, x.subject, x.object, x.amount) for x in result.trace if x.clause == clause and x.what == "pays"]


def two(shares=(0.1, 0.3), amounts=(1000.0, 3000.0), whole=0.4, **changes):
    """City and province, which pay together in step 0."""
    holders = dict(zip(("city", "province"), shares, strict=True))
    tranche = replace(T1, amounts=dict(zip(("city", "province"), amounts, strict=True)))
    return holding(deal(**changes), equities=(Equity("stake", "company", whole, holders, (tranche,), AT),))


def call(**changes):
    made = Call("call", "stake", "company", 0.5, "city", 0.10, "simple", condition(ALWAYS), AT)
    return replace(made, **changes)


# The stake


def test_a_stake_is_sold_once_a_year_after_the_listing_at_a_discount():
    result = run(deal(), **LISTS)
    # 7,600 of value and 21,000 of cash; 10 % of it, less a tenth for the block; listed in step 1
    assert flows(result, "stake.exit") == [(5, "acct.market.with", "acct.city", pytest.approx(0.1 * 28600.0 * 0.9))]
    rows = outputs(deal(), **LISTS)
    assert rows["from.exit"] == rows["fund.returned"] == pytest.approx(2574.0)
    assert rows["fund.terminal"] == 0.0
    assert outputs(deal())["fund.terminal"] == pytest.approx(0.1 * 28600.0 * 0.8)


def test_other_holders_keep_what_the_public_side_did_not_buy_of_equity_less_claims():
    # 28,600 with the city's 1,000 and 27,600 without, discounted alike
    rows = outputs(deal())
    discount = rows["holders.npv_without"] / 27600.0
    assert 0.5 < discount < 1.0
    assert rows["holders.npv"] == pytest.approx(0.9 * 28600.0 * discount, rel=1e-9)


def test_an_instalment_that_two_public_parties_promise_together_is_one_promise():
    waits = replace(T1, id="t2", amounts={"city": 100.0, "province": 300.0}, condition=condition(NEVER))
    first = replace(T1, amounts={"city": 1000.0, "province": 3000.0})
    both = Equity("stake", "company", 0.4, {"city": 0.1, "province": 0.3}, (first, waits), AT)
    told = [name for name in program(holding(deal(), equities=(both,))).outputs if name.startswith("promised.")]
    assert told == ["promised.stake.t2.paid", "promised.stake.t2.whole"]


def test_an_instalment_can_still_be_paid_on_the_last_day_and_in_the_step_of_signing():
    last = replace(T1, id="t2", due=date(2021, 3, 31), expires=date(2021, 3, 31))
    early = replace(T1, id="t3", due=date(2020, 1, 31))
    result = run(deal((T1, last, early)))
    assert payments(result, "stake.t2") == [(3, 1000.0)]
    assert payments(result, "stake.t3") == [(0, 1000.0)]


def test_a_stake_is_held_as_far_as_it_has_been_paid():
    second = replace(T1, id="t2", amounts={"city": 3000.0}, condition=condition(NEVER))
    assert outputs(deal((T1, second)))["fund.terminal"] == pytest.approx(0.25 * 0.1 * 28600.0 * 0.8)


def test_partners_put_in_their_cash_on_its_day_and_the_company_nothing_into_itself():
    partner = Contribution("founder", AT, ((date(2020, 9, 30), 400.0), (date(2020, 1, 31), 50.0)))
    own = Contribution("company", AT, ((date(2020, 9, 30), 77.0),))
    (equity,) = deal().of(Equity)
    result = run(holding(deal(), equities=(replace(equity, contributions=(partner, own)),)))
    assert flows(result, "stake.contribution.founder") == [
        (0, "acct.founder", "acct.company.with", 50.0),
        (1, "acct.founder", "acct.company.with", 400.0),
    ]
    assert flows(result, "stake.contribution.company") == []


def test_shares_that_nobody_states_follow_the_money():
    open_shares = (Unknown(AT), Unknown(AT))
    got = {x.object: x.amount for x in run(two(open_shares), **BROKE).trace if x.clause == "failure"}
    # 4,000 less 2,200 in each of two steps: an estate of 5,000, less 1,500 of debt, 760 of payables and an overdraft of
    # 400; 40 % of it, one to three
    assert (got["acct.city"], got["acct.province"]) == pytest.approx((0.1 * 2340.0, 0.3 * 2340.0))
    stated = {x.object: x.amount for x in run(two((0.2, Unknown(AT, 0.3, 0.3))), **BROKE).trace}
    assert (stated["acct.city"], stated["acct.province"]) == pytest.approx((0.2 * 2340.0, 0.3 * 2340.0))


# The put


def test_a_put_without_named_obligors_is_on_the_company():
    rows = outputs(deal(puts=(replace(put(after_months(60)), obligors=None),)), **CHEAP)
    assert rows["put.received"] == pytest.approx(1000.0 * 1.085 ** (21 / 4))


def test_a_put_on_a_guarantor_alone_takes_nothing_from_the_company():
    result = run(deal(puts=(replace(put(after_months(60)), obligors=("founder",)),)), **POOR)
    assert flows(result, "put") == [(21, "acct.founder", "acct.city", pytest.approx(300.0))]


def test_a_guarantor_is_asked_after_the_company_and_only_once():
    result = run(deal(puts=(replace(put(after_months(60)), obligors=("company", "founder")),)), **POOR)
    assert flows(result, "put") == [
        (21, "acct.company.with", "acct.city", pytest.approx(1000.0)),
        (21, "acct.founder", "acct.city", pytest.approx(300.0)),
    ]


def test_a_company_borrows_to_pay_a_put_and_owes_the_loan():
    lent = {"put_borrowing": ("fixed", (0.1,))}
    result = run(deal(puts=(put(after_months(60)),)), **(POOR | lent))
    # 0.1 of the mark of 760 + 1,000
    assert flows(result, "put") == [
        (21, "acct.market.with", "acct.company.with", pytest.approx(176.0)),
        (21, "acct.company.with", "acct.city", pytest.approx(1176.0)),
    ]
    paid = outputs(deal(puts=(put(after_months(60)),)), **(CHEAP | lent))
    assert paid["put.received"] == pytest.approx(1000.0 * 1.085 ** (21 / 4))


def test_the_rest_of_a_put_is_served_from_later_cash_and_counts_as_a_claim():
    grant = Grant("grant", "province", 500.0, date(2026, 6, 30), 1, AT)
    terms = deal(puts=(put(after_months(60)),), grants=(grant,))
    assert payments(run(terms, **POOR), "put") == [(21, pytest.approx(1000.0)), (25, pytest.approx(500.0))]
    rows = outputs(terms, **POOR)
    left = 1000.0 * 1.085 ** (21 / 4) - 1500.0
    assert rows["from.put"] == rows["fund.returned"] == rows["put.received"] == pytest.approx(1500.0)
    assert rows["fund.terminal"] == pytest.approx(0.8 * left)


def test_what_is_due_from_a_put_stands_beside_the_creditors_in_failure():
    losing = {
        "opex": ("fixed", (200.0,)),
        "put_reserve": ("fixed", (0.0,)),
        "assets": ("fixed", (1000.0,)),
        "depreciation": ("fixed", (0.0,)),
        "fire_sale": ("fixed", (0.5,)),
        "payables": ("fixed", (0.1,)),
        "payables_stretch": ("fixed", (0.0,)),
        "round_half": ("fixed", (1e-9,)),
    }
    rows = outputs(deal(puts=(put(after_months(60)),)), **(POOR | losing))
    due = 1000.0 * 1.085 ** (21 / 4) - 780.0
    # 10 are missing in step 22: 500 of estate for 760 of payables, the overdraft and what is due
    assert rows["with.failed_step"] == 22.0
    assert rows["from.failure"] == pytest.approx(due * 500.0 / (770.0 + due))
    assert rows["fund.claim_at_failure"] == pytest.approx(due)
    assert rows["fund.terminal"] == 0.0


@pytest.mark.parametrize(
    ("basis", "price"),
    [
        ("simple", 1000.0 * (1 + 0.085 * 21 / 4) + 500.0 * (1 + 0.085 * 18 / 4)),
        ("compound", 1000.0 * 1.085 ** (21 / 4) + 500.0 * 1.085 ** (18 / 4)),
        (Unknown(AT), 1000.0 * 1.085 ** (21 / 4) + 500.0 * 1.085 ** (18 / 4)),
    ],
)
def test_every_instalment_earns_its_return_from_its_own_step(basis, price):
    later = replace(T1, id="t2", amounts={"city": 500.0}, due=date(2021, 3, 31))
    rows = outputs(deal((T1, later), puts=(replace(put(after_months(60)), basis=basis),)), **CHEAP)
    assert rows["put.price"] == rows["put.received"] == pytest.approx(price)


def test_a_put_of_one_holder_leaves_the_other_its_stake():
    rows = outputs(two(puts=(put(after_months(60)),)), **CHEAP)
    price = 1000.0 * 1.085 ** (21 / 4)
    assert rows["put.price"] == pytest.approx(price)
    assert rows["fund.terminal"] == pytest.approx(0.8 * 0.3 * (760.0 + 7000.0 - price))


def test_holders_of_one_put_share_what_it_pays_by_their_claims():
    both = replace(put(after_months(60)), holders=("city", "province"))
    paid = flows(run(two(puts=(both,)), **POOR), "put")
    assert [(x[2], x[3]) for x in paid[:2]] == [
        ("acct.city", pytest.approx(1000.0)),
        ("acct.province", pytest.approx(3000.0)),
    ]
    assert sum(x[3] for x in paid[2:]) < 1e-9
    assert outputs(two(puts=(both,)), **POOR)["put.price"] == pytest.approx(4000.0 * 1.085 ** (21 / 4))


def test_no_instalment_follows_a_put():
    later = replace(T1, id="t2", due=date(2026, 6, 30))
    assert payments(run(deal((T1, later), puts=(put(after_months(60)),)), **CHEAP), "stake.t2") == []
    assert payments(run(deal((T1, later)), **CHEAP), "stake.t2") == [(24, 1000.0)]


def test_rights_are_exercised_from_the_step_after_signing():
    assert payments(run(deal(puts=(put(ALWAYS),)), **CHEAP), "put")[0][0] == 1


# Covenants and tiers


@pytest.mark.parametrize(
    ("require", "changes", "step"),
    [
        (NEVER, {}, 1),
        (NEVER, {"start": date(2021, 12, 31)}, 6),
        (NEVER, {"until": condition(ALWAYS)}, None),
        (NEVER, {"until": condition(NEVER)}, 1),
        (NEVER, {"remedy": None}, None),
        (ALWAYS, {}, None),
    ],
)
def test_a_breach_opens_the_put_that_is_its_remedy(require, changes, step):
    covenant = replace(Covenant("lock", condition(require), AT, remedy="put"), **changes)
    paid = payments(run(holding(deal(puts=(put(NEVER),)), covenants=(covenant,)), **CHEAP), "put")
    assert [x[0] for x in paid] == ([] if step is None else [step])


@pytest.mark.parametrize(("months", "step"), [(None, 1), (3, 1), (6, 2), (12, 4)])
def test_a_breach_counts_when_its_cure_is_over(months, step):
    """It fails from step 0 on; a right is exercised from step 1 on."""
    covenant = Covenant("lock", condition(NEVER), AT, remedy="put", cure=months)
    paid = payments(run(holding(deal(puts=(put(NEVER),)), covenants=(covenant,)), **CHEAP), "put")
    assert [x[0] for x in paid] == [step]


def test_a_tier_ends_when_its_condition_ends():
    tier = Tier("young", condition(DateTest("before", "2021-01-01", AT)), AT)
    turns = [(x.step, x.what) for x in run(deal(tiers=(tier,))).trace if x.clause == "tiers.young"]
    assert turns == [(0, "becomes_true"), (3, "ends")]


def test_a_chain_of_three_tiers_comes_into_force_at_once_in_any_order():
    first = Tier("a", condition(truth("plant_local")), AT)
    second, third = (Tier(x, condition(TierInForce(y, AT)), AT) for x, y in (("b", "a"), ("c", "b")))
    on = {x.subject: x.step for x in run(deal(tiers=(third, first, second))).trace if x.clause.startswith("tiers.")}
    assert on == {"tier.a": 0, "tier.b": 0, "tier.c": 0}


# The call


def test_a_called_part_of_a_stake_is_gone_and_the_put_covers_the_rest():
    terms = deal(calls=(call(),), puts=(put(after_months(60)),))
    rows = outputs(terms, **RICH)
    assert rows["from.call"] == rows["fund.returned"] == pytest.approx(512.5)
    assert rows["put.price_open"] == pytest.approx(0.5 * 1000.0 * 1.085 ** (21 / 4))
    assert rows["fund.terminal"] == pytest.approx(0.8 * 0.05 * (9.0 * 7600.0 + 21000.0 - 512.5))


def test_a_call_without_a_named_holder_is_on_all_of_them():
    paid = flows(run(two(calls=(call(of=None),)), **RICH), "call")
    assert [(x[2], x[3]) for x in paid] == [
        ("acct.city", pytest.approx(512.5)),
        ("acct.province", pytest.approx(1537.5)),
    ]
    assert [x[2] for x in flows(run(two(calls=(call(),)), **RICH), "call")] == ["acct.city"]


@pytest.mark.parametrize(
    ("portion", "changes", "calls"),
    [
        (0.97, {"cash": ("fixed", (0.0,))}, 1),  # 994 of the 1,000 it has
        (0.98, {"cash": ("fixed", (0.0,))}, 0),  # 1,004.5
        (0.5, RICH | {"equity": ("fixed", (20760.0,))}, 1),
        (0.5, CHEAP, 0),  # 5 % of 4,760 is worth less than 512.5
        (0.97, {"cash": ("fixed", (20.0,)), "opex": ("fixed", (200.0,)), "put_reserve": ("fixed", (0.7,))}, 0),
    ],
)
def test_a_company_calls_what_is_worth_its_price_and_what_it_can_pay(portion, changes, calls):
    result = run(deal(calls=(call(portion=portion),)), **(RICH | changes))
    assert len(payments(result, "call")) == calls


def test_another_party_calls_from_its_own_pocket():
    paid = flows(
        run(deal(calls=(call(holder="founder", portion=1.0),)), **(RICH | {"cash": ("fixed", (0.0,))})), "call"
    )
    assert paid == [(1, "acct.founder", "acct.city", pytest.approx(1025.0))]


def test_a_guarantor_without_a_stated_limit_pays_nothing():
    unlimited = replace(put(after_months(60)), obligors=("province",))
    assert flows(run(deal(puts=(unlimited,)), **POOR), "put") == []


def test_a_put_on_others_alone_is_paid_by_what_they_have_and_nothing_of_the_company():
    limited = replace(put(after_months(60)), obligors=("founder",))
    rows = outputs(deal(puts=(limited,)), **POOR)
    assert rows["put.payable_open"] == pytest.approx(300.0)
    assert rows["put.received"] == pytest.approx(min(300.0, rows["put.price_open"]))


@pytest.mark.parametrize(("holders", "still"), [("[city, province]", 0.0), ("[city]", 1.0)])
def test_a_put_of_every_holder_ends_the_stake(holders, still):
    body = f"""\
instruments:
  stake:
    type: equity
    issuer: company
    share: 20%
    holders: {{city: 10%, province: 10%}}
    tranches: [{{id: t1, amount: {{city: 100, province: 100}}, due: 2024-01-20}}]
  put:
    {{type: put, on: stake, holders: {holders}, obligors: [company],
     price: {{rate: 0%, basis: simple}}, when: control_changed}}
"""
    got = known_company.run(
        known_company.sheet(body), {1: {"mark": 10.0}, 4: {"control_changed": 1.0}}, ("stake.open",)
    )
    assert [x[0] for x in got.paid("put")] == [4] * (1 if still else 2)
    assert got.outputs["stake.open"][3:6] == [1.0, still, still]


def test_a_call_on_one_holder_leaves_the_put_of_the_other_whole():
    of_province = replace(put(after_months(60)), holders=("province",))
    rows = outputs(two(calls=(call(),), puts=(of_province,)), **RICH)
    assert rows["put.price_open"] == pytest.approx(3000.0 * 1.085 ** (21 / 4))
