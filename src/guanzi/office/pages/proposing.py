"""What a document proposes: its page with the figure marked, and the form that accepts, changes or passes over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone

from guanzi.base.core import InvalidInput, scratch_directory
from guanzi.jobs.evidence import confirming, proposals
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.cases.readings import reading_of
from guanzi.office.models import IndexedFact, IndexedPage, OfficeCase, RefusedProposal
from guanzi.office.numbers import number_in
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.evidence import document_forms, entry_of
from guanzi.office.pages.permissions import allowed
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.record.evidence import DataRoomEntry, picture_of_page


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """A proposal beside the case.

    Attributes:
        stated: The proposal.
        quote: The words around it that stand on the page; empty where the page cannot be quoted.
        state: Whether the case holds the same, something else, or nothing; or whether somebody refused it.
        held: Facts of the case of that name and period.
        refused: Who refused it, when and why; None: nobody did.
    """

    stated: confirming.StatedProposal
    quote: str
    state: Literal["new", "held", "contradicts", "refused"]
    held: tuple[IndexedFact, ...]
    refused: RefusedProposal | None = None

    @property
    def box(self) -> str:
        """Where it stands on the page, as a refusal keeps it."""
        return ",".join(f"{side:.1f}" for side in self.stated.box or ())


@login_required
def proposing(request: PersonRequest, slug: str, id: str) -> HttpResponse:
    """The proposals of a document, one of them to be accepted, changed or passed over."""
    case = case_of(request, slug)
    entry = entry_of(case, id)
    run = reading_of(entry.sha256, _ending(entry))
    given: dict[str, Any] = {**document_forms(request, case), "entry": entry, "pages": run.pages}
    given["allowed"] |= allowed(request, case, "evidence.refuse_proposal", "evidence.propose_again")
    if not run.future.done():
        return show(request, "proposing.html.j2", **given, waits=True)
    error = run.future.exception()
    if error is not None:
        problems = error.problems if isinstance(error, InvalidInput) else ()
        return show(request, "proposing.html.j2", **given, waits=False, problems=problems, failed=True)
    document = run.future.result()
    found = list(_beside(case, entry, document, request.speaks))
    left = [one for one in found if one.state not in ("held", "refused")]
    at = number_in(request.GET.get("at", "")) or 0
    one = next((o for o in left if o.stated.at >= at), left[-1] if left else None)
    number = left.index(one) if one is not None else 0
    return show(
        request,
        "proposing.html.j2",
        **given,
        waits=False,
        failed=False,
        found=found,
        unread=len(document.reading.unread),
        one=one,
        pictured=entry.kind in ("pdf", "image"),
        known_on=min(confirming.day_of_document(document) or entry.known_on, timezone.localdate()).isoformat(),
        before=left[number - 1].stated.at if number else None,
        after=left[number + 1].stated.at if number + 1 < len(left) else None,
        place=number + 1,
        left=len(left),
    )


@login_required
def page_picture(request: PersonRequest, slug: str, id: str, at: int) -> HttpResponse:
    """The page on which a proposal stands as a picture, with its box marked."""
    case = case_of(request, slug)
    entry = entry_of(case, id)
    run = reading_of(entry.sha256, _ending(entry))
    if not run.future.done() or run.future.exception() is not None:
        raise Http404
    spots = [(one.page, one.box) for one in confirming.stated_proposals(run.future.result(), request.speaks)]
    if at >= len(spots):
        raise Http404
    name = f"{entry.id}.{_ending(entry)}"
    with scratch_directory(settings.DATA, ".picture-") as work:
        path = Path(work) / name
        path.write_bytes(content_of(entry.sha256))
        drawn = picture_of_page(path, name, *spots[at])
    if drawn is None:
        raise Http404
    answer = HttpResponse(drawn, content_type="image/png")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def _ending(entry: DataRoomEntry) -> str:
    return entry.file.rpartition(".")[2]


def _beside(
    case: OfficeCase, entry: DataRoomEntry, document: proposals.ReadDocument, lang: str
) -> Iterator[OpenProposal]:
    words = dict(IndexedPage.objects.filter(case=case, sha256=entry.sha256).values_list("page", "words"))
    stated = list(confirming.stated_proposals(document, lang))
    names = {one.name for one in stated}
    rows = IndexedFact.objects.filter(case=case, subject="company", superseded_by="", name__in=names)
    held: dict[tuple[str, str, str], list[IndexedFact]] = {}
    for row in rows.order_by("fact"):
        held.setdefault((row.name, row.period, row.unit), []).append(row)
    refusals = RefusedProposal.objects.filter(case=case, sha256=entry.sha256).select_related("person")
    refused = {(row.fact, row.period, row.page, row.box, row.figure): row for row in refusals}
    for one in stated:
        beside = tuple(held.get((one.name, one.period, one.unit), ()))
        same = any(one.says_the_same(row.content.get("value")) for row in beside)
        known: Literal["new", "held", "contradicts"] = "held" if same else "contradicts" if beside else "new"
        made = OpenProposal(one, one.quote_on(words.get(one.page, "")), known, beside)
        refusal = refused.get((one.name, one.period, one.page, made.box, one.figure[:200]))
        yield made if refusal is None or same else replace(made, state="refused", refused=refusal)
