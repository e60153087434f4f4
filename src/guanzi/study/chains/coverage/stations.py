"""From a file of sites and demand, an objective and the means to a plan in words that a map can draw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.networks import StationFile
from guanzi.study.chains.coverage.capacity import cover_with_capacity
from guanzi.study.chains.coverage.nearest import MOST_PAIRS, place_nearest
from guanzi.study.chains.coverage.plans import NO_LIMIT, SitePlan, cover_all, cover_most, cover_phases
from guanzi.study.chains.coverage.reach import EARTH_KM, SiteReach, chord, on_globe, reach_within

type CoverageObjective = Literal["most", "all", "near"]
OBJECTIVES: tuple[CoverageObjective, ...] = ("most", "all", "near")
"""Cover as much as the means allow; everything at the least cost; the shortest ways."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a field.

    Attributes:
        objective: One of :data:`OBJECTIVES`.
        radius: Within which a site reaches a point, km.
        sites: Number of new sites; None: as many as the budget pays, or as are needed.
        budget: Money; None: no limit.
        phases: Numbers of new sites of phases that follow one another; empty: one phase.
    """

    objective: str
    radius: float
    sites: int | None
    budget: float | None
    phases: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Placed:
    """A plan for stations.

    Attributes:
        file: Sites and demand.
        asked: Aim and means.
        plans: One for each phase.
        reach: Who reaches whom; None for the shortest ways.
        standing: Weight that existing sites cover, as a part of all.
        beyond: Weight that no site could reach, as a part of all.
    """

    file: StationFile
    asked: Asked
    plans: tuple[SitePlan, ...]
    reach: SiteReach | None
    standing: float
    beyond: float

    def as_geojson(self) -> dict[str, Any]:
        """The plan as GeoJSON (RFC 7946): sites with their phase, points with whether they are covered."""
        phase = {int(i): k + 1 for k, plan in enumerate(self.plans) for i in plan.chosen}
        features = []
        for i, (name, place) in enumerate(zip(self.file.sites, self.file.site_places, strict=True)):
            role = "existing" if self.file.existing[i] else "new" if i in phase else "possible"
            features.append(_feature(name, place, {"kind": "site", "role": role, "phase": phase.get(i)}))
        covered = self.covered()
        for j, (name, place) in enumerate(zip(self.file.points, self.file.point_places, strict=True)):
            about = {"kind": "demand", "weight": float(self.file.weight[j]), "covered": bool(covered[j])}
            features.append(_feature(name, place, about))
        return {"type": "FeatureCollection", "features": features}

    def covered(self) -> Any:
        """Which points are covered after the last phase; all of them where the ways are shortened."""
        if self.reach is None:
            return np.ones(len(self.file.points), bool)
        found = np.zeros(self.reach.points, bool)
        chosen = [int(i) for plan in self.plans for i in plan.chosen]
        for i in (*np.flatnonzero(self.file.existing).tolist(), *chosen):
            found[self.reach.point[self.reach.of_site[i] : self.reach.of_site[i + 1]]] = True
        return found


def place_stations(file: StationFile, asked: Asked) -> Placed:
    """Choose sites.

    Raises:
        InvalidInput: The objective or the means cannot be, or no site reaches anybody.
    """
    problems = _wrong(file, asked)
    if problems:
        raise InvalidInput(problems)
    existing = np.flatnonzero(file.existing)
    if asked.objective == "near":
        plan = place_nearest(_distances(file), file.weight, asked.sites or 0, existing)
        cost = plan.cost if file.cost is None else float(file.cost[plan.chosen].sum())
        return Placed(file, asked, (replace(plan, cost=cost),), None, 0.0, 0.0)
    reach = _reach(file, asked.radius)
    if not len(reach.point):
        fix = Message.of("coverage.nobody.mend")
        raise InvalidInput(Problem(Message.of("coverage.nobody", radius=asked.radius), Place("--radius"), fix))
    standing = np.zeros(reach.points, bool)
    for i in existing:
        standing[reach.point[reach.of_site[i] : reach.of_site[i + 1]]] = True
    budget = NO_LIMIT if asked.budget is None else asked.budget
    plans: tuple[SitePlan, ...]
    if asked.objective == "all":
        plans = (cover_all(reach, file.cost, existing),)
    elif asked.phases:
        plans = cover_phases(reach, file.weight, asked.phases, file.cost, existing)
    elif _limited(file):
        plans = (cover_with_capacity(reach, file.weight, file.capacity, file.cost, asked.sites, budget, existing),)
    else:
        plans = (cover_most(reach, file.weight, file.cost, asked.sites, budget, existing),)
    here, beyond = float(file.weight[standing].sum()), float(file.weight[~reach.reached].sum())
    whole = max(float(file.weight.sum()), 1e-300)
    return Placed(file, asked, plans, reach, here / whole, beyond / whole)


def _wrong(file: StationFile, asked: Asked) -> list[Problem]:
    found = []
    free = int((~file.existing).sum())

    def say(id: str, option: str, **params: float | str) -> None:
        fix = Message.of(f"coverage.{id}.mend", free=free, objectives=OBJECTIVES, most=MOST_PAIRS)
        found.append(Problem(Message.of(f"coverage.{id}", **params), Place(option), fix))

    if asked.objective not in OBJECTIVES:
        say("objective", "--objective", objective=asked.objective)
    if not 0.0 < asked.radius < np.pi * EARTH_KM:
        say("radius", "--radius", radius=asked.radius)
    if asked.sites is not None and not 0 < asked.sites <= free:
        say("many", "--sites", sites=asked.sites)
    if asked.budget is not None and asked.budget <= 0.0:
        say("budget", "--budget", budget=asked.budget)
    if asked.budget is not None and file.cost is None:
        say("no_costs", "--budget")
    if asked.phases and (min(asked.phases) < 1 or sum(asked.phases) > free):
        say("phases", "--phases", total=sum(asked.phases))
    unlimited = asked.sites is None and not asked.phases
    if unlimited and (asked.objective == "near" or (asked.objective == "most" and asked.budget is None)):
        say("no_means", "--sites")
    if _limited(file) and (asked.objective != "most" or asked.phases):
        say("capacity", "--objective")
    if asked.objective == "near" and len(file.sites) * len(file.points) > MOST_PAIRS:
        say("too_many", "--objective", pairs=len(file.sites) * len(file.points))
    return found


def _limited(file: StationFile) -> bool:
    """Whether some site serves only so much."""
    return file.capacity is not None and bool(np.isfinite(file.capacity).any())


def _reach(file: StationFile, radius: float) -> SiteReach:
    if file.space == "plane":
        return reach_within(file.site_places, file.point_places, radius)
    return reach_within(on_globe(*file.site_places.T), on_globe(*file.point_places.T), chord(radius))


def _distances(file: StationFile) -> Any:
    """Distances in km, along the globe where places are in degrees."""
    from scipy.spatial.distance import cdist

    if file.space == "plane":
        return cdist(file.site_places, file.point_places)
    straight = cdist(on_globe(*file.site_places.T), on_globe(*file.point_places.T))
    return 2.0 * EARTH_KM * np.arcsin(np.clip(straight / (2.0 * EARTH_KM), 0.0, 1.0))


def _feature(name: str, place: Any, about: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [float(place[0]), float(place[1])]},
        "properties": {"name": name, **about},
    }
