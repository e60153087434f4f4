"""Writing beside others: one writer of a folder at a time, and drafts of which nothing stays behind.

A lock is held by an open file, not by a file that exists: it ends with the process that holds it, however that ends. A
draft lies in a hidden folder that its process holds locked; one that nobody holds was left by a process that was
killed, and the next one clears it away.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import local

from guanzi.base.core.errors import InvalidInput, Place, Problem
from guanzi.base.core.messages import Message

PATIENCE = 60.0
"""Seconds to wait for another writer: what is done under the lock takes a fraction of one."""
_PAUSE = 0.02
_LOCK_FILE = ".guanzi-lock"
_OF_THREAD = local()


@contextmanager
def one_writer(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the only right to write in a folder; others wait for their turn. Who holds it may ask for it again.

    Args:
        folder: An existing folder.
        patience: Seconds to wait.

    Raises:
        InvalidInput: Another process is still writing after that time.
        OSError: The folder cannot be opened.
    """
    status = os.stat(folder)
    mine = (status.st_dev, status.st_ino)
    if mine in _mine():
        yield
        return
    held = _held(folder, patience)
    if held is None:
        cause, fix = Message.of("core.file.busy", seconds=patience), Message.of("core.file.busy.mend")
        raise InvalidInput(Problem(cause, Place(str(folder)), fix))
    _mine().add(mine)
    try:
        yield
    finally:
        _mine().discard(mine)
        os.close(held)


def _mine() -> set[tuple[int, int]]:
    """The folders of which this thread holds the right."""
    if not hasattr(_OF_THREAD, "folders"):
        _OF_THREAD.folders = set()
    folders: set[tuple[int, int]] = _OF_THREAD.folders
    return folders


@contextmanager
def scratch_directory(folder: Path, prefix: str) -> Iterator[Path]:
    """A hidden folder for drafts within a folder; those that killed processes left there are cleared away.

    Args:
        folder: An existing folder, on the same file system as the results.
        prefix: Begin of its name, which says what is made in it.

    Raises:
        OSError: It cannot be made.
        InvalidInput: See :func:`one_writer`.
    """
    with one_writer(folder):
        _clear(folder, prefix)
        work = Path(tempfile.mkdtemp(prefix=prefix, dir=folder))
        held = _held(work, 0.0)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if held is not None:
            os.close(held)


def publish(draft: Path, target: Path) -> None:
    """Give a finished draft its name, unless something has that name already.

    Args:
        draft: A file or folder in a :func:`scratch_directory` of the folder of the target.
        target: Where it belongs.

    Raises:
        FileExistsError: There is something already, and it stays as it is.
        OSError: It cannot be moved.
        InvalidInput: See :func:`one_writer`.
    """
    with one_writer(target.parent):
        if target.exists() or target.is_symlink():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        draft.rename(target)


def _clear(folder: Path, prefix: str) -> None:
    for left in folder.glob(f"{prefix}*"):
        if not left.is_dir() or left.is_symlink():
            continue
        with suppress(OSError):  # it may belong to somebody else
            held = _held(left, 0.0)
            if held is not None:
                shutil.rmtree(left, ignore_errors=True)
                os.close(held)


def _held(folder: Path, patience: float) -> int | None:
    """A handle that holds the lock of a folder, or None when another process has it."""
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
        except OSError as error:
            if error.errno in (errno.EBADF, errno.EINVAL):  # a network file system that locks files only
                os.close(handle)
                handle = os.open(folder / _LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
                continue
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EINTR) or time.monotonic() >= until:
                os.close(handle)
                if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EINTR):
                    return None
                raise
        time.sleep(_PAUSE)
