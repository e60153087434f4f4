"""From values to the words of the lane machine: trees become shapes, values get rows, rows are used again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from guanzi.base.core import without_collection
from guanzi.engine.machine.assembler import Assembled
from guanzi.engine.machine.blocks import Block, blocks_of
from guanzi.engine.machine.shapes import BITS, CODES, COPIES, ROW, SHAPES, WIDE, Shape
from guanzi.engine.machine.values import FALSE, RECORDS, TRUE, TRUTHS, UNIFORMS, Values, values_of

GIVEN = frozenset({"INPUT", "LOAD", "LOADT"})
"""Operations whose value is read from outside, from the place that their data say."""
PLACED = {op: 2 if op == "STORET" else 1 for op in RECORDS}
"""How many of the data of a record say where it stands."""
COMMUTE = frozenset({"ADD", "MUL", "AND", "OR"})
CONSTANT = WIDE * COPIES * 8
"""Bytes that a constant takes."""
KNOWN_TRUTHS = 3
"""The first rows of truths: false, true, and the lanes that count."""


@dataclass(frozen=True, slots=True)
class LaneCode:
    """A program for the lane machine.

    Attributes:
        words: Words of the instructions, int32.
        sources: Where constants come from: index into the constants of the program, or -1.
        literals: Their values where that is -1.
        numbers: Rows of numbers that are needed.
        truths: Rows of truths that are needed, the two known ones included.
        flows: Rows of the cash-flow record, at least one.
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


@without_collection()
def lane_code(program: Assembled) -> LaneCode:
    """Compile an assembled program for the lane machine."""
    return code_of(values_of(program), program.flows)


def code_of(values: Values, flows: int) -> LaneCode:
    """Compile values for the lane machine; ``flows``: rows of the cash-flow record."""
    blocks = blocks_of(values)
    tiles = _tiles(values, blocks)
    return Rows(values, tiles, _order(values, tiles, blocks), flows).code()


# -- trees become shapes


def _by_root() -> dict[str, list[tuple[str, Shape]]]:
    """Shapes by their first operation, the largest first."""
    found: dict[str, list[tuple[str, Shape]]] = {}
    for text, shape in sorted(SHAPES.items(), key=lambda x: (-len(x[0].split()), x[0])):
        found.setdefault(shape[0], []).append((text, shape))
    return found


BY_ROOT = _by_root()


@cache
def _fitting(root: str, *joined: str) -> list[tuple[str, Shape]]:
    """Shapes of a root that its arguments may have, the largest first.

    ``joined``: for each argument the operation that may go into its reader, or a dot where none may.
    """
    orders = (joined, joined[::-1]) if root in COMMUTE else (joined,)
    return [
        (text, shape)
        for text, shape in BY_ROOT[root]
        if any(all(x == "." or x[0] == op for x, op in zip(shape[1:], order, strict=True)) for order in orders)
    ]


def _tiles(values: Values, blocks: dict[int, Block]) -> list[Tile]:
    """Cover the values with shapes, from the last one back; what is read once may go into its reader."""
    ops, args, steps = values.ops, values.args, values.steps
    uses = [0] * len(ops)
    for i in values.live:
        for a in args[i]:
            uses[a] += 1
    seen: set[int] = set()
    for block in blocks.values():
        around: Block | None = block
        while around is not None and id(around) not in seen:
            seen.add(id(around))
            for a in (around.truth, *around.stands_for.values()):  # what the jump reads has a row of its own
                uses[a] += 1
            around = around.parent
    inner = bytearray(len(ops))
    home: Block | None = None

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
                elif (
                    uses[a] == 1 and steps[a] == step and blocks.get(a) is home and match(a, part, reads, inside, step)
                ):
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
        op, home, step = ops[i], blocks.get(i), steps[i]
        if op not in BY_ROOT:
            tiles.append(Tile(i, op, args[i]))
            continue
        joined = [ops[a] if uses[a] == 1 and steps[a] == step and blocks.get(a) is home else "." for a in args[i]]
        for text, shape in _fitting(op, *joined):
            reads: list[int] = []
            inside: list[int] = []
            if match(i, shape, reads, inside, step):
                for a in inside:
                    inner[a] = 1
                tiles.append(Tile(i, text, tuple(reads)))
                break
    return tiles[::-1]


# -- the order in which they are done


def _order(values: Values, tiles: list[Tile], blocks: dict[int, Block]) -> list[int | Block | None]:
    """Places of tiles, in an order in which blocks are whole: a block itself where it begins, None where it ends."""
    made: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for i, tile in enumerate(tiles):
        made[tile.value] = i
        block = blocks.get(tile.value)
        while block is not None:
            members.setdefault(id(block), []).append(i)
            block = block.parent
    order: list[int | Block | None] = []
    done = bytearray(len(tiles))

    def top(value: int, around: Block | None) -> Block | None:
        """The outermost block of a value within ``around``."""
        block, outer = blocks.get(value), None
        while block is not around and block is not None:
            block, outer = block.parent, block
        return outer

    def emit(i: int, around: Block | None) -> None:
        """Tile i, or the whole block in which it stands, after what it needs from outside."""
        if done[i]:
            return
        block = top(tiles[i].value, around)
        if block is None:
            done[i] = 1
            for a in tiles[i].reads:
                need(a, around)
            order.append(i)
            return
        need(block.truth, around)
        for x in block.stands_for.values():
            need(x, around)
        whole = members[id(block)]
        own = set(whole)
        for j in whole:
            for a in tiles[j].reads:
                if made.get(a, -1) not in own:
                    need(a, around)
        order.append(block)
        for j in whole:
            emit(j, block)
        order.append(None)

    def need(value: int, around: Block | None) -> None:
        if value in made and not done[made[value]]:
            emit(made[value], around)

    for i in range(len(tiles)):
        emit(i, None)
    return order


# -- values get rows


class Rows:
    """Rows for values, from their computation to their last reader; constants beside."""

    def __init__(self, values: Values, tiles: list[Tile], order: list[int | Block | None], flows: int) -> None:
        self.values, self.tiles, self.order, self.flows = values, tiles, order, flows
        self.words: list[int] = []
        self.places: dict[int, int] = {FALSE: 0, TRUE: BITS}
        self.constants: list[int] = []
        self.parts: dict[int, list[int]] = {}
        self.free: tuple[list[int], list[int]] = ([], [])
        self.used = [0, KNOWN_TRUTHS]
        self.spare = -1
        self._survey()

    def _survey(self) -> None:
        """Places of constants; when values are made and last read; which rows go on as which values."""
        self.made: dict[int, int] = {}
        self.last: dict[int, int] = {}
        for i, x in enumerate(self.order):
            if isinstance(x, int):
                tile = self.tiles[x]
                self.made[tile.value] = i
                if tile.code == "CONST":
                    self.places[tile.value] = len(self.constants) * CONSTANT + 1
                    self.constants.append(tile.value)
                elif tile.code == "PART":
                    self.parts.setdefault(tile.reads[0], []).append(tile.value)
                for a in tile.reads:
                    self.last[a] = i
            elif x is not None:
                for a in (x.truth, *x.stands_for.values()):  # a row that goes on as another value is not copied later
                    self.last[a] = max(self.last.get(a, i), i)
        self.base = -(-len(self.constants) * CONSTANT // ROW) * ROW
        self.goes_on: dict[int, int] = {}  # a value takes over the row of another
        self.copied: dict[int, int] = {}  # … or a row into which that one was copied before the block
        self.copies: dict[int, list[tuple[int, int]]] = {}  # what is copied at the beginning of a block
        meanings: dict[int, set[int]] = {}
        for x in self.order:
            if isinstance(x, Block):
                for out, other in x.stands_for.items():
                    meanings.setdefault(out, set()).add(other)
        taken: set[int] = set()
        said: dict[int, int] = {}
        for i, x in enumerate(self.order):
            if not isinstance(x, Block):
                continue
            for out, other in x.stands_for.items():
                if said.get(out) == other:  # an inner block that means the same as the one around it
                    continue
                fixed = other <= TRUE or self.values.ops[other] == "CONST"
                single = len(meanings[out]) == 1
                if single and not fixed and other not in taken and self.last.get(other, i) <= self.made[out]:
                    taken.add(other)
                    self.goes_on[out] = other
                    self.last[other] = self.made[out]
                else:
                    self.copied[out] = -1
                    self.copies.setdefault(i, []).append((out, other))
                    self.last[other] = max(self.last.get(other, i), i)
                said[out] = other

    def code(self) -> LaneCode:
        """All words."""
        values = self.values
        open_blocks: list[int] = []
        for i, x in enumerate(self.order):
            if x is None:
                start = open_blocks.pop()
                self.words[start + 1] = len(self.words) - start - 3
            elif isinstance(x, Block):
                open_blocks.append(self._begin(i, x))
            else:
                self._emit(i, self.tiles[x])
        self.words.append(CODES["END"])
        data = [values.data[c][0] for c in self.constants]
        return LaneCode(
            words=np.array(self.words, np.int32),
            sources=np.array(data, np.int64),
            literals=np.array([values.literals.get(c, 0.0) for c in self.constants]),
            numbers=self.base // ROW + self.used[0],
            truths=self.used[1],
            flows=max(self.flows, 1),
        )

    def _begin(self, i: int, block: Block) -> int:
        """Copies of what members stand for, where the row itself cannot be used, and the jump."""
        for out, other in self.copies.get(i, ()):
            truth = self.values.ops[out] in TRUTHS
            if self.copied[out] < 0:
                self.copied[out] = self._new(truth)
            self.words += [CODES["COPYT ." if truth else "COPY ."], self.copied[out], self.places[other]]
        start = len(self.words)
        self.words += [CODES["SKIP"], 0, self.places[block.truth]]
        self._release(i, {block.truth, *block.stands_for.values()})
        return start

    def _emit(self, i: int, tile: Tile) -> None:
        code, words = tile.code, self.words
        if code in ("CONST", "PART", "FALSE", "TRUE"):
            return
        data = self.values.data[tile.value]
        if code == "DRAW":
            self._draw(tile, data)
        elif code == "IRR":
            words += [CODES[code], *(self._result(tile, k) for k in range(2))]
        elif code in GIVEN:
            words += [CODES[code], *data, self._row(tile.value)]
        elif code in RECORDS:
            words += [CODES[code], *data[: PLACED[code]], *(self.places[a] for a in tile.reads)]
            self._release(i, set(tile.reads))
        else:
            reads = [self.places[a] for a in tile.reads]
            before = self.goes_on.get(tile.value)
            if before is not None:
                self.places[tile.value] = self.places[before]
            elif tile.value in self.copied:
                self.places[tile.value] = self.copied[tile.value]
            self._release(i, set(tile.reads) - {before})
            words += [CODES[code], self._row(tile.value), *reads]

    def _draw(self, tile: Tile, data: tuple[int, ...]) -> None:
        """The words of a block, and from them only what is read."""
        wanted = {self.values.data[p][0]: p for p in self.parts.get(tile.value, ())}
        self.words += [CODES["WORDS"], *data]
        for pair in range(0, UNIFORMS, 2):
            outs = [self._row(wanted[part]) for part in (pair, pair + 1) if part in wanted]
            if outs:
                code = "NORMALS" if len(outs) == 2 else "COSINE" if pair in wanted else "SINE"
                self.words += [CODES[code], pair * ROW, *outs]
        for part in range(UNIFORMS, 2 * UNIFORMS):
            if part in wanted:
                self.words += [CODES["UNIFORM"], (part - UNIFORMS) * ROW, self._row(wanted[part])]

    def _result(self, tile: Tile, part: int) -> int:
        """A row for the rate or its status, wanted or not."""
        for p in self.parts.get(tile.value, ()):
            if self.values.data[p][0] == part:
                return self._row(p)
        if self.spare < 0:
            self.spare = self._new(truth=False)
        return self.spare

    def _row(self, value: int) -> int:
        """A row for a value."""
        if value not in self.places:
            self.places[value] = self._new(self.values.ops[value] in TRUTHS)
        return self.places[value]

    def _new(self, truth: bool) -> int:
        """A free row: the one that was released last is still in the nearest cache."""
        kind = int(truth)
        if self.free[kind]:
            return self.free[kind].pop()
        place = self.used[kind] * BITS if kind else self.base + self.used[kind] * ROW
        self.used[kind] += 1
        return place

    def _release(self, i: int, values: set[int]) -> None:
        """Rows of values that are read no more after place i."""
        for a in sorted(values):
            if self.last[a] == i and a > TRUE and self.values.ops[a] != "CONST":
                self.free[int(self.values.ops[a] in TRUTHS)].append(self.places[a])
