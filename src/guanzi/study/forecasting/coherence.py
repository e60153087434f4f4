"""Weights of paths that agree with the prices of the day and change the model as little as they can.

Of all weights under which the constrained means come out, those of least relative entropy to equal weights. They are
an exponential tilt; its multipliers minimise the convex dual log E exp(λ·(g − c)) + ½ Σ σ²λ², by Newton's method.
A mean that may lie anywhere between two ends pulls only where it would lie beyond them, and then at the nearer end.

References:
    Kullback: Information Theory and Statistics (1959).
    Avellaneda, Buff, Friedman, Grandechamp, Kruk, Newman: Weighted Monte Carlo: a new technique for calibrating
    asset-pricing models. International Journal of Theoretical and Applied Finance 4 (2001), 91-119.
    Kish: Survey Sampling (1965): effective sample size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
        width: How far the mean may lie from the target on either side, in its unit, such as half the distance of bid
            and ask. 0: the target is a point.
    """

    name: str
    values: Floats
    target: float
    slack: float = 0.0
    width: float = 0.0

    @property
    def ends(self) -> tuple[float, float]:
        """Between which the mean may lie."""
        return self.target - self.width, self.target + self.width


@dataclass(frozen=True, slots=True, eq=False)
class Coherence:
    """Weights with what they cost.

    Attributes:
        weights: Of the paths; they sum to 1.
        multipliers: Constraint to λ per unit of its value: which way, and how hard, it pulls.
        before: Constraint to the mean under equal weights.
        after: Constraint to the weighted mean.
        residuals: Constraint to weighted mean less target; with a width, what lies beyond the nearer end.
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
    outside = [_outside(c) for c in constraints if not c.slack and not _reached(c)]
    if outside:
        raise InvalidInput(outside)
    multipliers, weights = _between(constraints)
    ess = effective_sample_size(weights)
    share = ess / len(weights)
    if share < least:
        cause = Message.of("forecasting.coherence.thin", ess=share, least=least, n=len(weights))
        raise InvalidInput(Problem(cause, Place(""), Message.of("forecasting.coherence.thin.mend")))
    after = {c.name: float(c.values @ weights) for c in constraints}
    return Coherence(
        weights=weights,
        multipliers={c.name: multipliers.get(c.name, 0.0) for c in constraints},
        before={c.name: float(np.mean(c.values)) for c in constraints},
        after=after,
        residuals={c.name: after[c.name] - min(max(after[c.name], c.ends[0]), c.ends[1]) for c in constraints},
        ess=ess,
        ess_share=share,
        divergence=relative_entropy(weights),
    )


def _between(constraints: Sequence[Constraint]) -> tuple[dict[str, float], Floats]:
    """Multipliers by name and weights: points are met, ends only where a mean would lie beyond them.

    The problem is convex. Ends are held one after the other, the one that is missed by most deviations first; an end
    whose multiplier pushes the mean outwards is let go again. When none is missed and none pushes outwards, the
    conditions of Karush, Kuhn and Tucker hold.
    """
    held: dict[str, float] = {c.name: c.target for c in constraints if not c.width}
    loose = {c.name: c for c in constraints if c.width}
    paths = len(constraints[0].values)
    for _ in range(STEPS):
        asked = [replace(c, target=held[c.name], width=0.0) for c in constraints if c.name in held]
        multipliers, weights = _solved(asked) if asked else ({}, np.full(paths, 1.0 / paths))
        wrong = [name for name in held if name in loose and multipliers[name] * _inwards(loose[name], held[name]) < 0.0]
        missed = {c.name: _beyond(c, weights) for c in loose.values() if c.name not in held}
        worst = max(missed, key=lambda name: missed[name], default=None)
        if wrong:
            del held[wrong[0]]
        elif worst is not None and missed[worst] > TOLERANCE:
            low, high = loose[worst].ends
            held[worst] = low if float(loose[worst].values @ weights) < low else high
        else:
            break
    return multipliers, weights


def _inwards(c: Constraint, end: float) -> float:
    """The sign of a multiplier that pulls the mean from beyond an end back to it."""
    return 1.0 if end < c.target else -1.0


def _beyond(c: Constraint, weights: Floats) -> float:
    """How far a mean lies beyond its ends, in standard deviations over paths."""
    mean, (low, high) = float(c.values @ weights), c.ends
    return max(low - mean, mean - high, 0.0) / (float(c.values.std()) or 1.0)


def _solved(constraints: Sequence[Constraint]) -> tuple[dict[str, float], Floats]:
    """Multipliers by name and weights under which all targets are met."""
    values = np.array([c.values for c in constraints], np.float64)
    targets = np.array([c.target for c in constraints])
    slack = np.array([c.slack for c in constraints])
    spread = values.std(axis=1)
    spread = np.where(spread > 0.0, spread, np.maximum(np.abs(targets), 1.0))
    gaps = (values - targets[:, None]) / spread[:, None]
    found = _newton(gaps, slack / spread)
    names = tuple(c.name for c in constraints)
    if found is None:
        told = tuple(quote_name(name) for name in names)
        cause = Message.of("forecasting.coherence.together", names=told, n=len(names))
        raise InvalidInput(Problem(cause, Place(""), Message.of("forecasting.coherence.together.mend")))
    return dict(zip(names, (found / spread).tolist(), strict=True)), _tilted(found, gaps)[1]


def _reached(c: Constraint) -> bool:
    """Whether some path lies on each side of the target, or all of them on it or between its ends."""
    (low, high), (least, most) = (float(np.min(c.values)), float(np.max(c.values))), c.ends
    if low == high or not c.width:
        return least <= low == high <= most or low < c.target < high
    return low < most and least < high


def _outside(c: Constraint) -> Problem:
    cause = Message.of(
        "forecasting.coherence.outside",
        name=quote_name(c.name), target=c.target, low=float(np.min(c.values)), high=float(np.max(c.values)),
    )  # fmt: skip
    return Problem(cause, Place(""), Message.of("forecasting.coherence.outside.mend"), excerpt=c.name)


def _tilted(multipliers: Floats, gaps: Floats) -> tuple[float, Floats]:
    """Log E exp(λ·gap), and the weights of the tilt."""
    x = multipliers @ gaps
    top = float(x.max())
    w = np.exp(x - top)
    total = float(w.sum())
    return top + float(np.log(total / len(w))), w / total


def quote_name(name: str) -> Message:
    """What a quote is called: the value of the company, distress within some years, or a debt of it by its name."""
    kind, _, rest = name.partition("_")
    if name == "market_value":
        return Message.of("forecasting.quote.market_value")
    if kind == "distress":
        return Message.of("forecasting.quote.distress", years=int(rest.removesuffix("y")))
    return Message.of("forecasting.quote.debt", name=rest or name)


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
