"""The right to stop, on bets whose best rule and worth are known."""

from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from tests.sampling import examples

from guanzi.advice.structuring import stopping

PATHS = 80_000


def call(spot, strike, sigma):
    up = (log(spot / strike) + sigma**2 / 2.0) / sigma
    return spot * norm.cdf(up) - strike * norm.cdf(up - sigma)


def two_stages(first, strike, sigma, rest, seed=1):
    """Pay ``first`` to look at a value, then ``strike`` or nothing to get it as it becomes."""
    rng = np.random.default_rng(seed)
    seen = np.exp(sigma * rng.normal(size=PATHS) - sigma**2 / 2.0)
    becomes = seen * np.exp(rest * rng.normal(size=PATHS) - rest**2 / 2.0)
    return [np.zeros(PATHS), np.full(PATHS, -first), becomes - first - strike], [np.zeros(PATHS), seen]


@pytest.mark.parametrize(("strike", "sigma"), [(1.0, 0.5), (1.2, 0.8), (0.7, 0.3)])
def test_a_bet_of_two_stages_is_worth_the_option_by_its_closed_form(strike, sigma):
    first = 0.02
    found = stopping(*two_stages(first, strike, sigma, rest=0.4))
    exact = call(1.0, strike, sigma) - first
    assert found.lower.mean == pytest.approx(exact, abs=4.0 * found.lower.se + 0.002)
    assert found.lower.mean <= exact + 3.0 * found.lower.se
    assert found.upper.mean >= exact - 3.0 * found.upper.se
    assert found.committed.mean == pytest.approx(1.0 - strike - first, abs=4.0 * found.committed.se)
    lower = norm.cdf((log(strike) + sigma**2 / 2.0) / sigma)
    assert found.stops == pytest.approx((0.0, lower), abs=0.03)


def test_a_look_that_costs_more_than_it_is_worth_is_not_taken():
    found = stopping(*two_stages(first=0.5, strike=1.0, sigma=0.5, rest=0.4))
    assert found.lower.mean == pytest.approx(0.0, abs=1e-9)
    assert found.stops[0] == 1.0


def test_on_a_tree_the_best_rule_is_found():
    """Two coins: after two heads the prize is 9, else 1; an instalment of 2 before each coin, the prize at the end."""
    rng = np.random.default_rng(3)
    coins = rng.integers(0, 2, size=(2, PATHS))
    prize = np.where(coins.sum(axis=0) == 2, 9.0, 1.0)
    found = stopping([np.zeros(PATHS), np.full(PATHS, -2.0), prize - 4.0], [np.zeros(PATHS), coins[0].astype(float)])
    # after tails going on is worth 1 - 2 < 0; after heads (9 + 1) / 2 - 2 = 3; so 0.5 * 3 - 2 < 0: never begin
    assert found.lower.mean == 0.0
    cheap = stopping([np.zeros(PATHS), np.full(PATHS, -1.0), prize - 3.0], [np.zeros(PATHS), coins[0].astype(float)])
    assert cheap.lower.mean == pytest.approx(0.5 * 3.0 - 1.0, abs=4.0 * cheap.lower.se)
    assert cheap.stops == pytest.approx((0.0, 0.5), abs=0.01)
    assert cheap.right == pytest.approx(cheap.lower.mean - cheap.committed.mean)


def test_who_sees_nothing_gains_nothing_by_the_right_to_stop():
    rng = np.random.default_rng(5)
    noise = rng.normal(size=PATHS)
    found = stopping([np.zeros(PATHS), noise + 0.1], [rng.normal(size=PATHS)])
    assert found.lower.mean == pytest.approx(0.1, abs=0.02)
    assert found.upper.mean > 0.4  # who sees the future does gain


@settings(max_examples=examples(25), deadline=None)
@given(st.integers(0, 10_000), st.floats(0.0, 1.5), st.floats(0.1, 1.0))
def test_no_rule_beats_who_sees_the_future(seed, strike, sigma):
    rng = np.random.default_rng(seed)
    seen = np.exp(sigma * rng.normal(size=4000))
    ended = [np.zeros(4000), seen * np.exp(0.3 * rng.normal(size=4000)) - strike]
    found = stopping(ended, [seen])
    assert found.lower.mean <= found.upper.mean
    assert found.upper.mean >= max(0.0, found.committed.mean)


def test_paths_of_different_number_are_refused():
    with pytest.raises(ValueError, match="same paths"):
        stopping([np.zeros(4), np.zeros(5)], [np.zeros(4)])


def test_the_error_of_the_bound_falls_with_the_root_of_the_paths():
    ended, seen = two_stages(0.02, 1.0, 0.5, 0.4)
    few = stopping([x[: PATHS // 16] for x in ended], [x[: PATHS // 16] for x in seen])
    assert few.lower.se / stopping(ended, seen).lower.se == pytest.approx(sqrt(16.0), rel=0.25)
