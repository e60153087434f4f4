"""Pools against closed forms, and what holds of every pool."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from tests.study.forecasting.drawn import distributions, weights

from guanzi.study.forecasting import (
    LEVELS,
    Quantiles,
    linear_pool,
    linear_probability,
    log_odds_probability,
    quantile_pool,
)
from guanzi.study.forecasting.scores import crps_of_quantiles

FINE = (np.arange(2000) + 0.5) / 2000
probabilities = st.lists(st.floats(0.001, 0.999), min_size=2, max_size=6)


def normal(mean, deviation, levels=FINE):
    return Quantiles(levels, mean + deviation * norm.ppf(levels))


def test_the_quantile_pool_of_normals_is_the_normal_of_mean_location_and_mean_width():
    """Lichtendahl, Grushka-Cockayne and Winkler 2013, section 3."""
    pool = quantile_pool([normal(0.0, 1.0), normal(4.0, 3.0)], [0.25, 0.75], FINE)
    assert pool.values == pytest.approx(normal(3.0, 2.5).values, abs=1e-9)


def test_the_linear_pool_of_normals_is_their_mixture():
    pool = linear_pool([normal(0.0, 1.0), normal(4.0, 3.0)], [0.25, 0.75], LEVELS)
    mixture = 0.25 * norm.cdf(pool.values) + 0.75 * norm.cdf(pool.values, 4.0, 3.0)
    assert mixture == pytest.approx(LEVELS, abs=1e-3)


def test_where_members_disagree_the_linear_pool_is_wider_than_the_quantile_pool_of_the_same_mean():
    members = [normal(-2.0, 1.0), normal(2.0, 1.0)]
    linear, vincent = linear_pool(members, None, FINE), quantile_pool(members, None, FINE)
    assert linear.mean == pytest.approx(vincent.mean, abs=1e-2)
    assert np.ptp(linear.at([0.05, 0.95])) > 1.5 * np.ptp(vincent.at([0.05, 0.95]))


@given(distributions(), st.lists(st.floats(0.1, 1.0), min_size=1, max_size=4))
def test_members_that_agree_are_the_pool(q, w):
    for pool in (linear_pool, quantile_pool):
        assert pool([q] * len(w), w, q.levels).values == pytest.approx(q.values, abs=1e-6)


@given(st.lists(distributions(), min_size=2, max_size=4), st.data())
def test_a_pool_lies_between_its_members_and_one_with_all_the_weight_is_it(members, data):
    w = data.draw(weights(len(members)))
    told = np.array([m.at(LEVELS) for m in members])
    for pool in (linear_pool, quantile_pool):
        found = pool(members, w).values
        assert np.all(found >= told.min() - 1e-9)
        assert np.all(found <= told.max() + 1e-9)
        assert pool(members, np.eye(len(members))[0], members[0].levels).values == pytest.approx(
            members[0].values, abs=1e-6
        )


@given(st.lists(distributions(), min_size=2, max_size=4), st.data())
def test_the_linear_pool_has_the_mixed_probability_of_every_value(members, data):
    w = np.array(data.draw(weights(len(members))))
    pool = linear_pool(members, w, FINE)
    for level, x in zip(FINE[::97], pool.values[::97], strict=True):
        upto = sum(a * m.below(x + 1e-7) for a, m in zip(w / w.sum(), members, strict=True))
        under = sum(a * m.below(x - 1e-7, strictly=True) for a, m in zip(w / w.sum(), members, strict=True))
        assert under - 1e-5 <= level <= upto + 1e-5


@given(st.lists(distributions(), min_size=2, max_size=4), st.data(), st.floats(-60.0, 60.0))
def test_no_pool_scores_worse_than_its_members_do_on_average(members, data, y):
    """The CRPS is convex: whoever does not know which member to believe loses nothing by pooling."""
    w = np.array(data.draw(weights(len(members))))
    told = [Quantiles(FINE, m.at(FINE)) for m in members]
    mean = float(np.average([crps_of_quantiles(m, y) for m in told], weights=w))
    for pool in (linear_pool, quantile_pool):
        assert crps_of_quantiles(pool(told, w, FINE), y) <= mean + 0.1


@given(probabilities, st.data())
def test_a_pool_of_probabilities_lies_between_them(p, data):
    w = data.draw(weights(len(p)))
    for pool in (linear_probability, log_odds_probability):
        assert min(p) - 1e-12 <= float(pool(p, w)) <= max(p) + 1e-12


@given(st.floats(0.001, 0.999), st.floats(1.0, 3.0))
def test_sharpness_moves_a_pool_away_from_a_half(p, sharpness):
    found = float(log_odds_probability([p, p], None, sharpness))
    assert abs(found - 0.5) >= abs(p - 0.5) - 1e-12
    assert (found >= 0.5) == (p >= 0.5) or abs(p - 0.5) < 1e-9


def test_log_odds_of_a_half_and_a_tenth_meet_at_a_quarter():
    """Odds of 1 and 1/9: their geometric mean is 1/3."""
    assert float(log_odds_probability([0.5, 0.1])) == pytest.approx(0.25)
    assert log_odds_probability([[0.5, 0.1], [0.1, 0.5]]) == pytest.approx([0.25, 0.25])


@pytest.mark.parametrize("bad", [[], [1.0], [1.0, -0.1], [0.0, 0.0], [np.nan, 1.0]])
def test_a_pool_without_sound_weights_is_refused(bad):
    with pytest.raises(ValueError, match="weight"):
        linear_probability([0.1, 0.2], bad)
    with pytest.raises(ValueError, match="weight"):
        quantile_pool([], None)
