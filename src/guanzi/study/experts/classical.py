"""Cooke's classical model: how well experts are calibrated, how much they say, and the pool weighted by both.

*Calibration* (statistical accuracy) is the p-value of the hypothesis that the true values fall between an expert's
quantiles as often as the expert says: with s the observed and p the stated shares of the n seeds, 2 n I(s, p) is
compared to a chi-squared distribution. *Information* is the mean divergence of the expert's density from the background
measure on the intrinsic range: what all experts and the truth span, widened by a tenth on either side. The *score* is
their product; weights follow the score of experts whose calibration reaches a cut.

References:
    Cooke: Experts in Uncertainty (Oxford University Press 1991), chapter 12.
    Cooke, Goossens: TU Delft expert judgment data base. Reliability Engineering and System Safety 93 (2008).
    Colson, Cooke: Cross validation for the classical model of structured expert judgment. Same journal 163 (2017).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanzi.study.experts.panel import Floats, Seeds

OVERSHOOT = 0.1
"""The intrinsic range is wider than what was said by this part of it on either side (Cooke 1991)."""


@dataclass(frozen=True, slots=True)
class Performance:
    """How an expert, or a pool of experts, did on the seeds.

    Attributes:
        calibration: P-value of statistical accuracy, between 0 and 1.
        information: Mean relative information over the seeds, at least 0.
    """

    calibration: float
    information: float

    @property
    def score(self) -> float:
        """Calibration times information."""
        return self.calibration * self.information


def shares(probabilities: Floats) -> Floats:
    """Probabilities of the intervals between quantiles, both tails included."""
    return np.diff(np.concatenate(([0.0], probabilities, [1.0])))


def calibration(values: Floats, truths: Floats, probabilities: Floats) -> float:
    """P-value that the truths fall between the quantiles as often as stated.

    >>> round(calibration(np.tile([5.0, 50.0, 95.0], (20, 1)), np.repeat([1.0, 30, 70, 99], [1, 9, 9, 1]),
    ...                   np.array([0.05, 0.5, 0.95])), 3)
    1.0

    Args:
        values: (seeds, probabilities).
        truths: (seeds,).
        probabilities: Of the quantiles.
    """
    from scipy.stats import chi2

    p = shares(probabilities)
    where = (truths[:, None] > values).sum(axis=1)
    s = np.bincount(where, minlength=len(p)) / len(truths)
    seen = s > 0.0
    divergence = float(np.sum(s[seen] * np.log(s[seen] / p[seen])))
    return float(chi2.sf(2.0 * len(truths) * divergence, len(p) - 1))


def intrinsic_range(values: Floats, truths: Floats | None = None) -> tuple[Floats, Floats]:
    """Lower and upper ends of each question: what all experts say, and the truth where it is given, widened.

    Args:
        values: (experts, questions, probabilities).
        truths: (questions,).
    """
    low, high = values.min(axis=(0, 2)), values.max(axis=(0, 2))
    if truths is not None:
        low, high = np.minimum(low, truths), np.maximum(high, truths)
    width = np.maximum(high - low, 1e-9 * np.maximum(1.0, np.abs(low)))
    return low - OVERSHOOT * width, high + OVERSHOOT * width


def information(values: Floats, low: Floats, high: Floats, probabilities: Floats) -> float:
    """Mean relative information with respect to the even background measure on the range.

    Args:
        values: (seeds, probabilities).
        low, high: (seeds,).
        probabilities: Of the quantiles.
    """
    return float(informations(values, low, high, probabilities).mean())


def informations(values: Floats, low: Floats, high: Floats, probabilities: Floats) -> Floats:
    """Relative information of each seed."""
    p = shares(probabilities)
    edges = np.concatenate((low[:, None], values, high[:, None]), axis=1)
    widths = np.maximum(np.diff(edges, axis=1) / (high - low)[:, None], 1e-9)
    return np.asarray(np.sum(p * np.log(p / widths), axis=1))


def performance(values: Floats, seeds: Seeds) -> Performance:
    """Calibration and information of an expert or a pool, on the range that all experts and the truths span."""
    low, high = intrinsic_range(seeds.values, seeds.truths)
    return Performance(
        calibration(values, seeds.truths, seeds.probabilities),
        information(values, low, high, seeds.probabilities),
    )


def pool(values: Floats, weights: Floats, low: Floats, high: Floats, probabilities: Floats) -> Floats:
    """Quantiles of the weighted mean of the experts' distributions, each even between its quantiles.

    Args:
        values: (experts, questions, probabilities).
        weights: (experts,), not negative, with a positive sum.
        low: (questions,), lower ends of the ranges.
        high: Upper ends.
        probabilities: Of the quantiles, asked and given.

    Returns:
        (questions, probabilities).
    """
    w = weights / weights.sum()
    levels = np.concatenate(([0.0], probabilities, [1.0]))
    out = np.empty(values.shape[1:])
    for i in range(values.shape[1]):
        grid = np.unique(np.concatenate(([low[i], high[i]], values[:, i].ravel())))
        mixed = np.zeros_like(grid)
        for expert in np.flatnonzero(w > 0.0):
            knots = _rising(np.concatenate(([low[i]], values[expert, i], [high[i]])))
            mixed += w[expert] * np.interp(grid, knots, levels)
        out[i] = np.interp(probabilities, mixed, grid)
    return out


def half_cut(scores: list[Performance]) -> Floats:
    """Weights of the better calibrated half of the experts, by calibration times information; no optimisation.

    Where all of that half have no score, all experts count alike.
    """
    calibrations = np.array([s.calibration for s in scores])
    cut = np.sort(calibrations)[-max(1, -(-len(scores) // 2))]
    return _or_equal(np.array([s.score if s.calibration >= cut else 0.0 for s in scores]))


def optimal_weights(seeds: Seeds) -> tuple[Floats, Performance]:
    """Global weights with the cut that gives the pool the best score on the seeds, and the pool's performance."""
    scores = [performance(expert, seeds) for expert in seeds.values]
    low, high = intrinsic_range(seeds.values, seeds.truths)
    best: tuple[Floats, Performance] | None = None
    for cut in np.unique([s.calibration for s in scores]):
        weights = np.array([s.score if s.calibration >= cut else 0.0 for s in scores])
        if weights.sum() <= 0.0:
            continue
        found = performance(pool(seeds.values, weights, low, high, seeds.probabilities), seeds)
        if best is None or found.score > best[1].score:
            best = (weights / weights.sum(), found)
    if best is None:
        equal = equal_weights(len(scores))
        return equal, performance(pool(seeds.values, equal, low, high, seeds.probabilities), seeds)
    return best


def equal_weights(experts: int) -> Floats:
    """Every expert counts alike."""
    return np.full(experts, 1.0 / experts)


def _or_equal(weights: Floats) -> Floats:
    total = float(weights.sum())
    return weights / total if total > 0.0 else equal_weights(len(weights))


def _rising(knots: Floats) -> Floats:
    """Knots that never fall, told apart by the smallest step where an expert gave the same value twice."""
    step = 1e-12 * max(1.0, float(np.abs(knots).max()))
    return np.asarray(np.maximum.accumulate(knots) + np.arange(len(knots)) * step)
