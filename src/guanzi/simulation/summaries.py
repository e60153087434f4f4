"""Streaming summaries that merge exactly: integer histograms for distributions, sums per leaf for means.

Memory does not grow with the number of paths. Bins are 1/256 of an octave wide (0.3 %); a quantile is the
middle of its bin.
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


def quantile(counts: NDArray[np.integer], q: float) -> float:
    """The q-quantile of a histogram: the middle of the bin it falls into; NaN when it is empty."""
    total = int(counts.sum())
    if total == 0:
        return math.nan
    cumulated = np.cumsum(counts, dtype=np.int64)
    index = min(int(np.searchsorted(cumulated, q * total, side="left")), len(counts) - 1)
    low, high = bin_bounds(index)
    return 0.5 * (low + high)


def tail_mean(counts: NDArray[np.integer], q: float) -> float:
    """Mean of the lowest q of a distribution (expected shortfall), by the middles of the bins; NaN when empty."""
    total = int(counts.sum())
    if total == 0:
        return math.nan
    left = q * total
    mass = 0.0
    for index in np.flatnonzero(counts):
        take = min(left, float(counts[index]))
        low, high = bin_bounds(int(index))
        mass += take * 0.5 * (low + high)
        left -= take
        if left <= 0.0:
            break
    return mass / (q * total)


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
    """Accumulates leaves of one output, in leaf order."""

    def __init__(self) -> None:
        self.counts: Counts = np.zeros(HISTOGRAM_BINS, np.uint64)
        self.total = 0.0
        self.squares = 0.0
        self.n = 0
        self.below = 0
        self.least, self.most = math.inf, -math.inf

    def add(self, leaf: LeafSummary) -> None:
        """Add one leaf."""
        np.add.at(self.counts, leaf.bins, leaf.counts)
        self.total += leaf.total
        self.squares += leaf.squares
        self.n += leaf.n
        self.below += leaf.below
        self.least, self.most = min(self.least, leaf.least), max(self.most, leaf.most)

    def summary(self) -> Summary:
        """The distribution so far."""
        n = max(self.n, 1)
        mean = self.total / n
        variance = max(self.squares / n - mean * mean, 0.0)
        p5, p25, p50, p75, p95 = (self._within(quantile(self.counts, q)) for q in (0.05, 0.25, 0.5, 0.75, 0.95))
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
            worst=self._within(tail_mean(self.counts, 0.05)),
            best=self._within(-tail_mean(self.counts[::-1], 0.05)),
        )

    def _within(self, x: float) -> float:
        return min(max(x, self.least), self.most) if self.n else math.nan


@dataclass(frozen=True, slots=True)
class LeafSummary:
    """One output over the paths of one leaf: sparse counts and sums in path order."""

    bins: NDArray[np.int64]
    counts: Counts
    total: float
    squares: float
    n: int
    below: int
    least: float
    most: float

    @classmethod
    def of(cls, x: Floats) -> LeafSummary:
        """Summarise the values of a leaf; NaN counts as no value."""
        x = x[~np.isnan(x)]
        bins, counts = np.unique(bins_of(x), return_counts=True)
        return cls(
            bins=bins,
            counts=counts.astype(np.uint64),
            total=float(x.sum()),
            squares=float((x * x).sum()),
            n=len(x),
            below=int((x < 0.0).sum()),
            least=float(x.min(initial=math.inf)),
            most=float(x.max(initial=-math.inf)),
        )
