"""The naive walk: drift and scatter of a class, own growth by how long it was seen."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import lognorm

from guanzi.study.forecasting import LEVELS, GrowthCell, cells_for, naive_walk

ANY = (-math.inf, math.inf)
TABLE = (
    GrowthCell((0.0, 300.0), (0.2, math.inf), 3.0, 0.12, 0.15, 90),
    GrowthCell((0.0, 300.0), (0.2, math.inf), 1.0, 0.20, 0.30, 100),
    GrowthCell((300.0, math.inf), ANY, 1.0, 0.05, 0.15, 400),
)


def test_a_company_is_judged_by_its_size_and_its_growth():
    assert [c.years for c in cells_for(TABLE, 200.0, 0.5)] == [1.0, 3.0]
    assert [c.n for c in cells_for(TABLE, 300.0, 0.5)] == [400]
    assert cells_for(TABLE, 200.0, 0.1) == ()


def test_with_a_single_horizon_it_is_the_log_normal_walk():
    """Closed form: log level is normal with mean drift · t and variance scatter² · t."""
    walk = naive_walk(cells_for(TABLE, 500.0, 0.0))
    law = lognorm(s=0.15 * math.sqrt(4.0), scale=80.0 * math.exp(0.2))
    assert walk.at(80.0, 4.0).values == pytest.approx(law.ppf(LEVELS))


def test_the_spread_at_a_horizon_of_the_table_is_that_of_the_table():
    walk = naive_walk(cells_for(TABLE, 200.0, 0.5))
    assert walk.spread_at(1.0) == pytest.approx(0.30)
    assert walk.spread_at(3.0) == pytest.approx(0.45)
    assert walk.drift == pytest.approx((0.20 + 3 * 0.12) / 4)


@given(st.floats(-0.5, 1.5), st.floats(0.0, 50.0), st.floats(0.1, 50.0))
def test_own_growth_counts_by_the_years_over_which_it_was_seen(own, years, worth):
    cells = cells_for(TABLE, 500.0, 0.0)
    drift = naive_walk(cells, own, years, worth).drift
    assert min(own, 0.05) - 1e-12 <= drift <= max(own, 0.05) + 1e-12
    assert abs(drift - 0.05) <= abs(own - 0.05) * years / (years + worth) + 1e-12
    assert naive_walk(cells, None, years, worth).drift == pytest.approx(0.05)


@given(st.floats(0.05, 20.0), st.floats(0.0, 5.0))
def test_the_spread_never_narrows(years, more):
    walk = naive_walk(cells_for(TABLE, 200.0, 0.5))
    assert walk.spread_at(years + more) >= walk.spread_at(years)
    assert np.all(walk.at(1.0, years).values > 0.0)


def test_without_base_rates_there_is_no_walk():
    with pytest.raises(ValueError, match="base rates"):
        naive_walk(())
