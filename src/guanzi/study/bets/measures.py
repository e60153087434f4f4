"""How good odds were: ranking, distance, calibration, each with an interval and a test by permutation.

A success is 1, a partial one ½, a failure 0. A partial success counts as half of each class wherever classes are asked
for, so that with two classes every measure is the usual one.

References:
    Newcombe: Confidence intervals for an effect size measure based on the Mann–Whitney statistic. Statistics in
        Medicine 25 (2006), method 5.
    Cox: Two further applications of a model for binary regression. Biometrika 45 (1958).
    Phipson, Smyth: Permutation p-values should never be zero. Stat. Appl. Genet. Mol. Biol. 9 (2010).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit, stdtrit
from scipy.stats import rankdata

from guanzi.study.bets.answers import Floats

NORMAL = 1.959963984540054
PERMUTATIONS = 9_999
_STEPS = 60
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class SkillMeasure:
    """A measure with its 95 % interval and the chance of one as good if the outcomes were dealt at random.

    Attributes:
        value: The measure.
        low, high: Ends of the interval; None where they cannot be told.
        p: By permutation; None where there is none.
    """

    value: float
    low: float | None
    high: float | None
    p: float | None


@dataclass(frozen=True, slots=True)
class SkillScores:
    """All measures of one list of forecasts; a measure that cannot be told is None.

    Attributes:
        n: Number of bets.
        rate: Mean success.
        auc: Share of pairs of a success and a failure in which the success had the higher chance, ties half.
        brier: Mean squared distance of chance and success.
        against_own: Brier score of the bets' own rate less that of the forecasts: above 0, the forecasts are better.
        against_pooled: The same against a given rate.
        slope: Of the outcomes' log-odds on those of the forecasts: 1 is right, 0 says nothing.
        intercept: Log-odds by which outcomes were better than the forecasts, slope held at 1: 0 is right.
    """

    n: int
    rate: float
    auc: SkillMeasure | None
    brier: SkillMeasure
    against_own: SkillMeasure
    against_pooled: SkillMeasure
    slope: SkillMeasure | None
    intercept: SkillMeasure | None


def half_auc(success: Floats, chance: Floats) -> float:
    """Share of pairs in which the success had the higher chance; a partial success is half of each. NaN with one class.

    >>> half_auc(np.array([1.0, 0.0, 1.0, 0.0]), np.array([0.9, 0.2, 0.4, 0.4]))
    0.875
    """
    pairs = _pairs(success)
    won = float(success @ (rankdata(chance) - 1.0)) - 0.5 * float(success.sum() ** 2 - (success**2).sum())
    return won / pairs if pairs > 0.0 else float("nan")


def stratified_auc(success: Floats, chance: Floats, populations: tuple[str, ...]) -> float:
    """The same over pairs of one population only; NaN where no population has both classes."""
    names = np.array(populations)
    parts = [(success[names == name], chance[names == name]) for name in dict.fromkeys(populations)]
    told = [(half_auc(*part), _pairs(part[0])) for part in parts if _pairs(part[0]) > 0.0]
    return sum(auc * pairs for auc, pairs in told) / sum(pairs for _, pairs in told) if told else float("nan")


def scores(success: Floats, chance: Floats, pooled: float, seed: int, permutations: int = PERMUTATIONS) -> SkillScores:
    """All measures of forecasts; ``pooled`` is the rate that a forecaster without answers would have said.

    Tests deal the outcomes anew among the bets, one-sided; the one of the intercept draws outcomes from the forecasts,
    two-sided, because dealing leaves the mean as it is.
    """
    random = np.random.default_rng(seed)
    own = float(success.mean())
    eta = logit(np.clip(chance, _NEAR, 1.0 - _NEAR))
    told = np.column_stack([rankdata(chance), chance, eta])
    dealt = np.array([random.permutation(success) @ told for _ in range(permutations)])
    ranked, close, steep = ((1 + (dealt >= success @ told - 1e-9).sum(axis=0)) / (1 + permutations)).tolist()
    auc = half_auc(success, chance)
    by_deal = None if np.isnan(auc) else close
    miss = (chance - success) ** 2
    ends = _auc_interval(auc, float(success.sum()), float((1.0 - success).sum()))
    return SkillScores(
        len(success),
        own,
        None if np.isnan(auc) else SkillMeasure(auc, *ends, ranked),
        _mean(miss, by_deal, floor=0.0),
        _mean((own - success) ** 2 - miss, by_deal),
        _mean((pooled - success) ** 2 - miss, by_deal),
        _slope(success, eta, steep),
        _intercept(success, eta, random, permutations),
    )


def _pairs(success: Floats) -> float:
    failure = 1.0 - success
    return float(success.sum() * failure.sum() - success @ failure)


def _mean(values: Floats, p: float | None, floor: float = -1.0) -> SkillMeasure:
    middle, n = float(values.mean()), len(values)
    if n < 2:
        return SkillMeasure(middle, None, None, p)
    half = float(stdtrit(n - 1, 0.975)) * float(values.std(ddof=1)) / sqrt(n)
    return SkillMeasure(middle, max(middle - half, floor), min(middle + half, 1.0), p)


def _auc_interval(auc: float, m: float, n: float) -> tuple[float | None, float | None]:
    if np.isnan(auc):
        return None, None

    def beyond(true: float) -> float:
        more = ((m + n) / 2 - 1) * ((1 - true) / (2 - true) + true / (1 + true))
        return abs(auc - true) - NORMAL * sqrt(max(true * (1 - true) * (1 + more), 0.0) / (m * n))

    inner = min(max(auc, _NEAR), 1.0 - _NEAR)
    return float(brentq(beyond, 0.0, inner)), float(brentq(beyond, inner, 1.0))


def _slope(success: Floats, eta: Floats, p: float) -> SkillMeasure | None:
    """Slope of a logistic regression with its own intercept; None where all forecasts agree or classes come apart."""
    if len(eta) < 3 or float(np.ptp(eta)) < 1e-9:
        return None
    design = np.column_stack([np.ones(len(eta)), eta])
    at = np.zeros(2)
    for _ in range(_STEPS):
        expected = expit(design @ at)
        weight = (design.T * (expected * (1.0 - expected))) @ design
        if np.linalg.cond(weight) > 1e12:
            return None
        step = np.linalg.solve(weight, design.T @ (success - expected))
        at = at + step
        if float(np.abs(step).max()) < 1e-10:
            error = float(np.sqrt(np.linalg.inv(weight)[1, 1]))
            return SkillMeasure(float(at[1]), float(at[1]) - NORMAL * error, float(at[1]) + NORMAL * error, p)
    return None


def _intercept(success: Floats, eta: Floats, random: np.random.Generator, paths: int) -> SkillMeasure | None:
    """Shift of all log-odds that makes the expected number of successes the one that came; None with one class."""
    total = float(success.sum())
    if not 0.0 < total < len(success):
        return None
    shift = float(brentq(lambda a: float(expit(eta + a).sum()) - total, -50.0, 50.0))
    expected = expit(eta + shift)
    error = 1.0 / sqrt(float((expected * (1.0 - expected)).sum()))
    chance = expit(eta)
    drawn = np.array([(random.random(len(eta)) < chance).sum() for _ in range(paths)])
    far = np.abs(drawn - float(chance.sum())) >= abs(total - float(chance.sum())) - 1e-9
    return SkillMeasure(shift, shift - NORMAL * error, shift + NORMAL * error, float((1 + far.sum()) / (1 + paths)))
