"""An expert's distribution of one quantity: even between quantiles, and the pool of several, exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanzi.study.experts.classical import OVERSHOOT
from guanzi.study.experts.panel import Floats

LEAST_STEP = 1e-9
"""Knots of a pool whose levels are nearer than this are one."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """A distribution that is even (on its scale) between knots.

    Attributes:
        levels: Probabilities of the knots, from 0 to 1, strictly ascending.
        values: The knots, in the unit of the quantity, ascending.
        log: Even in the logarithm between knots.
    """

    levels: Floats
    values: Floats
    log: bool = False

    def quantile(self, u: Floats) -> Floats:
        """Values below which the fractions u lie.

        >>> Pooled(np.array([0.0, 0.5, 1.0]), np.array([0.0, 1.0, 3.0])).quantile(np.array([0.25, 0.75]))
        array([0.5, 2. ])
        """
        scaled = np.log(self.values) if self.log else self.values
        found = np.interp(u, self.levels, scaled)
        return np.asarray(np.exp(found) if self.log else found)

    def with_knots(self, most: int, kept: Floats) -> Pooled:
        """The same with at most so many knots: exact at those kept and evenly spaced probabilities, even in between.

        Args:
            most: Number of knots.
            kept: Probabilities at which nothing may change.
        """
        if len(self.levels) <= most:
            return self
        levels = np.unique(np.concatenate((np.linspace(0.0, 1.0, most - len(kept)), kept)))
        return Pooled(levels, self.quantile(levels), self.log)


@dataclass(frozen=True, slots=True)
class Assessments:
    """What several experts say of one quantity, on the scale on which ignorance is even.

    Attributes:
        quantiles: (experts, probabilities), ascending, on the scale.
        probabilities: Of the quantiles.
        low, high: Ends of the range, on the scale.
        log: The scale is logarithmic.
    """

    quantiles: Floats
    probabilities: Floats
    low: float
    high: float
    log: bool

    @property
    def levels(self) -> Floats:
        """Probabilities of the knots, both ends included."""
        return np.concatenate(([0.0], self.probabilities, [1.0]))

    def knots(self, expert: int) -> Floats:
        """The knots of one expert, on the scale; never falling."""
        return np.concatenate(([self.low], self.quantiles[expert], [self.high]))

    def pool(self, weights: Floats) -> Pooled:
        """Linear pool: the weighted mean of the experts' distributions, with every knot of every expert.

        Where an expert puts a share of the probability on a single value, the pool rises there within a hair's breadth.
        """
        w = weights / weights.sum()
        grid = np.unique(self.quantiles[w > 0.0])
        grid = np.unique(np.concatenate(([self.low], grid, [self.high])))
        rows = [expert for expert in range(len(w)) if w[expert] > 0.0]
        below = sum(w[e] * self._share_below(e, grid, "left") for e in rows)
        through = sum(w[e] * self._share_below(e, grid, "right") for e in rows)
        levels = np.column_stack((below, through)).ravel()
        values = np.repeat(grid, 2)
        levels[0], levels[-1] = 0.0, 1.0
        kept = np.concatenate(([True], np.diff(levels) > LEAST_STEP))
        levels, values = levels[kept], values[kept]
        levels[-1] = 1.0
        return Pooled(levels, self._unscaled(values), self.log)

    def average(self, weights: Floats) -> Pooled:
        """Quantile averaging: at every probability the weighted mean of the experts' quantiles (Vincent averaging)."""
        w = weights / weights.sum()
        values = np.concatenate(([self.low], w @ self.quantiles, [self.high]))
        return Pooled(self.levels, self._unscaled(values), self.log)

    def moments(self) -> tuple[Floats, Floats]:
        """Mean and variance of every expert's distribution, on the scale."""
        p = np.diff(self.levels)
        knots = np.array([self.knots(e) for e in range(len(self.quantiles))])
        a, b = knots[:, :-1], knots[:, 1:]
        means = ((a + b) / 2.0) @ p
        squares = ((a * a + a * b + b * b) / 3.0) @ p
        return means, np.maximum(squares - means**2, 0.0)

    def overlap(self, one: int, two: int) -> float:
        """Part that the distributions of two experts have in common: 1 minus their total variation distance."""
        grid = np.unique(np.concatenate((self.knots(one), self.knots(two))))
        common = 0.0
        first = {side: self._share_below(one, grid, side) for side in ("left", "right")}
        second = {side: self._share_below(two, grid, side) for side in ("left", "right")}
        common += float(np.minimum(first["right"] - first["left"], second["right"] - second["left"]).sum())
        between = (first["left"][1:] - first["right"][:-1], second["left"][1:] - second["right"][:-1])
        return min(common + float(np.minimum(*between).sum()), 1.0)

    def _share_below(self, expert: int, grid: Floats, side: str) -> Floats:
        """Probability below each point of the grid (``left``), or up to and with it (``right``)."""
        knots, levels = self.knots(expert), self.levels
        inside = np.interp(grid, knots, levels)
        found = np.searchsorted(knots, grid, side="left" if side == "left" else "right")
        at = np.isin(grid, knots)
        # a knot that stands for several quantiles is a jump: below it counts the first of them, with it the last
        exact = levels[np.clip(found, 0, len(levels) - 1)] if side == "left" else levels[np.clip(found - 1, 0, None)]
        return np.where(at, exact, inside)

    def _unscaled(self, values: Floats) -> Floats:
        return np.asarray(np.exp(values) if self.log else values)


def assessments(
    quantiles: Floats,
    probabilities: Floats,
    *,
    log: bool = False,
    least: float | None = None,
    most: float | None = None,
) -> Assessments:
    """What experts say of one quantity, with the range on which it is spread.

    The range is what they span, widened by a tenth of it on either side (Cooke 1991), and cut at what is possible.

    Args:
        quantiles: (experts, probabilities), ascending.
        probabilities: Of the quantiles.
        log: The scale is logarithmic.
        least: Lower bound of what is possible.
        most: Upper bound.
    """
    scaled = np.log(quantiles) if log else np.asarray(quantiles, np.float64)
    low, high = float(scaled.min()), float(scaled.max())
    width = max(high - low, 1e-9 * max(1.0, abs(low)))
    ends = [low - OVERSHOOT * width, high + OVERSHOOT * width]
    if least is not None and not (log and least <= 0.0):
        ends[0] = max(ends[0], float(np.log(least)) if log else least)
    if most is not None:
        ends[1] = min(ends[1], float(np.log(most)) if log else most)
    return Assessments(scaled, np.asarray(probabilities, np.float64), min(ends[0], low), max(ends[1], high), log)
