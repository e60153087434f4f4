"""Internal rate of return of a series of flows, with a status.

Newton's method from a duration-based first guess, with bisection when a step leaves the bracket. The status says what
the rate means; several sign changes allow several roots (Descartes), unless the cumulated flows change sign exactly
once (Norstrom's criterion).

References:
    Norstrom, C. J.: A sufficient condition for a unique nonnegative internal rate of return. J. Financial and
    Quantitative Analysis 7 (1972).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from guanzi.simulation.arithmetic import exp, fma, log

CONVERGED = 0.0
NO_SIGN_CHANGE = 1.0
SEVERAL_ROOTS = 2.0
TOTAL_LOSS = 3.0


def irr(flows: Sequence[float]) -> tuple[float, float]:
    """Rate per step and status of flows at steps 0, 1, 2 and so on.

    Returns:
        The rate, and one of ``CONVERGED``; ``NO_SIGN_CHANGE`` (nothing was paid: rate NaN); ``SEVERAL_ROOTS`` (no
        single rate: NaN); ``TOTAL_LOSS`` (nothing came back: rate -1).

    >>> irr([-100.0, 110.0])[0].__round__(12)
    0.1
    >>> irr([-100.0, 230.0, -132.0])[1] == SEVERAL_ROOTS
    True
    """
    positive = negative = weighted_positive = weighted_negative = 0.0
    cumulated = last = last_cumulated = 0.0
    changes = cumulated_changes = 0
    for t, c in enumerate(flows):
        p = c if c > 0.0 else 0.0
        q = c if c < 0.0 else 0.0
        positive += p
        negative -= q
        weighted_positive += p * t
        weighted_negative -= q * t
        changes, last = _sign_changes(c, changes, last)
        cumulated += c
        cumulated_changes, last_cumulated = _sign_changes(cumulated, cumulated_changes, last_cumulated)
    if not negative > 0.0:
        return math.nan, NO_SIGN_CHANGE
    if not positive > 0.0:
        return -1.0, TOTAL_LOSS
    if changes > 1 and cumulated_changes != 1:
        return math.nan, SEVERAL_ROOTS
    return _newton(flows, positive, negative, weighted_positive, weighted_negative), CONVERGED


def _sign_changes(x: float, changes: int, last: float) -> tuple[int, float]:
    sign = (1.0 if x > 0.0 else 0.0) - (1.0 if x < 0.0 else 0.0)
    return changes + (1 if sign * last < 0.0 else 0), sign if sign != 0.0 else last


def _newton(flows: Sequence[float], positive: float, negative: float, wp: float, wn: float) -> float:
    duration = wp / positive - wn / negative
    ratio = positive / negative if duration > 0.25 else 1.02
    r = exp(log(ratio) / (duration if duration > 0.25 else 1.0)) - 1.0
    lo, hi = -0.9999, 10.0
    for _ in range(80):
        v = 1.0 / (1.0 + r)
        f = df = 0.0
        for c in reversed(flows):
            df = fma(df, v, f)
            f = fma(f, v, c)
        if f > 0.0:
            lo = r
        else:
            hi = r
        slope = df * v * v
        step = r + f / (1.0 if slope == 0.0 else slope)
        if slope == 0.0 or step <= lo or step >= hi:
            step = 0.5 * (lo + hi)
        if abs(f) < 1e-10 * negative:
            return r
        done = not abs(step - r) >= 1e-12
        r = step
        if done:
            break
    return r
