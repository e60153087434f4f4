"""A forecast that has learnt from what happened: the same paths, weighted by how well they agree with it.

A path that was drawn at signing gets weight by how near it comes to three things that a company reports: its volume in
the last quarter, its growth on the same quarter of the year before, and its liquid funds. They stand for the whole
past: a company goes on from where it is, as fast as it grew, for as long as its money lasts. Weighing paths by every
single figure would leave none after a year (the curse of static paths), and would say little more.

The kernel is Gaussian, in logarithms; its width is the rule of Silverman (1986) for the spread of the forecast of
signing. Nothing in it was fitted to a case. Paths are not moved towards what happened: where nothing like it was drawn,
too few are left, and the forecast is refused; a new one has to start from the figures of the day.

References:
    Silverman: Density Estimation for Statistics and Data Analysis (1986), section 4.3.2.
    Beaumont, Zhang, Balding: Approximate Bayesian computation in population genetics. Genetics 162 (2002), 2025-2035.
    Fearnhead, Prangle: Constructing summary statistics for approximate Bayesian computation. Journal of the Royal
    Statistical Society B 74 (2012), 419-474.
    Kish: Survey Sampling (1965): effective sample size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from guanzi.base.core import Message
from guanzi.study.forecasting.coherence import effective_sample_size
from guanzi.study.forecasting.quantiles import Floats, quantiles_of

LEAST_PATHS = 500
"""Effective paths below which weights are refused: the standard error of a 5 % quantile is then one point."""
VOLUMES = ("units", "revenue")
"""What volume is read from, the first that was reported."""
FUNDS = "cash"
BAND, MIDDLE = np.array([0.05, 0.25, 0.5, 0.75, 0.95]), np.array([0.25, 0.75])


@dataclass(frozen=True, slots=True)
class Actual:
    """A figure that was reported.

    Attributes:
        quantity: What of: the name of a row of the paths.
        step: The step of the deal at whose end, or over which, it holds.
        value: In the unit of the paths.
        facts: Ids of the facts behind it.
    """

    quantity: str
    step: int
    value: float
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surprise:
    """How a reported figure lay in the forecast that stood before it.

    Attributes:
        actual: The figure.
        low, lower, middle, upper, high: 5, 25, 50, 75 and 95 % quantiles of the forecast.
        below: Share of the forecast that lies below the figure.
        effective: Effective number of paths before it.
    """

    actual: Actual
    low: float
    lower: float
    middle: float
    upper: float
    high: float
    below: float
    effective: float

    @property
    def chance(self) -> float:
        """How often a figure as far out, on either side, was to be expected: from 0 to 1."""
        return 2.0 * min(self.below, 1.0 - self.below)


@dataclass(frozen=True, slots=True, eq=False)
class Conditioned:
    """Weights of the paths after what was reported.

    Attributes:
        weights: Of the paths, summing to 1; where they are refused, those of before anything was reported.
        effective: Effective number of paths that agree with what was reported; 0: none does.
        surprises: Of each figure, in order, against the forecast that had learnt from those before it.
        used: The figures by which paths were weighed.
        refused: Why they were not; None: they were, or nothing was reported.
    """

    weights: Floats
    effective: float
    surprises: tuple[Surprise, ...]
    used: tuple[Actual, ...]
    refused: Message | None


def condition(
    paths: Mapping[str, Floats],
    actuals: Sequence[Actual],
    prior: Floats | None = None,
    *,
    per_year: int = 4,
    least: float = LEAST_PATHS,
) -> Conditioned:
    """Weigh paths by what was reported.

    Args:
        paths: Quantity to its values: (steps, paths).
        actuals: What was reported, in any order.
        prior: Weights before anything was reported; None: all alike.
        per_year: Steps of a year.
        least: Effective paths that must be left.

    Raises:
        KeyError: A figure of a quantity that the paths do not have.
    """
    first = next(iter(paths.values()))
    n = first.shape[1]
    before = np.full(n, 1.0 / n) if prior is None else np.asarray(prior, np.float64) / float(np.sum(prior))
    held = sorted((a for a in actuals if a.step < len(first)), key=lambda a: (a.step, a.quantity))
    weights, effective = before, effective_sample_size(before)
    used: tuple[Actual, ...] = ()
    surprises: list[Surprise] = []
    refused: Message | None = None
    for step in sorted({a.step for a in held}):
        surprises += [_surprise(paths[a.quantity][step], weights, a) for a in held if a.step == step]
        used = _observed([a for a in held if a.step <= step])
        tried = _weighed(paths, used, held, before, per_year)
        effective = 0.0 if tried is None else effective_sample_size(tried)
        thin = tried is None or effective < least
        refused = Message.of("forecasting.conditioning.thin", left=effective, least=least, paths=n) if thin else None
        weights = before if tried is None or thin else tried
    return Conditioned(weights, effective, tuple(surprises), used, refused)


def _observed(actuals: Sequence[Actual]) -> tuple[Actual, ...]:
    """The figures that stand for the past: the last volume and the last liquid funds."""
    volume = next((name for name in VOLUMES if any(a.quantity == name for a in actuals)), None)
    last = {a.quantity: a for a in actuals}
    return tuple(last[name] for name in (volume, FUNDS) if name in last)


def _weighed(
    paths: Mapping[str, Floats], used: Sequence[Actual], held: Sequence[Actual], before: Floats, per_year: int
) -> Floats | None:
    """Weights by the figures that tell, and by the growth of the volume; None: no path agrees with them."""
    known = {(a.quantity, a.step): a.value for a in held}
    rows: list[tuple[Floats, float]] = []
    for a in used:
        values = paths[a.quantity]
        rows.append((_log(values[a.step]), _log_of(a.value)))
        earlier = known.get((a.quantity, a.step - per_year))
        if a.quantity in VOLUMES and earlier is not None and earlier > 0.0:
            now, then = values[a.step], values[a.step - per_year]
            grown = np.divide(now, then, out=np.zeros_like(now), where=then > 0.0)
            rows.append((_log(grown), _log_of(a.value / earlier)))
    agrees = before > 0.0
    for values, target in rows:
        agrees &= np.isfinite(values) if np.isfinite(target) else values == target
    if not agrees.any():
        return None
    open_ = [(values[agrees], target) for values, target in rows if np.isfinite(target)]
    own = before[agrees]
    width = bandwidth(effective_sample_size(own), max(len(open_), 1))
    pull = np.zeros(len(own))
    for values, target in open_:
        spread = width * _spread(values, own)
        if spread > 0.0:
            pull -= 0.5 * ((values - target) / spread) ** 2
    found = np.zeros_like(before)
    found[agrees] = own * np.exp(pull - pull.max())
    total = float(found.sum())
    return found / total if total > 0.0 else None


def _log(values: Floats) -> Floats:
    """Logarithms; that of nought is minus infinity, and of what is not positive, too."""
    logs: Floats = np.log(values, out=np.full(values.shape, -np.inf), where=values > 0.0)
    return logs


def _log_of(value: float) -> float:
    return float(np.log(value)) if value > 0.0 else -np.inf


def bandwidth(count: float, dimensions: int) -> float:
    """Width of the kernel in standard deviations: (4 / (n (d + 2)))^(1 / (d + 4)), the rule of Silverman.

    >>> round(bandwidth(1_000, 1), 3)
    0.266
    """
    return float((4.0 / (count * (dimensions + 2.0))) ** (1.0 / (dimensions + 4.0)))


def _spread(values: Floats, weights: Floats) -> float:
    """The smaller of standard deviation and what the middle half says of it: heavy tails do not widen the kernel."""
    mean = float(values @ weights / weights.sum())
    deviation = float(np.sqrt(((values - mean) ** 2) @ weights / weights.sum()))
    low, high = quantiles_of(values, MIDDLE, weights).values
    robust = (high - low) / 1.349
    return min(deviation, robust) if robust > 0.0 else deviation


def _surprise(values: Floats, weights: Floats, actual: Actual) -> Surprise:
    low, lower, middle, upper, high = (float(x) for x in quantiles_of(values, BAND, weights).values)
    below = float(weights[values < actual.value].sum() + 0.5 * weights[values == actual.value].sum())
    return Surprise(actual, low, lower, middle, upper, high, below, effective_sample_size(weights))
