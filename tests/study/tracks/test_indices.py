"""Single indices: by hand, by slow oracles, by what must hold for all data."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampling import examples
from tests.study.tracks.economies import economy

from guanzi.base.core import InvalidInput
from guanzi.study.tracks import (
    EconomicComplexity,
    FitnessComplexity,
    LocationQuotient,
    NotCarried,
    RelatednessDensity,
    complexity,
    continuous_proximity,
    distance,
    entries_and_exits,
    excess_p,
    expected_presence,
    fitness,
    herfindahl,
    indices,
    krugman,
    location_quotient,
    parts_of,
    presence,
    proximity,
    proximity_p,
    shift_share,
    shuffle_holders,
    significant_presence,
    smoothed_quotient,
    validated_proximity,
    validity,
)

VALUES = economy()[0]
HELD = presence(location_quotient(VALUES))
matrices = st.integers(0, 10_000).map(lambda seed: economy(8, 9, 1, seed)[0])


@given(matrices)
@settings(max_examples=examples(25), deadline=None)
def test_quotients_average_to_one_over_what_is_expected(values):
    quotient = np.nan_to_num(location_quotient(values))
    expected = np.outer(values.sum(axis=1), values.sum(axis=0)) / values.sum()
    assert (quotient * expected).sum() == pytest.approx(values.sum())


@given(matrices, st.floats(0.1, 1000))
@settings(max_examples=examples(25), deadline=None)
def test_the_unit_of_the_values_changes_no_index(values, unit):
    held = presence(location_quotient(values))
    near = proximity(held)
    np.testing.assert_allclose(proximity(presence(location_quotient(values * unit), 1 - 1e-12)), near, atol=1e-9)


def test_proximity_is_the_smaller_conditional_probability():
    near = proximity(HELD)
    for i in range(0, 40, 7):
        for j in range(0, 40, 5):
            both = (HELD[:, i] & HELD[:, j]).sum()
            assert near[i, j] == pytest.approx(min(both / HELD[:, i].sum(), both / HELD[:, j].sum()))
    one_way = proximity(HELD, asymmetric=True)
    assert one_way[3, 7] == pytest.approx((HELD[:, 3] & HELD[:, 7]).sum() / HELD[:, 3].sum())


def test_continuous_proximity_follows_the_correlation_and_knows_no_relation_of_a_constant():
    quotient = np.nan_to_num(location_quotient(VALUES))
    quotient[:, 5] = 1.0
    near = continuous_proximity(quotient)
    assert near[0, 1] == pytest.approx((1 + np.corrcoef(quotient[:, 0], quotient[:, 1])[0, 1]) / 2)
    assert near[5, 5] == 1
    assert np.delete(near[5], 5).max() == 0


def test_distance_is_what_density_leaves():
    near = proximity(HELD)
    assert distance(np.ones_like(HELD), near).max() == pytest.approx(0)
    assert distance(np.zeros_like(HELD), near).min() == pytest.approx(1)


def test_a_small_place_is_drawn_to_one_and_a_large_one_keeps_its_quotient():
    values = np.array([[2.0, 0, 8], [20_000, 10_000, 80_000], [0, 30_000, 10_000]])
    plain, smooth = location_quotient(values), smoothed_quotient(values, strength=10)
    assert plain[0, 0] == pytest.approx(values[0, 0] / (10 * 20_002 / values.sum()))
    assert abs(smooth[0, 0] - 1) < abs(plain[0, 0] - 1) / 3
    assert smooth[1, 0] == pytest.approx(plain[1, 0], rel=1e-3)
    assert smooth[0, 1] > 0  # nothing seen where little is expected says little


def test_a_quotient_above_one_in_a_tiny_place_is_not_significant():
    values = np.array([[1.0, 1, 2], [4000, 1000, 5000], [1000, 4000, 5000]])
    assert presence(location_quotient(values))[0].any()
    held = significant_presence(values)
    assert not held[0].any()
    assert held[1, 0]
    assert not held[1, 1]
    assert excess_p(values)[1, 0] < 1e-6


def test_krugman_is_nought_for_equal_regions_and_two_for_regions_with_nothing_in_common():
    np.testing.assert_allclose(krugman([[1, 2], [2, 4], [3, 6]]), 0, atol=1e-12)
    np.testing.assert_allclose(krugman([[1, 0], [0, 5]]), 2)
    assert krugman([[1, 0], [0, 5]], against="all")[1] < 2


def test_herfindahl_of_an_even_region_is_one_over_the_number_of_industries():
    assert herfindahl([[1, 1, 1, 1], [4, 0, 0, 0]]).tolist() == [0.25, 1.0]
    assert herfindahl([[1, 1, 1, 1], [4, 0, 0, 0]], normalized=True).tolist() == [0.0, 1.0]
    assert herfindahl([[1, 0], [3, 2]], axis=0).tolist() == [0.625, 1.0]


@given(matrices, matrices)
@settings(max_examples=examples(25), deadline=None)
def test_the_parts_of_shift_share_add_up_to_what_changed(before, after):
    parts = shift_share(before, after)
    np.testing.assert_allclose(parts.national + parts.mix + parts.regional, after - before, atol=1e-6)
    held = before.sum(axis=0) > 0
    np.testing.assert_allclose(parts.regional[:, held].sum(axis=0), 0, atol=1e-6)


def test_a_code_that_comes_everywhere_at_once_is_no_entry():
    before, after = np.zeros((4, 3), dtype=bool), np.zeros((4, 3), dtype=bool)
    before[:, 0], after[:, 1] = True, True  # code 0 was renamed to 1
    before[0, 2], after[1, 2] = True, True
    changes = entries_and_exits(before, after)
    assert changes.comparable.tolist() == [False, False, True]
    assert np.argwhere(changes.entered).tolist() == [[1, 2]]
    assert np.argwhere(changes.left).tolist() == [[0, 2]]


def test_complexity_is_the_eigenvector_of_the_definition():
    found = complexity(HELD)
    d, u = HELD.sum(axis=1), HELD.sum(axis=0)
    matrix = (HELD / u[None]).T @ (HELD / d[:, None])
    np.testing.assert_allclose(matrix @ found.industries, found.second * found.industries, atol=1e-9)
    assert np.sort(np.linalg.eigvals(matrix).real)[-2] == pytest.approx(found.second)
    assert np.corrcoef(d, found.regions)[0, 1] > 0
    wide, tall = complexity(HELD), complexity(HELD.T)
    assert abs(np.corrcoef(wide.industries, tall.regions)[0, 1]) == pytest.approx(1)


def test_complexity_of_many_regions_is_that_of_the_dense_solution():
    held = presence(location_quotient(economy(450, 460, 1, 3)[0]))
    found = complexity(held)
    d, u = held.sum(axis=1), held.sum(axis=0)
    a = held / np.sqrt(d)[:, None] / np.sqrt(u)[None]
    assert np.linalg.svd(a, compute_uv=False)[1] ** 2 == pytest.approx(found.second, rel=1e-9)


def test_fitness_ranks_a_nested_world_as_it_is_nested():
    nested = np.tril(np.ones((6, 6), dtype=bool))
    found = fitness(nested)
    assert found.settled
    assert (np.diff(found.regions) > 0).all()
    assert (np.diff(found.industries) > 0).all()


def test_what_nobody_holds_has_no_fitness_and_no_complexity():
    held = HELD.copy()
    held[0], held[:, 1] = False, False
    found = fitness(held)
    assert np.isnan(found.regions[0])
    assert np.isnan(found.industries[1])
    assert np.isfinite(np.delete(found.regions, 0)).all()


@given(matrices, st.integers(0, 1000))
@settings(max_examples=examples(25), deadline=None)
def test_shuffled_holders_keep_diversity_and_ubiquity(values, seed):
    held = presence(location_quotient(values))
    shuffled = shuffle_holders(held, seed)
    assert (shuffled.sum(axis=0) == held.sum(axis=0)).all()
    assert (shuffled.sum(axis=1) == held.sum(axis=1)).all()
    assert (shuffled == shuffle_holders(held, seed)).all()


def test_shuffling_forgets_who_held_what():
    mean = np.mean([shuffle_holders(HELD, seed) for seed in range(200)], axis=0)
    np.testing.assert_allclose(mean, expected_presence(HELD), atol=0.2)
    assert abs(np.corrcoef(mean.ravel(), expected_presence(HELD).ravel())[0, 1]) > 0.9


def test_the_expected_presence_keeps_margins():
    chance = expected_presence(HELD)
    np.testing.assert_allclose(chance.sum(axis=0), HELD.sum(axis=0), atol=1e-5)
    np.testing.assert_allclose(chance.sum(axis=1), HELD.sum(axis=1), atol=1e-5)


def test_validated_links_are_found_where_kinship_is_and_not_where_there_is_none():
    related = presence(location_quotient(economy(120, 30, 1, 5, noise=0.1)[0]))
    _, kept = validated_proximity(related)
    _, by_luck = validated_proximity(shuffle_holders(related, 9))
    pairs = 30 * 29
    assert (kept.sum() - 30) / pairs > 0.1
    assert (by_luck.sum() - 30) / pairs < 0.01


def test_the_probability_of_meetings_is_that_of_the_null_model():
    """Against draws of the null model itself."""
    held = presence(location_quotient(economy(60, 12, 1, 5)[0]))
    chance = expected_presence(held)
    rng = np.random.default_rng(1)
    both = held.T.astype(int) @ held
    often = np.zeros_like(both, dtype=float)
    for _ in range(2000):
        draw = (rng.random(chance.shape) < chance).astype(int)
        often += draw.T @ draw >= both
    p = proximity_p(held)
    off = ~np.eye(12, dtype=bool)
    assert np.abs(p - often / 2000)[off].max() < 0.04


def test_values_below_nought_are_refused_with_their_place():
    with pytest.raises(InvalidInput) as refused:
        location_quotient([[1, 2], [3, -4]])
    said = dict(refused.value.problems[0].cause.params)
    assert (said["row"], said["column"]) == (1, 1)


def test_data_that_carry_complexity_say_how_firm_it_is():
    found = validity(VALUES)
    assert found.carried
    assert found.parts == 1
    assert 0 < found.gap < 1
    assert found.resampled_ranks[1] <= found.resampled_ranks[0] <= 1
    assert [t for t, _ in found.threshold_ranks] == [0.75, 1.25]
    found.require()


def test_data_that_do_not_carry_complexity_are_refused_with_every_reason():
    few = np.zeros((6, 8))
    few[:3, :4], few[3:, 4:] = VALUES[:3, :4] + 1, VALUES[3:6, 4:8] + 1
    found = validity(few)
    assert not found.carried
    assert {m.id for m in found.reasons} == {"tracks.refused.too_small", "tracks.refused.falls_apart"}
    with pytest.raises(NotCarried) as refused:
        found.require()
    assert len(refused.value.problems) == 2
    assert parts_of(few > 0)[0] == 2


def test_data_by_luck_are_said_to_be_infirm():
    rng = np.random.default_rng(4)
    found = validity(rng.poisson(3, size=(60, 60)) + 0.0)
    assert found.warnings


def test_regions_that_all_hold_the_same_have_no_complexity():
    with pytest.raises(NotCarried):
        complexity(np.ones((5, 5), dtype=bool))


def test_the_estimators_agree_with_the_functions():
    found = indices(VALUES)
    np.testing.assert_allclose(RelatednessDensity().fit_transform(VALUES), found.density, atol=1e-12)
    np.testing.assert_allclose(LocationQuotient().fit_transform(VALUES), found.quotient, atol=1e-12)
    model = EconomicComplexity().fit(VALUES)
    np.testing.assert_allclose(model.transform(VALUES)[:, 0], found.eci, atol=1e-9)
    assert RelatednessDensity(neighbours=3).get_params()["neighbours"] == 3
    fit = FitnessComplexity().fit(VALUES)
    assert np.corrcoef(fit.transform(VALUES)[:, 0], fit.fitness_)[0, 1] > 0.999
