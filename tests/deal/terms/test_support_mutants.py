"""What is lent, given, guaranteed and promised, and values that are not known: by hand, so that a fault would show."""

from dataclasses import replace
from datetime import date

import pytest
from tests.deal.program.test_lowering import BROKE, T1, deal, loan, only, payments
from tests.deal.terms.test_waterfall_mutants import ALWAYS, DUE, NEVER, flows, outputs, program, run
from tests.engine.simulation.examples import AT, condition, truth
from tests.holding import holding

from guanzi.deal.program.deal import grid_of
from guanzi.deal.terms import Clawback, Event, Grant, Guarantee, Land, Promise, Unknown
from guanzi.deal.terms.conditions import DateTest, EventHappened
from guanzi.engine.machine.interpreter import histogram_bin, run_path

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


@pytest.mark.parametrize(
    ("payer", "waits", "told"), [("city", True, True), ("city", False, False), ("founder", True, False)]
)
def test_a_grant_is_promised_where_a_public_payer_waits_for_a_condition(payer, waits, told):
    grant = Grant("grant", payer, 60.0, DUE, 3, AT, condition=condition(NEVER) if waits else None)
    rows = outputs(holding(deal(), grants=(grant,)))
    kept = {"promised.incentive.grant.paid": 0.0, "promised.incentive.grant.whole": 180.0}
    assert {name: x for name, x in rows.items() if name.startswith("promised.")} == (kept if told else {})


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
    assert len(flows(run(only(grants=(grant,)), **(losing | {"put_reserve": ("fixed", (1.5,))})), "grant")) == 1
    small = flows(run(only(grants=(replace(grant, amount=0.5),))), "grant")
    assert small[1] == (1, "acct.company.with", "acct.city", 0.5)


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
        "round_half": ("fixed", (1e-9,)),
    }
    rows = outputs(only(guarantees=(guarantee,), grants=(grant,)), **failing)
    # 2,001 of cash and 500 lost in each step
    assert rows["with.failed_step"] == 4.0
    assert rows["fund.paid"] == pytest.approx(called)


def test_a_guarantee_pays_the_creditors_for_what_the_estate_does_not():
    guarantee = Guarantee("guarantee", "city", 0.5, 1e6, AT)
    grant = Grant("grant", "province", 0.0, DUE, 1, AT)
    result = run(only(guarantees=(guarantee,), grants=(grant,)), **(BROKE | {"assets": ("fixed", (2000.0,))}))
    # estate 1,000 for 1,500 of debt, 760 of payables and 2,200 of overdraft
    lost = 1500.0 * (1.0 - 1000.0 / 4460.0)
    assert flows(result, "guarantee") == [(0, "acct.city", "acct.market.with", pytest.approx(0.5 * lost))]


def test_a_guarantee_of_a_loan_pays_its_lender_what_the_estate_does_not():
    """The city lends, and two others answer for it: what they pay is what the city would have lost, and no more."""
    halves = tuple(Guarantee(f"half{n}", "province", 0.5, 1e6, AT, debt="loan", lender="city") for n in (1, 2))
    thin = BROKE | {"assets": ("fixed", (5000.0,))}
    one = loan(rank="subordinated")
    alone, backed = (run(only(loans=(one,), guarantees=x), **thin) for x in ((), halves))
    lost = 1000.0 - sum(amount for _, _, to, amount in flows(alone, "") if to == "acct.city")
    paid = [payment for half in halves for payment in flows(backed, half.id)]
    assert paid == [(0, "acct.province", "acct.city", pytest.approx(lost / 2))] * 2
    rows = outputs(only(loans=(one,), guarantees=halves), **thin)
    assert rows["fund.returned"] == pytest.approx(1000.0)


@pytest.mark.parametrize("cash", [1500.0, 4000.0, 9000.0])
def test_a_guarantee_of_a_loan_is_called_once_however_long_the_company_lived(cash):
    halves = tuple(Guarantee(f"half{n}", "province", 0.5, 1e6, AT, debt="loan", lender="city") for n in (1, 2))
    thin = BROKE | {"assets": ("fixed", (5000.0,)), "cash": ("fixed", (cash,))}
    one = loan(rank="subordinated")
    alone = run(only(loans=(one,)), **thin)
    lost = 1000.0 - sum(amount for _, _, to, amount in flows(alone, "") if to == "acct.city")
    backed = run(only(loans=(one,), guarantees=halves), **thin)
    paid = [payment for half in halves for payment in flows(backed, half.id)]
    step = paid[0][0]
    assert step > 0
    assert paid == [(step, "acct.province", "acct.city", pytest.approx(lost / 2))] * 2


@pytest.mark.parametrize("limit", [0.0, 300.0, 1e6])
def test_a_guarantee_of_a_public_loan_moves_money_within_the_public_side(limit):
    """What one public party pays another is no further loss of the public side."""
    backing = Guarantee("backing", "province", 0.5, limit, AT, debt="loan", lender="city")
    curves = []
    for guarantees in ((), (backing,)):
        built = program(only(loans=(loan(),), guarantees=guarantees), **BROKE)
        row = list(built.histograms).index("loss_on_failure@0")
        curves.append([place for name, place in run_path(built, 1, 0).hits if name == row])
    assert curves[0] == curves[1]


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
    terms = holding(deal((second,)), loans=(replace(loan(), drawn=date(2020, 12, 31)),))
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


def test_where_nothing_was_given_nothing_is_at_stake():
    built = program(only(grants=(Grant("grant", "city", 0.0, DUE, 1, AT),)))
    row = list(built.histograms).index("loss_on_failure@0")
    assert [place for name, place in run_path(built, 1, 0).hits if name == row] == [histogram_bin(0.0)]
