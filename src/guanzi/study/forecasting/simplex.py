"""The least of a convex function over weights that sum to 1, with a proof of how near it is.

Planes that touch the function from below are collected; their upper envelope is a bound, and its lowest point is where
the next plane touches. Few weights need few planes, smooth or not.

References:
    Kelley: The cutting-plane method for solving convex programs. Journal of SIAM 8 (1960), 703-712.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from guanzi.study.forecasting.quantiles import Floats

PLANES = 400
GAP = 1e-7


@dataclass(frozen=True, slots=True)
class Least:
    """Weights with their value, and how far below it the true least may lie at most."""

    weights: Floats
    value: float
    gap: float


def least_on_simplex(function: Callable[[Floats], tuple[float, Floats]], n: int) -> Least:
    """Minimise a convex function of ``n`` weights, none negative, of sum 1.

    Args:
        function: Weights to value and (sub)gradient.
        n: How many weights.
    """
    from scipy.optimize import linprog  # loads late

    w = np.full(n, 1.0 / n)
    value, slope = function(w)
    best, best_value, bound = w, value, -np.inf
    scale = max(abs(value), float(np.abs(slope).max()), 1e-300)
    planes, heights = [slope / scale], [(slope @ w - value) / scale]
    cost = np.append(np.zeros(n), 1.0)
    total = np.append(np.ones(n), 0.0)[None, :]
    limits = [(0.0, 1.0)] * n + [(None, None)]
    for _ in range(PLANES):
        below = np.column_stack([np.array(planes), -np.ones(len(planes))])
        found = linprog(cost, A_ub=below, b_ub=heights, A_eq=total, b_eq=[1.0], bounds=limits, method="highs")
        if found.x is None or found.fun is None:  # not solved: the gap says how far it got
            break
        bound = max(bound, float(found.fun) * scale)
        if best_value - bound <= GAP * scale:
            break
        w = np.maximum(found.x[:n], 0.0)
        w = w / w.sum()
        value, slope = function(w)
        if value < best_value:
            best, best_value = w, value
        planes.append(slope / scale)
        heights.append((slope @ w - value) / scale)
    return Least(best, best_value, max(best_value - bound, 0.0))
