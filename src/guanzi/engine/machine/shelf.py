"""A shelf for what is made once and used by many runs: files beside the compiled machine, each behind its own hash.

What is kept stands under a hash of everything that it is made from, the code that makes it included; see
:mod:`guanzi.base.core.shelf`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from guanzi.base.core import folder_of, keep_content
from guanzi.base.core import kept_content as take

__all__ = ["hash_of_code", "put", "room", "shelf_place", "sources_of", "take"]

ON_DISK = 128
"""Files of a kind, about a hundred kilobytes each; the oldest go first."""
FOLDER_VARIABLE = "GUANZI_PROGRAMS"
"""The environment may ask for another number of files."""


def shelf_place(key: bytes, kind: str) -> Path | None:
    """Where something of this key is kept; None where nothing can be."""
    from guanzi.engine.machine.kernel import run_paths

    folder = folder_of(run_paths)
    return None if folder is None else folder / "programs" / f"{key.hex()}.{kind}"


def room() -> int:
    """How many files of a kind are kept: as many as the environment asks for, or a few."""
    asked = os.environ.get(FOLDER_VARIABLE, "")
    return int(asked) if asked.isdecimal() else ON_DISK


def put(file: Path, content: bytes) -> None:
    """Keep something, whole or not at all, and throw away what is oldest of its kind."""
    keep_content(file, content, room())


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
