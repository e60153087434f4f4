"""Curves of failure: between the years of a table, as hazards, and pooled."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.study.forecasting import YEARS, FailureCurve, pooled_failure


@st.composite
def curves(draw):
    """Curves over some years, with years in which nobody fails."""
    years = sorted(draw(st.lists(st.integers(1, 15), min_size=1, max_size=8, unique=True)))
    values = sorted(draw(st.lists(st.floats(0.001, 0.98), min_size=len(years), max_size=len(years))))
    return FailureCurve(tuple(map(float, years)), tuple(values))


def test_a_constant_hazard_is_an_exponential_law():
    """Closed form: 1 − exp(−h t)."""
    curve = FailureCurve((2.0,), (float(-np.expm1(-0.2)),))
    years = np.linspace(0.0, 12.0, 49)
    assert curve.at(years) == pytest.approx(-np.expm1(-0.1 * years))


@given(curves())
def test_a_curve_goes_through_its_table_and_never_falls(curve):
    assert curve.at(curve.years) == pytest.approx(curve.values, abs=1e-9)
    path = curve.at(np.linspace(0.0, 20.0, 200))
    assert np.all(np.diff(path) >= -1e-15)
    assert path[0] == 0.0
    assert path[-1] <= 1.0


def test_where_everybody_has_failed_nobody_is_left_later():
    curve = FailureCurve((1.0, 2.0), (0.5, 1.0))
    assert curve.at(2.0) == pytest.approx(1.0)
    assert curve.at([3.0, 9.0]) == pytest.approx([1.0, 1.0])


@given(st.dictionaries(st.sampled_from("abcd"), curves(), min_size=1), st.sampled_from(["linear", "log-odds"]))
def test_a_pooled_curve_never_falls_and_lies_between_its_members(members, form):
    pool = pooled_failure(members, form=form)
    for t in YEARS:
        low, high = pool.range_at(t)
        if form == "log-odds":  # probabilities are held off 0 there
            low, high = max(low, 1e-4), max(high, 1e-4)
        assert low - 1e-9 <= float(pool.curve.at(t)) <= high + 1e-9
    assert np.all(np.diff(pool.curve.values) >= 0.0)
    assert sum(pool.weights.values()) == pytest.approx(1.0)
    assert list(pool.members) == list(members)


@given(curves(), st.floats(0.5, 3.0))
def test_a_sharpened_pool_never_falls_either(curve, sharpness):
    assert np.all(np.diff(pooled_failure({"a": curve}, sharpness=sharpness).curve.values) >= 0.0)


def test_a_member_that_is_not_known_leaves_its_weight_to_the_others():
    class_, model = FailureCurve((5.0,), (0.5,)), FailureCurve((5.0,), (0.1,))
    stated = {"structural": 2.0, "class": 1.0, "reference": 1.0}
    pool = pooled_failure({"structural": model, "class": class_}, stated, form="linear")
    assert pool.weights == pytest.approx({"structural": 2 / 3, "class": 1 / 3})
    assert float(pool.curve.at(5.0)) == pytest.approx(0.1 * 2 / 3 + 0.5 / 3)
    assert pool.range_at(5.0) == pytest.approx((0.1, 0.5))


@pytest.mark.parametrize(
    ("years", "values"),
    [((), ()), ((1.0, 2.0), (0.2, 0.1)), ((2.0, 1.0), (0.1, 0.2)), ((0.0,), (0.1,)), ((1.0,), (1.1,)),
     ((1.0,), (-0.1,)), ((1.0,), (float("nan"),)), ((1.0, 2.0), (0.1,))],
)  # fmt: skip
def test_what_is_no_curve_is_refused(years, values):
    with pytest.raises(ValueError, match="failure"):
        FailureCurve(years, values)


def test_a_pool_of_nobody_is_refused():
    with pytest.raises(ValueError, match="weight"):
        pooled_failure({"a": FailureCurve((1.0,), (0.1,))}, {"b": 1.0})
