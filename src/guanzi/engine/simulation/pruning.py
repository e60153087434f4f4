"""A program cut down to the outputs that are asked for: what nothing of them needs is left out.

A search runs one deal hundreds of times and reads a dozen numbers of each path; distributions over time, rates of
return and what feeds them alone are not computed then. What is left gives the same bits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from guanzi.base.core import without_collection
from guanzi.deal.program import Instruction, Program

BLOCKS = {"IRR": 2}
"""Operations that write several slots, which follow one another in the order of declaration."""
RECORDS = ("HIST", "TALLY", "OUT", "FLOW")


@without_collection()
def prune(program: Program, outputs: Iterable[str]) -> Program:
    """The program that puts out only the named outputs, in this order.

    Args:
        program: A composed program.
        outputs: Names of outputs that it has; :class:`KeyError` names one that it has not.
    """
    wanted = tuple(dict.fromkeys(outputs))
    missing = [name for name in wanted if name not in program.outputs]
    if missing:
        raise KeyError(missing[0])
    rows = {program.outputs.index(name): row for row, name in enumerate(wanted)}
    constants = dict(program.constants)
    flat: list[tuple[int, Instruction]] = []
    for number, step in enumerate(program.steps):
        for x in step:
            if x.op in ("HIST", "TALLY"):
                continue
            if x.op == "OUT":
                row = rows.get(int(program.constants[x.constants[0]]))
                if row is None:
                    continue
                name = f"={float(row)!r}"
                constants[name] = float(row)
                x = x._replace(constants=(name,))
            flat.append((number, x))
    needed = _needed(program, [x for _, x in flat])
    steps: list[list[Instruction]] = [[] for _ in program.steps]
    for (number, x), use in zip(flat, needed, strict=True):
        if use:
            steps[number].append(x)
    return replace(program, constants=constants, steps=steps, outputs=list(wanted), histograms=[], tallies=[])


def _needed(program: Program, flat: list[Instruction]) -> list[bool]:
    """Which instructions some output needs: backwards from the outputs and from all movements of money."""
    names = list(program.numbers)
    position = {name: i for i, name in enumerate(names)}
    writers: dict[str, list[int]] = {}
    for i, x in enumerate(flat):
        width = BLOCKS.get(x.op, 1)
        written = [x.out] if width == 1 else names[position[x.out] : position[x.out] + width]
        for name in written:
            writers.setdefault(name, []).append(i)
    use = [False] * len(flat)
    seen: set[str] = set()
    open_slots: list[str] = []

    def keep(i: int) -> None:
        if not use[i]:
            use[i] = True
            open_slots.extend(flat[i].args)

    for i, x in enumerate(flat):
        if x.op in ("OUT", "XFER"):
            keep(i)
    irr = False
    while open_slots:
        slot = open_slots.pop()
        if slot in seen:
            continue
        seen.add(slot)
        for i in writers.get(slot, ()):
            keep(i)
            if flat[i].op == "IRR" and not irr:
                irr = True
                for j, x in enumerate(flat):
                    if x.op == "FLOW":
                        keep(j)
    return use
