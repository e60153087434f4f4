"""What keeping a stake is worth today against leaving, on the paths that have learnt from what happened."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanzi.study.forecasting import Floats, quantiles_of

LEVELS = np.array([0.05, 0.5, 0.95])


@dataclass(frozen=True, slots=True)
class Waiting:
    """What keeping the stake is worth today, by the forecast that has learnt from what happened.

    Attributes:
        mean: Of what comes back from today on less what is still paid, at the hurdle rate.
        low, middle, high: 5, 50 and 95 % quantiles.
        better: Share of the forecast in which waiting brings more than ``now``.
        now: What leaving today brings, on the same paths.
    """

    mean: float
    low: float
    middle: float
    high: float
    better: float
    now: float

    def in_units_of(self, scale: float) -> Waiting:
        """The same with amounts multiplied."""
        mean, low, middle, high, now = (x * scale for x in (self.mean, self.low, self.middle, self.high, self.now))
        return Waiting(mean, low, middle, high, self.better, now)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What time and a sale cost.

    Attributes:
        hurdle: Hurdle rate a year.
        discount: What a block sale costs, as a ratio.
        kept_at_end: What part of its value a stake brings that is still held at the end of the forecast.
    """

    hurdle: float
    discount: float
    kept_at_end: float


def weigh_waiting(
    flows: Floats, stake: Floats, weights: Floats, today: int, per_year: int, leaving: Leaving
) -> Waiting | None:
    """Value of waiting against leaving today, on the paths on which the stake is still there.

    A path leaves by the rule of the exit, as a listing and the end of a lock-up allow; where the facts know of no sale,
    such a path says nothing of what keeping is worth.

    Args:
        flows: What comes back to the public side less what it pays, (steps, paths).
        stake: Value of its shares, (steps, paths).
        weights: Of the paths.
        today: The last step that has ended; −1: none has, and there is nothing yet that could be sold.
        per_year: Steps of a year.
        leaving: What time and a sale cost.

    Returns:
        None where no path that is left still holds the stake.
    """
    gone = (stake[: today + 1] > 0.0).any(axis=0) & (stake[max(today, 0)] <= 0.0)
    weights = np.where(gone, 0.0, weights)
    if not weights.sum() > 0.0:
        return None
    weights = weights / weights.sum()
    ahead = np.arange(1, len(flows) - today) / per_year
    factors = (1.0 + leaving.hurdle) ** -ahead
    value = factors @ flows[today + 1 :] if len(ahead) else np.zeros(flows.shape[1])
    last = float(factors[-1]) if len(ahead) else 1.0
    value = value + last * leaving.kept_at_end * stake[-1]
    now = float(stake[today] @ weights) * (1.0 - leaving.discount) if today >= 0 else 0.0
    low, middle, high = (float(x) for x in quantiles_of(value, LEVELS, weights).values)
    return Waiting(float(value @ weights), low, middle, high, float(weights[value > now].sum()), now)
