"""Internal rate of return against an independent root finder."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.simulation.irr import CONVERGED, NO_SIGN_CHANGE, SEVERAL_ROOTS, TOTAL_LOSS, irr


def roots(flows):
    """All rates in (-0.99, 10) at which the present value is zero, by the companion matrix."""
    found = np.roots(np.trim_zeros(np.array(flows)[::-1], "f"))
    real = found[np.abs(found.imag) < 1e-9].real
    return sorted(1.0 / v - 1.0 for v in real if v > 1.0 / 11.0 and 1.0 / v - 1.0 > -0.99)


@given(
    st.lists(st.floats(1.0, 100.0), min_size=1, max_size=4),
    st.lists(st.floats(1.0, 400.0), min_size=1, max_size=12),
)
def test_money_out_then_money_back_has_one_rate(outlays, receipts):
    flows = [-x for x in outlays] + receipts
    rate, status = irr(flows)
    assert status == CONVERGED
    expected = roots(flows)
    if len(expected) == 1:
        assert rate == pytest.approx(expected[0], abs=1e-7)


def test_two_roots_are_said_to_be_two():
    rate, status = irr([-100.0, 230.0, -132.0])
    assert roots([-100.0, 230.0, -132.0]) == pytest.approx([0.1, 0.2])
    assert status == SEVERAL_ROOTS
    assert math.isnan(rate)


def test_a_late_repayment_that_does_not_turn_the_balance_keeps_the_rate_unique():
    _, status = irr([-100.0, 200.0, -10.0, 5.0])
    assert status == CONVERGED


def test_nothing_paid_has_no_rate_and_nothing_back_is_a_total_loss():
    rate, status = irr([0.0, 10.0])
    assert math.isnan(rate)
    assert status == NO_SIGN_CHANGE
    assert irr([-10.0, -5.0, 0.0]) == (-1.0, TOTAL_LOSS)


def test_the_statuses_are_the_numbers_that_the_lane_machine_records():
    assert (CONVERGED, NO_SIGN_CHANGE, SEVERAL_ROOTS, TOTAL_LOSS) == (0.0, 1.0, 2.0, 3.0)


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        ([-100.0, 1090.0], 9.9),
        ([-100.0, 0.5], -0.995),
        ([-100.0, 0.0, 0.0, 1.0], 0.01 ** (1 / 3) - 1.0),
        ([-100.0, 0.0, 0.0, 0.0, 800.0], 8.0**0.25 - 1.0),
        ([-50.0, 0.0, -60.5, 121.0], None),
        ([-100.0] + [0.0] * 39 + [200.0], 2.0 ** (1 / 40) - 1.0),
        ([-100.0] * 20 + [3.0] * 20, None),
    ],
)
def test_rates_far_from_the_first_guess_are_found(flows, expected):
    rate, status = irr(flows)
    assert status == CONVERGED
    if expected is not None:
        assert rate == pytest.approx(expected, abs=1e-9)
    value = sum(c / (1.0 + rate) ** t for t, c in enumerate(flows))
    assert value == pytest.approx(0.0, abs=1e-6 * sum(map(abs, flows)))


@pytest.mark.parametrize(
    "flows", [[-100.0, 50.0, 0.0, 20.0], [-100.0, 0.0, 20.0, 0.0, 0.0, 30.0], [-100.0, 0.0, -10.0, 50.0]]
)
def test_a_step_without_a_flow_is_no_change_of_sign(flows):
    assert irr(flows)[1] == CONVERGED


def test_several_changes_of_sign_with_one_turn_of_the_balance_have_one_rate():
    assert irr([-100.0, 60.0, -10.0, 5.0])[1] == SEVERAL_ROOTS
    assert irr([-100.0, 60.0, -10.0, 90.0])[1] == CONVERGED
