"""Whom to invite: firms, or makers of a link, by what they would add to the chain of a place, robust over intervals.

Nothing is weighed by hand: in each draw the values lie anywhere in their intervals, and the weights of the criteria
anywhere on the simplex. What is told is how often a target is among the first k, and its ranks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from guanzi.intake.chains import ChainView
from guanzi.study.chains.gaps import LinkGap, find_gaps
from guanzi.study.chains.groups import distance_km, groups_of, sites_of

VERSION = "1"
CRITERIA = ("value", "gap", "local_value", "jobs", "resilience", "independence", "fit", "likelihood")
LINK_CRITERIA = ("value", "gap", "local_value", "jobs", "resilience", "fit")
"""What can be said of a link without naming a firm."""
REACH_KM = 500.0
"""Distance at which the pull of a place has fallen to 1/e: a day of lorry traffic there and back; a judgement."""
DRAWS = 4000


@dataclass(frozen=True, slots=True)
class TargetCandidate:
    """A firm that could come to make a component, with its criteria as intervals in [0, 1] before scaling.

    Attributes:
        firm: Id; empty for a maker that nobody has named.
        component: What it would make there.
        criteria: (low, high) by criterion; unknown is (0, 1), never a guess in between.
        unknown: Criteria of which nothing is known.
    """

    firm: str
    component: str
    criteria: dict[str, tuple[float, float]]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A candidate with its standing among the others.

    Attributes:
        candidate: Who, what and why.
        top: How often it is among the first k, by k.
        rank: Ranks at 5, 50 and 95 % of the draws; 1 is best.
        scores: Mean of each criterion after scaling, in [0, 1]; one that is unknown for every candidate is left out.
    """

    candidate: TargetCandidate
    top: dict[int, float]
    rank: tuple[int, int, int]
    scores: dict[str, float]


def firm_candidates(view: ChainView, places: Iterable[str], anchors: Iterable[str] = ()) -> tuple[TargetCandidate, ...]:
    """Every firm that a source says makes a component and that does not make it in the place already.

    A firm that makes several components stands once for each; the anchors and makers of the product do not stand.
    """
    region = tuple(places)
    gaps = {gap.link.component.id: gap for gap in find_gaps(view, region, anchors)}
    makers = set(gaps[view.root].link.suppliers)
    pairs: dict[tuple[str, str], None] = {}
    for statement in (*view.of_kind("makes"), *view.of_kind("plant")):
        for component in statement.to:
            pairs[statement.of, component] = None
    found = []
    for firm, component in pairs:
        link = gaps[component].link
        if component == view.root or firm in link.suppliers or firm in makers or firm in tuple(anchors):
            continue
        found.append(_candidate(view, gaps, firm, component, region, tuple(anchors)))
    return tuple(found)


def link_candidates(view: ChainView, places: Iterable[str], anchors: Iterable[str] = ()) -> tuple[TargetCandidate, ...]:
    """A maker of each component below the product, whoever it may be."""
    region = tuple(places)
    gaps = {gap.link.component.id: gap for gap in find_gaps(view, region, anchors)}
    return tuple(_candidate(view, gaps, "", id, region, tuple(anchors)) for id in view.components if id != view.root)


def rank_targets(
    candidates: tuple[TargetCandidate, ...], ks: Iterable[int] = (10, 20), seed: int = 1, draws: int = DRAWS
) -> tuple[Target, ...]:
    """Candidates in the order of how often they are among the first, then of their mean rank.

    Args:
        candidates: Whom to rank; with the same criteria each.
        ks: Lengths of a short list; the first decides the order.
        seed: Of the draws.
        draws: How many.
    """
    if not candidates:
        return ()
    criteria = LINK_CRITERIA if not candidates[0].firm else CRITERIA
    names = tuple(n for n in criteria if not all(n in c.unknown for c in candidates)) or criteria
    wanted = tuple(ks)
    generator = np.random.Generator(np.random.Philox(seed))
    low = np.array([[c.criteria[n][0] for n in names] for c in candidates])
    high = np.array([[c.criteria[n][1] for n in names] for c in candidates])
    parts = {c.component: i for i, c in enumerate(candidates)}
    shared = np.array([parts[c.component] for c in candidates])
    ranks = np.empty((draws, len(candidates)), dtype=np.int32)
    sums = np.zeros_like(low)
    own = np.array([n in ("independence", "likelihood") for n in names])
    for draw in range(draws):
        uniform = generator.random((len(candidates), len(names)))
        position = np.where(own, uniform, uniform[shared])  # of one component, the same draw for all its makers
        values = low + (high - low) * position
        most = values.max(axis=0)
        scaled = values / np.where(most > 0.0, most, 1.0)
        sums += scaled
        weights = generator.exponential(size=len(names))
        order = np.argsort(-(scaled @ (weights / weights.sum())), kind="stable")
        ranks[draw, order] = np.arange(1, len(candidates) + 1)
    quantiles = np.quantile(ranks, (0.05, 0.5, 0.95), axis=0, method="inverted_cdf")
    found = [
        Target(
            candidate,
            {k: float((ranks[:, i] <= k).mean()) for k in wanted},
            (int(quantiles[0, i]), int(quantiles[1, i]), int(quantiles[2, i])),
            dict(zip(names, (float(v) for v in sums[i] / draws), strict=True)),
        )
        for i, candidate in enumerate(candidates)
    ]
    mean: NDArray[np.float64] = ranks.mean(axis=0)
    place = {(c.firm, c.component): float(mean[i]) for i, c in enumerate(candidates)}
    first = wanted[0]
    return tuple(
        sorted(
            found,
            key=lambda t: (
                -t.top[first],
                place[t.candidate.firm, t.candidate.component],
                t.candidate.firm,
                t.candidate.component,
            ),
        )
    )


def _candidate(
    view: ChainView,
    gaps: dict[str, LinkGap],
    firm: str,
    component: str,
    region: tuple[str, ...],
    anchors: tuple[str, ...],
) -> TargetCandidate:
    gap = gaps[component]
    closed = _closed(gap)
    share = (gap.share.low, gap.share.high)
    value = _times(share, closed)
    unknown = [] if gap.share.stated else ["value"]
    local, jobs = _intensity(view, component, "value added"), _intensity(view, component, "jobs")
    unknown += ["local_value"] * (local is None) + ["jobs"] * (jobs is None) + ["resilience"] * (gap.imports is None)
    criteria = {
        "value": value,
        "gap": closed,
        "local_value": _times(value, local or (0.0, 1.0)),
        "jobs": _times(value, jobs or (0.0, 1.0)),
        "resilience": _times(closed, gap.imports or (0.0, 1.0)),
        "fit": _fit(view, gaps, component),
    }
    if firm:
        independence = _independence(view, firm, anchors)
        likelihood, silent = _likelihood(view, gaps, firm, region)
        criteria |= {"independence": independence, "likelihood": likelihood}
        unknown += ["independence"] * (independence == (0.0, 1.0)) + ["likelihood"] * silent
    return TargetCandidate(firm, component, criteria, tuple(unknown))


def _closed(gap: LinkGap) -> tuple[float, float]:
    """What one more independent maker adds: all of it where there is none, half beside one, a third beside two."""
    n = len(gap.groups)
    if n:
        return 1.0 / (1 + n), 1.0 / (1 + n)
    if gap.link.grade == "missing":
        return 1.0, 1.0
    return 1.0 / (1 + max(1, len(gap.link.planned))), 1.0  # nobody told of, or only plans: nought or as many


def _times(left: tuple[float, float], right: tuple[float, float]) -> tuple[float, float]:
    return left[0] * right[0], left[1] * right[1]


def _intensity(view: ChainView, component: str, of: str) -> tuple[float, float] | None:
    """Value added or jobs for each unit of output, from the component or, failing that, from what it goes into."""
    at = component
    while at:
        stated = [s.interval for s in view.of_kind("intensity") if s.of == at and s.unit.startswith(of)]
        if stated:
            return min(s[0] for s in stated), max(s[1] for s in stated)
        at = view.components[at].parent
    return None


def _fit(view: ChainView, gaps: dict[str, LinkGap], component: str) -> tuple[float, float]:
    """What part of its neighbours in the bill of materials the place has: the whole, its parts, and its siblings."""
    parent = view.components[component].parent
    near = [parent, *view.children.get(component, ()), *(c for c in view.children.get(parent, ()) if c != component)]
    present = sum(gaps[c].link.grade == "present" for c in near)
    open_ones = sum(gaps[c].link.grade in ("planned", "no_evidence") for c in near)
    return present / len(near), (present + open_ones) / len(near)


def _independence(view: ChainView, firm: str, anchors: tuple[str, ...]) -> tuple[float, float]:
    """One less the part of its sales that goes to the anchors, or the anchors own; unknown is anything."""
    groups = groups_of(view)
    theirs = {groups.get(a, a) for a in anchors}
    if groups.get(firm) in theirs:
        return 0.0, 0.0
    sales = [s for s in view.of_kind("customer") if s.of == firm and s.low is not None]
    newest = max((s.known_on for s in sales), default=None)
    told = [s.interval for s in sales if s.known_on == newest and theirs & {groups.get(b, b) for b in s.to}]
    if not told:
        return 0.0, 1.0
    return 1.0 - max(t[1] for t in told), 1.0 - min(t[0] for t in told)


def _likelihood(
    view: ChainView, gaps: dict[str, LinkGap], firm: str, region: tuple[str, ...]
) -> tuple[tuple[float, float], bool]:
    """Mean of three signs: at work in the place already, sells to a firm of the place, and near; each may be unknown.

    The second is unknown, not nought, where no source tells of its customers.
    """
    groups = groups_of(view)
    here = {f for gap in gaps.values() for f in gap.link.suppliers}
    mates = {f for f, g in groups.items() if g == groups.get(firm, firm)}
    signs: list[tuple[float, float]] = [(1.0, 1.0) if mates & here else (0.0, 0.0)]
    buyers = {b for s in view.of_kind("customer") if s.of in mates for b in s.to}
    signs.append((1.0, 1.0) if buyers & here else (0.0, 1.0))
    sites = {site for f in mates for site in sites_of(view, f)}
    away = [km for site in sites for place in region if (km := distance_km(view, site, place)) is not None]
    near = exp(-min(away) / REACH_KM) if away else None
    signs.append((0.0, 1.0) if near is None else (near, near))
    low, high = (sum(s[i] for s in signs) / len(signs) for i in (0, 1))
    return (low, high), not away and not buyers and not mates & here
