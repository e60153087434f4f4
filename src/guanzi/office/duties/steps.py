"""What a case waits for from its lead and its chair: the next step, once others have done theirs."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from guanzi.base.core import Message
from guanzi.office.deciding.gates import VOTING
from guanzi.office.deciding.panels import panels_of_cases
from guanzi.office.duties.owed import Owed
from guanzi.office.models import (
    AppraisalRun,
    ClosedPanel,
    Declaration,
    Interest,
    OfficeCase,
    Person,
    Seat,
    Sitting,
    Workstream,
)
from guanzi.office.people.visibility import visible_cases


def steps_waiting(person: Person) -> Iterator[Owed]:
    """The next steps of cases that somebody leads or chairs; a gate tests again whether all of its needs stand."""
    yield from _advances(person)
    yield from _panels(person)
    yield from _openings(person)


def _advances(person: Person) -> Iterator[Owed]:
    """Cases whose owners, signatures or appraisal are complete, and those that lack only the appraisal."""
    streams = Workstream.objects.filter(case=OuterRef("pk"))
    runs = AppraisalRun.objects.filter(case=OuterRef("pk"), version=OuterRef("head"), playbook=OuterRef("playbook"))
    led = _sat_at(person, "lead").filter(stage__in=("opened", "examining", "judging"))
    told = led.annotate(
        unowned=Exists(streams.filter(owner=None)),
        unsigned=Exists(streams.exclude(state="signed")),
        appraised=Exists(runs.filter(state="done")),
        asked=Exists(runs.filter(state__in=("queued", "running"))),
        closed=Exists(ClosedPanel.objects.filter(case=OuterRef("pk"))),
    )
    for case in told.order_by("slug"):
        done = {"opened": not case.unowned, "examining": not case.unsigned, "judging": case.appraised and case.closed}
        if done[case.stage]:
            what = Message.of("office.waiting.advance", stage=Message.of(f"office.stage.{case.stage}"))
            yield what, case.slug, case.due, f"/cases/{case.slug}/streams/"
        elif case.stage == "judging" and case.closed and not case.asked:
            yield Message.of("office.waiting.appraise"), case.slug, case.due, f"/cases/{case.slug}/findings/"


def _panels(person: Person) -> Iterator[Owed]:
    """Panels that every expert has answered and nobody has closed."""
    for case, panels in panels_of_cases(list(_sat_at(person, "lead").select_related("head"))):
        if any(panel.fits and not panel.closed and panel.answered for panel in panels):
            yield Message.of("office.waiting.close_panel"), case.slug, case.due, f"/cases/{case.slug}/panel/"


def _openings(person: Person) -> Iterator[Owed]:
    """Cases before the committee in which everybody with a vote has declared, and no sitting is open."""
    barred = Interest.objects.filter(case=OuterRef("case"), person=OuterRef("person"), cleared_at=None)
    own = Declaration.objects.filter(case=OuterRef("case"), person=OuterRef("person")).order_by("-pk")
    voters = Seat.objects.filter(part__in=VOTING, person__is_active=True).filter(~Exists(barred))
    declared = voters.annotate(has=Subquery(own.values("has_interest")[:1]))
    silent = declared.filter(has=None) | declared.filter(has=True)
    chaired = _sat_at(person, "chair").filter(stage="deciding", appraisals__state="done", appraisals__version=F("head"))
    ready = chaired.exclude(pk__in=silent.values("case")).exclude(
        pk__in=Sitting.objects.filter(state="open").values("case")
    )
    for case in ready.order_by("slug").distinct():
        yield Message.of("office.waiting.open_sitting"), case.slug, case.due, f"/cases/{case.slug}/decisions/"


def _sat_at(person: Person, part: str) -> QuerySet[OfficeCase]:
    return visible_cases(person).filter(seats__person=person, seats__part=part, state="open")
