"""One forecast from several: pools of probabilities and of distributions, with given weights.

A linear pool says "one of these is right"; it is as wide as its members are apart. A quantile pool says "each of these
is off by something"; it keeps their shape. The log-odds pool of probabilities is not drawn to the middle as the linear
one is: members that know different things, and agree, know more together.

References:
    Stone: The opinion pool. Annals of Mathematical Statistics 32 (1961).
    Lichtendahl, Grushka-Cockayne, Winkler: Is it better to average probabilities or quantiles? Management Science 59
    (2013), 1594-1611.
    Satopää, Baron, Foster, Mellers, Tetlock, Ungar: Combining multiple probability predictions using a simple logit
    model. International Journal of Forecasting 30 (2014), 344-356.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from guanzi.study.forecasting.quantiles import LEVELS, Floats, Quantiles

LEAST_PROBABILITY = 1e-4
"""Probabilities are held this far from 0 and 1 in log-odds: one member that is certain would silence all others."""


def linear_probability(members: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """The weighted mean of probabilities.

    Args:
        members: A row for each member; a row may hold many probabilities.
        weights: Of the members; None: equal. They need not sum to 1.

    >>> float(linear_probability([0.2, 0.6]))
    0.4
    """
    p = np.asarray(members, np.float64)
    return np.asarray(np.tensordot(_shares(weights, len(p)), p, axes=1), np.float64)


def log_odds_probability(members: ArrayLike, weights: ArrayLike | None = None, sharpness: float = 1.0) -> Floats:
    """The probability whose log-odds are the weighted mean of the members' log-odds, times ``sharpness``.

    Args:
        members: A row for each member; a row may hold many probabilities.
        weights: Of the members; None: equal. They need not sum to 1.
        sharpness: Above 1 the pool is more certain than its members: they hold evidence that the others lack.

    >>> round(float(log_odds_probability([0.1, 0.5])), 3)
    0.25
    """
    return expit(sharpness * np.tensordot(_shares(weights, len(np.asarray(members))), logit(members), axes=1))


def linear_pool(members: Sequence[Quantiles], weights: ArrayLike | None = None, levels: Floats = LEVELS) -> Quantiles:
    """The mixture of distributions: with the chance of its weight each of them is right.

    Exact up to the levels: the distribution functions of members are lines between their quantiles, and their
    mixture is inverted.
    """
    w = _shares(weights, len(members))
    x = np.unique(np.concatenate([m.values for m in members]))
    strictly = sum(a * m.below(x, strictly=True) for a, m in zip(w, members, strict=True))
    upto = sum(a * m.below(x) for a, m in zip(w, members, strict=True))
    ends = np.maximum.accumulate(np.column_stack([strictly, upto]).reshape(-1))
    places = np.repeat(x, 2)
    j = np.minimum(np.searchsorted(ends, levels, side="left"), len(ends) - 1)
    i = np.maximum(j - 1, 0)
    rise = np.where(ends[j] > ends[i], ends[j] - ends[i], 1.0)
    share = np.clip((levels - ends[i]) / rise, 0.0, 1.0)
    return Quantiles(levels, np.maximum.accumulate(places[i] + share * (places[j] - places[i])))


def quantile_pool(members: Sequence[Quantiles], weights: ArrayLike | None = None, levels: Floats = LEVELS) -> Quantiles:
    """The weighted mean of quantiles, level by level (Vincent's average): location and width are those of the mean."""
    values = np.array([m.at(levels) for m in members])
    return Quantiles(levels, np.maximum.accumulate(_shares(weights, len(members)) @ values))


def logit(p: ArrayLike) -> Floats:
    """Log-odds; of probabilities that are held off 0 and 1."""
    q = np.clip(np.asarray(p, np.float64), LEAST_PROBABILITY, 1.0 - LEAST_PROBABILITY)
    return np.asarray(np.log(q / (1.0 - q)), np.float64)


def expit(x: ArrayLike) -> Floats:
    """The probability of log-odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.asarray(x, np.float64))), np.float64)


def _shares(weights: ArrayLike | None, n: int) -> Floats:
    """Weights that sum to 1.

    Raises:
        ValueError: No members, another number of weights, or weights that are none.
    """
    w = np.ones(n) if weights is None else np.asarray(weights, np.float64)
    if not n or w.shape != (n,) or not np.all(np.isfinite(w)) or w.min() < 0.0 or w.sum() <= 0.0:
        raise ValueError("a pool needs members, and a weight for each: none negative, not all zero")
    return np.asarray(w / w.sum(), np.float64)
