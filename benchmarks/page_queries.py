"""Statements to the database of every page of a played office, on a first and on a second visit.

``python -m benchmarks.page_queries`` plays one and writes the result beside that of before, which is kept in
``page_queries_before.json``; ``python -m benchmarks.page_queries DATA`` prints that of a played office as JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).parent
BEFORE, RESULT = HERE / "page_queries_before.json", HERE / "results" / "page-queries.md"
HEAD = """\
# Statements to the database by page

Written by `python -m benchmarks.page_queries`. Every page of an office in which each state of a case was played
(`tests/office/played.py`), asked for twice in a process of its own: cold, just started and with no folder of a case
laid out, and warm. Before, each part of a page asked by itself who looks, where he sits and what stands in the case.
`tests/office/test_every_page.py` holds every warm page to {most}.

| | cold before | cold | warm before | warm |
|---|--:|--:|--:|--:|
"""
type Visits = Mapping[str, tuple[int, int]]
"""Statements of the first and the second visit, by who asks and for what."""


def told_by(data: Path) -> dict[str, Any]:
    """What the played office of a folder tells: numbers of what pages are addressed by; it is played if it is new."""
    made = subprocess.run([sys.executable, "-m", "tests.office.played", str(data)], capture_output=True, text=True)
    if made.returncode:
        raise RuntimeError(made.stderr[-2000:])
    found: dict[str, Any] = json.loads(made.stdout.splitlines()[-1])
    return found


def statements(user: str, address: str) -> tuple[list[str], list[str]]:
    """The statements of the first and the second visit to a page, in a process that has visited none."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from tests.office.played import sessions

    from guanzi.office.auditlog.contentfiles import LAID

    shutil.rmtree(settings.DATA / LAID, ignore_errors=True)
    connection.ensure_connection()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = sessions(user)[user] if user else ""
    visits = []
    for _ in range(2):
        told: list[str] = []
        connection.connection.set_trace_callback(told.append)
        status = client.get(address, headers={"host": "localhost"}).status_code
        connection.connection.set_trace_callback(None)
        if status != 200:
            raise RuntimeError(f"{address}: {status}")
        visits.append(told)
    return visits[0], visits[1]


def asked(data: Path) -> dict[str, tuple[list[str], list[str]]]:
    """The statements of both visits to every page of a played office."""
    from guanzi.office.serving.preparing import choose, prepare, warm

    told = told_by(data)
    choose(data)
    prepare()
    warm()
    from django.db import connection
    from tests.office.every_page import PAGES, routes

    list(routes())  # loads the code of every page
    connection.close()
    pages = [one for examples in PAGES.values() for one in examples]
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        found = pool.starmap(statements, [(user, at.format(lang="en", **told)) for user, at in pages], chunksize=1)
    return {f"{user or 'nobody'} {at}": visits for (user, at), visits in zip(pages, found, strict=True)}


def page_of(before: Visits, now: Visits) -> str:
    """What was found as a page: all of them together, and each."""
    from tests.office.every_page import BUDGET

    lines = []
    for name, of in (("most of a page", max), ("median of the pages", median)):
        told = [of([one[visit] for one in some.values()]) for visit in (0, 1) for some in (before, now)]
        lines.append(f"| {name} | " + " | ".join(f"{n:g}" for n in told) + " |")
    lines += ["", "| who and page | cold before | cold | warm before | warm |", "|---|--:|--:|--:|--:|"]
    for name, (cold, warm) in now.items():
        old = before.get(name, ("", ""))
        lines.append(f"| `{name}` | {old[0]} | {cold} | {old[1]} | {warm} |")
    return HEAD.format(most=BUDGET) + "\n".join(lines) + "\n"


def counted(data: Path) -> dict[str, tuple[int, int]]:
    """The number of statements of both visits to every page of a played office."""
    return {name: (len(cold), len(warm)) for name, (cold, warm) in asked(data).items()}


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(counted(Path(sys.argv[1]))))
    else:
        with tempfile.TemporaryDirectory() as place:
            RESULT.write_text(page_of(json.loads(BEFORE.read_text("utf-8")), counted(Path(place) / "office")), "utf-8")
