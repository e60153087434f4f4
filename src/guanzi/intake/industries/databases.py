"""Panels of industries in a file of DuckDB or SQLite: which table, and how many rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest, open_input
from guanzi.intake.industries.frames import industries_of_query
from guanzi.intake.industries.gathering import Advance
from guanzi.intake.industries.panel import IndustryPanel
from guanzi.intake.industries.roles import Roles

_SQLITE, _DUCK = b"SQLite format 3\x00", b"DUCK"
_SUFFIXES = (".duckdb", ".ddb", ".db")
_TABLES = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name"


def is_database(path: Path, most: int) -> bool:
    """Whether a file is a database, by its first bytes or by the ending of its name."""
    return bool(_kind(path, most))


def read_database(path: Path, roles: Roles, table: str | None, advance: Advance | None, most: int) -> IndustryPanel:
    """The panel of a table of a database file, which is opened for reading alone.

    Args:
        path: The file.
        roles: Which column says what.
        table: None: its only one.
        advance: Told the number of rows after each batch.
        most: Largest size in bytes.

    Raises:
        InvalidInput: It cannot be opened, has no such table or column, or rows that cannot be used.
    """
    name = str(path)
    with _opened(path, most) as (connection, tables):
        wanted = _wanted(tables, table, name)
        roles.check(_columns(connection, wanted), name)
        query = f"SELECT {', '.join(map(_quoted, roles.columns))} FROM {_quoted(wanted)}"
        return industries_of_query(connection, query, roles, name, advance)


def rows_of_database(path: Path, table: str | None, most: int) -> int:
    """Rows of a table of a database file; 0 where there is no such table."""
    with _opened(path, most) as (connection, tables):
        wanted = table or (tables[0] if len(tables) == 1 else "")
        if wanted not in tables:
            return 0
        return int(connection.execute(f"SELECT count(*) FROM {_quoted(wanted)}").fetchone()[0])


def damaged(name: str, error: Exception) -> InvalidInput:
    """The refusal of a file that its library cannot read."""
    cause = Message.of("panels.damaged", reason=str(error).splitlines()[0])
    return InvalidInput(Problem(cause, Place(name), Message.of("panels.format.mend")))


def _kind(path: Path, most: int) -> str:
    with open_input(path, str(path), most) as file:
        start = file.read(len(_SQLITE))
    if start == _SQLITE:
        return "sqlite"
    return "duckdb" if start[8:12] == _DUCK or path.suffix.lower() in _SUFFIXES else ""


@contextmanager
def _opened(path: Path, most: int) -> Iterator[tuple[Any, list[str]]]:
    """A connection to a database file, and its tables."""
    name = str(path)
    if _kind(path, most) == "sqlite":
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as light:
                yield light, [str(row[0]) for row in light.execute(_TABLES)]
        except sqlite3.Error as error:
            raise damaged(name, error) from error
        return
    try:
        import duckdb
    except ImportError:
        cause, fix = Message.of("panels.no_duckdb"), Message.of("panels.no_duckdb.mend")
        raise InvalidInput(Problem(cause, Place(name), fix)) from None
    try:
        with duckdb.connect(name, read_only=True) as connection:
            yield connection, [str(row[0]) for row in connection.execute("SHOW TABLES").fetchall()]
    except duckdb.Error as error:
        raise damaged(name, error) from error


def _wanted(tables: list[str], table: str | None, name: str) -> str:
    wanted = table or (tables[0] if len(tables) == 1 else "")
    if wanted in tables:
        return wanted
    near = nearest(wanted, tables) if wanted else None
    fix = Message.of("panels.near", near=near) if near else Message.of("panels.tables", tables=tuple(tables))
    cause = Message.of("panels.no_table", table=wanted)
    raise InvalidInput(Problem(cause, Place(name, field=wanted), fix))


def _columns(connection: Any, table: str) -> list[str]:
    cursor = connection.cursor()
    cursor.execute(f"SELECT * FROM {_quoted(table)} LIMIT 0")
    return [str(column[0]) for column in cursor.description or ()]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
