"""What a city takes for a circle of some kilometres and for every township, where single coordinates are not known."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.record.evidence import Fact, Territory, TerritoryPart
from guanzi.study.chains.coverage.areas import CircleNeed, ResidentPiece, circle_need, residents_reached, share_at_most

HECTARES = 100.0
"""In a square kilometre."""
_STEPS = (0.25, 0.5, 0.75, 1.0)
"""Parts of all units for which the residents reached are told where no number of stations is asked."""


@dataclass(frozen=True, slots=True)
class StationDistrict:
    """A district: residents, its units by kind, and for how many of them it is known how many live there."""

    part: TerritoryPart
    residents: Fact
    towns: int
    subdistricts: int
    other_units: int
    counted: int

    @property
    def units(self) -> int:
        """Units of all kinds."""
        return self.towns + self.subdistricts + self.other_units


@dataclass(frozen=True, slots=True)
class ResidentsReached:
    """Residents with a station in their own unit: the part of all, least and most."""

    stations: int
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class TownshipNeed:
    """What the circle takes, what every township takes, and whom stations reach.

    Attributes:
        area: The built-up area; its value is in hectares.
        standing: Stations that stand, as an interval; None where nothing is known.
    """

    territory: Territory
    radius: float
    area: Fact
    need: CircleNeed
    standing: Fact | None
    districts: tuple[StationDistrict, ...]
    reached: tuple[ResidentsReached, ...]

    @property
    def km2(self) -> float:
        """The built-up area in square kilometres."""
        return self.area.number / HECTARES

    def covered_at_most(self, stations: float) -> float:
        """The part of the built-up area that so many stations can cover."""
        return share_at_most(self.km2, self.radius, int(stations))

    def total(self, kind: str) -> int:
        """Units of a kind in all districts."""
        return sum(getattr(district, kind) for district in self.districts)


def bound_townships(territory: Territory, radius: float, stations: int | None) -> TownshipNeed:
    """What the circle and every township take in a territory, and whom stations reach.

    Args:
        territory: With its built-up area, residents and units.
        radius: Of the circle, km.
        stations: A number of stations; None: several are told.

    Raises:
        InvalidInput: The radius is not above nought, or there are fewer units than stations.
    """
    _refuse(radius, stations, sum(_district(territory, part).units for part in territory.districts()))
    area = territory.newest("built_up_area")
    assert area is not None
    districts = tuple(_district(territory, part) for part in territory.districts())
    pieces = [_piece(territory, district) for district in districts]
    everybody, units = sum(piece.residents for piece in pieces), sum(piece.units for piece in pieces)
    numbers = (stations,) if stations else tuple(round(units * step) for step in _STEPS)
    found = [(n, residents_reached(pieces, n)) for n in numbers]
    reached = tuple(ResidentsReached(n, least / everybody, most / everybody) for n, (least, most) in found)
    need = circle_need(area.number / HECTARES, radius)
    return TownshipNeed(territory, radius, area, need, territory.newest("swap_stations"), districts, reached)


def _refuse(radius: float, stations: int | None, units: int) -> None:
    problems = []
    if not radius > 0.0:
        cause = Message.of("coverage.radius", radius=radius)
        problems.append(Problem(cause, Place("--radius"), Message.of("coverage.radius.mend")))
    if stations is not None and not 0 < stations <= units:
        cause, fix = Message.of("coverage.many", sites=stations), Message.of("coverage.many.mend", free=units)
        problems.append(Problem(cause, Place("--sites"), fix))
    if problems:
        raise InvalidInput(problems)


def _district(territory: Territory, part: TerritoryPart) -> StationDistrict:
    residents = territory.newest("resident_population", part.id)
    assert residents is not None
    kinds = {name: territory.newest(name, part.id) for name in ("towns", "subdistricts", "other_units")}
    counts = {name: 0 if fact is None else round(fact.number) for name, fact in kinds.items()}
    return StationDistrict(part, residents, **counts, counted=len(territory.units_of(part.id)))


def _piece(territory: Territory, district: StationDistrict) -> ResidentPiece:
    held = [territory.newest("resident_population", unit.id) for unit in territory.units_of(district.part.id)]
    told = tuple(fact.interval for fact in held if fact is not None)
    return ResidentPiece(district.residents.number, district.units, told if len(told) == district.units else ())
