"""A case replayed without names is held to the same budgets, so that its advice is that of its appraisal."""

import pytest

from guanzi.advice.appraisal import budget_of, budget_parties
from guanzi.advice.backtest.replay import unnamed
from guanzi.deal.terms import parse_sheet
from guanzi.record.evidence import builtin_cases, find_case, load_case


def budgets(case):
    view = case.view(case.decision_date)
    if view.sheet is None:
        return None
    sheet = parse_sheet(view.sheet.document)
    return {party: budget_of(sheet, view, party) for party in sheet.public}, budget_parties(sheet, view)


@pytest.mark.parametrize("id", builtin_cases())
def test_whoever_pays_from_the_budget_of_the_region_still_does_without_its_name(id):
    """NIO was backed with conditions when appraised, and lacked evidence in the backtest for want of a budget."""
    case = load_case(find_case(id))
    assert budgets(unnamed(case)) == budgets(case)
