"""The lane machine: one Numba function, compiled once and cached, that runs any program over lanes of 128 paths.

It agrees with :mod:`guanzi.simulation.interpreter` bit for bit. What keeps its loops vectorised:

* ``error_model="numpy"``: the default tests every divisor and makes the loops scalar;
* the destination is never a source, except in the operations that read and write ``d`` through one expression (the
  assembler sees to it): LLVM guards each loop with an overlap test and falls back to scalar code;
* a value is read before it is chosen (``y = V[b, i]; V[d, i] = x if m else y``), as a conditional store is scalar;
* reductions only over integers; fused multiply-add by an intrinsic, not by fast-math.

All helpers are in this file because Numba's cache looks only at the file of the cached function.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from guanzi.simulation.arithmetic import (
    HALF_PI,
    INVERSE_2_30,
    INVERSE_2_32,
    LN2,
    LN2_HIGH,
    LN2_LOW,
    LOG2_E,
    SQRT2,
)
from guanzi.simulation.assembler import HISTOGRAM_LOWEST, HISTOGRAM_SHIFT, HISTOGRAM_SIDE, OPCODES
from guanzi.simulation.irr import CONVERGED, NO_SIGN_CHANGE, SEVERAL_ROOTS, TOTAL_LOSS

LANES = 128
ONE = np.uint8(1)
NUL = np.uint8(0)

DRAW = OPCODES["DRAW"]
INPUT = OPCODES["INPUT"]
SET = OPCODES["SET"]
COPY = OPCODES["COPY"]
ADD = OPCODES["ADD"]
SUB = OPCODES["SUB"]
MUL = OPCODES["MUL"]
DIV = OPCODES["DIV"]
MIN = OPCODES["MIN"]
MAX = OPCODES["MAX"]
NEG = OPCODES["NEG"]
ADDK = OPCODES["ADDK"]
MULK = OPCODES["MULK"]
RSUBK = OPCODES["RSUBK"]
MINK = OPCODES["MINK"]
MAXK = OPCODES["MAXK"]
AFF = OPCODES["AFF"]
MADD = OPCODES["MADD"]
EXP = OPCODES["EXP"]
LOG = OPCODES["LOG"]
SQRT = OPCODES["SQRT"]
SEL = OPCODES["SEL"]
MSK = OPCODES["MSK"]
SETT = OPCODES["SETT"]
COPYT = OPCODES["COPYT"]
GE = OPCODES["GE"]
GT = OPCODES["GT"]
EQ = OPCODES["EQ"]
GEK = OPCODES["GEK"]
GTK = OPCODES["GTK"]
LTK = OPCODES["LTK"]
LEK = OPCODES["LEK"]
AND = OPCODES["AND"]
OR = OPCODES["OR"]
ANDN = OPCODES["ANDN"]
NOT = OPCODES["NOT"]
ACC = OPCODES["ACC"]
ACCK = OPCODES["ACCK"]
KEEP = OPCODES["KEEP"]
STAMP = OPCODES["STAMP"]
COUNT = OPCODES["COUNT"]
LOWER = OPCODES["LOWER"]
LATCH = OPCODES["LATCH"]
DROP = OPCODES["DROP"]
XFER = OPCODES["XFER"]
FLOW = OPCODES["FLOW"]
HIST = OPCODES["HIST"]
TALLY = OPCODES["TALLY"]
OUT = OPCODES["OUT"]
IRR = OPCODES["IRR"]


def _fma(_context: Any, _a: Any, _b: Any, _c: Any) -> Any:
    """Fused multiply-add: a * b + c, rounded once."""

    def generate(_ctx: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        double = ir.DoubleType()
        function = builder.module.declare_intrinsic("llvm.fma", [double], ir.FunctionType(double, [double] * 3))
        return builder.call(function, arguments)

    return types.float64(types.float64, types.float64, types.float64), generate


fma: Any = intrinsic(_fma)


@njit(inline="always")
def v_bits(seed: Any, ids: Any, off: int, t: Any, stream: Any, A: Any, B: Any, C: Any, D: Any, n: int) -> None:
    """Philox4x32-10 for the n paths ``ids[off:]``: four words each."""
    m = np.uint64(0xFFFFFFFF)
    s = np.uint64(32)
    for i in range(n):
        p = ids[off + i]
        c0 = p & m
        c1 = p >> s
        c2 = t
        c3 = stream
        k0 = seed & m
        k1 = seed >> s
        for _ in range(10):
            p0 = np.uint64(0xD2511F53) * c0
            p1 = np.uint64(0xCD9E8D57) * c2
            n0 = (p1 >> s) ^ c1 ^ k0
            n2 = (p0 >> s) ^ c3 ^ k1
            c1 = p1 & m
            c3 = p0 & m
            c0 = n0
            c2 = n2
            k0 = (k0 + np.uint64(0x9E3779B9)) & m
            k1 = (k1 + np.uint64(0xBB67AE85)) & m
        A[i] = c0
        B[i] = c1
        C[i] = c2
        D[i] = c3


@njit(inline="always")
def v_log(XI: Any, M: Any, MI: Any, E: Any, n: int) -> None:
    """M <- log of the positive normal numbers whose bits are XI; MI views M, E is scratch."""
    for i in range(n):
        MI[i] = (XI[i] & np.int64(0x000FFFFFFFFFFFFF)) | np.int64(0x3FF0000000000000)
    for i in range(n):
        E[i] = np.float64((XI[i] >> np.int64(52)) - np.int64(1023))
    for i in range(n):
        m = M[i]
        big = m > SQRT2
        m = m * (0.5 if big else 1.0)
        e = E[i] + (1.0 if big else 0.0)
        s = (m - 1.0) / (m + 1.0)
        z = s * s
        p = 1.0 / 21.0
        p = fma(p, z, 1.0 / 19.0)
        p = fma(p, z, 1.0 / 17.0)
        p = fma(p, z, 1.0 / 15.0)
        p = fma(p, z, 1.0 / 13.0)
        p = fma(p, z, 1.0 / 11.0)
        p = fma(p, z, 1.0 / 9.0)
        p = fma(p, z, 1.0 / 7.0)
        p = fma(p, z, 1.0 / 5.0)
        p = fma(p, z, 1.0 / 3.0)
        p = fma(p, z, 1.0)
        M[i] = fma(e, LN2, 2.0 * s * p)


@njit(inline="always")
def v_exp(X: Any, N: Any, NI: Any, Y: Any, n: int) -> None:
    """Y <- exp(X), clipped to [-700, 700]; NI views N, both scratch."""
    for i in range(n):
        x = X[i]
        x = x if x > -700.0 else -700.0
        x = x if x < 700.0 else 700.0
        k = np.floor(fma(x, LOG2_E, 0.5))
        r = fma(k, -LN2_LOW, fma(k, -LN2_HIGH, x))
        p = 1.0 / 6227020800.0
        p = fma(p, r, 1.0 / 479001600.0)
        p = fma(p, r, 1.0 / 39916800.0)
        p = fma(p, r, 1.0 / 3628800.0)
        p = fma(p, r, 1.0 / 362880.0)
        p = fma(p, r, 1.0 / 40320.0)
        p = fma(p, r, 1.0 / 5040.0)
        p = fma(p, r, 1.0 / 720.0)
        p = fma(p, r, 1.0 / 120.0)
        p = fma(p, r, 1.0 / 24.0)
        p = fma(p, r, 1.0 / 6.0)
        p = fma(p, r, 0.5)
        p = fma(p, r, 1.0)
        p = fma(p, r, 1.0)
        Y[i] = p
        NI[i] = (np.int64(k) + np.int64(1023)) << np.int64(52)
    for i in range(n):
        Y[i] = Y[i] * N[i]


@njit(inline="always")
def v_cos_sin(W: Any, R: Any, V: Any, z0: int, z1: int, n: int) -> None:
    """V[z0], V[z1] <- R cos, R sin of the angle given by the 32-bit words W."""
    for i in range(n):
        u = (np.float64(np.int64(W[i])) + 0.5) * INVERSE_2_30
        q = np.floor(u + 0.5)
        a = (u - q) * HALF_PI
        z = a * a
        s = -1.0 / 1307674368000.0
        s = fma(s, z, 1.0 / 6227020800.0)
        s = fma(s, z, -1.0 / 39916800.0)
        s = fma(s, z, 1.0 / 362880.0)
        s = fma(s, z, -1.0 / 5040.0)
        s = fma(s, z, 1.0 / 120.0)
        s = fma(s, z, -1.0 / 6.0)
        s = fma(a * z, s, a)
        c = 1.0 / 20922789888000.0
        c = fma(c, z, -1.0 / 87178291200.0)
        c = fma(c, z, 1.0 / 479001600.0)
        c = fma(c, z, -1.0 / 3628800.0)
        c = fma(c, z, 1.0 / 40320.0)
        c = fma(c, z, -1.0 / 720.0)
        c = fma(c, z, 1.0 / 24.0)
        c = fma(c, z, -0.5)
        c = fma(c, z, 1.0)
        quadrant = np.int64(q) & np.int64(3)
        odd = (quadrant & np.int64(1)) == 1
        cosine = s if odd else c
        sine = c if odd else s
        cosine = -cosine if (quadrant == 1 or quadrant == 2) else cosine
        sine = -sine if quadrant >= 2 else sine
        V[z0, i] = R[i] * cosine
        V[z1, i] = R[i] * sine


@njit(inline="always")
def v_irr(CF: Any, rows: int, F: Any, G: Any, V: Any, d: int, n: int) -> None:
    """V[d] <- rate per step, V[d + 1] <- status (see :mod:`guanzi.simulation.irr`); G views F, both scratch."""
    pos = F[0]
    neg = F[1]
    tp = F[2]
    tn = F[3]
    f = F[4]
    df = F[5]
    r = F[6]
    lo = F[7]
    hi = F[8]
    v = F[9]
    act = F[10]
    acti = G[10]
    last = F[11]
    lastc = F[12]
    cum = F[13]
    changes = F[14]
    changesc = F[15]
    for i in range(n):
        pos[i] = 0.0
        neg[i] = 0.0
        tp[i] = 0.0
        tn[i] = 0.0
        last[i] = 0.0
        lastc[i] = 0.0
        cum[i] = 0.0
        changes[i] = 0.0
        changesc[i] = 0.0
    for t in range(rows):
        ft = np.float64(t)
        for i in range(n):
            c = CF[t, i]
            p = c if c > 0.0 else 0.0
            q = c if c < 0.0 else 0.0
            pos[i] = pos[i] + p
            neg[i] = neg[i] - q
            tp[i] = tp[i] + p * ft
            tn[i] = tn[i] - q * ft
        for i in range(n):
            c = CF[t, i]
            sign = (1.0 if c > 0.0 else 0.0) - (1.0 if c < 0.0 else 0.0)
            s0 = last[i]
            changes[i] = changes[i] + (1.0 if sign * s0 < 0.0 else 0.0)
            last[i] = sign if sign != 0.0 else s0
            x = cum[i] + c
            cum[i] = x
            sign = (1.0 if x > 0.0 else 0.0) - (1.0 if x < 0.0 else 0.0)
            s1 = lastc[i]
            changesc[i] = changesc[i] + (1.0 if sign * s1 < 0.0 else 0.0)
            lastc[i] = sign if sign != 0.0 else s1
    for i in range(n):
        ok = pos[i] > 0.0 and neg[i] > 0.0
        act[i] = 1.0 if ok else 0.0
        p = pos[i] if ok else 1.0
        q = neg[i] if ok else 1.0
        x = tp[i] / p - tn[i] / q
        df[i] = x if x > 0.25 else 1.0
        f[i] = p / q if x > 0.25 else 1.02
    v_log(G[4], v, G[9], hi, n)
    for i in range(n):
        f[i] = v[i] / df[i]
    v_exp(f, lo, G[7], r, n)
    for i in range(n):
        r[i] = r[i] - 1.0
        lo[i] = -0.9999
        hi[i] = 10.0
    for _ in range(80):
        left = np.int64(0)
        for i in range(n):
            left |= acti[i]
        if left == 0:
            break
        for i in range(n):
            v[i] = 1.0 / (1.0 + r[i])
            f[i] = 0.0
            df[i] = 0.0
        for j in range(rows - 1, -1, -1):
            for i in range(n):
                x = v[i]
                g = f[i]
                df[i] = fma(df[i], x, g)
                f[i] = fma(g, x, CF[j, i])
        for i in range(n):
            ri = r[i]
            fi = f[i]
            up = fi > 0.0
            l2 = ri if up else lo[i]
            h2 = hi[i] if up else ri
            dv = df[i] * v[i] * v[i]
            flat = dv == 0.0
            rn = ri + fi / (1.0 if flat else dv)
            bad = flat | (rn <= l2) | (rn >= h2)
            rn = 0.5 * (l2 + h2) if bad else rn
            on = act[i] != 0.0
            size = fi if fi >= 0.0 else -fi
            hit = size < 1e-10 * neg[i]
            change = rn - ri
            change = change if change >= 0.0 else -change
            r[i] = rn if (on & (not hit)) else ri
            lo[i] = l2 if on else lo[i]
            hi[i] = h2 if on else hi[i]
            act[i] = 1.0 if (on & (not hit) & (change >= 1e-12)) else 0.0
    for i in range(n):
        single = (changes[i] <= 1.0) | (changesc[i] == 1.0)
        status = CONVERGED if single else SEVERAL_ROOTS
        x = r[i] if single else np.nan
        x = x if pos[i] > 0.0 else -1.0
        status = status if pos[i] > 0.0 else TOTAL_LOSS
        V[d, i] = x if neg[i] > 0.0 else np.nan
        V[d + 1, i] = status if neg[i] > 0.0 else NO_SIGN_CHANGE


@njit(cache=True, error_model="numpy", nogil=True)
def run_paths(
    seed: Any, ids: Any, n: int, code: Any, start: Any, K: Any, first: Any, firstt: Any, rows: int, inputs: Any,
    H: Any, C: Any, out: Any,
) -> None:  # fmt: skip
    """Run n paths.

    Args:
        seed: 64-bit key of the random numbers.
        ids: Numbers of the paths, uint64; filled up to a multiple of the lane width.
        n: How many of them count.
        code: (instructions, 7) int32: operation, d, a, b, c, k0, k1.
        start: First instruction of each step, and the end.
        K: Constants.
        first, firstt: First values of number and truth slots.
        rows: Rows of the cash-flow record.
        inputs: (rows, as long as ids) float64: values that the caller gives.
        H: (histograms, bins) uint32 counts, added to.
        C: Tallies, uint64, added to.
        out: (outputs, n) float64.
    """
    L = LANES
    V = np.empty((first.shape[0], L))
    VI = V.view(np.int64)
    B = np.empty((firstt.shape[0], L), np.uint8)
    CF = np.empty((max(rows, 1), L))
    W = np.empty((4, L), np.uint64)
    F = np.empty((16, L))
    G = F.view(np.int64)
    BI = np.empty(L, np.int64)
    F0 = F[0]
    F1 = F[1]
    F2 = F[2]
    G0 = G[0]
    G1 = G[1]
    low = np.int64(HISTOGRAM_LOWEST)
    side = np.int64(HISTOGRAM_SIDE)
    for block in range((n + L - 1) // L):
        off = block * L
        m = min(L, n - off)
        for s in range(first.shape[0]):
            x = first[s]
            for i in range(L):
                V[s, i] = x
        for s in range(firstt.shape[0]):
            y8 = firstt[s]
            for i in range(L):
                B[s, i] = y8
        for s in range(rows):
            for i in range(L):
                CF[s, i] = 0.0
        for t in range(start.shape[0] - 1):
            for pc in range(start[t], start[t + 1]):
                op = code[pc, 0]
                d = code[pc, 1]
                a = code[pc, 2]
                b = code[pc, 3]
                c = code[pc, 4]
                k = code[pc, 5]
                e = code[pc, 6]
                if op == DRAW:
                    v_bits(seed, ids, off, np.uint64(t), np.uint64(K[k]), W[0], W[1], W[2], W[3], L)
                    for i in range(L):
                        F0[i] = (np.float64(np.int64(W[0, i])) + 0.5) * INVERSE_2_32
                    v_log(G0, F1, G1, F2, L)
                    for i in range(L):
                        F1[i] = math.sqrt(-2.0 * F1[i])
                    v_cos_sin(W[1], F1, V, d, d + 1, L)
                    for i in range(L):
                        V[d + 2, i] = (np.float64(np.int64(W[2, i])) + 0.5) * INVERSE_2_32
                        V[d + 3, i] = (np.float64(np.int64(W[3, i])) + 0.5) * INVERSE_2_32
                elif op == INPUT:
                    row = np.int64(K[k])
                    for i in range(L):
                        V[d, i] = inputs[row, off + i]
                elif op == SET:
                    x = K[k]
                    for i in range(L):
                        V[d, i] = x
                elif op == COPY:
                    for i in range(L):
                        V[d, i] = V[a, i]
                elif op == ADD:
                    for i in range(L):
                        V[d, i] = V[a, i] + V[b, i]
                elif op == SUB:
                    for i in range(L):
                        V[d, i] = V[a, i] - V[b, i]
                elif op == MUL:
                    for i in range(L):
                        V[d, i] = V[a, i] * V[b, i]
                elif op == DIV:
                    for i in range(L):
                        y = V[b, i]
                        zero = y == 0.0
                        q = V[a, i] / (1.0 if zero else y)
                        V[d, i] = 0.0 if zero else q
                elif op == MIN:
                    for i in range(L):
                        x = V[a, i]
                        y = V[b, i]
                        V[d, i] = x if x < y else y
                elif op == MAX:
                    for i in range(L):
                        x = V[a, i]
                        y = V[b, i]
                        V[d, i] = x if x > y else y
                elif op == NEG:
                    for i in range(L):
                        V[d, i] = -V[a, i]
                elif op == ADDK:
                    x = K[k]
                    for i in range(L):
                        V[d, i] = V[a, i] + x
                elif op == MULK:
                    x = K[k]
                    for i in range(L):
                        V[d, i] = V[a, i] * x
                elif op == RSUBK:
                    x = K[k]
                    for i in range(L):
                        V[d, i] = x - V[a, i]
                elif op == MINK:
                    y = K[k]
                    for i in range(L):
                        x = V[a, i]
                        V[d, i] = x if x < y else y
                elif op == MAXK:
                    y = K[k]
                    for i in range(L):
                        x = V[a, i]
                        V[d, i] = x if x > y else y
                elif op == AFF:
                    x = K[k]
                    y = K[e]
                    for i in range(L):
                        V[d, i] = V[a, i] * x + y
                elif op == MADD:
                    for i in range(L):
                        V[d, i] = V[a, i] * V[b, i] + V[c, i]
                elif op == EXP:
                    for i in range(L):
                        F0[i] = V[a, i]
                    v_exp(F0, F1, G1, F2, L)
                    for i in range(L):
                        V[d, i] = F2[i]
                elif op == LOG:
                    for i in range(L):
                        F0[i] = V[a, i]
                    v_log(G0, F1, G1, F2, L)
                    for i in range(L):
                        V[d, i] = F1[i]
                elif op == SQRT:
                    for i in range(L):
                        V[d, i] = math.sqrt(V[a, i])
                elif op == SEL:
                    for i in range(L):
                        x = V[b, i]
                        y = V[c, i]
                        V[d, i] = x if B[a, i] != 0 else y
                elif op == MSK:
                    for i in range(L):
                        x = V[b, i]
                        V[d, i] = x if B[a, i] != 0 else 0.0
                elif op == SETT:
                    y8 = np.uint8(K[k])
                    for i in range(L):
                        B[d, i] = y8
                elif op == COPYT:
                    for i in range(L):
                        B[d, i] = B[a, i]
                elif op == GE:
                    for i in range(L):
                        B[d, i] = ONE if V[a, i] >= V[b, i] else NUL
                elif op == GT:
                    for i in range(L):
                        B[d, i] = ONE if V[a, i] > V[b, i] else NUL
                elif op == EQ:
                    for i in range(L):
                        B[d, i] = ONE if V[a, i] == V[b, i] else NUL
                elif op == GEK:
                    x = K[k]
                    for i in range(L):
                        B[d, i] = ONE if V[a, i] >= x else NUL
                elif op == GTK:
                    x = K[k]
                    for i in range(L):
                        B[d, i] = ONE if V[a, i] > x else NUL
                elif op == LTK:
                    x = K[k]
                    for i in range(L):
                        B[d, i] = ONE if V[a, i] < x else NUL
                elif op == LEK:
                    x = K[k]
                    for i in range(L):
                        B[d, i] = ONE if V[a, i] <= x else NUL
                elif op == AND:
                    for i in range(L):
                        B[d, i] = B[a, i] & B[b, i]
                elif op == OR:
                    for i in range(L):
                        B[d, i] = B[a, i] | B[b, i]
                elif op == ANDN:
                    for i in range(L):
                        B[d, i] = B[a, i] & (B[b, i] ^ ONE)
                elif op == NOT:
                    for i in range(L):
                        B[d, i] = B[a, i] ^ ONE
                elif op == ACC:
                    for i in range(L):
                        V[d, i] = V[d, i] + V[a, i]
                elif op == ACCK:
                    x = K[k]
                    for i in range(L):
                        V[d, i] = V[d, i] + V[a, i] * x
                elif op == KEEP:
                    for i in range(L):
                        x = V[b, i]
                        y = V[d, i]
                        V[d, i] = x if B[a, i] != 0 else y
                elif op == STAMP:
                    x = K[k]
                    for i in range(L):
                        y = V[d, i]
                        V[d, i] = x if B[a, i] != 0 else y
                elif op == COUNT:
                    for i in range(L):
                        x = V[d, i] + 1.0
                        V[d, i] = x if B[a, i] != 0 else 0.0
                elif op == LOWER:
                    for i in range(L):
                        x = V[d, i]
                        y = V[a, i]
                        V[d, i] = x if x < y else y
                elif op == LATCH:
                    for i in range(L):
                        B[d, i] = B[d, i] | B[a, i]
                elif op == DROP:
                    for i in range(L):
                        B[d, i] = B[d, i] & (B[a, i] ^ ONE)
                elif op == XFER:
                    for i in range(L):
                        x = V[b, i]
                        V[d, i] = V[d, i] - x
                        V[a, i] = V[a, i] + x
                elif op == FLOW:
                    row = np.int64(K[k])
                    for i in range(L):
                        CF[row, i] = CF[row, i] + V[a, i]
                elif op == HIST:
                    row = np.int64(K[k])
                    for i in range(L):
                        bits = VI[b, i]
                        j = ((bits & np.int64(0x7FFFFFFFFFFFFFFF)) >> np.int64(HISTOGRAM_SHIFT)) - low
                        j = j if j > 0 else np.int64(0)
                        j = j if j < side else side
                        BI[i] = side - j if bits < 0 else side + j
                    for i in range(m):
                        H[row, BI[i]] += np.uint32(B[a, i])
                elif op == TALLY:
                    row = np.int64(K[k])
                    count = np.uint64(0)
                    for i in range(m):
                        count += np.uint64(B[a, i])
                    C[row] += count
                elif op == OUT:
                    row = np.int64(K[k])
                    for i in range(m):
                        out[row, off + i] = V[a, i]
                elif op == IRR:
                    v_irr(CF, rows, F, G, V, d, L)
