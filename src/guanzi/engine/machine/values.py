"""The program as a graph of values: each is computed once, from others; slots are gone.

Rewriting is exact, to the bit: copies are followed, equal computations are shared (between steps too), known truths are
folded, a zero is not added where the other term cannot be minus zero, and what nobody reads is left out. The numbers of
the deal and of the company model stay data: only literals of the lowering are folded.

References:
    Alpern, Wegman, Zadeck: Detecting equality of variables in programs. POPL '88 (value numbering).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from guanzi.engine.machine.arithmetic import BLOCK
from guanzi.engine.machine.assembler import NAMES, Assembled

FALSE, TRUE, ZERO = 0, 1, 2
"""Values that are known: the two truths, and +0.0."""
UNIFORMS = BLOCK
"""The first part of a block of random words that is a uniform; those before it are normals."""
TRUTHS = frozenset({"FALSE", "TRUE", "GE", "GT", "EQ", "AND", "OR", "ANDN", "NOT", "LOADT"})
"""Operations whose value is a truth."""
RECORDS = frozenset({"FLOW", "HIST", "TALLY", "OUT", "STORE", "STORET"})
"""Operations that give no value."""


@dataclass(slots=True)
class Values:
    """A program as values, in an order in which each comes after those that it reads.

    Attributes:
        ops: Operation of each value; ``CONST`` is a number that all paths share, ``PART`` one of the several results of
            ``DRAW`` or ``IRR``.
        args: The values that it reads.
        data: What else it needs: index of the constant (for literals that no constant holds: -1), block and stream,
            row, or number of the part.
        clauses: On whose behalf, an index into the names of the program.
        steps: Step in which it is first computed.
        positive: Numbers that are never minus zero.
        literals: Constants of the lowering with their values.
        live: Values and records that matter, in order.
    """

    ops: list[str] = field(default_factory=list)
    args: list[tuple[int, ...]] = field(default_factory=list)
    data: list[tuple[int, ...]] = field(default_factory=list)
    clauses: list[int] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    positive: list[bool] = field(default_factory=list)
    literals: dict[int, float] = field(default_factory=dict)
    live: list[int] = field(default_factory=list)


def values_of(program: Assembled) -> Values:
    """The graph of an assembled program."""
    builder = _Builder(program)
    builder.run()
    return builder.values


class _Builder:
    def __init__(self, program: Assembled) -> None:
        self.program = program
        self.values = Values()
        self.positive = self.values.positive
        self.known: dict[tuple[object, ...], int] = {}
        self.records: list[int] = []
        self.clause = 0
        self.step = 0
        self.value("FALSE")
        self.value("TRUE")
        self.literal(0.0)
        self.numbers = [self.literal(float(x)) for x in program.first]
        self.truths = [TRUE if x else FALSE for x in program.first_truths]
        self.constants = [
            self.literal(float(x), i) if literal else self.value("CONST", (), (i,))
            for i, (x, literal) in enumerate(zip(program.constants, program.literal, strict=True))
        ]

    def run(self) -> None:
        """Follow the instructions in order."""
        program = self.program
        code, clauses = program.code.tolist(), program.clauses.tolist()
        emit = {name: getattr(self, f"_{name.lower()}") for name in NAMES}
        by_code: list[Callable[..., None]] = [emit[name] for name in NAMES]
        for self.step in range(len(program.start) - 1):
            for pc in range(int(program.start[self.step]), int(program.start[self.step + 1])):
                op, d, a, b, c, k, e = code[pc]
                self.clause = clauses[pc]
                by_code[op](d, a, b, c, k, e)
        self._keep_live()

    # -- values

    def value(self, op: str, args: tuple[int, ...] = (), data: tuple[int, ...] = (), positive: bool = False) -> int:
        """The value of an operation: the one that is known, or a new one."""
        key = (op, args, data)
        found = self.known.get(key)
        if found is not None:
            return found
        v = self.values
        index = len(v.ops)
        self.known[key] = index
        v.ops.append(op)
        v.args.append(args)
        v.data.append(data)
        v.clauses.append(self.clause)
        v.steps.append(self.step)
        self.positive.append(positive)
        return index

    def literal(self, x: float, index: int = -1) -> int:
        """A number of the lowering; equal ones are shared."""
        key = ("literal", x, math.copysign(1.0, x))
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = len(self.values.ops)
            v = self.values
            v.ops.append("CONST")
            v.args.append(())
            v.data.append((index,))
            v.clauses.append(self.clause)
            v.steps.append(self.step)
            v.literals[found] = x
            self.positive.append(math.copysign(1.0, x) > 0.0 or x != 0.0)
        elif self.values.data[found] == (-1,) and index >= 0:
            self.values.data[found] = (index,)
        return found

    def add(self, a: int, b: int) -> int:
        if a == ZERO:
            a, b = b, a
        if b == ZERO and self.positive[a]:
            return a
        folded = self._fold(a, b, lambda x, y: x + y)
        if folded is not None:
            return folded
        if self.values.ops[b] == "NEG":
            return self.sub(a, self.values.args[b][0])
        return self.value("ADD", (min(a, b), max(a, b)), (), self.positive[a] or self.positive[b])

    def sub(self, a: int, b: int) -> int:
        if b == ZERO:
            return a
        folded = self._fold(a, b, lambda x, y: x - y)
        return folded if folded is not None else self.value("SUB", (a, b), (), self.positive[a])

    def mul(self, a: int, b: int) -> int:
        literals = self.values.literals
        if literals.get(a) == 1.0:
            return b
        if literals.get(b) == 1.0:
            return a
        folded = self._fold(a, b, lambda x, y: x * y)
        return folded if folded is not None else self.value("MUL", (min(a, b), max(a, b)))

    def greater(self, a: int, b: int) -> int:
        return self._compare("GT", a, b, lambda x, y: x > y)

    def at_least(self, a: int, b: int) -> int:
        return self._compare("GE", a, b, lambda x, y: x >= y)

    def choose(self, m: int, a: int, b: int) -> int:
        """``m ? a : b``."""
        if m == TRUE or a == b:
            return a
        if m == FALSE:
            return b
        ops, args = self.values.ops, self.values.args
        if ops[m] == "NOT":
            return self.choose(args[m][0], b, a)
        if ops[a] == "SEL" and args[a][0] == m:
            a = args[a][1]
        if ops[b] == "SEL" and args[b][0] == m:
            b = args[b][2]
        if a == b:
            return a
        return self.value("SEL", (m, a, b), (), self.positive[a] and self.positive[b])

    def both(self, a: int, b: int) -> int:
        if a == FALSE or b == FALSE:
            return FALSE
        if a in (TRUE, b):
            return b
        if b == TRUE:
            return a
        return self.value("AND", (min(a, b), max(a, b)))

    def either(self, a: int, b: int) -> int:
        if a == TRUE or b == TRUE:
            return TRUE
        if a in (FALSE, b):
            return b
        if b == FALSE:
            return a
        return self.value("OR", (min(a, b), max(a, b)))

    def but_not(self, a: int, b: int) -> int:
        if a in (FALSE, b) or b == TRUE:
            return FALSE
        if b == FALSE:
            return a
        if a == TRUE:
            return self.inverse(b)
        ops, args = self.values.ops, self.values.args
        if ops[b] == "NOT":
            return self.both(a, args[b][0])
        return self.value("ANDN", (a, b))

    def inverse(self, a: int) -> int:
        if a in (FALSE, TRUE):
            return TRUE - a
        return self.values.args[a][0] if self.values.ops[a] == "NOT" else self.value("NOT", (a,))

    def _fold(self, a: int, b: int, of: Callable[[float, float], float]) -> int | None:
        literals = self.values.literals
        if a in literals and b in literals:
            return self.literal(of(literals[a], literals[b]))
        return None

    def _compare(self, op: str, a: int, b: int, of: Callable[[float, float], bool]) -> int:
        literals = self.values.literals
        if a in literals and b in literals:
            return TRUE if of(literals[a], literals[b]) else FALSE
        return self.value(op, (a, b))

    # -- instructions, by name

    def _drawn(self, k: int, e: int, first: int) -> int:
        """A number of a stream: a part of a block, which has four normals first, and then four uniforms."""
        stream, number = int(self.program.constants[k]), int(self.program.constants[e])
        block = self.value("DRAW", (), (number // BLOCK, stream))
        return self.value("PART", (block,), (first + number % BLOCK,), positive=first > 0)

    def _normal(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self._drawn(k, e, 0)

    def _uniform(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self._drawn(k, e, UNIFORMS)

    def _input(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.value("INPUT", (), (int(self.program.constants[k]),))

    def _irr(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        irr = self.value("IRR", (), (len(self.records),))
        self.records.append(irr)
        for i in range(2):
            self.numbers[d + i] = self.value("PART", (irr,), (i,))

    def _set(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.constants[k]

    def _copy(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.numbers[a]

    def _add(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.add(self.numbers[a], self.numbers[b])

    def _sub(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.sub(self.numbers[a], self.numbers[b])

    def _mul(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.mul(self.numbers[a], self.numbers[b])

    def _div(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.value("DIV", (self.numbers[a], self.numbers[b]))

    def _min(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self._least(self.numbers[a], self.numbers[b])

    def _max(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self._most(self.numbers[a], self.numbers[b])

    def _least(self, a: int, b: int) -> int:
        folded = a if a == b else self._fold(a, b, lambda x, y: x if x < y else y)
        return folded if folded is not None else self.value("MIN", (a, b), (), self.positive[a] and self.positive[b])

    def _most(self, a: int, b: int) -> int:
        folded = a if a == b else self._fold(a, b, lambda x, y: x if x > y else y)
        if folded is not None:
            return folded
        return self.value("MAX", (a, b), (), b == ZERO or (self.positive[a] and self.positive[b]))

    def _neg(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        x = self.numbers[a]
        if x in self.values.literals:
            self.numbers[d] = self.literal(-self.values.literals[x])
        else:
            self.numbers[d] = self.value("NEG", (x,))

    def _addk(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.add(self.numbers[a], self.constants[k])

    def _mulk(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.mul(self.numbers[a], self.constants[k])

    def _rsubk(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.sub(self.constants[k], self.numbers[a])

    def _mink(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self._least(self.numbers[a], self.constants[k])

    def _maxk(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self._most(self.numbers[a], self.constants[k])

    def _aff(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.add(self.mul(self.numbers[a], self.constants[k]), self.constants[e])

    def _madd(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.add(self.mul(self.numbers[a], self.numbers[b]), self.numbers[c])

    def _exp(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.value("EXP", (self.numbers[a],), (), True)

    def _log(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.value("LOG", (self.numbers[a],))

    def _sqrt(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.value("SQRT", (self.numbers[a],))

    def _sel(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.choose(self.truths[a], self.numbers[b], self.numbers[c])

    def _msk(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.choose(self.truths[a], self.numbers[b], ZERO)

    def _sett(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.truths[d] = TRUE if self.program.constants[k] else FALSE

    def _copyt(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.truths[d] = self.truths[a]

    def _ge(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.truths[d] = self.at_least(self.numbers[a], self.numbers[b])

    def _gt(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.truths[d] = self.greater(self.numbers[a], self.numbers[b])

    def _eq(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.truths[d] = self._compare("EQ", self.numbers[a], self.numbers[b], lambda x, y: x == y)

    def _gek(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.truths[d] = self.at_least(self.numbers[a], self.constants[k])

    def _gtk(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.truths[d] = self.greater(self.numbers[a], self.constants[k])

    def _ltk(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.truths[d] = self.greater(self.constants[k], self.numbers[a])

    def _lek(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.truths[d] = self.at_least(self.constants[k], self.numbers[a])

    def _and(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.truths[d] = self.both(self.truths[a], self.truths[b])

    def _or(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.truths[d] = self.either(self.truths[a], self.truths[b])

    def _andn(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.truths[d] = self.but_not(self.truths[a], self.truths[b])

    def _not(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.truths[d] = self.inverse(self.truths[a])

    def _acc(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.add(self.numbers[d], self.numbers[a])

    def _acck(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.add(self.numbers[d], self.mul(self.numbers[a], self.constants[k]))

    def _keep(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.choose(self.truths[a], self.numbers[b], self.numbers[d])

    def _stamp(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self.choose(self.truths[a], self.constants[k], self.numbers[d])

    def _count(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        more = self.add(self.numbers[d], self.literal(1.0))
        self.numbers[d] = self.choose(self.truths[a], more, ZERO)

    def _lower(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.numbers[d] = self._least(self.numbers[d], self.numbers[a])

    def _latch(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.truths[d] = self.either(self.truths[d], self.truths[a])

    def _drop(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self.truths[d] = self.but_not(self.truths[d], self.truths[a])

    def _xfer(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        amount = self.numbers[b]
        self.numbers[d] = self.sub(self.numbers[d], amount)
        self.numbers[a] = self.add(self.numbers[a], amount)

    def _record(self, op: str, row: int, *args: int) -> None:
        self.records.append(self.value(op, args, (row, len(self.records))))

    def _flow(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self._record("FLOW", int(self.program.constants[k]), self.numbers[a])

    def _hist(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self._record("HIST", int(self.program.constants[k]), self.truths[a], self.numbers[b])

    def _tally(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self._record("TALLY", int(self.program.constants[k]), self.truths[a])

    def _out(self, d: int, a: int, b: int, c: int, k: int, e: int) -> None:
        self._record("OUT", int(self.program.constants[k]), self.numbers[a])

    def _keep_live(self) -> None:
        """What the records read, and what that reads; a record of flows counts where a rate is computed of them."""
        v = self.values
        needed = bytearray(len(v.ops))
        rates = False
        for i in range(len(v.ops) - 1, -1, -1):
            op = v.ops[i]
            if op == "FLOW":
                needed[i] = rates
            elif op in RECORDS:
                needed[i] = True
            if needed[i]:
                rates = rates or op == "IRR"
                for a in v.args[i]:
                    needed[a] = True
        v.live = [i for i in range(len(v.ops)) if needed[i]]
