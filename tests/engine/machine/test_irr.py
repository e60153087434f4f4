"""Internal rates of return against exact counting of roots (Sturm), high precision, and the literature."""

import math
from fractions import Fraction
from itertools import pairwise

import mpmath
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.sampling import examples

from guanzi.base.core import compiled
from guanzi.engine.machine.irr import CONVERGED, NO_RATE, NO_SIGN_CHANGE, SEVERAL_ROOTS, TOTAL_LOSS, count_rates, irr
from guanzi.engine.machine.kernel import MADE_OF
from guanzi.engine.machine.rates import v_irr
from guanzi.engine.machine.shapes import LANES

# -- the oracle: exact arithmetic on fractions


def trimmed(p):
    while p and p[-1] == 0:
        p = p[:-1]
    return p


def remainder(a, b):
    a = list(a)
    while len(a) >= len(b) and any(a):
        factor, shift = a[-1] / b[-1], len(a) - len(b)
        for i, x in enumerate(b):
            a[shift + i] -= factor * x
        a = trimmed(a[:-1])
    return trimmed(a)


def quotient(a, b):
    a, q = list(a), [Fraction(0)] * max(len(a) - len(b) + 1, 1)
    while len(a) >= len(b):
        factor, shift = a[-1] / b[-1], len(a) - len(b)
        q[shift] = factor
        for i, x in enumerate(b):
            a[shift + i] -= factor * x
        a = a[:-1]
    return trimmed(q)


def derivative(p):
    return [i * x for i, x in enumerate(p)][1:]


def gcd(a, b):
    while b:
        a, b = b, remainder(a, b)
    return [x / a[-1] for x in a]


def positive_roots(coefficients):
    """(distinct roots above zero, whether one of them is a multiple root), by Sturm's theorem, exactly."""
    p = trimmed([Fraction(c) for c in coefficients])
    while p and p[0] == 0:
        p = p[1:]
    if len(p) < 2:
        return 0, False
    common = gcd(p, derivative(p))
    chain = [quotient(p, common)]
    chain.append(derivative(chain[0]))
    while len(chain[-1]) > 1:
        rest = remainder(chain[-2], chain[-1])
        if not rest:
            break
        chain.append([-x for x in rest])

    def changes(signs):
        signs = [x for x in signs if x]
        return sum(a * b < 0 for a, b in pairwise(signs))

    at_zero = changes([(x[0] > 0) - (x[0] < 0) for x in chain])
    at_infinity = changes([(x[-1] > 0) - (x[-1] < 0) for x in chain])
    multiple = len(common) > 1 and positive_roots(common)[0] > 0
    return at_zero - at_infinity, multiple


def expected(flows):
    """The status that a series of flows deserves; None where a double root leaves it open."""
    if not any(c < 0 for c in flows):
        return NO_SIGN_CHANGE
    if not any(c > 0 for c in flows):
        return TOTAL_LOSS
    count, multiple = positive_roots(flows)
    if multiple:
        return SEVERAL_ROOTS
    return {0: NO_RATE, 1: CONVERGED}.get(count, SEVERAL_ROOTS)


FLOWS = st.lists(st.integers(-400, 400), min_size=2, max_size=14).map(lambda x: [float(c) for c in x])


@given(FLOWS)
@example([179.0, -140.0, -112.0, -182.0, 300.0, 21.0, 176.0, -123.0, -277.0, 174.0])  # nearly two rates, and none
@settings(max_examples=examples(400), deadline=None)
def test_the_status_is_that_of_exact_root_counting(flows):
    assert irr(flows)[1] == expected(flows)


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 12)), min_size=2, max_size=4), st.integers(-300, 300))
@settings(max_examples=examples(200), deadline=None)
def test_series_with_chosen_rates_are_counted_as_such(rates, factor):
    """Flows made from their roots, among them roots at exactly zero: their sum is exactly zero."""
    flows = [Fraction(factor or 1)]
    for a, b in rates:
        flows = [b * x - a * y for x, y in zip([*flows, 0], [0, *flows], strict=True)]
    if max(abs(x) for x in flows) < 2**53:
        assert irr([float(x) for x in flows])[1] == expected(flows)


@given(FLOWS)
@settings(max_examples=examples(100), deadline=None)
def test_the_one_rate_is_a_root_to_high_precision(flows):
    rate, status = irr(flows)
    if status != CONVERGED:
        return
    with mpmath.workdps(50):
        reach = mpmath.exp(mpmath.mpf(600) / len(flows))
        v = 1 / (1 + mpmath.mpf(rate))
        if v > reach / 2 or v < 2 / reach:
            return
        f = [mpmath.mpf(c) for c in flows]
        value = sum(c * v**t for t, c in enumerate(f))
        size = sum(abs(c) * v**t for t, c in enumerate(f))
        slope = sum(t * c * v**t for t, c in enumerate(f))
        # the error of v that the residual means, against that which float64 allows
        assert abs(value) <= 1e-12 * abs(slope) + 1e-13 * size


@compiled(MADE_OF, error_model="numpy")
def rates_of(flows):
    """Rates and statuses of series in columns, one for each lane: (rows, lanes) to (2, lanes)."""
    found = np.empty((4, LANES))
    v_irr(flows, flows.shape[0], found, LANES)
    return found[3:1:-1]


@given(st.lists(FLOWS.filter(lambda x: len(x) >= 2), min_size=1, max_size=20))
@settings(max_examples=examples(60), deadline=None)
def test_the_lane_machine_gives_the_same_bits(series):
    rows = max(map(len, series))
    flows = np.zeros((rows, LANES))
    for i, x in enumerate(series):
        flows[: len(x), i] = x
    rates = rates_of(flows)
    for i in range(len(series)):
        rate, status = irr(flows[:, i].tolist())
        assert (rates[1, i], np.isnan(rate)) == (status, np.isnan(rates[0, i]))
        assert np.isnan(rate) or rates[0, i] == rate


# -- the literature


def test_the_pump_of_lorie_and_savage_has_two_rates():
    """Lorie, Savage: Three problems in rationing capital. J. Business 28 (1955): 25 % and 400 %."""
    flows = [-1600.0, 10000.0, -10000.0]
    assert sum(c / 1.25**t for t, c in enumerate(flows)) == pytest.approx(0.0)
    assert sum(c / 5.0**t for t, c in enumerate(flows)) == pytest.approx(0.0)
    assert irr(flows)[1] == SEVERAL_ROOTS


def test_the_series_of_hazen_has_no_rate():
    """Hazen (2003): -1, 3, -2.5 has only complex rates (50 % plus and minus 50 % i)."""
    rate, status = irr([-1.0, 3.0, -2.5])
    assert math.isnan(rate)
    assert status == NO_RATE


def test_two_roots_are_said_to_be_two():
    rate, status = irr([-100.0, 230.0, -132.0])
    assert status == SEVERAL_ROOTS
    assert math.isnan(rate)


def test_a_balance_that_ends_at_exactly_zero_is_not_proof_of_one_rate():
    """Norstrom's criterion asks for a last balance other than zero: -100, 250, -150 has 0 % and 50 %."""
    assert irr([-100.0, 250.0, -150.0])[1] == SEVERAL_ROOTS
    assert irr([-100.0, 100.0]) == (0.0, CONVERGED)


def test_a_unique_positive_rate_may_have_a_negative_one_beside_it():
    """Norstrom's criterion is about rates above zero only: the balance turns once, and there are two rates."""
    flows = [-100.0, 210.0, -99.0]
    assert positive_roots(flows)[0] == 2
    assert irr(flows)[1] == SEVERAL_ROOTS


def test_a_loan_taken_is_a_series_that_begins_with_a_receipt():
    rate, status = irr([100.0, 0.0, -121.0])
    assert status == CONVERGED
    assert rate == pytest.approx(0.1, abs=1e-14)


def test_several_changes_of_sign_may_leave_one_rate():
    assert irr([-100.0, 60.0, -10.0, 5.0])[1] == CONVERGED
    assert irr([-100.0, 60.0, -10.0, 90.0])[1] == CONVERGED
    assert irr([-100.0, 200.0, -10.0, 5.0])[1] == expected([-100.0, 200.0, -10.0, 5.0])


def test_nothing_paid_has_no_rate_and_nothing_back_is_a_total_loss():
    rate, status = irr([0.0, 10.0])
    assert math.isnan(rate)
    assert status == NO_SIGN_CHANGE
    assert irr([0.0, 0.0])[1] == NO_SIGN_CHANGE
    assert irr([-10.0, -5.0, 0.0]) == (-1.0, TOTAL_LOSS)


def test_the_statuses_are_the_numbers_that_the_lane_machine_records():
    assert (CONVERGED, NO_SIGN_CHANGE, SEVERAL_ROOTS, TOTAL_LOSS, NO_RATE) == (0.0, 1.0, 2.0, 3.0, 4.0)


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        ([-100.0, 1090.0], 9.9),
        ([-100.0, 9000.0], 89.0),
        ([-100.0, 0.5], -0.995),
        ([-100.0, 0.001], -0.99999),
        ([-100.0, 0.0, 0.0, 1.0], 0.01 ** (1 / 3) - 1.0),
        ([-100.0, 0.0, 0.0, 0.0, 800.0], 8.0**0.25 - 1.0),
        ([-100.0] + [0.0] * 39 + [200.0], 2.0 ** (1 / 40) - 1.0),
        ([0.0, 0.0, -100.0, 110.0, 0.0], 0.1),
        ([-100.0] + [0.0] * 118 + [100.0], 0.0),
    ],
)
def test_rates_far_from_the_first_guess_are_found(flows, rate):
    assert irr(flows)[1] == CONVERGED
    assert irr(flows)[0] == pytest.approx(rate, abs=1e-12)


@pytest.mark.parametrize("flows", [[-100.0] * 20 + [3.0] * 20, [-50.0, 0.0, -60.5, 121.0], [-100.0, 0.0, -10.0, 50.0]])
def test_the_present_value_at_the_rate_is_zero(flows):
    rate, status = irr(flows)
    assert status == CONVERGED
    assert sum(c / (1.0 + rate) ** t for t, c in enumerate(flows)) == pytest.approx(
        0.0, abs=1e-9 * sum(map(abs, flows))
    )


def test_counting_stops_at_two():
    assert count_rates([-1.0, 6.0, -11.0, 6.0]) == 2
    assert count_rates([-6.0, 11.0, -6.0, 1.0]) == 2
