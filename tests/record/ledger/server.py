"""A PostgreSQL of the tests' own: started in a folder that goes away, reached by a socket, never over a network."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest


def programs() -> Path | None:
    """The folder with ``initdb`` and ``pg_ctl``, where the package is installed."""
    found = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path and shutil.which("pg_ctl") else None


def as_whom(folder: Path) -> list[str]:
    """How to call the server, which does not run as root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("PostgreSQL does not run as root, and there is no setpriv to call it as somebody else")
    shutil.chown(folder, "nobody")
    return ["setpriv", "--reuid", "nobody", "--clear-groups"]


def call(caller: list[str], *words: str | Path) -> None:
    """Run a program of the server; what it prints must not hold on to the pipe of whoever starts it."""
    command = [*caller, *map(str, words)]
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def start(address: str) -> None:
    """Start the server of an address, once it was made."""
    folder = folder_of(address)
    options = f"-c listen_addresses= -c fsync=off -k {folder}"
    control(folder, "-w", "-l", folder / "log", "-o", options, "start")


def stop(address: str) -> None:
    """Stop the server of an address in the middle of whatever it does, as a machine that fails would."""
    control(folder_of(address), "-m", "immediate", "stop")


def folder_of(address: str) -> Path:
    """Where the server of an address lives."""
    return Path(address.partition("host=")[2])


def control(folder: Path, *words: str | Path) -> None:
    """Call ``pg_ctl``."""
    programs_folder = programs()
    assert programs_folder is not None
    call(as_whom(folder), programs_folder / "pg_ctl", "-D", folder / "data", *words)


@contextmanager
def running() -> Iterator[str]:
    """The address of a server, for as long as it is needed; skips where there is none."""
    if find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed: it comes with the extra `postgres`")
    bin_folder = programs()
    if bin_folder is None:
        pytest.skip("PostgreSQL is not installed: `sh scripts/postgres.sh` installs it")
    folder = Path(tempfile.mkdtemp(prefix="guanzi-pg-", dir="/tmp"))
    folder.chmod(0o755)
    caller = as_whom(folder)
    data = folder / "data"
    address = f"postgresql://guanzi@/postgres?host={folder}"
    try:
        call(caller, bin_folder / "initdb", "-D", data, "-A", "trust", "-U", "guanzi", "-E", "UTF8", "--no-locale")
        start(address)
        yield address
    finally:
        if (data / "postmaster.pid").exists():
            stop(address)
        shutil.rmtree(folder, ignore_errors=True)
