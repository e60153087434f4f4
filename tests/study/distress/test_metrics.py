"""Measures of a probability against published definitions and other implementations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as sk

from guanzi.study.distress.metrics import (
    auc_interval,
    bootstrap,
    brier,
    brier_skill,
    calibration_z,
    p_value,
)
from guanzi.study.scoring import average_precision, ece, roc_auc

CASES = st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=4, max_size=60).filter(
    lambda rows: len({failed for failed, _ in rows}) == 2
)


@given(CASES)
def test_areas_agree_with_scikit_learn_ties_included(rows):
    failed, score = np.array([r[0] for r in rows]), np.array([r[1] for r in rows]) / 8
    assert roc_auc(failed, score) == pytest.approx(sk.roc_auc_score(failed, score))
    assert average_precision(failed, score) == pytest.approx(sk.average_precision_score(failed, score))
    assert brier(failed, score) == pytest.approx(sk.brier_score_loss(failed, score))


def test_the_best_constant_has_no_skill_and_the_truth_has_all():
    failed = np.arange(100) < 7
    assert brier_skill(failed, np.full(100, 0.07)) == pytest.approx(0)
    assert brier_skill(failed, failed.astype(float)) == pytest.approx(1)
    assert brier_skill(failed, np.full(100, 0.5)) < 0


def test_delong_intervals_hold_the_true_area():
    order = np.random.default_rng(1)
    held = 0
    for _ in range(300):
        failed = np.arange(120) < 30
        score = order.normal(size=120) + failed  # the true area is Phi(1 / sqrt 2) = 0.7602
        low, high = auc_interval(failed, score)
        held += low < 0.7602 < high
    assert held / 300 == pytest.approx(0.95, abs=0.04)


def test_calibrated_probabilities_pass_spiegelhalters_test_and_others_do_not():
    order = np.random.default_rng(2)
    p = order.beta(1, 9, size=(400, 500))
    values = [p_value(calibration_z(order.random(500) < row, row)) for row in p]
    assert np.mean(np.array(values) < 0.05) == pytest.approx(0.05, abs=0.035)
    assert np.mean([p_value(calibration_z(order.random(500) < row / 2, row)) < 0.05 for row in p]) > 0.9


def test_calibration_error_is_the_distance_from_the_shares():
    failed = np.tile(np.arange(10) < 3, 10)
    assert ece(failed, np.full(100, 0.3), bins=1) == pytest.approx(0)
    assert ece(failed, np.full(100, 0.5), bins=1) == pytest.approx(0.2)


def test_without_one_class_nothing_is_claimed():
    failed = np.zeros(5, dtype=bool)
    assert np.isnan(roc_auc(failed, np.arange(5.0)))
    assert np.isnan(brier_skill(failed, np.full(5, 0.1)))
    assert np.isnan(bootstrap(roc_auc, failed, np.ones((1, 5))).interval).all()
