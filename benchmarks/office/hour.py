"""An hour of twenty people on all pages of the office, term sheets included, with appraisals beside.

Run it with ``python -m benchmarks.office.hour``; it writes ``benchmarks/results/office-hour.txt`` and ends by itself.
The office is started by ``guanzi office`` on loopback with a folder that is filled once and kept (``--folder``); each
run works on a copy of it. The twenty walk through every page that can be read (:mod:`benchmarks.office.walking`), send
forms now and then, and somebody asks for an appraisal at a steady rate. Told are seconds and statuses of each route,
the memory of server and worker over time with its slope, processes that ended before their time, and the load of the
machine. It fails where a process ended, an answer was an error of the server, or a page was never reached.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.office.reporting import percentile
from benchmarks.office.serving import Server, office, resident, serving

RESULTS = Path(__file__).parents[1] / "results" / "office-hour.txt"
FOLDER = Path("/tmp/guanzi-office-hour")
LOOK = 10.0
"""Seconds between two looks at memory."""
LIMIT = 0.5
"""Seconds within which 95 in 100 pages are to be there."""
PARTS = {"server": "granian", "worker": "db_worker"}
"""Processes by a word of their command; others are the launcher and what reads for the office."""


@dataclass
class Looks:
    """What was seen of the processes and the machine while the hour went by.

    Attributes:
        memory: Part to resident MB of each look.
        ended: Parts of which a process ended before its time.
    """

    at: list[float] = field(default_factory=list)
    memory: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in (*PARTS, "others")})
    load: list[float] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    _held: dict[int, str] = field(default_factory=dict)

    def look(self, server: Server) -> None:
        """Look once."""
        now: dict[int, str] = {}
        sums = Counter(dict.fromkeys(self.memory, 0.0))
        for pid in server.pids():
            command, size = resident(pid)
            part = next((name for name, word in PARTS.items() if word in command), "others")
            now[pid] = part
            sums[part] += size
        self.ended += [part for pid, part in self._held.items() if pid not in now and part != "others"]
        self._held = now
        self.at.append(time.monotonic())
        self.load.append(os.getloadavg()[0])
        for name, size in sums.items():
            self.memory[name].append(size)

    def keep_looking(self, server: Server, done: threading.Event) -> None:
        """Look every ten seconds until it is over."""
        while not done.wait(LOOK):
            self.look(server)


def main() -> int:
    """Let the hour go by, and write what was seen.

    Returns:
        1 where a process ended, an answer was an error of the server, or a page was never reached.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--pause", type=float, default=3.0, help="seconds between two pages of a person, on average")
    parser.add_argument("--every", type=float, default=60.0, help="seconds from one appraisal asked for to the next")
    parser.add_argument("--paths", type=int, default=4_000, help="paths of an appraisal")
    parser.add_argument("--cases", type=int, default=240, help="invented cases beside those of the library")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--port", type=int, default=0, help="0: one that is free")
    parser.add_argument("--out", type=Path, default=RESULTS)
    asked = parser.parse_args()
    asked.port = asked.port or _free_port()
    found, looks, plan, log = spent(asked)
    text = "\n".join(told(asked, found, looks, plan, log)) + "\n"
    asked.out.write_text(text, "utf-8")
    print(text)
    failed = [row for row in found["rows"] if row[3] == 0 or row[3] >= 500]
    return int(bool(failed or looks.ended or found["unread"]))


def spent(asked: argparse.Namespace) -> tuple[dict[str, Any], Looks, dict[str, Any], list[str]]:
    """The hour: what the walkers found, what was seen of the processes, the plan, and lines of the server's log."""
    folder = copied(asked)
    plan = inside(folder, "plan", asked.cases)
    walk = {"port": asked.port, "pause": asked.pause, "every": asked.every, "paths": asked.paths, "appraiser": "lin"}
    walk |= {name: plan[name] for name in ("tokens", "routes", "password")} | {"seconds": asked.minutes * 60}
    command, env = office(folder, asked.port)
    looks, done, log = Looks(), threading.Event(), folder / "server.log"
    with log.open("wb") as out, serving(command, asked.port, env, "/health/", out) as server:
        looks.look(server)
        looking = threading.Thread(target=looks.keep_looking, args=(server, done))
        looking.start()
        try:
            walked = subprocess.run(
                [sys.executable, "-m", "benchmarks.office.walking"],
                input=json.dumps(walk).encode(),
                stdout=subprocess.PIPE,
                check=True,
                timeout=walk["seconds"] + 300,
            ).stdout
        finally:
            done.set()
            looking.join()
        looks.look(server)
    return json.loads(walked), looks, plan, log.read_text("utf-8", errors="replace").splitlines()


def copied(asked: argparse.Namespace) -> Path:
    """A copy of the folder that is filled once."""
    kept, filled = asked.folder / f"filled-{asked.cases}", asked.folder / f"filled-{asked.cases}.json"
    if not filled.exists():
        shutil.rmtree(kept, ignore_errors=True)
        filled.parent.mkdir(parents=True, exist_ok=True)
        filled.write_text(json.dumps(inside(kept, "filled", asked.cases)), "utf-8")
    running = asked.folder / "running"
    shutil.rmtree(running, ignore_errors=True)
    shutil.copytree(kept, running)
    return running


def inside(folder: Path, what: str, cases: int) -> dict[str, Any]:
    """Do something within the settings of a folder."""
    command = [sys.executable, "-m", "benchmarks.office.prepared", str(folder), what, str(cases)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return found


def told(
    asked: argparse.Namespace, found: Mapping[str, Any], looks: Looks, plan: Mapping[str, Any], log: Sequence[str]
) -> Iterator[str]:
    """The lines of the result."""
    rows = found["rows"]
    took = [row[2] for row in rows]
    yield f"{asked.minutes:g} minutes, {len(plan['tokens'])} people, {asked.pause:g} s between two pages of one of them"
    yield f"{_processor()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    counts = ", ".join(f"{plan[name]:,} {words}" for name, words in _COUNTED.items())
    yield f"the folder: {counts}"
    yield f"appraisals of {asked.paths:,} paths: one every {asked.every:g} s, {len(found['asked'])} asked for"
    least, middle, most = min(looks.load), statistics.median(looks.load), max(looks.load)
    yield f"load of the machine: {least:.1f} at least, {middle:.1f} in the middle, {most:.1f} at the most"
    yield ""
    p50, p95 = (round(1000 * percentile(took, share)) for share in (0.5, 0.95))
    yield f"requests {len(rows):,}   p50 {p50} ms   p95 {p95} ms"
    statuses = Counter(row[3] for row in rows)
    yield "answers   " + "   ".join(f"{status}: {n:,}" for status, n in sorted(statuses.items()))
    broken = sum(n for status, n in statuses.items() if status == 0 or status >= 500)
    yield f"errors of the server or no answer: {broken}"
    yield f"processes that ended before their time: {', '.join(looks.ended) or 'none'}"
    yield f"routes never reached: {', '.join(found['unread']) or 'none'}"
    errors = [line for line in log if '"level": "error"' in line or "Traceback" in line]
    yield f"errors in the log of the server: {len(errors)}"
    yield ""
    yield "memory, resident MB     at first  a quarter   half  three quarters  at last   MB an hour, after a sixth"
    for name, sizes in looks.memory.items():
        yield _memory_row(name, looks.at, sizes)
    yield ""
    yield f"{'route':58} {'n':>6} {'p50':>6} {'p95':>6} {'most':>6}  answers"
    for route, seconds, answers in by_route(rows):
        p50, p95, most = (round(1000 * percentile(seconds, share)) for share in (0.5, 0.95, 1.0))
        kinds = " ".join(f"{status}:{n}" for status, n in sorted(answers.items()))
        mark = "*" if p95 > 1000 * LIMIT else " "
        shown = route if route.startswith("POST") else f"/{route}"
        yield f"{shown:58} {len(seconds):6} {p50:6} {p95:6}{mark}{most:6} {kinds}"
    yield f"milliseconds; * more than {1000 * LIMIT:.0f} ms at the 95th percentile"
    for text in (*found["failed"], *errors[:20]):
        yield text[:300]


_COUNTED = {"cases": "cases", "signed": "of them signed", "facts": "facts", "people": "people", "votes": "open votes"}


def by_route(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[str, list[float], Counter[int]]]:
    """Seconds and statuses of each route."""
    held: dict[str, tuple[list[float], Counter[int]]] = {}
    for route, _, seconds, status, _ in rows:
        took, statuses = held.setdefault(route, ([], Counter()))
        took.append(seconds)
        statuses[status] += 1
    for route in sorted(held):
        yield route, *held[route]


def _memory_row(name: str, at: Sequence[float], sizes: Sequence[float]) -> str:
    last = len(sizes) - 1
    shown = [sizes[round(share * last)] for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    later = slice(len(sizes) // 6, None)
    slope = "-"
    if len(sizes[later]) > 2:
        slope = f"{3600 * statistics.linear_regression(at[later], sizes[later]).slope:+.0f}"
    return f"{name:20} {shown[0]:11.0f} {shown[1]:10.0f} {shown[2]:6.0f} {shown[3]:15.0f} {shown[4]:8.0f}   {slope}"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())


if __name__ == "__main__":
    sys.exit(main())
