"""Points and indices are those of SciPy, bit for bit, made anew or kept."""

import numpy as np
import pytest
from scipy import stats
from scipy.stats import qmc

from guanzi.engine.machine import shelf
from guanzi.engine.simulation.sobol import sobol_indices, sobol_points


@pytest.mark.parametrize(("dimensions", "power", "seed"), [(1, 4, 1), (2, 10, 1), (46, 9, 1), (5, 12, 7)])
def test_points_are_those_of_scipy_made_anew_and_kept(dimensions, power, seed, tmp_path, monkeypatch):
    expected = np.clip(qmc.Sobol(dimensions, scramble=True, rng=seed).random(1 << power), 1e-9, 1.0 - 1e-9)
    monkeypatch.setattr(shelf, "shelf_place", lambda key, kind: tmp_path / f"{key.hex()}.{kind}")
    for _ in range(2):
        assert np.array_equal(sobol_points(dimensions, power, seed), expected)
    assert len(list(tmp_path.iterdir())) == 1
    monkeypatch.setattr(shelf, "shelf_place", lambda key, kind: None)
    assert np.array_equal(sobol_points(dimensions, power, seed), expected)


def test_points_of_other_seeds_sizes_and_dimensions_are_others(tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "shelf_place", lambda key, kind: tmp_path / f"{key.hex()}.{kind}")
    found = {sobol_points(*asked).tobytes() for asked in ((2, 3, 1), (2, 3, 2), (1, 4, 1), (4, 2, 1))}
    assert len(found) == 4


@pytest.mark.parametrize("count", [64, 1024])
def test_indices_are_those_of_scipy(count):
    draws = np.random.default_rng(3)
    a, b, mixed = draws.normal(size=count), draws.normal(size=count), draws.normal(size=(5, count))
    theirs = stats.sobol_indices(func={"f_A": a[None], "f_B": b[None], "f_AB": mixed[:, None]}, n=count)
    first, total = sobol_indices(a, b, mixed)
    assert np.array_equal(first, theirs.first_order)
    assert np.array_equal(total, theirs.total_order)


def test_what_does_not_vary_has_no_indices():
    first, total = sobol_indices(np.ones(8), np.ones(8), np.ones((2, 8)))
    assert not first.any()
    assert not total.any()
