"""What waits of the committee and its experts: declarations, votes, answers of a panel, appraisals that are done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from guanzi.base.core import Message
from guanzi.office.deciding.panels import panels_of_cases
from guanzi.office.deciding.sittings import VOTERS, rolls
from guanzi.office.models import AppraisalRun, Ballot, Declaration, Person, Seat, Sitting
from guanzi.office.people.visibility import visible_cases
from guanzi.office.roles import Role

NEWS = timedelta(days=14)
"""How long an appraisal that is done is told to whoever asked for it."""
type CommitteeItem = tuple[Message, str, date | None, str]
"""In words, slug of the case, by when, address."""


def committee_waiting(person: Person) -> Iterator[CommitteeItem]:
    """Everything of the committee that waits for a person."""
    yield from _declarations(person)
    yield from _sittings(person)
    yield from _panels(person)
    yield from _appraisals(person)


def _declarations(person: Person) -> Iterator[CommitteeItem]:
    """Cases in which somebody may vote and has not declared that he has no interest."""
    own = Declaration.objects.filter(case=OuterRef("case"), person=person).order_by("-pk")
    seats = Seat.objects.filter(person=person, part__in=VOTERS, case__state="open", case__in=visible_cases(person))
    newest = seats.annotate(has=Subquery(own.values("has_interest")[:1])).select_related("case")
    for seat in newest:
        if seat.has is not False:
            case = seat.case
            yield (Message.of("office.waiting.declare"), case.slug, case.due, f"/cases/{case.slug}/decisions/")


def _sittings(person: Person) -> Iterator[CommitteeItem]:
    """Sittings in which somebody has not voted, that he can close since all have, or since which something is new."""
    going = list(Sitting.objects.filter(state="open", case__in=visible_cases(person)).select_related("case"))
    voted = set(Ballot.objects.filter(sitting__in=going).values_list("sitting_id", "person_id"))
    for sitting, seats in zip(going, rolls(going).values(), strict=True):
        cast = {voter for number, voter in voted if number == sitting.pk}
        seat = seats.get(person.pk)
        chairs = Role.CHAIR in person.roles() or (seat is not None and seat.chair)
        what = []
        if sitting.evidence_since and (chairs or seat is not None):
            what.append("settle" if chairs else "new_in_sitting")
        if seat is not None and person.pk not in cast:
            what.append("vote")
        elif seat is not None and seat.chair and all(one.recused or one.person in cast for one in seats.values()):
            what += [] if sitting.evidence_since else ["close"]
        for one in what:
            told = Message.of(f"office.waiting.{one}", n=sitting.number)
            yield (told, sitting.case.slug, sitting.case.due, f"/cases/{sitting.case.slug}/decisions/")


def _panels(person: Person) -> Iterator[CommitteeItem]:
    """Questions that an expert has not answered, or may answer once more."""
    seats = Seat.objects.filter(person=person, part="expert", case__state="open", case__in=visible_cases(person))
    held = panels_of_cases([seat.case for seat in seats.select_related("case__head")])
    for case, panels in held:
        for panel in panels:
            if panel.closed or not panel.fits:
                continue
            first = bool(panel.lacking(person))
            if first or (panel.answered and panel.lacking(person, 2)):
                what = Message.of("office.waiting.panel" if first else "office.waiting.panel_again")
                yield (what, case.slug, case.due if first else None, f"/cases/{case.slug}/panel/")


def _appraisals(person: Person) -> Iterator[CommitteeItem]:
    """Appraisals that somebody asked for, newly done, and on which nobody has sat."""
    runs = AppraisalRun.objects.filter(asked_by=person, state="done", done_at__gte=timezone.now() - NEWS, sittings=None)
    for run in runs.filter(case__in=visible_cases(person), case__state="open").select_related("case"):
        if run.version_id == run.case.head_id:
            what = Message.of("office.waiting.appraisal", n=run.number)
            yield (what, run.case.slug, None, f"/cases/{run.case.slug}/findings/")
