"""Do performance weights beat equal weights out of sample? Leave one seed question out, over many panels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guanzi.study.experts.classical import (
    Performance,
    calibration,
    equal_weights,
    half_cut,
    informations,
    intrinsic_range,
    optimal_weights,
    performance,
    pool,
)
from guanzi.study.experts.panel import ExpertPanel, Floats, Seeds, seeds_of


@dataclass(frozen=True, slots=True)
class PanelResult:
    """One panel.

    Attributes:
        panel: Its id.
        experts, seeds: How many were scored.
        equal: Performance of equal weights on the seeds; these learn nothing, so it is out of sample, too.
        left_out: Performance of half-cut weights, each seed pooled by weights learnt on the others.
        in_sample: Performance of optimised global weights on the seeds that they learnt from, as studies publish it.
        same_as: Another panel with the same answers to the same seeds; empty for none.
    """

    panel: str
    experts: int
    seeds: int
    equal: Performance
    left_out: Performance
    in_sample: Performance
    same_as: str = ""

    @property
    def win(self) -> bool:
        """Whether performance weights have the higher score out of sample."""
        return self.left_out.score > self.equal.score


@dataclass(frozen=True, slots=True)
class Unscored:
    """A panel that cannot be scored, and how far it falls short."""

    panel: str
    experts: int
    seeds: int


def evaluate_panels(
    panels: Sequence[ExpertPanel], progress: Callable[[int], None] | None = None
) -> tuple[tuple[PanelResult, ...], tuple[Unscored, ...]]:
    """Evaluate every panel with enough seeds and experts; the others are named.

    Args:
        panels: The panels.
        progress: Called with 1 after each panel.
    """
    results: list[PanelResult] = []
    unscored: list[Unscored] = []
    known: dict[bytes, str] = {}
    for panel in panels:
        seeds = seeds_of(panel)
        if progress is not None:
            progress(1)
        if not seeds.enough:
            unscored.append(Unscored(panel.id, len(seeds.experts), len(seeds.questions)))
            continue
        same = known.setdefault(seeds.values.tobytes() + seeds.truths.tobytes(), panel.id)
        results.append(evaluate_panel(panel.id, seeds, "" if same == panel.id else same))
    return tuple(results), tuple(unscored)


def evaluate_panel(name: str, seeds: Seeds, same_as: str = "") -> PanelResult:
    """Equal weights, optimised weights in sample and half-cut weights out of sample, on one panel."""
    low, high = intrinsic_range(seeds.values, seeds.truths)
    alike = pool(seeds.values, equal_weights(len(seeds.experts)), low, high, seeds.probabilities)
    return PanelResult(
        name,
        len(seeds.experts),
        len(seeds.questions),
        performance(alike, seeds),
        performance(leave_one_out(seeds), seeds),
        optimal_weights(seeds)[1],
        same_as,
    )


def leave_one_out(seeds: Seeds) -> Floats:
    """Quantiles of each seed, pooled by half-cut weights that are learnt on the other seeds.

    The range on which the seed is pooled is what the experts span: its truth is not known to the pool.

    Returns:
        (seeds, probabilities).
    """
    low, high = intrinsic_range(seeds.values, seeds.truths)
    informed = np.array([informations(expert, low, high, seeds.probabilities) for expert in seeds.values])
    low, high = intrinsic_range(seeds.values)
    out = np.empty(seeds.values.shape[1:])
    for j in range(len(seeds.truths)):
        others = np.arange(len(seeds.truths)) != j
        weights = half_cut(_scores(seeds, informed, others))
        out[j] = pool(seeds.values[:, j : j + 1], weights, low[j : j + 1], high[j : j + 1], seeds.probabilities)[0]
    return out


def _scores(seeds: Seeds, informed: Floats, which: NDArray[np.bool_]) -> list[Performance]:
    return [
        Performance(calibration(expert[which], seeds.truths[which], seeds.probabilities), float(mine[which].mean()))
        for expert, mine in zip(seeds.values, informed, strict=True)
    ]
