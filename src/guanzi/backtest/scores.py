"""Scores of a predictive distribution, given as a sample, against what came."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Sample = NDArray[np.float64]


def crps(sample: Sample, observed: float) -> float:
    """Continuous ranked probability score: 0 is perfect; for a single value it is the absolute error.

    References:
        Gneiting, Raftery: Strictly proper scoring rules, prediction, and estimation. J. American Statistical
        Association 102 (2007), eq. 21.

    >>> crps(np.array([3.0]), 5.0)
    2.0
    >>> crps(np.array([0.0, 2.0]), 1.0)
    0.5
    """
    x = np.sort(np.asarray(sample, np.float64))
    n = len(x)
    spread = float(np.sum((2.0 * np.arange(1, n + 1) - n - 1) * x)) / n**2
    return float(np.mean(np.abs(x - observed))) - spread


def in_band(sample: Sample, observed: float, share: float) -> bool:
    """Whether what came lies in the central band that holds this share of the sample.

    >>> in_band(np.arange(100.0), 49.0, 0.5), in_band(np.arange(100.0), 99.0, 0.9)
    (True, False)
    """
    low, high = np.quantile(sample, [(1.0 - share) / 2.0, (1.0 + share) / 2.0])
    return bool(low <= observed <= high)
