"""What the price of the day says: expectation, ruin and options by their closed forms."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from guanzi.study.forecasting import FailureCurve, MarketView

FINE = (np.arange(200_000) + 0.5) / 200_000

views = st.builds(
    MarketView,
    st.floats(1.0, 1e5),
    st.floats(0.0, 0.25),
    st.floats(0.1, 0.9),
    st.floats(0.1, 0.6),
    st.floats(0.2, 5.0),
    st.builds(lambda h: FailureCurve((1.0,), (h,)), st.floats(0.0, 0.4)),
)


@given(views, st.floats(0.1, 6.0))
def test_the_expected_value_is_todays_at_the_required_return_whatever_the_chance_of_ruin(view, years):
    deviation = math.sqrt(view.variance(years))
    expected = view.value * math.exp(view.required_return * years)
    assert view.at(years, FINE).mean == pytest.approx(expected, rel=0.002 * math.exp(deviation))


@given(views, st.floats(0.1, 10.0))
def test_with_the_chance_of_failure_the_shares_are_worth_nothing(view, years):
    found = view.at(years)
    failed = float(view.failure.at(years))
    assert np.all((found.values == 0.0) == (found.levels <= failed))


@given(views)
def test_variance_starts_as_todays_and_ends_as_the_long_one(view):
    assert view.variance(1e-4) / 1e-4 == pytest.approx(view.volatility**2, rel=0.01)
    far = (view.variance(401.0) - view.variance(400.0), view.long_volatility**2)
    assert far[0] == pytest.approx(far[1], rel=1e-6)
    middle = view.variance(view.fade + 1e-4) - view.variance(view.fade)
    assert middle / 1e-4 == pytest.approx((view.volatility**2 + view.long_volatility**2) / 2, rel=0.01)


def test_an_option_is_worth_what_black_scholes_say_with_the_intensity_of_ruin_added_to_the_rate():
    """Merton 1976, section on a single jump to ruin."""
    rate, intensity, deviation, strike, years = 0.05, 0.08, 0.35, 110.0, 3.0
    ruin = FailureCurve((1.0,), (float(-np.expm1(-intensity)),))
    view = MarketView(100.0, rate, deviation, deviation, 1.0, ruin)
    payoff = np.maximum(view.at(years, FINE).values - strike, 0.0).mean() * math.exp(-rate * years)
    width = deviation * math.sqrt(years)
    d = (math.log(100.0 / strike) + (rate + intensity + deviation**2 / 2) * years) / width
    merton = 100.0 * norm.cdf(d) - strike * math.exp(-(rate + intensity) * years) * norm.cdf(d - width)
    assert payoff == pytest.approx(merton, rel=0.003)


def test_where_ruin_is_certain_nothing_is_left():
    view = MarketView(100.0, 0.1, 0.5, 0.4, 1.0, FailureCurve((1.0, 2.0), (0.5, 1.0)))
    assert not np.any(view.at(3.0).values > 1e-6)
