"""Which site reaches which point: distances on the globe or in the plane, in compressed rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

type Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
type Ints = np.ndarray[tuple[int], np.dtype[np.int64]]
type Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]
type Points = np.ndarray[tuple[int, int], np.dtype[np.float64]]

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


@dataclass(frozen=True, eq=False)
class SiteReach:
    """Pairs of sites and points within a distance of one another.

    Attributes:
        sites, points: How many there are.
        of_site: Where the points of each site begin in ``point``.
        point: Points by site.
        of_point: Where the sites of each point begin in ``site``.
        site: Sites by point.
    """

    sites: int
    points: int
    of_site: Ints
    point: Ints
    of_point: Ints
    site: Ints

    @property
    def reached(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Points that at least one site reaches."""
        return np.diff(self.of_point) > 0


def on_globe(longitude: Floats, latitude: Floats) -> Points:
    """Places in degrees as points of a ball, in km: straight lines through it order distances as arcs on it do."""
    lon, lat = np.radians(longitude), np.radians(latitude)
    flat = np.cos(lat)
    return EARTH_KM * np.column_stack([flat * np.cos(lon), flat * np.sin(lon), np.sin(lat)])


def chord(km: float) -> float:
    """Length of the straight line below an arc on the globe."""
    return 2.0 * EARTH_KM * float(np.sin(min(km / (2.0 * EARTH_KM), np.pi / 2.0)))


def reach_within(sites: Points, points: Points, distance: float) -> SiteReach:
    """All pairs within a distance, both given in the same space.

    Args:
        sites: Coordinates of sites, one row each.
        points: Coordinates of points.
        distance: Straight distance.
    """
    from scipy.spatial import cKDTree

    tree, other = cKDTree(sites), cKDTree(points)
    near = tree.query_ball_tree(other, distance)
    lengths = np.array([len(some) for some in near], dtype=np.int64)
    point = np.fromiter((j for some in near for j in sorted(some)), dtype=np.int64, count=int(lengths.sum()))
    return reach_of(len(sites), len(points), np.repeat(np.arange(len(sites)), lengths), point)


def reach_of(sites: int, points: int, site: Ints, point: Ints) -> SiteReach:
    """Pairs, each once, as compressed rows both ways."""
    by_site, by_point = np.lexsort((point, site)), np.lexsort((site, point))
    return SiteReach(
        sites,
        points,
        np.searchsorted(site[by_site], np.arange(sites + 1)),
        np.ascontiguousarray(point[by_site]),
        np.searchsorted(point[by_point], np.arange(points + 1)),
        np.ascontiguousarray(site[by_point]),
    )
