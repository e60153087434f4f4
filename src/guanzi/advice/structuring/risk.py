"""The tail of a whole and what each part adds to it; concentration; how many independent bets a whole amounts to.

The conditional value at risk of a sum is homogeneous of degree one in its parts. So by Euler it is the sum of the
marginal contributions of the parts: their mean losses in the futures in which the whole loses most (Tasche).

References:
    Tasche: Risk contributions and performance measurement. Technical University of Munich (1999).
    Rockafellar, Uryasev: Conditional value-at-risk for general loss distributions. Journal of Banking and Finance 26
        (2002): the tail where several futures lose the same.
    Glasserman: Measuring marginal risk contributions in credit portfolios. Journal of Computational Finance 9 (2005).
    Choueifaty, Coignard: Toward maximum diversification. Journal of Portfolio Management 35 (2008).
    Herfindahl: Concentration in the steel industry. Columbia University (1950).
"""

from __future__ import annotations

from math import ceil, nan, sqrt

import numpy as np

from guanzi.advice.structuring.measures import TAIL, Estimate, Floats

BATCHES = 20
"""Batches of paths from whose spread the standard error of a contribution is taken."""


def tail_weights(losses: Floats) -> Floats:
    """Weights of the futures whose weighted mean is the tail: the worst 5 %, ties shared evenly; they sum to one.

    >>> w = tail_weights(np.arange(40.0))
    >>> float((w * np.arange(40.0)).sum()), float(w.sum())
    (38.5, 1.0)
    """
    n = len(losses)
    q = np.sort(losses)[min(ceil((1.0 - TAIL) * n) - 1, n - 1)]
    above, at = losses > q, losses == q
    weights: Floats = above / (TAIL * n)
    left = 1.0 - np.count_nonzero(above) / (TAIL * n)
    weights[at] = left / np.count_nonzero(at)
    return weights


def contributions(parts: Floats) -> tuple[Estimate, ...]:
    """What each part adds to the tail of the sum: (parts, futures) of losses to estimates that add up to the tail.

    Standard errors are those of batch means; they are NaN where there are too few futures for batches.
    """
    n = parts.shape[1]
    means = _contributed(parts)
    size = n // BATCHES
    if size * TAIL < 1.0:
        return tuple(Estimate(float(x), nan) for x in means)
    batches = np.array([_contributed(parts[:, i * size : (i + 1) * size]) for i in range(BATCHES)])
    errors = batches.std(axis=0, ddof=1) / sqrt(BATCHES)
    return tuple(Estimate(float(x), float(e)) for x, e in zip(means, errors, strict=True))


def _contributed(parts: Floats) -> Floats:
    weights = tail_weights(parts.sum(axis=0))
    found: Floats = (parts * weights).sum(axis=1)
    return found


def independent_bets(parts: Floats) -> float:
    """How many equal independent bets spread as much: the squared diversification ratio; NaN without spread.

    >>> x = np.array([-1.0, 1.0, -1.0, 1.0])
    >>> independent_bets(np.array([x, x])), independent_bets(np.array([x, [-1.0, -1.0, 1.0, 1.0]]))
    (1.0, 2.0)
    """
    spread = float(parts.sum(axis=0).var())
    return float(parts.std(axis=1).sum()) ** 2 / spread if spread > 0.0 else nan


def herfindahl(shares: tuple[float, ...]) -> float:
    """Sum of squared shares: 1 when all is in one, 1/n when it is spread evenly over n; NaN when there is nothing.

    >>> herfindahl((0.5, 0.5))
    0.5
    """
    return sum(x * x for x in shares) if shares else nan
