"""Lane code is made once for each structure of a program, and kept: in memory, and on disk beside the compiled machine.

A what-if has other constants but the same instructions; a second run of a command has the same programs as the first.
So it is with the halves of a program whose variants a search runs.
What is kept lies on a :mod:`shelf <guanzi.engine.machine.shelf>`. Where nothing can be kept, programs are lowered in
every run.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from guanzi.engine.machine.shelf import hash_of_code, put, shelf_place, take

if TYPE_CHECKING:
    from guanzi.engine.machine.assembler import Assembled
    from guanzi.engine.machine.halves import ProgramHalves
    from guanzi.engine.machine.lanes import LaneCode

IN_MEMORY = 32
"""Structures in memory: those that were asked for last. A program that is alive has its lane code beyond that."""
WORTH = 4096
"""Programs with fewer instructions are lowered faster than looked for on disk."""
MADE_BY = (
    "arithmetic.py",
    "assembler.py",
    "values.py",
    "blocks.py",
    "lanes.py",
    "halves.py",
    "shapes.py",
    "kept.py",
    "shelf.py",
)
"""The code that lane code depends on."""

_of: WeakKeyDictionary[Assembled, LaneCode] = WeakKeyDictionary()
_kept: OrderedDict[bytes, LaneCode] = OrderedDict()
_halves: OrderedDict[bytes, ProgramHalves] = OrderedDict()
_lock = threading.Lock()


def lanes_of(program: Assembled) -> LaneCode:
    """The lane code of a program: kept, or made now.

    Ask for it once before threads do: each that asks while there is none makes its own.
    """
    from guanzi.engine.machine.lanes import lane_code

    with _lock:
        found = _of.get(program)
    if found is not None:
        return found
    key = hashlib.sha256(_maker() + program.structure).digest()
    with _lock:
        found = _kept.get(key)
    if found is None:
        file = shelf_place(key, "lanes") if len(program.code) >= WORTH else None
        content = None if file is None else take(file)
        found = lane_code(program) if content is None else _unpacked(content)
        if file is not None and content is None:
            put(file, _packed(found))
    with _lock:
        _of[program] = _kept[key] = found
        _kept.move_to_end(key)
        while len(_kept) > IN_MEMORY:
            _kept.popitem(last=False)
    return found


def halves_of(program: Assembled, varying: NDArray[np.bool_]) -> ProgramHalves:
    """The halves of a program by the constants that will be exchanged: kept, or made now."""
    from guanzi.engine.machine.halves import ProgramHalves, split

    key = hashlib.sha256(_maker() + program.structure + np.packbits(varying).tobytes()).digest()
    with _lock:
        found = _halves.get(key)
    if found is not None:
        return found
    file = shelf_place(key, "halves") if len(program.code) >= WORTH else None
    content = None if file is None else take(file)
    if content is None:
        found = split(program, varying)
        first = _packed(found.first)
        if file is not None:
            put(file, b"".join((np.array([found.rows, len(first)], np.int64).tobytes(), first, _packed(found.second))))
    else:
        rows, length = np.frombuffer(content, np.int64, 2).tolist()
        found = ProgramHalves(_unpacked(content[16 : 16 + length]), _unpacked(content[16 + length :]), rows)
    with _lock:
        _halves[key] = found
        while len(_halves) > IN_MEMORY:
            _halves.popitem(last=False)
    return found


def clear() -> None:
    """Forget what is kept in memory."""
    with _lock:
        _of.clear()
        _kept.clear()
        _halves.clear()


def _maker() -> bytes:
    """A hash of the code that makes lane code."""
    return hash_of_code(tuple(Path(__file__).parent / name for name in MADE_BY))


def _unpacked(content: bytes) -> LaneCode:
    from guanzi.engine.machine.lanes import LaneCode

    words, constants, numbers, truths, flows = np.frombuffer(content, np.int64, 5).tolist()
    parts = np.split(np.frombuffer(content, np.uint8, offset=40), np.cumsum([8 * constants, 8 * constants]))
    return LaneCode(
        words=parts[2].view(np.int32)[:words].copy(),
        sources=parts[0].view(np.int64).copy(),
        literals=parts[1].view(np.float64).copy(),
        numbers=numbers,
        truths=truths,
        flows=flows,
    )


def _packed(code: LaneCode) -> bytes:
    head = np.array([len(code.words), len(code.sources), code.numbers, code.truths, code.flows], np.int64)
    return b"".join(part.tobytes() for part in (head, code.sources, code.literals, code.words))
