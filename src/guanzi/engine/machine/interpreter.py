"""The oracle: runs the same arrays as the lane machine, one path at a time, in plain Python, with a trace."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from guanzi.engine.machine.arithmetic import bits_of, exp, log, normal, uniform
from guanzi.engine.machine.assembler import NAMES, Assembled
from guanzi.engine.machine.histogram import HISTOGRAM_LOWEST, HISTOGRAM_SHIFT, HISTOGRAM_SIDE
from guanzi.engine.machine.irr import irr


@dataclass(frozen=True, slots=True)
class PathEvent:
    """What one instruction did that a person would call an event: money moved, or a truth that turned.

    Attributes:
        step: Step, from 0.
        clause: On whose behalf.
        what: ``pays``, ``becomes_true``, ``ends``.
        subject: Slot: the payer, or the truth.
        object: Payee; empty for truths.
        amount: Money moved.
    """

    step: int
    clause: str
    what: str
    subject: str
    object: str = ""
    amount: float = 0.0


class Operands(NamedTuple):
    """Where an instruction finds what it reads.

    Attributes:
        a, b, c: Places of numbers or truths.
        k, e: Places of constants.
    """

    a: int
    b: int
    c: int
    k: int
    e: int


@dataclass(slots=True)
class PathResult:
    """Everything one path recorded: outputs and tallies by row, histogram hits as (row, bin), account sums by step."""

    outputs: dict[int, float] = field(default_factory=dict)
    hits: list[tuple[int, int]] = field(default_factory=list)
    tallies: dict[int, int] = field(default_factory=dict)
    account_sums: list[float] = field(default_factory=list)
    trace: list[PathEvent] = field(default_factory=list)


def histogram_bin(x: float) -> int:
    """The bin of a number: sign, exponent and the leading bits of the mantissa.

    >>> histogram_bin(0.0) == HISTOGRAM_SIDE
    True
    """
    bits = bits_of(x)
    j = ((bits & 0x7FFFFFFFFFFFFFFF) >> HISTOGRAM_SHIFT) - HISTOGRAM_LOWEST
    j = min(max(j, 0), HISTOGRAM_SIDE)
    return HISTOGRAM_SIDE - j if bits < 0 else HISTOGRAM_SIDE + j


def run_path(
    program: Assembled, seed: int, path: int, *, inputs: Sequence[float] = (), trace: bool = False
) -> PathResult:
    """Run one path.

    Args:
        program: The assembled program.
        seed: Key of the random numbers.
        path: Number of the path, as in the lane machine.
        inputs: Values that the caller gives instead of draws.
        trace: Record what each clause did.
    """
    v: list[float] = program.first.tolist()
    b: list[int] = program.first_truths.tolist()
    constants: list[float] = program.constants.tolist()
    code: list[list[int]] = program.code.tolist()
    accounts = program.number_names
    flows = [0.0] * program.flows
    result = PathResult()
    for t in range(len(program.start) - 1):
        for pc in range(int(program.start[t]), int(program.start[t + 1])):
            o, d, a, bb, c, k, e = code[pc]
            op = NAMES[o]
            if op in NUMBER:
                v[d] = NUMBER[op](v, b, constants, Operands(a, bb, c, k, e))
            elif op in TRUTH:
                b[d] = TRUTH[op](v, b, constants, Operands(a, bb, c, k, e))
            elif op == "NORMAL":
                v[d] = normal(seed, path, int(constants[k]), int(constants[e]))
            elif op == "UNIFORM":
                v[d] = uniform(seed, path, int(constants[k]), int(constants[e]))
            elif op == "INPUT":
                v[d] = inputs[int(constants[k])]
            elif op == "ACC":
                v[d] = v[d] + v[a]
            elif op == "ACCK":
                v[d] = v[d] + v[a] * constants[k]
            elif op == "KEEP":
                v[d] = v[bb] if b[a] else v[d]
            elif op == "STAMP":
                v[d] = constants[k] if b[a] else v[d]
            elif op == "COUNT":
                v[d] = v[d] + 1.0 if b[a] else 0.0
            elif op == "LOWER":
                v[d] = v[d] if v[d] < v[a] else v[a]
            elif op in ("LATCH", "DROP"):
                before = b[d]
                b[d] = before | b[a] if op == "LATCH" else before & (b[a] ^ 1)
                if trace and before != b[d]:
                    what = "becomes_true" if b[d] else "ends"
                    result.trace.append(PathEvent(t, _clause(program, pc), what, program.truth_names[d]))
            elif op == "XFER":
                v[d] = v[d] - v[bb]
                v[a] = v[a] + v[bb]
                if trace and v[bb] != 0.0:
                    who = (accounts[d], accounts[a]) if v[bb] > 0.0 else (accounts[a], accounts[d])
                    result.trace.append(PathEvent(t, _clause(program, pc), "pays", *who, abs(v[bb])))
            elif op == "FLOW":
                flows[int(constants[k])] += v[a]
            elif op == "HIST":
                if b[a]:
                    result.hits.append((int(constants[k]), histogram_bin(v[bb])))
            elif op == "TALLY":
                result.tallies[int(constants[k])] = b[a]
            elif op == "OUT":
                result.outputs[int(constants[k])] = v[a]
            elif op == "IRR":
                v[d], v[d + 1] = irr(flows)
        result.account_sums.append(math.fsum(v[i] for i in program.accounts))
    return result


def _clause(program: Assembled, pc: int) -> str:
    return program.clause_names[int(program.clauses[pc])]


NUMBER: dict[str, Callable[..., float]] = {
    "SET": lambda v, b, K, at: K[at.k],
    "COPY": lambda v, b, K, at: v[at.a],
    "ADD": lambda v, b, K, at: v[at.a] + v[at.b],
    "SUB": lambda v, b, K, at: v[at.a] - v[at.b],
    "MUL": lambda v, b, K, at: v[at.a] * v[at.b],
    "DIV": lambda v, b, K, at: v[at.a] / v[at.b] if v[at.b] != 0.0 else 0.0,
    "MIN": lambda v, b, K, at: v[at.a] if v[at.a] < v[at.b] else v[at.b],
    "MAX": lambda v, b, K, at: v[at.a] if v[at.a] > v[at.b] else v[at.b],
    "NEG": lambda v, b, K, at: -v[at.a],
    "ADDK": lambda v, b, K, at: v[at.a] + K[at.k],
    "MULK": lambda v, b, K, at: v[at.a] * K[at.k],
    "RSUBK": lambda v, b, K, at: K[at.k] - v[at.a],
    "MINK": lambda v, b, K, at: v[at.a] if v[at.a] < K[at.k] else K[at.k],
    "MAXK": lambda v, b, K, at: v[at.a] if v[at.a] > K[at.k] else K[at.k],
    "AFF": lambda v, b, K, at: v[at.a] * K[at.k] + K[at.e],
    "MADD": lambda v, b, K, at: v[at.a] * v[at.b] + v[at.c],
    "EXP": lambda v, b, K, at: exp(v[at.a]),
    "LOG": lambda v, b, K, at: log(v[at.a]),
    "SQRT": lambda v, b, K, at: math.sqrt(v[at.a]),
    "SEL": lambda v, b, K, at: v[at.b] if b[at.a] else v[at.c],
    "MSK": lambda v, b, K, at: v[at.b] if b[at.a] else 0.0,
}
TRUTH: dict[str, Callable[..., int]] = {
    "SETT": lambda v, b, K, at: int(K[at.k]),
    "COPYT": lambda v, b, K, at: b[at.a],
    "GE": lambda v, b, K, at: int(v[at.a] >= v[at.b]),
    "GT": lambda v, b, K, at: int(v[at.a] > v[at.b]),
    "EQ": lambda v, b, K, at: int(v[at.a] == v[at.b]),
    "GEK": lambda v, b, K, at: int(v[at.a] >= K[at.k]),
    "GTK": lambda v, b, K, at: int(v[at.a] > K[at.k]),
    "LTK": lambda v, b, K, at: int(v[at.a] < K[at.k]),
    "LEK": lambda v, b, K, at: int(v[at.a] <= K[at.k]),
    "AND": lambda v, b, K, at: b[at.a] & b[at.b],
    "OR": lambda v, b, K, at: b[at.a] | b[at.b],
    "ANDN": lambda v, b, K, at: b[at.a] & (b[at.b] ^ 1),
    "NOT": lambda v, b, K, at: b[at.a] ^ 1,
}
