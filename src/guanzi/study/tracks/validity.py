"""Whether the data carry an index: do they hang together, is the eigenvector firm, does the order of regions stand?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import spearmanr

from guanzi.base.core import Message, Place, Problem
from guanzi.study.tracks.arrays import Flags, Floats, NotCarried, as_values
from guanzi.study.tracks.complexity import complexity, parts_of
from guanzi.study.tracks.specialization import location_quotient, presence

THRESHOLDS = (0.75, 1.25)
FIRM_GAP = 0.02
"""Gap of the second and third eigenvalue from which on the order counts as firm: a judgement, as are those below."""
FIRM_RANKS = 0.8
FEWEST_REGIONS, FEWEST_INDUSTRIES = 10, 10


@dataclass(frozen=True, slots=True)
class Validity:
    """What the data carry.

    Attributes:
        regions, industries: How many have a value.
        parts: Into how many unconnected parts they fall.
        gap: Second minus third eigenvalue; near nought the order of regions is arbitrary. NaN where there is none.
        threshold_ranks: Rank correlation of the complexity of regions with that at each other threshold; NaN where
            none exists.
        resampled_ranks: Median rank correlation when industries are drawn anew, and its fifth percentile.
        fill: Share of cells that are held.
        reasons: Why complexity is not carried; none: it is.
        warnings: What to keep in mind though it is carried.
    """

    regions: int
    industries: int
    parts: int
    gap: float
    threshold_ranks: tuple[tuple[float, float], ...]
    resampled_ranks: tuple[float, float]
    fill: float
    reasons: tuple[Message, ...]
    warnings: tuple[Message, ...]

    @property
    def carried(self) -> bool:
        """Whether complexity can be reported."""
        return not self.reasons

    def require(self) -> None:
        """Refuse what is not carried.

        Raises:
            NotCarried: With every reason.
        """
        if self.reasons:
            raise NotCarried([Problem(m, Place(""), Message.of(f"{m.id}.mend")) for m in self.reasons])


def validity(values: Any, threshold: float = 1.0, resamples: int = 50, seed: int = 1) -> Validity:
    """What the data of one year carry.

    Args:
        values: Regions x industries.
        threshold: From which quotient on an industry is held.
        resamples: How often industries are drawn anew, with replacement.
        seed: Key of the random numbers.
    """
    x = as_values(values)
    x = x[np.ix_(x.sum(axis=1) > 0, x.sum(axis=0) > 0)]
    regions, industries = x.shape
    held = presence(location_quotient(x), threshold) if x.size else np.zeros(x.shape, dtype=np.bool_)
    parts = parts_of(held)[0]
    reasons = []
    if regions < FEWEST_REGIONS or industries < FEWEST_INDUSTRIES:
        reasons.append(Message.of("tracks.refused.too_small", regions=regions, industries=industries))
    if parts > 1:
        sizes = np.bincount(parts_of(held)[1][held.any(axis=1)])
        reasons.append(Message.of("tracks.refused.falls_apart", parts=parts, largest=int(sizes.max()), regions=regions))
    nothing = (float("nan"), float("nan"))
    if reasons:
        return Validity(regions, industries, parts, float("nan"), (), nothing, _fill(held), tuple(reasons), ())
    try:
        base = complexity(held)
    except NotCarried as error:
        why = tuple(problem.cause for problem in error.problems)
        return Validity(regions, industries, parts, float("nan"), (), nothing, _fill(held), why, ())
    gap = base.second - base.third
    other = tuple((t, _ranks(base.regions, presence(location_quotient(x), t * threshold))) for t in THRESHOLDS)
    draws = np.random.default_rng(seed)
    drawn = [_ranks(base.regions, held[:, draws.integers(industries, size=industries)]) for _ in range(resamples)]
    told = [r for r in drawn if np.isfinite(r)]
    ranks = (float(np.median(told)), float(np.quantile(told, 0.05))) if told else nothing
    warnings = []
    if gap < FIRM_GAP:
        warnings.append(Message.of("tracks.gap", second=f"{base.second:.3f}", third=f"{base.third:.3f}"))
    if not ranks[1] >= FIRM_RANKS:
        warnings.append(Message.of("tracks.ranks_drawn", ranks=f"{ranks[1]:.2f}"))
    warnings += [
        Message.of("tracks.ranks_threshold", threshold=f"{t:g}", ranks=f"{r:.2f}")
        for t, r in other
        if not r >= FIRM_RANKS
    ]
    return Validity(regions, industries, parts, gap, other, ranks, _fill(held), (), tuple(warnings))


def _fill(held: Flags) -> float:
    return float(held.mean()) if held.size else 0.0


def _ranks(base: Floats, held: Flags) -> float:
    """Rank correlation with the complexity of another presence, over the regions that both have."""
    try:
        other = complexity(held, "largest").regions
    except NotCarried:
        return float("nan")
    both = np.isfinite(base) & np.isfinite(other)
    return float(spearmanr(base[both], other[both]).statistic) if both.sum() > 2 else float("nan")
