"""Contents of files on the disk: each once, read-only, under its hash; laid-out folders are made of links to them."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from hashlib import file_digest, sha256
from pathlib import Path

from django.conf import settings

from guanzi.office.faults import ALTERED, Unable, fault_of

FOLDER, LAID = "contents", "laid"
"""Folders of the contents, and of what is made of links to them."""
DRAFTS = ".making-"
"""Begin of the names of folders that are being laid out; what a killed process left there, the next one takes away."""
READ_ONLY = 0o444
_MOST_KNOWN = 100_000
"""Files of which a process remembers that they were whole."""
_known: dict[tuple[int, int, int, int], str] = {}


def place_file(hash: str, target: Path, work: Path, read: Callable[[], bytes]) -> None:
    """Let a content stand at a path: as a link to its one file, or as a copy where the disk makes no more links.

    Args:
        hash: SHA-256 of the content.
        target: Where it is to stand; its folder is there.
        work: A folder for drafts on the same disk.
        read: The content, where its file is not there yet.

    Raises:
        Unable: The content is not that of its hash.
        OSError: It cannot be written.
    """
    held = Path(settings.DATA) / FOLDER / hash
    if not is_whole(held, hash):
        _write(held, hash, work, read)
    try:
        os.link(held, target)
    except FileNotFoundError:  # it was cleared away meanwhile, since nothing was linked to it
        _write(held, hash, work, read)
        _copy(held, target)
    except OSError as error:
        if fault_of(error) not in (None, "folder"):
            raise
        _copy(held, target)


def is_whole(path: Path, hash: str) -> bool:
    """Whether a file is there and holds the content of its hash; read again only where it was touched."""
    try:
        status = path.stat()
        key = (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)
        if _known.get(key) == hash:
            return True
        with path.open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
    except OSError:
        return False
    if found == hash:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[key] = hash
    return found == hash


def clear_contents(unused_for: float, only: Collection[str] | None = None) -> int:
    """Delete the files of contents to which no folder is linked.

    Args:
        unused_for: Seconds since the last link was made or deleted.
        only: Those that are looked at, by their hashes; None: all.

    Returns:
        Bytes.
    """
    folder, freed = Path(settings.DATA) / FOLDER, 0
    names = only if only is not None else os.listdir(folder) if folder.is_dir() else ()
    for name in names:
        with suppress(FileNotFoundError):
            status = os.lstat(folder / name)
            if status.st_nlink == 1 and time.time() - status.st_ctime >= unused_for:
                os.unlink(folder / name)
                freed += status.st_size
    return freed


def _write(held: Path, hash: str, work: Path, read: Callable[[], bytes]) -> None:
    content = read()
    if sha256(content).hexdigest() != hash:
        raise Unable(ALTERED, hash)
    held.parent.mkdir(exist_ok=True)
    draft = work / f"content-{hash}"
    draft.write_bytes(content)
    os.chmod(draft, READ_ONLY)
    os.replace(draft, held)


def _copy(held: Path, target: Path) -> None:
    shutil.copyfile(held, target)
    os.chmod(target, READ_ONLY)
