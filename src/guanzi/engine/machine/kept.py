"""Lane code is made once for each structure of a program, and kept: in memory, and on disk beside the compiled machine.

A what-if has other constants but the same instructions; a second run of a command has the same programs as the first.
What is kept stands under a hash of everything that it is made from, the code that makes it included, and behind a hash
of its own: a damaged file counts as none. Where nothing can be kept, programs are lowered in every run.
"""

from __future__ import annotations

import hashlib
import os
import threading
import zlib
from collections import OrderedDict
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from guanzi.base.core import folder_of

if TYPE_CHECKING:
    from guanzi.engine.machine.assembler import Assembled
    from guanzi.engine.machine.lanes import LaneCode

IN_MEMORY = 32
"""Structures in memory: those that were asked for last. A program that is alive has its lane code beyond that."""
ON_DISK = 128
"""Files on disk, about a hundred kilobytes each; the oldest go first."""
WORTH = 4096
"""Programs with fewer instructions are lowered faster than looked for on disk."""
MADE_BY = ("assembler.py", "values.py", "blocks.py", "lanes.py", "kernel.py", "kept.py")
"""The code that lane code depends on."""
_DIGEST = hashlib.sha256().digest_size

_of: WeakKeyDictionary[Assembled, LaneCode] = WeakKeyDictionary()
_kept: OrderedDict[bytes, LaneCode] = OrderedDict()
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
        file = _file(key) if len(program.code) >= WORTH else None
        found = None if file is None else _read(file)
        if found is None:
            found = lane_code(program)
            if file is not None:
                _write(file, found)
    with _lock:
        _of[program] = _kept[key] = found
        _kept.move_to_end(key)
        while len(_kept) > IN_MEMORY:
            _kept.popitem(last=False)
    return found


def forget() -> None:
    """Forget what is kept in memory."""
    with _lock:
        _of.clear()
        _kept.clear()


@cache
def _maker() -> bytes:
    """A hash of the code that makes lane code."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for name in MADE_BY:
        digest.update((folder / name).read_bytes())
    return digest.digest()


def _file(key: bytes) -> Path | None:
    """Where lane code of this structure is kept; None where nothing can be."""
    from guanzi.engine.machine.kernel import run_paths

    folder = folder_of(run_paths)
    return None if folder is None else folder / "programs" / f"{key.hex()}.lanes"


def _read(file: Path) -> LaneCode | None:
    """What a file holds; None where there is none, or where it is not as it was written."""
    from guanzi.engine.machine.lanes import LaneCode

    try:
        content = file.read_bytes()
    except OSError:
        return None
    if content[:_DIGEST] != hashlib.sha256(content[_DIGEST:]).digest():
        return None
    whole = zlib.decompress(content[_DIGEST:])
    words, constants, numbers, truths, flows = np.frombuffer(whole, np.int64, 5).tolist()
    parts = np.split(np.frombuffer(whole, np.uint8, offset=40), np.cumsum([8 * constants, 8 * constants]))
    return LaneCode(
        words=parts[2].view(np.int32)[:words].copy(),
        sources=parts[0].view(np.int64).copy(),
        literals=parts[1].view(np.float64).copy(),
        numbers=numbers,
        truths=truths,
        flows=flows,
    )


def _write(file: Path, code: LaneCode) -> None:
    """Keep lane code, whole or not at all, and throw away what is oldest."""
    head = np.array([len(code.words), len(code.sources), code.numbers, code.truths, code.flows], np.int64)
    parts = (head, code.sources, code.literals, code.words)
    content = zlib.compress(b"".join(part.tobytes() for part in parts), 1)
    part = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(hashlib.sha256(content).digest() + content)
        os.replace(part, file)
        held = sorted(file.parent.glob("*.lanes"), key=lambda x: x.stat().st_mtime)
        for old in held[:-ON_DISK]:
            old.unlink(missing_ok=True)
    except OSError:  # no space, no right, or another process was faster: the next run makes it anew
        with suppress(OSError):
            part.unlink(missing_ok=True)
