"""What waits of the committee and its experts: declarations, votes, answers of a panel, appraisals that are done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from django.db.models import F
from django.utils import timezone

from guanzi.base.core import Message
from guanzi.office.deciding.now import VOTERS
from guanzi.office.inbox.moneytasks import InboxItem
from guanzi.office.inbox.opened import CasesInProgress
from guanzi.office.models import AppraisalRun, Interest, Sitting
from guanzi.office.people.visibility import Viewer
from guanzi.office.roles import Role

NEWS = timedelta(days=14)
"""How long an appraisal that is done is told to whoever asked for it."""


def committee_waiting(held: CasesInProgress) -> Iterator[InboxItem]:
    """Everything of the committee that waits for somebody."""
    yield from _declarations(held)
    yield from _sittings(held.viewer)
    yield from _panels(held)
    yield from _appraisals(held.viewer)


def _declarations(held: CasesInProgress) -> Iterator[InboxItem]:
    """Cases in which somebody may vote and has not declared that he has no interest."""
    for case in (one.case for one in held.sat_at(*VOTERS) if not one.declared):
        yield Message.of("office.waiting.declare"), case.slug, case.due, f"/cases/{case.slug}/decisions/"


def _sittings(viewer: Viewer) -> Iterator[InboxItem]:
    """Sittings in which somebody has not voted, that he can close since all have, or since which something is new."""
    number = viewer.person.pk
    going: dict[int, Sitting] = {}
    cast: dict[int, set[int | None]] = {}
    rows = Sitting.objects.filter(state="open", case__in=viewer.cases).select_related("case")
    for row in rows.annotate(voter=F("ballots__person")).order_by("pk"):
        going[row.pk] = row
        cast.setdefault(row.pk, set()).add(row.voter)

    @cache
    def recused() -> set[tuple[int, int]]:
        cases = {one.case_id for one in going.values()}
        return set(Interest.objects.filter(case__in=cases, cleared_at=None).values_list("case_id", "person_id"))

    for sitting in going.values():
        roll = {person: part for person, part, _ in sitting.tally["roll"]}
        chair, there = roll.get(number) == "chair", cast[sitting.pk]
        chairs = Role.CHAIR in viewer.roles or chair
        what = []
        if sitting.evidence_since and (chairs or number in roll):
            what.append("settle" if chairs else "new_in_sitting")
        if number in roll and number not in there:
            what.append("vote")
        elif chair and not sitting.evidence_since:
            left = [person for person in roll if person not in there]
            what += [] if any((sitting.case_id, person) not in recused() for person in left) else ["close"]
        for one in what:
            told = Message.of(f"office.waiting.{one}", n=sitting.number)
            yield told, sitting.case.slug, sitting.case.due, f"/cases/{sitting.case.slug}/decisions/"


def _panels(held: CasesInProgress) -> Iterator[InboxItem]:
    """Questions that an expert has not answered, or may answer once more."""
    person = held.viewer.person
    for case in (one.case for one in held.sat_at("expert")):
        for panel in held.panels[case.pk]:
            if panel.closed or not panel.fits:
                continue
            first = bool(panel.lacking(person))
            if first or (panel.answered and panel.lacking(person, 2)):
                what = Message.of("office.waiting.panel" if first else "office.waiting.panel_again")
                yield what, case.slug, case.due if first else None, f"/cases/{case.slug}/panel/"


def _appraisals(viewer: Viewer) -> Iterator[InboxItem]:
    """Appraisals that somebody asked for, newly done, and on which nobody has sat."""
    since = timezone.now() - NEWS
    runs = AppraisalRun.objects.filter(asked_by=viewer.person, state="done", done_at__gte=since, sittings=None)
    for run in runs.filter(case__in=viewer.cases, case__state="open").select_related("case"):
        if run.version_id == run.case.head_id:
            what = Message.of("office.waiting.appraisal", n=run.number)
            yield what, run.case.slug, None, f"/cases/{run.case.slug}/findings/"
