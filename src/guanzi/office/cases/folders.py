"""Versions as folders that the readers of cases open: made of links to contents, read by many, written by nobody.

What lies here is derived and can be made again at any time from the database. A folder is kept while it was used a
short while ago, or is held by a process (:func:`holding`); others are cleared away, the longest unused first.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from django.conf import settings

from guanzi.base.core import one_writer, publish, scratch_directory, sha256_of
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.auditlog.contentfiles import DRAFTS, LAID, clear_contents, is_whole, place_file
from guanzi.office.auditlog.prefetching import on_failure, remembered
from guanzi.office.cases.dataroomindexes import link_index
from guanzi.office.faults import free_bytes
from guanzi.office.models import Blob

IN_USE = 3_600.0
"""Seconds for which a folder stays after it was last asked for: longer than any request that reads it."""
MOST_FOLDERS = 200
"""Folders that stay though nobody has used them for longer."""
SCARCE = 1_000_000_000
"""Bytes free on the disk below which no folder stays that is not in use."""
_RENEW = 300.0
_seen: set[Path] = set()
"""Folders that this process found whole."""


def lay_out(slug: str, tree: Mapping[str, str]) -> Path:
    """A version as a folder named after its case, made once for each content; it is read and never written.

    Returns:
        ``<data>/laid/<hash of the tree>/<slug>``; it stays for :data:`IN_USE`, and longer within :func:`holding`.

    Raises:
        Unable: A content is not that of its hash.
        OSError: It cannot be written.
    """
    folder = Path(settings.DATA) / LAID / sha256_of(dict(tree)) / slug
    if _renewed(folder) and _is_whole(folder, tree):
        return folder
    place, known = folder.parent, remembered()
    place.parent.mkdir(parents=True, exist_ok=True)
    with scratch_directory(place.parent, DRAFTS) as work:
        draft = work / place.name / slug
        draft.mkdir(parents=True)
        for name, hash in tree.items():
            target = draft / name
            target.parent.mkdir(parents=True, exist_ok=True)
            place_file(hash, target, work, partial(_content, hash, known))
        link_index(draft)
        try:
            publish(draft.parent, place)
        except FileExistsError:  # another has made it meanwhile, or a case of another name holds the same files
            with suppress(FileExistsError):
                publish(draft, folder)
    _seen.add(folder)
    if any(hash in known for hash in tree.values()):
        on_failure(lambda: _discard_version(folder, tree))
    _free_space(place.parent)
    return folder


def _content(hash: str, known: Mapping[str, bytes]) -> bytes:
    return known[hash] if hash in known else content_of(hash)


@contextmanager
def holding(folder: Path) -> Iterator[Path]:
    """Hold a folder for work that may take longer than :data:`IN_USE`, so that it is not cleared away."""
    with _opened(folder) as handle:
        with suppress(OSError):  # a network file system that locks files only: there, being used lately has to do
            fcntl.flock(handle, fcntl.LOCK_SH)
        yield folder


def clear_folders(most: int = MOST_FOLDERS) -> int:
    """Delete laid-out folders that nobody uses, and contents to which none is linked any more.

    Args:
        most: Folders that stay though nobody has used them lately, the last used first.

    Returns:
        Bytes of contents that were deleted.
    """
    _clear(Path(settings.DATA) / LAID, most)
    return clear_contents(IN_USE)


def _clear(laid: Path, most: int) -> None:
    used = sorted(((_used(place), place) for place in _places(laid)), reverse=True)
    unused = [place for at, place in used[most:] if time.time() - at >= IN_USE]
    if unused:
        with scratch_directory(laid, DRAFTS) as work, one_writer(laid):
            for place in unused:
                _remove(place, work)


def _places(laid: Path) -> list[Path]:
    return [place for place in laid.iterdir() if not place.name.startswith(".")] if laid.is_dir() else []


def _used(place: Path) -> float:
    try:
        return place.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _remove(place: Path, work: Path) -> None:
    """Take a folder away that no process holds and nobody asked for meanwhile; the caller is the only writer."""
    with suppress(FileNotFoundError, BlockingIOError), ExitStack() as held:
        for folder in place.iterdir():
            fcntl.flock(held.enter_context(_opened(folder)), fcntl.LOCK_EX | fcntl.LOCK_NB)
        if time.time() - place.stat().st_mtime >= IN_USE:
            place.rename(work / place.name)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield handle
    finally:
        os.close(handle)


def _renewed(folder: Path) -> bool:
    """Whether a folder is there, which from now on is one that was used just now."""
    place = folder.parent
    try:
        if not folder.is_dir():
            return False
        if 0 <= time.time() - place.stat().st_mtime < _RENEW:
            return True
        with one_writer(place.parent):  # whoever clears away holds the same right
            os.utime(place)
        return folder.is_dir()
    except FileNotFoundError:
        return False


def _is_whole(folder: Path, tree: Mapping[str, str]) -> bool:
    """Whether a folder holds what the version says; one that somebody changed is taken away, to be made again."""
    if folder in _seen:
        return True
    if all(is_whole(folder / name, hash) for name, hash in tree.items()):
        _seen.add(folder)
        return True
    with scratch_directory(folder.parent.parent, DRAFTS) as work, suppress(FileNotFoundError):
        folder.rename(work / folder.name)
    return False


def _discard_version(folder: Path, tree: Mapping[str, str]) -> None:
    """Take away the folder of a version that was not made, with the contents that nothing else holds."""
    kept = set(Blob.objects.filter(sha256__in=set(tree.values())).values_list("sha256", flat=True))
    if kept >= set(tree.values()):
        return
    with suppress(OSError), scratch_directory(folder.parent.parent, DRAFTS) as work:
        folder.rename(work / folder.name)
        folder.parent.rmdir()
    _seen.discard(folder)
    clear_contents(0.0, set(tree.values()) - kept)


def _free_space(laid: Path) -> None:
    """Clear away what nobody uses where it has become much, or the disk has little room left."""
    scarce = free_bytes(laid) < SCARCE
    if scarce or len(_places(laid)) > 2 * MOST_FOLDERS:
        _clear(laid, 0 if scarce else MOST_FOLDERS)
        if scarce:
            clear_contents(IN_USE)
