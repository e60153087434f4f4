"""The toy deal in Numba, path by path, with the same random numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from benchmarks.peers import toy as P
from numba import njit

AMOUNTS, DUE, TARGETS = np.array(P.AMOUNTS), np.array(P.DUE), np.array(P.TARGETS)
TAXES = np.array([P.tax_rate(t) for t in range(P.STEPS)])
COUNT = len(AMOUNTS)
PART = P.SHARE / sum(P.AMOUNTS)
"""Part of the company for each unit that was paid."""


@njit(inline="always")
def draw(seed: Any, path: Any, t: Any) -> Any:
    """Philox4x32-10, Box and Muller."""
    low, half = np.uint64(0xFFFFFFFF), np.uint64(32)
    c0, c1, c2, c3 = path & low, path >> half, np.uint64(t), np.uint64(0)
    k0, k1 = seed & low, seed >> half
    for _ in range(10):
        p0 = np.uint64(0xD2511F53) * c0
        p1 = np.uint64(0xCD9E8D57) * c2
        c0 = (p1 >> half) ^ c1 ^ k0
        c2 = (p0 >> half) ^ c3 ^ k1
        c1 = p1 & low
        c3 = p0 & low
        k0 = (k0 + np.uint64(0x9E3779B9)) & low
        k1 = (k1 + np.uint64(0xBB67AE85)) & low
    radius = math.sqrt(-2.0 * math.log((np.float64(c0) + 0.5) * 2.0**-32))
    angle = (np.float64(c1) + 0.5) * (2.0 * math.pi * 2.0**-32)
    u = (np.float64(c2) + 0.5) * 2.0**-32
    return radius * math.cos(angle), radius * math.sin(angle), u, (np.float64(c3) + 0.5) * 2.0**-32


@njit
def rate_of(flows: Any) -> float:
    """Newton's rule on the logarithm of what comes back over what is paid."""
    back, paid = 0.0, 0.0
    for c in flows:
        back += max(c, 0.0)
        paid += max(-c, 0.0)
    if back == 0.0 or paid == 0.0:
        return -1.0 if paid > 0.0 else math.nan
    d = 0.0
    for _ in range(60):
        v = math.exp(-d)
        p = n = dp = dn = 0.0
        for i in range(len(flows) - 1, -1, -1):
            dp = dp * v + p
            dn = dn * v + n
            p = p * v + max(flows[i], 0.0)
            n = n * v + max(-flows[i], 0.0)
        step = math.log(p / n) / (v * (dp / p - dn / n))
        d += step
        if abs(step) < 1e-9:
            break
    return math.expm1(d)


@njit(cache=True, error_model="numpy")
def path_by_path(seed: Any, paths: int, margin: Any, discount: Any, out: Any, irr: bool) -> None:
    """(5, paths): npv, loss, peak, jobs, irr."""
    flows = np.empty(P.STEPS)
    for path in range(paths):
        rev, cash, mark = P.REVENUE, P.CASH, P.VALUE * P.REVENUE
        debt = claim = due = inv = npv = cum = low = jobs = 0.0
        held, listed, k = True, False, 0
        flows[:] = 0.0
        for t in range(P.STEPS):
            z, y, u, w = draw(np.uint64(seed), np.uint64(path), t)
            rev *= math.exp(P.SHOCK * z + (P.DRIFT - 0.5 * P.SHOCK * P.SHOCK))
            profit = (P.MARGIN_SHOCK * y + margin[t]) * rev
            cash += profit
            flow = 0.0
            if t <= P.PUT_STEP:
                claim *= P.INTEREST
            if due > 0.0:
                served = min(due, max(cash - P.RESERVE, 0.0))
                cash -= served
                due -= served
                flow += served
            if t == P.PUT_STEP and held:
                own = max(cash - P.RESERVE, 0.0)
                pays = min(claim, own + P.LOAN * rev)
                if pays > PART * inv * mark:
                    debt = max(pays - own, 0.0)
                    cash -= pays - debt
                    due = claim - pays
                    flow += pays
                    held = False
            if t >= P.LISTING_FROM:
                listed = listed or (rev >= P.LISTING_REVENUE and w < P.LISTING_CHANCE)
                if held and listed:
                    flow += PART * inv * mark
                    held = False
            if t < P.PUT_STEP and held and k < COUNT and t >= DUE[k] and rev >= TARGETS[k]:
                a = AMOUNTS[k]
                k += 1
                cash += a
                claim += a
                inv += a
                flow -= a
            mark = P.VALUE * rev
            hazard = P.HAZARD
            if cash < 0.0:
                hazard = P.BROKE
            elif profit < 0.0:
                hazard += P.DISTRESS * math.exp(cash / profit * 0.25)
            dead = u < hazard
            if dead:
                estate, owed = P.SALE * rev + max(cash, 0.0), P.OWED * rev + debt + due
                flow += due * min(estate / owed, 1.0)
                if held:
                    flow += PART * inv * max(estate - owed, 0.0)
            else:
                if t == P.STEPS - 1:
                    flow += due + (PART * inv * mark if held else 0.0)
                jobs += P.JOBS * rev
            total = flow if dead else flow + TAXES[t] * rev
            flows[t] = flow
            npv += total * discount[t]
            cum += total
            low = min(low, cum)
            if dead:
                break
        out[0, path], out[1, path], out[2, path], out[3, path] = npv, -flows.sum(), -low, jobs / P.STEPS
        out[4, path] = rate_of(flows) if irr else math.nan


def scalar(seed: int, paths: int, *, irr: bool = True) -> dict[str, Any]:
    """The toy deal, one path after the other."""
    out = np.empty((5, paths))
    path_by_path(seed, paths, P.MARGIN, P.DISCOUNT, out, irr)
    return dict(zip(P.OUTPUTS[: 5 if irr else 4], out, strict=False))
