"""Adoption of a new product: the diffusion model of Bass (1969), with what a short series leaves open.

A share p of those who have not bought buys by itself, and q times the share that has bought is talked into it. Sales of
a period are ``m [F(t) − F(t−1)]`` with ``F(t) = (1 − e^−(p+q)t) / (1 + (q/p) e^−(p+q)t)``, fitted by least squares
(Srinivasan & Mason, 1986). The interval is that of refits to resampled residuals. Before sales have passed their peak
the market found is too small, and the interval does not cover it (Van den Bulte & Lilien, 1997): do not use it then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

type Floats = npt.NDArray[np.float64]

FEWEST = 6
"""Periods below which nothing is fitted: three parameters, and as many again."""
REFITS = 200
#: The market is looked for up to this many times of what has been sold.
LARGEST = 100.0
_LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class Adoption:
    """A fitted series.

    Attributes:
        years: Number of years behind it.
        p, q: Innovation and imitation: 5, 50 and 95 %.
        market: All who will ever buy: 5, 50 and 95 %.
        peak: Year of the largest sales: 5, 50 and 95 %.
        past_peak: The best year lies before the last two; otherwise the market is not known, whatever the fit says.
        sales: Year to sales: 5, 50 and 95 %, for the years asked for.
    """

    years: int
    p: tuple[float, float, float]
    q: tuple[float, float, float]
    market: tuple[float, float, float]
    peak: tuple[float, float, float]
    past_peak: bool
    sales: Mapping[int, tuple[float, float, float]]


def adopted(t: Floats, p: float, q: float) -> Floats:
    """Share of the market that has bought until t."""
    e = np.exp(-(p + q) * t)
    return np.asarray((1 - e) / (1 + q / p * e))


def adoption(sales: Mapping[int, float], ahead: int = 5, seed: int = 1) -> Adoption | None:
    """Fit yearly sales, the first year being that of the launch.

    Args:
        sales: Year to sales, without a gap.
        ahead: Years after the last for which sales are foretold.
        seed: Of the resampling.

    Returns:
        None with fewer than six years, a year missing, or nothing sold.
    """
    years = sorted(sales)
    n = len(years)
    if n < FEWEST or years[-1] - years[0] != n - 1 or not sum(sales.values()) > 0:
        return None
    observed = np.array([float(sales[year]) for year in years])
    best = _fit(observed, None)
    fitted = _sales(best, n)
    residuals = (observed - fitted) * np.sqrt(n / (n - 3))
    rng = np.random.default_rng(seed)
    draws = []
    for _ in range(REFITS):
        again = np.maximum(fitted + rng.choice(residuals, n), 0.0)
        draws.append(_fit(again, best) if again.sum() > 0 else best)
    p, q, m = np.array(draws).T
    first = years[0] - 1
    peak = first + np.where(q > p, np.log(np.maximum(q / p, 1.0)) / (p + q), 0.0)
    paths = np.array([_sales(draw, n + ahead)[n:] for draw in draws])
    noise = rng.choice(residuals, paths.shape)
    future = np.maximum(paths + noise, 0.0)
    return Adoption(
        years=n,
        p=_three(p),
        q=_three(q),
        market=_three(m),
        peak=_three(peak),
        past_peak=bool(np.argmax(observed) < n - 2),
        sales={years[-1] + 1 + k: _three(future[:, k]) for k in range(ahead)},
    )


def _sales(parameters: Floats, n: int) -> Floats:
    p, q, m = parameters
    return np.asarray(m * np.diff(adopted(np.arange(n + 1.0), p, q)))


def _fit(observed: Floats, start: Floats | None) -> Floats:
    """Least squares over the logarithms of the three, from the usual values of the literature on, or from ``start``."""
    from scipy.optimize import least_squares

    total = float(observed.sum())
    low = np.log([1e-5, 1e-3, total])
    high = np.log([0.5, 2.0, LARGEST * total])
    begin = [np.log([0.01, 0.4, 2 * total]), np.log([0.002, 0.6, 10 * total])] if start is None else [np.log(start)]

    def off(x: Floats) -> Floats:
        return np.asarray((_sales(np.exp(x), len(observed)) - observed) / total)

    fits = [least_squares(off, np.clip(x, low + 1e-9, high - 1e-9), bounds=(low, high)) for x in begin]
    return np.asarray(np.exp(min(fits, key=lambda f: float(f.cost)).x))


def _three(values: Floats) -> tuple[float, float, float]:
    low, half, high = (float(v) for v in np.quantile(values, _LEVELS))
    return low, half, high
