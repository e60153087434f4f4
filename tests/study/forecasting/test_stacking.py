"""Weights of a pool: found where closed forms say, learnt on others only, drawn to equal ones as stated."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from tests.sampling import examples
from tests.study.forecasting.drawn import distributions, weights

from guanzi.study.forecasting import (
    LEVELS,
    LinearLosses,
    LogOddsLosses,
    QuantileLosses,
    Quantiles,
    crps_of_quantiles,
    linear_pool,
    log_odds_probability,
    log_score,
    quantile_pool,
    stack,
)
from guanzi.study.forecasting.simplex import least_on_simplex

COMPANIES = [f"c{i}" for i in range(60)]
RNG = np.random.default_rng(7)
TRUTH = RNG.normal(size=60)


def normal(mean, deviation):
    return Quantiles(LEVELS, mean + deviation * norm.ppf(LEVELS))


@settings(max_examples=examples(25))
@given(st.lists(st.floats(-3.0, 3.0), min_size=2, max_size=5))
def test_the_nearest_weights_to_a_point_are_its_projection_on_the_simplex(point):
    """Closed form: Duchi, Shalev-Shwartz, Singer and Chandra, ICML 2008."""
    y = np.array(point)
    u = np.sort(y)[::-1]
    k = np.flatnonzero(u - (np.cumsum(u) - 1.0) / (np.arange(len(u)) + 1.0) > 0.0)[-1]
    expected = np.maximum(y - (np.cumsum(u)[k] - 1.0) / (k + 1.0), 0.0)
    found = least_on_simplex(lambda w: (float((w - y) @ (w - y)), 2.0 * (w - y)), len(y))
    assert found.weights == pytest.approx(expected, abs=5e-3)
    assert found.gap < 1e-5


@settings(max_examples=examples(25))
@given(st.lists(st.floats(-5.0, 5.0), min_size=2, max_size=6))
def test_the_least_of_a_line_is_a_corner(slopes):
    c = np.array(slopes)
    assert least_on_simplex(lambda w: (float(c @ w), c), len(c)).value == pytest.approx(c.min(), abs=1e-6)


@given(st.lists(distributions(), min_size=2, max_size=4), st.data(), st.integers(-60, 60))
def test_the_score_of_a_linear_pool_is_the_quadratic_form_of_its_members(members, data, y):
    w = np.array(data.draw(weights(len(members))))
    w = w / w.sum()
    fine = (np.arange(4000) + 0.5) / 4000
    scores, _ = LinearLosses.of_distributions([members], [float(y)]).at(w)
    assert scores[0] == pytest.approx(crps_of_quantiles(linear_pool(members, w, fine), float(y)), abs=0.05)


@given(st.lists(distributions(), min_size=2, max_size=3), st.data(), st.integers(-60, 60))
def test_the_scores_of_other_pools_are_those_of_their_pooled_forecasts(members, data, y):
    w = np.array(data.draw(weights(len(members))))
    w = w / w.sum()
    scores, _ = QuantileLosses([members], [float(y)], [2.0]).at(w)
    assert scores[0] == pytest.approx(crps_of_quantiles(quantile_pool(members, w), float(y)) / 2.0, abs=1e-9)
    p = np.array([[m.below(0.0) * 0.9 + 0.05 for m in members]])
    outcome = np.array([float(y > 0)])
    logs, _ = LogOddsLosses(p, outcome, 1.5).at(w)
    assert logs[0] == pytest.approx(log_score_of(log_odds_probability(p[0], w, 1.5), outcome[0]), abs=1e-9)


def log_score_of(p, y):
    """Without the clip at one in a hundred."""
    return float(-np.log(p if y else 1.0 - p))


def all_losses():
    members = [[normal(0.3, 1.0), normal(-1.0, 2.0), normal(0.0, 0.4)] for _ in COMPANIES]
    p = RNG.uniform(0.1, 0.9, (60, 3))
    y = (RNG.uniform(size=60) < p[:, 0]).astype(float)
    return [
        LinearLosses.of_distributions(members, TRUTH),
        QuantileLosses(members, TRUTH),
        LogOddsLosses(p, y),
    ]


@pytest.mark.parametrize("losses", all_losses(), ids=["linear", "quantile", "log-odds"])
def test_slopes_are_those_of_the_scores(losses):
    w, step = np.array([0.2, 0.5, 0.3]), 1e-6
    _, slopes = losses.at(w)
    for k in range(3):
        up, down = (losses.at(w + sign * step * np.eye(3)[k])[0] for sign in (1.0, -1.0))
        assert (up - down) / (2 * step) == pytest.approx(slopes[:, k], abs=1e-3)


@pytest.mark.parametrize("losses", all_losses(), ids=["linear", "quantile", "log-odds"])
def test_a_pool_with_learnt_weights_is_no_worse_than_its_best_member_but_by_chance(losses):
    found = stack(losses, COMPANIES)
    assert found.weights.sum() == pytest.approx(1.0)
    assert found.gap < 1e-4
    assert found.excess.low < 0.02
    assert found.pooled.value <= np.mean([m.value for m in found.members])
    assert found.excess.value == pytest.approx(found.pooled.value - found.members[found.best].value)


def test_a_member_that_knows_gets_the_weight_as_companies_outnumber_the_prior():
    members = [[normal(0.0, 1.0), normal(float(y), 0.1)] for y in TRUTH]
    losses = LinearLosses.of_distributions(members, TRUTH)
    for prior, expected in ((0.0, 1.0), (60.0, 0.75), (1e9, 0.5)):
        assert stack(losses, COMPANIES, prior).weights[1] == pytest.approx(expected, abs=0.01)


def test_the_weights_of_a_company_never_saw_it():
    """What came of a company can be anything: its own weights stay, those of all others move."""
    members = [[normal(0.0, 1.0), normal(1.0, 1.0)] for _ in COMPANIES]
    truth = TRUTH + 0.5
    other = truth.copy()
    other[5] = 40.0
    before, after = (stack(LinearLosses.of_distributions(members, y), COMPANIES, 5.0) for y in (truth, other))
    assert after.left_out["c5"] == pytest.approx(before.left_out["c5"], abs=1e-9)
    assert after.left_out["c6"] != pytest.approx(before.left_out["c6"], abs=1e-3)


def test_figures_of_one_company_leave_together():
    members = [[normal(0.0, 1.0), normal(1.0, 1.0)]] * 6
    found = stack(LinearLosses.of_distributions(members, TRUTH[:6]), ["a", "a", "b", "b", "c", "c"])
    assert list(found.left_out) == ["a", "b", "c"]


def test_a_single_company_teaches_nothing():
    members = [[normal(0.0, 1.0), normal(1.0, 1.0)]]
    assert stack(LinearLosses.of_distributions(members, [0.0]), ["a"]).left_out["a"].tolist() == [0.5, 0.5]


def test_a_pool_of_probabilities_with_one_weight_scores_as_its_member():
    p, y = np.array([[0.2, 0.7], [0.9, 0.4]]), np.array([0.0, 1.0])
    assert LogOddsLosses(p, y).at(np.array([1.0, 0.0]))[0].mean() == pytest.approx(log_score(p[:, 0], y))
