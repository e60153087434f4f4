"""How good probabilities are: Brier and log score, AUC, calibration, with bootstrap intervals and permutation tests.

A partial success counts half: in the area under the curve it stands for half a success and half a failure.

References:
    Brier: Verification of forecasts expressed in terms of probability. Monthly Weather Review 78 (1950).
    Gneiting, Raftery: Strictly proper scoring rules, prediction, and estimation. JASA 102 (2007).
    Davison, Hinkley: Bootstrap Methods and their Application (1997), chapter 3 (clusters) and 4 (permutation).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Measure = Callable[[Floats, Floats], float]

DRAWS = 2_000
SHUFFLES = 5_000
CERTAIN = 0.01
LEAST_CITIES = 5
"""With fewer cities resampling them says nothing of the spread, and no interval is given."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure with its 90 % bootstrap interval; None where it is not defined, or too few cities tell of it."""

    value: float | None
    low: float | None
    high: float | None


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


def estimate(measure: Measure, p: Floats, y: Floats, clusters: Sequence[str], seed: int = 1) -> Estimate:
    """A measure with an interval from resampling whole cities: bets of one city are not independent.

    Cities are taken in the order of the bets, so that their names do not matter.
    """
    value = measure(p, y) if len(p) else float("nan")
    if not len(p) or np.isnan(value):
        return Estimate(None, None, None)
    names = list(dict.fromkeys(clusters))
    if len(names) < LEAST_CITIES:
        return Estimate(float(value), None, None)
    members = [np.flatnonzero(np.array([c == name for c in clusters])) for name in names]
    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(DRAWS):
        chosen = np.concatenate([members[i] for i in rng.integers(0, len(names), len(names))])
        drawn.append(measure(p[chosen], y[chosen]))
    found = np.array(drawn)
    found = found[~np.isnan(found)]
    low, high = np.quantile(found, [0.05, 0.95]) if len(found) else (value, value)
    return Estimate(float(value), float(low), float(high))


def permutation_p(measure: Measure, p: Floats, y: Floats, seed: int = 1, *, smaller_is_better: bool) -> float | None:
    """Share of random assignments of the same probabilities to the same bets that do at least as well."""
    if len(p) < 2:
        return None
    rng = np.random.default_rng(seed)
    value = measure(p, y)
    if np.isnan(value):
        return None
    sign = 1.0 if smaller_is_better else -1.0
    as_good = sum(sign * measure(rng.permutation(p), y) <= sign * value + 1e-15 for _ in range(SHUFFLES))
    return (as_good + 1) / (SHUFFLES + 1)


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


def estimate_pair(
    measure: Callable[[Floats, Floats, Floats], float],
    p: Floats,
    q: Floats,
    y: Floats,
    clusters: Sequence[str],
    seed: int = 1,
) -> Estimate:
    """A measure of two forecasts of the same bets; both are resampled together (see :func:`estimate`)."""
    places = np.arange(len(y), dtype=np.float64)

    def of_places(chosen: Floats, outcomes: Floats) -> float:
        index = chosen.astype(np.int64)
        return measure(p[index], q[index], outcomes)

    return estimate(of_places, places, y, clusters, seed)
