"""The page of one year's budget: several open cases, which of them to sign, what each displaces, and what can wait."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.jobs.structuring import budgeting
from guanzi.office.models import OfficeCase
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.paying.budgeting import budget_over
from guanzi.office.people.visibility import Viewer


@login_required
def budget(request: PersonRequest) -> HttpResponse:
    """Cases to choose from; once a budget is asked for, the answer, or a page that asks again while it is computed."""
    asked = request.GET.get("budget", "").strip()
    chosen = request.GET.getlist("case")
    open_cases = open_of(request.viewer)
    told: dict[str, Any] = {"cases": open_cases, "chosen": chosen, "budget": asked}
    if not asked:
        return show(request, "budget.html.j2", state="asks", **told)
    try:
        found = budget_over([case for case in open_cases if case.slug in chosen], amount_of(asked))
        if not found.done():
            return show(request, "budget.html.j2", state="waits", **told)
        result = found.result()
    except InvalidInput as error:
        asked_of = [case for case in open_cases if case.slug in chosen]
        problems = [(_case_of(one, asked_of), one) for one in error.problems]
        return show(request, "budget.html.j2", 422, state="refused", problems=problems, **told)
    return show(request, "budget.html.j2", state="done", parts=_parts(result, request.speaks), **told)


def _case_of(problem: Problem, cases: Sequence[OfficeCase]) -> OfficeCase | None:
    """The one case that holds the file in which a problem stands; None: none does, or several hold one of that name."""
    held = [case for case in cases if problem.place.file in case.tree]
    return held[0] if len(held) == 1 else None


def open_of(viewer: Viewer) -> list[OfficeCase]:
    """The open cases that somebody can see, by their ids."""
    return list(viewer.cases.filter(state="open").select_related("head").order_by("slug"))


def amount_of(text: str) -> float:
    """Millions as somebody writes them.

    Raises:
        InvalidInput: It is no amount.
    """
    try:
        amount = float(text.replace(",", ""))
    except ValueError:
        amount = math.nan
    if not 0.0 <= amount < 1e12:
        raise InvalidInput(Problem(Message.of("office.budget.amount"), Place("budget")))
    return amount


def _parts(result: budgeting.Result, lang: str) -> Sequence[tuple[str, str, str]]:
    """Id, heading and blocks of each part of the answer."""
    from guanzi.render import blocks_html, localise  # loads late: charts need much

    document = budgeting.document_of(result)
    return [(part.id, localise(part.heading, lang), blocks_html(part.blocks, lang)) for part in document.sections]
