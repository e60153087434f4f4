"""How good forecasts are: of a distribution (CRPS, bands), of a probability (Brier, log score, AUC, calibration).

All but the area under the curve and the bands are strictly proper: nobody gains by saying what he does not believe. A
partial success counts half: in the area under the curve it stands for half a success and half a failure.

References:
    Brier: Verification of forecasts expressed in terms of probability. Monthly Weather Review 78 (1950).
    Gneiting, Raftery: Strictly proper scoring rules, prediction, and estimation. JASA 102 (2007), 359-378.
    Laio, Tamea: Verification tools for probabilistic forecasts. Hydrology and Earth System Sciences 11 (2007): the
    CRPS is twice the mean pinball loss over all levels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from guanzi.study.forecasting.quantiles import Floats, Quantiles

CERTAIN = 0.01
"""Probabilities are held this far from 0 and 1 before their logarithm is taken."""


def crps(sample: Floats, observed: float) -> float:
    """Continuous ranked probability score of a sample: 0 is perfect; for a single value it is the absolute error.

    References:
        Gneiting, Raftery (2007), eq. 21.

    >>> crps(np.array([3.0]), 5.0)
    2.0
    >>> crps(np.array([0.0, 2.0]), 1.0)
    0.5
    """
    x = np.sort(np.asarray(sample, np.float64))
    n = len(x)
    spread = float(np.sum((2.0 * np.arange(1, n + 1) - n - 1) * x)) / n**2
    return float(np.mean(np.abs(x - observed))) - spread


def pinball(forecast: Quantiles, observed: float) -> Floats:
    """Loss of each quantile: its distance from what came, times the chance that it gave to the other side.

    >>> pinball(Quantiles(np.array([0.1, 0.9]), np.array([0.0, 10.0])), 12.0)
    array([1.2, 1.8])
    """
    gap = observed - forecast.values
    return np.asarray(np.where(gap >= 0.0, forecast.levels * gap, (forecast.levels - 1.0) * gap), np.float64)


def crps_of_quantiles(forecast: Quantiles, observed: float) -> float:
    """Continuous ranked probability score of a distribution told by quantiles: twice the mean pinball loss.

    At the levels (i − ½)/n it is exactly the score of the sample of these n values.
    """
    return 2.0 * float(forecast.cells @ pinball(forecast, observed))


def in_band(sample: Floats, observed: float, share: float) -> bool:
    """Whether what came lies in the central band that holds this share of the sample.

    >>> in_band(np.arange(100.0), 49.0, 0.5), in_band(np.arange(100.0), 99.0, 0.9)
    (True, False)
    """
    low, high = np.quantile(sample, [(1.0 - share) / 2.0, (1.0 + share) / 2.0])
    return bool(low <= observed <= high)


def in_band_of_quantiles(forecast: Quantiles, observed: float, share: float) -> bool:
    """Whether what came lies in the central band that holds this share of the distribution."""
    low, high = forecast.at([(1.0 - share) / 2.0, (1.0 + share) / 2.0])
    return bool(low <= observed <= high)


def brier(p: Floats, y: Floats) -> float:
    """Mean squared difference of probability and outcome; a coin gets 0.25.

    >>> brier(np.array([1.0, 0.5]), np.array([1.0, 0.0]))
    0.125
    """
    return float(np.mean((p - y) ** 2))


def log_score(p: Floats, y: Floats) -> float:
    """Mean of −log of the probability given to what happened; a coin gets 0.693."""
    q = np.clip(p, CERTAIN, 1.0 - CERTAIN)
    return float(-np.mean(y * np.log(q) + (1.0 - y) * np.log(1.0 - q)))


def auc(p: Floats, y: Floats) -> float:
    """Probability that a success was given more than a failure; ties count half. NaN without one of each.

    >>> auc(np.array([0.9, 0.8, 0.1]), np.array([1.0, 0.0, 0.0]))
    1.0
    """
    weights = y[:, None] * (1.0 - y)[None, :]
    np.fill_diagonal(weights, 0.0)
    better = (p[:, None] > p[None, :]) + 0.5 * (p[:, None] == p[None, :])
    total = float(weights.sum())
    return float((weights * better).sum()) / total if total > 0.0 else float("nan")


@dataclass(frozen=True, slots=True)
class Bin:
    """Bets whose probability lies in [low, high): how many, their mean probability, and how many came out well."""

    low: float
    high: float
    n: int
    mean: float
    successes: float


def calibration(p: Floats, y: Floats, edges: Sequence[float] = (0.0, 0.25, 0.5, 0.75, 1.0)) -> tuple[Bin, ...]:
    """Reliability in a few bins; more would be empty with so few bets."""
    bins = []
    for low, high in pairwise(edges):
        inside = (p >= low) & ((p < high) | (high == edges[-1]))
        n = int(inside.sum())
        if n:
            bins.append(Bin(low, high, n, float(p[inside].mean()), float(y[inside].sum())))
    return tuple(bins)
