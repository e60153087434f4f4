"""The toy deal in NumPy over whole arrays, with the same random numbers; and the pieces that other peers share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from benchmarks.peers import toy as P
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)


def words(seed: int, ids: NDArray[np.uint64], block: int, stream: int) -> Sequence[NDArray[np.uint64]]:
    """Four words of each path: Philox4x32-10 at (path, block, stream)."""
    c0, c1 = ids & LOW, ids >> HALF
    c2, c3 = np.full_like(ids, block), np.full_like(ids, stream)
    k0, k1 = np.uint64(seed & 0xFFFFFFFF), np.uint64(seed >> 32)
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * c0, np.uint64(0xCD9E8D57) * c2
        c0, c2 = (p1 >> HALF) ^ c1 ^ k0, (p0 >> HALF) ^ c3 ^ k1
        c1, c3 = p1 & LOW, p0 & LOW
        k0, k1 = (k0 + np.uint64(0x9E3779B9)) & LOW, (k1 + np.uint64(0xBB67AE85)) & LOW
    return c0, c1, c2, c3


def uniform(word: NDArray[np.uint64]) -> Floats:
    """A number in (0, 1) from a word."""
    return np.asarray((word + 0.5) * 2.0**-32, np.float64)


def normals(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> tuple[Floats, Floats]:
    """Two standard normals from two words: Box and Muller."""
    radius, angle = np.sqrt(-2.0 * np.log(uniform(first))), uniform(second) * (2.0 * np.pi)
    return radius * np.cos(angle), radius * np.sin(angle)


def draws(seed: int, ids: NDArray[np.uint64], t: int, stream: int) -> Sequence[Floats]:
    """Two normals and two uniforms of each path, of the block with the number of the step."""
    a, b, c, d = words(seed, ids, t, stream)
    return (*normals(a, b), uniform(c), uniform(d))


def rates(flows: Floats) -> Floats:
    """Rate of each column by Newton's rule on the logarithm of what comes back over what is paid; (rows, paths)."""
    plus, minus = np.maximum(flows, 0.0), np.maximum(-flows, 0.0)
    total = (plus.sum(0) > 0.0) & (minus.sum(0) > 0.0)
    d = np.zeros(flows.shape[1])
    active = np.flatnonzero(total)
    for _ in range(60):
        if not len(active):
            break
        v = np.exp(-d[active])
        p, n, dp, dn = (np.zeros(len(active)) for _ in range(4))
        for i in range(len(flows) - 1, -1, -1):
            dp, p = dp * v + p, p * v + plus[i, active]
            dn, n = dn * v + n, n * v + minus[i, active]
        step = np.log(p / n) / (v * (dp / p - dn / n))
        d[active] += step
        active = active[np.abs(step) >= 1e-9]
    rate: Floats = np.where(total, np.expm1(d), np.where(minus.sum(0) > 0.0, -1.0, np.nan))
    return rate


def whole_arrays(seed: int, paths: int, *, irr: bool = True) -> dict[str, Floats]:
    """The toy deal, all paths at once."""
    ids = np.arange(paths, dtype=np.uint64)
    rev, cash, mark = np.full(paths, P.REVENUE), np.full(paths, P.CASH), np.full(paths, P.VALUE * P.REVENUE)
    debt, claim, due, inv, npv, cum, low, jobs = (np.zeros(paths) for _ in range(8))
    alive, held, listed, k = (
        np.ones(paths, bool),
        np.ones(paths, bool),
        np.zeros(paths, bool),
        np.zeros(paths, np.int64),
    )
    day, target, amount = np.append(P.DUE, 10**6), np.append(P.TARGETS, np.inf), np.append(P.AMOUNTS, 0.0)
    part = P.SHARE / sum(P.AMOUNTS)
    flows = np.zeros((P.STEPS, paths))
    for t in range(P.STEPS):
        z, y, u, w = draws(seed, ids, t, 0)
        rev *= np.exp(P.SHOCK * z + (P.DRIFT - 0.5 * P.SHOCK**2))
        profit = (P.MARGIN_SHOCK * y + P.MARGIN[t]) * rev
        cash += profit
        flow = flows[t]
        if t <= P.PUT_STEP:
            claim *= P.INTEREST
        if t > P.PUT_STEP:
            served = np.minimum(due, np.maximum(cash - P.RESERVE, 0.0))
            cash -= served
            due -= served
            flow += served
        if t == P.PUT_STEP:
            own, lent = np.maximum(cash - P.RESERVE, 0.0), P.LOAN * rev
            pays = np.minimum(claim, own + lent)
            puts = held & (pays > part * inv * mark)
            pays = np.where(puts, pays, 0.0)
            loan = np.maximum(pays - own, 0.0)
            cash -= pays - loan
            debt += loan
            due = np.where(puts, claim - pays, 0.0)
            flow += pays
            held &= ~puts
        if t >= P.LISTING_FROM:
            listed |= (rev >= P.LISTING_REVENUE) & (w < P.LISTING_CHANCE)
            sold = held & listed
            flow += np.where(sold, part * inv * mark, 0.0)
            held &= ~sold
        if t < P.PUT_STEP:
            buys = held & (t >= day[k]) & (rev >= target[k])
            paid = np.where(buys, amount[k], 0.0)
            k += buys
            cash += paid
            claim += paid
            inv += paid
            flow -= paid
        mark = P.VALUE * rev
        with np.errstate(over="ignore", divide="ignore"):
            distress = P.DISTRESS * np.exp(np.minimum(cash / profit * 0.25, 0.0))
        hazard = np.where(cash < 0.0, P.BROKE, np.where(profit < 0.0, distress, 0.0) + P.HAZARD)
        dead = alive & (u < hazard)
        estate, owed = P.SALE * rev + np.maximum(cash, 0.0), P.OWED * rev + debt + due
        rest = np.where(held, part * inv * np.maximum(estate - owed, 0.0), 0.0)
        flow += np.where(dead, due * np.minimum(estate / owed, 1.0) + rest, 0.0)
        due[dead] = 0.0
        held &= ~dead
        alive &= ~dead
        if t == P.STEPS - 1:
            flow += due + np.where(held, part * inv * mark, 0.0)
        kept = np.where(alive, rev, 0.0)
        total = flow + P.tax_rate(t) * kept
        jobs += P.JOBS * kept
        npv += total * P.DISCOUNT[t]
        cum += total
        np.minimum(low, cum, out=low)
    out = {"npv": npv, "loss": -flows.sum(0), "peak": -low, "jobs": jobs / P.STEPS}
    return out | ({"irr": rates(flows)} if irr else {})
