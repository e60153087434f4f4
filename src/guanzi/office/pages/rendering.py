"""Templates of the office: those of the reports, with their words, look and numbers."""

from __future__ import annotations

import secrets
from datetime import datetime
from functools import cache
from typing import Any

import segno
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils import timezone
from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup, escape

from guanzi.base.core import Message, Problem, catalogue, localised, render
from guanzi.jobs.chains import link_names
from guanzi.jobs.shared import day as day_words
from guanzi.jobs.shared import plain_environment
from guanzi.office.cases.subjects import reason_key
from guanzi.office.models import Person
from guanzi.office.pages.labels import label_cells
from guanzi.office.pages.requests import VisitRequest
from guanzi.record import playbooks


@cache
def environment(lang: str) -> Environment:
    """Templates that speak a language."""
    templates = plain_environment(lang)
    loaders = (PackageLoader("guanzi.office"), templates.loader)
    templates.loader = ChoiceLoader([loader for loader in loaders if loader is not None])
    templates.auto_reload = False
    templates.globals |= {
        "say": lambda id, /, **params: render(Message.of(f"office.{id}", **params), lang),
        "static": static,
        "new_key": lambda: secrets.token_urlsafe(16),
        "lang": lang,
    }
    templates.filters |= {
        "message": lambda data: render(data, lang),
        "sentence": lambda text: sentence(text, lang),
        "problem": lambda problem: _problem(problem, lang),
        "problem_words": lambda problem: _problem_words(problem, lang),
        "moment": lambda at: moment(at, lang),
        "named": lambda person: named(person, lang),
        "qr": _qr,
        "words": lambda words: render(playbooks.worded(words), lang),
        "both": lambda thing, field: in_language(thing, field, lang),
        "playbook": lambda id: localised(playbooks.playbook_called(id), lang),
        "reason_key": reason_key,
        "industry": lambda code: industry_name(code, lang),
    }
    return templates


def show(request: VisitRequest, template: str, status: int = 200, **values: Any) -> HttpResponse:
    """A page."""
    lang = request.speaks
    person = request.user if request.user.is_authenticated else None
    token = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(request))
    text = (
        environment(lang)
        .get_template(template)
        .render(
            request=request,
            person=person,
            roles=frozenset(map(str, person.roles())) if person is not None else frozenset(),
            csrf=token,
            csrf_token=get_token(request),
            path=request.path,
            **values,
        )
    )
    return HttpResponse(label_cells(text), status=status)


def moment(at: datetime, lang: str) -> str:
    """Day and minute at the place of the office."""
    local = timezone.localtime(at)
    return f"{day_words(local.date(), lang)} {local:%H:%M}"


def named(person: Person | None, lang: str) -> str:
    """A person as others read him."""
    if person is None:
        return render(Message.of("office.nobody"), lang)
    return (person.name_zh if lang == "zh" and person.name_zh else person.name) or person.username


def in_language(thing: Any, field: str, lang: str) -> str:
    """A field that may have a Chinese form."""
    return (getattr(thing, f"{field}_zh", "") if lang == "zh" else "") or getattr(thing, field)


def industry_name(code: str, lang: str) -> str:
    """An industry in words; a case from a chain has a link as its industry; any other code is spelt out."""
    id = f"appraisal.outside.industry.{code}"
    if id in catalogue("appraisal", "en"):
        return render(Message.of(id), lang)
    return localised(link_names().get(code, code.replace("-", " ")), lang)


def sentence(text: str, lang: str) -> str:
    """Words that end like a sentence, so that what follows them is read apart."""
    return text if text.endswith((*".!?:。！？：",)) else text + ("。" if lang == "zh" else ".")


def _qr(address: str) -> Markup:
    """A square that a phone reads, as SVG without styles."""
    return Markup(segno.make(address).svg_inline(scale=4, border=2))


def _problem(problem: Problem, lang: str) -> Markup:
    """A problem: what, where, and how to fix it."""
    return Markup("{} <span class='note'>{}</span>").format(_problem_words(problem, lang), str(problem.place))


def _problem_words(problem: Problem, lang: str) -> Markup:
    """A problem without its place: what, and how to fix it."""
    said = (problem.cause, *([problem.fix] if problem.fix is not None else []))
    return Markup(" ").join(escape(sentence(render(one, lang), lang)) for one in said)
