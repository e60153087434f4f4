"""The deal desk: term sheets, an editor that says at once what is weak, simulation, and versions side by side."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from guanzi.base.core import GuanziError, InvalidInput, Problem
from guanzi.deal.terms import GROUPS, group_title
from guanzi.jobs.appraisal import Exposure, Figure
from guanzi.jobs.shared import format_interval, format_value
from guanzi.jobs.structuring import clauseform, compare_clauses
from guanzi.office.actions import load_actions, perform
from guanzi.office.bodies import TEXT, takes
from guanzi.office.cases.conditions import document_of, proposed_sheet
from guanzi.office.cases.demanded import demands_of
from guanzi.office.cases.drafts import DraftFinding, check_length, read_draft
from guanzi.office.cases.termsheets import TERMS, as_written, check_sheet_path, kept_sheet, sheets_of, text_of
from guanzi.office.deciding.discussions import open_counts
from guanzi.office.models import CaseVersion, OfficeCase, SheetRun
from guanzi.office.numbers import number_in
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.drawn import DrawnPicture, amount, drawn
from guanzi.office.pages.evidence import documents_of
from guanzi.office.pages.permissions import allowed
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest

FIELD = "set."
"""Before the address of a value in the names of fields of the form by clause."""
LEVELS = ("info", "warning", "error")
"""Of findings, the heaviest last."""
_NEW = """\
deal: {slug}
title: {{en: "", zh: ""}}
status: draft
currency: {currency}
unit: 1e6
known_on: {day}
signed: {day}
parties:
  company: {{role: issuer, name: {{en: "{company}"}}}}
  city: {{role: public, name: {{en: "{region}"}}}}
instruments: {{}}
"""


@login_required
def terms(request: PersonRequest, slug: str) -> HttpResponse:
    """The term sheets of the newest version, with who approved them."""
    case = case_of(request, slug)
    new = request.GET.get("name", "").strip()
    if new:
        return redirect(f"/cases/{slug}/terms/{new.removesuffix('.yaml')}.yaml/")
    found = sheets_of(case)
    return show(
        request,
        "terms.html.j2",
        case=case,
        tab="terms",
        sheets=found,
        signing=getattr(case, "signing", None),
        sittings=case.sittings.filter(state="closed", result__in=("back", "back_with_conditions"))
        .select_related("appraisal")
        .order_by("-closed_at"),
        demands_of=demands_of,
        allowed=allowed(request, case, "sheet.save", "sheet.approve", "deal.sign", "deal.amend"),
    )


@login_required
def sheet(request: PersonRequest, slug: str, name: str) -> HttpResponse:
    """The editor of a term sheet."""
    case, path = _sheet_path(request, slug, name)
    head = case.tree
    text = text_of(head[path]) if path in head else _blank(case)
    return _editor(request, case, path, text)


@takes(TEXT)
@login_required
@require_POST
def check(request: PersonRequest, slug: str, name: str) -> HttpResponse:
    """What is weak in a text, every clause in words, and what it costs; nothing is kept."""
    case, path = _sheet_path(request, slug, name)
    text = as_written(request.POST.get("text", ""))
    if not request.htmx:
        return _editor(request, case, path, text)
    shown: dict[str, Any] = {"path_of_page": f"/cases/{slug}/terms/{name}/", "text": text, "with_fields": True}
    return show(request, "sheet_check.html.j2", case=case, **shown, **_read(request, case, path, text))


@takes(TEXT)
@login_required
@require_POST
def fields(request: PersonRequest, slug: str, name: str) -> HttpResponse:
    """The text with other values of its clauses, as the form by clause gives them; nothing is kept."""
    case, path = _sheet_path(request, slug, name)
    text = as_written(request.POST.get("text") or request.POST.get("as_read", ""))
    given = {at.removeprefix(FIELD): str(value) for at, value in request.POST.items() if at.startswith(FIELD)}
    problems: Sequence[Problem] = ()
    try:
        check_length(path, text)
        text = as_written(clauseform.with_fields(document_of(path, text), given))
    except InvalidInput as error:
        problems = error.problems
    if not request.htmx:
        return _editor(request, case, path, text, problems)
    read = _read(request, case, path, text)
    shown: dict[str, Any] = {"path_of_page": f"/cases/{slug}/terms/{name}/", "misfit": problems, "oob": True}
    return show(request, "sheet_fields.html.j2", case=case, text=text, **shown, **read)


@takes(TEXT)
@login_required
@require_POST
def simulate(request: PersonRequest, slug: str, name: str) -> HttpResponse:
    """Simulate a text that is not saved, and show how far it is."""
    case, path = _sheet_path(request, slug, name)
    load_actions()
    asked = {"case": case.slug, "path": path, "text": request.POST.get("text", "")}
    try:
        done = perform(request.user, "sheet.simulate", asked, secrets.token_urlsafe(16))
    except GuanziError as error:
        if request.htmx:
            return show(request, "sheet_refused.html.j2", problems=error.problems)
        return show(request, "refused.html.j2", 422, problems=error.problems, back=request.path)
    found = SheetRun.objects.get(pk=done.answer["run"])
    if not request.htmx:
        return redirect(f"/cases/{slug}/terms/{name}/?run={found.pk}")
    return show(request, "sheet_run.html.j2", case=case, name=name, **_run(request, case, found))


@login_required
def run(request: PersonRequest, slug: str, name: str, id: int) -> HttpResponse:
    """How far a simulation is, and what it found."""
    case, _ = _sheet_path(request, slug, name)
    found = SheetRun.objects.filter(case=case, pk=id).first()
    if found is None:
        raise Http404
    return show(request, "sheet_run.html.j2", case=case, name=name, **_run(request, case, found))


@login_required
def difference(request: PersonRequest, slug: str, name: str) -> HttpResponse:
    """Two versions of a term sheet clause by clause, side by side."""
    from guanzi.jobs.shared import clause_table
    from guanzi.render import blocks_html  # loads late: charts need much

    case, path = _sheet_path(request, slug, name)
    versions = _versions(case, path)
    if not versions:
        raise Http404
    after = _chosen(versions, request.GET.get("after"), versions[-1])
    before = _chosen(versions, request.GET.get("before"), versions[max(versions.index(after) - 1, 0)])
    changed = ""
    problems: Sequence[Problem] = ()
    try:
        old, new = (kept_sheet(path, one.tree[path]) for one in (before, after))
        if changes := compare_clauses(old, new):
            changed = blocks_html((clause_table(changes),), request.speaks)
    except InvalidInput as error:
        problems = error.problems
    return show(
        request,
        "difference.html.j2",
        case=case,
        tab="terms",
        sheet_name=path.removeprefix(TERMS),
        versions=versions,
        before=before,
        after=after,
        changed=changed,
        problems=problems,
    )


def _editor(
    request: PersonRequest, case: OfficeCase, path: str, text: str, misfit: Sequence[Problem] = ()
) -> HttpResponse:
    held = next((one for one in sheets_of(case) if one.path == path), None)
    runs = SheetRun.objects.filter(case=case, path=path, tranche="").order_by("-asked_at")
    wanted = number_in(request.GET.get("run"))
    may = allowed(request, case, "sheet.save", "sheet.approve", "sheet.simulate")
    newest = runs.first() if wanted is None else runs.filter(pk=wanted).first()
    return show(
        request,
        "sheet.html.j2",
        case=case,
        tab="terms",
        sheet_path=path,
        path_of_page=f"/cases/{case.slug}/terms/{path.removeprefix(TERMS)}/",
        name=path.removeprefix(TERMS),
        text=text,
        misfit=misfit,
        held=held,
        versions=_versions(case, path),
        allowed=may,
        proposal=proposed_sheet(case, path) if held is not None and "sheet.save" in may else None,
        **_read(request, case, path, text),
        **(_run(request, case, newest) if newest is not None else {"run": None}),
    )


def _read(request: PersonRequest, case: OfficeCase, path: str, text: str) -> dict[str, Any]:
    """What a text says, for the part of the page that is refreshed."""
    draft = read_draft(case, path, text, request.user)
    clauses = [(group_title(group), [one for one in draft.clauses if one.group == group]) for group in GROUPS]
    money = {}
    if draft.currency is not None and draft.totals is not None:
        money = {name: amount(value, draft.currency, request.speaks) for name, value in draft.totals.items()}
    forms = _forms(path, text, [one.id for one in draft.clauses])
    shown = {"draft": draft, "groups": [one for one in clauses if one[1]], "money": money, "forms": forms}
    shown["sentences"] = {one.id: one.message for one in draft.clauses}
    held = {one.id for one in forms}
    findings = sorted(draft.findings, key=_weight)
    shown["findings"] = [(one, one.clause if one.clause in held else "") for one in findings]
    pages = _pages_of(case) if draft.contract is not None else {}
    return shown | {"sheet_name": path.removeprefix(TERMS), "discussed": open_counts(case), "pages": pages}


def _pages_of(case: OfficeCase) -> dict[str, str]:
    """Documents of the data room by what sheets call them: a source that has one document, or the file."""
    entries = documents_of(case)
    sources = [one.source for one in entries]
    named = {one.source: one.id for one in entries if one.source and sources.count(one.source) == 1}
    return named | {one.file.rpartition("/")[2]: one.id for one in entries}


def _forms(path: str, text: str, clauses: Sequence[str]) -> tuple[clauseform.ClauseFields, ...]:
    """The clauses of a text as forms; none of a text that cannot be read, whose errors are told beside it."""
    try:
        return clauseform.clause_fields(document_of(path, text), clauses) if clauses else ()
    except InvalidInput:
        return ()


def _weight(one: DraftFinding) -> tuple[int, int]:
    """What weighs most comes first, then the order of the text."""
    return -LEVELS.index(one.level) if one.level in LEVELS else 0, one.line


def _run(request: PersonRequest, case: OfficeCase, found: SheetRun) -> dict[str, Any]:
    """A simulation with its figures and its picture."""
    shown: dict[str, Any] = {"run": found, "figures": [], "picture": None, "sentence": None}
    if found.state != "done" or found.tranche or found.result is None:
        return shown
    lang = request.speaks
    figures = [Figure.model_validate(data) for data in found.result["figures"]]
    shown["figures"] = [(one.label, format_value(one, lang), format_interval(one, lang)) for one in figures]
    if found.result["exposure"] is not None:
        exposure = Exposure.model_validate(found.result["exposure"])
        shown |= {"picture": _picture(exposure.model_dump_json(), lang), "sentence": exposure.sentence}
    head = case.tree
    shown["of_head"] = head.get(found.path) == found.tree[found.path]
    return shown


@lru_cache(maxsize=64)
def _picture(exposure: str, lang: str) -> DrawnPicture:
    from guanzi.jobs.appraisal import signature_picture  # loads late: charts need much

    return drawn(signature_picture(Exposure.model_validate_json(exposure), lang))


def _versions(case: OfficeCase, path: str) -> list[CaseVersion]:
    """Versions of the case in which the text of this sheet is another than before, oldest first."""
    found, last = [], None
    for version in case.versions.select_related("made_by").order_by("number"):
        held = version.tree.get(path)
        if held is not None and held != last:
            found.append(version)
        last = held
    return found


def _chosen(versions: list[CaseVersion], number: str | None, otherwise: CaseVersion) -> CaseVersion:
    return next((one for one in versions if str(one.number) == number), otherwise)


def _sheet_path(request: PersonRequest, slug: str, name: str) -> tuple[OfficeCase, str]:
    case, path = case_of(request, slug), f"{TERMS}{name}"
    try:
        check_sheet_path(path)
    except InvalidInput as error:
        raise Http404 from error
    return case, path


def _blank(case: OfficeCase) -> str:
    day = case.decision_date.isoformat()
    return _NEW.format(slug=case.slug, currency=case.currency, day=day, company=case.company, region=case.region)
