"""The table that prices what is not known: a gap is a condition, the chance decides, and waiting must pay."""

import re

import pytest
from benchmarks.priced_table import FROZEN, HERE, PLAYBOOK, frozen, now
from hypothesis import given
from hypothesis import strategies as st
from tests.advice.odds.test_odds import ANSWERS, MARGIN, ODDS
from tests.record.playbooks.test_table import PUT, SOUND, finding

from guanzi.advice.odds import price_bet
from guanzi.base.core import render
from guanzi.record.playbooks import ADVICE_ORDER, evaluate, load_playbook
from guanzi.study.bets import QUESTIONS

BOOK = load_playbook(PLAYBOOK)
PAYS = {**SOUND, "odds.surplus": 0.2, "odds.waiting": -0.02}
GAPS = {
    "series-product": ("gap_series", "show-series"),
    "going-concern": ("gap_going_concern", "show-survival"),
    "below-cost": ("gap_unit_margin", "show-margin"),
}
FIGURES = {
    "size-quarter": ("public.amount_to_budget", "show-budget"),
    "worst-year-tenth": ("budget.worst_year_share", "show-budget"),
    "failure-loss-tenth": ("exposure.failure_p95_share", "show-budget"),
    "loss-probability-80": ("fund.loss_probability", "show-loss"),
}
COST = 0.02


def read(figures, *findings):
    return evaluate(BOOK.table, figures, [PUT, *findings], frozenset({"budget-or-effect"}))


def test_a_sound_deal_that_pays_is_backed():
    assert read(PAYS).advice == "back"


@pytest.mark.parametrize("row", GAPS)
def test_a_gate_that_is_not_known_is_a_condition(row):
    gap, condition = GAPS[row]
    below = [finding("unit_margin_negative"), finding("gap_margin_trend", "gap")] if row == "below-cost" else []
    found = read(PAYS, finding(gap, "gap"), *below)
    assert found.advice == "back_with_conditions"
    assert row in next(d.because for d in found.demands if d.id == condition)


@pytest.mark.parametrize("row", FIGURES)
def test_a_limit_that_is_not_known_is_a_condition(row):
    figure, condition = FIGURES[row]
    found = read({**PAYS, figure: None})
    assert found.advice == "back_with_conditions"
    assert row in next(d.because for d in found.demands if d.id == condition)


@pytest.mark.parametrize("row", FIGURES)
def test_a_limit_that_is_broken_declines_whatever_the_chance(row):
    assert read({**PAYS, FIGURES[row][0]: 0.9}).advice == "decline"


def test_nothing_but_the_worth_of_an_answer_puts_a_decision_off():
    assert {row.id for row in BOOK.table if row.if_fail == "insufficient_evidence"} == {"waiting"}
    unpriced = {row.id for row in BOOK.table if row.no_evidence == "insufficient_evidence" and row.if_fail == "decline"}
    assert unpriced - {"not-ended"} == {"chance"}


def test_the_chance_decides_unless_an_answer_is_worth_waiting_for():
    low = {**PAYS, "odds.surplus": 0.04}
    assert read(low).deciding == ("chance",)
    assert read(low).advice == "decline"
    assert read({**low, "odds.waiting": 0.01}).deciding == ("waiting",)
    assert read({**PAYS, "odds.waiting": 0.01}).advice == "insufficient_evidence"
    assert read({**PAYS, "odds.surplus": None, "odds.waiting": None}).advice == "insufficient_evidence"


def priced(told, needed):
    bet = price_bet(ODDS, told, needed, MARGIN)
    figures = {**PAYS, "odds.surplus": bet.surplus, "odds.waiting": bet.worth - COST}
    return ADVICE_ORDER.index(read(figures).advice)


@given(st.fixed_dictionaries(ANSWERS), st.sampled_from(QUESTIONS), st.sampled_from([0.1, 0.3, 0.5, 0.6, 0.7, 1.0]))
def test_a_good_answer_never_worsens_the_advice_and_a_bad_one_never_improves_it(told, question, needed):
    good, bad = (50.0, 0.0) if question == QUESTIONS[-1] else ("yes", "no")
    as_told = priced(told, needed)
    assert priced({**told, question: bad}, needed) <= as_told <= priced({**told, question: good}, needed)


def test_every_condition_and_reason_is_told_in_both_languages():
    told = [row.origin.reason() for row in BOOK.table] + [row.message() for row in BOOK.table]
    for words in told:
        assert render(words, "zh") != render(words, "en")


def test_table_and_code_are_those_that_were_fixed_before_any_case_was_read():
    fixed = frozen()
    replaced = fixed.pop("replaced")
    assert now() == fixed
    assert all(one["reason"] and one["sha256"] != fixed["sha256"] for one in replaced)
    assert FROZEN.name == "priced-table.json"


def test_the_page_tells_how_often_the_table_was_hashed_anew():
    text = " ".join((HERE.parent / "docs" / "methods" / "decision-rows.md").read_text("utf-8").split())
    words = {5: "five"}
    assert f"It was hashed anew {words[len(frozen()['replaced'])]} times" in text
    thirteen = (
        text.count("| `exit-right` |"),
        len(re.findall(r"\| `exit-right` \| `[^`]*` \| could not be judged", text)),
    )
    assert thirteen == (26, 13)
    assert "in 13 cases" in text


def test_the_page_names_the_limits_that_read_a_quantile():
    text = (HERE.parent / "docs" / "methods" / "decision.md").read_text("utf-8")
    quantiles = {"budget.worst_year_share", "exposure.failure_p95_share"}
    reading = {row.id for row in BOOK.table if any(f in row.test.model_dump_json() for f in quantiles)}
    assert reading == {f"{what}-{part}" for what in ("worst-year", "failure-loss") for part in ("tenth", "twentieth")}
    assert all(f"`{row}`" in text.partition("No quantile of the loss")[2] for row in reading)
