"""Realised returns: multiples are ratios of sums, and at the rate the flows are worth nothing."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guanzi.base.core import DAYS_OF_YEAR
from guanzi.study.monitoring import CashFlow, realised, spanned_rate
from guanzi.study.monitoring.returns import rate_of

START = date(2020, 6, 29)
DAYS = st.integers(0, 4000).map(lambda n: START + timedelta(days=n))
AMOUNTS = st.floats(1.0, 10_000.0)


def worth(flows, rate):
    return sum(amount * (1.0 + rate) ** (-(day - START).days / DAYS_OF_YEAR) for day, amount in flows)


@given(
    st.lists(st.tuples(DAYS, AMOUNTS), min_size=1, max_size=4),
    st.lists(st.tuples(DAYS, AMOUNTS), min_size=1, max_size=4),
)
def test_at_the_rate_the_flows_are_worth_nothing(outs, ins):
    last = max(day for day, _ in outs)
    flows = [(day, -amount) for day, amount in outs] + [(last + (day - START), amount) for day, amount in ins]
    rate = rate_of(flows)
    assume(rate is not None)  # all may come back on the day on which the last of it was paid
    scale = sum(abs(amount) * (1.0 + rate) ** (-(day - START).days / DAYS_OF_YEAR) for day, amount in flows)
    assert abs(worth(flows, rate)) <= 1e-7 * scale


def test_the_example_of_the_documentation_of_spreadsheets():
    # The example by which the function XIRR of office programs is documented: 37.3362535 % for a year of 365 days.
    days = [date(2008, 1, 1), date(2008, 3, 1), date(2008, 10, 30), date(2009, 2, 15), date(2009, 4, 1)]
    rate = rate_of(zip(days, [-10_000.0, 2750.0, 4250.0, 3250.0, 2750.0], strict=True))
    assert rate == pytest.approx(1.373362535 ** (DAYS_OF_YEAR / 365) - 1.0, abs=1e-8)


@given(st.lists(st.tuples(DAYS, AMOUNTS), min_size=1, max_size=3), st.floats(0.01, 0.9), st.floats(1.1, 9.0))
def test_later_receipts_and_earlier_payments_never_raise_a_gain(outs, part, gain):
    last = max(day for day, _ in outs)
    back = sum(amount for _, amount in outs) * gain
    flows = [(day, -amount) for day, amount in outs]
    soon = rate_of([*flows, (last + timedelta(days=400), back)])
    late = rate_of([*flows, (last + timedelta(days=900), back)])
    assert late < soon


@given(st.integers(2, 700), AMOUNTS, st.floats(0.2, 5.0))
def test_a_payment_of_unknown_day_gives_an_interval_that_holds_every_day(span, paid, multiple):
    end = START + timedelta(days=span)
    back = end + timedelta(days=365)
    found = spanned_rate([CashFlow(end, -paid, since=START), CashFlow(back, paid * multiple)])
    assert found is not None
    low, high = found
    for day in np.linspace(0, span, 5).astype(int):
        exact = rate_of([(START + timedelta(days=int(day)), -paid), (back, paid * multiple)])
        assert low - 1e-9 <= exact <= high + 1e-9


@pytest.mark.parametrize(
    "flows", [[(START, -1.0)], [(START, 1.0)], [], [(START, 5.0), (START + timedelta(days=9), -1.0)]]
)
def test_money_that_went_one_way_has_no_rate(flows):
    assert rate_of(flows) is None


def test_flows_that_turn_several_times_have_no_single_rate():
    years = [START + timedelta(days=365 * n) for n in range(3)]
    assert rate_of(zip(years, [-100.0, 230.0, -132.0], strict=True)) is None


def test_multiples_are_ratios_of_what_is_known():
    flows = [CashFlow(START, -4800.0), CashFlow(date(2021, 2, 4), 5500.0), CashFlow(date(2021, 9, 24), 2500.0)]
    day = date(2022, 1, 1)
    came = realised(flows, day, 800.0)
    assert came.dpi == pytest.approx(8000 / 4800)
    assert came.tvpi == pytest.approx((8000 + 800) / 4800)
    assert came.xirr_held is not None
    assert came.xirr is not None
    assert came.xirr_held[0] > came.xirr[0]
    without = realised(flows, day, None)
    assert (without.tvpi, without.xirr_held) == (None, None)
    assert realised(flows[1:], day, 800.0) is None
    assert realised(flows, date(2021, 3, 1), None).dpi == pytest.approx(5500 / 4800)
