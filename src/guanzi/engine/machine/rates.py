"""Rates of return of a block of lanes; see :mod:`guanzi.engine.machine.irr`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, reduce
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

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
from guanzi.engine.machine.shapes import ROW, WIDE
from guanzi.engine.machine.vectors import Vectors

RATES_AT_ONCE = 2
"""Vectors of lanes whose rates of return are worked on together."""


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

    def _loop_values(self, firsts: Sequence[Any], body: Callable[[list[Any]], tuple[list[Any], Any]]) -> list[Any]:
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

        self._loop_values([self._at(0)], group)

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

        found = self._loop_values([self.last, *[zero] * (2 * RATES_AT_ONCE)], row)
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
        found = self._loop_values([self._at(ROUNDS), *firsts], step)
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

        return self._loop_values([self.last], row)[0]

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

        found = self._loop_values([last, *[zero] * (4 * RATES_AT_ONCE)], row)
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
