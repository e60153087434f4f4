"""What appraisals of a case found, how far one is that runs, and the dossier as a document of its own."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse

from guanzi.base.core import Message, render
from guanzi.office.actions.appraising import PATHS, WAITING
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.cases.comparing import AppraisalPair, comparisons_of
from guanzi.office.deciding.discussions import open_counts
from guanzi.office.models import AppraisalRun
from guanzi.office.pages.alone import alone
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.permissions import allowed
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.record.playbooks import playbook_names

MOST = 20


@login_required
def findings(request: PersonRequest, slug: str) -> HttpResponse:
    """The newest appraisal in a few words, all appraisals, and the form that asks for one."""
    case = case_of(request, slug)
    runs = case.appraisals.select_related("version", "asked_by").order_by("-pk")
    newest = runs.filter(state="done").first()
    earlier = runs.filter(state="done", as_of__lte=newest.as_of).exclude(pk=newest.pk)[:MOST] if newest else ()
    return show(
        request,
        "findings.html.j2",
        case=case,
        tab="findings",
        newest=newest,
        earlier=earlier,
        comparisons=comparisons_of(case)[:MOST],
        runs=runs[:MOST],
        may=allowed(request, case, "appraisal.ask", "appraisal.cancel", "appraisal.compare", "sheet.cancel_run"),
        discussed=open_counts(case),
        playbooks=playbook_names(),
        paths=PATHS,
    )


@login_required
def progress(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """How far an appraisal is; once it has ended, the page is told to read itself again."""
    run = _run(request, slug, number)
    answer = show(request, "appraisal_progress.html.j2", run=run, case=run.case)
    if run.state not in WAITING:
        answer["HX-Refresh"] = "true"
    return answer


@login_required
def comparing(request: PersonRequest, slug: str, number: int, since: int) -> HttpResponse:
    """How far a comparison of two appraisals is; once it has ended, the page is told to read itself again."""
    found = _comparison(request, slug, number, since)
    answer = show(request, "changes_progress.html.j2", one=found, case=found.run.case)
    if found.run.state not in WAITING:
        answer["HX-Refresh"] = "true"
    return answer


@login_required
def changes(request: PersonRequest, slug: str, number: int, since: int, lang: str) -> HttpResponse:
    """What changed since an earlier appraisal, and why."""
    found = _comparison(request, slug, number, since).run
    return _page(request, slug, (found.result or {}).get("files", {}), f"changes.{lang}.html")


@login_required
def dossier(request: PersonRequest, slug: str, number: int, lang: str) -> HttpResponse:
    """The dossier of an appraisal."""
    return _page(request, slug, _run(request, slug, number).files, f"dossier.{lang}.html")


@login_required
def plain(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """The appraisal as programs read it; its hash is what a decision names."""
    files = _run(request, slug, number).files
    answer = HttpResponse(_content(files, "appraisal.json"), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-appraisal-{number}.json"'
    return answer


def _run(request: PersonRequest, slug: str, number: int) -> AppraisalRun:
    case = case_of(request, slug)
    found = case.appraisals.select_related("version", "case").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _comparison(request: PersonRequest, slug: str, number: int, since: int) -> AppraisalPair:
    found = comparisons_of(case_of(request, slug))
    one = next((one for one in found if (one.of.pk, one.since.pk) == (number, since)), None)
    if one is None:
        raise Http404
    return one


def _page(request: PersonRequest, slug: str, files: Mapping[str, str], name: str) -> HttpResponse:
    """A report on a case below links to the pages on which people ask about it and decide."""
    lang = request.speaks
    ways = [
        (f"/cases/{slug}/{tab}/", render(Message.of(f"office.tab.{tab}"), lang))
        for tab in ("findings", "discussion", "decisions")
    ]
    return alone(_content(files, name).decode(), ways, lang)


def _content(files: Mapping[str, str], name: str) -> bytes:
    if name not in files:
        raise Http404
    return content_of(files[name])
