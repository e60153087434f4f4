"""The estimator keeps the rules of scikit-learn, its probabilities are true, and each can be taken apart."""

import numpy as np
import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks
from tests.study.distress.firms import firms

from guanzi.study.distress.model import DistressModel
from guanzi.study.distress.shift import prior_shift
from guanzi.study.distress.storage import model_text, read_model


@parametrize_with_checks([DistressModel()])
def test_the_estimator_keeps_the_rules_of_scikit_learn(estimator, check):
    check(estimator)


@pytest.fixture(scope="module")
def fitted():
    values, _, failed = firms(3500, seed=1)
    return DistressModel(threads=2).fit(values, failed)


@pytest.fixture(scope="module")
def unseen():
    return firms(4000, seed=2)


def test_probabilities_are_those_from_which_the_labels_were_drawn(fitted, unseen):
    values, truth, _ = unseen
    said = fitted.predict_proba(values)[:, 1]
    order = np.argsort(said)
    for part in np.array_split(order, 8):
        error = 3 * np.sqrt(truth[part].mean() / len(part)) + 0.03
        assert said[part].mean() == pytest.approx(truth[part].mean(), abs=error)
    assert np.corrcoef(said, truth)[0, 1] > 0.85


def test_at_another_base_rate_probabilities_follow_bayes_rule(fitted, unseen):
    shifted = DistressModel(base_rate=0.01)
    shifted.__dict__ |= {k: v for k, v in fitted.__dict__.items() if k.endswith("_")}
    by_rule = prior_shift(fitted.predict_proba(unseen[0])[:, 1], fitted.training_rate_, 0.01)
    assert shifted.predict_proba(unseen[0])[:, 1] == pytest.approx(by_rule)


def test_contributions_sum_to_the_log_odds_and_name_the_columns_that_matter(fitted, unseen):
    rows = unseen[0][:300]
    parts = fitted.contributions(rows)
    assert parts.sum(axis=1) == pytest.approx(fitted.decision_function(rows), abs=1e-8)
    share = np.abs(parts[:, :-1]).mean(axis=0)
    assert min(share[:2]) > max(share[2:])


def test_threads_do_not_change_a_bit():
    values, _, failed = firms(400, seed=3)
    one, two = (DistressModel(threads=n).fit(values, failed).predict_proba(values) for n in (1, 2))
    assert np.array_equal(one, two)


def test_a_model_written_and_read_says_the_same(fitted, unseen):
    again = read_model(model_text(fitted))
    assert again.predict_proba(unseen[0]) == pytest.approx(fitted.predict_proba(unseen[0]), abs=1e-4)
    assert model_text(again) == model_text(read_model(model_text(again)))


def test_a_firm_of_which_nothing_is_known_gets_a_probability(fitted):
    nothing = np.full((1, 4), np.nan)
    assert 0 < fitted.predict_proba(nothing)[0, 1] < 0.5
    assert np.array_equal(fitted.predict_proba(nothing), fitted.predict_proba(np.full((1, 4), np.inf)))


@pytest.mark.parametrize("failures", [1, 2, 5])
def test_few_failures_give_cautious_probabilities(failures):
    values, _, _ = firms(60, seed=4)
    failed = np.arange(60) < failures
    said = DistressModel().fit(values, failed).predict_proba(values)[:, 1]
    assert np.isfinite(said).all()
    assert said.mean() == pytest.approx(failures / 60, abs=0.06)
