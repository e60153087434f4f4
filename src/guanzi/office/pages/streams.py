"""The work-streams of a case: owners, days and the clock, questions, sign-offs and what made them void."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone

from guanzi.base.core import Message, render
from guanzi.office.actions.ending import OUTCOMES
from guanzi.office.actions.streams import WORKERS
from guanzi.office.cases.folders import lay_out
from guanzi.office.deciding.gates import needs_of, next_stage
from guanzi.office.deciding.interests import INTEREST
from guanzi.office.deciding.now import CaseNow
from guanzi.office.deciding.plans import OpenQuestion
from guanzi.office.deciding.voiding import FACT
from guanzi.office.deciding.workflow import StreamRule, workflow
from guanzi.office.models import Person, Workstream
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.clocks import clock_of
from guanzi.office.pages.permissions import allowed
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.record.evidence import INDEX, DataRoomEntry, read_index

_DATA_ROOM = (f"documents/{INDEX}",)
"""What changes with every document, and says nothing that the document does not."""


@dataclass(frozen=True, slots=True)
class StreamShown:
    """A work-stream as its page shows it.

    Attributes:
        critical: What is late here makes the decision late.
        late: Days after its day, while it is not signed; 0: it is not late.
        void_facts, void_documents, void_paths, void_streams, void_people: What made its sign-off void.
    """

    row: Workstream
    rule: StreamRule
    critical: bool
    late: int
    questions: tuple[OpenQuestion, ...]
    void_facts: tuple[str, ...]
    void_documents: tuple[DataRoomEntry, ...]
    void_paths: tuple[str, ...]
    void_streams: tuple[str, ...]
    void_people: tuple[Person, ...]

    @property
    def answered(self) -> int:
        """Questions on which a fact is held."""
        return sum(bool(one.facts) for one in self.questions)

    @property
    def left_open(self) -> int:
        """Questions on which nothing is held though it is signed."""
        return len(self.questions) - self.answered if self.row.state == "signed" else 0


@login_required
def streams(request: PersonRequest, slug: str) -> HttpResponse:
    """The work-streams of a case, and the gate to its next stage."""
    now = CaseNow(case := case_of(request, slug))
    today = timezone.localdate()
    return show(
        request,
        "streams.html.j2",
        case=case,
        tab="streams",
        streams=list(_shown(now, today)),
        clock=clock_of(case, today),
        critical=workflow().critical_path(),
        needs=needs_of(now),
        coming=next_stage(case),
        workers=[seat.person for seat in now.unbarred(*WORKERS)],
        outcomes=[(one, render(Message.of(f"office.leave.outcome.{one}"), request.speaks)) for one in OUTCOMES],
        allowed=allowed(request, case, "streams.assign", "streams.begin", "streams.sign", "case.advance", "case.leave"),
    )


def _shown(now: CaseNow, today: date) -> Iterator[StreamShown]:
    case, rows = now.case, {row.stream: row for row in now.streams}
    people = {one.pk: one.person for one in now.interests}
    critical = workflow().critical_path()
    rooms = {f"documents/{entry.file}": entry for entry in read_index(lay_out(case.slug, case.tree), [])}
    for rule in workflow().streams:
        if (row := rows.get(rule.id)) is None:
            continue
        late = (today - row.due).days if row.state != "signed" and case.state == "open" else 0
        because = row.void_because if row.state == "void" else []
        yield StreamShown(
            row=row,
            rule=rule,
            critical=rule.id in critical,
            late=max(0, late),
            questions=now.questions[rule.id],
            void_facts=tuple(one.removeprefix(FACT) for one in because if one.startswith(FACT)),
            void_documents=tuple(rooms[one] for one in because if one in rooms),
            void_paths=tuple(
                one
                for one in because
                if not one.startswith((FACT, "stream:", INTEREST, *_DATA_ROOM)) and one not in rooms
            ),
            void_streams=tuple(one.removeprefix("stream:") for one in because if one.startswith("stream:")),
            void_people=tuple(people[number] for number in _interests(because)),
        )


def _interests(because: list[str]) -> list[int]:
    """Numbers of the interests among the reasons of a stream."""
    return [int(one.removeprefix(INTEREST)) for one in because if one.startswith(INTEREST)]
