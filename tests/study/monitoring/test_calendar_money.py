"""Loans and grants in the calendar of a signed deal: each on its days."""

from datetime import date

import pytest
from tests.deal.terms.sheets import EXAMPLE

from guanzi.base.reading import read_yaml
from guanzi.deal.terms import Grant, Land, Loan, parse_sheet
from guanzi.record.evidence import builtin_cases, find_case, load_case
from guanzi.study.monitoring import calendar_of, milestones, warning_rules

SHEETS = [(name, file) for name in builtin_cases() for file in load_case(find_case(name)).sheets]


def money(sheet, view):
    return [
        e for e in calendar_of(sheet, view, milestones(sheet, view), warning_rules().reporting) if e.kind == "money"
    ]


@pytest.fixture(scope="module")
def view():
    return load_case(find_case("nio-hefei-2020")).view(date(2020, 4, 29))


def test_a_loan_is_drawn_and_ends_and_a_grant_falls_due_each_year(view):
    sheet = parse_sheet(read_yaml(EXAMPLE, EXAMPLE.name))
    found = {e.id: e.day for e in money(sheet, view)}
    assert {*sheet.of(Loan), *sheet.of(Grant)}
    for loan in sheet.of(Loan):
        assert found[f"money.{loan.id}.drawn"] == loan.drawn
        assert found[f"money.{loan.id}.repaid"].year == loan.drawn.year + int(loan.years)
    for grant in (g for g in sheet.of(Grant) if not g.undated):
        days = [found[f"money.{grant.id}.{n + 1}"] for n in range(grant.years)]
        assert days[0] == grant.start
        assert [d.year for d in days] == [grant.start.year + n for n in range(grant.years)]


def test_over_the_library_no_loan_is_missing_and_no_day_is_made_up_for_a_grant_without_one(view):
    looked = 0
    for _, file in SHEETS:
        sheet = parse_sheet(file.document)
        ids = [e.id for e in money(sheet, view)]
        wanted = 2 * len(sheet.of(Loan)) + sum(0 if g.undated else g.years for g in sheet.of(Grant))
        wanted += sum(not land.undated for land in sheet.of(Land))
        assert len(ids) == len(set(ids)) == wanted
        looked += wanted
    assert looked
