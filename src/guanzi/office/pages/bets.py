"""Ended cases of an organisation as its own register of bets: as a file, and laid beside what was to be expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse

from guanzi.base.core import Bilingual, Message, render, scratch_directory
from guanzi.jobs.bets import record
from guanzi.office.models import CaseOutcome
from guanzi.office.pages.alone import alone
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.pages.tables import table_file
from guanzi.office.people.visibility import Viewer

COLUMNS = ("id", "decided", "sector", "in_business", "made_before", "offtake", "sales_to_plan", "outcome")
"""As ``guanzi bets track-record`` reads them."""
_CAME = {1.0: "worked", 0.5: "partly", 0.0: "failed"}


@login_required
def own_bets(request: PersonRequest) -> HttpResponse:
    """The judged cases that the person sees as a file of bets, which the command line reads."""
    return table_file("csv", "bets", COLUMNS, _rows(request.viewer))


@login_required
def own_record(request: PersonRequest) -> HttpResponse:
    """What came of the judged cases, against what is to be expected of bets that were answered alike."""
    from guanzi.render import document_html  # loads late: charts need much

    content = table_file("csv", "bets", COLUMNS, _rows(request.viewer)).content
    if not content.count(b"\n") > 1:
        return show(request, "no_bets.html.j2")
    with scratch_directory(settings.DATA, ".bets-") as work:
        path = Path(work) / "bets.csv"
        path.write_bytes(content)
        found = record.record_of(record.Request(str(path)))
    if (held := request.viewer.organisation) is not None:
        found = replace(found, of=Bilingual(held.name, held.name_zh))
    ways = [("/portfolio/", render(Message.of("office.nav.portfolio"), request.speaks))]
    return alone(document_html(record.document_of(found), request.speaks), ways, request.speaks)


def judged_cases(viewer: Viewer) -> QuerySet[CaseOutcome]:
    """The ended and judged cases that a person sees, but for those that the library counts."""
    return CaseOutcome.objects.filter(case__in=viewer.cases).exclude(precedent={}).select_related("case")


def _rows(viewer: Viewer) -> Iterator[list[Any]]:
    rows = judged_cases(viewer)
    for row in sorted(rows, key=lambda one: (one.precedent["decided"], one.case.slug)):
        bet, told = row.precedent, row.answers
        answers = [told.get(name) for name in COLUMNS[3:-1]]
        yield [row.case.slug, bet["decided"], bet["industry"], *answers, _CAME[bet["success"]]]
