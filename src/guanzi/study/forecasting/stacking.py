"""Weights of a pool, learnt on other companies by proper scores and drawn towards equal ones.

For each company the weights are those that would have scored best on all others, drawn to equal weights as if ``prior``
further companies had shown no difference between members: the mean of a Dirichlet law with that many pseudo-companies.
How strong that is has to be stated before outcomes are opened. Pools are then scored with weights that never saw the
company, beside each member.

References:
    Wolpert: Stacked generalization. Neural Networks 5 (1992).
    Yao, Vehtari, Simpson, Gelman: Using stacking to average Bayesian predictive distributions. Bayesian Analysis 13
    (2018), 917-1007.
    Hall, Mitchell: Combining density forecasts. International Journal of Forecasting 23 (2007).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from guanzi.study.forecasting.bootstrap import BootstrapEstimate, estimate_mean
from guanzi.study.forecasting.pools import expit, logit
from guanzi.study.forecasting.quantiles import LEVELS, Floats, Quantiles
from guanzi.study.forecasting.simplex import least_on_simplex

PRIOR = 20.0
"""Companies without any difference between members that equal weights are worth; a judgement, made beforehand."""


class Losses(Protocol):
    """Scores of a pool, figure by figure, as convex functions of its weights."""

    members: int

    def at(self, weights: Floats) -> tuple[Floats, Floats]:
        """Scores (figures), and their slopes (figures, members)."""


class LinearLosses:
    """CRPS of linear pools of distributions: w′Gw each.

    Args:
        products: G for each figure: (figures, members, members).
    """

    def __init__(self, products: Floats) -> None:
        self.products, self.members = products, products.shape[1]

    def at(self, weights: Floats) -> tuple[Floats, Floats]:
        """See :class:`Losses`."""
        slopes = self.products @ weights
        return slopes @ weights, 2.0 * slopes

    @classmethod
    def of_distributions(
        cls, forecasts: Sequence[Sequence[Quantiles]], observed: ArrayLike, scales: ArrayLike | None = None
    ) -> LinearLosses:
        """Of figures that came, with the distributions of all members for each.

        Args:
            forecasts: For each figure, its members in the same order.
            observed: What came.
            scales: By which each score is divided, so that large companies do not decide alone; known beforehand.
        """
        y = np.asarray(observed, np.float64)
        s = np.ones(len(y)) if scales is None else np.asarray(scales, np.float64)
        return cls(np.array([_crps_products(f, float(a)) / b for f, a, b in zip(forecasts, y, s, strict=True)]))


class QuantileLosses:
    """CRPS of quantile pools: twice the mean pinball loss at these levels.

    Args:
        forecasts: For each figure, the distributions of its members in the same order.
        observed: What came.
        scales: By which each score is divided; known beforehand.
    """

    def __init__(
        self, forecasts: Sequence[Sequence[Quantiles]], observed: ArrayLike, scales: ArrayLike | None = None
    ) -> None:
        y = np.asarray(observed, np.float64)
        s = np.ones(len(y)) if scales is None else np.asarray(scales, np.float64)
        values = np.array([[m.at(LEVELS) for m in members] for members in forecasts])
        self.values, self.observed = values / s[:, None, None], y / s
        self.members = values.shape[1]

    def at(self, weights: Floats) -> tuple[Floats, Floats]:
        """See :class:`Losses`."""
        gaps = self.observed[:, None] - np.einsum("m,fml->fl", weights, self.values)
        slopes = np.where(gaps >= 0.0, LEVELS, LEVELS - 1.0)
        return 2.0 * np.mean(slopes * gaps, axis=1), -2.0 * np.einsum("fl,fml->fm", slopes, self.values) / len(LEVELS)


class LogOddsLosses:
    """Log scores of log-odds pools.

    Args:
        probabilities: Of all members: (figures, members).
        outcomes: 0 or 1.
        sharpness: See :func:`guanzi.study.forecasting.pools.log_odds_probability`.
    """

    def __init__(self, probabilities: ArrayLike, outcomes: ArrayLike, sharpness: float = 1.0) -> None:
        self.odds, self.outcomes = sharpness * logit(probabilities), np.asarray(outcomes, np.float64)
        self.members = self.odds.shape[1]

    def at(self, weights: Floats) -> tuple[Floats, Floats]:
        """See :class:`Losses`."""
        x = self.odds @ weights
        scores = np.logaddexp(0.0, x) - self.outcomes * x
        return scores, (expit(x) - self.outcomes)[:, None] * self.odds


@dataclass(frozen=True, slots=True)
class Stacked:
    """Weights of a pool, and how it did with weights from other companies.

    Attributes:
        weights: From all companies: for a new one.
        left_out: Company to the weights from all others.
        pooled: Mean score of the pool, each company with its ``left_out`` weights; below is better.
        members: Mean score of each member.
        best: Which member scored best, chosen after the fact: the hardest comparison.
        excess: Mean score of the pool less that of ``best``. An interval that holds 0: no worse but by chance.
        scores: Of the pool, figure by figure.
        gap: By how much the mean score with the best weights might be lower still: the accuracy of the search.
    """

    weights: Floats
    left_out: Mapping[str, Floats]
    pooled: BootstrapEstimate
    members: tuple[BootstrapEstimate, ...]
    best: int
    excess: BootstrapEstimate
    scores: Floats
    gap: float


def stack(losses: Losses, companies: Sequence[str], prior: float = PRIOR, seed: int = 1) -> Stacked:
    """Learn the weights of a pool, leave one company out at a time, and say how the pool does beside its members.

    Args:
        losses: Scores of the pool for each figure.
        companies: Whose figure each is.
        prior: How many companies equal weights are worth.
        seed: Of the bootstrap over companies.
    """
    of = np.array(companies)
    names = list(dict.fromkeys(companies))
    weights, gap = _learnt(losses, np.ones(len(of), bool), len(names), prior)
    scores = np.empty(len(of))
    left_out: dict[str, Floats] = {}
    for name in names:
        mine = of == name
        left_out[name], far = _learnt(losses, ~mine, len(names) - 1, prior)
        gap = max(gap, far)
        scores[mine] = losses.at(left_out[name])[0][mine]
    alone = [losses.at(row)[0] for row in np.eye(losses.members)]
    best = int(np.argmin([x.mean() for x in alone]))
    return Stacked(
        weights=weights,
        left_out=left_out,
        pooled=estimate_mean(scores, companies, seed),
        members=tuple(estimate_mean(x, companies, seed) for x in alone),
        best=best,
        excess=estimate_mean(scores - alone[best], companies, seed),
        scores=scores,
        gap=gap,
    )


def _learnt(losses: Losses, used: Floats | np.ndarray, companies: int, prior: float) -> tuple[Floats, float]:
    """The best weights on some figures, drawn to equal ones; and the gap of the search."""
    equal = np.full(losses.members, 1.0 / losses.members)
    if not companies:
        return equal, 0.0

    def mean(weights: Floats) -> tuple[float, Floats]:
        scores, slopes = losses.at(weights)
        return float(scores[used].mean()), np.asarray(slopes[used].mean(axis=0), np.float64)

    found = least_on_simplex(mean, losses.members)
    return (companies * found.weights + prior * equal) / (companies + prior), found.gap


def _crps_products(members: Sequence[Quantiles], observed: float) -> Floats:
    """∫ (Fᵢ(x) − 1{y ≤ x}) (Fⱼ(x) − 1{y ≤ x}) dx over all pairs: between knots both are lines, so Simpson is exact."""
    x = np.unique(np.concatenate([*(m.values for m in members), [observed]]))
    step = np.diff(x)
    came = (x[:-1] >= observed).astype(np.float64)
    start = np.array([m.below(x[:-1]) for m in members]) - came
    end = np.array([m.below(x[1:], strictly=True) for m in members]) - came
    middle = (start + end) / 2.0
    weights = (start * step, 4.0 * middle * step, end * step)
    return np.asarray(sum(a @ b.T for a, b in zip(weights, (start, middle, end), strict=True)) / 6.0, np.float64)
