from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.study.diligence.views import fact, view_of

from guanzi.base.core import Message, render
from guanzi.study.fiscal import DebtLimit, against_debt_limit, known_debt_limit, planned_calls

PAID = [(date(2020, 6, 30), 30.0), (date(2021, 3, 31), 40.0), (date(2023, 3, 31), 50.0)]
PLAN = planned_calls(PAID, None)
SAID = Message.of("fiscal.limit.gap")


def test_without_a_fact_the_limit_is_a_gap_even_when_the_budget_is_known():
    held = known_debt_limit(view_of(fact("budget_revenue", 2019, 745.99, subject="region")))
    assert (held.limit, held.outstanding, held.room, held.facts) == (None, None, None, ())
    against = against_debt_limit(PLAN, held)
    assert against.exceeded is None
    assert all(year.share_of_room is None for year in against.years)
    assert against.message == held.message
    assert "no fact is on record" in render(held.message)


def test_a_limit_without_the_debt_outstanding_gives_no_room():
    held = known_debt_limit(view_of(fact("debt_limit", 2019, 1000.0, subject="region")))
    assert (held.limit, held.outstanding, held.room) == (1000.0, None, None)
    assert "remaining borrowing capacity is not known" in render(held.message)


def test_the_room_is_the_limit_less_what_is_outstanding():
    limit = fact("debt_limit", 2020, 1000.0, subject="region")
    debt = fact("debt_outstanding", 2019, 900.0, subject="region")
    held = known_debt_limit(view_of(limit, debt, fact("debt_limit", 2018, 700.0, subject="region")))
    assert held.room == 100.0
    assert held.facts == (limit.id, debt.id)
    against = against_debt_limit(PLAN, held)
    assert [(y.year, y.cumulative) for y in against.years] == [(2020, 30.0), (2021, 70.0), (2022, 70.0), (2023, 120.0)]
    assert [y.share_of_room for y in against.years] == pytest.approx([0.3, 0.7, 0.7, 1.2])
    assert against.exceeded == 2023
    assert "were borrowed under the debt limit" in render(against.message)
    assert render(held.message).startswith("The debt limit of the paying government is 1.0 bn yuan")


def test_a_plan_that_just_fills_the_room_does_not_exceed_it():
    against = against_debt_limit(PLAN, DebtLimit(120.0, 0.0, (), SAID))
    assert against.exceeded is None
    assert "within the 120 m yuan that could still be borrowed" in render(against.message)


@pytest.mark.parametrize("outstanding", [100.0, 130.0])
def test_where_there_is_no_room_the_first_payment_exceeds_it(outstanding):
    against = against_debt_limit(PLAN, DebtLimit(100.0, outstanding, (), SAID))
    assert against.exceeded == 2020
    assert all(year.share_of_room is None for year in against.years)


@given(st.floats(0, 500))
def test_the_plan_exceeds_the_room_exactly_when_its_total_does(room):
    against = against_debt_limit(PLAN, DebtLimit(room, 0.0, (), SAID))
    assert (against.exceeded is not None) == (PLAN.total > room)
    assert against.years[-1].cumulative == pytest.approx(PLAN.total)
