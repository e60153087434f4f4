"""Spreads: what is known about one input of a cost model, from a point to a distribution.

An interval is not a distribution: of two sources that disagree, one is right, and no source says how likely each is.
Such an input therefore has two ends and no probabilities (see :mod:`guanzi.study.unitcost.analysis`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

type Floats = npt.NDArray[np.float64]

#: The 90 % quantile of the standard normal distribution.
_Z90 = float(ndtri(0.9))


@dataclass(frozen=True, slots=True)
class SingleValue:
    """One number."""

    value: float

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest value."""
        return self.value, self.value

    @property
    def middle(self) -> float:
        """The number itself."""
        return self.value

    def quantile(self, u: Floats) -> Floats:
        """The same number at every probability."""
        return np.full_like(u, self.value)


@dataclass(frozen=True, slots=True)
class Interval:
    """Two ends, and nothing about what lies between them."""

    low: float
    high: float

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest value."""
        return self.low, self.high

    @property
    def middle(self) -> float:
        """Half way; a convention, not a best guess."""
        return (self.low + self.high) / 2

    def quantile(self, u: Floats) -> Floats:
        """Even weight between the ends: the convention of the curve in the middle, not knowledge."""
        return self.low + (self.high - self.low) * u


@dataclass(frozen=True, slots=True)
class TriangularSpread:
    """A triangular distribution."""

    low: float
    mode: float
    high: float

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest value."""
        return self.low, self.high

    @property
    def middle(self) -> float:
        """The median."""
        return float(self.quantile(np.array([0.5]))[0])

    def quantile(self, u: Floats) -> Floats:
        """Inverse distribution function.

        >>> TriangularSpread(0.0, 1.0, 2.0).quantile(np.array([0.0, 0.125, 0.5, 1.0])).tolist()
        [0.0, 0.5, 1.0, 2.0]
        """
        width = self.high - self.low
        if width == 0:
            return np.full_like(u, self.low)
        turn = (self.mode - self.low) / width
        rising = self.low + np.sqrt(u * width * (self.mode - self.low))
        falling = self.high - np.sqrt((1 - u) * width * (self.high - self.mode))
        return np.asarray(np.where(u < turn, rising, falling))


@dataclass(frozen=True, slots=True)
class Lognormal:
    """A lognormal distribution by its median and its 90 % quantile."""

    median: float
    p90: float

    @property
    def ends(self) -> tuple[float, float]:
        """The 1 % and 99 % quantiles; the distribution itself has no ends."""
        low, high = self.quantile(np.array([0.01, 0.99]))
        return float(low), float(high)

    @property
    def middle(self) -> float:
        """The median."""
        return self.median

    def quantile(self, u: Floats) -> Floats:
        """Inverse distribution function."""
        sigma = math.log(self.p90 / self.median) / _Z90
        return np.asarray(self.median * np.exp(sigma * ndtri(u)))


type Spread = SingleValue | Interval | TriangularSpread | Lognormal

_SHAPES: dict[str, type[Any]] = {
    "point": SingleValue,
    "interval": Interval,
    "triangular": TriangularSpread,
    "lognormal": Lognormal,
}


def spread_of(shape: str, numbers: tuple[float, ...]) -> Spread:
    """A spread from its shape (``point``, ``interval``, ``triangular``, ``lognormal``) and its numbers."""
    made: Spread = _SHAPES[shape](*numbers)
    return made


def shape_of(spread: Spread) -> str:
    """The shape of a spread, as :func:`spread_of` and files of inputs name it."""
    return next(shape for shape, made in _SHAPES.items() if isinstance(spread, made))


def hull(spreads: tuple[Spread, ...]) -> Spread:
    """What several statements about one input leave open: the one if they agree, else the interval around all.

    >>> hull((SingleValue(3.0), SingleValue(1.5), Interval(3.0, 4.0)))
    Interval(low=1.5, high=4.0)
    """
    if len(set(spreads)) == 1:
        return spreads[0]
    low = min(s.ends[0] for s in spreads)
    high = max(s.ends[1] for s in spreads)
    return SingleValue(low) if low == high else Interval(low, high)
