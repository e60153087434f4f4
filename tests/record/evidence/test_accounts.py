"""The newest known figure of a flow, whatever the form in which it came."""

from datetime import date

import pytest
from tests.study.diligence.views import fact, view_of

from guanzi.base.core import Period
from guanzi.record.evidence import (
    annual,
    annual_before,
    awaited_by,
    burn,
    calendar,
    last_year_out,
    liquid,
    margins,
    newest_margin,
    over,
)


def told(figure):
    return None if figure is None else (round(figure.value, 6), str(figure.period), figure.form)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([("2018", 120)], (120, "2018", "stated")),
        ([(f"2018Q{n}", 10 * n) for n in (1, 2, 3, 4)], (100, "2018", "summed")),
        ([("2018H1", 40), ("2018H2", 60)], (100, "2018", "summed")),
        ([("2018", 120), ("2019-01/2019-09", 180)], (240, "2019-01/2019-09", "annualised")),
        ([("2018", 120), ("2018-01/2018-09", 70), ("2019-01/2019-09", 180)], (230, "2018-10/2019-09", "rolled")),
        ([("2018", 120), ("2019Q1", 50)], (200, "2019Q1", "annualised")),
        ([("2018", 120), ("2019-01", 50)], (120, "2018", "stated")),
        ([("2017/2019", 360)], (120, "2017/2019", "annualised")),
        ([("2018", 120), ("2018Q1", 7)], (120, "2018", "stated")),
    ],
)
def test_the_newest_months_that_are_known_are_told_for_a_year(facts, expected):
    assert told(annual(view_of(*(fact("net_loss", p, v) for p, v in facts)), "net_loss")) == expected


@pytest.mark.parametrize(
    "entered",
    [
        fact("net_loss", "2019-01/2019-09", 90),
        fact("net_loss_to_date", "2019-09-30", 90),
        fact("net_loss_to_date", "2019-01/2019-09", 90),
        fact("net_profit", "2019-01/2019-09", -90),
    ],
)
def test_nine_months_count_however_they_were_entered(entered):
    view = view_of(fact("net_loss", "2018", 10), entered)
    assert told(annual(view, "net_loss")) == (120, "2019-01/2019-09", "annualised")
    assert told(annual(view, "net_profit")) == (-120, "2019-01/2019-09", "annualised")


def test_a_fourth_quarter_is_what_nine_months_leave_of_the_year():
    view = view_of(fact("revenue", "2019", 100), fact("revenue_to_date", "2019-09-30", 70))
    assert over(view, "revenue", Period.parse("2019Q4")).value == 30
    assert [str(r.period) for r in calendar(view, "revenue", "quarter")] == ["2019Q4"]


def test_parts_that_are_more_than_their_whole_do_not_belong_together():
    view = view_of(fact("revenue", "2019", 100), fact("revenue", "2019-01/2019-09", 120))
    assert over(view, "revenue", Period.parse("2019Q4")) is None


def before(view):
    figure = annual(view, "net_loss")
    assert figure is not None
    return annual_before(view, "net_loss", figure)


def spent(view):
    found = burn(view)
    assert found is not None
    return found[0].value, found[1]


def test_months_are_compared_with_those_of_the_year_before_or_with_the_last_before_them():
    year, part = fact("net_loss", "2018", 100), fact("net_loss", "2019H1", 30)
    view = view_of(year, part)
    assert told(before(view)) == (100, "2018", "stated")
    view = view_of(year, part, fact("net_loss", "2018H1", 80))
    assert told(annual(view, "net_loss")) == (50, "2018-07/2019-06", "rolled")
    assert told(before(view)) == (100, "2018", "stated")


@pytest.mark.parametrize(
    ("period", "first"),
    [("2018", date(2020, 4, 30)), ("2019Q1", date(2019, 8, 30)), ("2019-12-31", date(2020, 8, 30))],
)
def test_a_figure_is_stale_once_its_successor_should_have_been_out(period, first):
    assert awaited_by(Period.parse(period)) == first


def test_accounts_of_the_year_just_ended_are_not_out_in_january():
    assert str(last_year_out(date(2024, 1, 15))) == "2022"
    assert str(last_year_out(date(2024, 4, 30))) == "2023"


def test_the_newest_balance_counts_before_the_wider_one():
    view = view_of(fact("cash_and_short_term_investments", "2018-12-31", 5), fact("cash", "2019-06-30", 3))
    assert liquid(view).value == 3


def test_cash_is_spent_as_the_newest_flow_says():
    old = [fact("operating_cash_flow", "2018", -50), fact("capex", "2018", 10)]
    assert spent(view_of(*old)) == (60, "operating_cash_flow")
    assert spent(view_of(*old, fact("net_loss", "2019H1", 45))) == (90, "net_loss")


def test_a_margin_follows_from_profit_or_cost_and_sales():
    view = view_of(
        fact("gross_margin", "2018", 0.1, "ratio"), fact("revenue", "2019", 100), fact("cost_of_revenue", "2019", 80)
    )
    assert [r.value for r in margins(view, "gross_margin", "year")] == [0.1, 0.2]
    assert newest_margin(view).value == pytest.approx(0.2)
