"""Paths weighed by what was reported: as exact filters say, calibrated where the truth is drawn, refused where thin."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.study.forecasting import Actual, condition, quantiles_of

STEPS, PATHS = 8, 20_000


def walk(seed=1, paths=PATHS, drift=0.05, scatter=0.2):
    """A random walk of the logarithm from 100."""
    steps = np.random.default_rng(seed).normal(drift, scatter, (STEPS, paths))
    return {"units": 100.0 * np.exp(np.cumsum(steps, axis=0))}


def test_after_a_figure_the_walk_goes_on_from_it():
    """The walk is Markov: after 150 in step 2 the logarithm in step 5 is normal about log 150 + 3 · drift."""
    found = condition(walk(paths=200_000), [Actual("units", 2, 150.0)])
    low, middle, high = quantiles_of(
        np.log(walk(paths=200_000)["units"][5]), np.array([0.05, 0.5, 0.95]), found.weights
    ).values
    spread = 0.2 * np.sqrt(3)
    assert middle == pytest.approx(np.log(150.0) + 0.15, abs=0.02)
    assert (low, high) == pytest.approx((middle - 1.645 * spread, middle + 1.645 * spread), abs=0.03)


def test_bands_hold_what_they_promise_when_the_truth_is_one_of_the_model():
    """Simulation-based calibration: 200 truths of the same walk, each forecast two steps after three reports."""
    paths, truths = walk(seed=2, paths=10_000), walk(seed=3, paths=200)["units"]
    within_90 = within_50 = used = 0
    for k in range(200):
        reports = [Actual("units", t, float(truths[t, k])) for t in range(3)]
        found = condition(paths, reports)
        if found.refused is not None:
            continue
        used += 1
        a, b, c, d = quantiles_of(paths["units"][4], np.array([0.05, 0.25, 0.75, 0.95]), found.weights).values
        within_90 += a <= truths[4, k] <= d
        within_50 += b <= truths[4, k] <= c
    assert used > 180
    assert 0.85 <= within_90 / used <= 0.95
    assert 0.42 <= within_50 / used <= 0.58


def test_learning_makes_the_forecast_better_than_the_one_of_the_start():
    paths, truths = walk(seed=2), walk(seed=5, paths=60)["units"]
    errors = {"start": [], "learnt": []}
    for k in range(60):
        found = condition(paths, [Actual("units", 3, float(truths[3, k]))])
        for name, weights in (("start", np.full(PATHS, 1 / PATHS)), ("learnt", found.weights)):
            middle = quantiles_of(np.log(paths["units"][4]), np.array([0.5]), weights).values[0]
            errors[name].append(abs(middle - np.log(truths[4, k])))
    assert np.mean(errors["learnt"]) < 0.7 * np.mean(errors["start"])


def test_a_figure_that_no_path_comes_near_is_refused_and_the_forecast_of_the_start_stands():
    reports = [Actual("units", 0, 105.0), Actual("units", 1, 5_000.0), Actual("units", 2, 6_000.0)]
    found = condition(walk(), reports)
    assert found.refused is not None
    assert found.refused.id == "forecasting.conditioning.thin"
    assert found.effective < 500
    assert np.all(found.weights == found.weights[0])
    assert [s.actual.value for s in found.surprises] == [105.0, 5_000.0, 6_000.0]
    assert found.surprises[1].chance < 0.001


def test_a_company_that_comes_back_among_the_paths_is_followed_again():
    reports = [Actual("units", 0, 105.0), Actual("units", 1, 5_000.0), Actual("units", 2, 120.0)]
    assert condition(walk(), reports).refused is None


def test_growth_tells_fast_companies_from_slow_ones_of_the_same_size():
    """Two kinds of company, one that grows and one that shrinks: only growth on the year before tells them apart."""
    rng = np.random.default_rng(4)
    kind = rng.random(200_000) < 0.5
    rates = np.where(kind, 0.3, -0.3) + rng.normal(0.0, 0.05, (STEPS, 200_000))
    start = rng.normal(0.0, 4.0, 200_000)
    paths = {"units": 100.0 * np.exp(start + np.cumsum(rates, axis=0))}
    grown = condition(paths, [Actual("units", 1, 100.0), Actual("units", 5, 100.0 * np.exp(1.2))])
    size_alone = condition(paths, [Actual("units", 5, 100.0 * np.exp(1.2))])
    assert grown.weights[kind].sum() > 0.99
    assert size_alone.weights[kind].sum() < 0.9


def test_a_company_that_reports_nothing_sold_agrees_with_paths_that_sell_nothing():
    paths = walk()
    paths["units"][:, :1_000] = 0.0
    found = condition(paths, [Actual("units", 1, 0.0)])
    assert found.weights[:1_000].sum() == pytest.approx(1.0)


def test_a_company_that_reports_sales_is_none_of_the_paths_on_which_it_failed():
    paths = walk()
    paths["units"][:, : PATHS // 2] = 0.0
    found = condition(paths, [Actual("units", 1, 110.0)])
    assert found.weights[: PATHS // 2].sum() == 0.0
    assert found.weights.sum() == pytest.approx(1.0)


def test_without_reports_the_weights_are_those_of_before():
    prior = np.random.default_rng(1).random(PATHS)
    found = condition(walk(), [], prior)
    assert found.weights == pytest.approx(prior / prior.sum())
    assert (found.used, found.refused, found.surprises) == ((), None, ())


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(60.0, 200.0)), min_size=1, max_size=4, unique_by=lambda x: x[0]))
def test_the_order_in_which_figures_are_given_does_not_matter(reports):
    actuals = [Actual("units", t, v) for t, v in reports]
    one, other = (condition(walk(paths=2_000), x, least=20) for x in (actuals, actuals[::-1]))
    assert np.array_equal(one.weights, other.weights)


@given(st.integers(1, 4), st.floats(1.0, 1e4))
def test_a_later_figure_changes_no_earlier_surprise(step, value):
    first = [Actual("units", 0, 104.0)]
    more = condition(walk(paths=2_000), [*first, Actual("units", step, value)], least=20)
    assert more.surprises[0] == condition(walk(paths=2_000), first, least=20).surprises[0]


def test_surprise_tells_where_the_figure_lay():
    found = condition(walk(), [Actual("units", 0, 105.127)])
    (told,) = found.surprises
    assert told.below == pytest.approx(0.5, abs=0.02)
    assert told.low < told.lower < told.middle < told.upper < told.high
