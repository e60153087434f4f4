"""Cooke's classical model: definitions by hand, invariants, and the figures that studies published."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from guanzi.intake.inputs import read_excalibur
from guanzi.study.experts.classical import (
    Performance,
    calibration,
    equal_weights,
    half_cut,
    informations,
    intrinsic_range,
    optimal_weights,
    performance,
    pool,
)
from guanzi.study.experts.evaluation import evaluate_panels
from guanzi.study.experts.panel import ExpertPanel, ExpertQuestion, panel_of, seeds_of

PANELS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "diligence" / "expert_panels"
P = np.array([0.05, 0.5, 0.95])

# Statistical accuracy and information of equal weights and of optimised global weights, to two digits: 't Hart,
# Leontaris, Morales-Nápoles: Update (1.1) to ANDURIL, SoftwareX 10 (2019), validation against Excalibur;
# the studies are those of Colson and Cooke, Reliability Engineering and System Safety 163 (2017).
PUBLISHED = {
    "Arkansas": (0.39, 0.20, 0.50, 0.34),
    "Arsenic D-R": (0.06, 1.10, 0.04, 2.74),
    "ATCEP Error": (0.12, 0.25, 0.68, 0.23),
    "Biol agents": (0.41, 0.24, 0.68, 0.61),
    "CDC ROI Final": (0.23, 1.23, 0.72, 2.31),
    "CoveringKids": (0.63, 0.27, 0.72, 0.43),
    "CWD": (0.47, 0.93, 0.49, 1.22),
    "Daniela": (0.53, 0.17, 0.55, 0.63),
    "Gerstenberger": (0.64, 0.48, 0.93, 1.10),
    "GL-NIS": (0.04, 0.31, 0.93, 0.21),
    "Goodheart": (0.55, 0.28, 0.71, 0.96),
    "Hemophilia": (0.25, 0.20, 0.31, 0.49),
    "Nebraska": (0.37, 0.70, 0.03, 1.45),
    "Topaz": (0.63, 0.92, 0.41, 1.46),
    "Washington": (0.15, 0.53, 0.20, 0.72),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_figures_are_reproduced(name):
    files = {p.suffix.lower(): p for p in PANELS.glob("*") if p.stem == name}
    if not files:
        pytest.skip("the expert panels are not here")
    seeds = seeds_of(panel_of(read_excalibur(files[".dtt"], files[".rls"])))
    low, high = intrinsic_range(seeds.values, seeds.truths)
    alike = performance(pool(seeds.values, equal_weights(len(seeds.experts)), low, high, seeds.probabilities), seeds)
    best = optimal_weights(seeds)[1]
    found = (alike.calibration, alike.information, best.calibration, best.information)
    assert found == pytest.approx(PUBLISHED[name], abs=0.0101)


def test_calibration_is_the_p_value_of_the_shares():
    values = np.tile([1.0, 2.0, 3.0], (10, 1))
    truths = np.array([0.5, 1.5, 1.5, 1.5, 1.5, 2.5, 2.5, 2.5, 3.5, 3.5])
    s, p = np.array([0.1, 0.4, 0.3, 0.2]), np.array([0.05, 0.45, 0.45, 0.05])
    assert calibration(values, truths, P) == pytest.approx(chi2.sf(20 * np.sum(s * np.log(s / p)), 3))


@given(st.integers(0, 2**32 - 1))
def test_a_calibrated_expert_beats_an_overconfident_one(seed):
    truths = np.random.default_rng(seed).normal(size=200)
    honest = np.tile([-1.645, 0.0, 1.645], (200, 1))
    assert calibration(honest, truths, P) > calibration(honest / 10.0, truths, P)


def test_information_is_nothing_where_the_quantiles_are_even_and_grows_as_they_narrow():
    low, high = np.array([0.0]), np.array([1.0])
    assert informations(np.array([[0.05, 0.5, 0.95]]), low, high, P) == pytest.approx(0.0)
    wide, narrow = np.array([[0.2, 0.5, 0.8]]), np.array([[0.4, 0.5, 0.6]])
    assert informations(narrow, low, high, P)[0] > informations(wide, low, high, P)[0] > 0.0


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(1.1, 2), st.floats(2.1, 3)), min_size=1, max_size=5),
    st.data(),
)
def test_a_pool_lies_between_the_experts_and_rises(experts, data):
    values = np.array(experts)[:, None, :]
    weights = np.array(data.draw(st.lists(st.floats(0.1, 1), min_size=len(experts), max_size=len(experts))))
    low, high = intrinsic_range(values)
    found = pool(values, weights, low, high, P)[0]
    assert np.all(np.diff(found) > 0.0)
    assert np.all(found >= values[:, 0].min(axis=0) - 1e-6)
    assert np.all(found <= values[:, 0].max(axis=0) + 1e-6)


def test_a_pool_of_one_says_what_the_one_says():
    values = np.array([[[1.0, 2.0, 4.0]]])
    assert pool(values, np.array([1.0]), *intrinsic_range(values), P)[0] == pytest.approx([1.0, 2.0, 4.0])


def test_the_worse_half_has_no_weight_and_without_any_score_all_count_alike():
    scores = [Performance(0.5, 1.0), Performance(0.4, 0.5), Performance(0.1, 9.0), Performance(0.01, 9.0)]
    assert half_cut(scores) == pytest.approx([0.5 / 0.7, 0.2 / 0.7, 0.0, 0.0])
    assert half_cut([Performance(0.0, 1.0)] * 3) == pytest.approx([1 / 3] * 3)


def panel(values, truths):
    questions = tuple(ExpertQuestion(f"q{i}", realisation=t) for i, t in enumerate(truths))
    return ExpertPanel("p", (0.05, 0.5, 0.95), questions, tuple(f"e{i}" for i in range(len(values))), np.array(values))


def test_only_seeds_that_all_answered_count_and_who_answered_few_is_set_aside():
    rng = np.random.default_rng(1)
    values = np.sort(rng.normal(size=(4, 9, 3)), axis=2)
    values[3, :6] = np.nan
    values[0, 8] = np.nan
    seeds = seeds_of(panel(values, rng.normal(size=9)))
    assert seeds.experts == (0, 1, 2)
    assert seeds.questions == tuple(range(8))
    assert seeds.enough


def test_a_panel_that_is_too_small_is_named_and_not_scored():
    rng = np.random.default_rng(2)
    small = panel(np.sort(rng.normal(size=(3, 6, 3)), axis=2), rng.normal(size=6))
    results, unscored = evaluate_panels([small])
    assert results == ()
    assert (unscored[0].experts, unscored[0].seeds) == (3, 6)


def test_weights_find_the_one_expert_who_knows():
    rng = np.random.default_rng(3)
    truths = rng.normal(size=40)
    knows = truths[:, None] + rng.normal(0, 0.2, size=(40, 1)) + np.array([-0.33, 0.0, 0.33])
    guesses = [rng.normal(0, 3, size=(40, 1)) + np.array([-0.3, 0.0, 0.3]) for _ in range(4)]
    result = evaluate_panels([panel([knows, *guesses], truths)])[0][0]
    assert result.win
    assert result.left_out.score > 3 * result.equal.score


def test_the_same_panel_under_another_name_is_told():
    rng = np.random.default_rng(4)
    one = panel(np.sort(rng.normal(size=(3, 8, 3)), axis=2), rng.normal(size=8))
    two = ExpertPanel("again", one.probabilities, one.questions, one.experts, one.quantiles)
    assert [r.same_as for r in evaluate_panels([one, two])[0]] == ["", "p"]
