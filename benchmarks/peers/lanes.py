"""The toy deal by hand in Numba over lanes of 128 paths: every loop is written so that the compiler takes vectors.

Logarithm, exponential, sine and cosine are polynomials, as vectors need them; random numbers are the same.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from benchmarks.peers import toy as P
from benchmarks.peers.scalar import AMOUNTS, COUNT, DUE, PART, TARGETS, TAXES
from numba import njit

L = 128
LN2, LN2_HIGH, LN2_LOW, LOG2_E = math.log(2.0), 0.693147180369123816490, 1.90821492927058770002e-10, math.log2(math.e)
QUARTER, SQRT2 = math.pi / 2.0, math.sqrt(2.0)


@njit(inline="always")
def logs(X: Any, XI: Any, M: Any, MI: Any, Y: Any) -> None:
    """Y <- log X of normal positive numbers; XI and MI view X and M."""
    for i in range(L):
        MI[i] = (XI[i] & np.int64(0x000FFFFFFFFFFFFF)) | np.int64(0x3FF0000000000000)
    for i in range(L):
        e = np.float64((XI[i] >> np.int64(52)) - np.int64(1023))
        m = M[i]
        big = m > SQRT2
        m = m * (0.5 if big else 1.0)
        e = e + (1.0 if big else 0.0)
        s = (m - 1.0) / (m + 1.0)
        z = s * s
        p = 1.0 / 17.0
        p = p * z + 1.0 / 15.0
        p = p * z + 1.0 / 13.0
        p = p * z + 1.0 / 11.0
        p = p * z + 1.0 / 9.0
        p = p * z + 1.0 / 7.0
        p = p * z + 1.0 / 5.0
        p = p * z + 1.0 / 3.0
        Y[i] = e * LN2 + 2.0 * s * (p * z + 1.0)


@njit(inline="always")
def exps(X: Any, N: Any, NI: Any, Y: Any) -> None:
    """Y <- exp X for numbers between -700 and 700; NI views N."""
    for i in range(L):
        k = np.floor(X[i] * LOG2_E + 0.5)
        r = X[i] - k * LN2_HIGH - k * LN2_LOW
        p = 1.0 / 479001600.0
        p = p * r + 1.0 / 39916800.0
        p = p * r + 1.0 / 3628800.0
        p = p * r + 1.0 / 362880.0
        p = p * r + 1.0 / 40320.0
        p = p * r + 1.0 / 5040.0
        p = p * r + 1.0 / 720.0
        p = p * r + 1.0 / 120.0
        p = p * r + 1.0 / 24.0
        p = p * r + 1.0 / 6.0
        p = p * r + 0.5
        p = p * r + 1.0
        Y[i] = p * r + 1.0
        NI[i] = (np.int64(k) + np.int64(1023)) << np.int64(52)
    for i in range(L):
        Y[i] = Y[i] * N[i]


@njit(inline="always")
def draws(seed: Any, first: Any, t: Any, C: Any, F: Any, G: Any, Z: Any, Y: Any, U: Any, W: Any) -> None:
    """Philox4x32-10, Box and Muller."""
    low, half = np.uint64(0xFFFFFFFF), np.uint64(32)
    for i in range(L):
        path = first + np.uint64(i)
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
        C[0, i] = c0
        C[1, i] = c1
        C[2, i] = c2
        C[3, i] = c3
    for i in range(L):
        F[0, i] = (np.float64(np.int64(C[0, i])) + 0.5) * 2.0**-32
        U[i] = (np.float64(np.int64(C[2, i])) + 0.5) * 2.0**-32
        W[i] = (np.float64(np.int64(C[3, i])) + 0.5) * 2.0**-32
    logs(F[0], G[0], F[1], G[1], F[2])
    for i in range(L):
        F[2, i] = math.sqrt(-2.0 * F[2, i])
    for i in range(L):
        u = (np.float64(np.int64(C[1, i])) + 0.5) * 2.0**-30
        q = np.floor(u + 0.5)
        a = (u - q) * QUARTER
        z = a * a
        s = -1.0 / 1307674368000.0
        s = s * z + 1.0 / 6227020800.0
        s = s * z - 1.0 / 39916800.0
        s = s * z + 1.0 / 362880.0
        s = s * z - 1.0 / 5040.0
        s = s * z + 1.0 / 120.0
        s = a + a * z * (s * z - 1.0 / 6.0)
        c = 1.0 / 20922789888000.0
        c = c * z - 1.0 / 87178291200.0
        c = c * z + 1.0 / 479001600.0
        c = c * z - 1.0 / 3628800.0
        c = c * z + 1.0 / 40320.0
        c = c * z - 1.0 / 720.0
        c = c * z + 1.0 / 24.0
        c = (c * z - 0.5) * z + 1.0
        n = np.int64(q) & np.int64(3)
        odd = (n & np.int64(1)) == 1
        cosine = s if odd else c
        sine = c if odd else s
        Z[i] = F[2, i] * (-cosine if n == 1 or n == 2 else cosine)
        Y[i] = F[2, i] * (-sine if n >= 2 else sine)


@njit(inline="always")
def rates(CF: Any, A: Any, F: Any, G: Any, R: Any) -> None:
    """R <- rate of each lane, by Newton's rule on the logarithm of what comes back over what is paid.

    Rows of flows begin with the last step: loops that go forwards are much faster.
    """
    D, V, PP, NN, DP, DN, ON = A[0], A[1], A[2], A[3], A[4], A[5], A[6]
    for i in range(L):
        PP[i] = 0.0
        NN[i] = 0.0
        D[i] = 0.0
    for t in range(P.STEPS):
        for i in range(L):
            PP[i] += max(CF[t, i], 0.0)
            NN[i] += max(-CF[t, i], 0.0)
    for i in range(L):
        ON[i] = 1.0 if PP[i] > 0.0 and NN[i] > 0.0 else 0.0
        R[i] = ON[i]
    for _ in range(60):
        left = 0
        for i in range(L):
            left += 1 if ON[i] != 0.0 else 0
            F[0, i] = -D[i]
        if left == 0:
            break
        exps(F[0], F[1], G[1], V)
        for i in range(L):
            PP[i] = 0.0
            NN[i] = 0.0
            DP[i] = 0.0
            DN[i] = 0.0
        for t in range(P.STEPS):
            for i in range(L):
                c, v, p, n = CF[t, i], V[i], PP[i], NN[i]
                DP[i] = DP[i] * v + p
                DN[i] = DN[i] * v + n
                PP[i] = p * v + (c if c > 0.0 else 0.0)
                NN[i] = n * v + (-c if c < 0.0 else 0.0)
        for i in range(L):
            p = PP[i] if ON[i] != 0.0 else 1.0
            n = NN[i] if ON[i] != 0.0 else 1.0
            PP[i] = p
            NN[i] = n
            F[0, i] = p / n
        logs(F[0], G[0], F[1], G[1], F[2])
        for i in range(L):
            slope = V[i] * (DP[i] / PP[i] - DN[i] / NN[i])
            step = F[2, i] / (slope if slope != 0.0 else 1.0) * ON[i]
            D[i] = D[i] + step
            ON[i] = 0.0 if abs(step) < 1e-9 else ON[i]
    exps(D, F[1], G[1], V)
    for i in range(L):
        R[i] = V[i] - 1.0 if R[i] != 0.0 else -1.0


@njit(cache=True, error_model="numpy")
def by_lanes(seed: Any, paths: int, margin: Any, discount: Any, out: Any, irr: bool) -> None:
    """(5, paths): npv, loss, peak, jobs, irr; paths must be a multiple of the lanes."""
    C, S, F, A = np.empty((4, L), np.uint64), np.empty((12, L)), np.empty((3, L)), np.empty((9, L))
    G, K, CF = F.view(np.int64), np.empty(L, np.int64), np.empty((P.STEPS, L))
    AL, HE, LI, R = np.empty(L), np.empty(L), np.empty(L), np.empty(L)
    rev, cash, mark, debt, claim, due, inv, net, npv, cum, low, jobs = (
        S[0], S[1], S[2], S[3], S[4], S[5], S[6], S[7], S[8], S[9], S[10], S[11],
    )  # fmt: skip
    Z, Y, U, W, flow, profit, x, growth, hazard = A[0], A[1], A[2], A[3], A[4], A[5], A[6], A[7], A[8]
    for block in range(paths // L):
        for k in range(3, 12):
            for i in range(L):
                S[k, i] = 0.0
        for i in range(L):
            rev[i] = P.REVENUE
            cash[i] = P.CASH
            mark[i] = P.VALUE * P.REVENUE
            K[i] = 0
            AL[i] = 1.0
            HE[i] = 1.0
            LI[i] = 0.0
        for t in range(P.STEPS):
            draws(np.uint64(seed), np.uint64(block * L), t, C, F, G, Z, Y, U, W)
            for i in range(L):
                x[i] = P.SHOCK * Z[i] + (P.DRIFT - 0.5 * P.SHOCK * P.SHOCK)
            exps(x, F[1], G[1], growth)
            mean = margin[t]
            for i in range(L):
                mark[i] = P.VALUE * rev[i]
                rev[i] = rev[i] * growth[i]
                profit[i] = (P.MARGIN_SHOCK * Y[i] + mean) * rev[i]
                cash[i] = cash[i] + profit[i]
                flow[i] = 0.0
            if t > P.PUT_STEP:
                for i in range(L):
                    served = min(due[i], max(cash[i] - P.RESERVE, 0.0))
                    cash[i] = cash[i] - served
                    due[i] = due[i] - served
                    flow[i] = served
            if t == P.PUT_STEP:
                for i in range(L):
                    price = claim[i] * P.INTEREST
                    own = max(cash[i] - P.RESERVE, 0.0)
                    pays = min(price, own + P.LOAN * rev[i])
                    puts = HE[i] if pays > PART * inv[i] * mark[i] else 0.0
                    pays = pays * puts
                    loan = max(pays - own, 0.0)
                    cash[i] = cash[i] - (pays - loan)
                    debt[i] = loan
                    due[i] = (price - pays) * puts
                    flow[i] = pays
                    HE[i] = HE[i] - puts
            if t >= P.LISTING_FROM:
                for i in range(L):
                    lists = rev[i] >= P.LISTING_REVENUE and W[i] < P.LISTING_CHANCE
                    LI[i] = 1.0 if lists else LI[i]
                    sold = HE[i] * LI[i]
                    flow[i] = flow[i] + PART * inv[i] * mark[i] * sold
                    HE[i] = HE[i] - sold
            if t < P.PUT_STEP:
                for i in range(L):
                    claim[i] = claim[i] * P.INTEREST
                    k = K[i]
                    if HE[i] != 0.0 and k < COUNT and t >= DUE[k] and rev[i] >= TARGETS[k]:
                        a = AMOUNTS[k]
                        K[i] = k + 1
                        cash[i] += a
                        claim[i] += a
                        inv[i] += a
                        flow[i] -= a
            for i in range(L):
                h = cash[i] * 0.25 / (profit[i] if profit[i] < 0.0 else -1.0)
                x[i] = max(-60.0, min(0.0, h))
            exps(x, F[1], G[1], hazard)
            for i in range(L):
                h = P.HAZARD + (P.DISTRESS * hazard[i] if profit[i] < 0.0 else 0.0)
                h = P.BROKE if cash[i] < 0.0 else h
                dead = AL[i] if U[i] < h else 0.0
                estate = P.SALE * rev[i] + max(cash[i], 0.0)
                owed = P.OWED * rev[i] + debt[i] + due[i]
                rest = PART * inv[i] * max(estate - owed, 0.0) * HE[i]
                back = due[i] * min(estate / owed, 1.0) + rest
                flow[i] = flow[i] + back * dead
                due[i] = due[i] * (1.0 - dead)
                HE[i] = HE[i] * (1.0 - dead)
                AL[i] = AL[i] - dead
            if t == P.STEPS - 1:
                for i in range(L):
                    flow[i] = flow[i] + due[i] + PART * inv[i] * P.VALUE * rev[i] * HE[i]
            rate, now = TAXES[t], discount[t]
            for i in range(L):
                CF[P.STEPS - 1 - t, i] = flow[i]
                net[i] = net[i] + flow[i]
                kept = rev[i] * AL[i]
                total = flow[i] + rate * kept
                jobs[i] = jobs[i] + P.JOBS * kept
                npv[i] = npv[i] + total * now
                c = cum[i] + total
                cum[i] = c
                low[i] = c if c < low[i] else low[i]
        if irr:
            rates(CF, A, F, G, R)
        o = block * L
        for i in range(L):
            out[0, o + i] = npv[i]
            out[1, o + i] = -net[i]
            out[2, o + i] = -low[i]
            out[3, o + i] = jobs[i] / P.STEPS
            out[4, o + i] = R[i]


def lanes(seed: int, paths: int, *, irr: bool = True) -> dict[str, Any]:
    """The toy deal, 128 paths at once; as many paths as fill lanes."""
    out = np.empty((5, -(-paths // L) * L))
    by_lanes(seed, out.shape[1], P.MARGIN, P.DISCOUNT, out, irr)
    return dict(zip(P.OUTPUTS[: 5 if irr else 4], out[:, :paths], strict=False))
