"""Odds of a case: what was settled by the day, what its facts answer, and what it is worth to ask."""

from datetime import date
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.study.diligence.views import fact, view_of

from guanzi.advice.odds import (
    STATED,
    alike_bets,
    answers_of,
    case_says,
    odds_by,
    price_bet,
    settled_by,
    worth_of_knowing,
)
from guanzi.base.core import render
from guanzi.intake.bets import settled_bets
from guanzi.record.evidence import sign_of
from guanzi.study.bets import QUESTIONS, BetOdds
from guanzi.study.diligence import run_checks

DAY = date(2020, 4, 29)


def by(day: date, *own: str) -> tuple[BetOdds, int]:
    """Odds of a day, and how many bets they were learnt from."""
    found = odds_by(day, *own)
    assert found is not None
    return found


ODDS, LEARNT = by(DAY)
ANSWERS = {
    **dict.fromkeys(QUESTIONS[:-1], st.sampled_from(["yes", "partly", "no", None])),
    QUESTIONS[-1]: st.sampled_from([0.0, 0.02, 0.5, 3.0, 50.0, None]),
}
CHANCES = st.floats(0.0, 1.0)
MARGIN = 0.05


def said(*facts):
    view = view_of(*facts)
    return {answer.question: answer for answer in case_says(view, run_checks(view, None))}


def answers(*facts):
    return {question: answer.answer for question, answer in said(*facts).items()}


def test_only_bets_whose_ten_years_had_passed_are_learnt_from():
    early = [bet for bet, _ in settled_bets() if bet.day is not None and bet.day < date(2010, 4, 29)]
    assert len(early) == LEARNT
    assert odds_by(date(1990, 1, 1)) is None


def test_a_bet_does_not_forecast_itself():
    own = next(bet for bet, _ in settled_bets() if bet.case and bet.day is not None)
    day = date(own.day.year + 11, 1, 1)
    assert by(day, own.case)[1] < by(day)[1]


def test_facts_answer_what_they_show_and_nothing_else():
    assert set(answers().values()) == {None}
    sold = (
        fact("deliveries", 2019, 20_000.0, "vehicles"),
        fact("plan_capacity", "2020-01-01", 100_000.0, "vehicles/year"),
    )
    assert answers(*sold) == {**dict.fromkeys(QUESTIONS), "in_business": "yes", "made_before": "yes"}
    small = fact("deliveries", 2019, 9_000.0, "vehicles"), sold[1]
    assert answers(*small)["made_before"] == "no"
    none = (fact("deliveries", 2019, 0.0, "vehicles"),)
    assert (answers(*none)["in_business"], answers(*none)["made_before"]) == ("no", "no")


def test_a_product_that_another_builds_was_not_made_by_the_company():
    built = (
        fact("deliveries", 2019, 20_000.0, "vehicles"),
        fact("contract_manufacturer", 2019, "Works of another", "text"),
    )
    assert answers(*built)["made_before"] == "no"


def test_sales_are_held_against_a_year_of_the_plan():
    held = fact("revenue", 2019, 600.0), fact("plan_investment", "2020-01-01", 900.0)
    assert answers(*held)["sales_to_plan"] == pytest.approx(2.0)


def test_money_for_the_plan_is_answered_as_its_check_found_it():
    plan = fact("plan_investment", "2020-01-01", 900.0)
    for raised, answer in ((2_000.0, "yes"), (500.0, "partly"), (100.0, "no")):
        held = plan, fact("equity_raised", 2019, raised), fact("invested_to_date", "2019-12-31", 0.0)
        assert answers(*held)["finance"] == answer


@pytest.mark.parametrize(("question", "name"), STATED.items())
def test_what_the_analyst_states_counts_before_what_facts_show(question, name):
    unsold = fact("deliveries", 2019, 0.0, "vehicles")
    for value, answer in ((True, "yes"), (False, "no")):
        found = said(unsold, fact(name, "2019-12-31", value, "flag"))[question]
        assert found.answer == answer
        assert [render(found.because, lang) for lang in ("en", "zh")]
    assert sign_of(name).direction == "good"


@given(st.fixed_dictionaries(ANSWERS), st.sampled_from(QUESTIONS), st.sampled_from([0.2, 0.5, 0.9]))
def test_a_better_answer_never_lowers_the_chance_and_no_answer_lies_between(told, question, needed):
    good, bad = (50.0, 0.0) if question == QUESTIONS[-1] else ("yes", "no")
    chance = {a: price_bet(ODDS, {**told, question: a}, needed, MARGIN).chance for a in (good, None, bad)}
    assert chance[bad] <= chance[None] <= chance[good]


def test_answers_whose_slope_is_not_above_zero_are_not_counted():
    class Turned:
        slopes = np.column_stack([-np.ones(len(QUESTIONS)), np.ones(len(QUESTIONS))])

        def forecast(self, rows, populations):
            return np.column_stack([0.5 + 0.1 * rows.sum(axis=1)] * 3)

    told: dict[str, str | float | None] = {**dict.fromkeys(QUESTIONS[:-1], "yes"), QUESTIONS[-1]: 5.0}
    assert price_bet(cast(BetOdds, Turned()), told, 0.5, MARGIN).chance == 0.5


@given(CHANCES, CHANCES, st.floats(0.01, 1.0))
def test_knowing_is_worth_something_only_where_the_answers_part(one, other, needed):
    worth = worth_of_knowing((one, other), needed, MARGIN)
    pays = [chance - needed - MARGIN for chance in (one, other)]
    assert worth >= 0.0
    if min(pays) >= 0 or max(pays) <= 0:
        assert worth == pytest.approx(0.0, abs=1e-12)
    else:
        assert worth == pytest.approx(min(max(pays), -min(pays)) / 2 / needed)


def test_what_is_known_is_not_worth_waiting_for():
    told: dict[str, str | float | None] = {**dict.fromkeys(QUESTIONS[:-1], "no"), QUESTIONS[-1]: 0.0}
    assert price_bet(ODDS, told, 0.5, MARGIN).worth == 0.0


def test_a_bet_answered_the_same_way_is_nearer_than_any_other():
    bets = settled_by(date(2026, 1, 1))
    odds, learnt = by(date(2026, 1, 1))
    assert learnt == len(bets)
    target = next(bet for bet, _ in bets if set(bet.answers) >= set(QUESTIONS[:-1]) and bet.sales_before)
    nearest = alike_bets(odds, answers_of(target), bets)
    assert (nearest[0].bet.id, nearest[0].same) == (target.id, len(QUESTIONS))
    assert len(nearest) == 10


def test_a_question_that_the_case_leaves_open_moves_no_bet_nearer():
    day = date(2020, 4, 29)
    odds, _ = by(day)
    open_case = alike_bets(odds, {"finance": None, "in_business": "yes"}, settled_by(day))
    assert {one.bet.answers.get("in_business") for one in open_case} == {"yes"}
    assert [one.bet.decided for one in open_case] == sorted((one.bet.decided for one in open_case), reverse=True)


def test_the_case_itself_is_not_among_its_like():
    day = date(2024, 1, 1)
    assert [bet for bet, _ in settled_by(day) if bet.case == "boe-hefei-2008"]
    assert not [bet for bet, _ in settled_by(day, "boe-hefei-2008") if bet.case == "boe-hefei-2008"]
