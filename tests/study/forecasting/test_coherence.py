"""Weights that agree with the prices of the day: closed forms, what they cost, and when they are refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from tests.sampling import examples

from guanzi.base.core import InvalidInput, format_problems
from guanzi.study.forecasting import Constraint, coherent, effective_sample_size, relative_entropy

N = 20_000
NORMAL = norm.ppf((np.arange(N) + 0.5) / N)


def told(error):
    return format_problems(error.value.problems)


@settings(max_examples=examples(20))
@given(st.floats(-1.2, 1.2))
def test_shifting_a_normal_is_its_exponential_tilt(shift):
    """Closed forms: weights ∝ exp(λx) with λ = the shift; divergence λ²/2; effective share exp(−λ²)."""
    found = coherent([Constraint("mean", NORMAL, shift)])
    assert found.multipliers["mean"] == pytest.approx(shift, abs=0.01)
    assert found.divergence == pytest.approx(shift**2 / 2, abs=0.01)
    assert found.ess_share == pytest.approx(np.exp(-(shift**2)), abs=0.02)
    assert found.residuals["mean"] == pytest.approx(0.0, abs=1e-8)
    tilt = np.exp(found.multipliers["mean"] * NORMAL)
    assert found.weights == pytest.approx(tilt / tilt.sum(), rel=1e-9)


def test_an_event_gets_its_probability_and_all_else_is_left_alone():
    """Closed form: within the event and outside it paths keep their relative weights."""
    failed = (NORMAL < 0.3).astype(float)
    found = coherent([Constraint("failure", failed, 0.4)])
    assert len(np.unique(found.weights.round(15))) == 2
    assert found.weights[failed == 1.0].sum() == pytest.approx(0.4)
    p = failed.mean()
    assert found.divergence == pytest.approx(0.4 * np.log(0.4 / p) + 0.6 * np.log(0.6 / (1 - p)))


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(st.floats(-0.4, 0.4), min_size=1, max_size=4), st.integers(0, 1000))
def test_weights_that_are_a_tilt_are_recovered_from_the_means_they_give(multipliers, seed):
    values = np.random.default_rng(seed).normal(size=(len(multipliers), 500))
    weights = np.exp(np.array(multipliers) @ values)
    weights /= weights.sum()
    found = coherent([Constraint(str(i), x, float(x @ weights)) for i, x in enumerate(values)])
    assert list(found.multipliers.values()) == pytest.approx(multipliers, abs=1e-6)
    assert found.weights == pytest.approx(weights, rel=1e-6)


@settings(max_examples=examples(20), deadline=None)
@given(st.integers(0, 1000), st.floats(-0.3, 0.3))
def test_no_other_weights_of_the_same_means_diverge_less(seed, shift):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=200)
    found = coherent([Constraint("x", x, float(x.mean()) + shift)])
    move = rng.normal(size=200)
    basis = np.linalg.qr(np.column_stack([np.ones(200), x]))[0]
    move -= basis @ (basis.T @ move)
    other = found.weights + 0.5 * found.weights.min() * move / np.abs(move).max()
    assert other @ x == pytest.approx(found.after["x"])
    assert relative_entropy(other) >= found.divergence - 1e-12


def test_constraints_that_hold_already_change_nothing():
    x = np.random.default_rng(1).lognormal(size=1000)
    found = coherent([Constraint("x", x, float(x.mean())), Constraint("x²", x * x, float((x * x).mean()))])
    assert found.divergence == pytest.approx(0.0, abs=1e-12)
    assert found.ess == pytest.approx(1000.0)
    assert found.weights == pytest.approx(np.full(1000, 1e-3))


def test_the_unit_of_a_quote_does_not_matter():
    x = np.random.default_rng(1).lognormal(size=1000)
    yuan, billions = (coherent([Constraint("x", x * unit, 1.2 * float(x.mean()) * unit)]) for unit in (1e9, 1e-9))
    assert yuan.weights == pytest.approx(billions.weights, rel=1e-6)


def test_the_same_quote_told_twice_is_one():
    once = coherent([Constraint("a", NORMAL, 0.5)])
    twice = coherent([Constraint("a", NORMAL, 0.5), Constraint("b", 2.0 * NORMAL, 1.0)])
    assert twice.weights == pytest.approx(once.weights, rel=1e-6)


@settings(max_examples=examples(20), deadline=None)
@given(st.floats(0.01, 5.0))
def test_a_quote_with_slack_is_met_half_way(slack):
    """Closed form for a normal of deviation 1: the mean goes to 1 / (1 + slack²) of the target."""
    found = coherent([Constraint("mean", NORMAL, 0.8, slack)])
    assert found.after["mean"] == pytest.approx(0.8 / (1.0 + slack**2), abs=0.01)
    assert found.residuals["mean"] == pytest.approx(-(slack**2) * found.multipliers["mean"], abs=1e-6)


@pytest.mark.parametrize(("target", "width", "mean"), [(0.5, 0.2, 0.3), (-0.5, 0.2, -0.3), (0.1, 0.2, 0.0)])
def test_a_mean_that_may_lie_between_bid_and_ask_is_pulled_to_the_nearer_end_and_no_further(target, width, mean):
    found = coherent([Constraint("debt", NORMAL, target, width=width)])
    assert found.after["debt"] == pytest.approx(mean, abs=1e-6)
    assert found.residuals["debt"] == pytest.approx(0.0, abs=1e-8)
    assert found.divergence == pytest.approx(mean**2 / 2, abs=0.01)


@settings(max_examples=examples(6), deadline=None)
@given(st.floats(-0.6, 0.6), st.floats(0.05, 0.4), st.floats(-0.4, 0.4))
def test_between_two_ends_no_other_weights_of_means_that_are_allowed_diverge_less(target, width, other):
    """The conditions of Karush, Kuhn and Tucker, by search: the best of a fine grid of points is no better."""
    both = np.array([NORMAL, 0.6 * NORMAL + 0.8 * norm.ppf((np.arange(N) * 7919 % N + 0.5) / N)])
    found = coherent([Constraint("share", both[0], other), Constraint("debt", both[1], target, width=width)])
    assert abs(found.after["debt"] - target) <= width + 1e-7
    points = [coherent([Constraint("share", both[0], other), Constraint("debt", both[1], at)]).divergence
              for at in np.linspace(target - width, target + width, 5)]  # fmt: skip
    assert found.divergence <= min(points) + 1e-9


def test_an_end_that_another_quote_pulls_the_mean_away_from_is_let_go():
    """Alone the debt would be pulled up to 0.2; the share's quote lifts it to 0.5 already."""
    debt = Constraint("debt", NORMAL, 0.4, width=0.2)
    share = Constraint("share", NORMAL * 2.0, 1.0)
    found = coherent([share, debt])
    assert found.multipliers["debt"] == 0.0
    assert found.after["debt"] == pytest.approx(0.5, abs=1e-6)


def test_a_mean_beyond_all_paths_is_refused_with_the_range_and_all_of_them_at_once():
    x = np.linspace(0.0, 10.0, 100)
    with pytest.raises(InvalidInput) as refused:
        coherent([Constraint("equity", x, 12.0), Constraint("debt", x, -1.0), Constraint("cash", x, 4.0)])
    assert len(refused.value.problems) == 2
    assert "the required mean is 12, but the paths range from 0 to 10" in told(refused)
    assert "“debt”" in told(refused)


@pytest.mark.parametrize("target", [15.0, 1.9])
def test_quotes_that_no_weights_meet_together_are_refused_though_each_could_be_met(target):
    """An estate is left only where the company fails: at most 17.4 a path, so at most 1.74 if one in ten does."""
    failed = (NORMAL < 0.0).astype(float)
    with pytest.raises(InvalidInput) as refused:
        coherent([Constraint("failure", failed, 0.1), Constraint("estate", failed * (1.0 + NORMAL**2), target)])
    assert "at the same time" in told(refused)


def test_agreement_that_rests_on_few_paths_is_refused():
    with pytest.raises(InvalidInput) as refused:
        coherent([Constraint("mean", NORMAL, 2.5)])
    assert "at least 5%" in told(refused).replace(" %", "%")
    assert coherent([Constraint("mean", NORMAL, 2.5)], least=0.0).ess_share < 0.05


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=30).filter(lambda w: max(w) > 1e-3))
def test_an_effective_sample_lies_between_one_path_and_all(w):
    ess = effective_sample_size(np.array(w))
    assert 1.0 - 1e-9 <= ess <= len(w) + 1e-9
    assert 0.0 <= relative_entropy(np.array(w)) <= np.log(len(w)) + 1e-9


@pytest.mark.parametrize("values", [[], [[1.0, np.nan]], [[1.0, 2.0], [1.0, 2.0, 3.0]], [[]]])
def test_paths_without_values_are_refused(values):
    with pytest.raises(ValueError, match=r"finite value|inhomogeneous"):
        coherent([Constraint("x", np.array(x), 1.5) for x in values])
