"""Streaming summaries that merge exactly: integer histograms for distributions, sums per leaf for means.

Memory does not grow with the number of paths. Bins are 1/256 of an octave wide (0.3 %); a quantile is the
middle of its bin, or the very value where all values of the bin are the same.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from guanzi.engine.machine import (
    HISTOGRAM_BINS,
    HISTOGRAM_BITS,
    HISTOGRAM_LOWEST,
    HISTOGRAM_OCTAVES_BELOW,
    HISTOGRAM_SHIFT,
    HISTOGRAM_SIDE,
    sparse_zeros,
)

TAIL = 0.05
"""The part of a distribution whose mean is its tail (CVaR at 95 %)."""

BY_BLOCKS = 8
"""Counters that zeros, and values that do not count, take by turns: the last ones of a table, see the lane machine."""

PART = 8
"""Outputs whose tables one thread writes at a time."""

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
    return quantiles(counts, (q,))[0]


def quantiles(
    counts: NDArray[np.integer], at: tuple[float, ...], bins: NDArray[np.int64] | None = None
) -> tuple[float, ...]:
    """Several quantiles of a histogram; NaN when it is empty.

    Args:
        counts: Paths in each bin.
        at: Which quantiles.
        bins: Which bins these are, in order; None: all.
    """
    cumulated = np.cumsum(counts, dtype=np.int64)
    if not len(cumulated) or not cumulated[-1]:
        return (math.nan,) * len(at)
    places = np.searchsorted(cumulated, [q * int(cumulated[-1]) for q in at], side="left")
    places = np.minimum(places, len(counts) - 1)
    bounds = (bin_bounds(int(x)) for x in (places if bins is None else bins[places]))
    return tuple(0.5 * (low + high) for low, high in bounds)


@dataclass(frozen=True, slots=True)
class OutputSummary:
    """Distribution of one output over paths.

    Attributes:
        mean, se: Mean and its standard error (from sums of squares: to about 1e-8 of the largest value).
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
    """Quantiles over time, one value per step; ``dates`` are the last days of the steps.

    Attributes:
        p95_error: Standard errors of the upper ends, to the width of a bin.
    """

    dates: tuple[date, ...]
    p5: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p95: tuple[float, ...]
    n: tuple[int, ...]
    p95_error: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldTables:
    """The bins of tables that are not empty.

    Attributes:
        places: Which bins: row by row.
        bins: (bins, 3): count, least and greatest value.
        wholes: (outputs, 2): values, and values below zero.
    """

    places: NDArray[np.int64]
    bins: Floats
    wholes: NDArray[np.int64]


class OutputTables:
    """Tables of outputs, to which the values of leaves are added; memory does not grow with them.

    Counts, and the least and the greatest value of each bin, merge exactly in any order. Where the least and the
    greatest value agree, as for sums that a contract fixes, a quantile is that very value. Sums are handed back leaf by
    leaf: who merges adds them in leaf order. Threads may add to the same tables at once.

    Attributes:
        names: Outputs, in row order.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._table: Floats = sparse_zeros((len(names), HISTOGRAM_BINS + 2 * BY_BLOCKS, 3))
        self._wholes: NDArray[np.int64] = np.zeros((len(names), 2), np.int64)
        self._sums: Floats = np.zeros((len(names), 2))
        self._locks = [threading.Lock() for _ in range(0, len(names), PART)]

    def add(self, values: Floats, rows: NDArray[np.int64], n: int) -> Floats:
        """Add the first n values of these rows; NaN counts as no value. Returns (outputs, 2): sums, and of squares."""
        from guanzi.engine.machine import add_rows  # compiled code loads late

        sums: Floats = np.empty((len(self.names), 2))
        parts = list(range(len(self._locks)))
        for waits in (False, True):  # first those that no other thread is at
            busy = []
            for part in parts:
                if not self._locks[part].acquire(waits):
                    busy.append(part)
                    continue
                try:
                    own = slice(part * PART, (part + 1) * PART)
                    add_rows(values, rows[own], n, self._table[own], sums[own], self._wholes[own])
                finally:
                    self._locks[part].release()
            parts = busy
        return sums

    def add_sums(self, sums: Floats) -> None:
        """Add sums of leaves, which were added leaf by leaf in order."""
        self._sums += sums

    def clear(self) -> None:
        """Nothing is held any more; only bins that held something are written."""
        flat = self._table.reshape(-1, 3)
        flat[np.flatnonzero(flat[:, 0] != 0.0)] = 0.0
        self._wholes[:] = 0
        self._sums[:] = 0.0

    def held(self) -> HeldTables:
        """The bins that are not empty."""
        flat = self._table.reshape(-1, 3)
        places = np.flatnonzero(flat[:, 0] != 0.0)
        return HeldTables(places, flat[places], self._wholes)

    def add_held(self, more: HeldTables) -> None:
        """Add what other tables held."""
        _add_bins(self._table.reshape(-1, 3), more.places, more.bins)
        self._wholes += more.wholes

    def counts(self, name: str) -> Counts:
        """Values in each bin."""
        counts: Counts = np.zeros(HISTOGRAM_BINS, np.uint64)
        held, count = self._filled(self.names.index(name))
        counts[held] = count
        return counts

    def _filled(self, row: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The bins of a table that are not empty, in order, and their counts."""
        counts, zeros = self._table[row, :HISTOGRAM_BINS, 0], int(self._table[row, -BY_BLOCKS:, 0].sum())
        held = np.flatnonzero(counts != 0.0)  # truths are searched many times faster than numbers
        at = int(np.searchsorted(held, HISTOGRAM_SIDE))
        if zeros and not counts[HISTOGRAM_SIDE]:
            held = np.insert(held, at, HISTOGRAM_SIDE)
        count = counts[held].astype(np.int64)
        if zeros:
            count[at] += zeros
        return held, count

    def summary(self, name: str) -> OutputSummary:
        """The distribution of an output so far."""
        row = self.names.index(name)
        held, below = (int(x) for x in self._wholes[row])
        total, squares = (float(x) for x in self._sums[row])
        n = max(held, 1)
        mean = total / n
        variance = max(squares / n - mean * mean, 0.0)
        bins = self._bins(row)
        p5, p25, p50, p75, p95 = (bins.quantile(q) for q in (0.05, 0.25, 0.5, 0.75, 0.95))
        return OutputSummary(
            mean=mean if held else math.nan,
            se=math.sqrt(variance / n),
            p5=p5,
            p25=p25,
            p50=p50,
            p75=p75,
            p95=p95,
            below_zero=below,
            n=held,
            worst=bins.tail(),
            best=bins.reversed().tail(),
        )

    def _bins(self, row: int) -> _Bins:
        held, counts = self._filled(row)
        least, most = self._table[row, held, 1], self._table[row, held, 2]
        # zeros are counted apart: untouched, both ends of their bin are zero; else zero lies within or at an end
        zero = (held == HISTOGRAM_SIDE) & bool(self._table[row, -BY_BLOCKS:, 0].any())
        middle = 0.5 * (np.where(zero, np.minimum(least, 0.0), least) + np.where(zero, np.maximum(most, 0.0), most))
        return _Bins(middle, counts)


def _add_bins(bins: Floats, places: NDArray[np.int64], more: Floats) -> None:
    """Add counts, and widen least and greatest values, at these places."""
    mine = bins[places]
    new = mine[:, 0] == 0.0
    bins[places, 0] = mine[:, 0] + more[:, 0]
    bins[places, 1] = np.where(new, more[:, 1], np.minimum(mine[:, 1], more[:, 1]))
    bins[places, 2] = np.where(new, more[:, 2], np.maximum(mine[:, 2], more[:, 2]))


@dataclass(frozen=True, slots=True)
class _Bins:
    """Bins that hold something: the value that stands for each, and how many it has."""

    middles: Floats
    counts: NDArray[np.int64]

    def quantile(self, q: float) -> float:
        """The q-quantile; NaN when empty."""
        if not len(self.counts):
            return math.nan
        cumulated = np.cumsum(self.counts)
        place = int(np.searchsorted(cumulated, q * int(cumulated[-1]), side="left"))
        return float(self.middles[min(place, len(self.counts) - 1)])

    def tail(self) -> float:
        """Mean of the first 5 %; NaN when empty."""
        left = target = TAIL * int(self.counts.sum())
        mass = 0.0
        for middle, count in zip(self.middles.tolist(), self.counts.tolist(), strict=True):
            take = min(left, float(count))
            mass += take * middle
            left -= take
            if left <= 0.0:
                break
        return mass / target if len(self.counts) else math.nan

    def reversed(self) -> _Bins:
        """From the greatest down."""
        return _Bins(self.middles[::-1], self.counts[::-1])
