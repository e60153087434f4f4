"""The first screen of a case: that of its monitor once it is signed, else that of its newest appraisal."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from markupsafe import Markup

from guanzi.base.core import InvalidInput, Message
from guanzi.jobs.following import monitoring
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.models import OfficeCase
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.drawn import without_style
from guanzi.office.pages.rendering import named, show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.paying.afterwards import monitored
from guanzi.render import FirstScreen, NextStep, Sentence


@login_required
def opening(request: PersonRequest, slug: str) -> HttpResponse:
    """The first screen of a case, which its page asks for: the picture takes longer than the rest of the page."""
    case = case_of(request, slug)
    template = "opening_drawn.html.j2" if request.htmx else "opening.html.j2"
    return show(
        request, template, case=case, tab="glance", opening=_shown(_opening(case, request.speaks), request.speaks)
    )


def _shown(opening: FirstScreen, lang: str) -> Markup:
    """The parts as the policy of the office allows them: without inline style."""
    from guanzi.render import sections_html  # loads late: charts need much

    return Markup(without_style(sections_html(tuple(opening.sections()), lang)))


def _opening(case: OfficeCase, lang: str) -> FirstScreen:
    if hasattr(case, "signing"):
        try:
            return monitoring.opening_of(monitored(case, timezone.localdate()))
        except InvalidInput as error:
            return _bare("office.opening.unreadable", error.problems[0].cause, case, lang)
    newest = case.appraisals.filter(state="done").order_by("-asked_at").first()
    if newest is None or "appraisal.json" not in newest.files:
        return _bare("office.opening.unappraised", Message.of("office.opening.no_appraisal"), case, lang)
    found = _appraised(newest.files["appraisal.json"])
    return replace(found, step=_by_lead(found.step, case, lang)) if case.state == "open" else found


@lru_cache(maxsize=64)
def _appraised(blob: str) -> FirstScreen:
    """The first screen of an appraisal that is held under a hash."""
    from guanzi.jobs.appraisal import from_json, opening_of  # loads late: charts need much

    return opening_of(from_json(content_of(blob).decode()))


def _bare(verdict: str, why: Message, case: OfficeCase, lang: str) -> FirstScreen:
    """A first screen that says what is missing, and who gets it by when."""
    step = NextStep(Message.of(f"{verdict}.step"), "", None)
    missing = Sentence(why, tone="unknown")
    change = (Sentence(Message.of(f"{verdict}.change")),)
    return FirstScreen(Message.of(verdict), "unknown", (), missing, (), change, _by_lead(step, case, lang))


def _by_lead(step: NextStep, case: OfficeCase, lang: str) -> NextStep:
    """A step of a case: the lead takes it, by the day on which the case is due."""
    lead = case.seats.filter(part="lead").select_related("person").order_by("pk").first()
    return replace(
        step, owner=named(lead.person if lead else None, lang), day=case.due if case.state == "open" else None
    )
