"""Trends: the growth of deliveries as a log-linear slope with its standard error, and the change of a margin.

A last value far below a falling line widens the interval of Student's t on both sides, until the fall is uncertain: the
worse quarter would be the better news. So what is certain with a last value nearer to the line stays certain. With s
the slope of the line through the others, A the square of the error that they alone leave, and a last value u off that
line, which adds k u to the slope and B u² to A, ``t² = (s + k u)² / (A + B u²)`` is greatest at ``u = k A / (B s)``;
beyond it the end of the interval on the side of nought is that of this u.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import copysign, exp, log, sqrt

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
        certain: The end of the interval on the side of nought, where a last value beyond the line through the others
            would hide it; None: that of Student's t.
    """

    slope: float
    standard_error: float
    n: int
    certain: float | None = None

    @property
    def growth(self) -> float:
        """For a line through logarithms: growth per period as a ratio; 0.25 is 25 % a period."""
        return exp(self.slope) - 1

    @property
    def slope_interval(self) -> tuple[float, float]:
        """90 % interval of the slope, by Student's t."""
        half = _t95(self.n) * self.standard_error
        low, high = self.slope - half, self.slope + half
        if self.certain is None:
            return low, high
        return (max(low, self.certain), high) if self.certain > 0 else (low, min(high, self.certain))

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
    at = [place - places[0] for place in places] or list(range(n))
    slope, _, _, rest, spread = _line(at, values)
    return Trend(slope, sqrt(rest / (n - 2) / spread), n, _certain(at, values))


def _certain(at: Sequence[int], values: Sequence[float]) -> float | None:
    """The end of the slope's interval on the side of nought with the last value at which the trend is most certain.

    None where the last value does not lie beyond that, or the trend is not certain with it either.
    """
    n = len(values)
    before, centre, mean, rest, _ = _line(at[:-1], values[:-1])
    off = values[-1] - mean - before * (at[-1] - centre)
    _, middle, _, _, spread = _line(at, values)
    free, far = (n - 2) * spread, at[-1] - middle
    k, a, b = far / spread, rest / free, (1 - 1 / n - far * far / spread) / free
    if before * off * b <= k * a or before * before * b + k * k * a <= _t95(n) ** 2 * a * b:
        return None
    best = k * a / (b * before)
    half = _t95(n) * sqrt(a + b * best * best)
    return before + k * best - copysign(half, before)


def _line(at: Sequence[int], values: Sequence[float]) -> tuple[float, float, float, float, float]:
    """Slope of least squares, mean position and value, sum of squares left, and that of positions."""
    n = len(values)
    centre, mean = sum(at) / n, sum(values) / n
    spread = sum((i - centre) ** 2 for i in at)
    slope = sum((i - centre) * (y - mean) for i, y in zip(at, values, strict=True)) / spread
    rest = sum((y - mean - slope * (i - centre)) ** 2 for i, y in zip(at, values, strict=True))
    return slope, centre, mean, rest, spread


def _t95(n: int) -> float:
    """95th percentile for a line through n values."""
    return _T95[n - 3] if n - 2 <= len(_T95) else _NORMAL95


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
