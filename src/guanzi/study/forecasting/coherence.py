"""Weights of paths that agree with the prices of the day and change the model as little as they can.

Of all weights under which the constrained means come out, those of least relative entropy to equal weights. They are
an exponential tilt; its multipliers minimise the convex dual log E exp(λ·(g − c)) + ½ Σ σ²λ², by Newton's method.

References:
    Kullback: Information Theory and Statistics (1959).
    Avellaneda, Buff, Friedman, Grandechamp, Kruk, Newman: Weighted Monte Carlo: a new technique for calibrating
    asset-pricing models. International Journal of Theoretical and Applied Finance 4 (2001), 91-119.
    Kish: Survey Sampling (1965): effective sample size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.study.forecasting.quantiles import Floats

LEAST_ESS = 0.05
"""Below this share of the paths the weights rest on too few of them, and are refused."""
TOLERANCE = 1e-9
"""Of the means, in standard deviations of the constrained quantity over paths."""
STEPS = 200
ARMIJO = 1e-4
RIDGE = 1e-12
LEAST_STEP = 1e-12
FLAT = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Constraint:
    """The mean over paths that a price, a quote or a rate of the day asks for.

    Attributes:
        name: Of what; shown.
        values: What each path gives, such as discounted equity, or 1 where the company fails.
        target: What the weighted mean is to be.
        slack: Standard deviation of the target, in its unit: how far off a quote may be. 0: to be met exactly.
    """

    name: str
    values: Floats
    target: float
    slack: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Coherence:
    """Weights with what they cost.

    Attributes:
        weights: Of the paths; they sum to 1.
        multipliers: Constraint to λ per unit of its value: which way, and how hard, it pulls.
        before: Constraint to the mean under equal weights.
        after: Constraint to the weighted mean.
        residuals: Constraint to weighted mean less target.
        ess: Effective sample size, in paths.
        ess_share: The same as a share of the paths.
        divergence: Relative entropy to equal weights, in nats; 0 if nothing had to change.
    """

    weights: Floats
    multipliers: dict[str, float]
    before: dict[str, float]
    after: dict[str, float]
    residuals: dict[str, float]
    ess: float
    ess_share: float
    divergence: float


def effective_sample_size(weights: Floats) -> float:
    """Kish's: the number of paths of equal weight that are as good for a mean.

    >>> effective_sample_size(np.array([0.5, 0.5, 0.0]))
    2.0
    """
    w = weights / weights.max()
    return float(w.sum() ** 2 / (w @ w))


def relative_entropy(weights: Floats) -> float:
    """Divergence of weights from equal ones, in nats.

    >>> round(relative_entropy(np.array([0.5, 0.5, 0.0, 0.0])), 6)
    0.693147
    """
    w = weights / weights.sum()
    w = w[w > 0.0]
    return max(float(w @ np.log(w * len(weights))), 0.0)


def coherent(constraints: Sequence[Constraint], least: float = LEAST_ESS) -> Coherence:
    """Weights of least relative entropy under which the means are as asked.

    Args:
        constraints: At least one; all of the same number of paths.
        least: The effective sample size that is needed, as a share of the paths.

    Raises:
        InvalidInput: Each mean alone, or all together, lie beyond what any path gives; or the weights would rest on
            less than ``least`` of the paths. All constraints that no path allows are told at once.
        ValueError: No constraints, or values that are not finite, or of different numbers of paths.
    """
    if not constraints or not all(np.all(np.isfinite(c.values)) and len(c.values) for c in constraints):
        raise ValueError("weights need constraints, and of each a finite value for every path")
    values = np.array([c.values for c in constraints], np.float64)
    targets = np.array([c.target for c in constraints])
    slack = np.array([c.slack for c in constraints])
    outside = [_outside(c) for c in constraints if not c.slack and not _reached(c)]
    if outside:
        raise InvalidInput(outside)
    spread = values.std(axis=1)
    spread = np.where(spread > 0.0, spread, np.maximum(np.abs(targets), 1.0))
    gaps = (values - targets[:, None]) / spread[:, None]
    multipliers = _newton(gaps, slack / spread)
    names = tuple(c.name for c in constraints)
    if multipliers is None:
        cause = Message.of("forecasting.coherence.together", names=names, n=len(names))
        raise InvalidInput(Problem(cause, Place(""), Message.of("forecasting.coherence.together.mend")))
    weights = _tilted(multipliers, gaps)[1]
    ess = effective_sample_size(weights)
    share = ess / len(weights)
    if share < least:
        cause = Message.of("forecasting.coherence.thin", ess=share, least=least, n=len(weights))
        raise InvalidInput(Problem(cause, Place(""), Message.of("forecasting.coherence.thin.mend")))
    after = values @ weights
    return Coherence(
        weights=weights,
        multipliers=dict(zip(names, (multipliers / spread).tolist(), strict=True)),
        before=dict(zip(names, values.mean(axis=1).tolist(), strict=True)),
        after=dict(zip(names, after.tolist(), strict=True)),
        residuals=dict(zip(names, (after - targets).tolist(), strict=True)),
        ess=ess,
        ess_share=share,
        divergence=relative_entropy(weights),
    )


def _reached(c: Constraint) -> bool:
    """Whether some path lies on each side of the target, or all of them on it."""
    low, high = float(np.min(c.values)), float(np.max(c.values))
    return low < c.target < high or low == c.target == high


def _outside(c: Constraint) -> Problem:
    cause = Message.of(
        "forecasting.coherence.outside",
        name=c.name, target=c.target, low=float(np.min(c.values)), high=float(np.max(c.values)),
    )  # fmt: skip
    return Problem(cause, Place(""), Message.of("forecasting.coherence.outside.mend"), excerpt=c.name)


def _tilted(multipliers: Floats, gaps: Floats) -> tuple[float, Floats]:
    """Log E exp(λ·gap), and the weights of the tilt."""
    x = multipliers @ gaps
    top = float(x.max())
    w = np.exp(x - top)
    total = float(w.sum())
    return top + float(np.log(total / len(w))), w / total


def _newton(gaps: Floats, slack: Floats) -> Floats | None:
    """Multipliers of the tilt; None where no weights meet all constraints.

    If some weights did, minus the dual could not exceed their relative entropy, and that is at most log of the number
    of paths: a dual below −log n proves that there are none.
    """
    m, n = gaps.shape
    at = np.zeros(m)
    dual, slope, weights = _dual(at, gaps, slack)
    for _ in range(STEPS):
        error = float(np.abs(slope).max())
        if error <= TOLERANCE:
            return at
        if dual < -np.log(n) - 1e-9:
            return None
        centred = gaps - (gaps @ weights)[:, None]
        curve = (centred * weights) @ centred.T + np.diag(slack**2)
        curve += RIDGE * max(float(np.trace(curve)), RIDGE) * np.eye(m)
        way = -np.linalg.lstsq(curve, slope, rcond=None)[0]
        falls, size = float(slope @ way), 1.0
        while size > LEAST_STEP:
            tried = at + size * way
            value, tilt, w = _dual(tried, gaps, slack)
            if value <= dual + ARMIJO * size * falls:
                break
            # Close to the end the value is flat to the last bit, and only the slope still tells better from worse.
            if value - dual <= FLAT * max(abs(dual), 1.0) and float(np.abs(tilt).max()) < error:
                break
            size /= 2.0
        else:
            return None
        at, dual, slope, weights = tried, value, tilt, w
    return None


def _dual(at: Floats, gaps: Floats, slack: Floats) -> tuple[float, Floats, Floats]:
    """The dual and its slope at these multipliers, and the weights of their tilt."""
    value, weights = _tilted(at, gaps)
    return value + 0.5 * float(slack**2 @ at**2), gaps @ weights + slack**2 * at, weights
