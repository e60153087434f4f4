"""Who gets what, when and out of whose pocket: cases by hand that a small fault in the lowering would change."""

from dataclasses import replace
from datetime import date

import pytest
from tests.simulation.examples import AT, POLICY, condition, model, number, truth
from tests.terms.test_lowering import (
    BROKE,
    CALM,
    CHEAP,
    T1,
    after_months,
    deal,
    loan,
    only,
    payments,
    put,
)

from guanzi.simulation.assembler import assemble
from guanzi.simulation.compose import compose
from guanzi.simulation.interpreter import histogram_bin, run_path
from guanzi.terms.conditions import Comparison, DateTest, EventHappened, Number, TierInForce
from guanzi.terms.lowering import grid_of
from guanzi.terms.sheet import (
    Call,
    Clawback,
    Contribution,
    Covenant,
    Equity,
    Event,
    Grant,
    Guarantee,
    Land,
    Promise,
    Tier,
    Unknown,
)

RICH = {"multiple": ("fixed", (9.0,)), "multiple_long": ("fixed", (9.0,))}
LISTS = dict.fromkeys(("window_open_at_start", "filing", "listing"), ("fixed", (1.0,))) | {
    "window_shuts": ("fixed", (0.0,)),
    "filing_sales": ("fixed", (0.0,)),
}
"""Files in step 0 and is listed in step 1."""
POOR = {"cash": ("fixed", (0.0,)), "multiple": ("fixed", (0.1,)), "multiple_long": ("fixed", (0.1,))}
NEVER = Comparison(">", number("units"), Number(1e9, AT), AT)
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
    return replace(deal(**changes), equities=(Equity("stake", "company", whole, holders, (tranche,), AT),))


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
    (equity,) = deal().equities
    result = run(replace(deal(), equities=(replace(equity, contributions=(partner, own)),)))
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
    paid = payments(run(replace(deal(puts=(put(NEVER),)), covenants=(covenant,)), **CHEAP), "put")
    assert [x[0] for x in paid] == ([] if step is None else [step])


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
        (0.5, RICH | {"multiple": ("fixed", (0.1,)), "multiple_long": ("fixed", (0.1,))}, 1),
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


# Loans


def test_a_loan_is_drawn_on_its_day_and_paid_back_from_then():
    result = run(only(loans=(loan(), replace(loan("later"), drawn=date(2021, 3, 31)))))
    paid = flows(result, "later")
    assert paid[0] == (3, "acct.city", "acct.company.with", 1000.0)
    assert paid[1] == (4, "acct.company.with", "acct.city", pytest.approx(20.0))
    assert paid[-1] == (23, "acct.company.with", "acct.city", pytest.approx(1020.0))
    rows = outputs(only(loans=(loan(),)))
    assert rows["from.loans"] == rows["fund.returned"] == pytest.approx(1400.0)
    assert (rows["fund.paid"], rows["fund.terminal"]) == (1000.0, 0.0)


def test_a_loan_that_outlasts_the_horizon_is_still_owed():
    assert outputs(only(loans=(loan(rank="unsecured"),)))["fund.terminal"] == 0.0
    rows = outputs(only(loans=(replace(loan(), years=20.0),)))
    assert rows["fund.terminal"] == pytest.approx(0.8 * 1000.0)


def test_a_loan_waits_for_its_condition_until_it_lapses():
    held = condition(DateTest("after", "2020-12-31", AT))
    first = loan()
    for expires, steps in ((None, [3]), (date(2021, 1, 1), [3]), (date(2020, 12, 31), [])):
        waits = replace(loan("waits"), condition=held, expires=expires, years=20.0)
        drawn = [x[0] for x in flows(run(only(loans=(first, waits))), "waits") if x[1] == "acct.city"]
        assert drawn == steps
    early = replace(loan("early"), drawn=date(2020, 1, 31))
    assert flows(run(only(loans=(early,))), "early")[0][0] == 0


def test_an_amortising_loan_without_interest_is_paid_in_equal_parts():
    free = replace(loan(repayment="amortising"), rate=0.0)
    assert [x[1] for x in payments(run(only(loans=(free,))), "loan")] == pytest.approx([1000.0] + [50.0] * 20)


def test_a_security_that_is_too_small_leaves_the_rest_beside_the_others():
    # 190 - 2,390 = -2,200, and 2,000 from the loans: estate 5,000, a tenth of it for the senior loan; then 4,500 for
    # 1,500 of debt, 760 of payables, 200 of overdraft and 500 of the senior loan; 1,540 are left for the junior one
    loans = (loan("senior", rank="secured", security=0.1), loan("junior", rank="subordinated"))
    rows = outputs(only(loans=loans), **BROKE)
    assert rows["from.failure"] == pytest.approx(2000.0)
    thin = BROKE | {"assets": ("fixed", (5000.0,))}
    got = outputs(only(loans=loans), **thin)["from.failure"]
    # estate 2,500: 250, then 2,250 for 1,500 + 760 + 200 + 750
    assert got == pytest.approx(250.0 + 750.0 * 2250.0 / 3210.0)
    middle = BROKE | {"assets": ("fixed", (7000.0,))}
    # estate 3,500: 350, then 3,150 for 1,500 + 760 + 200 + 650 = 3,110: 40 are left for the junior loan
    assert outputs(only(loans=loans), **middle)["from.failure"] == pytest.approx(1000.0 + 40.0)


# Grants, land, guarantees


def test_a_grant_is_paid_for_its_years_while_its_condition_holds():
    grant = Grant("grant", "city", 60.0, date(2020, 9, 30), 3, AT)
    assert payments(run(only(grants=(grant,))), "grant") == [(1, 60.0), (5, 60.0), (9, 60.0)]
    early = replace(grant, start=date(2020, 1, 31), condition=condition(DateTest("before", "2021-06-30", AT)))
    assert payments(run(only(grants=(early,))), "grant") == [(0, 60.0), (4, 60.0)]
    assert outputs(only(grants=(grant,)))["budget.spent"] == 180.0


def test_a_clawback_takes_what_the_company_can_pay_once():
    always = Clawback(condition(ALWAYS), 1.0, 1.0, AT)
    grant = Grant("grant", "city", 60.0, DUE, 3, AT, clawback=always)
    paid = flows(run(only(grants=(grant,))), "grant")
    assert paid == [
        (0, "acct.city", "acct.company.with", 60.0),
        (1, "acct.company.with", "acct.city", 60.0),
    ]
    losing = {"cash": ("fixed", (0.0,)), "opex": ("fixed", (210.0,)), "put_reserve": ("fixed", (0.5,))}
    taken = flows(run(only(grants=(grant,)), **losing), "grant")[1]
    # 60 less 20 in each of two steps, less a reserve of 10
    assert taken == (1, "acct.company.with", "acct.city", pytest.approx(10.0))


def test_a_clawback_of_a_grant_that_was_not_given_takes_nothing_and_does_not_stop_it():
    given_late = condition(DateTest("after", "2021-06-30", AT))
    grant = Grant("grant", "city", 60.0, DUE, 3, AT, condition=given_late,
                  clawback=Clawback(condition(ALWAYS), 1.0, 1.0, AT))  # fmt: skip
    assert [x[:2] for x in flows(run(only(grants=(grant,))), "grant")] == [
        (8, "acct.city"),
        (8, "acct.company.with"),
    ]


def test_land_is_given_on_its_day_in_kind():
    land = Land("land", "city", 1000.0, 0.2, date(2020, 12, 31), AT, buy_back=0.5)
    assert flows(run(only(lands=(land,))), "land") == [(2, "acct.city", "acct.world.with", pytest.approx(200.0))]
    early = replace(land, due=date(2020, 1, 31))
    assert payments(run(only(lands=(early,))), "land") == [(0, pytest.approx(200.0))]


@pytest.mark.parametrize(("until", "called"), [(None, 400.0), (date(2021, 6, 29), 400.0), (date(2021, 3, 31), 0.0)])
def test_a_guarantee_is_called_until_its_last_day(until, called):
    guarantee = Guarantee("guarantee", "city", 0.8, 600.0, AT, until=until)
    grant = Grant("grant", "province", 1.0, DUE, 1, AT)
    failing = {
        "cash": ("fixed", (2000.0,)),
        "opex": ("fixed", (690.0,)),
        "debt": ("fixed", (500.0,)),
        "assets": ("fixed", (0.0,)),
        "payables_stretch": ("fixed", (0.0,)),
    }
    rows = outputs(only(guarantees=(guarantee,), grants=(grant,)), **failing)
    # 2,001 of cash and 500 lost in each step
    assert rows["with.failed_step"] == 4.0
    assert rows["budget.spent"] == pytest.approx(called)


def test_a_guarantee_pays_the_creditors_for_what_the_estate_does_not():
    guarantee = Guarantee("guarantee", "city", 0.5, 1e6, AT)
    grant = Grant("grant", "province", 0.0, DUE, 1, AT)
    result = run(only(guarantees=(guarantee,), grants=(grant,)), **(BROKE | {"assets": ("fixed", (2000.0,))}))
    # estate 1,000 for 1,500 of debt, 760 of payables and 2,200 of overdraft
    lost = 1500.0 * (1.0 - 1000.0 / 4460.0)
    assert flows(result, "guarantee") == [(0, "acct.city", "acct.market.with", pytest.approx(0.5 * lost))]


def test_what_was_given_is_at_stake_until_it_has_come_back():
    grant = Grant("grant", "city", 60.0, DUE, 1, AT)
    land = Land("land", "city", 1000.0, 0.2, DUE, AT, buy_back=0.75)
    guarantee = Guarantee("guarantee", "city", 0.5, 1e6, AT)
    owing = {"debt": ("fixed", (100000.0,)), "assets": ("fixed", (0.0,)), "payables": ("fixed", (0.0,))}
    terms = only(grants=(grant,), lands=(land,), guarantees=(guarantee,))
    built = program(terms, **owing)
    row = list(built.histograms).index("loss_on_failure@0")
    hits = [place for name, place in run_path(built, 1, 0).hits if name == row]
    # 60 and 200 given, 150 of it as land to be bought back; half of the debt that 20,060 of cash do not cover
    assert hits == [histogram_bin(60.0 + 200.0 - 150.0 + 0.5 * (100000.0 - 20060.0))]


def test_a_loan_counts_as_money_of_the_deal_from_its_payment():
    moves = {"headquarters_move": ("fixed", (1.0,))}
    second = replace(T1, id="t2", condition=condition(truth("hq_local")))
    terms = replace(deal((second,)), loans=(replace(loan(), drawn=date(2020, 12, 31)),))
    # drawn in step 2: headquarters follow in step 3
    assert payments(run(terms, **moves), "stake.t2") == [(3, 1000.0)]


# Events, promises and values that are not known


def happened(terms, names, paths=80):
    """For each event: in which paths it happened in step 0."""
    built = program(terms)
    seen = {name: [] for name in names}
    for path in range(paths):
        first = {x.subject for x in run_path(built, 1, path, trace=True).trace if x.step == 0}
        for name in names:
            seen[name].append(f"done.{name}" in first)
    return seen


def test_each_event_has_its_own_chance():
    names = ("a", "b", "c", "d", "e")
    chances = (0.5, 0.5, 0.5, 1.0, 0.0)
    events = tuple(Event(n, DUE, p, AT) for n, p in zip(names, chances, strict=True))
    seen = happened(replace(deal(), events=events), names)
    assert all(seen["d"])
    assert not any(seen["e"])
    for x, y in (("a", "b"), ("a", "c"), ("b", "c")):
        assert 20 <= sum(seen[x]) <= 60
        assert 20 <= sum(p == q for p, q in zip(seen[x], seen[y], strict=True)) <= 60


def test_events_happen_from_their_day_on_and_those_of_before_in_the_step_of_signing():
    events = tuple(
        Event(name, day, 1.0, AT) for name, day in (("past", date(2020, 1, 31)), ("soon", date(2020, 12, 31)))
    )
    bound = replace(T1, id="t2", condition=condition(EventHappened("past", AT)))
    steps = {x.subject: x.step for x in run(replace(deal((T1,)), events=events)).trace if x.what == "becomes_true"}
    assert (steps["event.past"], steps["event.soon"]) == (0, 2)
    assert payments(run(replace(deal((T1, bound)), events=events)), "stake.t2") == [(0, 1000.0)]


def test_a_promise_is_paid_once_by_who_made_it():
    promise = Promise("site", "province", "serviced land", DUE, 1.0, AT, cost=25.0)
    assert flows(run(deal(promises=(promise,))), "events.site") == [(0, "acct.province", "acct.world.with", 25.0)]
    mine = replace(promise, party="city")
    assert outputs(deal(promises=(mine,)))["budget.spent"] == 25.0


def test_an_unknown_amount_is_drawn_from_its_bracket_and_an_assumed_one_is_taken_as_it_is():
    names = ("t1", "t2", "t3")
    amounts = (Unknown(AT, 800.0, 1200.0), Unknown(AT, 800.0, 1200.0), Unknown(AT, 800.0, 1200.0))
    tranches = tuple(replace(T1, id=n, amounts={"city": a}) for n, a in zip(names, amounts, strict=True))
    built = program(deal((*tranches, replace(T1, id="t4", amounts={"city": Unknown(AT, 1.0, 2.0, assumed=700.0)}))))
    drawn = []
    for path in range(40):
        result = run_path(built, 1, path, trace=True)
        assert payments(result, "stake.t4") == [(0, 700.0)]
        drawn.append([payments(result, f"stake.{n}")[0][1] for n in names])
    for values in zip(*drawn, strict=True):
        assert 800.0 <= min(values) < 880.0
        assert 1120.0 < max(values) <= 1200.0
    assert all(len(set(values)) == 3 for values in drawn)


def test_the_horizon_is_counted_in_steps():
    assert (grid_of(deal()).count, grid_of(deal(horizon=7)).count, grid_of(deal(step=1)).count) == (40, 28, 120)
