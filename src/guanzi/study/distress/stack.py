"""Weights of the members and calibration of their sum, in one small logistic regression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize
from scipy.special import expit

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]

#: Strength of the pull of the weights towards the plain mean of the members; worth this many firms.
PULL = 2.0


@dataclass(frozen=True, slots=True)
class Stack:
    """Calibrated log-odds = constant + boosted x mean of the boosters + plain x logit.

    Attributes:
        constant, boosted, plain: As in the formula; the weights are not negative, so no member is read upside down.
    """

    constant: float
    boosted: float
    plain: float

    def log_odds(self, boosted: Floats, plain: Floats) -> Floats:
        """Calibrated log-odds of rows."""
        return self.constant + self.boosted * boosted + self.plain * plain

    @classmethod
    def fit(cls, boosted: Floats, plain: Floats, failed: Flags) -> tuple[Stack, float]:
        """Fit on log-odds of rows that the members had not seen.

        Returns:
            The stack, and the mean log-loss that it reaches.
        """
        boosted, plain = np.clip(boosted, -30, 30), np.clip(plain, -30, 30)
        design = np.column_stack([np.ones(len(failed)), boosted, plain])
        sign = np.where(failed, 1.0, -1.0)

        def loss(w: Floats) -> tuple[float, Floats]:
            margin = sign * (design @ w)
            slope = -(sign * expit(-margin)) @ design
            away = w[1:] - 0.5
            slope[1:] += PULL * away
            return float(np.logaddexp(0, -margin).sum() + PULL * (away @ away) / 2), slope

        start = np.array([0.0, 0.5, 0.5])
        bounds = [(None, None), (0, None), (0, None)]
        w = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-12}).x
        error = float(np.logaddexp(0, -sign * (design @ w)).mean())
        return cls(float(w[0]), float(w[1]), float(w[2])), error

    @classmethod
    def best(cls, by_rounds: Floats, plain: Floats, failed: Flags, *, honest: bool) -> tuple[Stack, int]:
        """The stack and the number of trees with the least log-loss.

        Args:
            by_rounds: Mean log-odds of the boosters by number of trees, shape (choices, rows).
            plain: Log-odds of the logit.
            failed: Labels.
            honest: The members had not seen the rows. If they had, because there are too few rows for inner folds,
                nothing can be learnt from them: half the mean of the fewest trees and the logit, moved to the share.
        """
        if not honest:
            odds = 0.25 * by_rounds[0] + 0.25 * plain
            constant = brentq(lambda shift: float(expit(odds + shift).mean() - failed.mean()), -60, 60)
            return cls(float(constant), 0.25, 0.25), 0
        fits = [cls.fit(boosted, plain, failed) for boosted in by_rounds]
        best = min(range(len(fits)), key=lambda i: fits[i][1])
        return fits[best][0], best
