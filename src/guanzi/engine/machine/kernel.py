"""The lane machine: one Numba function, compiled once and cached, that runs any program over lanes of 128 paths.

It agrees with :mod:`guanzi.engine.machine.interpreter` bit for bit.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from guanzi.base.core import compiled
from guanzi.engine.machine.handlers import vector_code
from guanzi.engine.machine.histogram import HISTOGRAM_BINS, HISTOGRAM_LOWEST, HISTOGRAM_SHIFT, HISTOGRAM_SIDE
from guanzi.engine.machine.rates import v_irr
from guanzi.engine.machine.shapes import BITS, CHUNK, CODES, COPIES, LANES, OUTSIDE, ROW, SPECIAL, WIDE

MADE_OF = tuple(
    Path(__file__).with_name(f"{name}.py")
    for name in ("arithmetic", "handlers", "histogram", "irr", "rates", "shapes", "space", "vectors")
)
"""Files whose code is compiled into the functions of this one."""
INPUT, OUT, IRR, STORE, LOAD, STORET, LOADT = (CODES[x] for x in SPECIAL[1:OUTSIDE])


@compiled(MADE_OF, error_model="numpy", nogil=True)
def run_paths(seed: Any, n: int, program: Any, given: Any, space: Any, counted: Any, out: Any) -> None:
    """Run n paths.

    Args:
        seed: 64-bit key of the random numbers.
        n: How many of the paths count.
        program: See :class:`guanzi.engine.machine.space.Loaded`.
        given: See :class:`guanzi.engine.machine.space.Given`.
        space: See :class:`guanzi.engine.machine.space.Space`. All whose address the vector code takes are arguments:
            the caller holds them, where Numba would free an array of its own after the last use that it sees.
        counted: See :class:`guanzi.engine.machine.space.LaneCounts`; added to.
        out: (outputs, n) float64.
    """
    code, K = program.words, program.constants
    ids, inputs, held = given.ids, given.inputs, given.held
    V, B, W, CF, bins = space.numbers, space.truths, space.words, space.flows, space.bins
    H, C = counted.histograms, counted.tallies
    L = LANES
    for s in range(K.shape[0]):
        for i in range(WIDE * COPIES):
            V[s * WIDE * COPIES + i] = K[s]
    for i in range(BITS):
        B[i] = 0
        B[BITS + i] = 255
    numbers = V.view(np.uint64)
    truths = B.view(np.uint64)
    wide = BITS // 8
    keys = W[4 * L : 4 * L + 20]
    m32 = np.uint64(0xFFFFFFFF)
    for i in range(10):
        keys[2 * i] = ((seed & m32) + np.uint64(i) * np.uint64(0x9E3779B9)) & m32
        keys[2 * i + 1] = ((seed >> np.uint64(32)) + np.uint64(i) * np.uint64(0xBB67AE85)) & m32
    rows = CF.shape[0]
    F = np.empty((4, L))
    for block in range((n + L - 1) // L):
        off = block * L
        m = min(L, n - off)
        for s in range(rows):
            for i in range(L):
                CF[s, i] = 0.0
        for i in range(BITS):
            lanes = m - 8 * i
            B[2 * BITS + i] = 255 if lanes >= 8 else ((1 << lanes) - 1 if lanes > 0 else 0)
        pc = 0
        while True:
            places = (
                code.ctypes.data, V.ctypes.data, B.ctypes.data, W.ctypes.data, ids.ctypes.data + off * 8,
                W.ctypes.data + 4 * ROW,
                CF.ctypes.data, bins.ctypes.data + 2 * L * (block % CHUNK), C.ctypes.data,
            )  # fmt: skip
            pc = vector_code(pc, places)
            op = code[pc]
            if op == OUT:
                row = code[pc + 1]
                a = code[pc + 2] >> 3
                each = 1 - (code[pc + 2] & 1)
                pc += 3
                if each == 1:
                    for i in range(m):
                        out[row, off + i] = V[a + i]
                else:
                    for i in range(m):
                        out[row, off + i] = V[a]
            elif op == IRR:
                v_irr(CF, rows, F, L)
                a = code[pc + 1] >> 3
                b = code[pc + 2] >> 3
                pc += 3
                for i in range(L):
                    V[a + i] = F[3, i]
                    V[b + i] = F[2, i]
            elif op == INPUT:
                row = code[pc + 1]
                a = code[pc + 2] >> 3
                pc += 3
                for i in range(L):
                    V[a + i] = inputs[row, off + i]
            elif op == LOAD:
                row = code[pc + 1]
                a = code[pc + 2] >> 3
                pc += 3
                for i in range(L):
                    numbers[a + i] = held[block, row, i]
            elif op == STORE:
                row = code[pc + 1]
                a = code[pc + 2] >> 3
                each = 1 - (code[pc + 2] & 1)
                pc += 3
                for i in range(L):
                    held[block, row, i] = numbers[a + i * each]
            elif op == LOADT:
                row = code[pc + 1]
                at = code[pc + 2]
                a = code[pc + 3] >> 3
                pc += 4
                for i in range(wide):
                    truths[a + i] = held[block, row, at + i]
            elif op == STORET:
                row = code[pc + 1]
                at = code[pc + 2]
                a = code[pc + 3] >> 3
                pc += 4
                for i in range(wide):
                    held[block, row, at + i] = truths[a + i]
            else:
                break
        if block % CHUNK == CHUNK - 1 or off + L >= n:
            for s in range(H.shape[0]):
                counts, places_of = H[s], bins[s]
                for i in range((block % CHUNK + 1) * L):
                    counts[places_of[i]] += np.uint32(1)


@compiled(MADE_OF, error_model="numpy", nogil=True)
def add_rows(values: Any, rows: Any, n: int, table: Any, sums: Any, wholes: Any) -> None:
    """Add values of n paths to the tables of outputs; NaN counts as no value.

    Args:
        values: (rows, paths) float64.
        rows: Which rows, in the order of the tables.
        n: How many paths.
        table: (outputs, bins + SPARE, 3) float64: count, least and greatest value of each bin, added to; untouched bins
            are zero. The last eight are of zeros, the eight before of values that are none.
        sums: (outputs, 2) float64: sum and sum of squares of these values, written.
        wholes: (outputs, 2) int64: values, and values below zero, added to.
    """
    side = np.int64(HISTOGRAM_SIDE)
    low = np.int64(HISTOGRAM_LOWEST)
    place = np.empty(n, np.int64)
    for k in range(rows.shape[0]):
        x = values[rows[k]]
        bits = x.view(np.int64)
        for i in range(n):
            j = ((bits[i] & np.int64(0x7FFFFFFFFFFFFFFF)) >> np.int64(HISTOGRAM_SHIFT)) - low
            j = j if j > 0 else np.int64(0)
            j = j if j < side else side
            j = side - j if bits[i] < 0 else side + j
            j = j if x[i] != 0.0 else np.int64(HISTOGRAM_BINS + WIDE) + (np.int64(i) & np.int64(7))
            place[i] = j if x[i] == x[i] else np.int64(HISTOGRAM_BINS) + (np.int64(i) & np.int64(7))
        for i in range(n):
            j = place[i]
            y = x[i]
            count = table[k, j, 0]
            a = table[k, j, 1]
            b = table[k, j, 2]
            new = count == 0.0
            table[k, j, 0] = count + 1.0
            table[k, j, 1] = y if new or y < a else a
            table[k, j, 2] = y if new or y > b else b
        held = np.int64(0)
        below = np.int64(0)
        for i in range(n):
            held += np.int64(1 if x[i] == x[i] else 0)
            below += np.int64(1 if x[i] < 0.0 else 0)
        wholes[k, 0] += held
        wholes[k, 1] += below
        # four sums by turns: the order of additions is fixed, and they do not wait for one another
        t0, t1, t2, t3, s0, s1, s2, s3 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        for i in range(0, n - 3, 4):
            y0 = x[i] if x[i] == x[i] else 0.0
            y1 = x[i + 1] if x[i + 1] == x[i + 1] else 0.0
            y2 = x[i + 2] if x[i + 2] == x[i + 2] else 0.0
            y3 = x[i + 3] if x[i + 3] == x[i + 3] else 0.0
            t0 += y0
            t1 += y1
            t2 += y2
            t3 += y3
            s0 += y0 * y0
            s1 += y1 * y1
            s2 += y2 * y2
            s3 += y3 * y3
        for i in range(n - n % 4, n):
            y = x[i] if x[i] == x[i] else 0.0
            t0 += y
            s0 += y * y
        sums[k, 0] = (t0 + t1) + (t2 + t3)
        sums[k, 1] = (s0 + s1) + (s2 + s3)
