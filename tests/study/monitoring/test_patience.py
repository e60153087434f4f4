"""Where the public side stands, and what came of a deal: hand-made books whose answers are known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import Period
from guanzi.study.monitoring import Attribution, CashFlow, Stated, Trigger, attribute, position, verdict

DAY = date(2022, 7, 1)
PAID = CashFlow(date(2020, 7, 1), -1_000.0)


def test_what_was_paid_grows_with_the_hurdle_until_it_comes_back():
    told = position([PAID, CashFlow(date(2021, 7, 1), 400.0)], DAY, 0.10, 0.2, None, 0.1)
    assert (told.paid, told.returned) == (1_000.0, 400.0)
    assert told.outstanding == pytest.approx(1_000 * 1.21 - 400 * 1.1, rel=1e-3)
    assert told.proceeds is None


def test_the_break_even_value_makes_the_public_side_whole_after_the_discount():
    told = position([PAID], DAY, 0.10, 0.2, (3_000.0, 5_000.0, 9_000.0), 0.1)
    assert told.proceeds == pytest.approx((540.0, 900.0, 1_620.0))
    assert told.break_even is not None
    assert 0.2 * 0.9 * told.break_even == pytest.approx(told.outstanding)
    assert told.recovering is None, "all of it brings less than what is outstanding"
    whole = position([PAID], DAY, 0.10, 0.2, (told.break_even, told.break_even, told.break_even), 0.1)
    assert whole.recovering == pytest.approx(1.0)
    assert whole.left == pytest.approx(0.0, abs=1e-9)


def test_of_a_stake_that_rose_a_part_brings_the_money_back():
    told = position([PAID], DAY, 0.0, 0.5, (4_000.0, 4_000.0, 4_000.0), 0.0)
    assert told.recovering == pytest.approx(0.5)
    assert told.left == pytest.approx(1_000.0)


def test_without_a_share_or_a_value_nothing_is_made_up():
    told = position([PAID], DAY, 0.1, None, None, 0.1)
    assert (told.share, told.proceeds, told.break_even, told.recovering) == (None, None, None, None)


@given(st.dates(date(2022, 7, 2), date(2030, 1, 1)), st.floats(-1e6, 1e6))
def test_money_of_a_later_day_is_not_counted(day, amount):
    without = position([PAID], DAY, 0.1, 0.2, (1.0, 2.0, 3.0), 0.1)
    assert position([PAID, CashFlow(day, amount)], DAY, 0.1, 0.2, (1.0, 2.0, 3.0), 0.1) == without


@pytest.mark.parametrize(
    ("triggers", "course"),
    [
        ((Trigger("breach", False), Trigger("put_open", False), Trigger("end", False)), "hold"),
        ((Trigger("breach", True, ("jobs",)), Trigger("put_open", None), Trigger("end", False)), "exit"),
        ((Trigger("breach", False), Trigger("put_open", False), Trigger("end", True)), "leave"),
        ((Trigger("breach", None), Trigger("put_open", False), Trigger("end", False)), "unknown"),
    ],
)
def test_a_stake_is_held_until_a_reason_of_the_rule_is_there(triggers, course):
    assert verdict(triggers) == course


YEARS = (Period.parse("2021"), Period.parse("2022"))


def test_no_effect_is_claimed_without_a_forecast_of_the_company_alone():
    rows = attribute(YEARS, {("units", YEARS[0]): Stated(90.0, ("f",))}, {("units", YEARS[0]): Stated(100.0, ())}, {})
    (row,) = rows
    assert (row.kept, row.effect, row.claim) == (0.9, None, "no_counterfactual")


def test_an_effect_has_the_interval_of_the_forecast_without_the_deal():
    row = Attribution("units", YEARS[0], Stated(90.0, ()), None, (10.0, 30.0, 70.0))
    assert row.effect == (20.0, 60.0, 80.0)
    assert row.claim == "above"
    assert Attribution("units", YEARS[0], Stated(5.0, ()), None, (10.0, 30.0, 70.0)).claim == "below"
    assert Attribution("units", YEARS[0], Stated(50.0, ()), None, (10.0, 30.0, 70.0)).claim == "not_shown"


def test_what_was_promised_and_has_not_come_is_listed_as_not_known():
    (row,) = attribute(YEARS, {}, {("revenue", YEARS[1]): Stated(7.0, ())}, {})
    assert (row.period, row.claim, row.kept) == (YEARS[1], "not_known", None)


def test_while_money_is_owed_a_reason_stops_it_and_nothing_ever_adds():
    broken = (Trigger("breach", True, ("jobs",)), Trigger("end", True))
    assert verdict(broken, owed=True) == "stop"
    assert verdict((Trigger("breach", False), Trigger("end", False)), owed=True) == "hold"


def test_what_came_back_beyond_what_was_paid_is_free_for_other_bets():
    back = CashFlow(date(2021, 7, 1), 1_700.0)
    assert position([PAID, back], DAY, 0.1, None, None, 0.1).recycled == 700.0
    assert position([PAID], DAY, 0.1, None, None, 0.1).recycled == 0.0
