"""What waits for a person: his streams, votes, declarations, approvals and warnings, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from guanzi.base.core import Message
from guanzi.office.deciding.workflow import Escalation, workflow
from guanzi.office.duties.owed import money_waiting
from guanzi.office.duties.steps import steps_waiting
from guanzi.office.duties.summons import committee_waiting
from guanzi.office.models import OfficeCase, Person, WarningSeen, Workstream
from guanzi.office.people.secondperson import told_changes
from guanzi.office.people.visibility import visible_cases
from guanzi.office.roles import Role


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """Something that waits.

    Attributes:
        what: In words.
        case: Slug of the case; empty: it concerns none.
        due: By when; None: no day is set.
        address: Where it is done.
    """

    what: Message
    case: str
    due: date | None
    address: str


def waiting_for(person: Person) -> tuple[WaitingItem, ...]:
    """Everything that waits for a person."""
    found = [*_streams(person), *_unowned(person), *_late(person), *_warnings(person)]
    told = (
        *money_waiting(person),
        *committee_waiting(person),
        *steps_waiting(person),
        *told_changes(person, timezone.now()),
    )
    found += (WaitingItem(*one) for one in told)
    return tuple(sorted(found, key=lambda w: (w.due is None, w.due or date.max, w.case)))


def _streams(person: Person) -> Iterator[WaitingItem]:
    mine = Workstream.objects.filter(owner=person, state__in=("waiting", "working", "void"), case__state="open")
    for stream in mine.filter(case__in=visible_cases(person)).select_related("case"):
        what = Message.of(
            "office.waiting.stream_void" if stream.state == "void" else "office.waiting.stream",
            stream=Message.of(f"office.stream.{stream.stream}"),
        )
        yield WaitingItem(what, stream.case.slug, stream.due, f"/cases/{stream.case.slug}/streams/")


def _unowned(person: Person) -> Iterator[WaitingItem]:
    """Streams that a lead has still to give to somebody, a line for each case."""
    unowned = Workstream.objects.filter(owner=None, case__in=_led(person), case__state="open")
    rows = unowned.values("case__slug").annotate(n=Count("pk"), first=Min("due")).order_by("case__slug")
    for row in rows:
        what = Message.of("office.waiting.unowned", n=row["n"])
        yield WaitingItem(what, row["case__slug"], row["first"], f"/cases/{row['case__slug']}/streams/")


def _late(person: Person) -> Iterator[WaitingItem]:
    """Streams that lie so many days after their day that they are raised to the person; his own wait already."""
    today, told = timezone.localdate(), set()
    for rule in _rules("stream_late"):
        before = today - timedelta(days=rule.after)
        late = Workstream.objects.filter(case__in=_raised_to(person, rule.to), case__state="open", due__lte=before)
        rows = late.exclude(state="signed").exclude(owner=person).values_list("pk", "stream", "due", "case__slug")
        for number, stream, due, slug in rows:
            if number in told:
                continue
            told.add(number)
            name = Message.of(f"office.stream.{stream}")
            what = Message.of("office.waiting.stream_late", stream=name, days=(today - due).days)
            yield WaitingItem(what, slug, due, f"/cases/{slug}/streams/")


def _warnings(person: Person) -> Iterator[WaitingItem]:
    """Warnings of signed cases that nobody has taken up for so many days."""
    now = timezone.now()
    for rule in _rules("warning_open"):
        before = now - timedelta(days=rule.after)
        lying = WarningSeen.objects.filter(case__in=_raised_to(person, rule.to), seen_by=None, gone_at=None)
        lying = lying.filter(found_at__lte=before)
        rows = lying.values("case__slug").annotate(n=Count("pk"), first=Min("as_of")).order_by("case__slug")
        for row in rows:
            what = Message.of("office.waiting.warning_open", n=row["n"], days=rule.after)
            yield WaitingItem(what, row["case__slug"], row["first"], f"/cases/{row['case__slug']}/watch/")


def _rules(what: str) -> Iterator[Escalation]:
    return (rule for rule in workflow().escalation if rule.what == what)


def _led(person: Person) -> QuerySet[OfficeCase]:
    """Cases that a person leads."""
    return visible_cases(person).filter(seats__person=person, seats__part="lead")


def _raised_to(person: Person, to: str) -> QuerySet[OfficeCase]:
    """Cases of which something is raised to a person: those that he leads, or all that the chair sees."""
    if to == "lead":
        return _led(person)
    seen = visible_cases(person)
    return seen if Role(to) in person.roles() else seen.none()
