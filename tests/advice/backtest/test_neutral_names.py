"""A neutral name hides who a bet is; it hides no fact of the day, such as which budget pays."""

from dataclasses import replace
from typing import Any

import pytest

from guanzi.advice.appraisal.deal import budget_of
from guanzi.advice.appraisal.plausible import risen_medians
from guanzi.advice.backtest.replay import unnamed
from guanzi.advice.calibration import calibrate_company
from guanzi.deal.terms import parse_sheet
from guanzi.engine.company import Streams
from guanzi.record.evidence import builtin_cases, find_case, load_case


@pytest.mark.parametrize("name", builtin_cases())
def test_who_pays_does_not_rest_on_a_party_that_is_named_like_its_region(name):
    case = load_case(find_case(name))
    named, neutral = (c.view(case.decision_date) for c in (case, unnamed(case)))
    if named.sheet is None:
        return
    sheet = parse_sheet(named.sheet.document)
    assert [budget_of(sheet, named, p) for p in sheet.public] == [budget_of(sheet, neutral, p) for p in sheet.public]


def test_medians_of_a_company_are_those_of_its_own_draws_whoever_was_asked_before():
    case = load_case(find_case("boe-hefei-2008"))
    model: Any = calibrate_company(case.view(case.decision_date), case.decision_date)
    other = replace(model, streams=Streams("another", model.streams.track))
    before = risen_medians(other)
    assert risen_medians(model) != before
    assert risen_medians(other) == before
