"""Indexes of data rooms on the disk: one for each set of documents, shared by all versions that hold them.

An index is made of the documents and may be deleted at any time: it is made again where it is asked for.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from guanzi.base.core import InvalidInput, scratch_directory, sha256_of
from guanzi.office.auditlog.contentfiles import DRAFTS, LAID, READ_ONLY
from guanzi.record.evidence import INDEX, read_index

DERIVED = "documents/.room.sqlite"
"""The index of the data room, which is made of the documents and is no part of a version."""
FOLDER = "rooms"
MOST_BYTES = 500_000_000
"""Bytes of all indexes; beyond them the longest unused go, but never the newest."""


def link_index(folder: Path) -> None:
    """Let a laid-out folder have the index of its documents, if one is kept."""
    kept = _kept(folder)
    if kept is not None and not (folder / DERIVED).exists():
        with suppress(OSError):  # it is made of the documents where it is missing
            os.link(kept, folder / DERIVED)
            os.utime(kept)


def share_index(folder: Path) -> None:
    """Keep the index of a laid-out folder, which is complete, for all versions with the same documents."""
    kept, own = _kept(folder), folder / DERIVED
    if kept is None or not own.is_file() or (kept.exists() and kept.samefile(own)):
        return
    with suppress(OSError):
        kept.parent.mkdir(exist_ok=True)
        with scratch_directory(kept.parent, DRAFTS) as work:
            os.link(own, work / kept.name)
            os.chmod(own, READ_ONLY)
            os.replace(work / kept.name, kept)
        os.utime(kept)
        _bound(kept)


def take_along(old: Path, new: Path) -> None:
    """Take an index along to a version that holds all documents of the old one, so that none of them is read anew."""
    if (new / DERIVED).exists() or not (old / DERIVED).is_file():
        return
    if (before := _documents(old)) and before <= _documents(new):
        take_index(old / DERIVED, new)


def take_index(held: Path, folder: Path) -> None:
    """Copy an index into a laid-out folder: whole, or not at all."""
    with suppress(OSError), scratch_directory(Path(settings.DATA) / LAID, DRAFTS) as work:
        shutil.copyfile(held, work / "index")
        os.replace(work / "index", folder / DERIVED)


def _documents(folder: Path) -> frozenset[str]:
    try:
        return frozenset(entry.sha256 for entry in read_index(folder, []))
    except InvalidInput:
        return frozenset()


def _kept(folder: Path) -> Path | None:
    """Where the index of these documents is kept; None: there are none."""
    if not (folder / "documents" / INDEX).is_file() or not (found := _documents(folder)):
        return None
    return Path(settings.DATA) / FOLDER / sha256_of(sorted(found))


def _bound(newest: Path) -> None:
    """Delete indexes beyond what may lie there, from the folders that are linked to them, too."""
    indexes = [(path.stat(), path) for path in newest.parent.iterdir() if not path.name.startswith(".")]
    held, gone = 0, set()
    for status, path in sorted(indexes, key=lambda one: one[0].st_mtime_ns, reverse=True):
        held += status.st_size
        if held > MOST_BYTES and path != newest:
            gone.add((status.st_dev, status.st_ino))
            path.unlink(missing_ok=True)
    if not gone:
        return
    for path in (Path(settings.DATA) / LAID).glob(f"*/*/{DERIVED}"):
        with suppress(FileNotFoundError):
            status = path.stat()
            if (status.st_dev, status.st_ino) in gone:
                path.unlink()
