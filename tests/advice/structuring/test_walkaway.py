"""How far the public side may go: against looking at every value, and against closed forms."""

from dataclasses import replace

import pytest
from tests.advice.structuring.test_search import draft

from guanzi.advice.structuring import Rival, chance_to_win, reaches, walkaway, winners_curse
from guanzi.advice.structuring.trials import Programs, Trials
from guanzi.advice.structuring.walkaway import VALUE

TERM = "stake.share=10%..30%/1%"


@pytest.fixture(scope="module")
def ladder() -> dict[float, float]:
    """Public value at every value of the term."""
    deal = draft(TERM)
    trials = Trials(Programs(deal), (VALUE,), paths=1024, seed=1, threads=1)
    return {float(str(x)): trials.trial((i,)).means[VALUE.id] for i, x in enumerate(deal.terms[0].options)}


def reach(floor):
    return reaches(draft(TERM), floor, paths=1024, seed=1, threads=1)[0]


def test_the_walk_away_value_lies_where_looking_at_every_value_finds_it(ladder):
    own = 0.18
    floor = 0.5 * (ladder[0.14] + ladder[0.15])
    found = reach(floor)
    assert ladder[own] > floor
    assert (found.status, found.rising) == ("crosses", True)
    assert 0.14 < found.at < 0.15
    assert found.low < found.at < found.high
    enough = [x for x, value in ladder.items() if value >= floor]
    assert min(enough) == 0.15


def test_where_the_draft_is_below_the_floor_it_says_what_the_term_would_have_to_be(ladder):
    floor = 0.5 * (ladder[0.22] + ladder[0.23])
    found = reach(floor)
    assert found.status == "beyond"
    assert 0.22 < found.at < 0.23


def test_no_value_or_every_value_of_the_range_is_said(ladder):
    assert reach(max(ladder.values()) + 1.0).status == "never"
    assert reach(min(ladder.values()) - 1.0).status == "everywhere"
    assert reach(max(ladder.values()) + 1.0).at is None


def test_few_paths_decide_only_what_all_paths_would_decide_alike(ladder, monkeypatch):
    """And what they say of a value lies within their error of what all say."""
    deal, floor = draft(TERM, "put.price.rate"), 0.5 * (ladder[0.14] + ladder[0.15])
    quick = reaches(deal, floor, paths=8192, seed=1, threads=1)
    monkeypatch.setattr(walkaway, "FEW", 8192)
    whole = reaches(deal, floor, paths=8192, seed=1, threads=1)
    assert [(r.status, r.at, r.low, r.high) for r in quick] == [(r.status, r.at, r.low, r.high) for r in whole]
    assert {r.paths for reach in whole for r in reach.rungs} == {8192}
    known = {(n, r.at): r for n, reach in enumerate(whole) for r in reach.rungs}
    few = [(known[n, r.at], r) for n, reach in enumerate(quick) for r in reach.rungs if r.paths < 8192]
    assert len(few) > 8
    for all_paths, some in few:
        for name in ("value", "survival", "holders"):
            one, other = getattr(all_paths, name), getattr(some, name)
            assert abs(one.mean - other.mean) <= 4.0 * other.se


def test_the_expected_greatest_of_normals_has_its_published_values():
    """Expected values of the largest order statistic: Harter (1961), table 1."""
    published = {2: 0.56419, 3: 0.84628, 4: 1.02938, 5: 1.16296, 10: 1.53875, 20: 1.86748}
    for bidders, value in published.items():
        assert winners_curse(bidders) == pytest.approx(value, abs=6e-6)


def test_the_chance_to_win_is_the_product_over_rivals(ladder):
    found = replace(reach(0.5 * (ladder[0.14] + ladder[0.15])), at=0.15)
    half, sure, never = Rival("a", 0.10, 0.20), Rival("b", 0.20, 0.30), Rival("c", 0.01, 0.02)
    assert chance_to_win(found, [half]) == pytest.approx(0.5)
    assert chance_to_win(found, [half, half, sure]) == pytest.approx(0.25)
    assert chance_to_win(found, [half, never]) == 0.0
    assert chance_to_win(found, []) is None
    assert chance_to_win(replace(found, rising=False), [half]) == pytest.approx(0.5)
    assert chance_to_win(replace(found, rising=False), [sure]) == 0.0
