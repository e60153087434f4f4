"""The data room: documents with their pages, facts with source and grade, and the forms that add to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse

from guanzi.base.core import UNITS, InvalidInput, Message, render
from guanzi.jobs.bets import answers
from guanzi.jobs.evidence import modelling
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.cases.exchange import packed
from guanzi.office.cases.folders import lay_out
from guanzi.office.cases.modelreadings import model_of
from guanzi.office.cases.questions import questions_of
from guanzi.office.deciding.panels import seeds_before
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import CaseVersion, IndexedFact, IndexedPage, IndexedSource, OfficeCase, WatchedFact
from guanzi.office.numbers import number_in
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.permissions import allowed
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.pages.tables import TableAsked, list_asked, table_file
from guanzi.office.refusing import seeds_hidden
from guanzi.record.evidence import UNITS_BY_NAME, DataRoomEntry, label_of, read_index

PAGE = 50
_FEEDING = 200
"""Typed numbers of a model that its page shows."""
SORTS = ("name", "subject", "period", "known_on", "grade", "topic", "fact")
_ACTIONS = ("evidence.upload", "evidence.add_source", "evidence.add_fact", "evidence.replace_folder")
_COLUMNS = ("fact", "subject", "name", "value", "unit", "period", "known_on", "source", "grade", "topic")


@login_required
def evidence(request: PersonRequest, slug: str) -> HttpResponse:
    """Documents and facts of a case."""
    case = case_of(request, slug)
    asked = _asked(request)
    page = Paginator(_facts(asked, case), PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "evidence.html.j2",
        case=case,
        tab="evidence",
        page=page,
        asked=asked,
        questions=questions_of(case),
        documents=documents_of(case),
        sources={row.source: row for row in case.sources.all()},
        named_streams=[
            *((rule.id, render(Message.of(f"office.stream.{rule.id}"), request.speaks)) for rule in workflow().streams),
            ("none", render(Message.of("office.evidence.no_stream"), request.speaks)),
        ],
        labels=_labels(request, (*filter(None, answers.ANSWERED_BY.values()), *(row.name for row in page.object_list))),
        allowed=allowed(request, case, *_ACTIONS),
    )


@login_required
def facts_file(request: PersonRequest, slug: str, kind: str) -> HttpResponse:
    """The facts that the page shows, all of them, as a file for a spreadsheet."""
    case = case_of(request, slug)
    return table_file(kind, f"{case.slug}-facts", _COLUMNS, _facts(_asked(request), case).values_list(*_COLUMNS))


@login_required
def document(request: PersonRequest, slug: str, id: str) -> HttpResponse:
    """A document, page by page, with the form that quotes from it."""
    case = case_of(request, slug)
    entry = entry_of(case, id)
    pages = IndexedPage.objects.filter(case=case, sha256=entry.sha256).order_by("page")
    page = Paginator(pages, 1).get_page(request.GET.get("page"))
    of_page = {"case": case, "content__document__in": (entry.id, entry.file)}
    cited = [one for rows in (IndexedFact, WatchedFact) for one in rows.objects.filter(**of_page).order_by("fact")]
    model = _model(case, entry) if entry.kind == "xlsx" else None
    given = document_forms(request, case)
    return show(request, "document.html.j2", entry=entry, page=page, cited=cited, model=model, **given)


def _model(case: OfficeCase, entry: DataRoomEntry) -> dict[str, Any]:
    """A workbook as a model: its claims beside the facts of the case, and the claims that each typed number feeds."""
    reading = model_of(case, entry.sha256)
    if not reading.done():
        return {"waits": True}
    error = reading.exception()
    if error is not None:
        return {"waits": False, "problems": error.problems if isinstance(error, InvalidInput) else ()}
    result = reading.result()
    feeding = modelling.feeding_cells(result)
    labels = {one.found.fact: label_of(one.found.fact) for one in result.claims}
    return {
        "waits": False,
        "problems": None,
        "claims": result.claims,
        "graph": result.graph,
        "feeding": feeding[:_FEEDING],
        "feeding_in_all": len(feeding),
        "labels": labels,
    }


@login_required
def original(request: PersonRequest, slug: str, id: str) -> HttpResponse:
    """A document as it came, to be saved; no browser opens it as a page of the office."""
    case = case_of(request, slug)
    entry = entry_of(case, id)
    answer = HttpResponse(content_of(entry.sha256), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{entry.id}.{entry.file.rpartition(".")[2]}"'
    return answer


@login_required
def fact(request: PersonRequest, slug: str, id: str) -> HttpResponse:
    """A fact with everything that is held of it, what it corrects, and the form that corrects it."""
    case = case_of(request, slug)
    row = IndexedFact.objects.filter(case=case, fact=id).first()
    after = None if row is not None else WatchedFact.objects.filter(case=case, fact=id).first()
    if (held := row or after) is None:
        raise Http404
    return show(
        request,
        "fact.html.j2",
        fact=held,
        after_signing=after is not None,
        source=_source(held),
        labels=_labels(request, [held.name]),
        **document_forms(request, case),
    )


def _source(fact: IndexedFact | WatchedFact) -> IndexedSource | None:
    if isinstance(fact, IndexedFact):
        return IndexedSource.objects.filter(case=fact.case, source=fact.source).first()
    published = fact.origin["published"]
    return IndexedSource(**fact.origin | {"published": published and date.fromisoformat(published)})


@login_required
def folder(request: PersonRequest, slug: str) -> HttpResponse:
    """A version of the case as a folder in a ZIP file; the newest, or that whose number is asked for."""
    case = case_of(request, slug)
    asked = request.GET.get("version", "")
    version = case.head
    if asked:
        version = CaseVersion.objects.filter(case=case, number=number_in(asked) or 0).first()
    if version is None:
        raise Http404
    if hidden := seeds_before(case, request.user):
        problems = [seeds_hidden(name) for name in sorted(hidden)]
        return show(request, "refused.html.j2", 403, problems=problems, back=f"/cases/{case.slug}/evidence/")
    answer = HttpResponse(packed(version), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{case.slug}-{version.number}.zip"'
    return answer


def _asked(request: PersonRequest) -> TableAsked:
    return list_asked(request, "evidence", SORTS)


def _facts(asked: TableAsked, case: OfficeCase) -> QuerySet[IndexedFact]:
    kept, found = asked.kept, IndexedFact.objects.filter(case=case)
    if "old" not in kept:
        found = found.filter(superseded_by="")
    for words in kept.get("q", "").split():
        found = found.filter(words__icontains=words)
    if stream := kept.get("stream"):
        found = found.filter(topic="" if stream == "none" else stream)
    if name := kept.get("name"):
        found = found.filter(name=name)
    return asked.ordered(found, *(("fact",) if asked.sort else ("name", "subject", "period", "fact")))


def documents_of(case: OfficeCase) -> list[DataRoomEntry]:
    """The documents of a case as its list has them."""
    return list(read_index(lay_out(case.slug, case.tree), []))


def entry_of(case: OfficeCase, id: str) -> DataRoomEntry:
    """The line of a document in the list of its case.

    Raises:
        Http404: There is none.
    """
    entry = next((entry for entry in documents_of(case) if entry.id == id), None)
    if entry is None:
        raise Http404
    return entry


def _labels(request: PersonRequest, names: Iterable[str]) -> dict[str, str]:
    """Names of facts in the language of the page; a name that no check reads has none."""
    found = {name: label_of(name) for name in set(names)}
    return {name: render(label, request.speaks) for name, label in found.items() if label is not None}


def document_forms(request: PersonRequest, case: OfficeCase) -> dict[str, Any]:
    """What the forms of evidence offer to choose from."""
    names = {name: label for name in UNITS_BY_NAME if (label := label_of(name)) is not None}
    return {
        "case": case,
        "tab": "evidence",
        "sources": case.sources.order_by("source"),
        "documents": documents_of(case),
        "units": list(UNITS),
        "names": {name: render(label, request.speaks) for name, label in names.items()},
        "streams": [rule.id for rule in workflow().streams],
        "allowed": allowed(request, case, *_ACTIONS, "evidence.correct_fact"),
    }
