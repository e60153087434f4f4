"""From values to the words of the lane machine: trees become shapes, values get rows, rows are used again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guanzi.simulation.assembler import Assembled
from guanzi.simulation.machine import BITS, CODES, ROW, SHAPES, TURN, WIDE, Shape
from guanzi.simulation.values import FALSE, TRUE, TRUTHS, Values, values_of

COMMUTE = frozenset({"ADD", "MUL", "AND", "OR"})
CONSTANT = WIDE * TURN * 8
"""Bytes that a constant takes."""


@dataclass(frozen=True, slots=True)
class LaneCode:
    """A program for the lane machine.

    Attributes:
        words: Words of the instructions, int32.
        sources: Where constants come from: index into the constants of the program, or -1.
        literals: Their values where that is -1.
        numbers: Rows of numbers that are needed.
        truths: Rows of truths that are needed, the two known ones included.
        flows: Rows of the cash-flow record.
        costs: (clause, instruction): how often the program has it.
    """

    words: NDArray[np.int32]
    sources: NDArray[np.int64]
    literals: NDArray[np.float64]
    numbers: int
    truths: int
    flows: int

    def constants(self, program: Assembled) -> NDArray[np.float64]:
        """The constants' values: those of the program, which a what-if may have changed, and literals."""
        return np.where(self.sources >= 0, program.constants[self.sources], self.literals)


@dataclass(frozen=True, slots=True)
class Tile:
    """One instruction: what it gives, which it is, and what it reads."""

    value: int
    code: str
    reads: tuple[int, ...]


def lane_code(program: Assembled) -> LaneCode:
    """Compile an assembled program for the lane machine."""
    values = values_of(program)
    return _Allocation(values, _tiles(values), program.flows).code()


# -- trees become shapes


def _by_root() -> dict[str, list[tuple[str, Shape]]]:
    """Shapes by their first operation, the largest first."""
    found: dict[str, list[tuple[str, Shape]]] = {}
    for text, shape in sorted(SHAPES.items(), key=lambda x: (-len(x[0].split()), x[0])):
        found.setdefault(shape[0], []).append((text, shape))
    return found


BY_ROOT = _by_root()


def _tiles(values: Values) -> list[Tile]:
    """Cover the values with shapes, from the last one back; what is read once may go into its reader."""
    ops, args, steps = values.ops, values.args, values.steps
    uses = [0] * len(ops)
    for i in values.live:
        for a in args[i]:
            uses[a] += 1
    inner = bytearray(len(ops))

    def match(i: int, shape: Shape, reads: list[int], inside: list[int], step: int) -> bool:
        """Whether value i has this shape; what it reads, and what is inside, is appended."""
        if ops[i] != shape[0]:
            return False
        parts = args[i]
        orders = (parts, parts[::-1]) if ops[i] in COMMUTE and shape[1] != shape[2] else (parts,)
        for order in orders:
            had = len(reads), len(inside)
            for a, part in zip(order, shape[1:], strict=True):
                if part == ".":
                    reads.append(a)
                elif uses[a] == 1 and steps[a] == step and match(a, part, reads, inside, step):
                    inside.append(a)
                else:
                    break
            else:
                return True
            del reads[had[0] :], inside[had[1] :]
        return False

    tiles: list[Tile] = []
    for i in reversed(values.live):
        if inner[i]:
            continue
        op = ops[i]
        if op not in BY_ROOT:
            tiles.append(Tile(i, op, args[i]))
            continue
        for text, shape in BY_ROOT[op]:
            reads: list[int] = []
            inside: list[int] = []
            if match(i, shape, reads, inside, steps[i]):
                for a in inside:
                    inner[a] = 1
                tiles.append(Tile(i, text, tuple(reads)))
                break
    return tiles[::-1]


# -- values get rows


class _Allocation:
    """Rows for values, from their computation to their last reader; constants beside."""

    def __init__(self, values: Values, tiles: list[Tile], flows: int) -> None:
        self.values, self.tiles, self.flows = values, tiles, flows
        self.words: list[int] = []
        self.places: dict[int, int] = {FALSE: 0, TRUE: BITS}
        self.constants: list[int] = []
        self.free: tuple[list[int], list[int]] = ([], [])
        self.used = [0, 3]
        self.last: dict[int, int] = {}

    def code(self) -> LaneCode:
        values, tiles = self.values, self.tiles
        self.parts: dict[int, list[int]] = {}
        for tile in tiles:
            if tile.code == "CONST":
                self.places[tile.value] = len(self.constants) * CONSTANT + 1
                self.constants.append(tile.value)
            elif tile.code == "PART":
                self.parts.setdefault(tile.reads[0], []).append(tile.value)
        self.base = -(-len(self.constants) * CONSTANT // ROW) * ROW
        for i, tile in enumerate(tiles):
            for a in tile.reads:
                self.last[a] = i
        for i, tile in enumerate(tiles):
            self._emit(i, tile)
        self.words.append(CODES["END"])
        data = [values.data[c][0] for c in self.constants]
        return LaneCode(
            words=np.array(self.words, np.int32),
            sources=np.array(data, np.int64),
            literals=np.array([values.literals.get(c, 0.0) for c in self.constants]),
            numbers=self.base // ROW + self.used[0],
            truths=self.used[1],
            flows=self.flows,
        )

    def _emit(self, i: int, tile: Tile) -> None:
        code, words = tile.code, self.words
        if code in ("CONST", "PART", "FALSE", "TRUE"):
            return
        data = self.values.data[tile.value]
        if code == "DRAW":
            self._draw(tile, data)
        elif code == "IRR":
            words += [CODES[code], *(self._result(tile, k) for k in range(2))]
        elif code == "INPUT":
            words += [CODES[code], data[0], self._row(tile.value)]
        elif code in ("FLOW", "HIST", "TALLY", "OUT"):
            words += [CODES[code], data[0], *(self._plain(a, code) for a in tile.reads)]
            self._release(i, tile)
        else:
            reads = [self.places[a] for a in tile.reads]
            self._release(i, tile)
            words += [CODES[code], self._row(tile.value), *reads]

    def _plain(self, a: int, code: str) -> int:
        return self.places[a]

    def _draw(self, tile: Tile, data: tuple[int, ...]) -> None:
        """The words of a block, and from them only what is read."""
        wanted = {self.values.data[p][0]: p for p in self.parts.get(tile.value, ())}
        self.words += [CODES["WORDS"], *data]
        if 0 in wanted and 1 in wanted:
            self.words += [CODES["NORMALS"], self._row(wanted[0]), self._row(wanted[1])]
        elif 0 in wanted or 1 in wanted:
            part = 0 if 0 in wanted else 1
            self.words += [CODES["COSINE" if part == 0 else "SINE"], self._row(wanted[part])]
        for part in (2, 3):
            if part in wanted:
                self.words += [CODES["UNIFORM"], part * ROW, self._row(wanted[part])]

    def _result(self, tile: Tile, part: int) -> int:
        for p in self.parts.get(tile.value, ()):
            if self.values.data[p][0] == part:
                return self._row(p)
        if not hasattr(self, "spare"):
            self.spare = self.base + self.used[0] * ROW
            self.used[0] += 1
        return self.spare

    def _row(self, value: int) -> int:
        """A row for a value: the one that was free last is still in the nearest cache."""
        kind = int(self.values.ops[value] in TRUTHS)
        if self.free[kind]:
            place = self.free[kind].pop()
        else:
            place = self.used[kind] * BITS if kind else self.base + self.used[kind] * ROW
            self.used[kind] += 1
        self.places[value] = place
        return place

    def _release(self, i: int, tile: Tile) -> None:
        for a in set(tile.reads):
            if self.last[a] == i and a > TRUE and self.values.ops[a] != "CONST":
                self.free[int(self.values.ops[a] in TRUTHS)].append(self.places[a])
