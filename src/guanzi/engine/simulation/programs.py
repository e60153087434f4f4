"""Programs ready to run: a what-if has other numbers, not other code, and is not composed anew.

Of a deal the head is written each time: declarations, draws and values of step 0, with all numbers of the company as
constants. The steps follow from the head and from what :func:`guanzi.engine.simulation.compose.begin` says of their
shape. Where a program of the same head and shape was assembled before, in this process or in an earlier one, it is
taken, and its constants are exchanged for those of the head.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from pathlib import Path

from guanzi.deal.program import Program
from guanzi.engine.machine import Assembled, assemble, shelf, with_constants
from guanzi.engine.simulation.compose import BegunProgram
from guanzi.engine.simulation.packing import pack, unpack
from guanzi.engine.simulation.pruning import prune

KEPT = 16
"""Assembled programs that are kept, one for each structure and choice of outputs; and as many by head and shape."""
WRITTEN = 3 / 8
"""Part of the shelf that a process fills: a search over many sheets is not to push out what every command needs."""
GROUPS = ("base", "deal", "engine")
"""Groups of Guanzi on whose code a program depends."""

type Outputs = tuple[str, ...] | None

_by_head: OrderedDict[bytes, Assembled] = OrderedDict()
_assembled: OrderedDict[tuple[int, Outputs], Assembled] = OrderedDict()
_lock = threading.Lock()
_last: tuple[bytes, Program] | None = None
_hashed: tuple[Program, int] | None = None
_written = 0


def ready(
    begun: BegunProgram, outputs: Outputs = None, make: Callable[[Program, Outputs], Assembled] | None = None
) -> Assembled:
    """A begun program ready to run, with the numbers of its head.

    Args:
        begun: The program.
        outputs: The outputs to which it is cut down; None: all, with distributions over time.
        make: Assembles a program where none is kept; None: :func:`assembled_of`.
    """
    head = begun.head.program
    own = _key_of(begun)
    key = hashlib.sha256(own + repr(outputs).encode()).digest()
    with _lock:
        found = _by_head.get(key)
        if found is not None:
            _by_head.move_to_end(key)
    if found is not None:
        return with_constants(found, head)
    # what a process of its own would find on disk, and what it makes where there is nothing, have the same bits
    declared = dict(head.constants)
    file = shelf.shelf_place(key, "program")
    content = None if file is None else shelf.take(file)
    if content is not None:
        found = unpack(content)
    else:
        found = (make or assembled_of)(_finished(own, begun), outputs)
        if file is not None:
            _keep(file, found)
    with _lock:
        _by_head[key] = found
        while len(_by_head) > KEPT:
            _by_head.popitem(last=False)
    return with_constants(found, Program(constants=declared))


def _finished(own: bytes, begun: BegunProgram) -> Program:
    """The whole program; that of the last head is kept, for it may be cut down to several choices of outputs."""
    global _last
    last = _last
    if last is None or last[0] != own:
        last = _last = (own, begun.finish())
    return last[1]


def _keep(file: Path, program: Assembled) -> None:
    global _written
    if _written < WRITTEN * shelf.room():
        _written += 1
        shelf.put(file, pack(program))


def _key_of(begun: BegunProgram) -> bytes:
    """A hash of what is written but for the values of constants, of the shape of the steps, and of the code."""
    program = begun.head.program
    slots = (program.numbers, program.truths, sorted(program.accounts))
    told = repr((begun.shape, begun.head.begun, slots, list(program.constants)))  # literals are named after their value
    return hashlib.sha256(_code() + told.encode()).digest()


@cache
def _code() -> bytes:
    """A hash of the code that writes and assembles programs."""
    product = Path(__file__).parents[2]
    return shelf.hash_of_code(shelf.sources_of(tuple(product / group for group in GROUPS)))


def clear() -> None:
    """Forget what is kept in memory."""
    global _last, _hashed, _written
    with _lock:
        _by_head.clear()
        _assembled.clear()
    _last, _hashed, _written = None, None, 0


def assembled_of(program: Program, outputs: Outputs = None) -> Assembled:
    """A composed program ready to run: assembled, or an assembled one of its structure with its constants.

    Args:
        program: The program.
        outputs: The outputs to which it is cut down; None: all, with distributions over time.
    """
    key = (structure_of(program), outputs)
    with _lock:
        found = _assembled.get(key)
        if found is not None:
            _assembled.move_to_end(key)
    if found is None:
        found = assemble(program if outputs is None else prune(program, outputs))
        with _lock:
            _assembled[key] = found
            while len(_assembled) > KEPT:
                _assembled.popitem(last=False)
    return with_constants(found, program)


def structure_of(program: Program) -> int:
    """A hash of everything in a program but the values of its constants: instructions, slots and records.

    That of the last program is kept: several ask for it before the next one is composed.
    """
    global _hashed
    last = _hashed
    if last is None or last[0] is not program:
        last = _hashed = (program, _structure_of(program))
    return last[1]


def _structure_of(program: Program) -> int:
    index = {name: i for i, name in enumerate(program.constants)}
    steps = tuple(
        hash(tuple([(*x[:3], x.clause, *[index[name] for name in x.constants]) for x in step]))
        for step in program.steps
    )
    slots = (tuple(program.numbers.items()), tuple(program.truths.items()), tuple(sorted(program.accounts)))
    # Literals are named after their value: they belong to the structure, and so do the rows of the records.
    literals = tuple((name, value) for name, value in program.constants.items() if name.startswith("="))
    rows = (tuple(program.outputs), tuple(program.histograms), tuple(program.tallies), program.flows, len(index))
    return hash((steps, slots, literals, rows))
