"""How sure a score is: intervals from resampling whole clusters (companies, cities), and permutation tests.

References:
    Davison, Hinkley: Bootstrap Methods and their Application (1997), chapter 3 (clusters) and 4 (permutation).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from guanzi.study.forecasting.quantiles import Floats

type Measure = Callable[[Floats, Floats], float]

DRAWS = 2_000
SHUFFLES = 5_000
LEAST_CLUSTERS = 5
"""With fewer clusters resampling them says nothing of the spread, and no interval is given."""


@dataclass(frozen=True, slots=True)
class BootstrapEstimate:
    """A measure with its 90 % bootstrap interval; None where it is not defined, or too few clusters tell of it."""

    value: float | None
    low: float | None
    high: float | None


def estimate(measure: Measure, p: Floats, y: Floats, clusters: Sequence[str], seed: int = 1) -> BootstrapEstimate:
    """A measure with an interval from resampling whole clusters.

    Bets of one city are not independent, nor figures of one company. Clusters are taken in their order, so that their
    names do not matter.
    """
    value = measure(p, y) if len(p) else float("nan")
    if not len(p) or np.isnan(value):
        return BootstrapEstimate(None, None, None)
    names = list(dict.fromkeys(clusters))
    if len(names) < LEAST_CLUSTERS:
        return BootstrapEstimate(float(value), None, None)
    members = [np.flatnonzero(np.array([c == name for c in clusters])) for name in names]
    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(DRAWS):
        chosen = np.concatenate([members[i] for i in rng.integers(0, len(names), len(names))])
        drawn.append(measure(p[chosen], y[chosen]))
    found = np.array(drawn)
    found = found[~np.isnan(found)]
    low, high = np.quantile(found, [0.05, 0.95]) if len(found) else (value, value)
    return BootstrapEstimate(float(value), float(low), float(high))


def estimate_mean(values: Floats, clusters: Sequence[str], seed: int = 1) -> BootstrapEstimate:
    """The mean of scores, of differences of scores, or of hits of a band, with its interval (see :func:`estimate`)."""
    return estimate(lambda x, _: float(np.mean(x)), values, values, clusters, seed)


def estimate_skill(mine: Floats, theirs: Floats, clusters: Sequence[str], seed: int = 1) -> BootstrapEstimate:
    """By which share the mean of my scores lies below theirs, on the same figures: above 0 mine are better."""
    return estimate(_share_below, mine, theirs, clusters, seed)


def _share_below(mine: Floats, theirs: Floats) -> float:
    reference = float(np.mean(theirs))
    return 1.0 - float(np.mean(mine)) / reference if reference > 0.0 else float("nan")


def estimate_pair(
    measure: Callable[[Floats, Floats, Floats], float],
    p: Floats,
    q: Floats,
    y: Floats,
    clusters: Sequence[str],
    seed: int = 1,
) -> BootstrapEstimate:
    """A measure of two forecasts of the same bets; both are resampled together (see :func:`estimate`)."""
    places = np.arange(len(y), dtype=np.float64)

    def of_places(chosen: Floats, outcomes: Floats) -> float:
        index = chosen.astype(np.int64)
        return measure(p[index], q[index], outcomes)

    return estimate(of_places, places, y, clusters, seed)


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
