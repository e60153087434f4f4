"""What a company hands in: its own page, and the page on which people of the case answer it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone

from guanzi.base.core import Message, render, unit_words
from guanzi.jobs.following import FIELDS, OF_MONEY, milestones, unit_of
from guanzi.office.actions.watching import FLAGS
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.cases.folders import lay_out
from guanzi.office.models import CompanySeat, HandedIn, OfficeCase
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.permissions import allowed
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.paying.afterwards import watched_deal
from guanzi.office.paying.now import DealNow
from guanzi.record.evidence import label_of, read_index
from guanzi.render import format_amount


@dataclass(frozen=True, slots=True)
class HandedShown:
    """Something that a company handed in, with what it is and says in words."""

    row: HandedIn
    what: str
    value: str


@login_required
def company(request: PersonRequest) -> HttpResponse:
    """The quarter, the milestones and the files that the company hands in, and nothing else of the case.

    Raises:
        Http404: The person sits for no company.
    """
    if request.viewer.company is None:
        raise Http404
    case = request.viewer.company.case
    signed = case.state == "signed"
    asked = []
    if signed:
        watched, reports = watched_deal(case, timezone.localdate()), DealNow(case).reports
        found = [one for one in milestones(watched.sheet, watched.view) if one.kind not in OF_MONEY]
        asked = [(one, one.id not in reports) for one in found]
    return show(
        request,
        "company.html.j2",
        case=case,
        signed=signed,
        fields=figure_fields(case, request.speaks),
        milestones=asked,
        handed=list(shown_handed(case, request.speaks)),
    )


@login_required
def seat(request: PersonRequest, slug: str) -> HttpResponse:
    """What the company of a case handed in, with the forms that answer it, and who sits for it.

    Raises:
        Http404: The case is not signed.
    """
    case = case_of(request, slug)
    if not hasattr(case, "signing"):
        raise Http404
    seats = list(CompanySeat.objects.filter(case=case).select_related("person", "invited_by").order_by("pk"))
    return show(
        request,
        "company_seat.html.j2",
        case=case,
        tab="watch",
        handed=list(shown_handed(case, request.speaks)),
        company_seats=seats,
        inviters={one.person_id: one.invited_by_id for one in seats},
        documents=read_index(lay_out(case.slug, case.tree)),
        allowed=allowed(request, case, "company.invite", "company.end", "company.verify"),
    )


@login_required
def handed(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """A file as the company handed it in, to be saved; no browser opens it as a page of the office."""
    row = HandedIn.objects.filter(case=case_of(request, slug), pk=number, kind="file").first()
    if row is None:
        raise Http404
    answer = HttpResponse(content_of(row.sha256), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{row.sha256[:12]}.bin"'
    return answer


def shown_handed(case: OfficeCase, lang: str) -> Iterator[HandedShown]:
    """What the company handed in and did not replace, what waits first, then the newest."""
    rows = (
        HandedIn.objects.filter(case=case)
        .exclude(state="replaced")
        .select_related("person", "answered_by")
        .order_by("-pk")
    )
    for row in sorted(rows, key=lambda one: one.state != "reported"):
        if row.kind == "file":
            yield HandedShown(row, row.filename, f"{max(row.size, 1_000) / 1e3:,.0f} kB")
            continue
        label = label_of(row.name)
        name = row.name if label is None else render(label, lang)
        yield HandedShown(row, f"{name} {row.quarter}", figure_words(row.value, unit_of(row.name, case.currency), lang))


def figure_fields(case: OfficeCase, lang: str) -> list[tuple[str, str, bool]]:
    """The figures of a quarter: name, what each is typed in, and whether it is yes or no."""
    return [(name, _unit(unit_of(name, case.currency), lang), name in FLAGS) for name in FIELDS]


def figure_words(value: Any, unit: str, lang: str) -> str:
    """What a figure says, in words."""
    if isinstance(value, bool):
        return render(Message.of("office.yes" if value else "office.no"), lang)
    return format_amount(value, unit, lang)


def _unit(unit: str, lang: str) -> str:
    words = Message.of("office.watch.share") if unit == "ratio" else unit_words(unit)
    return render(words, lang) if isinstance(words, Message) else words
