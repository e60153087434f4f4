"""Distributions told by quantiles: their probabilities, their mean, and where they come from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from tests.study.forecasting.drawn import distributions

from guanzi.study.forecasting import LEVELS, Quantiles, quantiles_of


@given(distributions(), st.floats(0.0, 1.0))
def test_a_quantile_is_reached_with_its_probability(q, level):
    x = q.at(level)
    assert q.below(x, strictly=True) <= np.clip(level, q.levels[0], q.levels[-1]) + 1e-9
    assert q.below(x) >= min(level, q.levels[-1]) - 1e-9


@given(distributions())
def test_all_of_it_lies_between_the_outermost_quantiles(q):
    assert q.below(q.values[-1]) == 1.0
    assert q.below(q.values[0], strictly=True) == 0.0
    assert q.cells.sum() == pytest.approx(1.0)


@given(distributions())
def test_the_mean_is_the_area_under_the_quantiles(q):
    p = np.concatenate([[0.0], q.levels, [1.0]])
    assert q.mean == pytest.approx(np.trapezoid(q.at(p), p), abs=1e-9)


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30))
def test_at_the_middles_the_quantiles_of_a_sample_are_the_sample(sample):
    levels = (np.arange(len(sample)) + 0.5) / len(sample)
    assert quantiles_of(np.array(sample), levels).values == pytest.approx(np.sort(sample))


@given(st.lists(st.integers(0, 3), min_size=2, max_size=12).filter(any))
def test_a_whole_weight_is_a_value_that_stands_there_several_times_up_to_the_rule_of_middles(weights):
    values = np.arange(len(weights), dtype=float)
    told = quantiles_of(values, LEVELS, np.array(weights, float)).values
    long = np.repeat(values, weights)
    assert np.all(told >= long[0])
    assert np.all(told <= long[-1])
    ends = np.searchsorted(np.cumsum(weights) / sum(weights), LEVELS)
    assert np.all(np.abs(told - ends) <= np.diff(np.flatnonzero(weights), prepend=0).max() + 1e-9)


def test_quantiles_of_a_large_normal_sample_are_those_of_the_law():
    sample = np.random.default_rng(1).standard_normal(400_000)
    assert quantiles_of(sample).values == pytest.approx(norm.ppf(LEVELS), abs=0.02)


@pytest.mark.parametrize(
    ("levels", "values"),
    [([], []), ([0.5], [1.0, 2.0]), ([0.0, 0.5], [1.0, 2.0]), ([0.5, 0.5], [1.0, 2.0]), ([0.2, 0.8], [2.0, 1.0]),
     ([0.5], [np.nan])],
)  # fmt: skip
def test_what_is_no_distribution_is_refused(levels, values):
    with pytest.raises(ValueError, match=r"levels|quantiles"):
        Quantiles(np.array(levels, float), np.array(values, float))
