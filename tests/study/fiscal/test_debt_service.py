from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import render
from guanzi.study.fiscal import planned_calls, service_if_borrowed

UNTIL = date(2030, 12, 31)
days = st.dates(date(2020, 1, 1), UNTIL)
cash = st.lists(st.tuples(days, st.floats(0, 1e4)), max_size=6)
part = st.floats(0, 1)


def interest_day_by_day(paid, back, borrowed, rate, until):
    """Slow reference: walk through every day."""
    debt, total = 0.0, 0.0
    day = min((d for d, _ in paid), default=until + timedelta(days=1))
    while day <= until:
        # On one day money comes back before it is drawn.
        debt = max(0.0, debt - sum(a for d, a in back if d == day))
        debt += sum(a * borrowed for d, a in paid if d == day)
        total += debt * rate / (366 if day.year % 4 == 0 else 365)
        day += timedelta(days=1)
    return total


@given(cash, cash, part, st.floats(0, 0.2))
def test_interest_is_what_a_walk_through_every_day_gives(paid, back, borrowed, rate):
    service = service_if_borrowed(paid, borrowed, rate, UNTIL, back)
    assert service.interest == pytest.approx(interest_day_by_day(paid, back, borrowed, rate, UNTIL), abs=1e-6)


@given(cash, part)
def test_own_and_borrowed_money_are_the_planned_payments(paid, borrowed):
    plan, service = planned_calls(paid, None), service_if_borrowed(paid, borrowed, 0.03, UNTIL)
    by_year = {year.year: year.own + year.drawn for year in service.years}
    assert all(by_year[call.year] == pytest.approx(call.planned) for call in plan.years)
    assert sum(by_year.values()) == pytest.approx(plan.total)


def test_nothing_borrowed_costs_no_interest():
    service = service_if_borrowed([(date(2020, 6, 30), 100.0)], 0.0, 0.0347, UNTIL)
    assert service.interest == 0.0
    assert service.worst.year == 2020
    assert service.worst.burden == 100.0


def test_interest_runs_from_the_day_of_payment_to_the_last_day():
    # 2021 has 365 days; from 1 July to 31 December it is 184.
    service = service_if_borrowed([(date(2021, 7, 1), 1000.0)], 1.0, 0.0365, date(2022, 1, 10))
    assert [year.interest for year in service.years] == pytest.approx([18.4, 1.0])
    assert [year.outstanding for year in service.years] == [1000.0, 1000.0]
    assert service.interest == pytest.approx(19.4)


def test_what_comes_back_ends_the_debt_but_is_no_negative_debt():
    paid, back = [(date(2021, 1, 1), 100.0)], [(date(2022, 1, 1), 30.0), (date(2023, 1, 1), 500.0)]
    service = service_if_borrowed(paid, 1.0, 0.10, date(2024, 12, 31), back)
    assert [y.interest for y in service.years] == pytest.approx([10.0, 7.0, 0.0, 0.0])
    assert [y.repaid for y in service.years] == [0.0, 30.0, 70.0, 0.0]
    assert service.years[-1].outstanding == 0.0


def test_the_worst_year_counts_interest_and_own_money_against_the_budget():
    paid = [(date(2021, 1, 1), 100.0), (date(2023, 1, 1), 100.0)]
    service = service_if_borrowed(paid, 0.5, 0.04, date(2024, 12, 31), budget_revenue=1000.0)
    assert [y.burden for y in service.years] == pytest.approx([52.0, 2.0, 54.0, 4.0])
    assert service.worst.year == 2023
    assert service.worst.share == pytest.approx(0.054)
    assert service_if_borrowed(paid, 0.5, 0.04, UNTIL).worst.share is None


def test_the_sentence_is_a_condition():
    sentence = render(service_if_borrowed([(date(2020, 6, 30), 3500.0)], 0.6, 0.0347, UNTIL).message)
    assert sentence.startswith("If 60 % of the planned money were borrowed at 3.47 % a year")
    assert sentence.endswith("This is a hypothetical calculation, not a fact on record.")


def test_a_deal_without_payments_needs_no_service():
    service = service_if_borrowed([(date(2031, 1, 1), 5.0)], 0.5, 0.03, UNTIL)
    assert (service.years, service.worst, service.interest) == ((), None, 0.0)
    assert "no debt service" in render(service.message)


@pytest.mark.parametrize(
    ("paid", "borrowed", "rate", "revenue", "words"),
    [
        (10.0, 1.2, 0.03, None, "between 0 and 1"),
        (10.0, 0.5, -0.01, None, "must not be negative"),
        (-1.0, 0.5, 0.03, None, "not negative"),
        (10.0, 0.5, 0.03, 0.0, "above zero"),
    ],
)
def test_what_makes_no_sense_is_refused(paid, borrowed, rate, revenue, words):
    with pytest.raises(ValueError, match=words):
        service_if_borrowed([(date(2020, 1, 1), paid)], borrowed, rate, UNTIL, budget_revenue=revenue)
