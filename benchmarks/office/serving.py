"""Servers that are measured: started as their users start them, with the processor's time and memory that they take."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.error import URLError
from urllib.request import urlopen

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its process and those that it started."""

    port: int
    process: subprocess.Popen[bytes]

    def cpu(self, without: str = "") -> float:
        """Seconds of the processor so far, of all its processes but those whose command holds a word."""
        return sum(_cpu(pid) for pid in self.pids() if not without or without not in _command(pid))

    def cpu_of(self, word: str) -> float:
        """Seconds of the processor of the processes whose command holds a word."""
        return sum(_cpu(pid) for pid in self.pids() if word in _command(pid))

    def memory(self, without: str = "") -> float:
        """Proportional memory in MB, of all its processes but those whose command holds a word."""
        return sum(_memory(pid) for pid in self.pids() if not without or without not in _command(pid))

    def pids(self) -> list[int]:
        """All its processes."""
        found, waiting = [], [self.process.pid]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                waiting += map(int, _read(children).split())
        return found


@contextmanager
def serving(
    command: Sequence[str], port: int, env: Mapping[str, str], answers: str, log: IO[bytes] | None = None
) -> Iterator[Server]:
    """A server, once it answers at an address, until it is no longer needed; what it tells may go into a file."""
    out = subprocess.DEVNULL if log is None else log
    process = subprocess.Popen(list(command), env=dict(os.environ) | dict(env), stdout=out, stderr=log)
    try:
        for _ in range(600):
            try:
                with urlopen(f"http://127.0.0.1:{port}{answers}", timeout=5) as answer:
                    answer.read()
                break
            except (URLError, OSError):
                if process.poll() is not None:
                    raise RuntimeError(f"the server ended: {' '.join(command)}") from None
                time.sleep(0.2)
        yield Server(port, process)
    finally:
        pids = Server(port, process).pids()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def office(folder: Path, port: int, database: str = "") -> tuple[list[str], dict[str, str]]:
    """Command and environment of the office, as `guanzi office` starts it."""
    command = [sys.executable, "-m", "guanzi", "office", "--empty", "--data", str(folder), "--port", str(port)]
    return command, {"GUANZI_OFFICE_DATA": str(folder)} | ({"DATABASE_URL": database} if database else {})


def _cpu(pid: int) -> float:
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK if len(fields) > 12 else 0.0


def _memory(pid: int) -> float:
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def resident(pid: int) -> tuple[str, float]:
    """Command of a process, and its resident memory in MB."""
    told = _read(Path(f"/proc/{pid}/status"))
    sizes = [line.split()[1] for line in told.splitlines() if line.startswith("VmRSS:")]
    return _command(pid), int(sizes[0]) / 1024 if sizes else 0.0


def _command(pid: int) -> str:
    return _read(Path(f"/proc/{pid}/cmdline")).replace("\0", " ")


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:  # it has ended
        return ""
