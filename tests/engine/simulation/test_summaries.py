"""Histograms whose quantiles and tail means agree with the sorted sample."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.engine.machine.histogram import HISTOGRAM_BINS
from guanzi.engine.machine.interpreter import histogram_bin
from guanzi.engine.simulation.summaries import OutputTables, bin_bounds, bins_of, quantile, quantiles


def histogram(x):
    return np.bincount(bins_of(np.asarray(x, float)), minlength=HISTOGRAM_BINS)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_lies_in_its_bin(x):
    index = int(bins_of(np.array([x]))[0])
    assert index == histogram_bin(x)
    low, high = bin_bounds(index)
    if 1e-3 < abs(x) < 1e9:
        assert low <= x <= high


@pytest.mark.parametrize("q", [0.05, 0.25, 0.5, 0.75, 0.95])
def test_quantiles_agree_with_the_sorted_sample(q):
    x = np.random.default_rng(3).normal(100.0, 4000.0, 50_000)
    assert quantile(histogram(x), q) == pytest.approx(np.quantile(x, q), rel=0.005, abs=5.0)


def tables(x, leaves=1):
    total = OutputTables(("x",))
    for part in np.array_split(np.asarray(x, float), leaves):
        buffer = np.full((3, len(part) + 5), 1e9)
        buffer[1, : len(part)] = part
        total.add_sums(total.add(buffer, np.array([1]), len(part)))
    return total


def summary(x, leaves=1):
    return tables(x, leaves).summary("x")


def test_several_quantiles_are_those_one_by_one():
    counts = histogram(np.random.default_rng(5).normal(0.0, 3.0, 1000))
    assert quantiles(counts, (0.1, 0.9)) == (quantile(counts, 0.1), quantile(counts, 0.9))
    assert np.isnan(quantiles(np.zeros(5, int), (0.5,))[0])


def test_tail_means_agree_with_the_sorted_sample():
    x = np.random.default_rng(4).normal(0.0, 1000.0, 50_000)
    found, ordered = summary(x, leaves=13), np.sort(x)
    assert found.worst == pytest.approx(ordered[:2500].mean(), rel=0.003)
    assert found.best == pytest.approx(ordered[-2500:].mean(), rel=0.003)


@given(st.lists(st.sampled_from([0.0, 4285.714285714286, 7000.0, -6008.0, 0.085]), min_size=1, max_size=40))
def test_sums_that_a_contract_fixes_are_said_exactly(values):
    found = summary(values, leaves=3)
    assert found.p50 in values
    assert found.p95 in values


def test_a_point_mass_is_its_own_quantile_within_a_bin():
    x = np.full(1000, 5000.0)
    assert quantile(histogram(x), 0.5) == pytest.approx(5000.0, rel=0.004)
    assert quantile(histogram(np.zeros(10)), 0.5) == 0.0


@given(st.lists(st.floats(-1e6, 1e6) | st.just(np.nan) | st.just(0.0), min_size=2, max_size=60), st.integers(1, 9))
def test_leaves_merge_to_the_whole(values, leaves):
    x = np.array(values)
    whole, parts = tables(x), tables(x, leaves)
    held = x[~np.isnan(x)]
    assert (whole.counts("x") == parts.counts("x")).all()
    assert (whole.counts("x") == histogram(held)).all()
    assert parts.summary("x").n == len(held)
    assert parts.summary("x").below_zero == int((held < 0).sum())
    if len(held):
        assert parts.summary("x").mean == pytest.approx(held.mean(), abs=1e-6)
        cancelled = 3e-8 * np.abs(held).max()  # from sums of squares: half of the digits of the largest value
        assert whole.summary("x").se == pytest.approx(held.std() / np.sqrt(len(held)), rel=1e-6, abs=cancelled)
        assert held.min() <= whole.summary("x").p5 <= whole.summary("x").p95 <= held.max()
    else:
        assert np.isnan(whole.summary("x").mean)
        assert np.isnan(whole.summary("x").worst)


def test_all_counts_but_values_that_are_none_are_in_the_bins():
    x = np.array([np.nan, 0.0, -0.0, 1e-9, 5.0, -5.0] * 7)
    assert tables(x).counts("x").sum() == 35
    assert tables(x).counts("x")[HISTOGRAM_BINS // 2] == 21


@given(st.lists(st.floats(-1e6, 1e6) | st.just(np.nan) | st.just(0.0), min_size=2, max_size=60), st.integers(0, 59))
def test_tables_of_threads_merge_to_the_whole(values, cut):
    x = np.array(values)
    whole, one, other = tables(x), tables(x[:cut]), tables(x[cut:])
    one.add_held(other.held())
    one.add_sums(other._sums)
    a, b = whole.summary("x"), one.summary("x")
    assert (whole.counts("x") == one.counts("x")).all()
    assert (repr(a.p5), repr(a.p50), repr(a.worst), a.n, a.below_zero) == (
        repr(b.p5),
        repr(b.p50),
        repr(b.worst),
        b.n,
        b.below_zero,
    )
