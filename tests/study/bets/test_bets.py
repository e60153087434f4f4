"""Odds of bets: a known world is found again, answers act by the sign of their coefficient, order is nothing."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from tests.sampling import examples

from guanzi.study.bets import (
    QUESTIONS,
    YEARS_TO_OUTCOME,
    Settled,
    by_time,
    coded,
    counts,
    half_auc,
    learn,
    permuted,
    scores,
    stood_in,
    stratified_auc,
    without_population,
)
from guanzi.study.bets.folds import YEARS

SLOPES = np.array([1.2, 0.4, 0.9, 0.6, -0.8])


def world(n=1500, populations=8, seed=1, slopes=SLOPES, spread=0.7):
    """Bets of a world whose chances are known."""
    random = np.random.default_rng(seed)
    names = [f"p{i % populations}" for i in range(n)]
    own = {f"p{i}": random.normal(0.0, spread) for i in range(populations)}
    rows = 0.5 * random.integers(-1, 2, size=(n, len(slopes))).astype(np.float64)
    chance = expit(0.4 + rows @ slopes + np.array([own[name] for name in names]))
    came = (random.random(n) < chance).astype(float)
    decided = tuple(date(1995 + i % 28, 1, 1) for i in range(n))
    return Settled(rows, came, tuple(names), tuple(str(i) for i in range(n)), decided), chance


def test_a_known_world_is_found_again():
    bets, chance = world(n=6000)
    odds = learn(bets.rows, bets.success, bets.populations)
    assert odds.slopes[:, 0] == pytest.approx(SLOPES, abs=0.3)
    found = odds.forecast(bets.rows, bets.populations)
    assert np.abs(found[:, 0] - chance).mean() < 0.02
    held = (found[:, 1] <= chance) & (chance <= found[:, 2])
    assert 0.8 < held.mean() <= 1.0


@pytest.mark.parametrize("question", range(len(QUESTIONS)))
def test_a_chance_moves_with_an_answer_by_the_sign_of_its_coefficient(question):
    bets, _ = world()
    odds = learn(bets.rows, bets.success, bets.populations)
    ladder = np.zeros((5, len(QUESTIONS)))
    ladder[:, question] = [-0.5, -0.2, 0.0, 0.3, 0.5]
    for population in ("p1", "nobody's"):
        chances = odds.forecast(ladder, [population] * 5)[:, 0]
        assert (np.diff(chances) * np.sign(odds.slopes[question, 0]) > 0.0).all()


def test_the_order_of_rows_does_not_matter():
    bets, _ = world(n=300)
    turned = np.random.default_rng(2).permutation(300)
    one = learn(bets.rows, bets.success, bets.populations)
    other = learn(bets.rows[turned], bets.success[turned], [bets.populations[i] for i in turned])
    asked = bets.rows[:20], [*bets.populations[:19], "nobody's"]
    assert other.forecast(*asked) == pytest.approx(one.forecast(*asked), abs=1e-9)


def test_an_unknown_population_is_less_sure_than_a_known_one_and_a_rate_of_ones_own_is_taken():
    bets, _ = world()
    odds = learn(bets.rows, bets.success, bets.populations)
    nothing = np.zeros((1, len(QUESTIONS)))
    known, unknown = odds.forecast(nothing, ["p0"])[0], odds.forecast(nothing, ["nobody's"])[0]
    assert unknown[2] - unknown[1] > 2 * (known[2] - known[1])
    assert odds.forecast(nothing, ["nobody's"], base_rate=0.27)[0] == pytest.approx([0.27] * 3)
    assert odds.forecast(nothing, ["p0"], base_rate=0.27)[0] == pytest.approx(known)


def test_drawn_chances_have_the_mean_and_the_band_of_the_forecast():
    bets, _ = world(n=200)
    odds = learn(bets.rows, bets.success, bets.populations)
    rows, names = bets.rows[:4], ["p0", "p1", "x", "x"]
    drawn, told = odds.draws(rows, names, 20_000, 5), odds.forecast(rows, names)
    assert drawn.mean(axis=0) == pytest.approx(told[:, 0], abs=0.01)
    assert pytest.approx(told[:, 1:], abs=0.015) == np.quantile(drawn, (0.05, 0.95), axis=0).T
    assert np.corrcoef(drawn[:, 2], drawn[:, 3])[0, 1] > 0.5


def test_answers_become_numbers_as_the_rule_says():
    assert coded({}).tolist() == [0.0] * 5
    assert coded({"in_business": "no", "finance": "yes", "offtake": "partly"}).tolist() == [-0.5, 0.0, 0.0, 0.5, 0.0]
    ratios = [coded({"sales_to_plan": x})[4] for x in (0.0, 0.01, 0.1, 1.0, 10.0, 1e9)]
    assert ratios == pytest.approx([-0.5, -0.5, -1 / 6, 1 / 6, 0.5, 0.5])
    assert stood_in({"parent": "yes", "volume": "partly"}) == {
        "parent": "yes",
        "volume": "partly",
        "in_business": "yes",
    }
    assert stood_in({"in_business": "no", "parent": "yes"})["in_business"] == "no"


def slow_auc(success, chance):
    won = pairs = 0.0
    for i, (s, p) in enumerate(zip(success, chance, strict=True)):
        for j, (t, q) in enumerate(zip(success, chance, strict=True)):
            if i != j:
                weight = s * (1 - t)
                pairs, won = pairs + weight, won + weight * ((p > q) + 0.5 * (p == q))
    return won / pairs if pairs else float("nan")


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.integers(1, 9)), min_size=1, max_size=12))
@settings(max_examples=examples(60), deadline=None)
def test_the_auc_is_that_of_counting_pairs(bets):
    success, chance = (np.array(part, float) for part in zip(*bets, strict=True))
    assert half_auc(success, chance / 10) == pytest.approx(slow_auc(success, chance), nan_ok=True)


def test_measures_of_right_forecasts_say_so_and_of_dealt_outcomes_that_nothing_is_there():
    bets, chance = world(n=800)
    told = scores(bets.success, chance, 0.6, seed=1, permutations=499)
    assert told.auc.p == told.brier.p == told.slope.p == pytest.approx(1 / 500)
    assert told.slope.low < 1.0 < told.slope.high
    assert told.intercept.low < 0.0 < told.intercept.high
    assert told.against_own.low > 0.0
    assert told.auc.low > 0.6
    dealt = scores(np.random.default_rng(4).permutation(bets.success), chance, 0.6, seed=1, permutations=499)
    assert dealt.auc.low < 0.5 < dealt.auc.high
    assert dealt.slope.low < 0.0 < dealt.slope.high
    assert dealt.auc.value == pytest.approx(0.5, abs=0.06)
    assert dealt.auc.p > 0.01
    assert dealt.against_own.value < 0.0


def test_what_cannot_be_told_is_not_told():
    one_class = scores(np.ones(3), np.array([0.2, 0.5, 0.9]), 0.6, 1, 99)
    assert one_class.auc is None
    assert one_class.slope is None
    assert one_class.intercept is None
    assert one_class.brier.p is None
    assert one_class.brier.low is not None
    apart = scores(np.array([1.0, 0.0, 1.0]), np.array([0.9, 0.1, 0.8]), 0.6, 1, 99)
    assert apart.slope is None
    assert apart.auc.value == 1.0
    assert apart.auc.low < 0.4, "three bets prove nothing, however well they are ranked"
    assert apart.auc.p > 0.2
    alone = scores(np.ones(1), np.array([0.7]), 0.6, 1, 99)
    assert alone.brier.low is None


def test_a_population_is_forecast_without_its_own_outcomes():
    bets, _ = world(n=240)
    chance = without_population(bets)[:, 0]
    own = np.array([name == "p3" for name in bets.populations])
    success = np.where(own, 1 - bets.success, bets.success)
    again = without_population(Settled(bets.rows, success, bets.populations, bets.clusters, bets.decided))[:, 0]
    assert again[own] == pytest.approx(chance[own])
    assert np.abs(again[~own] - chance[~own]).min() > 0.0


def test_within_populations_the_level_of_a_population_does_not_count():
    success, populations = np.array([1.0, 0.0, 1.0, 0.0]), ("a", "a", "b", "b")
    chance = np.array([0.3, 0.2, 0.9, 0.8])
    assert (half_auc(success, chance), stratified_auc(success, chance, populations)) == (0.75, 1.0)


def test_later_bets_are_forecast_by_what_was_settled_before():
    bets, _ = world(n=400)
    later, chance = by_time(bets, date(2012, 1, 1))
    assert {bets.decided[i].year >= 2012 for i in np.flatnonzero(later)} == {True}
    unknowable = np.array([day >= date(2002, 1, 1) for day in bets.decided])
    success = np.where(unknowable, 1 - bets.success, bets.success)
    turned = Settled(bets.rows, success, bets.populations, bets.clusters, bets.decided)
    assert by_time(turned, date(2012, 1, 1))[1] == pytest.approx(chance)


def test_counts_of_left_out_populations_are_held_nine_times_of_ten():
    held = [
        held.low <= held.came <= held.high for seed in range(12) for held in counts(world(n=240, seed=seed)[0], 2000, 1)
    ]
    assert 0.75 < np.mean(held) <= 0.99


def test_dealt_outcomes_are_as_good_as_they_came_where_answers_say_nothing():
    bets, _ = world(n=200, slopes=np.zeros(5))
    loud, _ = world(n=400, slopes=3 * SLOPES)
    assert permuted(bets, 19, 1)[1] > 0.05
    assert permuted(loud, 19, 1)[1] == pytest.approx(0.05)


def test_a_bet_is_settled_after_the_same_years_wherever_that_is_asked():
    assert YEARS == YEARS_TO_OUTCOME
