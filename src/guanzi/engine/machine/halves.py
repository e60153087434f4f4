"""A program in two: what does not depend on some constants, and the rest, which is given that.

A search exchanges a few constants of a deal hundreds of times on the same paths. Random numbers, the company without
the deal and whatever else the exchanged constants do not reach stay the same to the bit: the first part computes it
once and stores what the second part reads, and the second part alone is run for every variant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from guanzi.base.core import without_collection
from guanzi.engine.machine.assembler import Assembled
from guanzi.engine.machine.lanes import LaneCode, code_of
from guanzi.engine.machine.shapes import BITS, LANES
from guanzi.engine.machine.values import RECORDS, TRUTHS, Values, values_of

KNOWN = frozenset({"CONST", "FALSE", "TRUE"})
"""What both parts have without computing it."""
WIDE = BITS // 8
"""Words of a row of truths."""


@dataclass(frozen=True, slots=True)
class ProgramHalves:
    """A program in two.

    Attributes:
        first: Stores what does not depend on the exchanged constants and is read by what does.
        second: Loads that, and puts out what the whole program puts out.
        rows: Rows of 64-bit words that are stored for each block of lanes.
    """

    first: LaneCode
    second: LaneCode
    rows: int


@without_collection()
def split(program: Assembled, varying: NDArray[np.bool_]) -> ProgramHalves:
    """ProgramHalves a program by the constants that will be exchanged.

    Args:
        program: An assembled program.
        varying: For each of its constants, whether it will be exchanged.
    """
    values = values_of(program)
    later = _depend(values, varying)
    shared = _of_constants(values)
    stored = sorted({a for i in later for a in values.args[i] if a not in later and a not in shared})
    places, rows = _places(values, stored)
    first, second = (code_of(part(values, places), program.flows) for part in (_first, _second))
    return ProgramHalves(first, second, rows)


def _depend(values: Values, varying: NDArray[np.bool_]) -> set[int]:
    """Values that depend on an exchanged constant, and all records with what reads them."""
    ops, args, data = values.ops, values.args, values.data
    later: set[int] = set()
    for i in values.live:
        exchanged = ops[i] == "CONST" and data[i][0] >= 0 and bool(varying[data[i][0]])
        if exchanged or ops[i] in RECORDS or ops[i] == "IRR" or not later.isdisjoint(args[i]):
            later.add(i)
    return later


def _of_constants(values: Values) -> set[int]:
    """Constants, and what is computed of them alone: both parts have it, since it is the same for all paths."""
    shared = {i for i, op in enumerate(values.ops) if op in KNOWN}
    for i in values.live:
        if values.args[i] and shared.issuperset(values.args[i]):
            shared.add(i)
    return shared


def _places(values: Values, stored: Iterable[int]) -> tuple[dict[int, tuple[int, ...]], int]:
    """Where each value is stored: a row for a number, some words of one for a truth; and how many rows that takes."""
    numbers = [i for i in stored if values.ops[i] not in TRUTHS]
    truths = [i for i in stored if values.ops[i] in TRUTHS]
    each = LANES // WIDE
    places: dict[int, tuple[int, ...]] = {a: (row,) for row, a in enumerate(numbers)}
    places |= {a: (len(numbers) + n // each, n % each * WIDE) for n, a in enumerate(truths)}
    return places, len(numbers) + -(-len(truths) // each)


def _first(values: Values, places: dict[int, tuple[int, ...]]) -> Values:
    """What is stored, and all that it needs; each value is stored as soon as it is known."""
    needed = set(places)
    for i in reversed(values.live):
        if i in needed:
            needed.update(values.args[i])
    ops, args, data, steps = list(values.ops), list(values.args), list(values.data), list(values.steps)
    live: list[int] = []
    for i in values.live:
        if i not in needed:
            continue
        live.append(i)
        if i in places:
            live.append(len(ops))
            ops.append("STORE" if len(places[i]) == 1 else "STORET")
            args.append((i,))
            data.append(places[i])
            steps.append(steps[i])
    more = [False] * (len(ops) - len(values.ops))
    return replace(values, ops=ops, args=args, data=data, steps=steps, positive=[*values.positive, *more], live=live)


def _second(values: Values, places: dict[int, tuple[int, ...]]) -> Values:
    """What is computed here, with what it reads of the first part loaded."""
    ops, args, data = list(values.ops), list(values.args), list(values.data)
    for i, place in places.items():
        ops[i], args[i], data[i] = "LOAD" if len(place) == 1 else "LOADT", (), place
    needed: set[int] = set()
    for i in reversed(values.live):
        if ops[i] in RECORDS or i in needed:
            needed.add(i)
            needed.update(args[i])
    return replace(values, ops=ops, args=args, data=data, live=[i for i in values.live if i in needed])
