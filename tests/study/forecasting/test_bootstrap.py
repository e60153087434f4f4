"""Measures against definitions and known tables."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from guanzi.study.forecasting import (
    auc,
    brier,
    calibration,
    estimate,
    estimate_mean,
    estimate_skill,
    log_score,
    permutation_p,
)

probabilities = st.lists(st.floats(0.02, 0.98), min_size=4, max_size=40)


@given(probabilities, st.data())
def test_with_whole_outcomes_they_are_the_textbook_scores(p, data):
    y = data.draw(st.lists(st.sampled_from([0.0, 1.0]), min_size=len(p), max_size=len(p)))
    p, y = np.array(p), np.array([*y[:-2], 0.0, 1.0])
    assert brier(p, y) == pytest.approx(brier_score_loss(y, p))
    assert log_score(p, y) == pytest.approx(log_loss(y, p))
    assert auc(p, y) == pytest.approx(roc_auc_score(y, p))


def test_a_partial_success_counts_as_half_of_either():
    p = np.array([0.9, 0.5, 0.1])
    doubled = auc(np.repeat(p, 2), np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0]))
    weights = auc(p, np.array([1.0, 0.5, 0.0]))
    assert weights == 1.0
    assert doubled < 1.0


def test_an_interval_holds_the_value_and_more_cities_narrow_it():
    rng = np.random.default_rng(1)
    y = (rng.random(200) < 0.4).astype(float)
    p = np.clip(0.4 + 0.3 * (y - 0.4) + rng.normal(0, 0.1, 200), 0.01, 0.99)
    few = estimate(brier, p[:20], y[:20], [f"c{i // 4}" for i in range(20)])
    many = estimate(brier, p, y, [f"c{i}" for i in range(200)])
    assert many.low < many.value < many.high
    assert many.high - many.low < few.high - few.low


def test_a_forecast_of_chance_is_not_told_from_a_shuffled_one_and_a_good_one_is():
    rng = np.random.default_rng(2)
    y = (rng.random(40) < 0.5).astype(float)
    assert permutation_p(brier, rng.random(40), y, smaller_is_better=True) > 0.05
    assert permutation_p(brier, 0.2 + 0.6 * y, y, smaller_is_better=True) < 0.001
    assert permutation_p(auc, 0.2 + 0.6 * y, y, smaller_is_better=False) < 0.001


def test_every_bet_lies_in_one_bin():
    p = np.array([0.0, 0.25, 0.5, 0.74, 1.0])
    bins = calibration(p, np.array([0.0, 1.0, 0.0, 1.0, 1.0]))
    assert sum(b.n for b in bins) == 5
    assert sum(b.successes for b in bins) == 3.0


def test_without_bets_nothing_is_claimed():
    nothing = estimate(auc, np.array([]), np.array([]), [])
    assert nothing.value is None
    assert permutation_p(brier, np.array([]), np.array([]), smaller_is_better=True) is None


def test_figures_of_one_company_do_not_count_as_many():
    """Copies of a figure narrow no interval if they come from the same company."""
    rng = np.random.default_rng(3)
    scores = rng.normal(1.0, 0.5, 12)
    once = estimate_mean(scores, [f"c{i}" for i in range(12)])
    thrice = estimate_mean(np.repeat(scores, 3), [f"c{i // 3}" for i in range(36)])
    assert thrice.low == pytest.approx(once.low)
    assert thrice.high == pytest.approx(once.high)


def test_the_interval_of_a_mean_is_that_of_its_standard_error():
    x = np.random.default_rng(4).normal(0.0, 1.0, 400)
    found = estimate_mean(x, [str(i) for i in range(400)])
    assert found.high - found.low == pytest.approx(2 * 1.645 * x.std() / 20.0, rel=0.1)


def test_skill_is_the_share_by_which_my_scores_are_lower():
    theirs = np.arange(1.0, 11.0)
    found = estimate_skill(0.8 * theirs, theirs, [str(i) for i in range(10)])
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.2, 0.2))
