"""The log in PostgreSQL, beside the tables of whoever appends, in the same transaction. Needs the extra ``postgres``.

Writers take their turn by a lock of the table of entries, held until their transaction ends. A writer that does not
take it, or that sees an older state, is refused by the key of the table: the log cannot fork.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from guanzi.record.ledger.log import Log, SqlResult

_SCHEMA = """
CREATE TABLE IF NOT EXISTS ledger_origin (
    one INTEGER PRIMARY KEY CHECK (one = 1), origin TEXT NOT NULL, verifier TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS ledger_entry (seq BIGINT PRIMARY KEY, content BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS ledger_node (
    level INTEGER NOT NULL, number BIGINT NOT NULL, hash BYTEA NOT NULL, PRIMARY KEY (level, number)
);
CREATE TABLE IF NOT EXISTS ledger_words (sha256 TEXT PRIMARY KEY, salt BYTEA NOT NULL, words TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ledger_file (sha256 TEXT PRIMARY KEY, packed BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS ledger_note (size BIGINT PRIMARY KEY, note TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ledger_witness (verifier TEXT PRIMARY KEY);
CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$;
CREATE OR REPLACE TRIGGER ledger_entry_stays BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuses();
CREATE OR REPLACE TRIGGER ledger_entry_remains BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses();
"""
_WRITE_LOCK = "LOCK TABLE ledger_entry IN SHARE ROW EXCLUSIVE MODE"
_MAKING = 0x6775616E
"""Number of the lock of whoever makes the tables."""


class _Marked:
    """A connection of psycopg that takes ``?`` for a value."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> SqlResult:
        answer: SqlResult = self._connection.execute(statement.replace("?", "%s"), values or None)
        return answer


def log_on(connection: Any) -> Log:
    """The log in the database of an open connection of psycopg, within its transaction."""
    return Log(_Marked(connection), _WRITE_LOCK)


def create_postgres_log(address: str, origin: str, verifier: str = "") -> None:
    """Make the tables of a log where there are none; one that is there stays as it is.

    Args:
        address: ``postgresql://…``, or another that libpq takes.
        origin: Whose log it is.
        verifier: Its public key in one word, if its checkpoints are signed.

    Raises:
        ModuleNotFoundError: The extra is not installed.
        psycopg.Error: The database refuses.
    """
    import psycopg

    with psycopg.connect(address) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MAKING,))
        make_postgres_tables(connection)
        name_postgres_log(connection, origin, verifier)


def make_postgres_tables(connection: Any) -> None:
    """Make the tables of a log in a database that holds more than the log, within the transaction of the caller."""
    connection.execute(_SCHEMA)


def name_postgres_log(connection: Any, origin: str, verifier: str) -> None:
    """Say whose log it is, within the transaction of the caller; one that is named keeps its name."""
    made = "INSERT INTO ledger_origin VALUES (1, %s, %s) ON CONFLICT DO NOTHING"
    connection.execute(made, (origin, verifier))


@contextmanager
def writing_postgres(address: str) -> Iterator[Log]:
    """A log within one transaction: all that is done in it stands, or nothing. Writers wait for one another.

    Raises:
        ModuleNotFoundError: The extra is not installed.
        psycopg.Error: The database refuses.
    """
    import psycopg

    with psycopg.connect(address) as connection:
        connection.execute(_WRITE_LOCK)  # now: what is read before the append is of the same state
        yield log_on(connection)


@contextmanager
def reading_postgres(address: str) -> Iterator[Log]:
    """A log as it stands, of which nothing can be changed.

    Raises:
        ModuleNotFoundError: The extra is not installed.
        psycopg.Error: There is no such database.
    """
    import psycopg

    with psycopg.connect(address) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield log_on(connection)
