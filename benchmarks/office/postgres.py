"""A PostgreSQL for the benchmark: as its package sets it up, in a folder, by a socket; a database copied into it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

BATCH = 5_000


def programs() -> Path | None:
    """The folder with ``initdb`` and ``pg_ctl``, where the package is installed."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path and shutil.which("pg_ctl") else None


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of a server whose data stay in a folder, for as long as it is needed."""
    bin_folder, data = programs(), folder / "data"
    if bin_folder is None:
        raise FileNotFoundError("PostgreSQL is not installed: `sh scripts/postgres.sh` installs it")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    caller: list[str] = []
    if os.geteuid() == 0:  # the server does not run as root
        shutil.chown(folder, "nobody")
        caller = ["setpriv", "--reuid", "nobody", "--clear-groups"]

    def call(*words: str | Path) -> None:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*caller, *map(str, words)], check=True, cwd="/", **quiet)  # type: ignore[call-overload]

    if not data.exists():
        call(bin_folder / "initdb", "-D", data, "-A", "trust", "-U", "guanzi", "-E", "UTF8", "--no-locale")
    (data / "postmaster.pid").unlink(missing_ok=True)
    options = f"-c listen_addresses= -k {folder}"
    call(bin_folder / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgresql://guanzi@/postgres?host={folder}"
    finally:
        call(bin_folder / "pg_ctl", "-D", data, "-w", "-m", "fast", "stop")


def copy_over(file: Path) -> None:
    """Copy a database of SQLite into the prepared PostgreSQL of the settings, table by table."""
    from django.core.management.color import no_style
    from django.db import connection

    tables = connection.introspection.table_names()
    with closing(sqlite3.connect(file)) as old, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # rows come in no order
        cursor.execute("SET timezone = 'UTC'")
        held = {name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        cursor.execute(f"TRUNCATE {', '.join(sorted(held & set(tables)))}")
        for table in sorted(held & set(tables)):
            _copy(old, cursor, table)
        cursor.execute("SET session_replication_role = DEFAULT")
        from django.apps import apps

        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _copy(old: sqlite3.Connection, cursor: Any, table: str) -> None:
    names = [row[1] for row in old.execute(f"PRAGMA table_info({table})")]
    cursor.execute("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table])
    booleans = {name for name, kind in cursor.fetchall() if kind == "boolean"}
    turned = [n for n, name in enumerate(names) if name in booleans]
    columns = ", ".join(f'"{name}"' for name in names)
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in old.execute(f"SELECT {columns} FROM {table}"):
            if turned:
                row = [bool(value) if n in turned and value is not None else value for n, value in enumerate(row)]
            copy.write_row(row)
