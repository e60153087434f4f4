"""How many failures a set of probabilities expects, beside how many came: is it calibrated as a whole?

References:
    Hong: On computing the distribution function for the Poisson binomial distribution. Computational Statistics and
    Data Analysis 59 (2013).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from guanzi.study.forecasting.quantiles import Floats


@dataclass(frozen=True, slots=True)
class Count:
    """Events that came, and those that the probabilities expect, if companies fail independently of one another.

    Attributes:
        observed: How many came.
        expected: The sum of the probabilities.
        low, high: The least central range that holds at least nine of ten counts.
        chance: Of a count at least as far out on its side, doubled: small if the probabilities are too high or too low.
    """

    observed: int
    expected: float
    low: int
    high: int
    chance: float


def count(probabilities: ArrayLike, outcomes: ArrayLike) -> Count:
    """Count events against their probabilities; one figure for each company, or they are not independent.

    >>> count([0.5, 0.5], [1, 1])
    Count(observed=2, expected=1.0, low=0, high=2, chance=0.5)
    """
    p = np.asarray(probabilities, np.float64)
    came = int(np.asarray(outcomes, np.float64).sum())
    upto = np.minimum(np.cumsum(poisson_binomial(p)), 1.0)
    atleast = 1.0 - np.append(0.0, upto[:-1])
    low, high = (int(np.searchsorted(upto, level)) for level in (0.05, 0.95))
    tail = min(float(upto[came]), float(atleast[came]))
    return Count(came, float(p.sum()), low, high, min(2.0 * tail, 1.0))


def poisson_binomial(probabilities: ArrayLike) -> Floats:
    """Probabilities of 0, 1, 2 … events, each with a probability of its own.

    >>> poisson_binomial([0.5, 0.5]).tolist()
    [0.25, 0.5, 0.25]
    """
    law = np.ones(1)
    for p in np.asarray(probabilities, np.float64):
        law = np.convolve(law, [1.0 - p, p])
    return law
