"""Scores against closed forms and definitions."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from tests.study.forecasting.drawn import distributions

from guanzi.study.forecasting import (
    LEVELS,
    Quantiles,
    crps,
    crps_of_quantiles,
    in_band,
    in_band_of_quantiles,
    pinball,
    quantiles_of,
)

values = st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30)


def test_the_score_of_a_standard_normal_is_the_published_closed_form():
    """Gneiting and Raftery 2007, eq. 5."""
    sample = np.random.default_rng(1).standard_normal(400_000)
    for y in (-1.5, 0.0, 2.0):
        density, below = math.exp(-y * y / 2) / math.sqrt(2 * math.pi), 0.5 * (1 + math.erf(y / math.sqrt(2)))
        expected = y * (2 * below - 1) + 2 * density - 1 / math.sqrt(math.pi)
        assert crps(sample, y) == pytest.approx(expected, abs=0.005)


@given(values, st.floats(-1e3, 1e3))
def test_the_score_is_the_definition_by_pairs_and_never_negative(sample, y):
    x = np.array(sample)
    pairs = np.abs(x[:, None] - x[None, :]).mean() / 2
    assert crps(x, y) == pytest.approx(np.abs(x - y).mean() - pairs, abs=1e-9)
    assert crps(x, y) >= -1e-9


@given(values, st.floats(-1e3, 1e3))
def test_a_wider_band_holds_what_a_narrower_one_holds(sample, y):
    x = np.array(sample)
    assert in_band(x, y, 0.9) or not in_band(x, y, 0.5)


@given(values, st.floats(-1e3, 1e3))
def test_twice_the_mean_pinball_loss_is_the_score_of_the_sample(sample, y):
    """Laio and Tamea 2007: exact where the levels are the middles of the sample's places."""
    x = np.array(sample)
    levels = (np.arange(len(x)) + 0.5) / len(x)
    assert crps_of_quantiles(quantiles_of(x, levels), y) == pytest.approx(crps(x, y), abs=1e-9)


@pytest.mark.parametrize("y", [-1.5, 0.0, 2.0])
def test_the_score_of_normal_quantiles_is_near_the_published_closed_form(y):
    expected = y * (2 * norm.cdf(y) - 1) + 2 * norm.pdf(y) - 1 / math.sqrt(math.pi)
    assert crps_of_quantiles(Quantiles(LEVELS, norm.ppf(LEVELS)), y) == pytest.approx(expected, abs=0.005)


@given(distributions(), st.floats(-60.0, 60.0))
def test_no_quantile_scores_below_nothing_and_a_certain_one_scores_its_distance(q, y):
    assert np.all(pinball(q, y) >= 0.0)
    assert crps_of_quantiles(Quantiles(np.array([0.5]), np.array([3.0])), y) == pytest.approx(abs(y - 3.0))


def test_the_truth_scores_better_than_any_other_normal():
    """Strictly proper: over draws of the truth, its own quantiles have the least mean score."""
    truth = norm.ppf((np.arange(400) + 0.5) / 400)
    laws = {(m, s): Quantiles(LEVELS, m + s * norm.ppf(LEVELS)) for m in (-0.5, 0.0, 0.5) for s in (0.5, 1.0, 2.0)}
    means = {law: np.mean([crps_of_quantiles(q, y) for y in truth]) for law, q in laws.items()}
    assert min(means, key=lambda law: means[law]) == (0.0, 1.0)


def test_central_bands_of_the_truth_cover_their_share():
    law = Quantiles(LEVELS, norm.ppf(LEVELS))
    truth = norm.ppf((np.arange(1000) + 0.5) / 1000)
    for share in (0.5, 0.9):
        assert np.mean([in_band_of_quantiles(law, y, share) for y in truth]) == pytest.approx(share, abs=0.005)
