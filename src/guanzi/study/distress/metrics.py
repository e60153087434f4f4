"""How good are probabilities of failure: ranking, sharpness, calibration; each with its interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtr, ndtri
from scipy.stats import rankdata

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]
type Interval = tuple[float, float]

LEVEL = 0.95
RESAMPLES = 400


def auc_interval(failed: Flags, score: Floats, level: float = LEVEL) -> Interval:
    """Interval of the area by E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson (Biometrics 44, 1988).

    On the scale of log-odds, so that it stays between 0 and 1. NaN with fewer than two rows of a class.
    """
    m, n = int(failed.sum()), int((~failed).sum())
    if m < 2 or n < 2:
        return float("nan"), float("nan")
    ranks = rankdata(score)
    above = (ranks[failed] - rankdata(score[failed])) / n
    below = 1 - (ranks[~failed] - rankdata(score[~failed])) / m
    area = float(above.mean())
    error = float(np.sqrt(above.var(ddof=1) / m + below.var(ddof=1) / n))
    if not 0 < area < 1 or error == 0:
        return area, area
    half = float(ndtri((1 + level) / 2)) * error / (area * (1 - area))
    return float(expit(logit(area) - half)), float(expit(logit(area) + half))


def brier(failed: Flags, probability: Floats) -> float:
    """Mean squared error of the probability (G. W. Brier, Monthly Weather Review 78, 1950)."""
    return float(np.mean((probability - failed) ** 2))


def brier_skill(failed: Flags, probability: Floats) -> float:
    """Share of the Brier score saved against the best constant, the share of failures in these very rows.

    That reference knows the outcome, so it is the hardest constant to beat. NaN when one class is absent.
    """
    rate = float(failed.mean())
    return 1 - brier(failed, probability) / (rate * (1 - rate)) if 0 < rate < 1 else float("nan")


def calibration_z(failed: Flags, probability: Floats) -> float:
    """D. J. Spiegelhalter's statistic (Statistics in Medicine 5, 1986): normal when probabilities are calibrated.

    Above 0 when failures are more surprising than the probabilities say, below 0 when they are less.
    """
    p = np.clip(probability, 1e-12, 1 - 1e-12)
    spread = float(np.sqrt((((1 - 2 * p) ** 2) * p * (1 - p)).sum()))
    return float(((failed - p) * (1 - 2 * p)).sum()) / spread if spread else float("nan")


def p_value(z: float) -> float:
    """Two-sided p-value of a normal statistic."""
    return float(2 * ndtr(-abs(z)))


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its interval of 95 %; NaN where it has none."""

    value: float
    interval: Interval


def bootstrap(
    measure: Callable[[Flags, Floats], float], failed: Flags, runs: Floats, seed: int = 1, resamples: int = RESAMPLES
) -> Measured:
    """A figure, mean over runs, with its percentile interval over resampled firms, failures and survivors apart.

    Args:
        measure: From labels and probabilities to the figure.
        failed: Labels.
        runs: Probabilities of each run, shape (runs, rows).
        seed: Key of the random numbers.
        resamples: How often firms are drawn anew.
    """
    value = float(np.mean([measure(failed, run) for run in runs]))
    sides = [np.flatnonzero(failed), np.flatnonzero(~failed)]
    if min(len(side) for side in sides) < 2 or not np.isfinite(value):
        return Measured(value, (float("nan"), float("nan")))
    order = np.random.default_rng(seed)
    drawn = []
    for i in range(resamples):
        rows = np.concatenate([order.choice(side, len(side)) for side in sides])
        drawn.append(measure(failed[rows], runs[i % len(runs)][rows]))
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Measured(value, (float(low), float(high)))
