"""SQLite of Django, that notices when its file is taken away or replaced.

A file that is open stays open when its name goes to another: writes would go on into a file that nobody finds any more.
And a file that is not there would be made anew, empty. Here the first ends the connection, and the second is a fault.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the file that now stands at its place."""

    _opened: tuple[int, int] | None = None

    def get_new_connection(self, conn_params: Mapping[str, Any]) -> Any:
        """Open the file.

        Raises:
            sqlite3.OperationalError: There is none; it is made by :func:`guanzi.office.prepare` alone.
        """
        if not self.is_in_memory_db():
            self._opened = self._identity()
            if self._opened is None:
                raise sqlite3.OperationalError("the file of the database is not there")
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        """Whether the file that is open is the one at its place."""
        return self.is_in_memory_db() or (self._opened is not None and self._opened == self._identity())

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.settings_dict["NAME"])
        except OSError:
            return None
        return found.st_dev, found.st_ino
