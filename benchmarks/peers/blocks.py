"""An executor in NumPy over the same representation as the lane machine: one array operation for each instruction."""

from __future__ import annotations

from typing import Any

import numpy as np
from benchmarks.peers.arrays import Floats, normals, rates, uniform, words

from guanzi.engine.machine.assembler import NAMES, Assembled
from guanzi.engine.machine.histogram import HISTOGRAM_BINS
from guanzi.engine.simulation.summaries import bins_of

BLOCK = 4096

SIMPLE: dict[str, Any] = {
    "SET": lambda v, b, a, bb, c, k, e: k,
    "COPY": lambda v, b, a, bb, c, k, e: v[a],
    "ADD": lambda v, b, a, bb, c, k, e: v[a] + v[bb],
    "SUB": lambda v, b, a, bb, c, k, e: v[a] - v[bb],
    "MUL": lambda v, b, a, bb, c, k, e: v[a] * v[bb],
    "DIV": lambda v, b, a, bb, c, k, e: np.where(v[bb] != 0.0, v[a] / np.where(v[bb] != 0.0, v[bb], 1.0), 0.0),
    "MIN": lambda v, b, a, bb, c, k, e: np.minimum(v[a], v[bb]),
    "MAX": lambda v, b, a, bb, c, k, e: np.maximum(v[a], v[bb]),
    "NEG": lambda v, b, a, bb, c, k, e: -v[a],
    "ADDK": lambda v, b, a, bb, c, k, e: v[a] + k,
    "MULK": lambda v, b, a, bb, c, k, e: v[a] * k,
    "RSUBK": lambda v, b, a, bb, c, k, e: k - v[a],
    "MINK": lambda v, b, a, bb, c, k, e: np.minimum(v[a], k),
    "MAXK": lambda v, b, a, bb, c, k, e: np.maximum(v[a], k),
    "AFF": lambda v, b, a, bb, c, k, e: v[a] * k + e,
    "MADD": lambda v, b, a, bb, c, k, e: v[a] * v[bb] + v[c],
    "EXP": lambda v, b, a, bb, c, k, e: np.exp(np.clip(v[a], -700.0, 700.0)),
    "LOG": lambda v, b, a, bb, c, k, e: np.log(v[a]),
    "SQRT": lambda v, b, a, bb, c, k, e: np.sqrt(v[a]),
    "SEL": lambda v, b, a, bb, c, k, e: np.where(b[a], v[bb], v[c]),
    "MSK": lambda v, b, a, bb, c, k, e: np.where(b[a], v[bb], 0.0),
}
TRUTHS: dict[str, Any] = {
    "SETT": lambda v, b, a, bb, c, k, e: bool(k),
    "COPYT": lambda v, b, a, bb, c, k, e: b[a],
    "GE": lambda v, b, a, bb, c, k, e: v[a] >= v[bb],
    "GT": lambda v, b, a, bb, c, k, e: v[a] > v[bb],
    "EQ": lambda v, b, a, bb, c, k, e: v[a] == v[bb],
    "GEK": lambda v, b, a, bb, c, k, e: v[a] >= k,
    "GTK": lambda v, b, a, bb, c, k, e: v[a] > k,
    "LTK": lambda v, b, a, bb, c, k, e: v[a] < k,
    "LEK": lambda v, b, a, bb, c, k, e: v[a] <= k,
    "AND": lambda v, b, a, bb, c, k, e: b[a] & b[bb],
    "OR": lambda v, b, a, bb, c, k, e: b[a] | b[bb],
    "ANDN": lambda v, b, a, bb, c, k, e: b[a] & ~b[bb],
    "NOT": lambda v, b, a, bb, c, k, e: ~b[a],
}


def run_blocks(program: Assembled, seed: int, paths: int) -> dict[str, Floats]:
    """All outputs of all paths, block by block; histograms and tallies are counted, too."""
    out = np.empty((len(program.outputs), paths))
    counts = np.zeros((len(program.histograms), HISTOGRAM_BINS), np.int64)
    tallies = np.zeros(len(program.tallies), np.int64)
    code, constants = program.code.tolist(), program.constants.tolist()
    with np.errstate(all="ignore"):
        for first in range(0, paths, BLOCK):
            ids = np.arange(first, min(first + BLOCK, paths), dtype=np.uint64)
            _block(program, code, constants, seed, ids, out[:, first : first + len(ids)], counts, tallies)
    return dict(zip(program.outputs, out, strict=True))


def _block(
    program: Assembled, code: Any, constants: Any, seed: int, ids: Any, out: Floats, counts: Any, tallies: Any
) -> None:
    n = len(ids)
    v = np.repeat(program.first[:, None], n, axis=1)
    b = np.repeat(program.first_truths[:, None] != 0, n, axis=1)
    flows = np.zeros((program.flows, n))
    drawn: dict[Any, Any] = {}
    for t in range(len(program.start) - 1):
        for pc in range(int(program.start[t]), int(program.start[t + 1])):
            o, d, a, bb, c, ik, ie = code[pc]
            op, k = NAMES[o], constants[ik]
            if op in SIMPLE:
                v[d] = SIMPLE[op](v, b, a, bb, c, k, constants[ie])
            elif op in TRUTHS:
                b[d] = TRUTHS[op](v, b, a, bb, c, k, constants[ie])
            elif op == "ACC":
                v[d] += v[a]
            elif op == "ACCK":
                v[d] += v[a] * k
            elif op == "KEEP":
                np.copyto(v[d], v[bb], where=b[a])
            elif op == "STAMP":
                v[d][b[a]] = k
            elif op == "COUNT":
                v[d] = np.where(b[a], v[d] + 1.0, 0.0)
            elif op == "LOWER":
                np.minimum(v[d], v[a], out=v[d])
            elif op == "LATCH":
                b[d] |= b[a]
            elif op == "DROP":
                b[d] &= ~b[a]
            elif op == "XFER":
                v[d] -= v[bb]
                v[a] += v[bb]
            elif op in ("NORMAL", "UNIFORM"):
                block, part = divmod(int(constants[ie]), 4)
                address = block, int(k)
                if address not in drawn:
                    drawn[address] = words(seed, ids, *address)
                v[d] = uniform(drawn[address][part]) if op == "UNIFORM" else _normal(drawn, address, part)
            elif op == "FLOW":
                flows[int(k)] += v[a]
            elif op == "HIST":
                counts[int(k)] += np.bincount(bins_of(v[bb][b[a]]), minlength=HISTOGRAM_BINS)
            elif op == "TALLY":
                tallies[int(k)] += int(np.count_nonzero(b[a]))
            elif op == "OUT":
                out[int(k)] = v[a]
            elif op == "IRR":
                v[d], v[d + 1] = rates(flows), 0.0


def _normal(drawn: dict[Any, Any], address: tuple[int, int], part: int) -> Floats:
    """A normal of a block whose words were drawn: both of a pair are made when the first is asked for."""
    pair = part // 2
    key = (*address, pair)
    if key not in drawn:
        found = drawn[address]
        drawn[key] = normals(found[2 * pair], found[2 * pair + 1])
    values: Floats = drawn[key][part % 2]
    return values
