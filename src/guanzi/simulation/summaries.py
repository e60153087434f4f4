"""Streaming summaries that merge exactly: integer histograms for distributions, sums per leaf for means.

Memory does not grow with the number of paths. Bins are 1/256 of an octave wide (0.3 %); a quantile is the
middle of its bin, or the very value where all values of the bin are the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from guanzi.simulation.assembler import (
    HISTOGRAM_BINS,
    HISTOGRAM_BITS,
    HISTOGRAM_LOWEST,
    HISTOGRAM_OCTAVES_BELOW,
    HISTOGRAM_SHIFT,
    HISTOGRAM_SIDE,
)

TAIL = 0.05
"""The part of a distribution whose mean is its tail (CVaR at 95 %)."""

Counts = NDArray[np.uint64]
Floats = NDArray[np.float64]


def _edges() -> Floats:
    """Lower edges of the bins of magnitudes; one more at the end."""
    j = np.arange(HISTOGRAM_SIDE + 2)
    per_octave = 1 << HISTOGRAM_BITS
    octave, part = np.divmod(j, per_octave)
    edges: Floats = np.ldexp(1.0 + part / per_octave, octave - HISTOGRAM_OCTAVES_BELOW)
    return edges


EDGES = _edges()


def bin_bounds(index: int) -> tuple[float, float]:
    """Bounds of a bin; the bin of zero is the point zero."""
    j = index - HISTOGRAM_SIDE
    if j == 0:
        return 0.0, 0.0
    low, high = float(EDGES[abs(j)]), float(EDGES[abs(j) + 1])
    return (low, high) if j > 0 else (-high, -low)


def bins_of(x: Floats) -> NDArray[np.int64]:
    """The bin of each number, as the lane machine counts it."""
    bits = np.ascontiguousarray(x).view(np.int64)
    j = ((bits & np.int64(0x7FFFFFFFFFFFFFFF)) >> np.int64(HISTOGRAM_SHIFT)) - np.int64(HISTOGRAM_LOWEST)
    j = np.clip(j, 0, HISTOGRAM_SIDE)
    bins: NDArray[np.int64] = np.where(bits < 0, HISTOGRAM_SIDE - j, HISTOGRAM_SIDE + j)
    return bins


def quantile_bin(counts: NDArray[np.integer], q: float) -> int:
    """The bin into which the q-quantile of a histogram falls."""
    cumulated = np.cumsum(counts, dtype=np.int64)
    return min(int(np.searchsorted(cumulated, q * int(cumulated[-1]), side="left")), len(counts) - 1)


def quantile(counts: NDArray[np.integer], q: float) -> float:
    """The q-quantile of a histogram: the middle of the bin it falls into; NaN when it is empty."""
    if not counts.any():
        return math.nan
    low, high = bin_bounds(quantile_bin(counts, q))
    return 0.5 * (low + high)


@dataclass(frozen=True, slots=True)
class Summary:
    """Distribution of one output over paths.

    Attributes:
        mean, se: Mean and its standard error.
        p5, p25, p50, p75, p95: Quantiles.
        below_zero: Paths with a value below zero.
        n: Paths that have a value.
        worst: Mean of the lowest 5 % (for money received: minus the CVaR at 95 %).
        best: Mean of the highest 5 %.
    """

    mean: float
    se: float
    p5: float
    p25: float
    p50: float
    p75: float
    p95: float
    below_zero: int
    n: int
    worst: float
    best: float


@dataclass(frozen=True, slots=True)
class FanData:
    """Quantiles over time, one value per step; ``dates`` are the last days of the steps."""

    dates: tuple[date, ...]
    p5: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p95: tuple[float, ...]
    n: tuple[int, ...]


class OutputSummary:
    """Accumulates leaves of one output, in leaf order.

    The least and the greatest value of each bin are kept beside its count: where they agree, as for sums that a
    contract fixes, a quantile is that very value.
    """

    def __init__(self) -> None:
        self.counts: Counts = np.zeros(HISTOGRAM_BINS, np.uint64)
        self.least: Floats = np.full(HISTOGRAM_BINS, math.inf)
        self.most: Floats = np.full(HISTOGRAM_BINS, -math.inf)
        self.total = 0.0
        self.squares = 0.0
        self.n = 0
        self.below = 0

    def add(self, leaf: LeafSummary) -> None:
        """Add one leaf."""
        self.counts[leaf.bins] += leaf.counts
        self.least[leaf.bins] = np.minimum(self.least[leaf.bins], leaf.least)
        self.most[leaf.bins] = np.maximum(self.most[leaf.bins], leaf.most)
        self.total += leaf.total
        self.squares += leaf.squares
        self.n += leaf.n
        self.below += leaf.below

    def summary(self) -> Summary:
        """The distribution so far."""
        n = max(self.n, 1)
        mean = self.total / n
        variance = max(self.squares / n - mean * mean, 0.0)
        p5, p25, p50, p75, p95 = (self._quantile(q) for q in (0.05, 0.25, 0.5, 0.75, 0.95))
        return Summary(
            mean=mean if self.n else math.nan,
            se=math.sqrt(variance / n),
            p5=p5,
            p25=p25,
            p50=p50,
            p75=p75,
            p95=p95,
            below_zero=self.below,
            n=self.n,
            worst=self._tail(1),
            best=self._tail(-1),
        )

    def _middle(self, index: int) -> float:
        """The value of a bin: exact when all its values are the same."""
        return float(0.5 * (self.least[index] + self.most[index]))

    def _quantile(self, q: float) -> float:
        return self._middle(quantile_bin(self.counts, q)) if self.n else math.nan

    def _tail(self, step: int) -> float:
        """Mean of the lowest (step 1) or highest (step -1) 5 %, by the values of the bins; NaN when empty."""
        left = target = TAIL * self.n
        mass = 0.0
        held = np.flatnonzero(self.counts)
        for index in held[::step]:
            take = min(left, float(self.counts[index]))
            mass += take * self._middle(int(index))
            left -= take
            if left <= 0.0:
                break
        return mass / target if self.n else math.nan


@dataclass(frozen=True, slots=True)
class LeafSummary:
    """One output over the paths of one leaf: counts, least and greatest value of its bins, and sums."""

    bins: NDArray[np.int64]
    counts: Counts
    total: float
    squares: float
    n: int
    below: int
    least: Floats
    most: Floats

    @classmethod
    def of(cls, x: Floats) -> LeafSummary:
        """Summarise the values of a leaf; NaN counts as no value."""
        x = np.sort(x[~np.isnan(x)])
        bins, starts = np.unique(bins_of(x), return_index=True)
        ends = np.append(starts, len(x))[1:]
        return cls(
            bins=bins,
            counts=(ends - starts).astype(np.uint64),
            total=float(x.sum()),
            squares=float((x * x).sum()),
            n=len(x),
            below=int((x < 0.0).sum()),
            least=x[starts],
            most=x[ends - 1],
        )
