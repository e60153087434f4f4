from math import exp, isclose, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import minimize_scalar

from guanzi.study.diligence import Trend, log_linear_trend
from guanzi.study.diligence.trend import linear_trend


def found(trend: Trend | None) -> Trend:
    """The trend, which must be there."""
    assert trend is not None
    return trend


values = st.lists(st.floats(1.0, 1e6), min_size=3, max_size=24)


@given(values)
def test_slope_and_standard_error_are_those_of_least_squares(ys):
    trend = found(linear_trend(ys))
    (slope, _), covariance = np.polyfit(np.arange(len(ys)), ys, 1, cov="unscaled")
    rest = np.asarray(ys) - np.polyval(np.polyfit(np.arange(len(ys)), ys, 1), np.arange(len(ys)))
    error = np.sqrt(covariance[0, 0] * np.sum(rest**2) / (len(ys) - 2))
    assert isclose(trend.slope, slope, rel_tol=1e-6, abs_tol=1e-6 * max(ys))
    assert isclose(trend.standard_error, error, rel_tol=1e-5, abs_tol=1e-6 * max(ys))


@given(st.floats(-0.5, 1.0), st.integers(3, 12))
def test_steady_growth_is_found_exactly_and_without_error(growth, n):
    trend = found(log_linear_trend([1000 * (1 + growth) ** i for i in range(n)]))
    assert isclose(trend.growth, growth, abs_tol=1e-9)
    assert trend.standard_error < 1e-9


@given(values)
def test_growth_lies_within_its_interval(ys):
    trend = found(log_linear_trend(ys))
    low, high = trend.interval
    assert low <= trend.growth <= high


def test_the_interval_is_that_of_students_t():
    stats = pytest.importorskip("scipy.stats")
    ys = [3989, 3553, 4799, 8224]
    fit = stats.linregress(range(4), [log(y) for y in ys])
    half = stats.t.ppf(0.95, 2) * fit.stderr
    low, high = found(log_linear_trend(ys)).interval
    assert isclose(low, exp(fit.slope - half) - 1, rel_tol=1e-3)
    assert isclose(high, exp(fit.slope + half) - 1, rel_tol=1e-3)


@pytest.mark.parametrize("ys", [[], [1.0], [1.0, 2.0], [1.0, 0.0, 2.0], [1.0, -2.0, 3.0]])
def test_too_few_values_or_none_sold_give_no_trend(ys):
    assert log_linear_trend(ys) is None


@given(st.lists(st.floats(-1.0, 1.0), min_size=2, max_size=7), st.floats(-3.0, 3.0), st.floats(0.0, 3.0))
def test_a_better_last_value_makes_no_rise_less_certain_and_a_worse_one_no_fall(before, last, more):
    """Student's t alone widens on both sides with a last value that is out of line."""
    (low, high), (lower, higher) = (found(linear_trend([*before, y])).slope_interval for y in (last, last + more))
    assert not low > 1e-9 > lower
    assert not higher < -1e-9 < high


def test_a_fall_that_grows_deeper_stays_certain():
    assert found(linear_trend([0.037, -0.072, -0.391])).slope_interval[1] == pytest.approx(-0.109)
    assert found(linear_trend([0.4, 0.3, 0.21, -0.9])).slope_interval[1] < 0.0
    assert found(linear_trend([0.3, 0.4, 0.21, -0.9])).slope_interval[1] > 0.0


@given(st.lists(st.floats(-1.0, 1.0), min_size=3, max_size=3), st.floats(-3.0, 3.0), st.floats(0.0, 3.0))
def test_so_it_is_where_a_quarter_is_missing(before, last, more):
    (low, high), (lower, higher) = (
        found(linear_trend([*before, y], (4, 5, 7, 8))).slope_interval for y in (last, last + more)
    )
    assert not low > 1e-9 > lower
    assert not higher < -1e-9 < high


@pytest.mark.parametrize("before", [[9.0, 8.0, 7.2, 6.0], [4.0, 4.9, 6.1, 7.0, 7.8], [5.0, 4.0, 3.1]])
def test_what_is_certain_is_the_end_of_the_interval_where_the_trend_is_most_certain(before):
    at = np.arange(len(before) + 1)
    free = len(before) - 1

    def fitted(last):
        fit = stats.linregress(at, [*before, last])
        return fit.slope, fit.stderr

    def doubt(last):
        slope, error = fitted(last)
        return -abs(slope) / error

    falls = before[-1] < before[0]
    ends = sorted((before[-1] + (1.0 if falls else -1.0), before[-1] + (-9.0 if falls else 9.0)))
    slope, error = fitted(minimize_scalar(doubt, bounds=ends, method="bounded", options={"xatol": 1e-9}).x)
    half = stats.t.ppf(0.95, free) * error
    trend = linear_trend([*before, before[-1] + (-9.0 if falls else 9.0)])
    assert trend.certain == pytest.approx(slope + (half if falls else -half), abs=3e-4)
