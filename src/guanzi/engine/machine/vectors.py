"""What the operations mean for eight lanes, in LLVM's own vector instructions.

Fused multiply-add only where both back-ends ask for it: exp, log, sine, cosine, and the rate of return.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llvmlite import ir
from numba.core import cgutils

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
from guanzi.engine.machine.histogram import HISTOGRAM_LOWEST, HISTOGRAM_SHIFT, HISTOGRAM_SIDE
from guanzi.engine.machine.shapes import WIDE


def function_of(module: Any, kind: Any, name: str) -> Any:
    """A function of a module, declared where it is not yet known."""
    return cgutils.get_or_insert_function(module, kind, name)  # type: ignore[no-untyped-call]


class Vectors:
    """Writes vector instructions at the builder's place: what the operations mean for eight lanes.

    Args:
        builder: Where it writes.
        guesses: Divisions are done by the units that multiply, from a guessed reciprocal; see :meth:`_guessed`.

    Attributes:
        doubts: For each such division, the lanes of which it does not answer for the last bit.
    """

    def __init__(self, builder: Any, *, guesses: bool = False) -> None:
        self.b, self.guesses = builder, guesses
        self.doubts: list[Any] = []
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
        return self.b.call(function_of(self.b.module, kind, f"{name}.v{WIDE}f64"), args)

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
        divisor = b.select(zero, self.number(1.0), y)
        quotient = self._guessed(x, divisor) if self.guesses else b.fdiv(x, divisor)
        return b.select(zero, self.number(0.0), quotient)

    def _guessed(self, x: Any, y: Any) -> Any:
        """The quotient, rounded as a division rounds it, of a guessed reciprocal; lanes in doubt are noted.

        Four terms of a series and one step of Newton's rule round the reciprocal r correctly, but where all bits of
        y's mantissa are ones. The remainder of a quotient is exact, and twice corrected by remainder times r it is off
        by half a last place. So the last sum, before it is rounded, is off by less than x / y can lie beside the middle
        of two numbers: that is 1 / 2y places, for 53-bit integers x and y. In doubt are exponents beyond half of their
        range, since remainders could vanish, and mantissas of ones; x may be zero.

        References:
            Markstein: Computation of elementary functions on the IBM RISC System/6000. IBM J. Res. Dev. 34 (1990).
        """
        b, one, middle = self.b, self.number(1.0), self.integer(1 << 62)
        dividend, divisor = b.bitcast(x, self.integers), b.bitcast(y, self.integers)
        # of exponents within half of their range, and of no others, this sum has the second bit
        half = self.integer(512 << 52)
        held = b.select(b.fcmp_unordered("!=", x, self.number(0.0)), b.add(dividend, half), middle)
        held = b.and_(b.and_(held, b.add(divisor, half)), middle)
        after = b.and_(b.add(divisor, self.integer(1)), self.integer((1 << 52) - 1))
        beyond, ones = (b.icmp_unsigned("==", bits, self.integer(0)) for bits in (held, after))
        self.doubts.append(b.or_(beyond, ones))
        guess = ir.FunctionType(self.numbers, [self.numbers, self.numbers, ir.IntType(WIDE)])
        function = function_of(b.module, guess, "llvm.x86.avx512.rcp14.pd.512")
        r = b.call(function, [y, self.number(0.0), ir.Constant(ir.IntType(WIDE), -1)])
        minus = b.fneg(y)
        e = self.fma(minus, r, one)
        r = self.fma(r, self.fma(self.fma(e, e, e), e, e), r)
        r = self.fma(self.fma(minus, r, one), r, r)
        first = q = b.fmul(x, r)
        for _ in range(2):
            q = self.fma(self.fma(minus, q, x), r, q)
        kind = ir.FunctionType(self.numbers, [self.numbers, self.numbers])
        return b.call(function_of(b.module, kind, f"llvm.copysign.v{WIDE}f64"), [q, first])

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
            c0 = b.xor(b.xor(self._upper(p1), c1), keys[i])
            c2 = b.xor(b.xor(self._upper(p0), c3), keys[i + 1])
            c1, c3 = p1, p0
        return b.and_(c0, low), b.and_(c1, low), b.and_(c2, low), b.and_(c3, low)

    def _upper(self, x: Any) -> Any:
        """The upper halves as lower ones, whatever stands above: by a shuffle, since shifts would wait for products."""
        b, halves = self.b, ir.VectorType(ir.IntType(32), 2 * WIDE)
        y = b.bitcast(x, halves)
        return b.bitcast(b.shuffle_vector(y, y, ir.Constant(halves, [i | 1 for i in range(2 * WIDE)])), self.integers)

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
