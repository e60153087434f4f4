"""What can be left out where no lane has a truth: blocks of values, so that the machine jumps over them.

A value stands in the block of a truth if it is known without computing it where the truth is false in every lane (it is
then another value, or zero, or false: a payment that is not made leaves its account as it was), or if only such values
read it. Blocks nest. A block is convex: nothing that stands outside depends on one member and feeds another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from guanzi.engine.machine.values import FALSE, RECORDS, TRUTHS, ZERO, Values

WEIGHTS = {"DRAW": 15.0, "PART": 1.0, "EXP": 5.0, "LOG": 5.0, "DIV": 4.0, "SQRT": 5.0, "CONST": 0.0}
"""What it costs to compute a value, in additions; truths cost little."""
TRUTH_WEIGHT = 0.1
LEAST = 6.0
"""Blocks that save less are not worth a jump."""
EFFORT = 60_000
"""Candidates times values that are looked at within a step: a deal of many clauses has the blocks that save most, and
is compiled in a time that grows with its length. The deals of the library need less than half of it."""


@dataclass(slots=True)
class Block:
    """Values that are left out together.

    Attributes:
        truth: Where no lane has it.
        members: Values, in order; those of inner blocks too.
        stands_for: What a member is when the block is left out.
        parent: The block around it, or None.
    """

    truth: int
    members: list[int]
    stands_for: dict[int, int]
    parent: Block | None = None


def blocks_of(values: Values) -> dict[int, Block]:
    """The innermost block of each value that has one."""
    return _Finder(values).find()


class _Level:
    """Values among which blocks are looked for, those of a step or of a block, with what depends on what as bits."""

    def __init__(self, values: Values, members: list[int], block: Block | None) -> None:
        self.block = block
        self.members = members
        self.place = {i: k for k, i in enumerate(members)}
        self.above = [0] * len(members)
        self.below = [0] * len(members)
        for k, i in enumerate(members):
            for a in values.args[i]:
                j = self.place.get(a)
                if j is not None:
                    self.above[k] |= self.above[j] | 1 << j
        for k in range(len(members) - 1, -1, -1):
            for a in values.args[members[k]]:
                j = self.place.get(a)
                if j is not None:
                    self.below[j] |= self.below[k] | 1 << k

    def convex(self, chosen: set[int]) -> list[int]:
        """Members without those that depend on a member through a value outside."""
        kept = dependent = 0
        for k in sorted(self.place[i] for i in chosen):
            if not self.above[k] & dependent & ~kept:
                kept |= 1 << k
                dependent |= self.below[k]
        # where blocks count as one, a value may depend on a later one: no outsider may stand between members
        while True:
            found = list(_places(kept))
            above = below = 0
            for k in found:
                above |= self.above[k]
                below |= self.below[k]
            between = above & below & ~kept
            if not between:
                return [self.members[k] for k in found]
            kept = sum(1 << k for k in found if not self.above[k] & between)

    def contract(self, block: Block) -> None:
        """From now on the members of a block, and the truth that it waits for, count as one."""
        bits = above = below = 0
        for i in block.members:
            k = self.place[i]
            bits |= 1 << k
            above |= self.above[k]
            below |= self.below[k]
        for other in (block.truth, *block.stands_for.values()):
            if other in self.place:
                above |= self.above[self.place[other]] | 1 << self.place[other]
        # what depends on a member is below it, and what a member depends on is above it: no other value is touched
        before, after = above | bits, below | bits
        for k in _places(after):
            self.above[k] |= before & ~(1 << k)
        for k in _places(before):
            self.below[k] |= after & ~(1 << k)


def _places(bits: int) -> Iterator[int]:
    """Places of the ones, from the lowest up, in a time that grows with the number of digits and no faster."""
    digits = f"{bits:b}"[::-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


class _Finder:
    def __init__(self, values: Values) -> None:
        self.v = values
        self.users: dict[int, list[int]] = {}
        self.steps: dict[int, list[int]] = {}
        for i in values.live:
            self.steps.setdefault(values.steps[i], []).append(i)
            for a in values.args[i]:
                self.users.setdefault(a, []).append(i)
        self.block_of: dict[int, Block] = {}
        self.levels: dict[int, _Level] = {}

    def find(self) -> dict[int, Block]:
        """Within each step, blocks that save most first; smaller ones within them or beside them."""
        candidates: dict[int, list[tuple[float, int, dict[int, int]]]] = {}
        for m in self._truths():
            known = self._known(m)
            worth = self._cost(known)
            if worth >= 2.0:
                candidates.setdefault(self.v.steps[m], []).append((worth, m, known))
        for step, found in candidates.items():
            self.levels = {0: _Level(self.v, self.steps[step], None)}
            most = EFFORT // len(self.steps[step])
            for _, m, known in sorted(found, key=lambda x: (-x[0], x[1]))[:most]:
                self._accept(m, known)
        return self.block_of

    def _accept(self, m: int, known: dict[int, int]) -> None:
        parent = self.block_of.get(m)
        level = self.levels.get(id(parent) if parent is not None else 0)
        if level is None:
            level = self.levels[id(parent)] = _Level(self.v, parent.members if parent is not None else [], parent)
        block = self._close(m, known, level)
        if block is not None and self._cost(block.members) - self._copies(block) >= LEAST:
            level.contract(block)
            for i in block.members:
                self.block_of[i] = block

    def _truths(self) -> Iterator[int]:
        """Truths that choose between numbers, and those of which they are conjunctions."""
        v = self.v
        seen: set[int] = set()
        wave = sorted({v.args[i][0] for i in v.live if v.ops[i] == "SEL"})
        for _ in range(3):
            following: set[int] = set()
            for m in wave:
                if m > 1 and m not in seen:
                    seen.add(m)
                    yield m
                    if v.ops[m] == "AND":
                        following.update(v.args[m])
                    elif v.ops[m] == "ANDN":
                        following.add(v.args[m][0])
            wave = sorted(following)

    def _known(self, m: int) -> dict[int, int]:
        """What values of the same step are where m is false in all lanes."""
        step = self.v.steps[m]
        known = {m: FALSE}
        queue = list(self.users.get(m, ()))
        heapify(queue)
        while queue:  # in order: what a value reads is decided before it
            i = heappop(queue)
            if i in known or self.v.steps[i] != step or self.v.ops[i] in RECORDS:
                continue
            what = self._without(i, known)
            if what is not None:
                known[i] = what
                for u in self.users.get(i, ()):
                    heappush(queue, u)
        return known

    def _without(self, i: int, known: dict[int, int]) -> int | None:
        """What value i is, given what its arguments are."""
        op = self.v.ops[i]
        args = [known.get(a, a) for a in self.v.args[i]]
        if op == "SEL":
            return args[2] if args[0] == FALSE else args[1] if args[1] == args[2] else None
        if op == "AND":
            return FALSE if FALSE in args else None
        if op == "ANDN":
            return FALSE if args[0] == FALSE else args[0] if args[1] == FALSE else None
        if op == "OR":
            return args[1] if args[0] == FALSE else args[0] if args[1] == FALSE else None
        if op == "ADD":
            first, second = args if args[1] == ZERO else args[::-1]
            return first if second == ZERO and self.v.positive[first] else None
        if op == "SUB":
            return args[0] if args[1] == ZERO else None
        if op == "MUL":
            literals = self.v.literals
            return args[1] if literals.get(args[0]) == 1.0 else args[0] if literals.get(args[1]) == 1.0 else None
        if op in ("MAX", "MIN"):
            return args[0] if args[0] == args[1] else None
        return None

    def _close(self, m: int, known: dict[int, int], level: _Level) -> Block | None:
        """The convex block of m in a level: known values, and what only they read."""
        parent, block_of, users = level.block, self.block_of, self.users
        inside = {i for i in known if i != m and i in level.place and block_of.get(i) is parent}
        if not inside:
            return None
        before = level.above[level.place[m]]
        stated = set(known.values())
        queue = [-a for i in inside for a in self.v.args[i]]
        heapify(queue)
        last = -1
        while queue:  # from the last one back: all its readers are decided before it
            i = -heappop(queue)
            if i == last:  # read by many members: it is asked once, not once for each of them
                continue
            last = i
            if i in inside or i in stated or i == m or i not in level.place or block_of.get(i) is not parent:
                continue
            if self.v.ops[i] != "CONST" and not before >> level.place[i] & 1 and all(u in inside for u in users[i]):
                inside.add(i)
                for a in self.v.args[i]:
                    heappush(queue, -a)
        members = level.convex(inside)
        while True:
            chosen = set(members)
            keep = {i for i in members if i in known or all(u in chosen for u in users.get(i, ()))}
            if len(keep) == len(members):
                break
            members = level.convex(keep)
        if not members:
            return None
        outs = [i for i in members if any(u not in chosen for u in users.get(i, ()))]
        return Block(m, members, {i: known[i] for i in outs}, parent)

    def _cost(self, values: Iterable[int]) -> float:
        ops = self.v.ops
        return sum(TRUTH_WEIGHT if ops[i] in TRUTHS else WEIGHTS.get(ops[i], 1.0) for i in values)

    def _copies(self, block: Block) -> float:
        ops = self.v.ops
        return sum(TRUTH_WEIGHT if ops[i] in TRUTHS else 0.7 for i in block.stands_for)
