"""The calendar and the accounts awaited follow the company's own fiscal year, stated or shown by its accounts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.jobs.watched_case import signed_case
from tests.study.diligence.views import fact, view_of

from guanzi.base.core import InvalidInput, Period
from guanzi.deal.terms import parse_sheet
from guanzi.record.evidence import find_case, load_case, own_period, year_awaited, year_ends
from guanzi.study.monitoring import calendar_of, warning_rules

MONTHS = st.integers(1, 12)


def years(*ends):
    """Sales of twelve months up to each of these months."""
    return [fact("revenue", str(Period.until(date(year, month, 1), 12)), 100.0) for year, month in ends]


@pytest.fixture(scope="module")
def sheet():
    case = load_case(find_case("nio-hefei-2020"))
    return parse_sheet(case.sheets[-1].document)


@given(MONTHS, st.dates(date(2001, 1, 1), date(2040, 12, 31)), st.sampled_from((3, 6, 12)))
def test_a_year_a_half_and_a_quarter_lie_around_the_day_and_end_with_the_companys_own(ends, day, months):
    period = own_period(day, months, ends)
    assert period.contains(day)
    assert period.months == months
    assert (period.end.month - ends) % months == 0


@given(MONTHS, st.dates(date(2020, 6, 1), date(2024, 12, 31)))
def test_reports_are_of_the_companys_own_quarters_and_the_last_of_a_year_says_which_it_closes(sheet, ends, day):
    view = view_of()
    view = replace(view, as_of=day, company=replace(view.company, year_ends=ends))
    found = [entry for entry in calendar_of(sheet, view, (), warning_rules().reporting) if entry.kind == "report"]
    assert len(found) >= 3
    for entry in found:
        closing = entry.text.id == "monitoring.calendar.report.year"
        period_end = entry.day - timedelta(days=120 if closing else 60)
        assert (period_end.month - ends) % 3 == 0
        assert closing == (period_end.month == ends)
        if closing:
            assert Period.parse(str(dict(entry.text.params)["year"])) == Period.until(period_end, 12)


@given(st.dates(date(2020, 6, 1), date(2024, 12, 31)))
def test_no_report_closes_a_year_whose_end_nothing_tells(sheet, day):
    found = calendar_of(sheet, replace(view_of(), as_of=day), (), warning_rules().reporting)
    assert {entry.text.id for entry in found if entry.kind == "report"} == {"monitoring.calendar.report.assumed"}


@given(MONTHS, st.dates(date(2020, 1, 1), date(2024, 12, 31)))
def test_the_accounts_awaited_are_of_the_year_that_ended_last_and_had_its_days(ends, day):
    view = view_of()
    view = replace(view, as_of=day, company=replace(view.company, year_ends=ends))
    year = year_awaited(view)
    assert (year.months, year.end.month) == (12, ends)
    assert timedelta(120) < day - year.end <= timedelta(120 + 366)


def test_two_years_that_end_in_a_month_show_it_and_one_twelve_months_does_not():
    assert year_ends(view_of(*years((2018, 3), (2019, 3)))) == 3
    assert year_ends(view_of(*years((2019, 3)))) == 12  # may be the last twelve months of a company of any year
    assert year_ends(view_of(*years((2018, 3), (2019, 3), (2017, 12), (2018, 12)))) == 12
    assert year_ends(view_of()) == 12


def test_what_the_case_states_comes_before_what_its_accounts_show():
    view = view_of(*years((2018, 3), (2019, 3)))
    assert year_ends(replace(view, company=replace(view.company, year_ends=9))) == 9


@pytest.mark.parametrize("month", [None, 1, 12, 0, 13])
def test_a_case_states_the_month_and_its_view_changes_with_it(tmp_path, month):
    folder = signed_case(tmp_path)
    plain = load_case(folder).view(date(2020, 8, 31))
    text = (folder / "case.yaml").read_text("utf-8")
    stated = "" if month is None else f", year_ends: {month}"
    (folder / "case.yaml").write_text(text.replace("name: Example Motors}", f"name: Example Motors{stated}}}"), "utf-8")
    if month in (0, 13):
        with pytest.raises(InvalidInput):
            load_case(folder)
        return
    view = load_case(folder).view(date(2020, 8, 31))
    assert view.company.year_ends == month
    assert (view.sha256 == plain.sha256) == (month is None)
