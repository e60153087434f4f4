"""A case becomes a statement: one closing day, losses with their sign, nothing that was not held."""

import pytest
from tests.study.diligence.views import fact, view_of

from guanzi.study.distress.statement import score_case, statement

DAY = "2019-12-31"
HELD = (
    fact("total_assets", DAY, 14582.0),
    fact("total_liabilities", DAY, 19404.0),
    fact("current_assets", DAY, 4928.0),
    fact("current_liabilities", DAY, 9499.0),
    fact("accumulated_deficit", DAY, 46326.3),
    fact("net_loss", 2019, 11295.7),
    fact("revenue", 2019, 7824.9),
)


def test_losses_and_deficits_carry_their_sign():
    held = statement(view_of(*HELD))
    assert held.closing == DAY
    assert held.items["net_income"] == -11295.7
    assert held.items["retained_earnings"] == -46326.3
    assert set(held.facts) == {f.id for f in HELD}


def test_the_operating_result_is_taken_from_costs():
    costs = (fact("gross_profit", 2019, -1198.8), fact("r_and_d", 2019, 4428.6), fact("sga", 2019, 5451.8))
    assert statement(view_of(*HELD, *costs)).items["ebit"] == pytest.approx(-11079.2)
    assert "ebit" not in statement(view_of(*HELD)).items


def test_figures_of_another_day_are_not_mixed_in():
    stale = fact("current_liabilities", "2018-12-31", 9000.0)
    held = statement(view_of(*(f for f in HELD if f.name != "current_liabilities"), stale))
    assert "current_liabilities" not in held.items


def test_without_total_assets_there_is_no_statement_and_no_score():
    view = view_of(*HELD[1:])
    assert statement(view) is None
    assert score_case(view) is None


def test_a_company_that_loses_its_capital_scores_above_the_base_rate():
    found = score_case(view_of(*HELD), base_rate=0.05)
    assert found.card.known_on <= view_of(*HELD).as_of
    assert found.scored.probability > 0.1
    assert found.scored.held >= 8


def test_one_figure_is_too_little_for_a_score():
    assert score_case(view_of(HELD[0])) is None
