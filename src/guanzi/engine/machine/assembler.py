"""From a program over named slots to the arrays that both back-ends run.

Names become numbers; temporaries share slots by liveness; instructions whose result nobody reads are left out. The
rules that the lane machine depends on are checked here: a destination is no source, and only ``XFER`` writes accounts.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from guanzi.base.core import without_collection
from guanzi.deal.program import OPERATIONS, Instruction, Program

OPCODES = {name: i for i, name in enumerate(OPERATIONS)}
NAMES = tuple(OPERATIONS)

WIDTH = {"IRR": 2}
PAD = tuple([0] * n for n in range(7))
"""What fills a row up."""
TRUTHFUL = {op: tuple(role.upper() == "T" for role in (x.out, *x.args) if role != "-") for op, x in OPERATIONS.items()}
"""Operation to whether what it writes, if anything, and what it reads are truths."""


@dataclass(frozen=True, eq=False)
class Assembled:
    """A program as arrays. Each is equal to itself alone.

    Attributes:
        code: (instructions, 7) int32: operation, d, a, b, c, k0, k1.
        start: First instruction of each step; (steps + 1 epilogue + 1) int64.
        constants: float64.
        literal: Constants that belong to the lowering itself; all others are numbers of the deal or the model.
        first, first_truths: First values of the slots.
        clauses: Clause of each instruction, an index into ``clause_names``.
        number_names, truth_names: Names of the declared slots, in slot order.
        accounts: Numbers of the account slots.
        outputs, histograms, tallies: Names of the record rows.
        flows: Rows of the cash-flow record.
    """

    code: NDArray[np.int32]
    start: NDArray[np.int64]
    constants: NDArray[np.float64]
    literal: NDArray[np.bool_]
    first: NDArray[np.float64]
    first_truths: NDArray[np.uint8]
    clauses: NDArray[np.int32]
    clause_names: tuple[str, ...]
    number_names: tuple[str, ...]
    truth_names: tuple[str, ...]
    accounts: tuple[int, ...]
    outputs: tuple[str, ...]
    histograms: tuple[str, ...]
    tallies: tuple[str, ...]
    flows: int

    @cached_property
    def structure(self) -> bytes:
        """A hash of everything in it but the values of constants that a what-if may change, and names."""
        digest = hashlib.sha256()
        own = np.where(self.literal, self.constants, 0.0)
        for part in (self.code, self.start, own, self.literal, self.first, self.first_truths):
            digest.update(repr((part.dtype.str, part.shape)).encode())
            digest.update(np.ascontiguousarray(part).tobytes())
        digest.update(repr(self.flows).encode())
        return digest.digest()


@without_collection()
def assemble(program: Program) -> Assembled:
    """Resolve names, share temporaries and check the rules.

    Raises:
        ValueError: The program breaks a rule; the lowering is at fault, never the user.
    """
    numbers = {name: i for i, name in enumerate(program.numbers)}
    truths = {name: i for i, name in enumerate(program.truths)}
    constants = {name: i for i, name in enumerate(program.constants)}
    places = {**truths, **numbers, "": 0}
    clause_names: dict[str, int] = {}
    rows: list[list[int]] = []
    clauses: list[int] = []
    start = [0]
    high = [0, 0]
    for step in program.steps:
        live = _without_dead(step)
        homes, used = _homes(live, len(numbers), len(truths))
        for x in live:
            _check(x, program, numbers)
            try:
                row = [OPCODES[x.op], homes[x.out] if x.out in homes else places[x.out]]
                row += [homes[n] if n in homes else places[n] for n in x.args]
            except KeyError as error:
                raise ValueError(f"{x.op} in {x.clause}: undeclared slot {error.args[0]}") from None
            row += PAD[5 - len(row)]
            row += [constants[n] for n in x.constants]
            rows.append(row + PAD[7 - len(row)])
            clauses.append(clause_names.setdefault(x.clause, len(clause_names)))
        start.append(len(rows))
        high = [max(high[0], used[0]), max(high[1], used[1])]
    return Assembled(
        code=np.array(rows, np.int32).reshape(-1, 7),
        start=np.array(start, np.int64),
        constants=np.array([*program.constants.values(), 0.0]),
        literal=np.array([*(name.startswith("=") for name in program.constants), True]),
        first=np.array([*program.numbers.values(), *[0.0] * high[0]]),
        first_truths=np.array([*program.truths.values(), *[0] * (high[1] + 1)], np.uint8),
        clauses=np.array(clauses, np.int32),
        clause_names=tuple(clause_names),
        number_names=tuple(numbers),
        truth_names=tuple(truths),
        accounts=tuple(numbers[a] for a in sorted(program.accounts)),
        outputs=tuple(program.outputs),
        histograms=tuple(program.histograms),
        tallies=tuple(program.tallies),
        flows=program.flows,
    )


def with_constants(assembled: Assembled, program: Program) -> Assembled:
    """The assembled program with the constants of another one of the same structure: a what-if changes data, not code.

    Constants that only the assembled program has, at the end, stay as they are.
    """
    values = assembled.constants.copy()
    values[: len(program.constants)] = list(program.constants.values())
    return with_values(assembled, values)


def with_values(assembled: Assembled, constants: NDArray[np.float64]) -> Assembled:
    """The assembled program with all constants exchanged, in their order."""
    changed = replace(assembled, constants=constants)
    changed.__dict__["structure"] = assembled.structure  # values of constants are no part of it
    return changed


def _without_dead(step: list[Instruction]) -> list[Instruction]:
    """Leave out instructions that write a temporary nobody reads."""
    needed: set[str] = set()
    kept = []
    for x in reversed(step):
        if x.out.startswith("~") and x.out not in needed:
            continue
        needed.update(x.args)
        kept.append(x)
    return kept[::-1]


def _homes(step: list[Instruction], numbers: int, truths: int) -> tuple[dict[str, int], list[int]]:
    """A slot for each temporary, from its definition to its last use; a destination is chosen before sources go."""
    last = {a: i for i, x in enumerate(step) for a in x.args if a.startswith("~")}
    homes: dict[str, int] = {}
    free: tuple[list[int], list[int]] = ([], [])
    base, used = (numbers, truths), [0, 0]
    for i, x in enumerate(step):
        if x.out.startswith("~"):
            kind = int(x.out[1] == "T")
            if free[kind]:
                homes[x.out] = free[kind].pop()
            else:
                homes[x.out] = base[kind] + used[kind]
                used[kind] += 1
        for a in dict.fromkeys(x.args):  # in their order: the same program gives the same arrays in every process
            if a.startswith("~") and last[a] == i:
                free[int(a[1] == "T")].append(homes[a])
    return homes, used


def _check(x: Instruction, program: Program, numbers: dict[str, int]) -> None:
    truths, accounts = program.truths, program.accounts
    for name, role in zip((x.out, *x.args) if x.out else x.args, TRUTHFUL[x.op], strict=True):
        truth = name[1] == "T" if name.startswith("~") else name in truths
        if truth is not role:
            raise ValueError(f"{x.op} in {x.clause}: {name} is {'a truth' if truth else 'a number'}")
    if x.out and x.out in x.args:
        raise ValueError(f"{x.op} in {x.clause}: destination {x.out} is a source")
    if x.op == "XFER":
        written = {x.out, x.args[0]}
        if not written <= accounts or x.args[1] in written:
            raise ValueError(f"XFER in {x.clause} between {sorted(written)}: both must be accounts, the amount neither")
    elif x.out in accounts:
        raise ValueError(f"{x.op} in {x.clause} writes the account {x.out}")
    width = WIDTH.get(x.op, 1)
    if width > 1:
        names = list(program.numbers)
        block = names[numbers[x.out] : numbers[x.out] + width]
        if len(block) != width or any(not n.startswith(x.out.rsplit(".", 1)[0]) for n in block):
            raise ValueError(f"{x.op} needs {width} consecutive slots, {x.out} begins {block}")
