"""What is done within the settings of one folder: ``python -m benchmarks.office.inside``, a process of its own."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.office.cases import SHEET
from benchmarks.office.history import CITY, PEOPLE, Size, build
from benchmarks.office.postgres import copy_over

WORDS = ("Riverton", "headquarters suppliers", "deliveries 2023", "河城", "capex", "Motors 41", "orders months", "盐泽")
LINKS = 40
"""Cases among which a person chooses."""
ROUNDS = 20


def made(folder: Path) -> dict[str, Any]:
    """Play the past into a folder, and count what is there."""
    begun = time.monotonic()
    entries = build(Size(), lambda text: print(f"{time.monotonic() - begun:6.0f} s  {text}", file=sys.stderr))
    return {"entries": entries, "seconds": round(time.monotonic() - begun)} | counted()


def counted() -> dict[str, Any]:
    """How many rows there are."""
    from guanzi.office.models import ActionRun, IndexedFact, IndexedPage, OfficeCase, Organisation, Person, Seat

    states = OfficeCase.objects.filter(organisation__slug=CITY).values_list("state", flat=True)
    return {
        "cases": OfficeCase.objects.count(),
        "states": {state: list(states).count(state) for state in sorted(set(states))},
        "facts": IndexedFact.objects.count(),
        "pages": IndexedPage.objects.count(),
        "seats": Seat.objects.count(),
        "runs": ActionRun.objects.count(),
        "people": Person.objects.count(),
        "organisations": Organisation.objects.count(),
    }


def checked() -> dict[str, Any]:
    """What `guanzi office check` finds, how long it takes, and at most how much memory."""
    import resource

    from guanzi.office import lacking

    begun = time.process_time()
    grave = [one.what.id for one in lacking() if one.grave]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"grave": grave, "cpu": round(time.process_time() - begun), "memory": round(peak)}


def copied(file: Path) -> dict[str, Any]:
    """The same in PostgreSQL."""
    from django.db import connection

    begun = time.monotonic()
    copy_over(file)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return {"seconds": round(time.monotonic() - begun), "bytes": cursor.fetchone()[0]} | counted()


def links() -> dict[str, dict[str, Sequence[str]]]:
    """Addresses among which each person chooses: of cases that he sees."""
    from guanzi.office.models import Person
    from guanzi.office.people.visibility import Viewer

    found = {}
    for name in PEOPLE:
        cases = Viewer(Person.objects.get(username=name)).cases
        seen = list(cases.order_by("slug").values_list("slug", flat=True))
        some = random.Random(name).sample(seen, min(LINKS, len(seen)))
        found[name] = {
            "case": [f"/cases/{slug}/" for slug in some],
            "evidence": [f"/cases/{slug}/evidence/" for slug in some],
            "log of a case": [f"/log/?case={slug}" for slug in some],
        }
    return found


def pages(
    of: Mapping[str, Sequence[str]], chart: str = "/portfolio/charts/"
) -> list[tuple[str, float, list[str], str]]:
    """What people look at: name, weight, addresses, and what a page loads after it."""
    search = [f"/search/?q={word}" for word in map(_quoted, WORDS)]
    return [
        ("home", 3, ["/"], ""),
        ("portfolio", 3, ["/portfolio/", "/portfolio/?sort=-planned", "/portfolio/?state=open&page=2"], chart),
        ("cases", 2, ["/cases/", "/cases/?page=7", "/cases/?q=lake"], ""),
        ("case", 5, list(of["case"]), ""),
        ("evidence", 3, list(of["evidence"]), ""),
        ("log", 1, ["/log/"], ""),
        ("log of a case", 1, list(of["log of a case"]), ""),
        ("search", 2, search, ""),
    ]


def _quoted(word: str) -> str:
    from urllib.parse import quote

    return quote(word)


def asked_alone() -> dict[str, dict[str, Any]]:
    """Each page for one person alone, without a server: queries, seconds of the processor and by the clock, bytes.

    The numbers of queries are the most of three people: a chair sees all cases, an analyst a quarter, an auditor also
    what belongs to no case.
    """
    from django.conf import settings
    from django.test import Client

    from guanzi.office.models import Person

    settings.ALLOWED_HOSTS.append("testserver")
    found: dict[str, dict[str, Any]] = {}
    every = links()
    for name in ("chair", "analyst1", "auditor"):
        client = Client()
        client.force_login(Person.objects.get(username=name))
        session = client.session
        session["entered"] = session["seen"] = time.time()
        session.save()
        for page, _, addresses, part in pages(every[name]):
            for title, some in ((page, addresses), (f"{page}: {part}", [part])) if part else ((page, addresses),):
                client.get(some[0])
                with _counting() as queries:
                    size = len(client.get(some[0]).content)
                took = _took(client, some)
                row = found.setdefault(title, {"queries": 0, "cpu": 0.0, "cpu95": 0.0, "wall": 0.0, "bytes": 0})
                row["queries"] = max(row["queries"], len(queries))
                for name, value in took.items():
                    row[name] = max(row[name], value)
                row["bytes"] = max(row["bytes"], size)
    return found


@contextmanager
def _counting() -> Iterator[list[str]]:
    """The statements that reach the database: those of Django, and on SQLite also those that the log makes itself."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    told: list[str] = []
    if connection.vendor == "sqlite":
        connection.connection.set_trace_callback(told.append)
        yield told
        connection.connection.set_trace_callback(None)
    else:
        with CaptureQueriesContext(connection) as queries:
            yield told
        told += [one["sql"] for one in queries]


def _took(client: Any, addresses: Sequence[str]) -> dict[str, float]:
    """Of some rounds over addresses the middle and the 95th percentile: seconds of the processor, and by the clock."""
    took = []
    for n in range(ROUNDS):
        cpu, wall = time.process_time(), time.perf_counter()
        client.get(addresses[n % len(addresses)])
        took.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpus, walls = sorted(one for one, _ in took), sorted(one for _, one in took)
    return {"cpu": cpus[ROUNDS // 2], "cpu95": cpus[ROUNDS * 95 // 100 - 1], "wall": walls[ROUNDS // 2]}


def simulated(count: int) -> dict[str, Any]:
    """Ask for work of the background: appraisals of 20,000 paths, and term sheets of other cases between them."""
    from guanzi.office import do_as
    from guanzi.office.models import OfficeCase

    open_cases = OfficeCase.objects.filter(organisation__slug=CITY, seats__person__username="lead1", seats__part="lead")
    slugs = list(open_cases.order_by("-slug").values_list("slug", flat=True)[:count])
    for n, slug in enumerate(slugs):
        if n % 2:
            do_as("lead1", "sheet.simulate", {"case": slug, "path": SHEET})
        else:
            do_as("lead1", "appraisal.ask", {"case": slug, "paths": 20_000})
    return {"asked": len(slugs)}


def kept() -> list[str]:
    """Keys of the actions of crowds that stand in the office."""
    from guanzi.office.models import ActionRun

    return list(ActionRun.objects.filter(key__startswith="crowd-").values_list("key", flat=True))


def done() -> dict[str, Any]:
    """How far the background is."""
    from guanzi.office.models import AppraisalRun, SheetRun

    states = [*AppraisalRun.objects.values_list("state", flat=True), *SheetRun.objects.values_list("state", flat=True)]
    return {state: states.count(state) for state in sorted(set(states))}


@contextmanager
def _accounted_later() -> Iterator[None]:
    """The log accounts for no row yet: its first entry lies years back, and rows are accounted for at the end."""
    import django

    django.setup()
    with patch("guanzi.office.auditlog.log.account_for_office"):
        yield


def main(folder: Path, what: str, *more: str) -> None:
    """Do one of them, and write what it found as JSON."""
    from guanzi import office

    office.choose(folder)
    with _accounted_later() if what == "made" else nullcontext():
        office.prepare()
    works: dict[str, Callable[[], Any]] = {
        "made": lambda: made(folder),
        "checked": checked,
        "copied": lambda: copied(Path(more[0])),
        "links": links,
        "alone": asked_alone,
        "simulated": lambda: simulated(int(more[0])),
        "done": done,
        "kept": kept,
    }
    json.dump(works[what](), sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
