"""The work-streams of a case: owners, days and the clock, questions, sign-offs and what made them void."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guanzi.base.core import GuanziError, Message, Problem, render
from guanzi.office.actions import load_actions, perform
from guanzi.office.actions.ending import OUTCOMES
from guanzi.office.actions.streams import WORKERS
from guanzi.office.bodies import WORDS, takes
from guanzi.office.cases.folders import lay_out
from guanzi.office.deciding.gates import needs_of, next_stage
from guanzi.office.deciding.interests import INTEREST
from guanzi.office.deciding.now import CaseNow
from guanzi.office.deciding.plans import OpenQuestion
from guanzi.office.deciding.voiding import FACT
from guanzi.office.deciding.workflow import StreamRule, workflow
from guanzi.office.models import OfficeCase, Person, Workstream
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.clocks import clock_of
from guanzi.office.pages.permissions import allowed
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.people.origins import origin_of
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


@takes(WORDS)
@login_required
@require_http_methods(["GET", "POST"])
def streams(request: PersonRequest, slug: str) -> HttpResponse:
    """The work-streams of a case, and the gate to its next stage; sent to this page, several are signed by one form."""
    case = case_of(request, slug)
    refused: list[tuple[str, Problem]] = []
    made = 0
    if request.method == "POST":
        made, refused = _sign(request, case)
        if not refused:
            return redirect(request.path)
    now = CaseNow(case)
    today = timezone.localdate()
    return show(
        request,
        "streams.html.j2",
        422 if refused else 200,
        refused=refused,
        made=made,
        typed=request.POST,
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


def _sign(request: PersonRequest, case: OfficeCase) -> tuple[int, list[tuple[str, Problem]]]:
    """Sign every stream on which an opinion was written, each by an action of its own: how many, and what was refused.

    They are signed in the order in which they wait for one another.
    """
    load_actions()
    of_form = request.POST.get("key") or secrets.token_urlsafe(16)
    made, refused = 0, list[tuple[str, Problem]]()
    for stream in (rule.id for rule in sorted(workflow().streams, key=lambda rule: len(rule.after))):
        opinion = request.POST.get(f"opinion.{stream}", "").strip()
        if not opinion:
            continue
        asked = {"case": case.slug, "stream": stream, "opinion": opinion, "version": request.POST.get("version", "")}
        if left := request.POST.get(f"left_open.{stream}", "").strip():
            asked["left_open"] = left
        key = sha256(f"{of_form} {stream}".encode()).hexdigest()
        try:
            perform(request.user, "streams.sign", asked, key, origin_of(request))
            made += 1
        except GuanziError as error:
            refused += [(stream, problem) for problem in error.problems]
    return made, refused


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
