"""Intervals keep what they promise on firms that the model has not seen."""

import numpy as np
import pytest
from scipy.special import expit
from sklearn.isotonic import IsotonicRegression
from tests.study.distress.firms import firms

from guanzi.study.distress.horizon import at_horizon
from guanzi.study.distress.intervals import conformal_outcomes, probability_intervals
from guanzi.study.distress.model import DistressModel
from guanzi.study.distress.scoring import score
from guanzi.study.distress.shipped import load_model


@pytest.fixture(scope="module")
def fitted():
    values, _, failed = firms(2500, seed=5)
    return DistressModel(threads=2, pairs=False).fit(values, failed)


@pytest.mark.parametrize("level", [0.8, 0.9])
def test_conformal_sets_hold_the_outcome_of_failures_and_of_survivors_as_often_as_promised(fitted, level):
    values, _, failed = firms(6000, seed=6)
    sets = conformal_outcomes(fitted, values, level)
    for may, happened in ((sets.may_fail, failed), (sets.may_survive, ~failed)):
        # sets are calibrated on members alone, and made with the mean of all, which knows a little more
        assert level - 0.04 < may[happened].mean() < level + 0.08


def test_a_venn_abers_interval_is_isotonic_calibration_with_either_outcome(fitted):
    values, _, _ = firms(12, seed=7)
    told = probability_intervals(fitted, values)
    for odds, (low, high) in zip(fitted.training_log_odds(values), told, strict=True):
        scores = np.append(fitted.held_out_, odds)
        ends = [
            IsotonicRegression(y_min=0, y_max=1).fit(scores, np.append(fitted.failed_, end)).predict([odds])[0]
            for end in (0.0, 1.0)
        ]
        assert (low, high) == pytest.approx(tuple(ends), abs=1e-6)


def test_venn_abers_intervals_hold_the_share_of_failures(fitted):
    values, _, failed = firms(6000, seed=8)
    ends = probability_intervals(fitted, values)
    noise = 3 * np.sqrt(failed.mean() / len(failed)) + 0.015
    assert ends[:, 0].mean() - noise < failed.mean() < ends[:, 1].mean() + noise


def test_with_few_failures_nothing_is_ruled_out():
    values, _, _ = firms(60, seed=9)
    sets = conformal_outcomes(DistressModel().fit(values, np.arange(60) < 5), values)
    assert sets.may_fail.all()


def test_a_longer_horizon_is_riskier_and_a_shorter_one_safer():
    by_years = [float(at_horizon(0.3, 5, years)) for years in (1, 2, 3, 4, 5)]
    assert by_years == sorted(by_years)
    assert by_years[-1] == pytest.approx(0.3)
    assert 1 - (1 - by_years[0]) ** 5 == pytest.approx(0.3)  # five years of the yearly hazard
    with pytest.raises(ValueError, match="positive"):
        at_horizon(0.1, 0, 1)


def test_a_score_names_the_probability_its_interval_and_its_reasons():
    model, card = load_model("polish-2016")
    rows = np.full((2, len(card.columns)), np.nan)
    rows[0, card.columns.index("liabilities_to_assets")] = 2.0
    rows[1, card.columns.index("liabilities_to_assets")] = 0.1
    heavy, light = score(model, card, rows, base_rate=0.02, most=3)
    assert heavy.probability > light.probability
    assert heavy.interval[0] <= heavy.probability <= heavy.interval[1]
    assert heavy.held == 1
    assert "liabilities_to_assets" in {part.column for part in heavy.parts}
    at_rate = expit(model.training_log_odds(rows))
    assert float(at_rate[0]) > heavy.probability  # the stated base rate is below that of the training data
