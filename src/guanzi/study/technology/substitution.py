"""Route against route: the logistic substitution of one technology by another, with what the data leave open.

Fisher and Pry (1971): the odds of the new against the old grow at a constant rate, so the logarithm of the odds is a
straight line in time. It is fitted with a flat prior; the interval of a future share is that of the posterior
predictive distribution, Student's t, which widens with the distance from the data and the fewer they are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from scipy.special import stdtr, stdtrit

FEWEST = 4
"""Years of data below which nothing is fitted: two parameters, and something left to tell the noise from."""
LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class Substitution:
    """A fitted curve.

    Attributes:
        years: Number of years behind it.
        last_year, last_share: The newest observation.
        rate: Growth of the log odds a year.
        rate_interval: 90 % of its posterior.
        growing: Posterior probability that the route gains share.
        takeover: Years from a tenth to nine tenths at this rate; None when the rate is not positive.
    """

    years: int
    last_year: int
    last_share: float
    rate: float
    rate_interval: tuple[float, float]
    growing: float
    takeover: float | None
    _intercept: float
    _centre: float
    _spread: float
    _noise: float

    def share(self, year: int) -> tuple[float, float, float]:
        """5, 50 and 95 % of the share in a year, noise of a single year included."""
        middle, scale = self._predictive(year)
        low, half, high = (_logistic(middle + scale * float(stdtrit(self.years - 2, p))) for p in LEVELS)
        return low, half, high

    def reaches(self, target: float, year: int) -> float:
        """Probability that the share of a year is at least a target."""
        middle, scale = self._predictive(year)
        if scale == 0:
            return float(_logistic(middle) >= target)
        return float(stdtr(self.years - 2, (middle - _logit(target)) / scale))

    def rate_needed(self, target: float, year: int) -> float:
        """Growth of the log odds a year that leads from the newest share to a target."""
        return (_logit(target) - _logit(self.last_share)) / (year - self.last_year)

    def _predictive(self, year: int) -> tuple[float, float]:
        away = year - self._centre
        scale = self._noise * math.sqrt(1.0 + 1.0 / self.years + away**2 / self._spread)
        return self._intercept + self.rate * away, scale


def substitution(shares: Mapping[int, float]) -> Substitution | None:
    """Fit the curve to yearly shares of a route.

    Args:
        shares: Year to share of the route in what all routes sell, between 0 and 1. Years at 0 or 1 have no odds and
            are left out.

    Returns:
        None with fewer than four years.
    """
    held = {year: share for year, share in sorted(shares.items()) if 0.0 < share < 1.0}
    n = len(held)
    if n < FEWEST:
        return None
    centre = sum(held) / n
    spread = sum((year - centre) ** 2 for year in held)
    odds = {year: _logit(share) for year, share in held.items()}
    intercept = sum(odds.values()) / n
    rate = sum((year - centre) * odd for year, odd in odds.items()) / spread
    squares = sum((odd - intercept - rate * (year - centre)) ** 2 for year, odd in odds.items())
    noise = math.sqrt(squares / (n - 2))
    error = noise / math.sqrt(spread)
    half = error * float(stdtrit(n - 2, 0.95))
    growing = (1.0 if rate > 0 else 0.0 if rate < 0 else 0.5) if error == 0 else float(stdtr(n - 2, rate / error))
    last = max(held)
    return Substitution(
        years=n,
        last_year=last,
        last_share=held[last],
        rate=rate,
        rate_interval=(rate - half, rate + half),
        growing=growing,
        takeover=2 * math.log(9) / rate if rate > 0 else None,
        _intercept=intercept,
        _centre=centre,
        _spread=spread,
        _noise=noise,
    )


def _logit(share: float) -> float:
    return math.log(share / (1.0 - share))


def _logistic(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-odds)) if odds > -700 else 0.0
