"""What the public side gives by a term sheet, year by year."""

import pytest
from tests.terms.known_company import sheet

from guanzi.appraisal.fiscal import incentives_of

GIVEN = """\
incentives:
  works: {type: park, from: city, cost: 400, start: 2024-04-01, ready: 2025-02-15, rent: 8%, years: 2, resale: 50%}
  fleet: {type: purchase, from: city, amount: 100 per year, years: 2, start: 2024-05-01, worth: 90%, cost: 70%}
"""


def test_a_building_costs_its_years_and_a_purchase_what_the_goods_are_not_worth():
    works, fleet = incentives_of(sheet(GIVEN))
    assert [(year, a.low, a.high) for year, a in works.amounts] == [(2024, 200.0, 200.0), (2025, 200.0, 200.0)]
    assert [(year, a.low) for year, a in fleet.amounts] == [(2024, pytest.approx(10.0)), (2025, pytest.approx(10.0))]


def test_what_goods_are_worth_within_a_bracket_leaves_a_bracket():
    body = GIVEN.replace("worth: 90%", "worth: {unknown: {low: 50%, high: 100%, note: judgement}}")
    fleet = list(incentives_of(sheet(body)))[1]
    assert (fleet.amounts[0][1].low, fleet.amounts[0][1].high) == (0.0, 50.0)
