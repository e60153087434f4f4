"""Scores against closed forms and definitions."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.backtest.scores import crps, in_band

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
