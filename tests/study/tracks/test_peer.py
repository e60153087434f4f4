"""The same numbers as ecomplexity 0.5.3 where it is right, and what we do where it is wrong.

``ecomplexity_0_5_3.json`` holds what it says of one small economy; ``benchmarks/tracks.py`` compares with the library
itself.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guanzi.study.tracks import HoldingTest, NotCarried, indices

PEER = json.loads((Path(__file__).parent / "ecomplexity_0_5_3.json").read_text("utf-8"))
VALUES, HEADS = np.array(PEER["values"]), np.array(PEER["population"])
OPTIONS: dict[str, dict[str, Any]] = {
    "rca": {},
    "rpop": {"holding": HoldingTest("rpop", population=HEADS)},
    "threshold": {"holding": HoldingTest(threshold=0.75)},
    "continuous": {"continuous": True},
    "asymmetric": {"asymmetric": True},
}
OURS = {"rca": "quotient", "rpop": "per_head", "mcp": "presence"}
SINGLE = ("rca", "threshold")


@pytest.mark.parametrize("case", OPTIONS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_every_column_is_that_of_the_peer(case, dtype):
    found = indices(VALUES, dtype=dtype, **OPTIONS[case])
    for column, expected in PEER["columns"][case].items():
        ours = np.asarray(getattr(found, OURS.get(column, column)), dtype=float).ravel()
        np.testing.assert_allclose(ours, expected, rtol=1e-6, atol=1e-6, err_msg=f"{case} {column}")


def test_the_complexity_of_a_region_is_the_mean_over_what_it_holds():
    found = indices(VALUES)
    mean = (found.presence @ found.pci) / found.diversity
    np.testing.assert_allclose(mean, found.eci, atol=1e-9)


def test_nearest_neighbours_give_a_mean_and_not_a_count():
    """The peer adds up the holdings of the k nearest and forgets their weights: whole numbers from 0 to k."""
    found = indices(VALUES, neighbours=5)
    near = indices(VALUES).proximity.copy()
    np.fill_diagonal(near, -1)
    for industry in range(VALUES.shape[1]):
        nearest = np.argsort(-near[industry], kind="stable")[:5]
        weight = near[industry, nearest]
        expected = found.presence[:, nearest] @ weight / weight.sum()
        np.testing.assert_allclose(found.density[:, industry], expected, atol=1e-12)
    assert found.density.max() <= 1 + 1e-12


def test_all_other_industries_as_neighbours_leave_out_the_industry_itself_alone():
    found, whole = indices(VALUES, neighbours=VALUES.shape[1] - 1), indices(VALUES)
    inner = whole.proximity.sum(axis=1)
    np.testing.assert_allclose(found.density * (inner - 1), whole.density * inner - whole.presence, atol=1e-9)


def test_a_region_that_holds_nothing_is_unknown_and_the_others_are_not():
    """The peer takes means over NaN: one such region makes every ECI and PCI NaN."""
    found = indices(VALUES, HoldingTest(threshold=1.7), disconnected="largest")
    empty = found.diversity == 0
    assert empty.any()
    assert np.isnan(found.eci[empty]).all()
    assert np.isfinite(found.eci[~empty]).all()
    assert abs(np.nanmean(found.eci)) < 1e-9
    assert abs(np.nanstd(found.eci) - 1) < 1e-9


def test_a_row_and_a_column_of_noughts_change_nothing_for_the_others():
    wide = np.zeros((VALUES.shape[0] + 1, VALUES.shape[1] + 1))
    wide[1:, 1:] = VALUES
    found, whole = indices(wide), indices(VALUES)
    np.testing.assert_allclose(found.eci[1:], whole.eci, atol=1e-12)
    np.testing.assert_allclose(found.density[1:, 1:], whole.density, atol=1e-12)
    assert np.isnan(found.eci[0])
    assert np.isnan(found.quotient[0]).all()
    assert np.isnan(found.pci[0])


def test_both_tests_mean_that_both_hold():
    """The peer adds the two flags, so that presence is 0, 1 or 2."""
    found = indices(VALUES, HoldingTest("both", population=HEADS))
    rca, rpop = indices(VALUES), indices(VALUES, HoldingTest("rpop", population=HEADS))
    assert (found.presence == (rca.presence & rpop.presence)).all()
    assert (rca.presence != rpop.presence).any()


def test_data_that_fall_apart_are_refused_with_the_number_of_parts():
    """The peer returns −1 for every region of one part and 1 for every region of the other."""
    block = VALUES[:6, :8]
    apart = np.block([[block, np.zeros((6, 8))], [np.zeros((6, 8)), block]])
    with pytest.raises(NotCarried) as refused:
        indices(apart)
    assert dict(refused.value.problems[0].cause.params)["parts"] >= 2
    largest = indices(np.block([[VALUES, np.zeros((14, 8))], [np.zeros((6, 18)), block]]), disconnected="largest")
    assert np.isfinite(largest.eci[:14]).all()
    assert np.isnan(largest.eci[14:]).all()
