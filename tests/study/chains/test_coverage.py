"""Plans of stations: as good as enumeration on small fields, within their bounds on all, the same on every run."""

from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from guanzi.study.chains.coverage import (
    TooManyPairs,
    chord,
    cover_all,
    cover_most,
    cover_phases,
    cover_with_capacity,
    on_globe,
    place_nearest,
    reach_of,
    reach_within,
)


def field(sites, points, seed=0, side=10.0, radius=2.5):
    rng = np.random.default_rng(seed)
    places, demand = rng.random((sites, 2)) * side, rng.random((points, 2)) * side
    return reach_within(places, demand, radius), rng.lognormal(0.0, 1.0, points), rng, places, demand


def covered_by(reach, weight, sites):
    held = np.zeros(reach.points, bool)
    for i in sites:
        held[reach.point[reach.of_site[i] : reach.of_site[i + 1]]] = True
    return float(weight[held].sum())


def everything(reach, sites):
    held = np.zeros(reach.points, bool)
    for i in sites:
        held[reach.point[reach.of_site[i] : reach.of_site[i + 1]]] = True
    return bool(held[reach.reached].all())


@pytest.mark.parametrize("seed", range(8))
def test_the_most_that_three_sites_cover_is_what_enumeration_finds(seed):
    reach, weight, *_ = field(12, 40, seed)
    best = max(covered_by(reach, weight, some) for some in combinations(range(12), 3))
    plan = cover_most(reach, weight, most=3)
    assert plan.value == pytest.approx(best)
    assert plan.bound >= best * (1.0 - 1e-6)
    assert covered_by(reach, weight, plan.chosen) == pytest.approx(plan.value)


@pytest.mark.parametrize("seed", range(8))
def test_within_a_budget_the_most_is_what_enumeration_finds(seed):
    reach, weight, rng, *_ = field(10, 30, seed)
    cost = rng.uniform(1.0, 5.0, 10)
    plans = [some for k in range(11) for some in combinations(range(10), k) if cost[list(some)].sum() <= 8.0]
    best = max(covered_by(reach, weight, some) for some in plans)
    plan = cover_most(reach, weight, cost, budget=8.0)
    assert plan.value == pytest.approx(best)
    assert plan.cost <= 8.0 + 1e-9
    # with a number of sites as well, both limits hold
    both = cover_most(reach, weight, cost, most=2, budget=8.0)
    assert both.value == pytest.approx(max(covered_by(reach, weight, s) for s in plans if len(s) <= 2))
    assert both.bound >= both.value


@pytest.mark.parametrize("seed", range(8))
def test_the_least_cost_of_covering_everything_is_what_enumeration_finds(seed):
    reach, _, rng, *_ = field(11, 25, seed, radius=4.0)
    for cost in (None, rng.uniform(1.0, 4.0, 11)):
        price = np.ones(11) if cost is None else cost
        full = [s for k in range(12) for s in combinations(range(11), k) if everything(reach, s)]
        best = min(price[list(some)].sum() for some in full)
        plan = cover_all(reach, cost)
        assert plan.value == pytest.approx(best)
        assert everything(reach, plan.chosen)
        assert plan.bound <= best + 1e-9


def test_on_larger_fields_plans_cover_what_they_say_and_bounds_enclose_them():
    reach, weight, *_ = field(300, 1500, 4, side=20.0, radius=2.0)
    most = cover_most(reach, weight, most=25)
    assert covered_by(reach, weight, most.chosen) == pytest.approx(most.value)
    assert most.value <= most.bound
    assert most.gap < 0.03
    least = cover_all(reach)
    assert everything(reach, least.chosen)
    assert least.bound <= least.value


def test_the_bound_is_no_lower_than_that_of_the_linear_program():
    reach, weight, *_ = field(60, 300, 2, radius=1.5)
    reached = np.zeros((300, 60))
    reached[np.repeat(np.arange(300), np.diff(reach.of_point)), reach.site] = 1.0
    number = np.concatenate([np.ones(60), np.zeros(300)])
    solved = linprog(
        np.concatenate([np.zeros(60), -weight]),
        A_ub=np.vstack([np.hstack([-reached, np.eye(300)]), number]),
        b_ub=np.concatenate([np.zeros(300), [8.0]]),
        bounds=(0, 1),
    )
    plan = cover_most(reach, weight, most=8)
    assert plan.value <= -solved.fun + 1e-6
    assert plan.bound <= -solved.fun * 1.02


def test_what_stands_already_counts_and_is_not_chosen_again():
    reach, weight, *_ = field(12, 40, 1)
    plan = cover_most(reach, weight, most=2, existing=[0, 5])
    assert not {0, 5} & set(plan.chosen.tolist())
    best = max(covered_by(reach, weight, (0, 5, *some)) for some in combinations(set(range(12)) - {0, 5}, 2))
    assert plan.value == pytest.approx(best)
    least = cover_all(reach, existing=[0, 5])
    assert everything(reach, [0, 5, *least.chosen])


def test_phases_build_on_one_another_and_tell_what_steps_cost():
    reach, weight, *_ = field(40, 200, 3)
    plans = cover_phases(reach, weight, [2, 2, 4])
    assert [len(p.chosen) for p in plans] == [2, 2, 4]
    assert len({int(i) for p in plans for i in p.chosen}) == 8
    assert plans[0].value < plans[1].value < plans[2].value
    assert all(p.bound >= p.value for p in plans)


@pytest.mark.parametrize("seed", range(6))
def test_a_site_serves_no_more_than_its_capacity(seed):
    reach, weight, rng, *_ = field(9, 30, seed)
    capacity = rng.uniform(2.0, 10.0, 9)
    plan = cover_with_capacity(reach, weight, capacity, most=3)
    assert plan.value <= capacity[plan.chosen].sum() + 1e-6
    assert plan.value <= plan.bound + 1e-9
    assert plan.gap < 1e-3  # small enough for the optimum
    open_plan = cover_with_capacity(reach, weight, np.full(9, np.inf), most=3)
    assert open_plan.value == pytest.approx(cover_most(reach, weight, most=3).value, rel=1e-6)


def test_with_capacity_the_demand_of_one_point_is_shared():
    reach = reach_of(2, 1, np.array([0, 1]), np.array([0, 0]))
    plan = cover_with_capacity(reach, np.array([10.0]), np.array([4.0, 5.0]), most=2)
    assert plan.value == pytest.approx(9.0)


@pytest.mark.parametrize("seed", range(5))
def test_the_shortest_ways_are_what_enumeration_finds(seed):
    _, weight, _, places, demand = field(10, 40, seed)
    distance = np.linalg.norm(places[:, None] - demand[None, :], axis=2)
    far = distance * weight
    plan = place_nearest(distance, weight, 3)
    best = min(far[list(some)].min(axis=0).sum() for some in combinations(range(10), 3))
    assert plan.value == pytest.approx(best)
    assert plan.bound <= best + 1e-9
    assert plan.gap < 0.02
    held = place_nearest(distance, weight, 2, existing=[4])
    others = combinations(set(range(10)) - {4}, 2)
    assert held.value == pytest.approx(min(far[[4, *some]].min(axis=0).sum() for some in others))


def test_more_distances_than_can_be_held_are_refused():
    with pytest.raises(TooManyPairs):
        place_nearest(np.broadcast_to(0.0, (5000, 5000)), np.ones(5000), 3)


def test_the_same_question_gives_the_same_plan():
    reach, weight, *_ = field(120, 700, 8)
    first, second = cover_most(reach, weight, most=12), cover_most(reach, weight, most=12)
    assert np.array_equal(first.chosen, second.chosen)
    assert first.bound == second.bound
    assert np.array_equal(cover_all(reach).chosen, cover_all(reach).chosen)


def test_two_kilometres_on_the_globe_are_two_kilometres():
    """A minute of latitude is a nautical mile, 1.853 km on this sphere."""
    north = on_globe(np.array([117.0]), np.array([31.0]))
    minute = on_globe(np.array([117.0]), np.array([31.0 + 1.0 / 60.0]))
    assert np.linalg.norm(north - minute) == pytest.approx(1.8532, abs=1e-3)
    assert len(reach_within(north, minute, chord(1.86)).point) == 1
    assert len(reach_within(north, minute, chord(1.84)).point) == 0
