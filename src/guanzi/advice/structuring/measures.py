"""What a deal is judged by: measures of the three accounts and of the company, each as a mean over paths.

Every measure is the mean of one number per path, the tail too: by Rockafellar and Uryasev the conditional value at risk
of a loss L at level 1 - a is the mean of q + max(L - q, 0) / a, where q is the quantile. So the difference between two
deals on the same draws is the mean of paired differences, and its standard error is theirs.

References:
    Rockafellar, Uryasev: Optimization of conditional value-at-risk. Journal of Risk 2 (2000).
    Glasserman: Monte Carlo Methods in Financial Engineering (2003), 4.1 and 9.2 (common random numbers, tails).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from guanzi.engine.simulation import Z_95

Floats = NDArray[np.float64]
Draws = Mapping[str, Floats]

TAIL = 0.05
"""The part of the futures over which a tail is averaged: CVaR at 95 %."""
FIVE_YEARS = 5


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a deal.

    Attributes:
        id: Its name, e.g. ``fund.npv``.
        account: ``public``, ``fund``, ``budget``, ``cluster`` or ``company``.
        unit: ``money``, ``ratio`` or ``count``.
        sign: 1 where more is better for the public side or the company, -1 where less is.
        outputs: Outputs of the simulation that it needs.
        of: From draws and steps per year to one number per path, whose mean it is.
    """

    id: str
    account: str
    unit: str
    sign: int
    outputs: tuple[str, ...]
    of: Callable[[Draws, float], Floats]

    def __reduce__(self) -> tuple[Callable[[str], Measure], tuple[str]]:
        """By its id: in another process it is the measure of that name there."""
        return _measure, (self.id,)


def _measure(id: str) -> Measure:
    return BY_ID[id]


def tail(losses: Floats) -> Floats:
    """One number per path whose mean is the conditional value at risk at 95 % of the losses.

    >>> float(tail(np.arange(100.0)).mean())
    97.0
    """
    n = len(losses)
    q = np.sort(losses)[min(ceil((1.0 - TAIL) * n) - 1, n - 1)] if n else 0.0
    return np.asarray(q + np.maximum(losses - q, 0.0) / TAIL, np.float64)


def _mean(output: str) -> Callable[[Draws, float], Floats]:
    return lambda draws, _: draws[output]


def _tail_of_value(output: str) -> Callable[[Draws, float], Floats]:
    return lambda draws, _: tail(-draws[output])


def _tail_of_cost(output: str) -> Callable[[Draws, float], Floats]:
    return lambda draws, _: tail(draws[output])


def _lost(draws: Draws, _: float) -> Floats:
    return np.asarray(draws["fund.net"] < 0.0, np.float64)


def _alive(draws: Draws, _: float) -> Floats:
    return np.asarray(draws["with.failed_step"] < 0.0, np.float64)


def _alive_five(draws: Draws, per_year: float) -> Floats:
    failed = draws["with.failed_step"]
    return np.asarray((failed < 0.0) | (failed >= FIVE_YEARS * per_year), np.float64)


MEASURES: tuple[Measure, ...] = (
    Measure("public.npv", "public", "money", 1, ("public.npv",), _mean("public.npv")),
    Measure("public.cvar", "public", "money", -1, ("public.npv",), _tail_of_value("public.npv")),
    Measure("fund.paid", "fund", "money", -1, ("fund.paid",), _mean("fund.paid")),
    Measure("fund.npv", "fund", "money", 1, ("fund.npv",), _mean("fund.npv")),
    Measure("fund.loss", "fund", "ratio", -1, ("fund.net",), _lost),
    Measure("fund.cvar", "fund", "money", -1, ("fund.npv",), _tail_of_value("fund.npv")),
    Measure("budget.npv", "budget", "money", 1, ("budget.npv",), _mean("budget.npv")),
    Measure("budget.spent", "budget", "money", -1, ("budget.spent",), _mean("budget.spent")),
    Measure("budget.worst_year", "budget", "money", -1, ("budget.worst_year",), _mean("budget.worst_year")),
    Measure(
        "budget.worst_year_cvar", "budget", "money", -1, ("budget.worst_year",), _tail_of_cost("budget.worst_year")
    ),
    Measure("cluster.local_units", "cluster", "count", 1, ("additional.local_units",), _mean("additional.local_units")),
    Measure("company.survival", "company", "ratio", 1, ("with.failed_step",), _alive),
    Measure("company.survival_5y", "company", "ratio", 1, ("with.failed_step",), _alive_five),
    Measure("holders.npv", "company", "money", 1, ("holders.npv",), _mean("holders.npv")),
)
BY_ID = {m.id: m for m in MEASURES}


def outputs_for(measures: tuple[Measure, ...]) -> tuple[str, ...]:
    """Outputs that the measures need, each once."""
    return tuple(dict.fromkeys(name for m in measures for name in m.outputs))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over paths and its standard error."""

    mean: float
    se: float

    @classmethod
    def of(cls, x: Floats) -> Estimate:
        """Of one number per path; the error of a constant is exactly zero."""
        n = len(x)
        if n < 2 or bool((x == x[0]).all()):
            return cls(float(x[0]) if n else 0.0, 0.0)
        return cls(float(x.mean()), float(x.std(ddof=1)) / sqrt(n))

    @property
    def is_clear(self) -> bool:
        """Whether it differs from zero by more than about two standard errors (95 %)."""
        return abs(self.mean) > Z_95 * self.se


@dataclass(frozen=True, slots=True)
class Pair:
    """One measure of two deals on the same draws, and the paired difference of the second from the first."""

    measure: Measure
    before: Estimate
    after: Estimate
    difference: Estimate

    @property
    def verdict(self) -> str:
        """``same`` (exactly), ``noise`` (not told apart), ``better`` or ``worse``."""
        d = self.difference
        if d.mean == 0.0 and d.se == 0.0:
            return "same"
        if not d.is_clear:
            return "noise"
        return "better" if d.mean * self.measure.sign > 0.0 else "worse"


def compare(before: Draws, after: Draws, per_year: tuple[float, float], *, scale: float = 1.0) -> tuple[Pair, ...]:
    """Measures of two deals whose paths were drawn with the same numbers.

    Args:
        before, after: Outputs of each path.
        per_year: Steps per year of either.
        scale: By which amounts of the second are multiplied to be in the unit of the first.
    """
    pairs = []
    for m in MEASURES:
        if not all(name in before and name in after for name in m.outputs):
            continue
        a = m.of(before, per_year[0])
        b = m.of(after, per_year[1]) * (scale if m.unit == "money" else 1.0)
        pairs.append(Pair(m, Estimate.of(a), Estimate.of(b), Estimate.of(b - a)))
    return tuple(pairs)
