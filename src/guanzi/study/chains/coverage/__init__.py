"""Coverage: where to put stations, by which objective and means, and how far from the best plan that can be."""

from guanzi.study.chains.coverage.areas import ResidentPiece, circle_need, residents_reached, share_at_most
from guanzi.study.chains.coverage.capacity import cover_with_capacity
from guanzi.study.chains.coverage.nearest import TooManyPairs, place_nearest
from guanzi.study.chains.coverage.plans import cover_all, cover_most, cover_phases
from guanzi.study.chains.coverage.reach import chord, on_globe, reach_of, reach_within
from guanzi.study.chains.coverage.stations import Asked, Placed, place_stations
from guanzi.study.chains.coverage.townships import StationDistrict, TownshipNeed, bound_townships

__all__ = [
    "Asked",
    "Placed",
    "ResidentPiece",
    "StationDistrict",
    "TooManyPairs",
    "TownshipNeed",
    "bound_townships",
    "chord",
    "circle_need",
    "cover_all",
    "cover_most",
    "cover_phases",
    "cover_with_capacity",
    "on_globe",
    "place_nearest",
    "place_stations",
    "reach_of",
    "reach_within",
    "residents_reached",
    "share_at_most",
]
