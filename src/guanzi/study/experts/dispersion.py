"""How far experts disagree, and how a second round changed what they say."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from guanzi.study.experts.density import Assessments


@dataclass(frozen=True, slots=True)
class Dispersion:
    """Disagreement on one quantity, with all experts alike and on the scale of the question.

    Attributes:
        between: Share of the variance of the pool that lies between the experts' means: 0 when they agree, near 1 when
            each is sure of something else.
        overlap: Mean over pairs of experts of what their distributions have in common, 0 to 1.
        apart: Pairs whose ranges from lowest to highest quantile do not touch.
        pairs: Pairs of experts.
    """

    between: float
    overlap: float
    apart: int
    pairs: int


def dispersion(assessments: Assessments) -> Dispersion | None:
    """Disagreement of at least two experts; None for one."""
    pairs = list(combinations(range(len(assessments.quantiles)), 2))
    if not pairs:
        return None
    means, variances = assessments.moments()
    apart_variance, own = float(means.var()), float(variances.mean())
    total = apart_variance + own
    ends = assessments.quantiles[:, [0, -1]]
    apart = sum(ends[a, 1] < ends[b, 0] or ends[b, 1] < ends[a, 0] for a, b in pairs)
    overlap = float(np.mean([assessments.overlap(a, b) for a, b in pairs]))
    return Dispersion(apart_variance / total if total > 0.0 else 0.0, overlap, int(apart), len(pairs))


@dataclass(frozen=True, slots=True)
class RoundChange:
    """What changed from one round to the next among the experts who answered in both.

    Attributes:
        experts: How many they are.
        moved: How many of them changed any quantile.
        shift: Mean distance of an expert's median from the one before, as a part of the width of the group's range
            (lowest to highest quantile of the equal pool) before.
        width: Geometric mean of an expert's range over the one before; below 1 the ranges became narrower.
        before, after: Disagreement of these experts; None for one expert.
    """

    experts: int
    moved: int
    shift: float
    width: float
    before: Dispersion | None
    after: Dispersion | None


def change(before: Assessments, after: Assessments) -> RoundChange:
    """Compare two rounds; the rows of both are the same experts."""
    old, new = before.quantiles, after.quantiles
    middle = int(np.argmin(np.abs(before.probabilities - 0.5)))
    ends = before.probabilities[[0, -1]]
    pooled = before.pool(np.ones(len(old))).quantile(ends)
    group = np.log(pooled) if before.log else pooled
    widths = (new[:, -1] - new[:, 0]) / (old[:, -1] - old[:, 0])
    return RoundChange(
        experts=len(old),
        moved=int((old != new).any(axis=1).sum()),
        shift=float(np.abs(new[:, middle] - old[:, middle]).mean() / (group[1] - group[0])),
        width=float(np.exp(np.log(widths).mean())),
        before=dispersion(before),
        after=dispersion(after),
    )
