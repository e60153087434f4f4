"""Where stations can stand and whom they should reach: two tables, ``sites`` and ``demand``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.networks.firms import (
    MOST_SHOWN,
    amounts,
    find_shipped,
    missing_columns,
    row_problem,
    table_in,
    words,
)
from guanzi.intake.panel import Panel
from guanzi.record.evidence import Territory, find_territory

INVENTED = "invented-stations"
"""The shipped field."""
_PLACES = {"globe": ("lon", "lat"), "plane": ("x_km", "y_km")}
_YES, _NO = {"yes", "true", "1", "是"}, {"", "no", "false", "0", "否"}


@dataclass(frozen=True, eq=False)
class StationFile:
    """Sites and points of demand.

    Attributes:
        name: Of the folder.
        space: ``globe``: places are longitude and latitude in degrees; ``plane``: km.
        sites: Names of the sites.
        site_places: Their coordinates, one row each.
        cost: Of sites; None where the file has none.
        capacity: Of sites in the unit of the weight, infinite where the file does not say; None where it has no column.
        existing: Whether a site stands already.
        points: Names of the points.
        point_places: Their coordinates.
        weight: Of points; 1 each where the file has none.
        invented: The figures are made up, to try things.
    """

    name: str
    space: Literal["globe", "plane"]
    sites: tuple[str, ...]
    site_places: Any
    cost: Any
    capacity: Any
    existing: Any
    points: tuple[str, ...]
    point_places: Any
    weight: Any
    invented: bool


def find_stations(text: str) -> StationFile:
    """A field by the path of its folder, the seats of a shipped city, or the invented field, by name.

    See :func:`read_stations`.
    """
    territory = None if Path(text).is_dir() else find_territory(text)
    return find_shipped(text, INVENTED, read_stations) if territory is None else seats_of(territory)


def seats_of(territory: Territory) -> StationFile:
    """Seats of districts as sites and as demand, weighted by residents.

    Districts without a seat of their own count at the seat of the city.
    """
    weight = {territory.name: 0.0}
    places = {territory.name: territory.seat}
    for part in territory.districts():
        held = territory.newest("resident_population", part.id)
        name = part.called if part.seat else territory.name
        places[name] = part.seat or territory.seat
        weight[name] = weight.get(name, 0.0) + (0.0 if held is None else held.number)
    at = np.array([[place.lon, place.lat] for place in places.values()])
    names, none = tuple(places), np.zeros(len(places), bool)
    weights = np.array([weight[name] for name in names])
    return StationFile(territory.name, "globe", names, at, None, None, none, names, at, weights, False)


def read_stations(folder: Path, name: str | None = None, invented: bool = False) -> StationFile:
    """Read ``sites`` (site, lon, lat or x_km, y_km; cost, capacity, existing) and ``demand`` (point, the same; weight).

    Raises:
        InvalidInput: All that is wrong: a column that is missing, a name twice, a place that is none, a cost, capacity
            or weight below nought.
    """
    called = name or str(folder)
    sites, demand = table_in(folder, "sites", called), table_in(folder, "demand", called)
    space: Literal["globe", "plane"] = "plane" if "x_km" in sites.columns else "globe"
    axes = _PLACES[space]
    problems = [*missing_columns(sites, ("site", *axes)), *missing_columns(demand, ("point", *axes))]
    if problems:
        raise InvalidInput(problems)
    names, points = _names(sites, "site", problems), _names(demand, "point", problems)
    site_places, point_places = _places(sites, axes, problems), _places(demand, axes, problems)
    cost = _amounts(sites, "cost", problems)
    capacity = _amounts(sites, "capacity", problems, blank=np.inf)
    weight = _amounts(demand, "weight", problems)
    existing = np.zeros(sites.rows, bool)
    if "existing" in sites.columns:
        for i, text in enumerate(words(sites, "existing")):
            existing[i] = text.casefold() in _YES
            if text.casefold() not in _YES | _NO:
                problems.append(row_problem(sites, i, "existing", text))
    if cost is not None and not problems:
        for row in np.flatnonzero((cost <= 0.0) & ~existing).tolist():
            problems.append(row_problem(sites, row, "no_cost", names[row]))
    if not sites.rows or not demand.rows:
        problems.append(Problem(Message.of("chaintables.firms.empty"), Place(called)))
    if problems:
        raise InvalidInput(problems[:MOST_SHOWN])
    return StationFile(
        called,
        space,
        names,
        site_places,
        cost,
        capacity,
        existing,
        points,
        point_places,
        np.ones(demand.rows) if weight is None else weight,
        invented,
    )


def _names(table: Panel, column: str, problems: list[Problem]) -> tuple[str, ...]:
    names, seen = words(table, column), set[str]()
    for i, text in enumerate(names):
        if not text or text in seen:
            problems.append(row_problem(table, i, "twice", text))
        seen.add(text)
    return names


def _places(table: Panel, axes: tuple[str, str], problems: list[Problem]) -> Any:
    found = np.column_stack([table.numbers.get(axis, np.full(table.rows, np.nan)) for axis in axes])
    most = np.array([180.0, 90.0]) if axes == _PLACES["globe"] else np.array([1e5, 1e5])
    for row in np.flatnonzero(~(np.abs(found) <= most).all(axis=1))[:MOST_SHOWN].tolist():
        problems.append(row_problem(table, row, "no_place", ", ".join(f"{v:g}" for v in found[row])))
    return found


def _amounts(table: Panel, column: str, problems: list[Problem], blank: float | None = None) -> Any:
    if column not in table.columns:
        return None
    if blank is not None and column in table.numbers:
        values = table.numbers[column]
        for row in np.flatnonzero(values < 0.0)[:MOST_SHOWN].tolist():
            problems.append(row_problem(table, row, "no_amount", f"{values[row]:g}"))
        return np.where(np.isnan(values), blank, values)
    return amounts(table, column, problems)
