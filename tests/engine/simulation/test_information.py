"""What knowing an assumption is worth: closed forms, bounds, and nothing for what does not matter."""

from math import exp, pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from tests.engine.simulation.examples import POLICY, model, sheet
from tests.sampling import examples

from guanzi.engine.simulation import given as given_program
from guanzi.engine.simulation import information
from guanzi.engine.simulation.information import worth

N = 65_536


def unit_interval(seed):
    return np.random.default_rng(seed).random(N)


@given(mean=st.floats(-1.0, 1.0), spread=st.floats(0.3, 2.0))
@settings(max_examples=examples(10), deadline=None)
def test_a_normal_assumption_is_worth_the_unit_normal_loss(mean, spread):
    # E[max(0, m + s Z)] - max(0, m), Raiffa and Schlaifer 1961
    u = (np.arange(N) + 0.5) / N
    z = norm.ppf(u)
    known = mean * norm.cdf(mean / spread) + spread * exp(-0.5 * (mean / spread) ** 2) / sqrt(2 * pi) - max(0.0, mean)
    found = worth("z", z, mean + spread * z, np.random.default_rng(1))
    assert found.value == pytest.approx(known, abs=0.02 * spread + 3 * found.error)


def test_what_does_not_matter_is_worth_nothing():
    u, noise = unit_interval(1), np.random.default_rng(2).normal(0.0, 1.0, N)
    found = worth("x", u, noise, np.random.default_rng(3))
    assert found.value <= 4 * found.error + 1e-3


def test_what_cannot_turn_the_choice_is_worth_nothing():
    u = unit_interval(4)
    assert worth("x", u, -10.0 + u, np.random.default_rng(5)).value == 0.0
    assert worth("x", u, -10.0 + u, np.random.default_rng(5)).turns == 0.0


def test_no_single_assumption_is_worth_more_than_knowing_everything():
    found = information(given_program(sheet(), model(), POLICY), model(), paths=2048, seed=3)
    assert found.worths
    assert all(0.0 <= w.value <= found.perfect + 3 * w.error for w in found.worths)
    assert list(found.worths) == sorted(found.worths, key=lambda w: (-w.value, w.parameter))


def test_threads_do_not_change_it():
    one, three = (information(given_program(sheet(), model(), POLICY), model(), paths=1024, threads=n) for n in (1, 3))
    assert one == three
