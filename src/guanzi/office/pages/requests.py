"""Requests of pages, with what the middleware put on them."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from guanzi.office.models import Person
from guanzi.office.people.visibility import Viewer


class VisitRequest(HttpRequest):
    """A request of anybody.

    Attributes:
        speaks: The language of the answer.
        htmx: Whether the script of a form asks, and for which part of the page.
        was_done: The action that was asked for has been done.
    """

    speaks: str
    htmx: HtmxDetails
    was_done: bool


class PersonRequest(VisitRequest):
    """A request of somebody who has entered.

    Attributes:
        viewer: Who that is, with what he may.
    """

    user: Person
    viewer: Viewer
