"""What waits for a person: his streams, votes, declarations, approvals and warnings, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message
from guanzi.office.models import Person, Workstream
from guanzi.office.owed import money_waiting
from guanzi.office.visibility import visible_cases


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """Something that waits.

    Attributes:
        what: In words.
        case: Slug of the case.
        due: By when; None: no day is set.
        address: Where it is done.
    """

    what: Message
    case: str
    due: date | None
    address: str


def waiting_for(person: Person) -> tuple[WaitingItem, ...]:
    """Everything that waits for a person."""
    found = [*_streams(person), *(WaitingItem(*one) for one in money_waiting(person))]
    return tuple(sorted(found, key=lambda w: (w.due is None, w.due or date.max, w.case)))


def _streams(person: Person) -> Iterator[WaitingItem]:
    mine = Workstream.objects.filter(owner=person, state__in=("waiting", "working", "void"), case__state="open")
    for stream in mine.filter(case__in=visible_cases(person)).select_related("case"):
        what = Message.of(
            "office.waiting.stream_void" if stream.state == "void" else "office.waiting.stream",
            stream=Message.of(f"office.stream.{stream.stream}"),
        )
        yield WaitingItem(what, stream.case.slug, stream.due, f"/cases/{stream.case.slug}/streams/")
