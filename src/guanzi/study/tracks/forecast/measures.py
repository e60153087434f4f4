"""How good a ranking of cells is: over all and within regions, with intervals over regions drawn anew."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guanzi.study.scoring import roc_auc
from guanzi.study.tracks.arrays import Flags, Floats, Numbers

type Interval = tuple[float, float]

NOTHING = (float("nan"), float("nan"))
LEVEL = 0.95
DRAWS = 400
_BINS = 1000
TOP = 10


def precision_at(entered: Flags, score: Numbers, k: int) -> float:
    """Share of entries among the k highest scores; of equal scores at the edge, their mean share counts."""
    if not 0 < k <= len(score):
        return float("nan")
    edge = np.partition(score, len(score) - k)[len(score) - k]
    above, level = score > edge, score == edge
    return float((entered[above].sum() + (k - above.sum()) * entered[level].mean()) / k)


def region_aucs(entered: Flags, score: Numbers, region: NDArray[np.int64], regions: int) -> Floats:
    """The area within each region; NaN where all of its cells were entered, or none."""
    out = np.full(regions, np.nan)
    order = np.argsort(region, kind="stable")
    ends = np.searchsorted(region[order], np.arange(regions + 1))
    for r in range(regions):
        rows = order[ends[r] : ends[r + 1]]
        out[r] = roc_auc(entered[rows], score[rows])
    return out


def region_precision(entered: Flags, score: Numbers, region: NDArray[np.int64], regions: int, k: int = TOP) -> float:
    """Mean over regions of the share of entries among their k highest scores: what a short list of each is worth."""
    order = np.argsort(region, kind="stable")
    ends = np.searchsorted(region[order], np.arange(regions + 1))
    found = []
    for r in range(regions):
        rows = order[ends[r] : ends[r + 1]]
        if len(rows) >= k and entered[rows].any():
            found.append(precision_at(entered[rows], score[rows], k))
    return float(np.mean(found)) if found else float("nan")


@dataclass(frozen=True, slots=True)
class Counted:
    """Entries and other cells of each region by score, from the highest down: regions are then quick to draw anew."""

    hits: Floats
    misses: Floats


def counted(entered: Flags, score: Numbers, region: NDArray[np.int64], regions: int) -> Counted:
    """Cells by region and by one of a thousand classes of score; equal scores share a class."""
    edges = np.unique(np.quantile(score, np.linspace(0, 1, _BINS + 1)[1:-1]))
    bins = len(edges) - np.searchsorted(edges, score, "right")
    cell, size = region * (len(edges) + 1) + bins, regions * (len(edges) + 1)
    hits = np.bincount(cell, weights=entered, minlength=size).reshape(regions, -1)
    all_cells = np.bincount(cell, minlength=size).reshape(regions, -1)
    return Counted(hits, all_cells - hits)


def drawn_anew(cells: Counted, weights: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Area and average precision for each drawing of regions.

    Args:
        cells: As counted.
        weights: Drawings x regions: how often each region was drawn.
    """
    hits, misses = weights @ cells.hits, weights @ cells.misses
    positives, negatives = hits.sum(axis=1, keepdims=True), misses.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        below = negatives - np.cumsum(misses, axis=1) + 0.5 * misses
        area = (hits * below).sum(axis=1) / (positives * negatives)[:, 0]
        found = np.cumsum(hits, axis=1)
        shown = found + np.cumsum(misses, axis=1)
        precision = np.where(shown > 0, found / np.maximum(shown, 1e-300), 0)
        average = (hits * precision).sum(axis=1) / positives[:, 0]
    return area, average


def interval(values: Floats, level: float = LEVEL) -> Interval:
    """Percentile interval of drawings; NaN where there are none."""
    told = values[np.isfinite(values)]
    if not len(told):
        return NOTHING
    low, high = np.quantile(told, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
