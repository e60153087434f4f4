"""Gaps and strength of a chain in a place: what is missing, hangs by one firm, or comes from abroad."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from guanzi.intake.chains import ChainView
from guanzi.study.chains.costs import CostShare, cost_shares
from guanzi.study.chains.grades import Link, grade_links, standing_plants
from guanzi.study.chains.groups import distance_km, groups_of, sites_of, without

IMPORTED = 0.5
"""Share of imports from which a link is called a bottleneck: more than half comes from abroad."""


@dataclass(frozen=True, slots=True)
class LinkGap:
    """How strong a link of the chain is in a place.

    Attributes:
        link: The component with its grade and suppliers.
        share: Its share in the cost of the product.
        groups: Independent groups that make it there; firms of one group count once.
        imports: What part of national demand is imported, as sources say; None: no evidence.
        cut: How many groups must fail before what is made of it there reaches no maker of the product and no stated
            customer elsewhere, with the anchors gone; None where nobody makes it there.
        substitutes: Components that can take its place.
        nearest: The nearest plant of a firm from elsewhere: firm and kilometres; None where no position is stated.
        value: What the anchor buys of it in a year, in the unit of ``output``; None without an output.
    """

    link: Link
    share: CostShare
    groups: tuple[str, ...]
    imports: tuple[float, float] | None
    cut: int | None
    substitutes: tuple[str, ...]
    nearest: tuple[str, float] | None
    value: tuple[float, float] | None

    @property
    def single(self) -> bool:
        """Whether all that is made there hangs by one group."""
        return self.link.grade == "present" and len(self.groups) == 1

    @property
    def imported(self) -> bool:
        """Whether sources say that more than half is imported."""
        return self.imports is not None and self.imports[0] >= IMPORTED


def find_gaps(
    view: ChainView,
    places: Iterable[str],
    anchors: Iterable[str] = (),
    output: tuple[float, float] | None = None,
) -> tuple[LinkGap, ...]:
    """Every link of a chain with its strength, in the order of the bill of materials.

    Args:
        view: What was known on the day.
        places: The cities that count as the place.
        anchors: Firms without which the cut is asked.
        output: Cost of what the anchors make in a year, as (low, high): the base of the value at stake.
    """
    region = tuple(places)
    links, shares, groups = grade_links(view, region), cost_shares(view), groups_of(view)
    gone = without(groups, anchors)
    found = []
    for id, link in links.items():
        share = shares[id]
        makers = tuple(dict.fromkeys(groups[f] for f in link.suppliers))
        cut = _cut(view, id, links, groups, gone) if link.suppliers else None
        value = None if output is None else (share.low * output[0], share.high * output[1])
        found.append(
            LinkGap(
                link, share, makers, _imports(view, id), cut, _substitutes(view, id), _nearest(view, id, region), value
            )
        )
    return tuple(found)


def _imports(view: ChainView, id: str) -> tuple[float, float] | None:
    stated = [s.interval for s in view.of_kind("imports") if id in s.to]
    return (min(s[0] for s in stated), max(s[1] for s in stated)) if stated else None


def _substitutes(view: ChainView, id: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(other for s in view.of_kind("substitute") if s.of == id for other in s.to))


def _nearest(view: ChainView, id: str, region: tuple[str, ...]) -> tuple[str, float] | None:
    away = []
    for plant in standing_plants(view):
        if id not in plant.to or plant.status != "operating" or sites_of(view, plant.of) & set(region):
            continue  # whoever is at home in the place is not elsewhere, wherever its plant
        for place in region:
            km = distance_km(view, place, plant.at)
            if km is not None:
                away.append((km, plant.of))
    if not away:
        return None
    km, firm = min(away)
    return firm, km


def _cut(view: ChainView, id: str, links: dict[str, Link], groups: dict[str, str], gone: frozenset[str]) -> int:
    """Least number of groups whose loss parts the makers of a component from every buyer, by Menger's theorem.

    Groups are nodes that can be lost; a group that makes a part is joined to those that make what it goes into, the
    makers of the product and customers outside to the market. A component that nobody makes in the place is passed
    over: its parts go to the makers of the next whole above it.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_flow

    above = [id]
    while view.components[above[-1]].parent:
        above.append(view.components[above[-1]].parent)
    layers = [tuple(dict.fromkeys(groups[f] for f in links[c].suppliers if f not in gone)) for c in above]
    if not layers[0]:
        return 0
    nodes = sorted({group for layer in layers for group in layer})
    at = {group: i for i, group in enumerate(nodes)}
    n = len(nodes)
    source, sink = 2 * n, 2 * n + 1
    most = n + 1
    edges: dict[tuple[int, int], int] = {(i, n + i): 1 for i in range(n)}
    for group in layers[0]:
        edges[source, at[group]] = most
    for level, layer in enumerate(layers[:-1]):
        following = next((above_it for above_it in layers[level + 1 :] if above_it), ())
        for left in layer:
            for right in following:
                if left != right:
                    edges[n + at[left], at[right]] = most
    for group in layers[-1]:
        edges[n + at[group], sink] = most
    local = {groups[f] for link in links.values() for f in link.suppliers}
    for sale in view.of_kind("customer"):
        for buyer in sale.to:
            outside = groups.get(buyer, buyer)
            if buyer not in gone and outside not in local and groups.get(sale.of) in at:
                edges[n + at[groups[sale.of]], sink] = most
    keys = np.array(list(edges), dtype=np.int32)
    weights = np.array(list(edges.values()), dtype=np.int32)
    matrix = csr_array((weights, (keys[:, 0], keys[:, 1])), shape=(2 * n + 2, 2 * n + 2))
    return int(maximum_flow(matrix, source, sink).flow_value)
