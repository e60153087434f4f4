"""Bounds on stations from an area and its residents, without coordinates; they hold wherever the stations stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, pi, sqrt


@dataclass(frozen=True, slots=True)
class CircleNeed:
    """Stations that an area takes if all of it is to lie within a radius of one.

    Attributes:
        least: Fewer cannot be enough: circles that do not overlap.
        round_piece: So many are enough if the area is one round piece: a grid of hexagons.
        an_outline: What each further kilometre of outline can add.
    """

    least: int
    round_piece: int
    an_outline: float


@dataclass(frozen=True, slots=True)
class ResidentPiece:
    """A district: its residents, the number of its units, and residents by unit as intervals where they are told."""

    residents: float
    units: int
    counted: tuple[tuple[float, float], ...] = ()


def circle_need(area: float, radius: float) -> CircleNeed:
    """How many stations an area (square kilometres) takes at a radius (km).

    A hexagon of a grid is needed where it meets the area. Over all places of the grid, as many hexagons meet a convex
    area on average as fit into the area widened by the radius (Steiner); some place of the grid needs no more.

    >>> need = circle_need(506.6, 2.0)
    >>> need.least, need.round_piece, round(need.an_outline, 3)
    (41, 65, 0.192)
    """
    hexagon = 1.5 * sqrt(3.0) * radius**2
    widened = pi * (sqrt(area / pi) + radius) ** 2
    return CircleNeed(ceil(area / (pi * radius**2)), max(floor(widened / hexagon), 1), radius / hexagon)


def share_at_most(area: float, radius: float, stations: int) -> float:
    """The part of an area that so many stations can cover, wherever they stand.

    >>> round(share_at_most(506.6, 2.0, 30), 3)
    0.744
    """
    return min(stations * pi * radius**2 / area, 1.0)


def residents_reached(pieces: Sequence[ResidentPiece], stations: int) -> tuple[float, float]:
    """Least and most residents with a station in their own unit, one station a unit, in the units with most residents.

    >>> residents_reached((ResidentPiece(100.0, 4), ResidentPiece(60.0, 2, ((40.0, 50.0), (10.0, 20.0)))), 2)
    (65.0, 150.0)
    """
    return _placed(pieces, stations, _least), _placed(pieces, stations, _most)


def _placed(pieces: Sequence[ResidentPiece], stations: int, reached: Callable[[ResidentPiece, int], float]) -> float:
    """The sum over pieces, each next station where it adds most."""
    taken = [0] * len(pieces)
    for _ in range(min(stations, sum(piece.units for piece in pieces))):
        gains = [
            reached(piece, n + 1) - reached(piece, n) if n < piece.units else -1.0
            for piece, n in zip(pieces, taken, strict=True)
        ]
        taken[gains.index(max(gains))] += 1
    return sum(reached(piece, n) for piece, n in zip(pieces, taken, strict=True))


def _least(piece: ResidentPiece, units: int) -> float:
    """The largest units have at least their share by number, and what intervals leave no doubt about."""
    even = piece.residents * units / piece.units
    if not piece.counted:
        return even
    lows = sum(sorted((low for low, _ in piece.counted), reverse=True)[:units])
    rest = sum(sorted(high for _, high in piece.counted)[: piece.units - units])
    return max(even, lows, piece.residents - rest)


def _most(piece: ResidentPiece, units: int) -> float:
    if not piece.counted:
        return piece.residents if units else 0.0
    highs = sum(sorted((high for _, high in piece.counted), reverse=True)[:units])
    rest = sum(sorted(low for low, _ in piece.counted)[: piece.units - units])
    return min(piece.residents - rest, highs)
