"""What a search seeks: the best value of a measure under limits, and which of the variants seen comes nearest to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanzi.advice.structuring.limits import MeasureLimit
from guanzi.advice.structuring.measures import Floats, Measure
from guanzi.advice.structuring.trials import Key, Trial, Trials

MARGIN = 1.0
"""Standard errors in hand: the search keeps a limit by so much, so that it holds out of sample."""
SQRT_TWO = 2.0**0.5


@dataclass(frozen=True, slots=True)
class Objective:
    """What is sought: the best value of a measure under limits.

    Attributes:
        measure: What is to be bettered.
        limits: What must be kept.
        margin: Standard errors by which each limit is kept (see ``error_under``).
    """

    measure: Measure
    limits: tuple[MeasureLimit, ...]
    margin: float = MARGIN

    def cost(self, trial: Trial) -> float:
        """What is made as small as possible."""
        return -self.measure.sign * trial.gains[self.measure.id].mean

    def slacks(self, trial: Trial, own: Trial, margin: float | None = None) -> Floats:
        """By how much each limit is kept with a margin, relative to what the draft has; negative: broken."""
        margin = self.margin if margin is None else margin
        found = []
        for limit in self.limits:
            id = limit.measure.id
            slack = limit.slack(own.means[id] + trial.gains[id].mean) - margin * error_under(limit, trial)
            found.append(slack / max(abs(own.means[id]), 1e-9))
        return np.array(found)

    def in_hand(self, trial: Trial, own: Trial) -> float:
        """By how many standard errors a variant keeps every limit; 0 at the least."""
        slacks, lost = self.slacks(trial, own, 0.0), self.slacks(trial, own, 0.0) - self.slacks(trial, own, 1.0)
        found = [slack / error for slack, error in zip(slacks, lost, strict=True) if error > 0.0]
        return max(float(min(found, default=0.0)), 0.0)

    def rank(self, trial: Trial, own: Trial) -> tuple[float, float, Key]:
        """The order in which variants are preferred: limits first, then the goal."""
        broken = float(np.minimum(self.slacks(trial, own), 0.0).sum())
        return (-broken, self.cost(trial), trial.key)


def error_under(limit: MeasureLimit, trial: Trial) -> float:
    """How far a variant may be from a limit on other draws, by one standard error.

    What the draft has moves with the draws, and only the paired difference counts. A bound that was stated does not
    move: there the level itself differs, between two samples of about the same size.
    """
    id = limit.measure.id
    return SQRT_TWO * trial.levels[id].se if limit.origin == "user" else trial.gains[id].se


def best(trials: Trials, objective: Objective) -> Trial | None:
    """The best variant seen so far that keeps the limits of an aim."""
    own, first = trials.own, leader(trials, objective)
    return first if keeps(objective, first, own) else None


def keeps(objective: Objective, trial: Trial, own: Trial) -> bool:
    """Whether a variant keeps every limit with the margin."""
    return min(objective.slacks(trial, own), default=0.0) >= 0.0


def leader(trials: Trials, objective: Objective) -> Trial:
    """The variant seen so far that is preferred to all others, whether it keeps the limits or not."""
    return min(trials.valid, key=lambda t: objective.rank(t, trials.own))
