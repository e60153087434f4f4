"""The log in a file of SQLite. Writers wait for one another; what a killed one left half done is rolled back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from guanzi.record.ledger.log import Log

_SCHEMA = """
CREATE TABLE IF NOT EXISTS ledger_origin (
    one INTEGER PRIMARY KEY CHECK (one = 1), origin TEXT NOT NULL, verifier TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS ledger_entry (seq INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS ledger_node (
    level INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ledger_words (sha256 TEXT PRIMARY KEY, salt BLOB NOT NULL, words TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS ledger_file (sha256 TEXT PRIMARY KEY, packed BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS ledger_note (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS ledger_witness (verifier TEXT PRIMARY KEY) STRICT;
CREATE TRIGGER IF NOT EXISTS ledger_entry_stays BEFORE UPDATE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER IF NOT EXISTS ledger_entry_remains BEFORE DELETE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
"""
_WAIT = 60.0
"""Seconds to wait for another writer."""


def create_log(path: Path, origin: str, verifier: str = "") -> None:
    """Make the tables of a log where there are none; one that is there stays as it is.

    Args:
        path: File of the database.
        origin: Whose log it is.
        verifier: Its public key in one word, if its checkpoints are signed.

    Raises:
        sqlite3.Error: The file is no database, or cannot be written.
    """
    with closing(sqlite3.connect(path, timeout=_WAIT)) as connection:
        make_tables(connection)
        with connection:
            name_log(connection, origin, verifier)


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of a log in a database that holds more than the log; ends an open transaction."""
    connection.executescript(_SCHEMA)


def name_log(connection: sqlite3.Connection, origin: str, verifier: str) -> None:
    """Say whose log it is, within the transaction of the caller; one that is named keeps its name."""
    connection.execute("INSERT OR IGNORE INTO ledger_origin VALUES (1, ?, ?)", (origin, verifier))


@contextmanager
def writing(path: Path) -> Iterator[Log]:
    """A log within one transaction: all that is done in it stands, or nothing. Writers wait for one another.

    Raises:
        sqlite3.Error: The database refuses, or another writer does not end in time.
    """
    with closing(_connected(path)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten, not only unlinked
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield Log(connection)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


@contextmanager
def reading(path: Path) -> Iterator[Log]:
    """A log as it stands, of which nothing can be changed.

    Raises:
        sqlite3.Error: There is no such database.
    """
    # not opened read-only: what a killed writer left half done is rolled back by the next who looks
    with closing(_connected(path)) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        yield Log(connection)


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", timeout=_WAIT, isolation_level=None, uri=True)
