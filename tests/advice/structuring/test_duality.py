"""The upper bound of the right to stop, on a put and on a tree whose worth is known: no rule is above it."""

from math import exp, sqrt

import numpy as np
import pytest

from guanzi.advice.structuring import FairStep, stopping

STRIKE, RATE, SIGMA, DAYS, BETWEEN = 100.0, 0.05, 0.3, 4, 6
"""A put that may be used on four days of a year."""


def worth_of_put(start):
    """By quadrature, going back from the last day."""
    dt = 1.0 / DAYS
    share = start * np.exp(np.linspace(-2.0, 2.0, 4001))
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    value = np.maximum(STRIKE - share, 0.0)
    for day in range(DAYS - 1, -1, -1):
        becomes = share[:, None] * np.exp((RATE - SIGMA**2 / 2.0) * dt + SIGMA * sqrt(dt) * nodes)
        kept = exp(-RATE * dt) * (np.interp(becomes, share, value) @ (weights / weights.sum()))
        value = kept if day == 0 else np.maximum(STRIKE - share, kept)
    return float(np.interp(start, share, value))


def put(start, paths, seed=1, between=BETWEEN):
    """What it pays if used on each day, what is seen on each, and the steps of the discounted share."""
    rng = np.random.default_rng(seed)
    steps = DAYS * between
    dt = 1.0 / steps
    moved = (RATE - SIGMA**2 / 2.0) * dt + SIGMA * sqrt(dt) * rng.normal(size=(steps, paths))
    share = start * np.exp(np.vstack([np.zeros(paths), np.cumsum(moved, axis=0)]))
    days = [between * (day + 1) for day in range(DAYS)]
    pays = [exp(-RATE * t * dt) * np.maximum(STRIKE - share[t], 0.0) for t in days]
    discounted = np.exp(-RATE * dt * np.arange(steps + 1))[:, None] * share
    fair = [
        FairStep(sum(day <= t for day in days[:-1]), share[t], discounted[t + 1] - discounted[t]) for t in range(steps)
    ]
    return pays, [share[t] for t in days[:-1]], fair


@pytest.mark.parametrize("start", [90.0, 100.0, 110.0])
def test_the_worth_of_a_put_lies_between_the_bounds_and_the_upper_one_is_near(start):
    found, exact = stopping(*put(start, 16_000)), worth_of_put(start)
    assert found.lower.mean <= exact + 3.0 * found.lower.se
    assert found.upper.mean >= exact - 3.0 * found.upper.se
    assert found.upper.mean - exact < 0.25 * (found.foresight.mean - exact)
    assert found.upper.se < found.foresight.se
    assert found.bound == "duality"


def test_finer_steps_bring_the_bound_nearer():
    far, near = (stopping(*put(100.0, 12_000, between=n)).upper.mean for n in (1, 6))
    assert worth_of_put(100.0) < near < far - 0.1


def coins(paths, seed):
    """Two coins, an instalment of 1 before each, and a prize of 9 after two heads, else 1: never worth more than 2."""
    rng = np.random.default_rng(seed)
    heads = rng.integers(0, 2, size=(2, paths)).astype(float)
    prize = np.where(heads.sum(axis=0) == 2.0, 9.0, 1.0)
    ended = [np.zeros(paths), np.full(paths, -1.0), prize - 2.0]
    # after tails the prize is 1 for 1: nothing is won; after heads (9 + 1) / 2 - 1 = 4, so 0.5 * 4 - 1 = 1 at first
    return ended, [np.zeros(paths), heads[0]], heads


def test_on_a_tree_whose_coins_are_all_seen_both_bounds_are_the_worth_itself():
    ended, seen, heads = coins(20_000, 3)
    nothing = np.zeros(20_000)
    fair = [FairStep(1, nothing, heads[0] - 0.5), FairStep(2, heads[0], heads[1] - 0.5)]
    found = stopping(ended, seen, fair)
    assert found.lower.mean == pytest.approx(1.0, abs=4.0 * found.lower.se)
    assert found.upper.mean == pytest.approx(1.0, abs=0.01)
    assert found.upper.se < 0.1 * found.foresight.se
    assert found.foresight.mean == pytest.approx(0.25 * 7.0, abs=0.1)


@pytest.mark.parametrize("seed", range(5))
def test_what_has_nothing_to_do_with_the_bet_gives_a_bound_all_the_same(seed):
    ended, seen, _ = coins(4_000, seed)
    noise = np.random.default_rng(100 + seed).normal(size=(2, 4_000))
    fair = [FairStep(1, noise[1], noise[0]), FairStep(2, noise[1] ** 2, noise[0])]
    found = stopping(ended, seen, fair)
    assert found.upper.mean >= 1.0 - 3.0 * found.upper.se
    assert found.upper.mean == pytest.approx(found.foresight.mean, abs=0.2)


def test_what_is_learnt_only_after_the_stop_is_taken_out_by_the_steps_that_follow():
    """One looks before anything is known; going on wins or loses with a coin that is flipped afterwards."""
    rng = np.random.default_rng(7)
    flip = rng.choice([-1.0, 1.0], size=20_000).astype(np.float64)
    ended, seen = [0.1 - 2.0 * flip, flip], [np.zeros(20_000)]
    found = stopping(ended, seen, [FairStep(1, np.zeros(20_000), flip)])
    assert found.foresight.mean > 1.0
    assert found.upper.mean == pytest.approx(0.1, abs=0.02)


def test_without_anything_fair_the_bound_is_that_of_foresight():
    ended, seen, _ = coins(4_000, 1)
    found = stopping(ended, seen)
    assert found.upper == found.foresight
    assert found.bound == "foresight"
