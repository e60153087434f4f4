"""The stylesheet: that of the reports, and what only the office needs."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from guanzi.render import stylesheet


@cache
def _text(lang: str) -> str:
    own = files("guanzi.office").joinpath("static/office/office.css").read_text("utf-8")
    return stylesheet(lang) + own


@cache_control(public=True, max_age=3600)
def look(request: HttpRequest, lang: str) -> HttpResponse:
    """The stylesheet of a language."""
    return HttpResponse(_text("zh" if lang == "zh" else "en"), content_type="text/css; charset=utf-8")
