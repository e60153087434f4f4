"""The panel of experts of a case: questions, blind answers, the discussion, and what comes of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from guanzi.jobs.experts import Assessed, Elicited, elicit
from guanzi.office.deciding.discussions import open_counts
from guanzi.office.deciding.now import CaseNow
from guanzi.office.deciding.panels import OfficePanel
from guanzi.office.models import ClosedPanel, Person
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.permissions import allowed
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.record.evidence import QuestionEntry

_ENDS = (0.05, 0.5, 0.95)


@login_required
def panel(request: PersonRequest, slug: str) -> HttpResponse:
    """The panels of a case, as far as the reader may see them."""
    now = CaseNow(case := case_of(request, slug))
    lang = request.speaks
    return show(
        request,
        "panel.html.j2",
        case=case,
        tab="panel",
        panels=[_shown(one, request.user, lang) for one in now.panels],
        own=set(ClosedPanel.objects.filter(case=case, sha256__in=case.tree.values()).values_list("panel", flat=True)),
        discussed=open_counts(case),
        may=allowed(request, case, "panel.ask", "panel.judge", "panel.close", "appraisal.ask"),
    )


def _shown(found: OfficePanel, reader: Person, lang: str) -> dict[str, Any]:
    form = found.asked.form
    pooled = elicit(found.asked) if found.closed else None
    return {
        "panel": found,
        "title": (form.title_zh if lang == "zh" else "") or form.title,
        "answered": [person for person in found.experts if not found.lacking(person)],
        "sees": found.shown,
        "weighting": pooled.weighting if pooled is not None else "",
        "questions": [_question(found, question, reader, pooled, lang) for question in form.questions],
        "known_on": form.rounds[-1].known_on if form.rounds else None,
    }


def _question(
    found: OfficePanel, question: QuestionEntry, reader: Person, pooled: Elicited | None, lang: str
) -> dict[str, Any]:
    """A question with the answers that the reader may see; the true value of a seed shows once the panel is closed."""
    assessed = next((one for one in pooled.questions if one.question.id == question.id), None) if pooled else None
    own = found.given.get((reader.pk, 2, question.id)) or found.given.get((reader.pk, 1, question.id))
    return {
        "id": question.id,
        "text": (question.text_zh if lang == "zh" else "") or question.text,
        "unit": question.unit,
        "parameter": question.parameter,
        "seed": question.seed.value if question.seed is not None and found.closed else None,
        "own": own,
        "round": found.round_of(reader, question.id) if found.fits else None,
        "said": _anonymous_answers(found, question, assessed) if found.shown else [],
        "pool": assessed.weighted.quantile(_levels()).tolist() if assessed is not None else None,
    }


def _anonymous_answers(found: OfficePanel, question: QuestionEntry, assessed: Assessed | None) -> list[Any]:
    """Answers without names: of the evidence once the panel is closed, of the first round before."""
    if assessed is None:
        return found.first_round(question.id)
    rows = found.asked.form.rounds[-1].answers
    ends = [(a.values[0], a.values[len(a.values) // 2], a.values[-1]) for a in rows if a.question == question.id]
    reasons = [a.reason for a in rows if a.question == question.id]
    return sorted(zip(ends, reasons, strict=True), key=lambda row: (row[0][1], row))


def _levels() -> Any:
    import numpy as np

    return np.array(_ENDS)
