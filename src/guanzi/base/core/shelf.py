"""Files that are made once and used by many runs: each behind its own hash, whole or not there at all.

A damaged file, or one that others could have written, counts as none. Where nothing can be kept, everything is made
in every run.
"""

from __future__ import annotations

import hashlib
import os
import threading
import zlib
from contextlib import suppress
from pathlib import Path

from guanzi.base.core.compiled import is_own, own_folder

_DIGEST = hashlib.sha256().digest_size


def folder_beside(file: Path) -> Path | None:
    """The folder for what a source file makes: beside its compiled form, or in the cache of the user; None: nowhere."""
    folder = file.parent / "__pycache__"
    try:
        folder.mkdir(exist_ok=True)
        found = own_folder(folder)
    except (OSError, RuntimeError):  # no right, no home
        return None
    return found if os.access(found, os.W_OK) else None


def kept_content(file: Path) -> bytes | None:
    """What :func:`keep_content` wrote; None: there is no file, it is damaged, or others could have written it."""
    try:
        if not is_own(file.lstat()):
            return None
        content = file.read_bytes()
    except OSError:
        return None
    if content[:_DIGEST] != hashlib.sha256(content[_DIGEST:]).digest():
        return None
    return zlib.decompress(content[_DIGEST:])


def keep_content(file: Path, content: bytes, room: int, mode: int = 0o644) -> None:
    """Keep something, whole or not at all, and throw away what is oldest of its kind.

    Args:
        file: Where; its suffix is its kind.
        content: What is kept.
        room: Files of the kind that the folder has room for.
        mode: Who may read it; by default everybody on the machine.
    """
    packed = zlib.compress(content, 1)
    part = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.touch(0o600)
        part.write_bytes(hashlib.sha256(packed).digest() + packed)
        part.chmod(mode)
        os.replace(part, file)
        held = list(file.parent.glob(f"*{file.suffix}"))
        if (surplus := len(held) - room) > 0:
            for old in sorted(held, key=lambda x: x.stat().st_mtime)[:surplus]:
                old.unlink(missing_ok=True)
    except OSError:  # no space, no right, or another process was faster: the next run makes it anew
        with suppress(OSError):
            part.unlink(missing_ok=True)
