"""Calendar periods and lengths of time."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import Duration, InvalidInput, Period, render
from guanzi.base.core.periods import add_months

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
kinds = st.sampled_from(["year", "half", "quarter", "month", "day"])
spans = st.builds(Period.until, days, st.integers(1, 40))
periods = st.one_of(st.builds(Period.of, kinds, days), spans)


@given(periods)
def test_a_period_reads_back_what_it_writes(period):
    assert Period.parse(str(period)) == period


@given(kinds, days)
def test_a_period_contains_the_day_it_was_made_from(kind, day):
    period = Period.of(kind, day)
    assert period.kind == kind
    assert period.start <= day <= period.end
    assert period.contains(day)


@given(periods, periods)
def test_periods_are_in_one_order_and_that_of_their_ends(one, other):
    assert (one < other) + (one == other) + (one > other) == 1
    if one.end < other.end:
        assert one < other


@given(periods, st.integers(-40, 40))
def test_moving_on_and_back_returns_and_keeps_the_kind(period, steps):
    moved = period.shift(steps)
    assert moved.kind == period.kind
    assert moved.shift(-steps) == period


@given(periods)
def test_the_next_period_starts_where_this_one_ends(period):
    assert period.shift(1).start == period.end + timedelta(days=1)


@given(days)
def test_a_day_lies_in_its_month_its_quarter_and_its_year(day):
    chain = [Period.of(kind, day) for kind in ("day", "month", "quarter", "year")]
    assert all(outer.contains(inner) for inner, outer in pairwise(chain))


def test_periods_have_the_days_of_the_calendar():
    assert (Period.parse("2019Q4").start, Period.parse("2019Q4").end) == (date(2019, 10, 1), date(2019, 12, 31))
    assert Period.parse("2020-02").end == date(2020, 2, 29)
    assert Period.parse(2019) == Period.parse("2019")
    assert Period.parse(date(2019, 12, 31)) == Period.parse("2019-12-31")


def test_of_two_periods_with_the_same_end_the_shorter_is_the_later():
    assert Period.parse("2019") < Period.parse("2019Q4") < Period.parse("2019-12") < Period.parse("2019-12-31")


@pytest.mark.parametrize("text", ["2019Q5", "2019-13", "2019-02-30", "19", "Q4 2019", "", "2019Q", "0000", True, -5])
def test_what_is_no_period_is_refused_with_a_mend(text):
    with pytest.raises(InvalidInput) as caught:
        Period.parse(text)
    assert caught.value.problems[0].fix is not None


@given(st.integers(0, 600))
def test_a_duration_reads_back_what_it_writes(months):
    assert Duration.parse(str(Duration(months))).months == months


def test_durations_are_read_as_contracts_write_them():
    assert Duration.parse("48 months") == Duration.parse("4 years") == Duration.parse("16 quarters")
    assert Duration.parse("1 year").years == 1
    for text in ("48", "two years", "-1 months", "1.5 years", ""):
        with pytest.raises(InvalidInput):
            Duration.parse(text)


@given(days, st.integers(-120, 120))
def test_adding_months_stays_within_the_month_aimed_at(day, months):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day


def test_the_clock_of_the_put_runs_from_the_first_payment():
    assert Duration.parse("48 months").after(date(2020, 6, 29)) == date(2024, 6, 29)
    assert Duration.parse("6 months").after(date(2020, 8, 31)) == date(2021, 2, 28)


@pytest.mark.parametrize(
    ("text", "kind", "months", "ends"),
    [
        ("2019H1", "half", 6, (date(2019, 1, 1), date(2019, 6, 30))),
        ("2019-01/2019-09", "span", 9, (date(2019, 1, 1), date(2019, 9, 30))),
        ("2021/2023", "span", 36, (date(2021, 1, 1), date(2023, 12, 31))),
        ("2022-12/2023-02", "span", 3, (date(2022, 12, 1), date(2023, 2, 28))),
    ],
)
def test_half_years_and_rows_of_months_are_periods(text, kind, months, ends):
    period = Period.parse(text)
    assert (period.kind, period.months, (period.start, period.end), str(period)) == (kind, months, ends, text)


def test_a_row_of_months_that_is_a_quarter_a_half_or_a_year_is_called_so():
    rows = [Period.parse(text) for text in ("2019-04/2019-06", "2019-07/2019-12", "2019-01/2019-12")]
    assert [str(row) for row in rows] == ["2019Q2", "2019H2", "2019"]


@pytest.mark.parametrize("text", ["2019H3", "2019-09/2019-01", "2019/2019-06", "2019-01/", "2019/2019"])
def test_a_span_goes_forward_between_ends_of_one_kind(text):
    with pytest.raises(InvalidInput):
        Period.parse(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("31.12.2025", "2025-12-31"),
        ("12/2025", "2025-12"),
        ("Q4 2025", "2025Q4"),
        ("2025 Q4", "2025Q4"),
        ("2025年", "2025"),
        ("2025年6月", "2025-06"),
        ("FY2025", "2025-04/2026-03"),
    ],
)
def test_a_period_as_people_write_it_is_answered_with_what_was_probably_meant(written, meant):
    with pytest.raises(InvalidInput) as refused:
        Period.parse(written)
    fix = refused.value.problems[0].fix
    assert fix is not None
    assert meant in render(fix)


def test_a_day_between_slashes_is_not_guessed():
    with pytest.raises(InvalidInput) as refused:
        Period.parse("4/5/2025")
    fix = refused.value.problems[0].fix
    assert fix is not None
    assert "did you mean" not in render(fix)
