"""The folder of the hour: the demonstration, every case of the library, and a few hundred invented cases beside."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.office.history import CITY, PASSWORD, QUESTION, History, Life, Size, build

DEMONSTRATION = "demo-city"
SITTINGS = 4
"""Votes that are open when the hour begins."""
PATHS = 400
VISITORS = {
    CITY: ("chair", "lead1", "lead2", "analyst1", "analyst2", "expert1", "member1", "finance", "manager", "auditor"),
    DEMONSTRATION: ("lin", "zhao", "sun", "qian", "wu", "zhou", "xu", "yang", "gao", "admin"),
}
"""The twenty who walk, by their organisation: all roles there are."""
SEATS = {"zhao": "analyst", "sun": "analyst", "qian": "expert", "zhou": "chair", "wu": "member", "yang": "manager"}


def filled(cases: int) -> dict[str, Any]:
    """Fill the prepared folder of the settings; without invented cases it holds those of the library alone."""
    begun = time.monotonic()

    def tell(text: str) -> None:
        print(f"{time.monotonic() - begun:6.0f} s  {text}", file=sys.stderr)

    if cases:
        played = max(24, cases // 10)
        build(Size(cases=cases, others=4, played=min(cases, played), entries=60_000), tell)
        tell(f"{_open_sittings()} votes opened")
    _demonstrate()
    tell("the demonstration played")
    opened = _open_library()
    tell(f"{opened} more cases of the library opened")
    return _told() | {"seconds": round(time.monotonic() - begun)}


def plan() -> dict[str, Any]:
    """Who walks, with a token for each, and the routes that there are."""
    from guanzi.office.actions import load_actions, perform
    from guanzi.office.models import Person

    load_actions()
    tokens = {}
    for person in Person.objects.filter(username__in=[name for some in VISITORS.values() for name in some]):
        asked = {"name": "hour", "scopes": ["read"], "days": 1}
        tokens[person.username] = perform(person, "token.make", asked, f"hour-{time.time_ns()}").answer["token"]
    return {"tokens": tokens, "routes": sorted(set(routes())), "password": PASSWORD} | _told()


def routes() -> Iterator[str]:
    """Every route of the office as it is written: ``cases/<slug:slug>/watch/``."""
    from django.urls import get_resolver

    def walk(patterns: Any, head: str) -> Iterator[str]:
        for one in patterns:
            route = head + str(one.pattern)
            if hasattr(one, "url_patterns"):
                yield from walk(one.url_patterns, route)
            else:
                yield route

    return walk(get_resolver().url_patterns, "")


def _told() -> dict[str, Any]:
    from guanzi.office.models import IndexedFact, OfficeCase, Person, Sitting

    return {
        "cases": OfficeCase.objects.count(),
        "signed": OfficeCase.objects.filter(state="signed").count(),
        "facts": IndexedFact.objects.count(),
        "people": Person.objects.count(),
        "votes": Sitting.objects.filter(state="open").count(),
    }


def _demonstrate() -> None:
    """The demonstration in a folder that has people already, as after an end within it; all passwords are one."""
    from django.contrib.auth.hashers import make_password

    from guanzi.office.models import Organisation, Person
    from guanzi.office.serving.demonstration import demonstrate

    Organisation.objects.create(slug=DEMONSTRATION, name="Demonstration city", name_zh="示范市")
    Person.objects.update(must_change=False, last_login=None)
    if not demonstrate():
        raise RuntimeError("the demonstration was not played")
    Person.objects.update(must_change=False, password=make_password(PASSWORD))


def _open_library() -> int:
    """Open what else the library holds, with seats, an appraisal and a question to experts each."""
    from guanzi.base.core import GuanziError
    from guanzi.jobs.evidence import cases as library
    from guanzi.office.actions import perform
    from guanzi.office.cases.tasks import appraise
    from guanzi.office.models import OfficeCase, Person

    lead, opened = Person.objects.get(username="lin"), 0
    held = set(OfficeCase.objects.filter(organisation__slug=DEMONSTRATION).values_list("slug", flat=True))
    for n, one in enumerate(library.list_cases()):
        if one.id not in held:
            perform(lead, "case.open", {"builtin": one.id}, f"hour-{one.id}")
            opened += 1
        with suppress(GuanziError):  # the case of the demonstration is decided already
            for name, part in SEATS.items():
                perform(lead, "case.give_seat", {"case": one.id, "person": name, "part": part}, f"hour-{one.id}-{name}")
            perform(lead, "panel.ask", {"case": one.id, **QUESTION}, f"hour-{one.id}-panel")
        if n % 4 == 0 and one.id not in held:
            asked = perform(lead, "appraisal.ask", {"case": one.id, "paths": PATHS}, f"hour-{one.id}-appraise")
            appraise.call(asked.answer["appraisal"])
    _change_sheet(lead)
    _done()
    return opened


def _change_sheet(lead: Any) -> None:
    """A term sheet in two versions, and simulated, so that both can be looked at."""
    from guanzi.office.actions import perform
    from guanzi.office.cases.simulating import simulate_sheet
    from guanzi.office.cases.termsheets import text_of
    from guanzi.office.models import OfficeCase

    case = next(
        one
        for one in OfficeCase.objects.filter(organisation=lead.organisation, state="open").select_related("head")
        if any(path.startswith("terms/") for path in one.head.tree)
    )
    path = next(path for path in case.head.tree if path.startswith("terms/"))
    asked = {"case": case.slug, "path": path, "text": text_of(case.head.tree[path]) + "# looked through\n"}
    perform(lead, "sheet.save", asked, "hour-save")
    run = perform(lead, "sheet.simulate", asked, "hour-simulate").answer["run"]
    simulate_sheet.call(run)


def _open_sittings() -> int:
    """Bring some cases that are being examined to an open vote, as their people would."""
    from guanzi.office.cases.tasks import appraise
    from guanzi.office.models import OfficeCase

    history = History(Size())
    waiting = OfficeCase.objects.filter(organisation__slug=CITY, state="open", sittings=None, stage="opened")
    slugs = list(waiting.order_by("pk").values_list("slug", flat=True)[:SITTINGS])
    for slug in slugs:
        life = Life(history, CITY, int(slug.rpartition("-")[2]), history.today)
        life.sign_streams()
        run = life.do(life.lead, "appraisal.ask", paths=PATHS)["appraisal"]
        appraise.call(run)
        life.do(life.lead, "case.advance", stage="judging")
        life.do("chair", "vote.open", appraisal=run)
    return len(slugs)


def _done() -> None:
    """Take what was computed here out of the queue of the worker."""
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.ready().delete()


def at(folder: Path, what: str, cases: int) -> dict[str, Any]:
    """Do one of them within the settings of a folder."""
    from guanzi import office

    office.choose(folder)
    if what != "filled":
        office.prepare()
        return plan()
    import django

    django.setup()
    from guanzi.office.auditlog.log import account_for_office

    with patch("guanzi.office.auditlog.log.account_for_office"):  # the past is played under a clock that is set
        office.prepare()
        told = filled(cases)
    account_for_office()
    return told


if __name__ == "__main__":
    import json

    json.dump(at(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])), sys.stdout)
