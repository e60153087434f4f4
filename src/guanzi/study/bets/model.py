"""Odds of public bets: five plain questions, a random intercept for each population, priors that are stated.

A bet's log-odds of success are ``a + u[population] + b · x``. A partial success counts half. The spread of the
populations is integrated over a grid; given it, the posterior is taken as normal around its mode (Laplace). Fitting and
forecasting draw nothing, so the same rows give the same odds.

References:
    Gelman, Hill: Data Analysis Using Regression and Multilevel/Hierarchical Models (2007), chapters 12 and 14.
    Tierney, Kadane: Accurate approximations for posterior moments and marginal densities. JASA 81 (1986).
    Gelman: Prior distributions for variance parameters in hierarchical models. Bayesian Analysis 1 (2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, ndtr

from guanzi.study.bets.answers import Floats

PRIOR_SLOPE = (0.0, 0.7)
"""Mean and deviation of each coefficient: neutral; a yes against a no hardly moves the odds by more than fourfold."""
PRIOR_LEVEL = (0.0, 1.5)
"""Of the pooled log-odds: from one in twenty to nineteen in twenty."""
SPREADS = tuple(np.linspace(0.1, 2.0, 10).tolist())
"""Deviations between populations over which is integrated."""
PRIOR_SPREAD = 0.8
"""Scale of the half-normal prior of that deviation."""
NODES, WEIGHTS = (np.asarray(part, dtype=np.float64) for part in np.polynomial.hermite_e.hermegauss(41))


@dataclass(frozen=True, slots=True)
class PosteriorPart:
    """The posterior at one spread of the populations: its weight, mode and covariance.

    ``mode`` holds level, slopes and the populations' own deviations, in this order.
    """

    weight: float
    spread: float
    mode: Floats
    covariance: Floats


@dataclass(frozen=True, slots=True)
class BetOdds:
    """What was learnt from settled bets.

    Attributes:
        questions: Number of slopes.
        populations: Their ids, in the order of their deviations.
        components: The posterior, by spread.
    """

    questions: int
    populations: tuple[str, ...]
    components: tuple[PosteriorPart, ...]

    def forecast(self, rows: Floats, populations: Sequence[str], base_rate: float | None = None) -> Floats:
        """Mean chance of success and its 90 % interval, at the bet's own level where its population is known.

        Args:
            rows: (bets, questions), see :func:`~guanzi.study.bets.answers.coded`.
            populations: Id of each bet's population; one that was not learnt from has the pooled level with its spread.
            base_rate: The chance, within (0, 1), of a bet of which nothing is answered, for unknown populations; it is
                taken as sure.

        Returns:
            (rows, 3): mean, 5 % and 95 % quantile of the chance.
        """
        design = self._design(rows, populations)
        unseen = np.array([name not in self.populations for name in populations], dtype=bool)
        told = unseen if base_rate is not None else np.zeros(len(design), dtype=bool)
        design[told, 0] = 0.0
        level = np.where(told, 0.0 if base_rate is None else logit(base_rate), 0.0)
        means, deviations = [], []
        for part in self.components:
            means.append(design @ part.mode + level)
            variance = np.einsum("ij,jk,ik->i", design, part.covariance, design)
            deviations.append(np.sqrt(variance + (unseen & ~told) * part.spread**2))
        weights = np.array([part.weight for part in self.components])
        return _mixed(np.array(means), np.maximum(deviations, 1e-9), weights)

    def draws(self, rows: Floats, populations: Sequence[str], paths: int, seed: int) -> Floats:
        """Chances of the bets drawn together, (paths, bets): bets of one unknown population share its drawn level."""
        random = np.random.default_rng(seed)
        design = self._design(rows, populations)
        strange = tuple(name for name in dict.fromkeys(populations) if name not in self.populations)
        shared = np.array([[float(name == other) for other in strange] for name in populations])
        weights = np.array([part.weight for part in self.components])
        chosen = random.choice(len(weights), size=paths, p=weights)
        normal = random.standard_normal((paths, design.shape[1]))
        own = random.standard_normal((paths, len(strange)))
        found = np.empty((paths, len(design)))
        for n, part in enumerate(self.components):
            at = chosen == n
            learnt = part.mode + normal[at] @ np.linalg.cholesky(part.covariance).T
            found[at] = learnt @ design.T + part.spread * (own[at] @ shared.reshape(len(design), len(strange)).T)
        return np.asarray(expit(found))

    @property
    def slopes(self) -> Floats:
        """Mean and deviation of each coefficient: (questions, 2)."""
        return self._moments(slice(1, self.questions + 1))

    @property
    def level(self) -> Floats:
        """Mean and deviation of the pooled log-odds: (1, 2)."""
        return self._moments(slice(0, 1))

    @property
    def spread(self) -> float:
        """Mean deviation between populations, in log-odds."""
        return sum(part.weight * part.spread for part in self.components)

    def _moments(self, where: slice) -> Floats:
        weight = np.array([part.weight for part in self.components])
        mean = np.array([part.mode[where] for part in self.components])
        variance = np.array([np.diag(part.covariance)[where] for part in self.components])
        middle = weight @ mean
        return np.column_stack([middle, np.sqrt(weight @ (variance + (mean - middle) ** 2))])

    def _design(self, rows: Floats, populations: Sequence[str]) -> Floats:
        own = [[float(name == other) for other in self.populations] for name in populations]
        return np.hstack([np.ones((len(rows), 1)), rows, np.array(own).reshape(len(rows), len(self.populations))])


def learn(rows: Floats, success: Floats, populations: Sequence[str]) -> BetOdds:
    """Learn from settled bets.

    Args:
        rows: (bets, questions), see :func:`~guanzi.study.bets.answers.coded`.
        success: 1 worked out, ½ partly, 0 failed.
        populations: Id of each bet's population.
    """
    names = tuple(dict.fromkeys(populations))
    own = np.array([[float(name == other) for other in names] for name in populations])
    design = np.hstack([np.ones((len(rows), 1)), rows, own])
    parts, evidence = [], []
    for spread in SPREADS:
        mode, covariance, log_evidence = _laplace(design, success, *_prior(rows.shape[1], len(names), spread))
        parts.append((spread, mode, covariance))
        evidence.append(log_evidence - 0.5 * (spread / PRIOR_SPREAD) ** 2)
    weights = np.exp(np.array(evidence) - max(evidence))
    weights /= weights.sum()
    components = tuple(PosteriorPart(float(w), *part) for w, part in zip(weights, parts, strict=True))
    return BetOdds(rows.shape[1], names, components)


def _prior(questions: int, populations: int, spread: float) -> tuple[Floats, Floats]:
    """Mean and deviation of level, slopes and deviations."""
    mean = np.array([PRIOR_LEVEL[0], *[PRIOR_SLOPE[0]] * questions, *[0.0] * populations])
    return mean, np.array([PRIOR_LEVEL[1], *[PRIOR_SLOPE[1]] * questions, *[spread] * populations])


def _laplace(design: Floats, success: Floats, mean: Floats, deviation: Floats) -> tuple[Floats, Floats, float]:
    """Mode, covariance and logarithm of the evidence of a logistic regression with a normal prior."""
    precision = np.diag(1.0 / deviation**2)
    mode = mean.copy()
    for _ in range(60):
        chance = expit(design @ mode)
        gradient = design.T @ (success - chance) - precision @ (mode - mean)
        hessian = (design.T * (chance * (1.0 - chance))) @ design + precision
        step = np.linalg.solve(hessian, gradient)
        mode = mode + step
        if np.abs(step).max() < 1e-10:
            break
    eta = design @ mode
    likelihood = float(np.sum(success * eta - np.logaddexp(0.0, eta)))
    shrunk = float(np.sum((mode - mean) ** 2 / deviation**2))
    log_evidence = likelihood - 0.5 * (shrunk + np.linalg.slogdet(hessian)[1]) - float(np.log(deviation).sum())
    return mode, np.linalg.inv(hessian), log_evidence


def _mixed(means: Floats, deviations: Floats, weights: Floats) -> Floats:
    """Mean and 90 % interval of the chance whose log-odds are a mixture of normals: (rows, 3)."""
    eta = means[..., None] + deviations[..., None] * NODES
    found = [weights @ (expit(eta) @ WEIGHTS / WEIGHTS.sum())]
    for share in (0.05, 0.95):
        low, high = (means - 8 * deviations).min(axis=0), (means + 8 * deviations).max(axis=0)
        for _ in range(60):
            middle = (low + high) / 2
            below = weights @ ndtr((middle - means) / deviations)
            low, high = np.where(below < share, middle, low), np.where(below < share, high, middle)
        found.append(expit((low + high) / 2))
    return np.column_stack(found)
