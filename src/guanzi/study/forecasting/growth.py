"""Growth of a reference class, from a published histogram: with the tails of the table, not those of a normal law.

References:
    Mauboussin, Callahan, Majd: The Base Rate Book. Credit Suisse (2016): shares of companies by yearly growth, size and
    horizon.
    Chambers, Cleveland, Kleiner, Tukey: Graphical Methods for Data Analysis (1983), chapter 6: the probability plot.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from guanzi.study.forecasting.quantiles import LEVELS, Floats, Quantiles
from guanzi.study.forecasting.walk import GrowthCell, normal_quantiles

ANY = (-math.inf, math.inf)
SIGMA = (0.15865525393145707, 0.5, 0.8413447460685429)
"""Levels of the normal law one deviation below its mean, at it, and above it."""


@dataclass(frozen=True, slots=True)
class GrowthHistogram:
    """How many companies of a class grew how fast over a horizon.

    Attributes:
        edges: Yearly growth, percent, ascending, above −100.
        shares: Of the companies below the first edge, between the edges, and above the last; in any unit.
        years: The horizon.

    Raises:
        ValueError: Shares that do not fit the edges, or fewer than two edges that tell something apart.
    """

    edges: tuple[float, ...]
    shares: tuple[float, ...]
    years: float

    def __post_init__(self) -> None:
        if len(self.shares) != len(self.edges) + 1 or min(self.shares) < 0.0 or sum(self.shares) <= 0.0:
            raise ValueError("a histogram needs one share more than edges, none of them negative")
        if self.edges[0] <= -100.0 or any(b <= a for a, b in pairwise(self.edges)) or self.years <= 0.0:
            raise ValueError("edges of growth ascend from above −100 percent, over a horizon of some years")
        if len(self._knots()[0]) < 2:
            raise ValueError("nearly all companies lie between two edges: the histogram tells no spread")

    def _knots(self) -> tuple[Floats, Floats]:
        """Normal scores and total growth (logarithm) at the edges that tell something apart."""
        below = np.cumsum(self.shares)[:-1] / sum(self.shares)
        kept = (below > 0.0) & (below < 1.0 - 1e-12) & (np.diff(below, prepend=0.0) > 0.0)
        growth = self.years * np.log1p(np.array(self.edges) / 100.0)
        return normal_quantiles(below[kept]), growth[kept]

    def total(self, levels: Floats = LEVELS) -> Floats:
        """Quantiles of the logarithm of the factor of growth over the whole horizon.

        Lines on a probability plot: exact at the edges, and beyond the outermost as a normal law that goes on as the
        plot does there.
        """
        z, x = self._knots()
        at = normal_quantiles(levels)
        inside = np.interp(at, z, x)
        low = x[0] + (x[1] - x[0]) / (z[1] - z[0]) * (at - z[0])
        high = x[-1] + (x[-1] - x[-2]) / (z[-1] - z[-2]) * (at - z[-1])
        return np.asarray(np.where(at < z[0], low, np.where(at > z[-1], high, inside)), np.float64)

    def cell(self, size: tuple[float, float], start: tuple[float, float] = ANY, inflation: float = 0.0) -> GrowthCell:
        """Drift and scatter for a naive walk: the median, and half of what lies between one deviation on either side.

        Args:
            size: Sales of the class, from … to below ….
            start: Growth before; any, where the table does not tell it apart.
            inflation: Of a year, in logarithms; added where the table is of real growth.
        """
        low, middle, high = self.total(np.array(SIGMA)) / self.years
        return GrowthCell(size, start, self.years, float(middle) + inflation, float(high - low) / 2.0)


@dataclass(frozen=True, slots=True)
class ReferenceGrowth:
    """What became of the levels of a class: the reference class as a member of a pool.

    Attributes:
        histograms: One for each horizon.
        inflation: Of a year, in logarithms; added where the table is of real growth.
    """

    histograms: Sequence[GrowthHistogram]
    inflation: float = 0.0

    def at(self, level: float, years: float, levels: Floats = LEVELS) -> Quantiles:
        """The level after so many years.

        At a horizon of the table as it stands there. Between them, and from today on, medians move on a line, and
        squares of the distances of quantiles from the median too, as variances of a walk do; after the last horizon
        both go on.

        Args:
            level: Today's; above 0.
            years: The horizon; above 0.
            levels: Probabilities of the quantiles.
        """
        known = sorted(self.histograms, key=lambda h: h.years)
        told = np.array([h.total(np.append(levels, 0.5)) for h in known])
        middles = np.append(0.0, told[:, -1])
        apart = told[:, :-1] - told[:, -1:]
        squares = np.vstack([np.zeros(len(levels)), np.sign(apart) * apart**2])
        t = np.array([0.0, *(h.years for h in known)])
        i = int(np.clip(np.searchsorted(t, years) - 1, 0, len(t) - 2))
        share = (years - t[i]) / (t[i + 1] - t[i])
        middle = middles[i] + share * (middles[i + 1] - middles[i])
        square = squares[i] + share * (squares[i + 1] - squares[i])
        growth = np.maximum.accumulate(middle + np.sign(square) * np.sqrt(np.abs(square)))
        return Quantiles(levels, level * np.exp(self.inflation * years + growth))
