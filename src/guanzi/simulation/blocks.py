"""What can be left out where no lane has a truth: blocks of values, so that the machine jumps over them.

A value stands in the block of a truth if it is known without computing it where the truth is false in every lane (it is
then another value, or zero, or false: a payment that is not made leaves its account as it was), or if only such values
read it. Blocks nest. A block is convex: nothing that stands outside depends on one member and feeds another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from guanzi.simulation.values import FALSE, RECORDS, TRUTHS, ZERO, Values

WEIGHTS = {"DRAW": 15.0, "PART": 1.0, "EXP": 5.0, "LOG": 5.0, "DIV": 4.0, "SQRT": 5.0, "CONST": 0.0}
"""What it costs to compute a value, in additions; truths cost little."""
TRUTH_WEIGHT = 0.1
LEAST = 6.0
"""Blocks that save less are not worth a jump."""


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
    inner: list[Block] = field(default_factory=list)


def blocks_of(values: Values) -> dict[int, Block]:
    """The innermost block of each value that has one."""
    return _Finder(values).find()


class _Finder:
    def __init__(self, values: Values) -> None:
        self.v = values
        self.users: dict[int, list[int]] = {}
        for i in values.live:
            for a in values.args[i]:
                self.users.setdefault(a, []).append(i)
        self.block_of: dict[int, Block] = {}

    def find(self) -> dict[int, Block]:
        """Largest blocks first; smaller ones within them or beside them."""
        candidates = []
        for m in self._truths():
            known = self._known(m)
            if len(known) > 1:
                block = self._close(m, known, None)
                if block is not None:
                    candidates.append((self._worth(block), m, known))
        candidates.sort(key=lambda x: (-x[0], x[1]))
        for _, m, known in candidates:
            parent = self.block_of.get(m)
            block = self._close(m, known, parent)
            if block is not None and self._worth(block) >= LEAST:
                if parent is not None:
                    parent.inner.append(block)
                for i in block.members:
                    self.block_of[i] = block
        return self.block_of

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
        if op in ("MAX", "MIN"):
            return args[0] if args[0] == args[1] else None
        return None

    def _close(self, m: int, known: dict[int, int], parent: Block | None) -> Block | None:
        """The convex block of m within its parent: known values, and what only they read."""
        v, step = self.v, self.v.steps[m]
        inside = {i for i in known if i != m and self.block_of.get(i) is parent}
        ancestors = self._ancestors(m, step, parent) | set(known.values())
        # what only members read, from the last one back
        wave = sorted(inside, reverse=True)
        while wave:
            following: set[int] = set()
            for i in wave:
                for a in v.args[i]:
                    if (
                        a in inside
                        or a in ancestors
                        or a == m
                        or v.steps[a] != step
                        or v.ops[a] in ("CONST", "FALSE", "TRUE")
                    ):
                        continue
                    if self.block_of.get(a) is parent and all(u in inside for u in self.users[a]):
                        inside.add(a)
                        following.add(a)
            wave = sorted(following, reverse=True)
        members = self._convex(inside, parent)
        if not members:
            return None
        chosen = set(members)
        outs = [i for i in members if i in known and any(u not in chosen for u in self.users.get(i, ()))]
        if any(i not in known and any(u not in chosen for u in self.users.get(i, ())) for i in members):
            return self._shrink(m, known, members, parent)
        return Block(m, members, {i: known[i] for i in outs}, parent)

    def _shrink(self, m: int, known: dict[int, int], members: list[int], parent: Block | None) -> Block | None:
        """Leave out, from the last one back, what is not known but read outside."""
        chosen: set[int] = set()
        for i in reversed(members):
            users = self.users.get(i, ())
            if i in known or (users and all(u in chosen for u in users)):
                chosen.add(i)
        members = self._convex(chosen, parent)
        chosen = set(members)
        while any(i not in known and any(u not in chosen for u in self.users.get(i, ())) for i in members):
            keep = {i for i in chosen if i in known or all(u in chosen for u in self.users.get(i, ()))}
            members = self._convex(keep, parent)
            chosen = set(members)
        if not members:
            return None
        outs = [i for i in members if any(u not in chosen for u in self.users.get(i, ()))]
        return Block(m, members, {i: known[i] for i in outs}, parent)

    def _unit(self, i: int, parent: Block | None) -> Block | None:
        """The outermost block of a value within ``parent``: it is done as a whole."""
        block, outer = self.block_of.get(i), None
        while block is not parent and block is not None:
            block, outer = block.parent, block
        return outer

    def _ancestors(self, m: int, step: int, parent: Block | None) -> set[int]:
        """Values of the step on which m depends; of a block, all."""
        found: set[int] = set()
        stack = [m]
        while stack:
            for a in self.v.args[stack.pop()]:
                if a in found or self.v.steps[a] != step:
                    continue
                unit = self._unit(a, parent)
                for x in (a,) if unit is None else (*unit.members, unit.truth):
                    if x not in found:
                        found.add(x)
                        stack.append(x)
        return found

    def _convex(self, inside: set[int], parent: Block | None) -> list[int]:
        """Members without those that depend on a member through a value, or another block, outside."""
        if not inside:
            return []
        queue = sorted(self._reach(inside, max(inside), parent))
        units = {i: self._unit(i, parent) for i in queue if i not in inside}
        spoilt: set[int] = set()  # blocks that depend on a member
        while True:
            tainted: set[int] = set()
            members: list[int] = []
            chosen: set[int] = set()
            before = len(spoilt)
            for i in queue:
                unit = units.get(i)
                args = self.v.args[i] if unit is None else (*self.v.args[i], unit.truth)
                through = any(a in tainted for a in args) or (unit is not None and id(unit) in spoilt)
                if i in inside and not through:
                    members.append(i)
                    chosen.add(i)
                elif through or any(a in chosen for a in args):
                    tainted.add(i)
                    if unit is not None:
                        spoilt.add(id(unit))
            if len(spoilt) == before:
                return members

    def _reach(self, inside: set[int], last: int, parent: Block | None) -> set[int]:
        """Members and all that depends on them up to the last member; blocks as a whole."""
        found = set(inside)
        stack = list(inside)
        while stack:
            for u in self.users.get(stack.pop(), ()):
                if u in found:
                    continue
                unit = self._unit(u, parent)
                for x in ((u,) if u <= last else ()) if unit is None else unit.members:
                    if x not in found:
                        found.add(x)
                        stack.append(x)
        return found

    def _worth(self, block: Block) -> float:
        ops = self.v.ops
        cost = sum(TRUTH_WEIGHT if ops[i] in TRUTHS else WEIGHTS.get(ops[i], 1.0) for i in block.members)
        copies = sum(TRUTH_WEIGHT if ops[i] in TRUTHS else 0.7 for i in block.stands_for)
        return cost - copies
