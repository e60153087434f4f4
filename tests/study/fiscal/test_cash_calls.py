from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.study.fiscal import planned_calls

payments = st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.floats(0, 1e5)), max_size=12)


@given(payments, st.floats(1.0, 1e6))
def test_nothing_is_lost_between_payments_and_years(paid, revenue):
    plan = planned_calls(paid, revenue)
    assert plan.total == pytest.approx(sum(amount for _, amount in paid))
    assert [c.year for c in plan.years] == sorted(c.year for c in plan.years)
    assert all(c.share == pytest.approx(c.planned / revenue) for c in plan.years)


@given(payments)
def test_the_worst_year_is_at_least_as_heavy_as_any(paid):
    plan = planned_calls(paid, None)
    assert (plan.worst is None) == (not paid)
    assert plan.worst is None or all(c.planned <= plan.worst.planned for c in plan.years)
    assert all(c.share is None for c in plan.years)


def test_a_year_without_payment_between_two_is_shown():
    plan = planned_calls([(date(2020, 6, 30), 5.0), (date(2022, 1, 1), 1.0)], 100.0)
    assert [(c.year, c.planned) for c in plan.years] == [(2020, 5.0), (2021, 0.0), (2022, 1.0)]
    assert plan.worst is plan.years[0]
    assert plan.years[0].share == 0.05


def test_a_receipt_is_not_a_negative_payment():
    with pytest.raises(ValueError, match="not negative"):
        planned_calls([(date(2020, 1, 1), -1.0)], 100.0)


@pytest.mark.parametrize("revenue", [0.0, -5.0])
def test_an_empty_treasury_is_refused(revenue):
    with pytest.raises(ValueError, match="above zero"):
        planned_calls([], revenue)
