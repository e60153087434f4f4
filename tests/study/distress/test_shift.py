"""Prior shift: Bayes' rule between two base rates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.study.distress.shift import prior_shift

RATES = st.floats(1e-4, 1 - 1e-4)


@given(RATES, RATES, RATES)
def test_the_shifted_odds_are_the_odds_times_the_ratio_of_the_prior_odds(p, old, new):
    shifted = float(prior_shift(p, old, new))
    by_bayes = (p * new / old) / (p * new / old + (1 - p) * (1 - new) / (1 - old))  # Elkan, theorem 2
    assert shifted == pytest.approx(by_bayes, rel=1e-9)


@given(RATES, RATES, RATES)
def test_a_shift_and_its_return_change_nothing(p, old, new):
    assert float(prior_shift(prior_shift(p, old, new), new, old)) == pytest.approx(p, rel=1e-6)


@given(RATES, RATES)
def test_a_firm_of_which_nothing_is_known_fails_at_the_base_rate(old, new):
    assert float(prior_shift(old, old, new)) == pytest.approx(new, rel=1e-9)


def test_the_order_of_firms_stays():
    p = np.linspace(0.01, 0.99, 50)
    assert (np.diff(prior_shift(p, 0.5, 0.02)) > 0).all()


@pytest.mark.parametrize("rate", [0.0, 1.0, -0.1, 1.5])
def test_a_rate_that_is_none_is_refused(rate):
    with pytest.raises(ValueError, match="between 0 and 1"):
        prior_shift(0.5, 0.1, rate)
