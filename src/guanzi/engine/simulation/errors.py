"""Sampling errors of simulated figures, by independent batches of the paths of a run.

A figure that is no mean is taken for one of its influence values, path by path: those of a ratio, a quantile, a tail.
Batches hold paths that follow one another in the list that is run. So a number that stands there several times, for its
weight, lies within one batch, and counts as what it is: one path.

References:
    Conway: Some tactical problems in digital simulation. Management Science 10 (1963), 47-61 (batch means).
    Woodruff: Confidence intervals for medians and other position measures. JASA 47 (1952), 635-646.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guanzi.engine.simulation.summaries import TAIL, Floats, quantiles

KEPT_CHUNKS = 8
"""The values of so many first leaves are kept for the errors; those of longer runs follow by the root of the length."""
BATCHES = 64
KEPT = (
    "fund.npv", "fund.irr", "fund.paid", "fund.paid_before_new_tier", "public.npv", "holders.npv",
    "holders.npv_without", "budget.worst_year", "account.public", "one.tax", "both.tax", "one.jobs", "both.jobs",
    "one.units", "both.units",
)  # fmt: skip
"""Outputs of which values are kept, beside those of a put on its condition."""
Z_95 = 1.96
"""Standard errors on either side that hold 19 of 20 runs; of a rank, a step of a quantile may lie within them."""
OF_PUTS = (".price_open|", ".payable_open|")


def is_kept(name: str) -> bool:
    """Whether the values of an output are kept for its error."""
    return name in KEPT or any(part in name for part in OF_PUTS)


@dataclass(frozen=True, slots=True, eq=False)
class PathValues:
    """Values of the first paths of a run, for the sampling errors of its figures.

    Attributes:
        outputs: Output to its values; NaN: it has none on a path.
        events: Event to whether it happened.
        paths: Paths of the whole run.
    """

    outputs: Mapping[str, Floats]
    events: Mapping[str, NDArray[np.bool_]]
    paths: int

    def mean(self, name: str) -> float | None:
        """Standard error of a mean, over the paths that have a value."""
        return self._conditional(self.outputs.get(name))

    def gap(self, name: str, other: str, than: PathValues | None = None) -> float | None:
        """Standard error of the mean difference of two outputs; ``than``: less that of another deal on these paths."""
        both = {name: 1.0, other: -1.0}
        mine, theirs = self.summed(both), None if than is None else than.summed(both)
        return self._conditional(mine if mine is None or theirs is None else mine - theirs)

    def share(self, event: str, given: str = "") -> float | None:
        """Standard error of the share of paths on which something happened; ``given``: of those with another event."""
        found = self.events.get(event)
        if found is None:
            return None
        x = found.astype(np.float64)
        return self._conditional(np.where(self.events[given], x, math.nan) if given else x)

    def share_gap(self, event: str, other: str) -> float | None:
        """Standard error of the difference of two shares on the same paths."""
        a, b = self.events.get(event), self.events.get(other)
        return None if a is None or b is None else self._conditional(a.astype(np.float64) - b)

    def ratio(self, of: Mapping[str, float], to: Mapping[str, float]) -> float | None:
        """Standard error of the ratio of two weighted sums of means, over the paths that have all values."""
        a, b = self.summed(of), self.summed(to)
        if a is None or b is None or not (held := ~np.isnan(a + b)).any() or not (below := float(b[held].mean())):
            return None
        return self._conditional((a - b * float(a[held].mean()) / below) / below)

    def summed(self, of: Mapping[str, float]) -> Floats | None:
        """The weighted sum of outputs on each path; None where one of them was not kept."""
        if not of.keys() <= self.outputs.keys():
            return None
        return np.sum([weight * self.outputs[name] for name, weight in of.items()], axis=0)

    def quantile(self, name: str, q: float) -> float | None:
        """Standard error of a quantile, over the paths that have a value, by what lies within the error of its rank."""
        x = self.outputs.get(name)
        if x is None or not (held := ~np.isnan(x)).any():
            return None
        at = float(np.quantile(x[held], q))
        error = self._conditional(np.where(held, np.where(x < at, 1.0, np.where(x == at, 0.5, 0.0)), math.nan))
        if error is None:
            return None
        low, high = np.quantile(x[held], _around(q, error))
        return float(high - low) / (2 * Z_95)

    def tail(self, name: str) -> float | None:
        """Standard error of the mean of the lowest 5 %."""
        x = self.outputs.get(name)
        if x is None or not (held := ~np.isnan(x)).any():
            return None
        return self._conditional(np.minimum(x - float(np.quantile(x[held], TAIL)), 0.0) / TAIL)

    def _conditional(self, x: Floats | None) -> float | None:
        """Standard error of the mean of values, of which some are not there; None where it cannot be told."""
        if x is None:
            return None
        held = ~np.isnan(x)
        n = int(np.count_nonzero(held))
        if n < 2:
            return None
        apart = np.where(held, x - float(x[held].mean()), 0.0) * (len(x) / n)
        batches = min(BATCHES, len(x))
        size = len(x) // batches
        means = apart[: batches * size].reshape(batches, size).mean(axis=1)
        return float(np.sqrt(np.mean(means * means) / (batches - 1)) * math.sqrt(batches * size / self.paths))


def joined(parts: Sequence[PathValues], paths: int) -> PathValues:
    """The values of leaves, in their order, for a run of so many paths."""
    first = parts[0]
    outputs = {name: np.concatenate([part.outputs[name] for part in parts]) for name in first.outputs}
    events = {name: np.concatenate([part.events[name] for part in parts]) for name in first.events}
    return PathValues(outputs, events, paths)


def repeats_of(ids: NDArray[np.uint64] | None) -> float:
    """How many places of a list of path numbers say as much as one path of its own: 1 where none stands twice.

    References:
        Kish: Survey sampling (1965), on weights.
    """
    if ids is None:
        return 1.0
    counts = np.unique(ids, return_counts=True)[1].astype(np.float64)
    return float(counts @ counts) / len(ids)


def quantile_error(counts: NDArray[np.integer], q: float, bins: NDArray[np.int64], repeats: float) -> float:
    """Standard error of a quantile of a histogram, by what lies within the error of its rank; NaN when it is empty.

    Args:
        counts: Paths in each bin.
        q: Which quantile.
        bins: Which bins these are, in order.
        repeats: See :func:`repeats_of`.
    """
    n = int(counts.sum())
    if not n:
        return math.nan
    error = math.sqrt(q * (1 - q) * repeats / n)
    low, high = quantiles(counts, _around(q, error), bins)
    return (high - low) / (2 * Z_95)


def _around(q: float, error: float) -> tuple[float, float]:
    """The ranks that lie :data:`Z_95` standard errors below and above one."""
    return max(q - Z_95 * error, 0.0), min(q + Z_95 * error, 1.0)
