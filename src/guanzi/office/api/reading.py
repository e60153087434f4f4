"""What can be read: cases, facts, versions, files and the log.

Each question is declared once, by a function: its address, its place in the description and the tool of a language
model (:mod:`guanzi.office.serving.mcp`) have its name, its words, what it asks and what it answers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import Router
from ninja.params.functions import Query

from guanzi.office.actions import Forbidden, NotThere
from guanzi.office.api.bearer import Asker
from guanzi.office.api.paging import after_place, beyond, no_place, page_of
from guanzi.office.api.queries import named_alone
from guanzi.office.api.shapes import (
    REFUSED,
    REFUSED_QUESTION,
    BudgetOut,
    CaseOut,
    CasesOut,
    CaseWhole,
    DiscussionOut,
    DiscussionsOut,
    EntriesOut,
    EntryOut,
    FactOut,
    FactsOut,
    MeOut,
    ReleaseOut,
    RemarkOut,
    SittingOut,
    StreamOut,
    VersionOut,
    VersionsOut,
)
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.auditlog.log import office_log, shown_checkpoint
from guanzi.office.deciding.discussions import readable
from guanzi.office.deciding.panels import panels_of, seeds_before
from guanzi.office.deciding.sittings import named_tally
from guanzi.office.models import Discussion, OfficeCase
from guanzi.office.paying.budgeting import budget_over
from guanzi.office.people.disclosure import disclosure
from guanzi.office.people.logbook import WantedEntries, entries_after, sealed, unsealed
from guanzi.office.people.visibility import Viewer
from guanzi.office.refusing import no_case, no_file, seeds_hidden
from guanzi.record.ledger import leaf_hash

router = Router()
router.add_decorator(named_alone)
PLAIN = "^[^\\u0000]*$"
"""Text without a NUL, which no database keeps."""
Limit = Query(100, ge=1, le=1000)
After = Query("", max_length=1000, pattern=PLAIN)
Named = Query("", max_length=1000, pattern=PLAIN)
_Millions = Query(..., ge=0, le=1e12)
_COMPUTING = BudgetOut(state="computing", choice=None)
_OF_A_FILE = {
    "responses": {200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}
}


def _question[V: Callable[..., Any]](
    path: str, answers: type | None, refused: Mapping[int, type] = REFUSED, **further: Any
) -> Callable[[V], V]:
    """Let a function answer at an address of the interface, under its own name."""

    def entered(view: V) -> V:
        router.get(path, response={200: answers, **refused}, operation_id=view.__name__, **further)(view)
        return view

    return entered


@_question("/me", MeOut)
def who_asks(request: Asker) -> MeOut:
    """Who asks, and what the token lets him do."""
    person = request.auth
    return MeOut(
        username=person.username,
        name=person.name,
        organisation=person.organisation.slug if person.organisation is not None else "",
        roles=sorted(person.roles()),
        scopes=sorted(request.scopes),
    )


@_question("/cases", CasesOut)
def list_cases(request: Asker, state: str = Named, limit: int = Limit, after: str = After) -> CasesOut:
    """Cases that the person can see, the first due first."""
    start = beyond(("due", "slug"), after_place(after, date, str))
    found = Viewer(request.auth).cases.filter(start).select_related("head").order_by("due", "slug")
    if state:
        found = found.filter(state=state)
    some, more = page_of(found, limit, lambda one: (one.due, one.slug))
    return CasesOut(items=[_case(case) for case in some], next=more)


@_question("/cases/{slug:case}", CaseWhole)
def read_case(request: Asker, case: str) -> CaseWhole:
    """A case with its streams, sittings and releases."""
    found = visible(request, case)
    return CaseWhole(
        head=_case(found),
        streams=[
            StreamOut(
                stream=one.stream,
                state=one.state,
                owner=one.owner.username if one.owner is not None else None,
                due=one.due,
                void_because=one.void_because,
            )
            for one in found.streams.select_related("owner").order_by("due", "stream")
        ],
        sittings=[
            SittingOut(sitting=one.pk, tally=named_tally(one), **{name: getattr(one, name) for name in _SITTING})
            for one in found.sittings.order_by("-pk")
        ],
        releases=[
            ReleaseOut(
                tranche=one.tranche,
                amount=one.amount,
                state=one.state,
                asked_by=one.asked_by.username,
                asked_at=one.asked_at,
                answered_by=one.answered_by.username if one.answered_by is not None else None,
                answered_at=one.answered_at,
            )
            for one in found.releases.select_related("asked_by", "answered_by").order_by("asked_at")
        ],
    )


@_question("/cases/{slug:case}/facts", FactsOut)
def read_facts(request: Asker, case: str, name: str = Named, limit: int = Limit, after: str = After) -> FactsOut:
    """Facts of the newest version on which the decision rests, in the order of their ids."""
    found = visible(request, case).facts.filter(beyond(("fact",), after_place(after, str))).order_by("fact")
    if name:
        found = found.filter(name=name)
    some, more = page_of(found, limit, lambda one: (one.fact,))
    items = [FactOut(confidence=row.grade, **{field: getattr(row, field) for field in _FACT}) for row in some]
    return FactsOut(items=items, next=more)


@_question("/cases/{slug:case}/versions", VersionsOut)
def list_versions(request: Asker, case: str, limit: int = Limit, after: str = After) -> VersionsOut:
    """Versions of a case, the newest first."""
    found = visible(request, case).versions.select_related("made_by").order_by("-number")
    if (start := after_place(after, int)) is not None:
        found = found.filter(number__lt=start[0])
    some, more = page_of(found, limit, lambda one: (one.number,))
    items = [
        VersionOut(
            number=one.number,
            sha256=one.sha256,
            changed=one.changed,
            made_at=one.made_at,
            made_by=one.made_by.username,
            why=one.why,
        )
        for one in some
    ]
    return VersionsOut(items=items, next=more)


@_question("/budget", BudgetOut, REFUSED_QUESTION)
def choose_within_budget(request: Asker, budget: float = _Millions, cases: str = Named) -> BudgetOut:
    """Which open cases, named with commas between, a year's budget in millions should pay for; ask until it is done."""
    named = [name.strip() for name in cases.split(",") if name.strip()]
    found = budget_over([visible(request, name) for name in named], budget)
    return BudgetOut(state="done", choice=found.result().found.data()) if found.done() else _COMPUTING


@_question("/cases/{slug:case}/discussions", DiscussionsOut)
def list_discussions(request: Asker, case: str, limit: int = Limit, after: str = After) -> DiscussionsOut:
    """Discussions of a case, the newest first, as far as a panel that answers blind lets the person read them."""
    of = visible(request, case)
    found = readable(of, request.auth, panels_of(of)).prefetch_related("remarks__person", "remarks__mentions__person")
    if (start := after_place(after, int)) is not None:
        found = found.filter(pk__lt=start[0])
    some, more = page_of(found.order_by("-pk"), limit, lambda one: (one.pk,))
    return DiscussionsOut(items=[_discussion(one) for one in some], next=more)


@_question("/cases/{slug:case}/files/{path:file}", None, openapi_extra=_OF_A_FILE)
def read_file(request: Asker, case: str, file: str) -> HttpResponse:
    """A file of the newest version, as it is."""
    found = visible(request, case)
    tree = found.tree
    if file not in tree:
        raise NotThere(no_file(file))
    if file in seeds_before(found, request.auth):
        raise Forbidden(seeds_hidden(file))
    answer = HttpResponse(content_of(tree[file]), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, PurePosixPath(file).name)
    return answer


@_question("/log", EntriesOut)
def read_log(request: Asker, case: str = Named, limit: int = Limit, after: str = After) -> EntriesOut:
    """Entries of the log of one's cases, the newest first; auditors and administrators also those of no case."""
    if case:
        visible(request, case)
    start = unsealed(after) if after else None
    if after and start is None:
        raise no_place()
    numbers = entries_after(Viewer(request.auth), start, limit + 1, WantedEntries(case=case))
    more = sealed(numbers[limit - 1]) if len(numbers) > limit else None
    contents = office_log().contents_of(numbers[:limit])
    bodies = {number: json.loads(contents[number])["body"] for number in numbers[:limit]}
    told = disclosure(bodies.values(), request.auth)
    items = [
        EntryOut(entry=leaf_hash(contents[number]).hex(), content=contents[number].decode())
        for number, body in bodies.items()
        if told.tells(number, body)
    ]
    return EntriesOut(items=items, next=more, checkpoint=shown_checkpoint())


_FACT = ("fact", "subject", "name", "topic", "value", "unit", "period", "known_on", "source", "path")
_SITTING = ("number", "purpose", "state", "result", "opened_at", "closed_at", "void_because", "evidence_since")


def _discussion(one: Discussion) -> DiscussionOut:
    remarks = [
        RemarkOut(
            person=said.person.username,
            at=said.at,
            text=said.text,
            mentioned=[mention.person.username for mention in said.mentions.all()],
        )
        for said in sorted(one.remarks.all(), key=lambda said: said.pk)
    ]
    return DiscussionOut(
        discussion=one.pk, kind=one.kind, about=one.about, open=one.resolved_at is None, remarks=remarks
    )


def visible(request: Asker, slug: str) -> OfficeCase:
    """A case that the person sees.

    Raises:
        NotThere: There is none.
    """
    found = Viewer(request.auth).case(slug)
    if found is None:
        raise NotThere(no_case(slug))
    return found


def _case(case: OfficeCase) -> CaseOut:
    plain: dict[str, Any] = {field: getattr(case, field) for field in CaseOut.model_fields if hasattr(case, field)}
    plain |= {"case": case.slug, "version": case.head.sha256 if case.head is not None else None}
    return CaseOut(**plain)
