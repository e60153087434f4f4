"""Probabilities of failure by horizon: curves from default studies, from a model, from a class, and their pool.

References:
    Lando: Credit Risk Modeling (2004), chapter 3: survival and hazard.
    Satopää and others (2014), as in :mod:`guanzi.study.forecasting.pools`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from guanzi.study.forecasting.pools import linear_probability, log_odds_probability
from guanzi.study.forecasting.quantiles import Floats

YEARS = tuple(float(y) for y in range(1, 11))
GONE = 1e-12
"""The least survival whose logarithm is taken."""

type Form = Literal["linear", "log-odds"]


@dataclass(frozen=True, slots=True)
class FailureCurve:
    """Cumulative probability of failure: within so many years, ascending, so much; never falling.

    Between the years given the hazard is constant, and after the last it stays what it was.

    Raises:
        ValueError: Years or probabilities that are none.
    """

    years: tuple[float, ...]
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        t, p = np.array((0.0, *self.years)), np.array((0.0, *self.values))
        if len(t) != len(p) or len(t) < 2 or not np.all(np.isfinite(t)) or np.any(np.diff(t) <= 0.0):
            raise ValueError("a curve of failure needs years that ascend from above 0, and a probability for each")
        if not (np.all(np.diff(p) >= 0.0) and p[-1] <= 1.0):
            raise ValueError("cumulative probabilities of failure lie from 0 to 1 and never fall")

    def at(self, years: ArrayLike) -> Floats:
        """Probability of failure within so many years.

        >>> FailureCurve((1.0, 5.0), (0.1, 0.4)).at([0.0, 1.0, 3.0, 5.0]).round(3).tolist()
        [0.0, 0.1, 0.265, 0.4]
        """
        t = np.array((0.0, *self.years))
        total = -np.log(np.maximum(1.0 - np.array((0.0, *self.values)), GONE))
        u = np.asarray(years, np.float64)
        last = (total[-1] - total[-2]) / (t[-1] - t[-2])
        found = np.where(u <= t[-1], np.interp(u, t, total), total[-1] + last * (u - t[-1]))
        return np.asarray(0.0 - np.expm1(-found), np.float64)


@dataclass(frozen=True, slots=True)
class FailurePool:
    """A pooled curve beside the curves that it pools, all at the same years.

    Attributes:
        curve: The pool.
        members: Name to curve: what is shown beside it.
        weights: Name to weight; they sum to 1.
    """

    curve: FailureCurve
    members: Mapping[str, FailureCurve]
    weights: Mapping[str, float]

    def range_at(self, years: float) -> tuple[float, float]:
        """The least and the greatest probability that a member gives for this horizon."""
        found = [float(member.at(years)) for member in self.members.values()]
        return min(found), max(found)


def pooled_failure(
    members: Mapping[str, FailureCurve],
    weights: Mapping[str, float] | None = None,
    *,
    form: Form = "log-odds",
    sharpness: float = 1.0,
    years: tuple[float, ...] = YEARS,
) -> FailurePool:
    """One curve from those of a structural model, a rating or score class, and a reference class.

    The same weights hold at all horizons, so the pool never falls. With ``sharpness`` 1 it lies between its members
    (which are held a ten-thousandth off 0 and 1 in a pool of log-odds).

    Args:
        members: Name to curve; those that nothing is known of are left out, and the weights of the rest count.
        weights: Name to weight; None: equal. Names without a member are passed over.
        form: Of the pool: of log-odds, or linear.
        sharpness: Of the log-odds pool; see :func:`guanzi.study.forecasting.pools.log_odds_probability`.
        years: Horizons of the result.

    Raises:
        ValueError: No member has a weight.
    """
    names = list(members)
    w = np.array([1.0 if weights is None else weights.get(name, 0.0) for name in names])
    rows = np.array([members[name].at(years) for name in names])
    pool = linear_probability(rows, w) if form == "linear" else log_odds_probability(rows, w, sharpness)
    pool = np.maximum.accumulate(pool)  # a last bit may fall where members stand still
    total = float(w.sum())
    return FailurePool(
        FailureCurve(years, tuple(pool.tolist())),
        {
            name: FailureCurve(years, tuple(np.maximum.accumulate(row).tolist()))
            for name, row in zip(names, rows, strict=True)
        },
        {name: float(x) / total for name, x in zip(names, w, strict=True)},
    )
