"""Rankings: published figures, a slow oracle, invariants, and what the weights decide."""

import sys
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import InvalidInput
from guanzi.study.ranking.methods import agreement, rank
from guanzi.study.ranking.table import Criterion, ranking_table
from guanzi.study.ranking.weights import robustness, smallest_change

pytest.importorskip("pymcdm", reason="the extra `ranking` is not installed")


def table(rows, weights, goals, **thresholds):
    criteria = [
        Criterion(f"c{j}", w, g, "", thresholds.get("q", [None] * 9)[j], thresholds.get("p", [None] * 9)[j])
        for j, (w, g) in enumerate(zip(weights, goals, strict=True))
    ]
    return ranking_table("", criteria, {f"a{i}": row for i, row in enumerate(rows)})


def by_method(found):
    return {r.method: r for r in found}


# Hwang, Yoon: Multiple Attribute Decision Making (Springer 1981), selection of a fighter aircraft by TOPSIS: relative
# closeness 0.643, 0.268, 0.613, 0.312.
AIRCRAFT = table(
    [
        (2.0, 1500, 20000, 5.5, 5, 9),
        (2.5, 2700, 18000, 6.5, 3, 5),
        (1.8, 2000, 21000, 4.5, 7, 7),
        (2.2, 1800, 20000, 5.0, 5, 5),
    ],
    (0.2, 0.1, 0.1, 0.1, 0.2, 0.3),
    ("max", "max", "max", "min", "max", "max"),
)


def test_topsis_gives_the_published_closeness_of_the_aircraft():
    found = by_method(rank(AIRCRAFT))["topsis"]
    assert found.scores == pytest.approx((0.643, 0.268, 0.613, 0.312), abs=6e-4)
    assert found.ranks == (1, 4, 2, 3)


def test_vikor_gives_the_published_compromise_of_the_mountain_climber():
    # Opricovic, Tzeng: European J. of Operational Research 156 (2004): risk (less is better) and altitude; the middle
    # one is the compromise, and the two extremes are as far from it as can be.
    climber = table([(1, 3000), (2, 3750), (5, 4500)], (0.5, 0.5), ("min", "max"))
    assert by_method(rank(climber))["vikor"].scores == pytest.approx((1.0, 0.0, 1.0))


def slow_promethee(values, weights, signs, q, p):
    """Net flows pair by pair, after Brans and Vincke 1985, criterion with indifference and linear preference."""
    n = len(values)
    flows = []
    for a in range(n):
        flow = 0.0
        for b in range(n):
            if a == b:
                continue
            for sign, direction in ((1, 1), (-1, -1)):
                for j, w in enumerate(weights):
                    d = direction * signs[j] * (values[a][j] - values[b][j])
                    share = 0.0 if d <= q[j] else 1.0 if d >= p[j] else (d - q[j]) / (p[j] - q[j])
                    flow += sign * w * share
        flows.append(flow / (n - 1))
    return flows


rows_of = st.integers(2, 5).flatmap(lambda n: st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=n, max_size=n))


@given(rows_of, st.tuples(*[st.integers(1, 9)] * 3))
def test_promethee_is_the_slow_sum_over_pairs(rows, weights):
    q, p = (0.0, 1.0, 0.5), (2.0, 3.0, 0.5)
    made = table(rows, weights, ("max", "min", "max"), q=q, p=p)
    if not made.distinguishing.any():
        return
    keep = np.flatnonzero(made.distinguishing)
    w = made.weights[keep] / made.weights[keep].sum()
    wanted = slow_promethee(made.values[:, keep], w, made.types[keep], [q[j] for j in keep], [p[j] for j in keep])
    assert by_method(rank(made))["promethee"].scores == pytest.approx(wanted, abs=1e-6)


@given(rows_of, st.tuples(*[st.integers(1, 9)] * 3))
def test_an_alternative_that_is_best_in_everything_comes_first_everywhere(rows, weights):
    best = tuple(max(r[j] for r in rows) + 1 for j in range(3))
    made = table([*rows, best], weights, ("max",) * 3)
    for found in rank(made):
        assert found.first == (len(rows),)
    robust = robustness(made, samples=200)
    assert robust.around[-1] == robust.anywhere[-1] == 1.0
    assert robust.reversals == ()


@given(rows_of, st.tuples(*[st.integers(1, 9)] * 3))
def test_units_and_the_sum_of_weights_change_no_rank(rows, weights):
    one = table(rows, weights, ("max", "min", "max"))
    if not one.distinguishing.any():
        return
    other = table([(1000 * a, b, c / 7) for a, b, c in rows], [3 * w for w in weights], ("max", "min", "max"))
    assert [r.ranks for r in rank(one)] == [r.ranks for r in rank(other)]


def test_a_criterion_without_difference_decides_nothing_and_none_at_all_is_refused():
    one = table([(1, 5), (2, 5)], (1, 9), ("max", "max"))
    assert all(r.first == (1,) for r in rank(one))
    with pytest.raises(InvalidInput):
        rank(table([(1, 5), (1, 5)], (1, 9), ("max", "max")))


def test_agreement_is_kendalls_tau():
    found = rank(AIRCRAFT)
    tau = agreement(found)
    ranks = by_method(found)
    for (one, two), value in tau.items():
        pairs = [
            np.sign(ranks[one].ranks[i] - ranks[one].ranks[j]) * np.sign(ranks[two].ranks[i] - ranks[two].ranks[j])
            for i in range(4)
            for j in range(i)
        ]
        assert value == pytest.approx(sum(pairs) / 6)


# -- weights -------------------------------------------------------------------------------------------------------


def test_with_two_criteria_the_shares_of_first_places_are_known():
    # utilities (1, 0) and (0, 1) and a third (0.6, 0.6): first from weight 0.4 to 0.6
    made = table([(10, 0), (0, 10), (6, 6)], (0.9, 0.1), ("max", "max"))
    robust = robustness(made, samples=40_000)
    assert robust.anywhere == pytest.approx((0.4, 0.4, 0.2), abs=4 * robust.error)
    assert robust.around[0] > 0.99
    moved = {turn.alternative: turn.moved for turn in robust.reversals}
    assert moved == pytest.approx({2: 0.3, 1: 0.5})
    assert robust.never == ()


def test_an_alternative_beaten_by_mixtures_alone_is_never_first():
    # (4, 4) is beaten by nobody in both, yet for any weights one of the others has more
    made = table([(10, 0), (0, 10), (4, 4)], (0.5, 0.5), ("max", "max"))
    robust = robustness(made, samples=500)
    assert robust.never == (2,)
    assert smallest_change(made, 2) is None
    assert robust.anywhere[2] == 0.0


@given(st.lists(st.tuples(*[st.integers(0, 6)] * 3), min_size=2, max_size=4), st.tuples(*[st.integers(1, 5)] * 3))
def test_no_weights_of_a_fine_grid_turn_the_first_place_with_less(rows, weights):
    made = table(rows, weights, ("max", "min", "max"))
    scores = made.utilities @ made.weights
    grid = np.array([(a, b, 20 - a - b) for a, b in product(range(21), repeat=2) if a + b <= 20]) / 20
    moved = np.abs(grid - made.weights).sum(axis=1) / 2
    all_scores = grid @ made.utilities.T
    for i in range(len(rows)):
        if scores[i] >= scores.max() - 1e-12:
            continue
        first = all_scores[:, i] >= all_scores.max(axis=1) - 1e-12
        turn = smallest_change(made, i)
        if turn is None:
            assert not first.any()
            continue
        after = made.utilities @ np.array(turn.weights)
        assert after[i] >= after.max() - 1e-7
        assert turn.moved == pytest.approx(np.abs(np.array(turn.weights) - made.weights).sum() / 2, abs=1e-7)
        if first.any():
            assert turn.moved <= moved[first].min() + 1e-7


def test_the_same_seed_gives_the_same_shares():
    assert robustness(AIRCRAFT, seed=5) == robustness(AIRCRAFT, seed=5)
    assert robustness(AIRCRAFT, seed=5).anywhere != robustness(AIRCRAFT, seed=6).anywhere


def test_without_the_library_the_mend_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "pymcdm", None)
    with pytest.raises(InvalidInput) as error:
        rank(AIRCRAFT)
    assert error.value.problems[0].cause.id == "diligence.ranking.no_library"


def test_vikor_by_its_formula_is_that_of_the_library():
    from pymcdm.methods import VIKOR  # type: ignore[import-untyped]

    gains = AIRCRAFT.values * AIRCRAFT.types
    expected = VIKOR()(gains, AIRCRAFT.weights, np.ones(gains.shape[1]))
    assert by_method(rank(AIRCRAFT))["vikor"].scores == pytest.approx(tuple(expected), abs=1e-9)
