"""Two years of an office, played by its own actions under a clock that is set: a folder as the office itself makes it.

Every row that a page reads comes of an action (:func:`guanzi.office.actions.perform`): cases are opened from folders,
seats given, streams assigned, begun and signed, interests declared, appraisals asked for and done, votes cast and
counted, term sheets approved, deals signed and looked at again. Two things are cheaper than life. One appraisal is
computed, and its files stand for those of all cases. And only a few cases are played: the rest are their copies, with
entries of their own (:mod:`benchmarks.office.multiplying`), and the entries that are missing to a million are of
actions that may be done again without changing anything else (:mod:`benchmarks.office.filling`).
"""

from __future__ import annotations

import base64
import heapq
import io
import itertools
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.office.cases import SHEET, folder_of, slug_of
from benchmarks.office.filling import Busy

CITY = "city"
OTHERS = ("county", "port")
"""Organisations beside it, whose cases nobody of the city may see."""
PASSWORD = "a password of this benchmark alone"
PEOPLE: Mapping[str, str] = {
    **{f"lead{n}": "lead" for n in range(1, 5)},
    **{f"analyst{n}": "analyst" for n in range(1, 5)},
    **{f"expert{n}": "expert" for n in range(1, 3)},
    **{f"member{n}": "member" for n in range(1, 6)},
    "chair": "chair",
    "finance": "finance",
    "manager": "manager",
    "auditor": "auditor",
    "administrator": "administrator",
}
"""The twenty of the city: name and role."""
YEARS = 2
STREAMS = ("finance", "chain", "market", "technology", "legal", "fiscal")
EXPERTS = ("expert1", "expert2")
QUESTION = {
    "panel": "market",
    "question": "ceiling",
    "text": "How many vehicles a quarter in the end?",
    "unit": "vehicles",
    "scale": "log",
}
VOTERS = ("chair", *(f"member{n}" for n in range(1, 6)))


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is.

    Attributes:
        cases, others: Cases of the city, and of each other organisation.
        played, played_others: Those that are played; the rest are copies of them.
        entries: Of the log.
    """

    cases: int = 1_000
    others: int = 24
    played: int = 40
    played_others: int = 2
    entries: int = 1_000_000


class SetClock:
    """The time of the office while its past is played; every look at it is a little later."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def tick(self) -> datetime:
        """Now."""
        self.now += timedelta(microseconds=500)
        return self.now

    def reach(self, at: datetime) -> None:
        """Let it be this time, unless it is later already."""
        self.now = max(self.now, at)

    @contextmanager
    def set(self) -> Iterator[None]:
        """The office looks at this clock."""
        clock = self

        class Dated(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Any:
                return clock.tick().astimezone(tz)

        with patch("django.utils.timezone.now", self.tick), patch("guanzi.office.auditlog.log.datetime", Dated):
            yield


class History:
    """The past of the office, told in the order of its days."""

    def __init__(self, size: Size) -> None:
        from guanzi.office.cases import tasks
        from guanzi.office.models import Organisation, Person

        self.size = size
        self.busy: list[Busy] = []
        self.today = datetime.now(UTC).replace(hour=1, minute=0, second=0, microsecond=0)
        self.start = self.today - timedelta(days=365 * YEARS)
        self.clock = SetClock(self.start)
        self.keys = itertools.count()
        self.waiting: list[tuple[datetime, int, Callable[[], None]]] = []
        self.order = itertools.count()
        self.files: dict[str, bytes] = {}
        self.headline: dict[str, Any] = {}
        self.compute = tasks._compute
        self.people = {one.username: one for one in Person.objects.select_related("organisation")}
        self.organisations = {one.slug: one for one in Organisation.objects.all()}

    def do(self, who: str, action: str, **asked: Any) -> dict[str, Any]:
        """Do an action."""
        from guanzi.office.actions import perform

        return perform(self.people[who], action, asked, f"benchmark-{next(self.keys)}").answer

    def at(self, when: datetime, what: Callable[[], None]) -> None:
        """Let something happen at a time; what lies ahead of today does not."""
        if when < self.today:
            heapq.heappush(self.waiting, (when, next(self.order), what))

    def work(self) -> None:
        """Do what waits in the queue, as the worker does."""
        from django_tasks_db.models import DBTaskResult

        for waiting in DBTaskResult.objects.ready():
            waiting.claim("benchmark")
            waiting.set_successful(waiting.task.call(*waiting.task_result.args, **waiting.task_result.kwargs))

    def computed(self, run: Any) -> tuple[dict[str, bytes], dict[str, Any]]:
        """The files of an appraisal: those of the first, which is computed, stand for all."""
        if not self.files:
            self.files, self.headline = self.compute(run)
        return self.files, self.headline

    def play(self, tell: Callable[[str], None]) -> None:
        """Everything."""
        from django.db import transaction

        step = (self.today - self.start) / (self.size.played + 1)
        for n in range(self.size.played):
            self.open_later(CITY, n, self.start + (n + 1) * step)
        for other in OTHERS:
            for n in range(self.size.played_others):
                self.open_later(
                    other, n, self.start + (n + 1) * step * self.size.played / (self.size.played_others + 1)
                )
        day = None
        with self.clock.set(), patch("guanzi.office.cases.tasks._compute", self.computed):
            while self.waiting:
                with transaction.atomic():  # a batch at once, for the disk's sake; each action is whole by itself
                    for _ in range(200):
                        if self.waiting:
                            when, _, what = heapq.heappop(self.waiting)
                            self.clock.reach(when)
                            what()
                if day != when.date().isoformat()[:7]:
                    day = when.date().isoformat()[:7]
                    tell(f"played until {when.date()}")

    def open_later(self, organisation: str, n: int, when: datetime) -> None:
        """The life of a case from a day on."""
        case = Life(self, organisation, n, when)
        self.at(when, case.open)


class Life:
    """One case from its opening to the watch of its deal."""

    def __init__(self, history: History, organisation: str, n: int, opened: datetime) -> None:
        self.history, self.organisation, self.n, self.opened = history, organisation, n, opened
        self.slug = slug_of(n)
        self.city = organisation == CITY
        self.lead = f"lead{n % 4 + 1}" if self.city else f"{organisation}-lead"
        self.analysts = (f"analyst{n % 4 + 1}", f"analyst{(n + 1) % 4 + 1}")

    def do(self, who: str, action: str, **asked: Any) -> dict[str, Any]:
        """An action of this case."""
        return self.history.do(who, action, case=self.slug, **asked)

    def later(self, days: float, what: Callable[[], None]) -> None:
        """Let something happen days after the opening."""
        self.history.at(self.opened + timedelta(days=days), what)

    def open(self) -> None:
        """Opened from a folder, with seats and owners of its streams."""
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w") as out:
            for name, content in folder_of(self.n, self.opened.date()).items():
                out.writestr(name, content)
        self.history.do(self.lead, "case.open", archive=base64.b64encode(box.getvalue()).decode())
        if not self.city:
            return
        seats = dict.fromkeys(self.analysts, "analyst") | dict.fromkeys(EXPERTS, "expert")
        seats |= {"manager": "manager", "chair": "chair"}
        for name in ("chair", *(f"member{n}" for n in range(1, 6))):
            seats.setdefault(name, "member")
        for name, part in seats.items():
            self.do(self.lead if part not in ("member", "chair") else "chair", "case.give_seat", person=name, part=part)
        for stream, owner in self.owners():
            self.do(self.lead, "streams.assign", stream=stream, person=owner)
        self.later(1, self.begin)

    def owners(self) -> Iterator[tuple[str, str]]:
        """Streams and who owns them."""
        return zip(STREAMS, itertools.cycle(self.analysts), strict=False)

    def begin(self) -> None:
        """Work begins; a member in twenty cases has an interest."""
        for stream, owner in self.owners():
            self.do(owner, "streams.begin", stream=stream)
        for name in VOTERS:
            recused = name == "member5" and self.n % 20 == 0
            words = {"words": "A relative works for a supplier."} if recused else {}
            self.do(name, "interest.declare", has_interest=recused, **words)
        for days in (5, 15, 25, 35, 45):
            self.later(days, self.keep_busy)
        if self.n % 10 != 9:  # one in ten is never brought to an end
            self.later(30, self.sign_streams)
            self.later(50, self.vote)

    def keep_busy(self) -> None:
        """Actions that are done again: noted, and entered with all others."""
        from guanzi.office.models import OfficeCase

        case = OfficeCase.objects.select_related("head").get(slug=self.slug, organisation__slug=self.organisation)
        streams = case.streams.order_by("pk").values_list("stream", "owner__username", "due")
        seats = case.seats.filter(part__in=("analyst", "expert", "manager")).values_list("person__username", "part")
        self.history.busy.append(
            Busy(
                at=self.history.clock.tick(),
                case=case.pk,
                version=case.head.sha256,
                lead=self.lead,
                streams=tuple((stream, owner, due.isoformat()) for stream, owner, due in streams),
                seats=tuple(seats.order_by("pk")),
                voters=tuple(name for name in VOTERS if name != "member5"),
            )
        )

    def sign_streams(self) -> None:
        """All streams signed, and a panel of experts asked."""
        for stream, owner in self.owners():
            opinion = "Read and found sound on what is known; open questions stand in the plan."
            self.do(owner, "streams.sign", stream=stream, version=1, opinion=opinion, left_open=opinion)
        for stage in ("opened", "examining"):
            self.do(self.lead, "case.advance", stage=stage)
        self.do(self.lead, "panel.ask", **QUESTION)
        for name in EXPERTS:
            given = {"low": 1_000 + self.n, "mode": 3_000 + self.n, "high": 9_000 + self.n, "reason": "By the orders."}
            self.do(name, "panel.judge", panel="market", question="ceiling", **given)
        self.do(self.lead, "panel.close", panel="market")

    def vote(self) -> None:
        """Appraised, voted on, and closed; a third is declined."""
        run = self.do(self.lead, "appraisal.ask", paths=1_000)["appraisal"]
        self.history.work()
        self.do(self.lead, "case.advance", stage="judging")
        sitting = self.do("chair", "vote.open", appraisal=run)["sitting"]
        voters = [name for name in VOTERS if name != "member5" or self.n % 20]
        for name in voters:
            vote = "decline" if self.n % 3 == 0 else "back"
            self.do(
                name, "vote.cast", sitting=sitting, vote=vote, reason=f"{name} of case {self.n}: read, and found so"
            )
        self.do("chair", "vote.close", sitting=sitting, reasons=f"Case {self.n}: the reasons of the committee.")
        if self.n % 3:
            self.later(55, self.sign)

    def sign(self) -> None:
        """Approved by two and signed."""
        from guanzi.office.models import OfficeCase

        case = OfficeCase.objects.get(slug=self.slug, organisation__slug=self.organisation)
        for name in (self.lead, "finance"):
            self.do(name, "sheet.approve", path=SHEET, sha256=case.head.tree[SHEET])
        self.do("chair", "deal.sign", path=SHEET)
        self.later(110, self.report)
        last = (self.history.today - self.opened).days - 1
        if last > 170:
            self.later(170, self.look)
        if last > 200:
            self.later(last, self.look)

    def report(self) -> None:
        """The closing is reported, and a third of the reports waits to be verified."""
        day = self.history.clock.now.date().isoformat()
        self.do("manager", "milestone.report", milestone="closing", reached_on=day)

    def look(self) -> None:
        """The deal is tested as of the day."""
        self.do(self.lead, "watch.look")


def _people() -> None:
    """Organisations and their people, as an administrator invites them."""
    from guanzi.office.models import Organisation, Person, RoleHeld

    for slug in (CITY, *OTHERS):
        organisation = Organisation.objects.create(slug=slug, name=slug.title(), name_zh="市")
        names = PEOPLE if slug == CITY else {f"{slug}-lead": "lead", f"{slug}-auditor": "auditor"}
        for name, role in names.items():
            person = Person(username=name, name=name.title(), name_zh=f"{role}者", organisation=organisation)
            person.set_password(PASSWORD)
            person.save()
            RoleHeld.objects.create(person=person, role=role)


def build(size: Size, tell: Callable[[str], None]) -> int:
    """Fill the prepared folder of the settings: a few cases are played, and the rest are their copies.

    Returns:
        Entries of the log.
    """
    from benchmarks.office.multiplying import multiply
    from django.conf import settings
    from django.db import connection

    from guanzi.office import prepare
    from guanzi.office.actions import load_actions
    from guanzi.office.auditlog.log import account_for_office
    from guanzi.office.auditlog.secretfile import KEY, LAST

    load_actions()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    _people()
    history = History(size)
    history.play(tell)
    connection.close()
    file = Path(settings.DATABASES["default"]["NAME"])
    seed = file.rename(file.with_name("seed.sqlite3"))
    for name in (KEY, LAST):  # the new log has a key of its own; what was played is thrown away
        (settings.DATA / name).unlink()
    with patch("guanzi.office.auditlog.log.account_for_office"):
        prepare()
    connection.close()
    copies = {CITY: size.cases // size.played} | dict.fromkeys(OTHERS, size.others // size.played_others)
    entries = multiply(seed, file, copies, history.busy, size.entries)
    seed.unlink()
    tell(f"{entries:,} entries written")
    account_for_office()
    tell("rows accounted for")
    check(tell)
    return entries


def check(tell: Callable[[str], None]) -> None:
    """Lay out every case as the office does, and see that copies are what the office would have made of their folders.

    Raises:
        ValueError: A row of a copy is not what the office makes of its folder.
    """
    from benchmarks.office.multiplying import sample
    from django.db import connection, transaction
    from django.utils import timezone

    from guanzi.office.cases.contents import read_tree
    from guanzi.office.cases.folders import lay_out
    from guanzi.office.cases.indexing import index_facts
    from guanzi.office.cases.termsheets import signed_folder
    from guanzi.office.models import OfficeCase
    from guanzi.office.paying.afterwards import monitored
    from guanzi.office.paying.standing import standing_of

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    cases = list(OfficeCase.objects.select_related("head", "organisation").order_by("slug", "pk"))
    for case in cases:
        lay_out(case.slug, case.head.tree)
        if case.state == "signed":
            signed_folder(case)
    for case in sample(cases, 20):
        with transaction.atomic():
            if changed := index_facts(case, read_tree(case.slug, case.head.tree)):
                raise ValueError(f"{case.slug}: its index is not that of its folder: {sorted(changed)[:3]}")
    for case in sample([one for one in cases if one.state == "signed"], 10):
        standing = case.standing
        if (
            standing.data != standing_of(case, monitored(case, standing.as_of))
            and standing.as_of <= timezone.localdate()
        ):
            raise ValueError(f"{case.slug}: its standing is not that of its deal")
    tell(f"{len(cases)} cases laid out; a sample of them read anew, with the same rows")
