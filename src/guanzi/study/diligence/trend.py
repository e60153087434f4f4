"""Trends: the growth of deliveries as a log-linear slope with its standard error, and the change of a margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

#: 95th percentile of Student's t for 1, 2, … degrees of freedom; beyond the table that of the normal distribution.
_T95 = (6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753)
_NORMAL95 = 1.645


@dataclass(frozen=True, slots=True)
class Trend:
    """A straight line through values or through their logarithms, with its uncertainty.

    Attributes:
        slope: Per period.
        standard_error: Of the slope.
        n: Number of periods.
    """

    slope: float
    standard_error: float
    n: int

    @property
    def growth(self) -> float:
        """For a line through logarithms: growth per period as a ratio; 0.25 is 25 % a period."""
        return exp(self.slope) - 1

    @property
    def slope_interval(self) -> tuple[float, float]:
        """90 % interval of the slope, by Student's t."""
        freedom = self.n - 2
        half = (_T95[freedom - 1] if freedom <= len(_T95) else _NORMAL95) * self.standard_error
        return self.slope - half, self.slope + half

    @property
    def rises(self) -> float:
        """Probability that the slope is above nought, by Student's t; of a line through all values 1, a half or 0."""
        from scipy.special import stdtr  # the package of distributions would take half a second to load

        if self.standard_error == 0.0:
            return 0.5 if self.slope == 0.0 else float(self.slope > 0.0)
        return float(stdtr(self.n - 2, self.slope / self.standard_error))

    @property
    def interval(self) -> tuple[float, float]:
        """For a line through logarithms: 90 % interval of the growth."""
        low, high = self.slope_interval
        return exp(low) - 1, exp(high) - 1


def linear_trend(values: Sequence[float], places: Sequence[int] = ()) -> Trend | None:
    """Least squares of the values on their positions.

    Args:
        values: Values of periods, the oldest first.
        places: Number of each period, where one may be missing; without them the periods follow one another.

    Returns:
        The trend; None with fewer than three values, which leave no measure of its error.

    >>> linear_trend([1.0, 2.0, 3.0]).slope
    1.0
    """
    n = len(values)
    if n < 3:
        return None
    at = [place - places[0] for place in places] or range(n)
    centre, mean = sum(at) / n, sum(values) / n
    spread = sum((i - centre) ** 2 for i in at)
    slope = sum((i - centre) * (y - mean) for i, y in zip(at, values, strict=True)) / spread
    rest = sum((y - mean - slope * (i - centre)) ** 2 for i, y in zip(at, values, strict=True))
    return Trend(slope, sqrt(rest / (n - 2) / spread), n)


def log_linear_trend(values: Sequence[float], places: Sequence[int] = ()) -> Trend | None:
    """Least squares of the logarithms of the values on their positions.

    Args:
        values: Positive values of periods, the oldest first.
        places: As in :func:`linear_trend`.

    Returns:
        The trend; None with fewer than three values or with a value that is not positive.

    >>> round(log_linear_trend([100, 200, 400]).growth, 6)
    1.0
    """
    if any(not v > 0 for v in values):
        return None
    return linear_trend([log(v) for v in values], places)
