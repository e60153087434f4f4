"""One budget, several candidates: held to the count of all sets, and to what must hold however the figures lie."""

from dataclasses import replace
from itertools import chain, combinations
from math import fsum, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.simulation.examples import POLICY, model, sheet

from guanzi.advice.structuring import BudgetCandidate, DealSetting, Holding, best_sets, study_budget
from guanzi.advice.structuring.budget import SETS, CandidateDraws, choose, verdict_of, waiting_worth
from guanzi.advice.structuring.measures import Estimate
from guanzi.engine.company import Streams
from guanzi.engine.simulation import Sampler

WHOLE = st.integers(-40, 60)
CANDIDATES = st.lists(st.tuples(WHOLE, st.integers(0, 30)), min_size=1, max_size=7)
BUDGET = st.integers(0, 90)


def named(candidates):
    names = [f"c{n}" for n in range(len(candidates))]
    values = {name: float(value) for name, (value, _) in zip(names, candidates, strict=True)}
    return values, {name: float(cost) for name, (_, cost) in zip(names, candidates, strict=True)}


def all_sets(values, costs, budget):
    """Every set within the budget, the best first: the oracle."""
    subsets = chain.from_iterable(combinations(sorted(values), n) for n in range(len(values) + 1))
    rows = [(-fsum(values[x] for x in some), fsum(costs[x] for x in some), some) for some in subsets]
    return sorted(row for row in rows if row[1] <= budget)


@given(CANDIDATES, BUDGET, st.integers(1, 9))
def test_the_best_sets_are_those_of_the_count_of_all(candidates, budget, count):
    values, costs = named(candidates)
    found = best_sets(values, costs, budget, count=count)
    assert [(x.loss, x.cost, x.names) for x in found] == all_sets(values, costs, budget)[:count]


@given(CANDIDATES, BUDGET, st.data())
def test_sets_with_and_without_a_candidate_are_those_of_the_count_of_all(candidates, budget, data):
    values, costs = named(candidates)
    name = data.draw(st.sampled_from(sorted(values)))
    rows = all_sets(values, costs, budget)
    for inside in (True, False):
        only, never = ((name,), ()) if inside else ((), (name,))
        found = best_sets(values, costs, budget, within=only, without=never)
        due = [row for row in rows if (name in row[2]) is inside][:1]
        assert [(x.loss, x.cost, x.names) for x in found] == due


@given(CANDIDATES, BUDGET, st.integers(0, 40))
def test_a_larger_budget_is_never_worse(candidates, budget, more):
    values, costs = named(candidates)
    assert best_sets(values, costs, budget + more)[0].value >= best_sets(values, costs, budget)[0].value


@given(CANDIDATES, BUDGET, st.integers(1, 50))
def test_a_candidate_that_costs_nothing_and_gains_is_always_in(candidates, budget, gain):
    values, costs = named([*candidates, (gain, 0)])
    assert f"c{len(candidates)}" in best_sets(values, costs, budget)[0].names


@given(CANDIDATES, BUDGET, st.data())
def test_the_order_of_candidates_does_not_matter(candidates, budget, data):
    values, costs = named(candidates)
    other = data.draw(st.permutations(sorted(values)))
    turned = {name: values[name] for name in other}
    assert best_sets(turned, costs, budget, count=4) == best_sets(values, costs, budget, count=4)


def test_values_that_are_no_whole_numbers_are_held_to_the_count_of_all():
    rng = np.random.default_rng(3)
    for _ in range(40):
        values, costs = named(list(zip(rng.normal(1, 3, 9), rng.uniform(0, 5, 9), strict=True)))
        found = best_sets(values, costs, 11.0, count=5)
        assert [x.names for x in found] == [row[2] for row in all_sets(values, costs, 11.0)[:5]]


def test_most_candidates_are_searched_in_a_moment():
    rng = np.random.default_rng(5)
    costs = {f"c{n:02}": float(x) for n, x in enumerate(rng.uniform(1, 10, 24))}
    values = {name: cost + float(rng.normal(0, 0.3)) for name, cost in costs.items()}
    found = best_sets(values, costs, 60.0, count=SETS)
    assert len(found) == SETS
    assert all(one.cost <= 60.0 for one in found)


def draws(means, spread=1.0, n=4_000, seed=1):
    rng = np.random.default_rng(seed)
    common = rng.standard_normal(n)
    nothing = np.zeros(n)
    return {
        name: CandidateDraws(mean + spread * (common + rng.standard_normal(n)), nothing) for name, mean in means.items()
    }


def test_a_difference_of_sets_has_the_error_of_one_number_for_each_path():
    drawn = draws({"a": 1.0, "b": 0.9, "c": 0.2})
    found = choose("nothing", drawn, {"a": 1.0, "b": 1.0, "c": 1.0}, 2.0)
    assert found.names == ("a", "b")
    (swap,) = (one for one in found.swaps if one.label == "c")
    assert (swap.removed, swap.added) == (("b",), ())
    x = drawn["c"].now - drawn["b"].now
    assert swap.difference.mean == pytest.approx(x.mean())
    assert swap.difference.se == pytest.approx(x.std(ddof=1) / sqrt(len(x)))
    assert swap.verdict == "worse"
    assert swap.difference.se < Estimate.of(drawn["c"].now).se * 1.1  # what the market does to both cancels


def test_sets_that_cannot_be_told_apart_are_said_to_be_so_as_often_as_the_error_says():
    told = []
    for seed in range(400):
        found = choose("nothing", draws({"a": 1.0, "b": 1.0}, n=400, seed=seed), {"a": 1.0, "b": 1.0}, 1.0)
        told.append(found.rivals[0].verdict)
    assert 0.92 <= told.count("open") / len(told) <= 0.98


def test_twins_are_the_same():
    one = draws({"a": 1.0})["a"]
    found = choose("nothing", {"a": one, "b": one}, {"a": 1.0, "b": 1.0}, 1.0)
    assert found.names == ("a",)
    assert found.rivals[0].names == ("b",)
    assert found.rivals[0].verdict == "same"


def test_waiting_loses_a_year_of_discount_and_gains_what_fails_soon():
    now = np.array([-10.0, 6.0, 6.0, 6.0])
    later = np.array([0.0, 5.0, 5.0, 5.0])  # the company of the first path is gone by then
    found = waiting_worth(now, later, 0.75)
    assert found.gain.mean == pytest.approx(15 / 4 - 8 / 4)
    assert found.later.mean == pytest.approx(15 / 4)
    never = waiting_worth(-now - 6.0, -later - 6.0, 0.75)
    assert (never.gain, never.verdict) == (Estimate(0.0, 0.0), "same")
    assert verdict_of(Estimate(1.0, 0.6)) == "open"


def test_what_can_wait_gives_way_to_what_cannot():
    n = np.ones(100)
    drawn = {"waits": CandidateDraws(5.0 * n, 4.9 * n), "now or never": CandidateDraws(4.0 * n, 0.0 * n)}
    costs = {"waits": 1.0, "now or never": 1.0}
    assert choose("nothing", drawn, costs, 1.0).names == ("waits",)
    found = choose("enough", drawn, costs, 1.0)
    assert (found.names, found.waiting) == (("now or never",), ("waits",))
    assert found.value.mean == pytest.approx(8.9)


def deal(company):
    return DealSetting(sheet(), replace(model(), streams=Streams(track="cars", company=company)), POLICY)


@pytest.fixture(scope="module")
def studied():
    """Two companies of one market, in one budget, and in a larger one; in the other order."""

    some = [
        BudgetCandidate(Holding(label, company, "cars", "riverton", deal(company)), 900.0, 0.0)
        for label, company in (("first", "a"), ("second", "b"))
    ]
    return {
        budget: [study_budget(order, "CNY", budget, paths=2_000) for order in (some, some[::-1])]
        for budget in (900.0, 1800.0)
    }


def test_the_order_of_deals_does_not_change_a_bit(studied):
    assert all(one == other for one, other in studied.values())


def test_a_larger_budget_brings_no_less_on_the_same_draws(studied):
    small, large = studied[900.0][0], studied[1800.0][0]
    for a, b in zip(small.choices, large.choices, strict=True):
        assert b.value.mean >= a.value.mean
        assert max(a.cost - 900.0, b.cost - 1800.0) <= 0.0


def test_a_year_later_is_worth_what_is_left_of_the_companies_that_live_without_the_deal(studied):
    study = studied[1800.0][0]
    setting = deal("a")
    drawn = Sampler(("public.npv", "without.failed_step"), paths=2_000, seed=1).draw(
        setting.sheet, setting.model, setting.policy
    )
    gone = (drawn["without.failed_step"] >= 0.0) & (drawn["without.failed_step"] < 4.0)
    left = sum(value for value, lost in zip(drawn["public.npv"], gone, strict=True) if not lost)
    row = next(one for one in study.candidates if one.label == "first")
    assert row.waiting.survives == pytest.approx(1.0 - gone.mean())
    scale = setting.sheet.unit / 1e6
    assert row.waiting.later.mean == pytest.approx(scale * left / 2_000 / (1.0 + POLICY.hurdle))
