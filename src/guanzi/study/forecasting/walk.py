"""The naive walk: what a level may become if nothing is known of the company but its size and its growth.

Logarithms of the level walk; drift and scatter are those of companies of the same size and starting growth, from a
table of base rates. The company's own growth counts by the years over which it was seen, against those that the table
is worth: growth hardly persists.

References:
    Chan, Karceski, Lakonishok: The level and persistence of growth rates. Journal of Finance 58 (2003), 643-684.
    Mauboussin, Callahan, Majd: The Base Rate Book. Credit Suisse (2016).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guanzi.study.forecasting.quantiles import LEVELS, Floats, Quantiles

WORTH_OF_TABLE = 10.0
"""Years of own growth that the table's drift is worth; a judgement: a few years of growth say little."""


@dataclass(frozen=True, slots=True)
class GrowthCell:
    """Growth of a class of companies over one horizon.

    Attributes:
        size: Sales at the start, from … to below …, in the unit of the table.
        start: Growth in the year before, as a fraction, from … to below ….
        years: The horizon.
        drift: Mean of the yearly growth over it, in logarithms.
        scatter: Standard deviation of the same: of the yearly mean, not of a single year.
        n: Companies counted; None: not told.
    """

    size: tuple[float, float]
    start: tuple[float, float]
    years: float
    drift: float
    scatter: float
    n: int | None = None

    def holds(self, size: float, growth: float) -> bool:
        """Whether a company is of this class."""
        return self.size[0] <= size < self.size[1] and self.start[0] <= growth < self.start[1]


def cells_for(table: Sequence[GrowthCell], size: float, growth: float) -> tuple[GrowthCell, ...]:
    """The cells of a company's class, by horizon; empty where the table has none."""
    return tuple(sorted((c for c in table if c.holds(size, growth)), key=lambda c: c.years))


@dataclass(frozen=True, slots=True)
class Walk:
    """Drift and scatter of the logarithm of a level, as functions of the horizon.

    Attributes:
        drift: Of a year.
        years: Horizons at which the spread is known, ascending.
        spread: Standard deviation of the logarithm after that many years.
    """

    drift: float
    years: tuple[float, ...]
    spread: tuple[float, ...]

    def spread_at(self, years: float) -> float:
        """Standard deviation at a horizon: the variance is a line between known ones, and from 0, and goes on as one.

        After the last horizon it grows as between the last two, so a spread that levels off keeps doing so.
        """
        t, v = np.array((0.0, *self.years)), np.array((0.0, *(s * s for s in self.spread)))
        if years <= t[-1]:
            return math.sqrt(float(np.interp(years, t, v)))
        return math.sqrt(max(float(v[-1] + (v[-1] - v[-2]) / (t[-1] - t[-2]) * (years - t[-1])), float(v[-1])))

    def at(self, level: float, years: float, levels: Floats = LEVELS) -> Quantiles:
        """The level after so many years.

        Args:
            level: Today's; above 0.
            years: The horizon; above 0.
            levels: Probabilities of the quantiles.
        """
        z = normal_quantiles(levels)
        return Quantiles(levels, level * np.exp(self.drift * years + self.spread_at(years) * z))


def naive_walk(
    cells: Sequence[GrowthCell], own_growth: float | None = None, own_years: float = 0.0, worth: float = WORTH_OF_TABLE
) -> Walk:
    """The walk of a company of a class.

    Args:
        cells: Of its class, one for each horizon (see :func:`cells_for`).
        own_growth: Its own yearly growth so far, in logarithms; None: not held.
        own_years: Over how many years that was seen.
        worth: Years that the table is worth beside them.

    Raises:
        ValueError: No cells.
    """
    if not cells:
        raise ValueError("a naive walk needs the base rates of a class")
    base = float(np.average([c.drift for c in cells], weights=[c.years for c in cells]))
    own = own_years / (own_years + worth) if own_growth is not None else 0.0
    drift = own * (own_growth or 0.0) + (1.0 - own) * base
    spread = np.maximum.accumulate([c.scatter * c.years for c in cells])
    return Walk(drift, tuple(c.years for c in cells), tuple(float(s) for s in spread))


def normal_quantiles(levels: Floats) -> Floats:
    """Quantiles of the standard normal."""
    from scipy.special import ndtri  # loads late

    return np.asarray(ndtri(levels), np.float64)
