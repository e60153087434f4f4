"""A shelf for what is made once and used by many runs: files beside the compiled machine, each behind its own hash.

What is kept stands under a hash of everything that it is made from, the code that makes it included. A damaged file
counts as none. Where nothing can be kept, everything is made in every run.
"""

from __future__ import annotations

import hashlib
import os
import threading
import zlib
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from guanzi.base.core import folder_of, is_own

ON_DISK = 128
"""Files of a kind, about a hundred kilobytes each; the oldest go first."""
FOLDER_VARIABLE = "GUANZI_PROGRAMS"
"""The environment may ask for another number of files."""
_DIGEST = hashlib.sha256().digest_size


def shelf_place(key: bytes, kind: str) -> Path | None:
    """Where something of this key is kept; None where nothing can be."""
    from guanzi.engine.machine.kernel import run_paths

    folder = folder_of(run_paths)
    return None if folder is None else folder / "programs" / f"{key.hex()}.{kind}"


def room() -> int:
    """How many files of a kind are kept: as many as the environment asks for, or a few."""
    asked = os.environ.get(FOLDER_VARIABLE, "")
    return int(asked) if asked.isdecimal() else ON_DISK


def take(file: Path) -> bytes | None:
    """What a file holds; None where there is none, it is not as it was written, or others could have written it."""
    try:
        if not is_own(file.lstat()):
            return None
        content = file.read_bytes()
    except OSError:
        return None
    if content[:_DIGEST] != hashlib.sha256(content[_DIGEST:]).digest():
        return None
    return zlib.decompress(content[_DIGEST:])


def put(file: Path, content: bytes) -> None:
    """Keep something, whole or not at all, and throw away what is oldest of its kind."""
    packed = zlib.compress(content, 1)
    part = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(hashlib.sha256(packed).digest() + packed)
        part.chmod(0o644)
        os.replace(part, file)
        held = list(file.parent.glob(f"*{file.suffix}"))
        if (surplus := len(held) - room()) > 0:
            for old in sorted(held, key=lambda x: x.stat().st_mtime)[:surplus]:
                old.unlink(missing_ok=True)
    except OSError:  # no space, no right, or another process was faster: the next run makes it anew
        with suppress(OSError):
            part.unlink(missing_ok=True)


@cache
def hash_of_code(files: tuple[Path, ...]) -> bytes:
    """A hash of source files and of their names."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(repr(file.name).encode() + file.read_bytes())
    return digest.digest()


def sources_of(folders: Iterable[Path]) -> tuple[Path, ...]:
    """The Python files of folders and of those within them, in order."""
    return tuple(sorted(file for folder in folders for file in folder.rglob("*.py")))
