"""The lane machine: one Numba function, compiled once and cached, that runs any program over lanes of 128 paths.

It agrees with :mod:`guanzi.engine.machine.interpreter` bit for bit. The loops over lanes are written in LLVM's own
vector instructions, from one table of shapes (:data:`SHAPES`): a shape is an operation, or a small tree of operations
whose inner results never leave the registers. So nothing depends on what a compiler manages to vectorise, a destination
may be a source, and a new shape is a line of the table. Numbers are rows of 128 float64; truths are rows of 128 bits,
so that a connective is one instruction for a whole row; constants are held once, and read again for every lane.

Fused multiply-add only where both back-ends ask for it: exp, log, sine, cosine, and the rate of return.

All helpers are in this file because Numba's cache looks only at the file of the cached function.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, reduce
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from guanzi.base.core import compiled
from guanzi.engine.machine.arithmetic import (
    COS_SERIES,
    EXP_SERIES,
    HALF_PI,
    INVERSE_2_30,
    INVERSE_2_32,
    LN2,
    LN2_HIGH,
    LN2_LOW,
    LOG2_E,
    LOG_SERIES,
    SIN_SERIES,
    SQRT2,
)
from guanzi.engine.machine.histogram import HISTOGRAM_BINS, HISTOGRAM_LOWEST, HISTOGRAM_SHIFT, HISTOGRAM_SIDE
from guanzi.engine.machine.irr import (
    CLOSE,
    CONVERGED,
    MARGIN,
    MOST,
    NARROW,
    NO_RATE,
    NO_SIGN_CHANGE,
    REACH,
    ROUNDS,
    SEVERAL_ROOTS,
    TOTAL_LOSS,
)

LANES = 128
WIDE = 8
"""Numbers in a vector; on processors with narrower ones LLVM takes several."""
TURN = 4
"""Vectors in one turn of a loop."""
COPIES = 2
"""Vectors in which a constant is held."""
ROW = LANES * 8
"""Bytes of a row of numbers."""
BITS = LANES // 8
"""Bytes of a row of truths."""
SPARE = 2 * WIDE
"""Counters at the end of a histogram: lanes that do not count, and zeros."""
RATES_AT_ONCE = 2
"""Vectors of lanes whose rates of return are worked on together."""
CHUNK = 32
"""Blocks of lanes after which bins are counted: one table after the other, as all together fill no near cache."""


Shape = str | tuple[Any, ...]
"""A leaf (``.``), or an operation and the shapes that it works on."""

NUMERIC = {"ADD": "NN", "SUB": "NN", "MUL": "NN", "DIV": "NN", "MIN": "NN", "MAX": "NN", "NEG": "N", "SEL": "TNN",
           "EXP": "N", "LOG": "N", "SQRT": "N", "COPY": "N"}  # fmt: skip
"""Operations that give a number, with what they work on: numbers and truths."""
LOGICAL = {"GT": "NN", "GE": "NN", "EQ": "NN", "AND": "TT", "OR": "TT", "ANDN": "TT", "NOT": "T", "COPYT": "T"}
"""Operations that give a truth."""
WORKS_ON = NUMERIC | LOGICAL


def parse_shape(text: str) -> Shape:
    """A shape from its text in prefix notation: ``ADD MUL . . .`` is (a * b) + c.

    >>> parse_shape("ADD MUL . . .")
    ('ADD', ('MUL', '.', '.'), '.')
    """
    words = iter(text.split())

    def read() -> Shape:
        word = next(words)
        return word if word == "." else (word, *(read() for _ in WORKS_ON[word]))

    shape = read()
    if next(words, None) is not None:
        raise ValueError(f"{text!r} is longer than one shape")
    return shape


def leaves_of(shape: Shape, kind: str = "N") -> str:
    """``N`` or ``T`` for each leaf of a shape, in order.

    >>> leaves_of(parse_shape("SEL AND . . MUL . . ."))
    'TTNNN'
    """
    if shape == ".":
        return kind
    return "".join(leaves_of(x, k) for x, k in zip(shape[1:], WORKS_ON[shape[0]], strict=True))


BASE = """
ADD . .      SUB . .    MUL . .     DIV . .     MIN . .     MAX . .     NEG .       SEL . . .
EXP .        LOG .      SQRT .      COPY .      GT . .      GE . .      EQ . .
AND . .      OR . .     ANDN . .    NOT .       COPYT .
"""
"""One operation each: with these, any program can run."""

FUSED = """
ADD ADD . . .         ADD ADD ADD . . . .     ADD ADD . MUL . . .     ADD ADD . . MUL . .       ADD MAX . . .
ADD MUL . . .         ADD SEL . . . .         ADD SUB . . .           ADD MUL . MIN DIV . . . .
SUB . MUL . .         SUB . SEL . . .         SUB ADD . . .           SUB ADD . SEL . . . .     SUB SEL . . . .
SUB SUB . . .
MUL ADD MUL . . . .   MUL DIV . . .           MUL EXP . .             MUL EXP ADD MUL . . . .   MUL EXP MIN . . .
MUL EXP MUL . . .     MUL MIN . . .           MUL MUL . . .           MUL SEL . MUL . . . .     MUL SUB . . .
DIV . ADD . .         DIV MIN . . .           DIV MUL . . .           EXP MUL . .
MIN . MAX SUB . . .   MIN DIV . . .           MIN MAX . . .           MAX MUL . . .             MAX NEG . .
MAX SUB . . .
SEL . ADD . . .       SEL . MAX . . .         SEL . MAX SUB . . . .   SEL . MIN . . .           SEL . MUL . . .
SEL . SUB . . .       SEL . MUL . DIV . . .   SEL . MUL . MUL . . .   SEL GT . . . .            GT SEL . . . .
AND AND . . .         AND AND . GT . . .      AND ANDN . . .          AND GE . . .              AND GT . . .
AND OR . . .          ANDN AND . . .          OR AND . . .            OR AND . GT . . .         OR ANDN . . .
OR OR . . .
"""
"""Trees of operations that programs often have: fewer instructions, and inner results that are never stored."""


def _texts(table: str) -> list[str]:
    return [" ".join(x.split()) for line in table.splitlines() for x in line.split("  ") if x.strip()]


SHAPES: dict[str, Shape] = {text: parse_shape(text) for text in _texts(BASE + FUSED)}
"""Text of a shape to the shape: one instruction of the machine each."""

SPECIAL = (
    "END",
    "INPUT",
    "OUT",
    "IRR",
    "STORE",
    "LOAD",
    "STORET",
    "LOADT",
    "SKIP",
    "HIST",
    "TALLY",
    "FLOW",
    "WORDS",
    "NORMALS",
    "COSINE",
    "SINE",
    "UNIFORM",
)
"""Instructions that are no shapes; those up to LOADT are done outside the vector code."""
OUTSIDE = SPECIAL.index("SKIP")
CODES = {name: i for i, name in enumerate((*SPECIAL, *SHAPES))}
"""Instruction to its number."""
INPUT, OUT, IRR, STORE, LOAD, STORET, LOADT = (CODES[x] for x in SPECIAL[1:OUTSIDE])


# -- vector code


def _function(module: Any, kind: Any, name: str) -> Any:
    return cgutils.get_or_insert_function(module, kind, name)  # type: ignore[no-untyped-call]


class Vectors:
    """Writes vector instructions at the builder's place: what the operations mean for eight lanes."""

    def __init__(self, builder: Any) -> None:
        self.b = builder
        self.numbers = ir.VectorType(ir.DoubleType(), WIDE)
        self.integers = ir.VectorType(ir.IntType(64), WIDE)
        self.truths = ir.VectorType(ir.IntType(1), WIDE)

    def number(self, x: float) -> Any:
        """A constant in all lanes."""
        return ir.Constant(self.numbers, [float(x)] * WIDE)

    def integer(self, x: int) -> Any:
        """An integer constant in all lanes."""
        return ir.Constant(self.integers, [x] * WIDE)

    def call(self, name: str, *args: Any) -> Any:
        """An intrinsic of LLVM on numbers."""
        kind = ir.FunctionType(self.numbers, [self.numbers] * len(args))
        return self.b.call(_function(self.b.module, kind, f"{name}.v{WIDE}f64"), args)

    def fma(self, x: Any, y: Any, z: Any) -> Any:
        """The product plus z, rounded once."""
        return self.call("llvm.fma", x, y, z)

    def series(self, coefficients: Sequence[float], x: Any) -> Any:
        """A polynomial by Horner's rule, highest coefficient first."""
        p = self.number(coefficients[0])
        for c in coefficients[1:]:
            p = self.fma(p, x, self.number(c))
        return p

    def less(self, x: Any, y: Any) -> Any:
        """Whether x < y; false where one is no number."""
        return self.b.fcmp_ordered("<", x, y)

    def of(self, op: str, x: Any, *more: Any) -> Any:
        """An operation of the tables above."""
        b = self.b
        simple = {"ADD": b.fadd, "SUB": b.fsub, "MUL": b.fmul, "AND": b.and_, "OR": b.or_, "SEL": b.select}
        if op in simple:
            return simple[op](x, *more)
        if op in ("COPY", "COPYT"):
            return x
        return getattr(self, f"_{op.lower()}")(x, *more)

    def _div(self, x: Any, y: Any) -> Any:
        b, zero = self.b, self.b.fcmp_ordered("==", y, self.number(0.0))
        quotient = b.fdiv(x, b.select(zero, self.number(1.0), y))
        return b.select(zero, self.number(0.0), quotient)

    def _min(self, x: Any, y: Any) -> Any:
        return self.b.select(self.less(x, y), x, y)

    def _max(self, x: Any, y: Any) -> Any:
        return self.b.select(self.less(y, x), x, y)

    def _neg(self, x: Any) -> Any:
        return self.b.fneg(x)

    def _sqrt(self, x: Any) -> Any:
        return self.call("llvm.sqrt", x)

    def _gt(self, x: Any, y: Any) -> Any:
        return self.less(y, x)

    def _ge(self, x: Any, y: Any) -> Any:
        return self.b.fcmp_ordered(">=", x, y)

    def _eq(self, x: Any, y: Any) -> Any:
        return self.b.fcmp_ordered("==", x, y)

    def _andn(self, x: Any, y: Any) -> Any:
        return self.b.and_(x, self.b.not_(y))

    def _not(self, x: Any) -> Any:
        return self.b.not_(x)

    def _exp(self, x: Any) -> Any:
        b = self.b
        low, high = self.number(-700.0), self.number(700.0)
        x = b.select(self.less(low, x), x, low)
        x = b.select(self.less(x, high), x, high)
        k = self.call("llvm.floor", self.fma(x, self.number(LOG2_E), self.number(0.5)))
        r = self.fma(k, self.number(-LN2_LOW), self.fma(k, self.number(-LN2_HIGH), x))
        p = self.series(EXP_SERIES, r)
        # k as an integer stands in the low bits of k + 1.5 * 2**52; the shift leaves its exponent
        shifted = b.bitcast(b.fadd(k, self.number(6755399441055744.0)), self.integers)
        power = b.add(b.shl(shifted, self.integer(52)), self.integer(1023 << 52))
        return b.fmul(p, b.bitcast(power, self.numbers))

    def _log(self, x: Any) -> Any:
        b = self.b
        bits = b.bitcast(x, self.integers)
        m = b.bitcast(b.or_(b.and_(bits, self.integer(0x000FFFFFFFFFFFFF)), self.integer(1023 << 52)), self.numbers)
        e = b.fsub(self._small(b.lshr(bits, self.integer(52))), self.number(1023.0))
        big = self.less(self.number(SQRT2), m)
        m = b.fmul(m, b.select(big, self.number(0.5), self.number(1.0)))
        e = b.fadd(e, b.select(big, self.number(1.0), self.number(0.0)))
        s = b.fdiv(b.fsub(m, self.number(1.0)), b.fadd(m, self.number(1.0)))
        p = self.series(LOG_SERIES, b.fmul(s, s))
        return self.fma(e, self.number(LN2), b.fmul(b.fmul(self.number(2.0), s), p))

    def _small(self, bits: Any) -> Any:
        """Integers below 2**52 as numbers."""
        b = self.b
        shifted = b.bitcast(b.or_(bits, self.integer(0x433 << 52)), self.numbers)
        return b.fsub(shifted, self.number(4503599627370496.0))

    def uniform(self, word: Any) -> Any:
        """A number in (0, 1) from a 32-bit word."""
        return self.b.fmul(self.b.fadd(self._small(word), self.number(0.5)), self.number(INVERSE_2_32))

    def bin(self, bits: Any) -> Any:
        """The bin of a number: sign, exponent and leading bits of the mantissa."""
        b, side = self.b, self.integer(HISTOGRAM_SIDE)
        j = b.lshr(b.and_(bits, self.integer(0x7FFFFFFFFFFFFFFF)), self.integer(HISTOGRAM_SHIFT))
        j = b.sub(j, self.integer(HISTOGRAM_LOWEST))
        j = b.select(b.icmp_signed(">", j, self.integer(0)), j, self.integer(0))
        j = b.select(b.icmp_signed("<", j, side), j, side)
        return b.select(b.icmp_signed("<", bits, self.integer(0)), b.sub(side, j), b.add(side, j))

    def splat(self, x: Any) -> Any:
        """One 64-bit integer in all lanes."""
        b, one = self.b, ir.Constant(self.integers, ir.Undefined)
        first = b.insert_element(one, x, ir.Constant(ir.IntType(32), 0))
        return b.shuffle_vector(first, one, ir.Constant(ir.VectorType(ir.IntType(32), WIDE), [0] * WIDE))

    def philox(self, path: Any, block: Any, stream: Any, keys: Sequence[Any]) -> tuple[Any, Any, Any, Any]:
        """Philox4x32-10: four 32-bit words; two keys for each round."""
        b, low, half = self.b, self.integer(0xFFFFFFFF), self.integer(32)
        c0, c1, c2, c3 = b.and_(path, low), b.lshr(path, half), block, stream
        for i in range(0, 20, 2):
            # only the low halves count; where LLVM sees that, it takes the cheap multiplication
            p0, p1 = b.mul(self.integer(0xD2511F53), b.and_(c0, low)), b.mul(self.integer(0xCD9E8D57), b.and_(c2, low))
            c0 = b.xor(b.xor(b.lshr(p1, half), c1), keys[i])
            c2 = b.xor(b.xor(b.lshr(p0, half), c3), keys[i + 1])
            c1, c3 = p1, p0
        return b.and_(c0, low), b.and_(c1, low), b.and_(c2, low), b.and_(c3, low)

    def radius(self, word: Any) -> Any:
        """Length of a pair of normals (Box and Muller)."""
        return self._sqrt(self.b.fmul(self.number(-2.0), self._log(self.uniform(word))))

    def angle(self, word: Any) -> tuple[Any, Any]:
        """Cosine and sine of the angle that a word gives."""
        b = self.b
        u = b.fmul(b.fadd(self._small(word), self.number(0.5)), self.number(INVERSE_2_30))
        q = self.call("llvm.floor", b.fadd(u, self.number(0.5)))
        a = b.fmul(b.fsub(u, q), self.number(HALF_PI))
        z = b.fmul(a, a)
        s = self.fma(b.fmul(a, z), self.series(SIN_SERIES, z), a)
        c = self.series(COS_SERIES, z)
        bits = b.bitcast(b.fadd(q, self.number(4503599627370496.0)), self.integers)
        first, second = (b.icmp_unsigned("!=", b.and_(bits, self.integer(n)), self.integer(0)) for n in (1, 2))
        cosine, sine = b.select(first, s, c), b.select(first, c, s)
        return b.select(b.xor(first, second), b.fneg(cosine), cosine), b.select(second, b.fneg(sine), sine)


class Dispatcher:
    """Writes the loop that fetches instructions and jumps to their code."""

    PLACES = ("code", "numbers", "truths", "words", "paths", "keys", "flows", "bins", "tallies")
    """What lies where: the second argument of the vector code, all addresses."""

    def __init__(self, builder: Any, *places: Any) -> None:
        self.b = builder
        self.word, self.long, self.byte = ir.IntType(32), ir.IntType(64), ir.IntType(8)
        found = dict(zip(self.PLACES, places, strict=True))
        self.code = builder.inttoptr(found.pop("code"), self.word.as_pointer())
        self.numbers, self.truths, self.words, self.paths, self.keys, self.flows, self.bins, self.tallies = (
            builder.inttoptr(x, self.byte.as_pointer()) for x in found.values()
        )

    def write(self, first: Any) -> Any:
        """From the instruction ``first`` to one that is done elsewhere, whose place is returned."""
        b = self.b
        entry, self.head, leave = b.block, b.append_basic_block("fetch"), b.append_basic_block("leave")
        b.branch(self.head)
        b.position_at_end(self.head)
        self.pc = b.phi(self.long, "pc")
        self.pc.add_incoming(first, entry)
        jump = b.switch(self._operand(0), leave)
        for name in SPECIAL[OUTSIDE:]:
            self._case(jump, name, getattr(self, f"_{name.lower()}"))
        for name, shape in SHAPES.items():
            self._case(jump, name, partial(self._shape, shape))
        b.position_at_end(leave)
        return self.pc

    def _case(self, jump: Any, name: str, body: Callable[[], Any]) -> None:
        b = self.b
        block = b.append_basic_block("op")
        jump.add_case(ir.Constant(self.word, CODES[name]), block)
        b.position_at_end(block)
        following = body()
        self.pc.add_incoming(following, b.block)
        b.branch(self.head)

    def _at(self, x: int) -> Any:
        return ir.Constant(self.long, x)

    def _operand(self, i: int) -> Any:
        """The i-th word of the instruction."""
        return self.b.load(self.b.gep(self.code, [self.b.add(self.pc, self._at(i))]))

    def _offset(self, i: int) -> Any:
        return self.b.zext(self._operand(i), self.long)

    def _after(self, count: int) -> Any:
        return self.b.add(self.pc, self._at(count))

    def _load(self, base: Any, offset: Any, kind: Any, align: int) -> Any:
        b = self.b
        return b.load(b.bitcast(b.gep(base, [offset]), kind.as_pointer()), align=align)

    def _store(self, x: Any, base: Any, offset: Any, align: int) -> None:
        b = self.b
        b.store(x, b.bitcast(b.gep(base, [offset]), x.type.as_pointer()), align=align)

    def _loop(self, body: Callable[[Any], None], step: int = 64 * TURN, until: int = ROW) -> None:
        """For each ``step`` bytes of a row."""
        b = self.b
        before, block, after = b.block, b.append_basic_block("lanes"), b.append_basic_block("done")
        b.branch(block)
        b.position_at_end(block)
        i = b.phi(self.long, "i")
        i.add_incoming(self._at(0), before)
        body(i)
        following = b.add(i, self._at(step))
        i.add_incoming(following, b.block)
        b.cbranch(b.icmp_unsigned("<", following, self._at(until)), block, after)
        b.position_at_end(after)

    # -- shapes

    def _shape(self, shape: Shape) -> Any:
        leaves = leaves_of(shape, "?")
        if "N" in leaves or shape[0] in NUMERIC:
            self._rows(shape, leaves)
        else:
            self._connective(shape, leaves)
        return self._after(2 + len(leaves))

    def _tree(self, v: Vectors, shape: Shape, leaves: list[Any]) -> Any:
        if shape == ".":
            return leaves.pop(0)
        return v.of(shape[0], *[self._tree(v, x, leaves) for x in shape[1:]])

    def _connective(self, shape: Shape, leaves: str) -> None:
        """Truths of truths: whole rows at once."""
        row = ir.IntType(LANES)
        values = [self._load(self.truths, self._offset(2 + i), row, BITS) for i in range(len(leaves))]
        self._store(self._tree(Vectors(self.b), shape, values), self.truths, self._offset(1), BITS)

    def _rows(self, shape: Shape, leaves: str) -> None:
        """Numbers, or truths of numbers: vector by vector. An odd offset is a constant, read again in every turn."""
        b, v = self.b, Vectors(self.b)
        out = self._offset(1)
        offsets = [self._offset(2 + i) for i in range(len(leaves))]
        moves = [b.sub(b.and_(x, self._at(1)), self._at(1)) for x in offsets]
        offsets = [b.and_(x, self._at(-2)) if kind == "N" else x for x, kind in zip(offsets, leaves, strict=True)]
        further = [b.and_(move, self._at(64 * COPIES)) for move in moves]

        def turn(i: Any) -> None:
            bits = b.lshr(i, self._at(6))
            starts = [
                b.add(x, b.and_(i, move)) if kind == "N" else b.add(x, bits)
                for x, move, kind in zip(offsets, moves, leaves, strict=True)
            ]
            results = []
            for u in range(TURN):
                if u and u % COPIES == 0:
                    starts = [
                        b.add(x, more) if kind == "N" else x
                        for x, more, kind in zip(starts, further, leaves, strict=True)
                    ]
                values = [
                    self._load(self.numbers, b.add(x, self._at(64 * (u % COPIES))), v.numbers, 64)
                    if kind == "N"
                    else b.bitcast(self._load(self.truths, b.add(x, self._at(u)), ir.IntType(8), 1), v.truths)
                    for x, kind in zip(starts, leaves, strict=True)
                ]
                results.append(self._tree(v, shape, values))
            for u, x in enumerate(results):
                if x.type == v.numbers:
                    self._store(x, self.numbers, b.add(b.add(out, i), self._at(64 * u)), 64)
                else:
                    place = b.add(b.add(out, bits), self._at(u))
                    self._store(b.bitcast(x, ir.IntType(8)), self.truths, place, 1)

        self._loop(turn)

    # -- control, records and random numbers

    def _skip(self) -> Any:
        """Leave out the next words where no lane has the truth: SKIP, words, truth."""
        b = self.b
        row = self._load(self.truths, self._offset(2), ir.IntType(LANES), BITS)
        none = b.icmp_unsigned("==", row, ir.Constant(row.type, 0))
        return b.add(self._after(3), b.select(none, self._offset(1), self._at(0)))

    def _hist(self) -> Any:
        """Note the bin of a number: HIST, row, truth, number.

        Lanes without the truth, and zeros, have eight bins of their own at the end, by turns: a counter that is written
        again and again makes the processor wait.
        """
        b, v = self.b, Vectors(self.b)
        row, truth, number = (self._offset(1 + i) for i in range(3))
        move = b.sub(b.and_(number, self._at(1)), self._at(1))
        number = b.and_(number, self._at(-2))
        start = b.mul(row, self._at(2 * LANES * CHUNK))
        none, zero = (ir.Constant(v.integers, [HISTOGRAM_BINS + first + i for i in range(WIDE)]) for first in (0, WIDE))
        short = ir.VectorType(ir.IntType(16), WIDE)

        def turn(i: Any) -> None:
            bits = self._load(self.numbers, b.add(number, b.and_(i, move)), v.integers, 64)
            lane = b.lshr(i, self._at(6))
            counted = b.and_(
                self._load(self.truths, b.add(truth, lane), self.byte, 1),
                self._load(self.truths, b.add(lane, self._at(2 * BITS)), self.byte, 1),
            )
            place = v.bin(bits)
            place = b.select(b.icmp_unsigned("==", place, v.integer(HISTOGRAM_SIDE)), zero, place)
            place = b.select(b.bitcast(counted, v.truths), place, none)
            self._store(b.trunc(place, short), self.bins, b.add(start, b.lshr(i, self._at(2))), 16)

        self._loop(turn, 64)
        return self._after(4)

    def _tally(self) -> Any:
        """Count lanes: TALLY, row, truth."""
        b, lanes = self.b, ir.IntType(LANES)
        row = self._load(self.truths, self._offset(2), lanes, BITS)
        row = b.and_(row, self._load(self.truths, self._at(2 * BITS), lanes, BITS))
        count = b.call(_function(b.module, ir.FunctionType(lanes, [lanes]), f"llvm.ctpop.i{LANES}"), [row])
        place = b.shl(self._offset(1), self._at(3))
        more = b.trunc(count, self.long) if LANES > 64 else b.zext(count, self.long) if LANES < 64 else count
        self._store(b.add(self._load(self.tallies, place, self.long, 8), more), self.tallies, place, 8)
        return self._after(3)

    def _flow(self) -> Any:
        """Add to the record of flows: FLOW, row, number."""
        b, v = self.b, Vectors(self.b)
        row = b.mul(self._offset(1), self._at(ROW))
        number = self._offset(2)
        move = b.sub(b.and_(number, self._at(1)), self._at(1))
        number = b.and_(number, self._at(-2))

        def turn(i: Any) -> None:
            had = self._load(self.flows, b.add(row, i), v.numbers, 8)
            more = self._load(self.numbers, b.add(number, b.and_(i, move)), v.numbers, 64)
            self._store(b.fadd(had, more), self.flows, b.add(row, i), 8)

        self._loop(turn, 64)
        return self._after(3)

    def _draw_words(self, block: Any, stream: Any) -> None:
        v = Vectors(self.b)

        def turn(i: Any) -> None:
            keys = [v.splat(self._load(self.keys, self._at(8 * k), self.long, 8)) for k in range(20)]
            path = self._load(self.paths, i, v.integers, 8)
            for k, word in enumerate(v.philox(path, v.splat(block), v.splat(stream), keys)):
                self._store(word, self.words, self.b.add(i, self._at(k * ROW)), 64)

        self._loop(turn, 64)

    def _words(self) -> Any:
        """Four words for each path: WORDS, block, stream."""
        self._draw_words(self._offset(1), self._offset(2))
        return self._after(3)

    def _pair(self, *parts: int) -> Any:
        """Normals of a pair, the first (0), the second (1) or both: place of its words, outs."""
        v = Vectors(self.b)
        row, outs = self._offset(1), [self._offset(2 + i) for i in range(len(parts))]

        def turn(i: Any) -> None:
            first, second = (
                self._load(self.words, self.b.add(self.b.add(row, i), self._at(k * ROW)), v.integers, 64)
                for k in range(2)
            )
            radius, angle = v.radius(first), v.angle(second)
            for out, part in zip(outs, parts, strict=True):
                self._store(v.of("MUL", radius, angle[part]), self.numbers, self.b.add(out, i), 64)

        self._loop(turn, 64)
        return self._after(2 + len(parts))

    def _normals(self) -> Any:
        """Both normals of a pair: NORMALS, place of its words, first, second."""
        return self._pair(0, 1)

    def _cosine(self) -> Any:
        """The first normal alone: COSINE, place of its words, out."""
        return self._pair(0)

    def _sine(self) -> Any:
        """The second normal alone: SINE, place of its words, out."""
        return self._pair(1)

    def _uniform(self) -> Any:
        """A uniform of a block: UNIFORM, place of its word, out."""
        v = Vectors(self.b)
        row, out = self._offset(1), self._offset(2)

        def turn(i: Any) -> None:
            word = self._load(self.words, self.b.add(row, i), v.integers, 64)
            self._store(v.uniform(word), self.numbers, self.b.add(out, i), 64)

        self._loop(turn, 64)
        return self._after(3)


def _vector_code(_context: Any, first: Any, places: Any) -> Any:
    """Run instructions from ``first`` to one that is done outside; returns its place.

    ``places``: the addresses of :attr:`Dispatcher.PLACES`, in their order.
    """

    def generate(_ctx: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        first, places = arguments
        unpacked = cgutils.unpack_tuple(builder, places)  # type: ignore[no-untyped-call]
        return Dispatcher(builder, *unpacked).write(first)

    addresses = types.UniTuple(types.int64, len(Dispatcher.PLACES))  # type: ignore[no-untyped-call]
    return types.int64(types.int64, addresses), generate


vector_code: Any = intrinsic(_vector_code)


class Solver:
    """Writes how rates of return are found, group by group of lanes: each goes on until its last lane is done.

    The state has rows of numbers, one for each lane: 0 changes of sign of the flows, 1 their first that is not zero,
    2 the status, 3 the rate.
    """

    def __init__(self, builder: Any, flows: Any, rows: Any, state: Any) -> None:
        self.b, self.v, self.long = builder, Vectors(builder), ir.IntType(64)
        self.flows, self.state = (builder.inttoptr(x, ir.IntType(8).as_pointer()) for x in (flows, state))
        self.rows, self.last = rows, builder.sub(rows, self._at(1))

    def _at(self, x: int) -> Any:
        return ir.Constant(self.long, x)

    def _places(self, base: Any, row: Any, lanes: Sequence[Any]) -> list[Any]:
        b, start = self.b, self.b.mul(row, self._at(ROW))
        return [b.bitcast(b.gep(base, [b.add(start, x)]), self.v.numbers.as_pointer()) for x in lanes]

    def _read(self, base: Any, row: Any, lanes: Sequence[Any]) -> list[Any]:
        return [self.b.load(x, align=8) for x in self._places(base, row, lanes)]

    def _write(self, row: int, lanes: Sequence[Any], values: Sequence[Any]) -> None:
        for place, x in zip(self._places(self.state, self._at(row), lanes), values, strict=True):
            self.b.store(x, place, align=8)

    def _any(self, truths: Sequence[Any]) -> Any:
        """Whether a truth holds in some lane."""
        found, kind = reduce(self.b.or_, truths), ir.IntType(WIDE)
        return self.b.icmp_unsigned("!=", self.b.bitcast(found, kind), ir.Constant(kind, 0))

    def _turns(self, firsts: Sequence[Any], body: Callable[[list[Any]], tuple[list[Any], Any]]) -> list[Any]:
        """Carry values from turn to turn: ``body`` makes the next ones, and says whether there is another turn."""
        b = self.b
        before, block, after = b.block, b.append_basic_block("turn"), b.append_basic_block("turned")
        b.branch(block)
        b.position_at_end(block)
        phis = [b.phi(x.type) for x in firsts]
        values, more = body(phis)
        for phi, first, x in zip(phis, firsts, values, strict=True):
            phi.add_incoming(first, before)
            phi.add_incoming(x, b.block)
        b.cbranch(more, block, after)
        b.position_at_end(after)
        return values

    def each_group(self, body: Callable[[list[Any]], None]) -> None:
        """For each group of lanes."""

        def group(carried: list[Any]) -> tuple[list[Any], Any]:
            (i,) = carried
            body([self.b.add(i, self._at(64 * u)) for u in range(RATES_AT_ONCE)])
            following = self.b.add(i, self._at(64 * RATES_AT_ONCE))
            return [following], self.b.icmp_unsigned("<", following, self._at(ROW))

        self._turns([self._at(0)], group)

    def _back(self, j: Any) -> tuple[Any, Any]:
        """The row before, and whether there is one."""
        above = self.b.sub(j, self._at(1))
        return above, self.b.icmp_signed(">=", above, self._at(0))

    def signs(self, lanes: list[Any]) -> None:
        """Changes of sign, and the first flow, seen from the last row on."""
        b, v, zero = self.b, self.v, self.v.number(0.0)

        def row(carried: list[Any]) -> tuple[list[Any], Any]:
            changes, flows = [], []
            for c, change, following in zip(
                self._read(self.flows, carried[0], lanes),
                carried[1 : 1 + RATES_AT_ONCE],
                carried[1 + RATES_AT_ONCE :],
                strict=True,
            ):
                some, had = (b.fcmp_ordered("!=", x, zero) for x in (c, following))
                bits = b.xor(b.bitcast(c, v.integers), b.bitcast(following, v.integers))
                turns = b.and_(b.and_(some, had), b.icmp_signed("<", bits, v.integer(0)))
                changes.append(b.select(turns, b.fadd(change, v.number(1.0)), change))
                flows.append(b.select(some, c, following))
            above, more = self._back(carried[0])
            return [above, *changes, *flows], more

        found = self._turns([self.last, *[zero] * (2 * RATES_AT_ONCE)], row)
        self._write(0, lanes, found[1 : 1 + RATES_AT_ONCE])
        self._write(1, lanes, found[1 + RATES_AT_ONCE :])

    def rates(self, lanes: list[Any]) -> None:
        """Newton's method between bounds, for lanes whose status is that there is one rate."""
        b, v, zero = self.b, self.v, self.v.number(0.0)
        status = self._read(self.state, self._at(2), lanes)
        turned = [v.less(zero, x) for x in self._read(self.state, self._at(1), lanes)]
        active = [b.fcmp_ordered("==", x, v.number(CONVERGED)) for x in status]
        reach = b.fdiv(ir.Constant(ir.DoubleType(), REACH), b.sitofp(self.rows, ir.DoubleType()))
        reach = b.bitcast(v.splat(b.bitcast(reach, self.long)), v.numbers)
        last = self._last(lanes)

        def step(carried: list[Any]) -> tuple[list[Any], Any]:
            count, d, low, high, on = carried[0], *(carried[1 + k :: 4] for k in range(4))
            powers = [v.of("EXP", b.fneg(x)) for x in d]
            sums = self._sums(last, lanes, turned, powers)
            following = [x for lane in zip(d, low, high, on, powers, sums, strict=True) for x in self._newton(*lane)]
            fewer = b.sub(count, self._at(1))
            more = b.and_(self._any(following[3::4]), b.icmp_signed(">", fewer, self._at(0)))
            return [fewer, *following], more

        firsts = [x for on in active for x in (zero, b.fneg(reach), reach, on)]
        found = self._turns([self._at(ROUNDS), *firsts], step)
        results = []
        for d, what in zip(found[1::4], status, strict=True):
            rate = b.fsub(v.of("EXP", d), v.number(1.0))
            rate = b.select(b.fcmp_ordered("==", what, v.number(CONVERGED)), rate, v.number(np.nan))
            results.append(b.select(b.fcmp_ordered("==", what, v.number(TOTAL_LOSS)), v.number(-1.0), rate))
        self._write(3, lanes, results)

    def _last(self, lanes: list[Any]) -> Any:
        """The last row with a flow of the group: sums of what comes after it are zero."""
        b, zero = self.b, self.v.number(0.0)

        def row(carried: list[Any]) -> tuple[list[Any], Any]:
            (j,) = carried
            flows = self._read(self.flows, j, lanes)
            above, more = self._back(j)
            more = b.and_(more, b.not_(self._any([b.fcmp_ordered("!=", x, zero) for x in flows])))
            return [b.select(more, above, j)], more

        return self._turns([self.last], row)[0]

    def _sums(self, last: Any, lanes: list[Any], turned: list[Any], powers: list[Any]) -> list[tuple[Any, ...]]:
        """Horner's rule: sums of receipts and of outlays, discounted, each with its derivative.

        Outlays are summed as they are, below zero; where the signs are turned, receipts and outlays change places.
        """
        b, v, zero = self.b, self.v, self.v.number(0.0)

        def row(carried: list[Any]) -> tuple[list[Any], Any]:
            following = []
            for k, c in enumerate(self._read(self.flows, carried[0], lanes)):
                p, dp, n, dn = carried[1 + 4 * k : 5 + 4 * k]
                following += [
                    v.fma(p, powers[k], b.select(v.less(zero, c), c, zero)),
                    v.fma(dp, powers[k], p),
                    v.fma(n, powers[k], b.select(v.less(c, zero), c, zero)),
                    v.fma(dn, powers[k], n),
                ]
            above, more = self._back(carried[0])
            return [above, *following], more

        found = self._turns([last, *[zero] * (4 * RATES_AT_ONCE)], row)
        sums = []
        for k, turn in enumerate(turned):
            p, dp, n, dn = found[1 + 4 * k], found[2 + 4 * k], b.fneg(found[3 + 4 * k]), b.fneg(found[4 + 4 * k])
            sums.append(tuple(b.select(turn, x, y) for x, y in ((n, p), (dn, dp), (p, n), (dp, dn))))
        return sums

    def _newton(self, d: Any, low: Any, high: Any, on: Any, power: Any, sums: tuple[Any, ...]) -> tuple[Any, ...]:
        """One step of :func:`guanzi.engine.machine.irr._solve`."""
        b, v = self.b, self.v
        one, zero = v.number(1.0), v.number(0.0)
        p, dp, n, dn = sums
        p, n = b.select(on, p, one), b.select(on, n, one)
        value = v.of("LOG", b.fdiv(p, n))
        above = v.less(zero, value)
        lower, higher = b.select(above, d, low), b.select(above, high, d)
        slope = b.fmul(power, b.fsub(b.fdiv(dp, p), b.fdiv(dn, n)))
        step = b.fdiv(value, b.select(b.fcmp_ordered("==", slope, zero), one, slope))
        following = b.fadd(d, step)
        inside = b.and_(b.fcmp_ordered(">=", following, lower), b.fcmp_ordered("<=", following, higher))
        newton = b.and_(v.less(zero, slope), inside)
        following = b.select(newton, following, b.fmul(v.number(0.5), b.fadd(lower, higher)))
        size = b.select(b.fcmp_ordered(">=", step, zero), step, b.fneg(step))
        arrived = b.fcmp_ordered("==", value, zero)
        near = b.and_(newton, v.less(size, v.number(CLOSE)))
        done = b.or_(b.or_(arrived, near), v.less(b.fsub(higher, lower), v.number(1e-14)))
        return (
            b.select(b.and_(on, b.not_(arrived)), following, d),
            b.select(on, lower, low),
            b.select(on, higher, high),
            b.and_(on, b.not_(done)),
        )


def _solving(part: Callable[[Solver, list[Any]], None]) -> Callable[..., Any]:
    def typed(_context: Any, flows: Any, rows: Any, state: Any) -> Any:
        def generate(_ctx: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
            solver = Solver(builder, *arguments)
            solver.each_group(partial(part, solver))
            return ir.Constant(ir.IntType(64), 0)

        return types.int64(*[types.int64] * 3), generate

    return typed


lane_signs: Any = intrinsic(_solving(Solver.signs))
lane_rates: Any = intrinsic(_solving(Solver.rates))


def _fma(_context: Any, _a: Any, _b: Any, _c: Any) -> Any:
    """Fused multiply-add: a * b + c, rounded once."""

    def generate(_ctx: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        double = ir.DoubleType()
        function = builder.module.declare_intrinsic("llvm.fma", [double], ir.FunctionType(double, [double] * 3))
        return builder.call(function, arguments)

    return types.float64(types.float64, types.float64, types.float64), generate


fma: Any = intrinsic(_fma)


@njit(inline="always")
def sums(CF: Any, lane: int, first: int, last: int, way: int, v: float) -> Any:
    """See :func:`guanzi.engine.machine.irr._sums`."""
    p = 0.0
    n = 0.0
    dp = 0.0
    dn = 0.0
    i = last
    while True:
        c = CF[i, lane]
        dp = fma(dp, v, p)
        p = fma(p, v, c if c > 0.0 else 0.0)
        dn = fma(dn, v, n)
        n = fma(n, v, -c if c < 0.0 else 0.0)
        if i == first:
            return p, n, dp, dn
        i -= way


@njit
def zeros(CF: Any, lane: int, first: int, last: int, way: int) -> int:
    """See :func:`guanzi.engine.machine.irr._zeros`."""
    stack = np.empty((128, 2))
    stack[0, 0] = 0.0
    stack[0, 1] = 1.0
    depth = 1
    count = 0
    seen = 0
    while depth > 0 and count < 2:
        depth -= 1
        seen += 1
        a = stack[depth, 0]
        b = stack[depth, 1]
        p0, n0, dp0, dn0 = sums(CF, lane, first, last, way, a)
        p1, n1, dp1, dn1 = sums(CF, lane, first, last, way, b)
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
        p, n, _dp, _dn = sums(CF, lane, first, last, way, middle)
        if p == n:
            count += 1
        stack[depth, 0] = a
        stack[depth, 1] = middle
        stack[depth + 1, 0] = middle
        stack[depth + 1, 1] = b
        depth += 2
    return min(count, 2)


@njit
def count_rates(CF: Any, rows: int, lane: int) -> Any:
    """See :func:`guanzi.engine.machine.irr.count_rates`."""
    first = 0
    while CF[first, lane] == 0.0:
        first += 1
    last = rows - 1
    while CF[last, lane] == 0.0:
        last -= 1
    total = 0.0
    for i in range(first, last + 1):
        total = total + CF[i, lane]
    count = 1 if total == 0.0 else 0
    count += zeros(CF, lane, first, last, 1)
    if count < 2:
        count += zeros(CF, lane, last, first, -1)
    return min(count, 2)


@njit(inline="always")
def sign_of(x: float) -> float:
    """1, 0 or -1."""
    return (1.0 if x > 0.0 else 0.0) - (1.0 if x < 0.0 else 0.0)


@njit
def bound_of(CF: Any, rows: int, lane: int) -> int:
    """Most rates that a lane can have, by the sums of its flows from both ends."""
    bound = 0
    front = 0.0
    last = 0.0
    for t in range(rows):
        front = front + CF[t, lane]
        sign = sign_of(front)
        bound += 1 if sign * last < 0.0 else 0
        last = sign if sign != 0.0 else last
    back = 0.0
    last = 0.0
    for t in range(rows - 1, -1, -1):
        back = back + CF[t, lane]
        sign = sign_of(back)
        bound += 1 if sign * last < 0.0 else 0
        last = sign if sign != 0.0 else last
    return bound + (1 if front == 0.0 else 0)


@njit(inline="always")
def v_irr(CF: Any, rows: int, F: Any, L: int) -> None:
    """F[3] <- rate per step, F[2] <- status (see :mod:`guanzi.engine.machine.irr`); rows as in :class:`Solver`."""
    flows = CF.ctypes.data
    state = F.ctypes.data
    lane_signs(flows, rows, state)
    for i in range(L):
        count = F[0, i]
        first = F[1, i]
        if count > 1.0:
            bound = bound_of(CF, rows, i)
            count = np.float64(bound if bound <= 1 else count_rates(CF, rows, i))
            status = CONVERGED if count == 1.0 else (SEVERAL_ROOTS if count > 1.0 else NO_RATE)
        elif count == 1.0:
            status = CONVERGED
        else:
            status = TOTAL_LOSS if first < 0.0 else NO_SIGN_CHANGE
        F[2, i] = status
    lane_rates(flows, rows, state)


@compiled(error_model="numpy")
def rates_of(flows: Any) -> Any:
    """Rates and statuses of series in columns, one for each lane: (rows, lanes) to (2, lanes)."""
    F = np.empty((4, LANES))
    v_irr(flows, flows.shape[0], F, LANES)
    R = np.empty((2, LANES))
    R[0] = F[3]
    R[1] = F[2]
    return R


@compiled(error_model="numpy", nogil=True)
def run_paths(
    seed: Any, ids: Any, n: int, code: Any, V: Any, K: Any, B: Any, W: Any, CF: Any, inputs: Any, held: Any, bins: Any,
    H: Any, C: Any, out: Any,
) -> None:  # fmt: skip
    """Run n paths.

    Args:
        seed: 64-bit key of the random numbers.
        ids: Numbers of the paths, uint64; filled up to a multiple of the lane width.
        n: How many of them count.
        code: Words of the instructions, int32.
        V: Numbers, float64: constants and rows; begins on a 64-byte boundary.
        K: Constants, to be written into the first part of V.
        B: Truths, uint8, 16 bytes each; begins on a 64-byte boundary; all false, all true, then rows.
        W: uint64, scratch: four rows of random words and 20 keys; begins on a 64-byte boundary. All whose address the
            vector code takes are arguments: the caller holds them, where Numba would free an array of its own after
            the last use that it sees.
        CF: (rows, lanes) float64, scratch: the cash-flow record.
        inputs: (rows, as long as ids) float64: values that the caller gives.
        held: (blocks of lanes, rows, lanes) uint64: the bits of values that one program stores and another one loads;
            a row of truths is as many words of a row as it has.
        bins: (histograms, CHUNK * LANES) uint16, scratch.
        H: (histograms, bins + SPARE) uint32 counts, added to; see :meth:`Dispatcher._hist`.
        C: Tallies, uint64, added to.
        out: (outputs, n) float64.
    """
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
                for i in range(m):
                    out[row, off + i] = V[a + i * each]
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
                for i in range((block % CHUNK + 1) * L):
                    H[s, bins[s, i]] += np.uint32(1)


@compiled(error_model="numpy", nogil=True)
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
