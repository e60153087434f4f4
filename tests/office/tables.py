"""The tables of a new office are made once in a run of the tests, by the worker that needs them first, and copied.

It takes four seconds to make them. What tests the steps by which they are made begins with none: test_migrations.py.
"""

import fcntl
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copyfile

from django.db import connection

MEMORY = "file:memorydb_default?mode=memory&cache=shared"
"""Where Django keeps the database of the tests."""


class Tables:
    """Those of an office in which nothing was written yet.

    Args:
        folder: For the files of this worker; what lies above it is of all workers.
    """

    def __init__(self, folder: Path) -> None:
        self._file = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "tables.sqlite3"

    def into_memory(self, set_up: Callable[[], object]) -> None:
        """Set up the database of the tests with them, and keep them where nobody has."""
        if connection.vendor != "sqlite":
            set_up()
            return
        with self._file.with_suffix(".lock").open("w") as one_at_a_time:
            fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
            if not self._file.exists():
                set_up()
                if connection.settings_dict["NAME"] == MEMORY:  # else no test of this run has a database
                    self._file.write_bytes(connection.connection.serialize())
                return
        with closing(sqlite3.connect(MEMORY, uri=True)) as memory, closing(sqlite3.connect(self._file)) as kept:
            kept.backup(memory)
            set_up()  # which has nothing left to do in what is held open here

    def into(self, folder: Path) -> Path:
        """The folder of an office, with them in it: it is prepared in the fourth part of the time."""
        folder.mkdir(exist_ok=True)
        if self._file.exists():
            copyfile(self._file, folder / "office.sqlite3")
        return folder
