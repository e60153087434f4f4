"""Bounds on stations hold for every way in which residents can be spread, and for every place of the grid."""

from itertools import combinations
from math import pi, sqrt

import numpy as np
import pytest
from scipy.spatial import KDTree

from guanzi.study.chains.coverage import ResidentPiece, circle_need, residents_reached, share_at_most


def spread(rng, units, told):
    """Residents of units, and the piece as it is told of them."""
    residents = rng.integers(0, 1000, units) * rng.integers(1, 20, units)
    intervals = tuple((float(r - rng.integers(0, r + 1)), float(r + rng.integers(0, 500))) for r in residents)
    return residents, ResidentPiece(float(residents.sum()), units, intervals if told else ())


@pytest.mark.parametrize("seed", range(40))
def test_the_largest_units_have_residents_within_the_bounds(seed):
    rng = np.random.default_rng(seed)
    made = [spread(rng, int(rng.integers(1, 5)), bool(rng.integers(0, 2))) for _ in range(3)]
    everybody, pieces = np.concatenate([residents for residents, _ in made]), [piece for _, piece in made]
    before = (0.0, 0.0)
    for n in range(1, len(everybody) + 1):
        best = max(sum(chosen) for chosen in combinations(everybody.tolist(), n))
        least, most = residents_reached(pieces, n)
        assert least <= best + 1e-9
        assert best <= most + 1e-9
        assert (least, most) >= before
        before = (least, most)
    assert before == pytest.approx((everybody.sum(), everybody.sum()))


@pytest.mark.parametrize(("area", "radius"), [(506.6, 2.0), (506.6, 5.0), (40.0, 2.0), (2000.0, 1.5)])
def test_some_place_of_a_grid_of_hexagons_covers_a_round_piece_with_what_is_said_to_be_enough(area, radius):
    need, round_radius = circle_need(area, radius), sqrt(area / pi)
    rng = np.random.default_rng(1)
    wide = int(2 * round_radius / radius) + 6
    across, up = np.meshgrid(np.arange(-wide, wide + 1), np.arange(-wide, wide + 1))
    grid = np.stack([sqrt(3) * radius * (across + up / 2), 1.5 * radius * up], axis=-1).reshape(-1, 2)
    angles = np.linspace(0, 2 * pi, 60, endpoint=False)
    inside = np.concatenate(
        [r * np.stack([np.cos(angles), np.sin(angles)], axis=1) for r in np.linspace(0, round_radius, 40)]
    )
    fewest = 10**9
    for _ in range(60):
        _, nearest = KDTree(grid + rng.uniform(0, 2 * radius, 2)).query(inside)
        fewest = min(fewest, len(set(nearest.tolist())))
    assert need.least <= fewest <= need.round_piece


def test_so_many_stations_as_are_needed_can_cover_it_and_one_fewer_cannot():
    need = circle_need(506.6, 2.0)
    assert share_at_most(506.6, 2.0, need.least) == 1.0
    assert share_at_most(506.6, 2.0, need.least - 1) < 1.0
