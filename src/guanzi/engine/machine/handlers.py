"""The instructions of the lane machine as functions that call one another, written in LLVM's own vector instructions.

So nothing depends on what a compiler manages to vectorise, and a destination may be a source. Numbers are rows of 128
float64; truths are rows of 128 bits, so that a connective is one instruction for a whole row; constants are held once,
and read again for every lane.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from guanzi.engine.machine.histogram import HISTOGRAM_BINS, HISTOGRAM_SIDE
from guanzi.engine.machine.shapes import (
    BITS,
    CHUNK,
    CODES,
    COPIES,
    LANES,
    NUMERIC,
    OUTSIDE,
    ROW,
    SHAPES,
    UNROLL,
    WIDE,
    Shape,
    leaves_of,
)
from guanzi.engine.machine.vectors import Vectors, function_of


class Handler:
    """Writes what one instruction does, and the jump to the next one, as a function of its own.

    A handler is called from another one as the last thing that it does, so the chain takes no space: the place of the
    instruction and the addresses that all need stay in registers, and no instruction pays for what another one needs.
    """

    PLACES = ("code", "numbers", "truths", "words", "paths", "keys", "flows", "bins", "tallies")
    """What lies where: the second argument of the vector code, all addresses."""

    word, long, byte = ir.IntType(32), ir.IntType(64), ir.IntType(8)
    clean = ir.VectorType(ir.DoubleType(), WIDE)
    kind = ir.FunctionType(
        word.as_pointer(),
        [word.as_pointer(), byte.as_pointer(), byte.as_pointer(), byte.as_pointer().as_pointer(), clean],
    )
    """From the place of an instruction, numbers, truths and all places to an instruction that is done elsewhere.

    A last argument that is nothing says that wide registers are in use, so that none clears them at each jump.
    """

    def __init__(self, table: Any, function: Any, *, guesses: bool) -> None:
        self.table, self.guesses = table, guesses
        self.pc, self.numbers, self.truths, self.places, _ = function.args
        self.b = ir.IRBuilder(function.append_basic_block("entry"))
        self.words, self.paths, self.keys, self.flows, self.bins, self.tallies = (
            self.b.load(self.b.gep(self.places, [self._at(i)])) for i in range(3, len(self.PLACES))
        )

    def write(self, name: str) -> None:
        """The whole handler of an instruction."""
        b = self.b
        if CODES[name] < OUTSIDE:
            b.ret(self.pc)
            return
        pc = self._shape(SHAPES[name]) if name in SHAPES else getattr(self, f"_{name.lower()}")()
        following = b.load(b.gep(self.table, [self._at(0), b.zext(b.load(pc), self.long)]))
        b.ret(
            b.call(
                following,
                [pc, self.numbers, self.truths, self.places, ir.Constant(self.clean, ir.Undefined)],
                tail="musttail",
            )
        )

    def _at(self, x: int) -> Any:
        return ir.Constant(self.long, x)

    def _operand(self, i: int) -> Any:
        """The i-th word of the instruction."""
        return self.b.load(self.b.gep(self.pc, [self._at(i)]))

    def _offset(self, i: int) -> Any:
        return self.b.zext(self._operand(i), self.long)

    def _after(self, count: int) -> Any:
        """The place of what follows so many words."""
        return self.b.gep(self.pc, [self._at(count)])

    def _load(self, base: Any, offset: Any, kind: Any, align: int) -> Any:
        b = self.b
        return b.load(b.bitcast(b.gep(base, [offset]), kind.as_pointer()), align=align)

    def _store(self, x: Any, base: Any, offset: Any, align: int) -> None:
        b = self.b
        b.store(x, b.bitcast(b.gep(base, [offset]), x.type.as_pointer()), align=align)

    def _loop(self, body: Callable[[Any], None], step: int = 64 * UNROLL, until: int = ROW) -> None:
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

        def iteration(i: Any) -> None:
            bits = b.lshr(i, self._at(6))
            starts = [
                b.add(x, b.and_(i, move)) if kind == "N" else b.add(x, bits)
                for x, move, kind in zip(offsets, moves, leaves, strict=True)
            ]
            given: list[list[Any]] = []
            for u in range(UNROLL):
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
                given.append(values)
            for u, x in enumerate(self._results(shape, given)):
                if x.type == v.numbers:
                    self._store(x, self.numbers, b.add(b.add(out, i), self._at(64 * u)), 64)
                else:
                    place = b.add(b.add(out, bits), self._at(u))
                    self._store(b.bitcast(x, ir.IntType(8)), self.truths, place, 1)

        self._loop(iteration)

    def _results(self, shape: Shape, given: list[list[Any]]) -> list[Any]:
        """What a shape gives for the vectors of a turn.

        Of divisions every other one is guessed: the unit that divides takes twice as long as those that multiply, and
        both work at once. Where a lane is in doubt, they are done again.
        """
        b = self.b
        plain, guessing = Vectors(b), Vectors(b, guesses=self.guesses)
        results = [self._tree((plain, guessing)[u % 2], shape, list(values)) for u, values in enumerate(given)]
        if not guessing.doubts:
            return results
        before, again, after = b.block, b.append_basic_block("again"), b.append_basic_block("certain")
        lanes = ir.IntType(WIDE)
        doubts = b.bitcast(reduce(b.or_, guessing.doubts), lanes)
        b.cbranch(b.icmp_unsigned("!=", doubts, ir.Constant(lanes, 0)), again, after).set_weights([1, 10_000])
        b.position_at_end(again)
        certain = [self._tree(plain, shape, list(values)) for values in given[1::2]]
        b.branch(after)
        b.position_at_end(after)
        for u, x in enumerate(certain):
            result = b.phi(x.type)
            result.add_incoming(results[2 * u + 1], before)
            result.add_incoming(x, again)
            results[2 * u + 1] = result
        return results

    # -- control, records and random numbers

    def _skip(self) -> Any:
        """Leave out the next words where no lane has the truth: SKIP, words, truth."""
        b = self.b
        row = self._load(self.truths, self._offset(2), ir.IntType(LANES), BITS)
        none = b.icmp_unsigned("==", row, ir.Constant(row.type, 0))
        return b.gep(self._after(3), [b.select(none, self._offset(1), self._at(0))])

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

        def iteration(i: Any) -> None:
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

        self._loop(iteration, 64)
        return self._after(4)

    def _tally(self) -> Any:
        """Count lanes: TALLY, row, truth."""
        b, lanes = self.b, ir.IntType(LANES)
        row = self._load(self.truths, self._offset(2), lanes, BITS)
        row = b.and_(row, self._load(self.truths, self._at(2 * BITS), lanes, BITS))
        count = b.call(function_of(b.module, ir.FunctionType(lanes, [lanes]), f"llvm.ctpop.i{LANES}"), [row])
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

        def iteration(i: Any) -> None:
            had = self._load(self.flows, b.add(row, i), v.numbers, 8)
            more = self._load(self.numbers, b.add(number, b.and_(i, move)), v.numbers, 64)
            self._store(b.fadd(had, more), self.flows, b.add(row, i), 8)

        self._loop(iteration, 64)
        return self._after(3)

    def _draw_words(self, block: Any, stream: Any) -> None:
        v = Vectors(self.b)

        def iteration(i: Any) -> None:
            keys = [v.splat(self._load(self.keys, self._at(8 * k), self.long, 8)) for k in range(20)]
            path = self._load(self.paths, i, v.integers, 8)
            for k, word in enumerate(v.philox(path, v.splat(block), v.splat(stream), keys)):
                self._store(word, self.words, self.b.add(i, self._at(k * ROW)), 64)

        self._loop(iteration, 64)

    def _words(self) -> Any:
        """Four words for each path: WORDS, block, stream."""
        self._draw_words(self._offset(1), self._offset(2))
        return self._after(3)

    def _pair(self, *parts: int) -> Any:
        """Normals of a pair, the first (0), the second (1) or both: place of its words, outs."""
        v = Vectors(self.b)
        row, outs = self._offset(1), [self._offset(2 + i) for i in range(len(parts))]

        def iteration(i: Any) -> None:
            first, second = (
                self._load(self.words, self.b.add(self.b.add(row, i), self._at(k * ROW)), v.integers, 64)
                for k in range(2)
            )
            radius, angle = v.radius(first), v.angle(second)
            for out, part in zip(outs, parts, strict=True):
                self._store(v.of("MUL", radius, angle[part]), self.numbers, self.b.add(out, i), 64)

        self._loop(iteration, 64)
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

        def iteration(i: Any) -> None:
            word = self._load(self.words, self.b.add(row, i), v.integers, 64)
            self._store(v.uniform(word), self.numbers, self.b.add(out, i), 64)

        self._loop(iteration, 64)
        return self._after(3)


def _handlers(module: Any, *, guesses: bool) -> Any:
    """The table of all handlers, by the number of their instruction; ``guesses``: the processor guesses reciprocals."""
    functions = {name: ir.Function(module, Handler.kind, f"guanzi.{code}") for name, code in CODES.items()}
    table = ir.GlobalVariable(module, ir.ArrayType(Handler.kind.as_pointer(), len(functions)), "guanzi.handlers")
    table.initializer = ir.Constant(table.type.pointee, list(functions.values()))
    table.global_constant = True
    table.linkage = "internal"
    for name, function in functions.items():
        function.linkage = "internal"
        function.attributes.add("nounwind")
        handler = Handler(table, function, guesses=guesses)
        handler.write(name)
    return table


def _vector_code(_context: Any, first: Any, places: Any) -> Any:
    """Run instructions from ``first`` to one that is done outside; returns its place.

    ``places``: the addresses of :attr:`Handler.PLACES`, in their order.
    """

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        first, places = arguments
        addresses = cgutils.unpack_tuple(builder, places)  # type: ignore[no-untyped-call]
        held = cgutils.alloca_once(builder, Handler.byte.as_pointer(), len(addresses))  # type: ignore[no-untyped-call]
        for i, address in enumerate(addresses):
            pointer = builder.inttoptr(address, Handler.byte.as_pointer())
            builder.store(pointer, builder.gep(held, [ir.Constant(Handler.long, i)]))
        code = builder.inttoptr(addresses[0], Handler.word.as_pointer())
        numbers, truths = (builder.inttoptr(x, Handler.byte.as_pointer()) for x in addresses[1:3])
        table = _handlers(builder.module, guesses="+avx512f," in context.codegen().magic_tuple()[2])
        pc = builder.gep(code, [first])
        op = builder.zext(builder.load(pc), Handler.long)
        handler = builder.load(builder.gep(table, [ir.Constant(Handler.long, 0), op]))
        last = builder.call(handler, [pc, numbers, truths, held, ir.Constant(Handler.clean, ir.Undefined)])
        passed = builder.sub(builder.ptrtoint(last, Handler.long), addresses[0])
        return builder.sdiv(passed, ir.Constant(Handler.long, 4))

    addresses = types.UniTuple(types.int64, len(Handler.PLACES))  # type: ignore[no-untyped-call]
    return types.int64(types.int64, addresses), generate


vector_code: Any = intrinsic(_vector_code)
