"""What the machine of the office may refuse in the middle of the work: room, database, folder, key of the log, clock.

Such a fault is nobody's mistake and no defect of the program: it is told in a sentence, nothing of what was asked is
half done, and the same can be asked again under the same key once the machine works again.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from guanzi.base.core import GuanziError, Message, Place, Problem
from guanzi.record.ledger import ClockWentBack, KeyDoesNotFit

FULL, DATABASE, BUSY, FOLDER = "full", "database", "busy", "folder"
OTHER_KEY, CLOCK, ALTERED, STRANGE = "key", "clock", "altered", "strange"
"""The key is not that of the log; the clock of the machine is before its last entry; a kept file is not as it was; the
database turns by itself what is written."""
STATUS: Mapping[str, int] = {FULL: 507} | dict.fromkeys(
    (DATABASE, BUSY, FOLDER, OTHER_KEY, CLOCK, ALTERED, STRANGE), 503
)
"""Kind of a fault -> status of HTTP."""
WAIT = 30
"""Seconds after which a program may ask again."""
LEAST_FREE = 1_000_000
"""Bytes below which a write that fails is put down to a full disk, where the database does not say why."""
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_FOLDER = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO)
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_BUSY_STATES = ("40001", "40P01", "53300", "55P03", "57014")
"""SQLSTATE of PostgreSQL: it serves, but others were before."""
_LOST_STATES = ("08", "53", "57P", "58", "F0", "XX001", "XX002", "25006", "28", "3D000")
"""Beginnings of SQLSTATE: the connection, the server or its files are lost, or it lets nobody in."""


class Unable(GuanziError):
    """The machine of the office could not do it.

    Args:
        kind: ``full``, ``database``, ``busy``, ``folder``, ``key``, ``clock``, ``altered`` or ``strange``.
        place: Where, as far as it is known.
    """

    def __init__(self, kind: str, place: str = "") -> None:
        super().__init__(problem_of(kind, place))
        self.kind = kind


def problem_of(kind: str, place: str = "", *, sent: bool = True) -> Problem:
    """A fault in words, with what to do; ``sent`` where something was to be changed."""
    what_next = Message.of(f"office.error.{kind}.{'sent' if sent else 'next'}")
    return Problem(Message.of(f"office.error.{kind}"), Place(place), what_next)


def fault_of(error: BaseException | None) -> str | None:
    """The kind of fault that an error comes from; None: it is something else."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if (kind := _kind(error)) is not None:
            return kind
        error = error.__cause__
    return None


@contextmanager
def faults_as_refusals(place: str = "") -> Iterator[None]:
    """Tell of a fault as of anything else that is refused; a file that may not be used is left to be told by its name.

    Raises:
        Unable: The machine could not do it; in place of the error of the database or of the system.
    """
    try:
        yield
    except Unable:
        raise
    except Exception as error:
        kind = fault_of(error)
        if kind is None or (kind == FOLDER and isinstance(error, OSError)):
            raise
        raise Unable(kind, place) from error


def free_bytes(folder: Path) -> int:
    """Bytes that are free where a folder lies."""
    return shutil.disk_usage(folder).free


def _kind(error: BaseException) -> str | None:
    from django.db import InterfaceError, OperationalError

    if isinstance(error, Unable):
        return error.kind
    if isinstance(error, KeyDoesNotFit | ClockWentBack):
        return OTHER_KEY if isinstance(error, KeyDoesNotFit) else CLOCK
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    if type(error).__module__.partition(".")[0] == "psycopg":
        return _of_postgres(error)
    if isinstance(error, OSError):
        return FULL if error.errno in _DISK_FULL else FOLDER if error.errno in _NO_FOLDER else None
    if isinstance(error, OperationalError | InterfaceError) and error.__cause__ is None:
        return DATABASE
    return None


def _of_sqlite(error: sqlite3.Error) -> str | None:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return FULL
    if code in _BUSY:
        return BUSY
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return FULL if _is_disk_full() else DATABASE
    return DATABASE if isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError else None


def _is_disk_full() -> bool:
    from django.conf import settings

    try:
        return free_bytes(settings.DATA) < LEAST_FREE
    except OSError:
        return False


def _of_postgres(error: BaseException) -> str | None:
    state = getattr(error, "sqlstate", None)
    if state is None:  # the server said nothing: the connection itself is gone
        return DATABASE if type(error).__name__ in ("OperationalError", "InterfaceError") else None
    if state == "53100":
        return FULL
    if state in _BUSY_STATES:
        return BUSY
    return DATABASE if state.startswith(_LOST_STATES) else None
