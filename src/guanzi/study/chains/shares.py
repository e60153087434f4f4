"""To whom suppliers sell where no source says: learnt from the suppliers of the same chain of which one does say.

Of a known supplier the share of its largest customer counts, and whether that customer makes the product near it. A
supplier of which nothing is known is one like them, the likelier the nearer its part is to theirs in the bill of
materials, or one like nobody: the fewer are near, the wider it is. What is drawn is a prediction under this model, and
stands beside the bounds of the evidence, never in their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guanzi.intake.chains import ChainView
from guanzi.study.chains.grades import standing_plants
from guanzi.study.chains.groups import distance_km, groups_of, sites_of

NEAR_KM = 100.0
"""Up to this distance a maker of the product is near a supplier: parts reach its line in a morning; a judgement."""
FADES = 0.5
"""What a known supplier counts less for each step that its part is away in the bill of materials; a judgement."""


@dataclass(frozen=True, slots=True)
class KnownSupplier:
    """A supplier of which a source tells the largest customer.

    Attributes:
        firm: Id.
        components: What it makes, as far as the chain has it.
        share: Part of its sales that goes to that customer, 0 to 1.
        near: Whether that customer makes the product near it.
    """

    firm: str
    components: tuple[str, ...]
    share: float
    near: bool


def known_suppliers(view: ChainView) -> tuple[KnownSupplier, ...]:
    """The newest largest share of sales of each supplier that is not of its customer's group."""
    groups, makers = groups_of(view), _makers(view)
    made: dict[str, list[str]] = {}
    for statement in (*view.of_kind("plant"), *view.of_kind("makes")):
        made.setdefault(statement.of, []).extend(statement.to)
    found = []
    for firm in view.firms:
        told = [s for s in view.of_kind("customer") if s.of == firm and s.low is not None]
        newest = max(((s.period, s.known_on) for s in told), default=None)
        outside = [
            s for s in told if (s.period, s.known_on) == newest and groups[firm] not in {groups[b] for b in s.to}
        ]
        if outside:
            top = max(outside, key=lambda s: sum(s.interval))
            sites = sites_of(view, firm)
            near = any(_is_near(view, sites, makers.get(groups[b], ())) for b in top.to)
            parts = tuple(dict.fromkeys(made.get(firm, ())))
            found.append(KnownSupplier(firm, parts, sum(top.interval) / 2, near))
    return tuple(found)


class ShareModel:
    """Draws of shares of sales that no source states. What is common to all suppliers is drawn once in each draw.

    The largest share of an unknown supplier is that of a known one, by the Bayesian bootstrap: each counts half as much
    for each step between their parts, and one more of which nothing is known counts fully (any share, near or not). How
    much of the suppliers' custom each maker draws is unknown, and drawn evenly over all divisions.
    """

    def __init__(self, view: ChainView, known: Sequence[KnownSupplier], generator: np.random.Generator, n: int) -> None:
        self.view, self.known, self.generator, self.n = view, tuple(known), generator, n
        self.groups, self.makers = groups_of(view), _makers(view)
        self.mass = generator.exponential(size=(n, len(self.known) + 1))
        self.pull = {group: generator.exponential(size=n) for group in sorted(set(self.groups.values()))}

    def largest(self, components: Iterable[str]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Draws of the largest share of sales of an unknown supplier, and of whether that customer is near."""
        parts, n = tuple(components), self.n
        weights = np.array([*(FADES ** _steps(self.view, parts, k.components) for k in self.known), 1.0])
        chosen = _pick(self.mass * weights, self.generator)
        anything, coin = self.generator.random(n), self.generator.random(n) < 0.5
        shares = np.array([*(k.share for k in self.known), 0.0])[chosen]
        near = np.array([*(k.near for k in self.known), False])[chosen]
        new = chosen == len(self.known)
        return np.where(new, anything, shares), np.where(new, coin, near)

    def to(self, anchors: Iterable[str], firm: str, components: Iterable[str]) -> NDArray[np.float64]:
        """Draws of the part of a supplier's sales that goes to the groups of the anchors.

        Its largest customer is one of those that sources name, or somebody not named; then, if near, one of the makers
        near it. Whoever is not the largest buys at most as much as the largest leaves, and no more than it.
        """
        theirs, view = set(anchors), self.view
        largest, near = self.largest(components)
        named = sorted({self.groups[b] for s in view.of_kind("customer") if s.of == firm for b in s.to})
        sites = sites_of(view, firm)
        around = sorted(group for group, places in self.makers.items() if _is_near(view, sites, places))
        other = self.generator.exponential(size=self.n)
        by_name = _pick(np.column_stack([*(self.pull[g] for g in named), other]), self.generator)
        of_named = np.array([*(g in theirs for g in named), False])[by_name]
        of_near = np.zeros(self.n, dtype=bool)
        if around:
            by_place = _pick(np.column_stack([self.pull[g] for g in around]), self.generator)
            of_near = near & np.array([g in theirs for g in around])[by_place]
        is_top = np.where(by_name < len(named), of_named, of_near)
        rest = self.generator.random(self.n) * np.minimum(largest, 1.0 - largest)
        found: NDArray[np.float64] = np.where(is_top, largest, rest)
        return found


def _pick(weights: NDArray[np.float64], generator: np.random.Generator) -> NDArray[np.intp]:
    """For each row one of its columns, with odds by weight."""
    mass = np.cumsum(weights, axis=1)
    found: NDArray[np.intp] = (mass < generator.random((len(mass), 1)) * mass[:, -1:]).sum(axis=1)
    return found


def _makers(view: ChainView) -> dict[str, tuple[str, ...]]:
    """Where each group makes the product."""
    groups = groups_of(view)
    found: dict[str, tuple[str, ...]] = {}
    for plant in standing_plants(view):
        if view.root in plant.to and plant.status == "operating":
            found[groups[plant.of]] = (*found.get(groups[plant.of], ()), plant.at)
    return found


def _is_near(view: ChainView, left: Iterable[str], right: Sequence[str]) -> bool:
    return any(a == b or ((km := distance_km(view, a, b)) is not None and km <= NEAR_KM) for a in left for b in right)


def _steps(view: ChainView, left: Sequence[str], right: Sequence[str]) -> int:
    """Least number of steps between two parts in the bill of materials; as far as any where one has none."""

    def above(id: str) -> list[str]:
        path = [id]
        while view.components[path[-1]].parent:
            path.append(view.components[path[-1]].parent)
        return path

    def between(a: str, b: str) -> int:
        up, down = above(a), above(b)
        common = next(node for node in up if node in down)
        return up.index(common) + down.index(common)

    farthest = 2 * max(view.depth_of(id) for id in view.components)
    return min((between(a, b) for a in left for b in right), default=farthest)
