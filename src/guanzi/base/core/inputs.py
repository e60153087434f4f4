"""The door by which files come in: regular files of a bounded size, nothing that waits or never ends."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path
from typing import BinaryIO

from guanzi.base.core.errors import InvalidInput, Place, Problem
from guanzi.base.core.messages import Message

MOST_BYTES = 200_000_000
"""Size of a file without a smaller limit of its kind: a judgement, as are all in ``docs/reference/limits.md``."""

_REASONS = {
    errno.ENOENT: "absent",
    errno.EISDIR: "folder",
    errno.ENOTDIR: "no_folder",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.ELOOP: "circle",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.ENAMETOOLONG: "long_name",
    errno.ENXIO: "special",
    errno.EEXIST: "exists",
}


def open_input(path: Path, name: str = "", most: int = MOST_BYTES) -> BinaryIO:
    """A file, open for reading. A pipe, a socket or a device is refused without waiting for it.

    Args:
        path: The file.
        name: How places should call it; its path by default.
        most: Its largest size in bytes.

    Raises:
        InvalidInput: It is not there, may not be read, is no regular file, or is too large.
    """
    called = name or str(path)
    try:
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise unreadable(error, called) from error
    status = os.fstat(number)
    try:
        if stat.S_ISDIR(status.st_mode):
            raise unreadable(IsADirectoryError(errno.EISDIR, ""), called)
        if not stat.S_ISREG(status.st_mode):
            raise unreadable(OSError(errno.ENXIO, ""), called)
        if status.st_size > most:
            raise too_large(called, status.st_size, most)
    except InvalidInput:
        os.close(number)
        raise
    return os.fdopen(number, "rb")


def read_input(path: Path, name: str = "", most: int = MOST_BYTES) -> bytes:
    """All bytes of a file; see :func:`open_input`, whose refusals it shares."""
    called = name or str(path)
    with open_input(path, called, most) as file:
        try:
            content = file.read(most + 1)  # a file that says it is empty, or that grows, is held to the same
        except OSError as error:
            raise unreadable(error, called) from error
    if len(content) > most:
        raise too_large(called, len(content), most)
    return content


def check_input(path: Path, name: str = "", most: int = MOST_BYTES) -> int:
    """The size of a file that a library will open by itself; see :func:`open_input`, whose refusals it shares."""
    with open_input(path, name, most) as file:
        return os.fstat(file.fileno()).st_size


def reason_of(error: OSError | ValueError) -> Message | str:
    """Why the machine would not, in the reader's language where it is one of the usual reasons."""
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list) and error.args[0]:
        return str(error.args[0][0][-1])  # one line for a folder of which many files could not be copied
    known = _REASONS.get(getattr(error, "errno", None) or 0)
    if known is not None:
        return Message.of(f"core.file.reason.{known}")
    return getattr(error, "strerror", None) or str(error)


def unreadable(error: OSError | ValueError, name: str) -> InvalidInput:
    """The refusal of a file that is not there or may not be read."""
    cause = Message.of("core.file.unreadable", reason=reason_of(error))
    return InvalidInput(Problem(cause, Place(name), Message.of("core.file.unreadable.mend")))


def too_large(name: str, size: int, most: int) -> InvalidInput:
    """The refusal of a file that is larger than its kind may be; sizes in bytes."""
    cause = Message.of("core.file.too_large", size=size / 1e6, most=most / 1e6)
    return InvalidInput(Problem(cause, Place(name), Message.of("core.file.too_large.mend")))
