"""The best variant under limits on one sample: linear programmes step by step, and differential evolution between."""

from __future__ import annotations

from guanzi.advice.structuring.evolution import CROWD, evolve
from guanzi.advice.structuring.linear import Linear
from guanzi.advice.structuring.objectives import Objective, best, leader
from guanzi.advice.structuring.trials import Trial

EVOLVED = 4
"""Generations below which evolution is not worth its while."""


def optimum(linear: Linear, objective: Objective, *, evaluations: int, seed: int) -> Trial | None:
    """The best variant found that keeps the limits of the aim; None when none does.

    Args:
        linear: Linear steps over the variants of a sample; what has been seen there is used, and grows.
        objective: What is sought.
        evaluations: About how many new variants are evaluated.
        seed: Of the search.
    """
    trials = linear.trials
    end = len(trials.done) + evaluations
    linear.climb(objective, leader(trials, objective), end)
    if can_evolve(end - len(trials.done)):
        evolve(trials, objective, (end - len(trials.done)) // 2, seed)
        linear.climb(objective, leader(trials, objective), end)
    return best(trials, objective)


def can_evolve(evaluations: int) -> bool:
    """Whether so many evaluations are enough for evolution to be worth its while."""
    return evaluations >= EVOLVED * CROWD
