"""A distribution told by its quantiles: the form in which forecasts of different origin meet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

type Floats = NDArray[np.float64]

LEVELS: Floats = (np.arange(100) + 0.5) / 100
"""Levels at which members of a pool are told, unless others are named: the middles of a hundred equal parts."""


@dataclass(frozen=True, slots=True, eq=False)
class Quantiles:
    """Values that are not exceeded with given probabilities; linear between them, and none beyond the outermost.

    Attributes:
        levels: Probabilities in (0, 1), ascending.
        values: The quantiles at these levels, never falling.

    Raises:
        ValueError: Levels or values that are none.
    """

    levels: Floats
    values: Floats

    def __post_init__(self) -> None:
        p, x = self.levels, self.values
        if p.ndim != 1 or p.shape != x.shape or not len(p):
            raise ValueError("levels and values must be two lists of the same length, and not empty")
        if not (p[0] > 0.0 and p[-1] < 1.0 and np.all(np.diff(p) > 0.0)):
            raise ValueError("levels must ascend between 0 and 1")
        if not np.all(np.isfinite(x)) or np.any(np.diff(x) < 0.0):
            raise ValueError("quantiles must be finite and never fall")

    @property
    def cells(self) -> Floats:
        """The probability for which each quantile stands: up to the middle between it and its neighbours."""
        return np.diff(np.concatenate([[0.0], (self.levels[1:] + self.levels[:-1]) / 2.0, [1.0]]))

    def at(self, levels: ArrayLike) -> Floats:
        """Quantiles at other levels."""
        return np.asarray(np.interp(np.asarray(levels, np.float64), self.levels, self.values), np.float64)

    def below(self, x: ArrayLike, *, strictly: bool = False) -> Floats:
        """Probability of a value up to ``x``; ``strictly``: of a value less than ``x``.

        >>> q = Quantiles(np.array([0.25, 0.75]), np.array([0.0, 2.0]))
        >>> [float(q.below(x)) for x in (-1.0, 0.0, 1.0, 2.0)], float(q.below(0.0, strictly=True))
        ([0.0, 0.25, 0.5, 1.0], 0.0)
        """
        v, p = self.values, self.levels
        at = np.asarray(x, np.float64)
        j = np.searchsorted(v, at, side="left" if strictly else "right")
        low, high = np.clip(j - 1, 0, len(v) - 1), np.clip(j, 0, len(v) - 1)
        width = np.where(v[high] > v[low], v[high] - v[low], 1.0)
        inside = p[low] + (p[high] - p[low]) * (at - v[low]) / width
        return np.asarray(np.where(j == 0, 0.0, np.where(j == len(v), 1.0, inside)), np.float64)

    @property
    def mean(self) -> float:
        """The expected value of what is told: it falls short where the upper tail beyond the last level is heavy."""
        return float(self.cells @ self.values)


def quantiles_of(sample: Floats, levels: Floats = LEVELS, weights: Floats | None = None) -> Quantiles:
    """Quantiles of a sample, by Hazen's rule: a value stands in the middle of its weight.

    Args:
        sample: Values; no NaN.
        levels: Where they are wanted.
        weights: Of the values; None: all alike. They need not sum to 1.

    References:
        Hyndman, Fan: Sample quantiles in statistical packages. The American Statistician 50 (1996), definition 5.
    """
    order = np.argsort(sample, kind="stable")
    w = np.ones(len(sample)) if weights is None else np.asarray(weights, np.float64)[order]
    ends = np.cumsum(w)
    middles = (ends - w / 2.0) / ends[-1]
    kept = w > 0.0
    return Quantiles(levels, np.interp(levels, middles[kept], np.asarray(sample, np.float64)[order][kept]))
