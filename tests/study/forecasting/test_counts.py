"""Counts of failures against their probabilities."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from guanzi.study.forecasting import count
from guanzi.study.forecasting.counts import poisson_binomial

probabilities = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12)


@given(st.integers(1, 60), st.floats(0.01, 0.99))
def test_with_one_probability_for_all_it_is_the_binomial_law(n, p):
    assert poisson_binomial([p] * n) == pytest.approx(binom.pmf(np.arange(n + 1), n, p), abs=1e-12)


@given(probabilities)
def test_the_law_has_the_mean_and_the_variance_of_independent_events(p):
    law, k = poisson_binomial(p), np.arange(len(p) + 1)
    assert law.sum() == pytest.approx(1.0)
    assert law @ k == pytest.approx(sum(p))
    assert law @ k**2 - (law @ k) ** 2 == pytest.approx(sum(x * (1 - x) for x in p), abs=1e-9)


@given(probabilities, st.integers(0, 1000))
def test_the_range_holds_nine_of_ten_counts(p, seed):
    found = count(p, np.random.default_rng(seed).uniform(size=len(p)) < p)
    assert poisson_binomial(p)[found.low : found.high + 1].sum() >= 0.9 - 1e-9
    assert found.low <= found.expected + 1.0
    assert found.high >= found.expected - 1.0


def test_twice_as_many_failures_as_foreseen_are_no_chance_and_the_foreseen_are():
    p = np.full(100, 0.2)
    came = np.zeros(100)
    came[:20] = 1.0
    assert count(p, came).chance > 0.9
    came[:40] = 1.0
    found = count(p, came)
    assert found.chance < 1e-4
    assert found.observed > found.high
