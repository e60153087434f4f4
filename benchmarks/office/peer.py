"""The peer: the site of :mod:`benchmarks.peers.wagtailsite`, with the same server, workers, threads and crowd."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.office.serving import serving

PORT = 8138
PASSWORD = "a password of this benchmark alone"
PEOPLE = [f"person{n}" for n in range(20)]
SITE = "benchmarks.peers.wagtailsite"
LINKS = 40


def peer_rows(
    folder: Path, python: str, crowd: Callable[..., dict[str, Any]], seconds: float, database: str = ""
) -> dict[str, Any]:
    """Measure the peer on a database, filled once.

    Args:
        folder: Of its SQLite, and of what was filled.
        python: That has Wagtail.
        crowd: Lets a crowd loose.
        seconds: Of a run.
        database: Address of PostgreSQL; empty: SQLite.
    """
    kind = "PostgreSQL" if database else "SQLite"
    folder.mkdir(parents=True, exist_ok=True)
    own = {"PEER_DATA": str(folder), "DJANGO_SETTINGS_MODULE": f"{SITE}.settings"}
    own |= {"DATABASE_URL": database} if database else {}
    env, told = dict(os.environ) | own, folder / f"{kind}.json"
    if not told.exists():
        command = [python, "-m", f"{SITE}.fill"]
        told.write_bytes(subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE).stdout)
    made = json.loads(told.read_text("utf-8"))
    plan = {
        "enter": "/admin/login/",
        "password": PASSWORD,
        "people": PEOPLE,
        "pages": _pages(made["home"], made["cases"]),
        "links": {},
        "seconds": seconds,
    }
    command = [python, "-m", "granian", "--interface", "wsgi", "--port", str(PORT), "--workers", "1"]
    command += ["--blocking-threads", "8", "--no-access-log", "--log-level", "warning", f"{SITE}.wsgi:application"]
    with serving(command, PORT, own, "/admin/login/") as server:
        runs = {"one": crowd(server, plan | {"pause": 0.0, "people": PEOPLE[:1]})}
        runs["pause"] = crowd(server, plan | {"pause": 1.0})
        runs["no pause"] = crowd(server, plan | {"pause": 0.0, "seconds": seconds / 2})
    return {f"The peer on {kind}: Wagtail {_version(python)}": runs}


def _pages(home: int, cases: list[int]) -> list[tuple[str, float, list[str], str]]:
    """Pages of the kind of those of the office, with the same weights."""
    some = random.Random(1).sample(cases, LINKS)
    words = ("Riverton", "capacity 2023", "Lakeside Motors", "capex", "Motors 41")
    searches = [f"/admin/pages/search/?q={word.replace(' ', '+')}" for word in words]
    lists = [f"/admin/pages/{home}/", f"/admin/pages/{home}/?ordering=title", f"/admin/pages/{home}/?p=7"]
    return [
        ("home: dashboard", 3, ["/admin/"], ""),
        ("portfolio: list of 1,000", 5, lists, ""),
        ("case: page to edit", 5, [f"/admin/pages/{case}/edit/" for case in some], ""),
        ("evidence: list of 100 below", 3, [f"/admin/pages/{case}/" for case in some], ""),
        ("log: site history", 1, ["/admin/reports/site-history/"], ""),
        ("log of a case: history", 1, [f"/admin/pages/{case}/history/" for case in some], ""),
        ("search", 2, searches, ""),
    ]


def _version(python: str) -> str:
    command = [python, "-c", "import wagtail, django; print(f'{wagtail.__version__}, Django {django.__version__}')"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


if __name__ == "__main__":
    from benchmarks.office.__main__ import crowd

    json.dump(peer_rows(Path(sys.argv[1]), sys.argv[2], crowd, 10.0), sys.stdout)
