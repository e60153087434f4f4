"""Internal rate of return of a series of flows, with a status that says what the rate means.

How many rates there are is decided before one is looked for. With v = 1 / (1 + rate), rates are the positive zeros of a
polynomial in v with the flows as coefficients. Changes of sign of the flows bound their number (Descartes), changes of
sign of the flows cumulated from the front bound those with a rate above zero, cumulated from the back those below
(Norstrom; both are Budan's theorem), and a sum of exactly zero is one at zero. Where the bounds leave more than one
possible, the zeros are counted: an interval in which the present value cannot vanish, or cannot turn, is settled by its
ends; any other is halved. Two rates that float64 cannot tell apart count as several.

The one rate is found by Newton's method on log(present value of receipts / of outlays), as a function of log(1 + rate):
nearly a straight line, whose first step is the rule of thumb "logarithm of the multiple by difference of durations". A
series that begins with a receipt (a loan taken) is solved with its signs turned.

References:
    Norstrom, C. J.: A sufficient condition for a unique nonnegative internal rate of return. J. Financial and
    Quantitative Analysis 7 (1972).
    Hazen, G. B.: A new perspective on multiple internal rates of return. Engineering Economist 48 (2003).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from guanzi.engine.machine.arithmetic import exp, fma, log

CONVERGED = 0.0
NO_SIGN_CHANGE = 1.0
SEVERAL_ROOTS = 2.0
TOTAL_LOSS = 3.0
NO_RATE = 4.0

REACH = 600.0
"""Logarithms of 1 + rate are looked for between plus and minus this, divided by the number of steps."""
CLOSE = 1e-9
"""A step of Newton's method that is shorter leaves no error that float64 could show."""
NARROW = 1e-10
"""Intervals of v that are narrower, and still not settled, hold zeros that cannot be told apart."""
MOST = 4000
"""So many intervals are looked at; zeros that need more cannot be told apart either (a nearly triple one)."""
MARGIN = 1e-13
"""Rounding allowed for, as a part of the sums of magnitudes."""
ROUNDS = 100


def irr(flows: Sequence[float]) -> tuple[float, float]:
    """Rate per step and status of flows at steps 0, 1, 2 and so on.

    Returns:
        The rate, and one of ``CONVERGED`` (the only rate); ``NO_SIGN_CHANGE`` (nothing was paid: NaN);
        ``SEVERAL_ROOTS`` (NaN); ``TOTAL_LOSS`` (nothing came back: -1); ``NO_RATE`` (money went both ways, and the
        present value is zero at no rate: NaN). A rate out of reach (of 40 steps: below -99.9999 % a step) is given as
        the end of the reach.

    >>> irr([-100.0, 110.0])[0].__round__(12)
    0.1
    >>> irr([-100.0, 230.0, -132.0])[1] == SEVERAL_ROOTS
    True
    >>> irr([100.0, -110.0])[0].__round__(12)
    0.1
    """
    paid, received = any(c < 0.0 for c in flows), any(c > 0.0 for c in flows)
    if not paid:
        return math.nan, NO_SIGN_CHANGE
    if not received:
        return -1.0, TOTAL_LOSS
    count = _changes(flows)
    if count > 1:
        front = _cumulated(flows)
        bound = _changes(front) + _changes(_cumulated(flows[::-1])) + (1 if front[-1] == 0.0 else 0)
        count = bound if bound <= 1 else count_rates(flows)
    if count != 1:
        return math.nan, SEVERAL_ROOTS if count > 1 else NO_RATE
    return _solve(flows), CONVERGED


def _cumulated(flows: Sequence[float]) -> list[float]:
    sums, total = [], 0.0
    for c in flows:
        total = total + c
        sums.append(total)
    return sums


def _changes(series: Sequence[float]) -> int:
    """Changes of sign; zeros do not count."""
    changes, last = 0, 0.0
    for x in series:
        sign = (1.0 if x > 0.0 else 0.0) - (1.0 if x < 0.0 else 0.0)
        changes += 1 if sign * last < 0.0 else 0
        last = sign if sign != 0.0 else last
    return changes


def _solve(flows: Sequence[float]) -> float:
    """The only rate."""
    first = next(c for c in flows if c != 0.0)
    turned = -1.0 if first > 0.0 else 1.0
    reach = REACH / len(flows)
    d, low, high = 0.0, -reach, reach
    for _ in range(ROUNDS):
        v = exp(-d)
        p = dp = n = dn = 0.0
        for c in reversed(flows):
            c = c * turned
            dp = fma(dp, v, p)
            p = fma(p, v, c if c > 0.0 else 0.0)
            dn = fma(dn, v, n)
            n = fma(n, v, -c if c < 0.0 else 0.0)
        value = log(p / n)
        if value == 0.0:
            break
        if value > 0.0:
            low = d
        else:
            high = d
        slope = v * (dp / p - dn / n)
        step = value / (1.0 if slope == 0.0 else slope)
        following = d + step
        # at the bounds, too: a step that is lost in rounding has arrived, and must not be thrown back to the middle
        newton = slope > 0.0 and low <= following <= high
        d = following if newton else 0.5 * (low + high)
        size = step if step >= 0.0 else -step
        if (newton and size < CLOSE) or high - low < 1e-14:
            break
    return exp(d) - 1.0


def count_rates(flows: Sequence[float]) -> int:
    """Number of rates above -100 %: 0, 1, or 2 for several.

    >>> count_rates([-100.0, 250.0, -150.0]), count_rates([-100.0, 150.0, -80.0])
    (2, 0)
    """
    first = next(i for i, c in enumerate(flows) if c != 0.0)
    last = next(i for i in range(len(flows) - 1, -1, -1) if flows[i] != 0.0)
    total = 0.0
    for i in range(first, last + 1):
        total = total + flows[i]
    count = 1 if total == 0.0 else 0
    count += _zeros(flows, first, last, 1)
    if count < 2:
        count += _zeros(flows, last, first, -1)
    return min(count, 2)


def _zeros(flows: Sequence[float], first: int, last: int, way: int) -> int:
    """Zeros between 0 and 1 of the polynomial whose coefficients are the flows from ``first`` on; 2 for several."""
    stack = [(0.0, 1.0)]
    count = seen = 0
    while stack and count < 2:
        a, b = stack.pop()
        seen += 1
        p0, n0, dp0, dn0 = _sums(flows, first, last, way, a)
        p1, n1, dp1, dn1 = _sums(flows, first, last, way, b)
        slack = MARGIN * (p1 + n1)
        if p0 - n1 > slack or n0 - p1 > slack:
            continue
        slack = MARGIN * (dp1 + dn1)
        if dp0 - dn1 > slack or dn0 - dp1 > slack:
            if (p0 > n0 and p1 < n1) or (p0 < n0 and p1 > n1):
                count += 1
            continue
        if b - a < NARROW or seen > MOST:
            return 2
        middle = 0.5 * (a + b)
        p, n, _, _ = _sums(flows, first, last, way, middle)
        if p == n:
            count += 1
        stack.append((a, middle))
        stack.append((middle, b))
    return min(count, 2)


def _sums(flows: Sequence[float], first: int, last: int, way: int, v: float) -> tuple[float, float, float, float]:
    """Of the positive and of the negative flows: the polynomial at v, then their derivatives."""
    p = n = dp = dn = 0.0
    i = last
    while True:
        c = flows[i]
        dp = fma(dp, v, p)
        p = fma(p, v, c if c > 0.0 else 0.0)
        dn = fma(dn, v, n)
        n = fma(n, v, -c if c < 0.0 else 0.0)
        if i == first:
            return p, n, dp, dn
        i -= way
