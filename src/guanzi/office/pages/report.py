"""The report of a quarter for the finance bureau: a page, and the same as a paper and a workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone

from guanzi.base.core import InvalidInput, Message, Period, Place, Problem
from guanzi.jobs.following import fund
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.paying.reporting import report_over

QUARTERS = 12
"""Quarters that are offered at most, the newest first."""
_KINDS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@login_required
def report(request: PersonRequest) -> HttpResponse:
    """Quarters to choose from; once one is named its report, or a page that asks again while it is computed."""
    today, asked = timezone.localdate(), request.GET.get("quarter", "")
    cases = list(request.viewer.cases.filter(state="signed").select_related("head", "signing").order_by("slug"))
    quarters = reported_quarters([case.signing.signed_on for case in cases], today)
    running = bool(quarters) and quarters[0].end >= today
    chosen = asked or (str(quarters[running and len(quarters) > 1]) if quarters else "")
    told: dict[str, Any] = {
        "quarters": [str(one) for one in quarters],
        "chosen": chosen,
        "running": str(quarters[0]) if running else "",
        "today": today,
    }
    if not asked:
        return show(request, "report.html.j2", state="asks", **told)
    try:
        quarter = next((one for one in quarters if str(one) == asked), None)
        if quarter is None:
            raise InvalidInput(Problem(Message.of("office.report.quarter"), Place("")))
        found = report_over(cases, quarter, today)
        if not found.done():
            return show(request, "report.html.j2", state="waits", **told)
        result = found.result()
        kind = request.GET.get("format", "")
        if kind in _KINDS:
            return _file(result, kind, str(quarter), request.speaks)
    except InvalidInput as error:
        return show(request, "report.html.j2", 422, state="refused", problems=error.problems, **told)
    return show(request, "report.html.j2", state="done", parts=_parts(result, request.speaks), **told)


def reported_quarters(signed: Sequence[date], today: date) -> list[Period]:
    """The quarters in which a deal was signed by the end, the running one first; none where none was.

    Args:
        signed: The days on which the deals were signed.
        today: The running quarter is reported as of this day.
    """
    if not signed:
        return []
    now, first = Period.of("quarter", today), min(signed)
    return [one for n in range(QUARTERS) if (one := now.shift(-n)).end >= first]


def _file(result: fund.Result, kind: str, quarter: str, lang: str) -> HttpResponse:
    from guanzi.render import document_pdf, write_document_book  # loads late: each asks for a large library

    document = fund.document_of(result)
    if kind == "pdf":
        content = document_pdf(document, lang)
    else:
        book = io.BytesIO()
        write_document_book(document, book, lang)
        content = book.getvalue()
    answer = HttpResponse(content, content_type=_KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="report-{quarter}.{kind}"'
    return answer


def _parts(result: fund.Result, lang: str) -> list[tuple[str, str, str]]:
    from guanzi.render import blocks_html, localise  # loads late: charts need much

    document = fund.document_of(result)
    return [(part.id, localise(part.heading, lang), blocks_html(part.blocks, lang)) for part in document.sections]
