"""The intermediate representation: a deal and its company as instructions over named slots, step by step.

Plain data with two back-ends in :mod:`guanzi.engine.machine`: an interpreter that runs it path by path and can say
what each clause did, and a lane machine that runs many paths at once. Both must agree bit for bit.

A slot holds a number (float64) or a truth (0 or 1) of one path. Instructions write one slot, except ``XFER``, which
moves money: it takes an amount from one account and adds it to another, and nothing else may write an account. The
code is unrolled over steps, so a timetable is the code itself: what cannot happen in a step is not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class OpSignature:
    """What an operation reads and writes.

    Attributes:
        out: ``N`` number, ``T`` truth, ``-`` none; lower case: read and written in place.
        args: One letter per argument, the same code.
        constants: How many constants it takes.
    """

    out: str
    args: str = ""
    constants: int = 0


OPERATIONS: dict[str, OpSignature] = {
    # draws: a standard normal, and a uniform in (0, 1); constants: the stream, and the number in it. Four numbers are
    # made of the four words of a block: a uniform of its own word, two normals of the two words of their pair. So
    # numbers that are read follow one another, and a word is read once
    "NORMAL": OpSignature("N", "", 2),
    "UNIFORM": OpSignature("N", "", 2),
    # a value of this path that the caller gives instead of a draw; constant: its row
    "INPUT": OpSignature("N", "", 1),
    # numbers
    "SET": OpSignature("N", "", 1),
    "COPY": OpSignature("N", "N"),
    "ADD": OpSignature("N", "NN"),
    "SUB": OpSignature("N", "NN"),
    "MUL": OpSignature("N", "NN"),
    "DIV": OpSignature("N", "NN"),  # x / 0 is 0
    "MIN": OpSignature("N", "NN"),
    "MAX": OpSignature("N", "NN"),
    "NEG": OpSignature("N", "N"),
    "ADDK": OpSignature("N", "N", 1),
    "MULK": OpSignature("N", "N", 1),
    "RSUBK": OpSignature("N", "N", 1),  # k - a
    "MINK": OpSignature("N", "N", 1),
    "MAXK": OpSignature("N", "N", 1),
    "AFF": OpSignature("N", "N", 2),  # a * k0 + k1
    "MADD": OpSignature("N", "NNN"),  # a * b + c
    "EXP": OpSignature("N", "N"),
    "LOG": OpSignature("N", "N"),
    "SQRT": OpSignature("N", "N"),
    "SEL": OpSignature("N", "TNN"),  # a ? b : c
    "MSK": OpSignature("N", "TN"),  # a ? b : 0
    # truths
    "SETT": OpSignature("T", "", 1),
    "COPYT": OpSignature("T", "T"),
    "GE": OpSignature("T", "NN"),
    "GT": OpSignature("T", "NN"),
    "EQ": OpSignature("T", "NN"),
    "GEK": OpSignature("T", "N", 1),
    "GTK": OpSignature("T", "N", 1),
    "LTK": OpSignature("T", "N", 1),
    "LEK": OpSignature("T", "N", 1),
    "AND": OpSignature("T", "TT"),
    "OR": OpSignature("T", "TT"),
    "ANDN": OpSignature("T", "TT"),  # a and not b
    "NOT": OpSignature("T", "T"),
    # in place
    "ACC": OpSignature("n", "N"),
    "ACCK": OpSignature("n", "N", 1),  # d += a * k
    "KEEP": OpSignature("n", "TN"),  # d = a ? b : d
    "STAMP": OpSignature("n", "T", 1),  # d = a ? k : d
    "COUNT": OpSignature("n", "T"),  # d = a ? d + 1 : 0
    "LOWER": OpSignature("n", "N"),  # d = min(d, a)
    "LATCH": OpSignature("t", "T"),  # d = d or a
    "DROP": OpSignature("t", "T"),  # d = d and not a
    "XFER": OpSignature("n", "nN"),  # payer d, payee a, amount b
    # records
    "FLOW": OpSignature("-", "N", 1),  # adds to row k of the cash-flow record
    "HIST": OpSignature("-", "TN", 1),  # counts b in histogram row k, where a
    "TALLY": OpSignature("-", "T", 1),  # counts a in tally row k
    "OUT": OpSignature("-", "N", 1),  # output row k
    "IRR": OpSignature("N"),  # of the record: slot d the rate per step, slot d + 1 the status
}


class Instruction(NamedTuple):
    """One operation on named slots; ``clause`` says on whose behalf, for the trace."""

    op: str
    out: str
    args: tuple[str, ...]
    constants: tuple[str, ...]
    clause: str


@dataclass(slots=True)
class Program:
    """Instructions by step, with the slots and constants that they name.

    Attributes:
        numbers: Number slot to its first value.
        truths: Truth slot to its first value (0 or 1).
        constants: Name to value: every number of the deal and the model, so that a what-if changes data, not code.
        accounts: Number slots that only ``XFER`` may write.
        steps: Instructions of each step; the last entry is the epilogue after the last step.
        outputs, histograms, tallies: Names of the record rows, in row order.
        flows: Number of rows of the cash-flow record.
    """

    numbers: dict[str, float] = field(default_factory=dict)
    truths: dict[str, int] = field(default_factory=dict)
    constants: dict[str, float] = field(default_factory=dict)
    accounts: set[str] = field(default_factory=set)
    steps: list[list[Instruction]] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    histograms: list[str] = field(default_factory=list)
    tallies: list[str] = field(default_factory=list)
    flows: int = 0


class Emitter:
    """Writes a program: declares slots and constants, and appends instructions to the current step.

    Calling it gives the name of a temporary that lives within the step:

    >>> e = Emitter()
    >>> cash = e.number("cash", 5.0)
    >>> doubled = e("MULK", cash, k=2.0)
    >>> e.end_step()
    >>> e.program.steps[0][0].op
    'MULK'
    """

    def __init__(self, own_streams: int = 0) -> None:
        """An empty program.

        Args:
            own_streams: First of the random streams that belong to the deal and its company.
        """
        self.program = Program()
        self.own_streams = own_streams
        self._current: list[Instruction] = []
        self._temporaries = 0
        self._clause = ""
        self._literals: dict[float, str] = {}

    @property
    def begun(self) -> tuple[Instruction, ...]:
        """Instructions of the step that is being written."""
        return tuple(self._current)

    def number(self, name: str, first: float = 0.0) -> str:
        """Declare a number slot."""
        self.program.numbers[name] = float(first)
        return name

    def truth(self, name: str, first: bool = False) -> str:
        """Declare a truth slot."""
        self.program.truths[name] = int(first)
        return name

    def account(self, name: str, first: float = 0.0) -> str:
        """Declare an account: a number slot that only ``XFER`` may write."""
        self.program.accounts.add(name)
        return self.number(name, first)

    def constant(self, name: str, value: float) -> str:
        """Declare a named constant: a number of the deal or the model that a what-if may change."""
        self.program.constants[name] = float(value)
        return name

    @contextmanager
    def clause(self, name: str) -> Iterator[None]:
        """Instructions inside are done on behalf of this clause."""
        before, self._clause = self._clause, name
        yield
        self._clause = before

    def do(self, op: str, out: str, *args: str, k: float | str | tuple[float | str, ...] = ()) -> None:
        """Append an instruction that writes a declared slot, or none (``out`` empty)."""
        ks = k if isinstance(k, tuple) else (k,)
        names = tuple([x if isinstance(x, str) else self._literal(x) for x in ks]) if ks else ()
        signature = OPERATIONS[op]
        if len(args) != len(signature.args) or len(names) != signature.constants:
            raise ValueError(f"{op} takes {len(signature.args)} slots and {signature.constants} constants")
        self._current.append(Instruction(op, out, args, names, self._clause))

    def __call__(self, op: str, *args: str, k: float | str | tuple[float | str, ...] = ()) -> str:
        """Append an instruction that writes a new temporary, and return its name."""
        self._temporaries += 1
        name = f"~{OPERATIONS[op].out}{self._temporaries}"
        self.do(op, name, *args, k=k)
        return name

    def draw(self, kind: str, slot: str, stream: int, number: int) -> None:
        """Draw a number of one of the own streams into a declared slot; ``kind``: ``NORMAL`` or ``UNIFORM``."""
        self.do(kind, slot, k=(float(self.own_streams + stream), float(number)))

    def any(self, first: str, *rest: str) -> str:
        """True where any of the truths is."""
        for x in rest:
            first = self("OR", first, x)
        return first

    def all(self, first: str, *rest: str) -> str:
        """True where all of the truths are."""
        for x in rest:
            first = self("AND", first, x)
        return first

    def sum(self, first: str, *rest: str) -> str:
        """Sum of numbers, from left to right."""
        for x in rest:
            first = self("ADD", first, x)
        return first

    def end_step(self) -> None:
        """Close the step; what follows belongs to the next one."""
        self.program.steps.append(self._current)
        self._current = []

    def output(self, name: str, slot: str) -> None:
        """Record a number of each path."""
        self.program.outputs.append(name)
        self.do("OUT", "", slot, k=float(len(self.program.outputs) - 1))

    def histogram(self, name: str, where: str, slot: str) -> None:
        """Count a number into the distribution ``name`` of this step, where the truth holds."""
        self.program.histograms.append(name)
        self.do("HIST", "", where, slot, k=float(len(self.program.histograms) - 1))

    def tally(self, name: str, truth: str) -> None:
        """Count in how many paths a truth holds."""
        self.program.tallies.append(name)
        self.do("TALLY", "", truth, k=float(len(self.program.tallies) - 1))

    def flow(self, row: int, slot: str) -> None:
        """Add a number to a row of the cash-flow record, from which ``IRR`` computes."""
        self.program.flows = max(self.program.flows, row + 1)
        self.do("FLOW", "", slot, k=float(row))

    def _literal(self, value: float) -> str:
        """Name of a number of the lowering itself (``=2.0``), which no what-if may change; appends no instruction."""
        name = self._literals.get(value) if value else None  # nought and minus nought are equal, and not the same
        if name is None:
            name = f"={value!r}"
            self._literals[value] = name
            self.program.constants[name] = float(value)
        return name
