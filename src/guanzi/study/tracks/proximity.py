"""How near two industries are: whether the regions that hold the one tend to hold the other."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike
from scipy.special import gammainc, ndtr

from guanzi.study.tracks.arrays import Flags, Floats, Numbers, as_presence
from guanzi.study.tracks.nullmodel import expected_presence

_NORMAL = 3.0
"""Variance of the number of meetings from which on its law is near enough to a normal one."""


def cooccurrence(presence: Any, dtype: DTypeLike = np.float64) -> Numbers:
    """Number of regions that hold both of two industries; industries x industries, their ubiquity on the diagonal.

    Counts below 2**24 are exact in single precision too.
    """
    held = as_presence(presence).astype(dtype)
    return np.asarray(held.T @ held)


def proximity(presence: Any, *, asymmetric: bool = False, dtype: DTypeLike = np.float64) -> Numbers:
    """The smaller of two conditional probabilities: of holding i where j is held, and of j where i is held.

    Args:
        presence: Regions x industries, 0 and 1.
        asymmetric: Instead P(column is held | row is held).
        dtype: Precision of the result.

    Returns:
        Industries x industries, 1 on the diagonal; an industry that nobody holds is near to none (0).

    References:
        C. A. Hidalgo, B. Klinger, A.-L. Barabási and R. Hausmann, *The Product Space Conditions the Development of
        Nations*, Science 317 (2007).

    >>> proximity([[1, 1, 0], [1, 0, 1], [1, 1, 1]]).round(2).tolist()
    [[1.0, 0.67, 0.67], [0.67, 1.0, 0.5], [0.67, 0.5, 1.0]]
    """
    both = cooccurrence(presence, dtype)
    ubiquity = np.maximum(np.diagonal(both).copy(), 1)
    if asymmetric:
        both /= ubiquity[:, None]
    else:
        both /= np.maximum(ubiquity[:, None], ubiquity[None])
    return both


def continuous_proximity(quotient: Any) -> Floats:
    """``(1 + r) / 2`` with the correlation r of two industries' quotients over the regions.

    An industry with the same quotient everywhere, or without any, has no correlation: it is near to none (0), itself
    apart.
    """
    x = np.nan_to_num(np.asarray(quotient, dtype=np.float64))
    centred = x - x.mean(axis=0)
    norm = np.sqrt((centred**2).sum(axis=0))
    varies = norm > 1e-12 * np.maximum(np.abs(x).max(axis=0, initial=0.0), 1e-300)
    unit = np.where(varies, centred / np.where(varies, norm, 1.0), 0.0)
    out = (1 + np.clip(unit.T @ unit, -1, 1)) / 2
    out[~varies] = 0
    out[:, ~varies] = 0
    np.fill_diagonal(out, 1.0)
    return np.asarray(out)


def proximity_p(presence: Any) -> Floats:
    """Probability that two industries meet as often by their ubiquity and the regions' diversity alone.

    The null model keeps both in expectation (bipartite configuration model). Meetings are then a sum of unlike coins:
    its law is taken as normal with a correction for skewness, and where few meetings are expected as Poisson, which is
    wider, so that links are called significant too rarely rather than too often.

    References:
        F. Saracco et al., *Inferring monopartite projections of bipartite networks*, New Journal of Physics 19 (2017);
        Y. Hong, *On computing the distribution function for the Poisson binomial distribution*, CSDA 59 (2013).
    """
    held = as_presence(presence)
    both = cooccurrence(held)
    chance = expected_presence(held)
    mean, squares, cubes = (power.T @ power for power in (chance, chance**2, chance**3))
    variance = np.maximum(mean - squares, 0)
    skew = mean - 3 * squares + 2 * cubes
    with np.errstate(divide="ignore", invalid="ignore"):
        x = (both - 0.5 - mean) / np.sqrt(variance)
        bell = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
        normal = np.clip(ndtr(-x) - skew / variance**1.5 * (1 - x**2) * bell / 6, 0, 1)
        poisson = np.where(both > 0, gammainc(np.maximum(both, 1), mean), 1.0)
    out = np.where(variance >= _NORMAL, normal, poisson)
    np.fill_diagonal(out, 0.0)
    return np.asarray(out)


def validated_proximity(presence: Any, rate: float = 0.05) -> tuple[Floats, Flags]:
    """Proximity of those pairs alone that meet more often than ubiquity and diversity explain.

    Args:
        presence: Regions x industries, 0 and 1.
        rate: Share of false links that is put up with among those kept.

    Returns:
        The proximity, nought where a pair is not validated, and which pairs are.

    References:
        Y. Benjamini and Y. Hochberg, *Controlling the False Discovery Rate*, JRSS B 57 (1995).
    """
    held = as_presence(presence)
    p = proximity_p(held)
    upper = np.triu_indices(len(p), 1)
    tested = np.sort(p[upper])
    bounds = rate * np.arange(1, len(tested) + 1) / max(len(tested), 1)
    passed = np.flatnonzero(tested <= bounds)
    limit = tested[passed[-1]] if len(passed) else -1.0
    kept = p <= limit
    np.fill_diagonal(kept, True)
    return np.where(kept, proximity(held), 0.0), kept
