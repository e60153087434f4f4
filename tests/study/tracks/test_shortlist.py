"""The short list: who is beaten by nobody, why, and what would change it."""

import numpy as np
import pytest
from tests.made_up_panel import made_up_panel

from guanzi.base.core import InvalidInput
from guanzi.study.tracks import Priorities, forecast, indices, scan_region
from guanzi.study.tracks.shortlist import (
    CRITERIA,
    Candidate,
    candidates_of,
    explain,
    peers_of,
    rank,
    stepping_stone,
    what_if,
)

REGION = "Northport"
EVEN = dict.fromkeys(CRITERIA, 1.0)
SETTINGS = forecast.Settings(5, form="logit")


@pytest.fixture(scope="module")
def panel():
    return made_up_panel()


@pytest.fixture(scope="module")
def ahead(panel):
    return forecast.forecast_entries(panel, SETTINGS)


@pytest.fixture(scope="module")
def found(panel):
    return indices(panel.matrix(panel.years[-1]))


@pytest.fixture(scope="module")
def candidates(panel, ahead, found):
    return candidates_of(panel, ahead, found, REGION)


def candidate(name, p=0.2, gain=0.0, size=1.0, growth=0.0):
    return Candidate(name, p, p / 2, min(2 * p, 1), p, 0.3, gain, 0.0, size, growth, 0, 0, 3, 0.0)


def test_candidates_are_what_the_region_does_not_hold(panel, found, candidates):
    r = panel.region_at(REGION)
    held = {panel.industries[i] for i in np.flatnonzero(found.presence[r])}
    assert candidates
    assert not held & {c.industry for c in candidates}


def test_who_is_beaten_by_every_criterion_is_not_on_the_front():
    good, poor = candidate("good", 0.5, 1.0, 2.0, 0.1), candidate("poor", 0.1, 0.5, 1.0, 0.0)
    rows = rank([poor, good], EVEN)
    assert [(row.candidate.industry, row.front) for row in rows] == [("good", True), ("poor", False)]
    assert rows[0].rank == (1, 1, 1)


def test_the_front_stands_first_even_where_weights_would_have_it_otherwise(candidates):
    rows = rank(candidates, {"feasible": 1.0})
    fronts = [row.front for row in rows]
    assert fronts == sorted(fronts, reverse=True)
    assert any(fronts)


def test_what_is_out_of_reach_stands_below_however_large_it_is():
    """A front holds whoever is best by one criterion alone."""
    near, far = candidate("near", 0.2, size=1.0), candidate("far", 0.01, gain=9.0, size=9.0, growth=0.9)
    rows = rank([far, near], EVEN, reach=0.1)
    assert [(row.candidate.industry, row.reachable, row.front) for row in rows] == [
        ("near", True, True),
        ("far", False, False),
    ]
    assert rank([far, near], EVEN)[0].candidate.industry == "far"


def test_weights_turn_the_order_and_their_spread_says_how_far():
    likely, large = candidate("likely", 0.6, size=1.0), candidate("large", 0.1, size=9.0)
    assert rank([likely, large], {"feasible": 1})[0].candidate.industry == "likely"
    assert rank([likely, large], {"size": 1})[0].candidate.industry == "large"
    assert [row.rank for row in rank([likely, large], EVEN)] == [(1, 1, 2), (1, 2, 2)]


def test_an_unknown_growth_is_the_middle_and_no_nought():
    rows = rank([candidate("a", growth=-0.1), candidate("b", growth=None), candidate("c", growth=0.1)], {"open": 1})
    assert {row.candidate.industry: row.score for row in rows} == {"a": 0.0, "b": 0.5, "c": 1.0}


@pytest.mark.parametrize("weights", [{"feasable": 1.0}, {"feasible": -1.0}, {"feasible": 0.0}, {}])
def test_weights_that_mean_nothing_are_refused(weights):
    with pytest.raises(InvalidInput) as error:
        rank([candidate("a")], weights)
    assert error.value.problems[0].fix is not None


def test_what_carries_an_industry_is_held_and_what_is_missing_is_not(panel, found, candidates):
    r = panel.region_at(REGION)
    for c in candidates:
        told = explain(panel, found, REGION, c.industry, 5)
        assert all(found.presence[r, panel.industry_at(n.industry)] for n in told.carriers)
        assert not any(found.presence[r, panel.industry_at(n.industry)] for n in told.missing)
        assert sum(n.share for n in told.carriers) <= 1 + 1e-9


def test_who_entered_lacked_it_before_and_held_what_is_told(panel, found, candidates):
    seen = 0
    for c in candidates:
        told = explain(panel, found, REGION, c.industry, 5)
        assert told.looked is not None
        before, _ = told.looked
        old = indices(panel.matrix(before)).presence
        i = panel.industry_at(c.industry)
        for entrant in told.entrants:
            seen += 1
            k = panel.region_at(entrant.region)
            assert found.presence[k, i]
            assert not old[k, i]
            assert all(old[k, panel.industry_at(name)] for name in entrant.held)
    assert seen


def test_peers_are_other_regions_the_likest_first(panel, found):
    peers = peers_of(panel, found, REGION)
    assert REGION not in {p.region for p in peers}
    assert [p.likeness for p in peers] == sorted((p.likeness for p in peers), reverse=True)


def test_with_an_industry_more_it_is_held_and_others_come_nearer(panel, ahead):
    r = panel.region_at(REGION)
    then = what_if(panel, ahead, SETTINGS, REGION, "Battery cells")
    assert np.isnan(then[panel.industry_at("Battery cells")])
    other = np.isfinite(then) & np.isfinite(ahead.probability[r])
    assert other.sum() > 5
    assert not np.allclose(then[other], ahead.probability[r][other])


def test_what_if_leaves_the_panel_as_it_was(panel, ahead):
    before = panel.matrix(panel.years[-1]).copy()
    what_if(panel, ahead, SETTINGS, REGION, "Battery cells")
    assert (panel.matrix(panel.years[-1]) == before).all()


def test_a_stepping_stone_raises_the_probability(panel, ahead, found, candidates):
    stones = [stepping_stone(panel, ahead, found, SETTINGS, REGION, c.industry) for c in candidates[:6]]
    assert any(stones)
    assert all(s.then > s.now for s in stones if s)


def test_the_weight_of_a_playbook_is_a_number_from_nought_on(panel):
    wrong = {"Drones": float("nan"), "Software": -1.0, "Dyes": 2.0}
    with pytest.raises(InvalidInput) as refused:
        scan_region(panel, REGION, SETTINGS, Priorities({"feasible": 1.0}, wrong))
    assert [dict(p.cause.params)["name"] for p in refused.value.problems] == ["Drones", "Software"]


def test_the_made_up_panel_is_the_same_each_time():
    one, other = made_up_panel(), made_up_panel()
    assert (one.measures["jobs"] == other.measures["jobs"]).all()
    assert one.regions == tuple(sorted(one.regions))
    assert one.industries == tuple(sorted(one.industries))
