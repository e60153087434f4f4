"""Why an industry stands on the list: what carries it, what is missing, and who entered it from where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanzi.intake.industries import IndustryPanel
from guanzi.study.tracks.arrays import Flags, Floats
from guanzi.study.tracks.forecast.windows import previous
from guanzi.study.tracks.indices import Indices
from guanzi.study.tracks.specialization import location_quotient, presence

_FEW = 3
_CARRIERS = 4
_ENTRANTS = 4


@dataclass(frozen=True, slots=True)
class Near:
    """An industry near to another.

    Attributes:
        industry: Its code.
        proximity: The smaller of the two conditional probabilities of holding both.
        share: Its part of all proximity to the other.
    """

    industry: str
    proximity: float
    share: float


@dataclass(frozen=True, slots=True)
class Peer:
    """A region of like structure; ``likeness`` is the cosine between what two regions hold, from 0 to 1."""

    region: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Entrant:
    """A region that came to hold an industry.

    Attributes:
        region: Its code.
        likeness: Between what it held before it entered, and what the region that asks holds now.
        since, until: Between which years it entered.
        held: What it had held, nearest to the industry first.
    """

    region: str
    likeness: float
    since: int
    until: int
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands behind one place on the list.

    Attributes:
        industry: Which.
        carriers: Industries of the region that are nearest to it: they make its density.
        missing: Industries that the region lacks and that are nearest to it: capabilities that others have with it.
        entrants: Regions that entered it, the likest first.
        looked: Between which years entries were looked for; None where the panel is too short.
    """

    industry: str
    carriers: tuple[Near, ...]
    missing: tuple[Near, ...]
    entrants: tuple[Entrant, ...]
    looked: tuple[int, int] | None


def peers_of(panel: IndustryPanel, found: Indices, region: str, number: int = 5) -> tuple[Peer, ...]:
    """Regions that hold most of the same industries, the likest first."""
    r = panel.region_at(region)
    likeness = _likeness(found.presence, found.presence[r])
    likeness[r] = -1
    order = np.argsort(-likeness, kind="stable")[:number]
    return tuple(Peer(panel.regions[k], float(likeness[k])) for k in order if likeness[k] > 0)


def explain(
    panel: IndustryPanel, found: Indices, region: str, industry: str, horizon: int, measure: str | None = None
) -> Explanation:
    """Why an industry is near to a region, and who entered it.

    Args:
        panel: Region x industry x year.
        found: Indices of its last year.
        region, industry: Which cell.
        horizon: How far back entries are looked for.
        measure: Of the panel; None: its first.
    """
    r, i = panel.region_at(region), panel.industry_at(industry)
    near = np.nan_to_num(found.proximity[i]).astype(np.float64)
    near[i] = 0
    whole = float(near.sum()) or 1.0
    held = found.presence[r]
    last = panel.years[-1]
    before = previous(panel, last, horizon)
    looked = None if before is None else (before, last)
    return Explanation(
        industry,
        _nearest(panel, near, held, whole, _CARRIERS),
        _nearest(panel, near, ~held & (found.ubiquity > 0), whole, _FEW),
        () if before is None else _entrants(panel, near, found, r, i, before, measure),
        looked,
    )


def _nearest(panel: IndustryPanel, near: Floats, among: Flags, whole: float, number: int) -> tuple[Near, ...]:
    strength = np.where(among, near, 0)
    order = np.argsort(-strength, kind="stable")[:number]
    return tuple(Near(panel.industries[j], float(near[j]), float(near[j] / whole)) for j in order if strength[j] > 0)


def _entrants(
    panel: IndustryPanel, near: Floats, found: Indices, r: int, i: int, before: int, measure: str | None
) -> tuple[Entrant, ...]:
    old = presence(location_quotient(panel.matrix(before, measure)))
    came = found.presence[:, i] & ~old[:, i]
    came[r] = False
    likeness = _likeness(old, found.presence[r])
    order = sorted(np.flatnonzero(came), key=lambda k: (-likeness[k], k))[:_ENTRANTS]
    return tuple(
        Entrant(
            panel.regions[k],
            float(likeness[k]),
            before,
            panel.years[-1],
            tuple(n.industry for n in _nearest(panel, near, old[k], 1.0, _FEW)),
        )
        for k in order
    )


def _likeness(held: Flags, mine: Flags) -> Floats:
    m = held.astype(np.float64)
    norm = np.sqrt(np.maximum(m.sum(axis=1) * mine.sum(), 1))
    return np.asarray(m @ mine.astype(np.float64) / norm)
