"""How much a region has of an industry, against what it would have if it were like all others."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import gammainc

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.study.tracks.arrays import Flags, Floats, Numbers, as_values


def expected(values: Any) -> Floats:
    """What each cell would hold if all regions had the same composition: row total x column total / total."""
    x = as_values(values)
    total = x.sum()
    return np.outer(x.sum(axis=1), x.sum(axis=0)) / total if total else np.zeros_like(x)


def location_quotient(values: Any) -> Floats:
    """Location quotient, in trade called revealed comparative advantage: value over expected value.

    Above 1 a region has more of an industry than the whole has on average. NaN for a region or an industry without any
    value, of which nothing can be said.

    References:
        P. S. Florence, *Report on the Location of Industry*, PEP (1939); B. Balassa, *Trade Liberalisation and
        "Revealed" Comparative Advantage*, Manchester School 33 (1965).

    >>> location_quotient([[10, 0], [10, 20]]).round(2).tolist()
    [[2.0, 0.0], [0.67, 1.33]]
    """
    x = as_values(values)
    rows, columns, total = x.sum(axis=1), x.sum(axis=0), x.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        found = x / rows[:, None]
        found /= (columns / total)[None]
    return found


def per_head_quotient(values: Any, population: Any) -> Floats:
    """Value per head over the value per head of all regions (RPOP).

    Unlike the location quotient it sees how large an industry is.

    Args:
        values: Regions x industries.
        population: Heads of each region, above nought.

    Raises:
        InvalidInput: A population is missing or not above nought.
    """
    x = as_values(values)
    heads = np.asarray(population, dtype=np.float64)
    if heads.shape != x.shape[:1] or not (heads > 0).all():
        cause, fix = Message.of("tracks.population", regions=len(x)), Message.of("tracks.population.mend")
        raise InvalidInput(Problem(cause, Place(""), fix))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((x / heads[:, None]) / (x.sum(axis=0) / heads.sum())[None])


def smoothed_quotient(values: Any, strength: float | None = None) -> Floats:
    """Location quotient drawn towards 1 where little would be expected, so that tiny places do not top every list.

    ``(value + k) / (expected + k)``: the mean of a Gamma-Poisson model with prior mean 1 and strength k.

    Args:
        values: Counts (employees, firms, patents), regions x industries.
        strength: k, in units of the values; None: estimated from the spread of the quotients by moments.

    References:
        D. Clayton and J. Kaldor, *Empirical Bayes Estimates of Age-standardized Relative Risks*, Biometrics 43 (1987).
    """
    x = as_values(values)
    e = expected(x)
    held = e > 0
    k = _strength(x[held], e[held]) if strength is None else strength
    return np.where(held, (x + k) / np.where(held, e + k, 1.0), np.nan)


def _strength(x: Floats, e: Floats) -> float:
    """Prior strength by moments: what varies beyond the noise of counts is the variance of the true quotients."""
    if not e.size:
        return 1.0
    between = float(np.average((x / e - 1) ** 2, weights=e) - 1 / e.mean())
    return 1 / between if between > 0 else float(e.mean()) * 100


def excess_p(values: Any) -> Floats:
    """Probability of a value as high by luck alone, if the region had the composition of the whole; small: it has more.

    Poisson counts about the expected value; NaN where nothing is expected.

    References:
        P. O'Donoghue and B. Gleave, *A Note on Methods for Measuring Industrial Agglomeration*, Regional Studies 38
        (2004).
    """
    x = as_values(values)
    e = expected(x)
    with np.errstate(invalid="ignore"):
        return np.where(e > 0, np.where(x > 0, gammainc(np.maximum(x, 1e-300), e), 1.0), np.nan)


def presence(quotient: Any, threshold: float = 1.0) -> Flags:
    """Which region holds which industry: quotient at or above the threshold; what is undefined is not held."""
    with np.errstate(invalid="ignore"):
        return np.asarray(np.asarray(quotient) >= threshold)


def significant_presence(values: Any, level: float = 0.05, threshold: float = 1.0) -> Flags:
    """Holdings whose quotient reaches the threshold and is not easily luck (:func:`excess_p` below the level)."""
    with np.errstate(invalid="ignore"):
        return presence(location_quotient(values), threshold) & (excess_p(values) < level)


def krugman(values: Any, against: str = "others") -> Floats:
    """Krugman's index of each region: how much of its composition would have to move to be like the others; 0 to 2.

    Args:
        values: Regions x industries.
        against: ``others``: all other regions together; ``all``: the whole, with the region itself.

    References:
        P. Krugman, *Geography and Trade*, MIT Press (1991).
    """
    x = as_values(values)
    rest = x.sum(axis=0)[None] - (x if against == "others" else 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares, other = x / x.sum(axis=1, keepdims=True), rest / rest.sum(axis=1, keepdims=True)
    return np.asarray(np.abs(shares - other).sum(axis=1))


def herfindahl(values: Any, axis: int = 1, *, normalized: bool = False) -> Floats:
    """Herfindahl index: sum of squared shares; 1 when all is in one place.

    Args:
        values: Regions x industries.
        axis: 1: of each region over its industries; 0: of each industry over the regions.
        normalized: On a scale from 0 (even) to 1.

    References:
        A. O. Hirschman, *The Paternity of an Index*, American Economic Review 54 (1964).
    """
    x = as_values(values)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Numbers = ((x / x.sum(axis=axis, keepdims=True)) ** 2).sum(axis=axis)
    n = x.shape[axis]
    return np.asarray((found - 1 / n) / (1 - 1 / n) if normalized and n > 1 else found)
