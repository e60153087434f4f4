"""How fast the pages of the office are: 20 people at once, 1,000 cases, 100,000 facts, a million entries of the log.

Run it with ``python -m benchmarks.office``; it rewrites ``benchmarks/results/office.md`` up to what is said there about
the figures, which is written by hand. The folder of the office is played once and kept (``--folder``). PostgreSQL is
measured where its package is installed; the peer needs a Python with Wagtail (``--peer``, the dependency group
``peer-pages``) and is left out without one.

The crowd runs on the same processors as the server: what it takes of them is told with every run. The office is started
by ``guanzi office``; pages of the peer are asked for by one person alone, as those of the first table of the office.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.office import postgres
from benchmarks.office.history import PASSWORD, PEOPLE
from benchmarks.office.inside import pages
from benchmarks.office.peer import peer_rows
from benchmarks.office.reporting import report
from benchmarks.office.serving import Server, office, serving

RESULTS = Path(__file__).parents[1] / "results" / "office.md"
FOLDER = Path("/tmp/guanzi-office-benchmark")
PORT = 8137
WARM, SECONDS = 8.0, 60.0


def inside(folder: Path, what: str, *more: str, database: str = "") -> Any:
    """Do something within the settings of a folder."""
    command = [sys.executable, "-m", "benchmarks.office.inside", str(folder), what, *more]
    env = dict(os.environ) | ({"DATABASE_URL": database} if database else {})
    return json.loads(subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE).stdout)


def crowd(server: Server, plan: Mapping[str, Any], worker: str = "") -> dict[str, Any]:
    """Let a crowd loose on a server: what it found, and what both took of the processor and of memory."""
    plan = {"port": server.port, "warm": WARM, "seconds": SECONDS} | dict(plan)
    begun, cpu, behind = time.monotonic(), server.cpu(worker), server.cpu_of(worker) if worker else 0.0
    out = subprocess.run(
        [sys.executable, "-m", "benchmarks.office.crowd"],
        input=json.dumps(plan).encode(),
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
    took = time.monotonic() - begun
    return json.loads(out) | {
        "server_cpu": (server.cpu(worker) - cpu) / took,
        "worker_cpu": (server.cpu_of(worker) - behind) / took if worker else 0.0,
        "memory": server.memory(worker),
    }


def measured(folder: Path, database: str, seconds: float) -> dict[str, Any]:
    """All runs of the office on one database."""
    links = inside(folder, "links", database=database)
    plan: dict[str, Any] = {
        "enter": "/enter/",
        "password": PASSWORD,
        "people": list(PEOPLE),
        "pages": pages(dict.fromkeys(("case", "evidence", "log of a case"), ())),
        "links": links,
        "seconds": seconds,
    }
    found: dict[str, Any] = {"alone": inside(folder, "alone", database=database)}
    command, env = office(folder, PORT, database)
    with serving(command, PORT, env, "/health/") as server:
        found["one"] = crowd(server, plan | {"pause": 0.0, "people": ["chair"]}, "db_worker")
        found["pause"] = crowd(server, plan | {"pause": 1.0, "acts": "crowd-a"}, "db_worker")
        found["no pause"] = crowd(server, plan | {"pause": 0.0, "seconds": seconds / 2}, "db_worker")
        inside(folder, "simulated", "12", database=database)
        time.sleep(5)
        found["simulating"] = crowd(server, plan | {"pause": 1.0, "acts": "crowd-b"}, "db_worker")
        confirmed = [*found["pause"]["acted"], *found["simulating"]["acted"]]
        lost = {*confirmed} - {*inside(folder, "kept", database=database)}
        found["actions"] = {"confirmed": len(confirmed), "lost": len(lost)}
        found["background"] = inside(folder, "done", database=database)
    return found


def main() -> None:
    """Measure, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--peer", default="", help="Python with Wagtail")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--sqlite-only", action="store_true")
    parser.add_argument("--tell", action="store_true", help="write the report of the last runs anew; measure nothing")
    asked = parser.parse_args()
    city, kept = asked.folder / "city", asked.folder / "runs.json"
    made = remembered(asked.folder / "made.json", lambda: inside(city, "made"))
    made["check"] = remembered(asked.folder / "checked.json", lambda: inside(city, "checked"))
    made["bytes"] = (city / "office.sqlite3").stat().st_size
    if not asked.tell:
        kept.write_text(json.dumps(all_runs(asked, city)), "utf-8")
    found = json.loads(kept.read_text("utf-8"))
    RESULTS.write_text(report(found["machine"], made, found["runs"], found["peer"], RESULTS), "utf-8")
    print(RESULTS.read_text("utf-8"))


def remembered(file: Path, make: Callable[[], Any]) -> Any:
    """What a file holds, made once."""
    if not file.exists():
        file.write_text(json.dumps(make()), "utf-8")
    return json.loads(file.read_text("utf-8"))


def all_runs(asked: argparse.Namespace, city: Path) -> dict[str, Any]:
    """The office on both databases, and the peer beside the one on SQLite."""
    load = os.getloadavg()[0]
    runs: dict[str, Any] = {"SQLite": measured(city, "", asked.seconds)}
    peer = peer_rows(asked.folder / "wagtail", asked.peer) if asked.peer else {}
    if postgres.programs() is not None and not asked.sqlite_only:
        fresh = not (asked.folder / "postgres").exists()
        with postgres.running(asked.folder / "postgres") as address:
            if fresh:
                inside(city, "copied", str(city / "office.sqlite3"), database=address)
            runs["PostgreSQL"] = measured(city, address, asked.seconds)
    told = f"load when it began {load:.1f}, when it ended {os.getloadavg()[0]:.1f}"
    machine = f"{_processor()}, {os.cpu_count()} processors, Python {platform.python_version()}; {told}"
    return {"machine": machine, "runs": runs, "peer": peer}


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.processor())


if __name__ == "__main__":
    main()
