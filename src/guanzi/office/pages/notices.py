"""How a person learns that something waits: his channels, his calendar, and the links of notices."""

from __future__ import annotations

from hashlib import sha256

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from guanzi.base.core import Message, render
from guanzi.jobs.shared import CalendarEvent, icalendar
from guanzi.office.actions.notices import MOST
from guanzi.office.inbox.channels import offered
from guanzi.office.inbox.outbox import DIGEST_HOUR, line_of, link_to
from guanzi.office.inbox.waiting import waiting_for
from guanzi.office.models import CalendarFeed
from guanzi.office.pages.errors import too_often
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest, VisitRequest
from guanzi.office.people.ratelimit import too_fast
from guanzi.office.people.visibility import Viewer

MOMENTS = ("at_once", "daily")
SHOWN = 4
"""Last characters of an address that its page shows; the rest may be a key."""


@login_required
def notices(request: PersonRequest) -> HttpResponse:
    """The person's channels with what became of them, and whether his calendar can be read."""
    lang = request.speaks
    return show(
        request,
        "notices.html.j2",
        channels=request.user.channels.order_by("pk"),
        kinds=[(kind, render(Message.of(f"office.channel.{kind}"), lang)) for kind in offered()],
        moments=[(one, render(Message.of(f"office.notices.{one}", hour=DIGEST_HOUR), lang)) for one in MOMENTS],
        most=MOST,
        hour=DIGEST_HOUR,
        feed=CalendarFeed.objects.filter(person=request.user).first(),
        shown=SHOWN,
    )


@login_required
def waiting(request: PersonRequest, mark: str) -> HttpResponse:
    """On to what waits under a mark; where it waits no longer, or for somebody else, to the first page."""
    found = next((item.address for item in waiting_for(request.viewer) if item.mark == mark), "/")
    return redirect(found)


def calendar(request: VisitRequest) -> HttpResponse:
    """What is due of whoever has made this token, as a calendar: kinds and days, nothing of the content.

    Raises:
        Http404: It is no token, or its person enters no more.
    """
    known = sha256(request.GET.get("token", "").encode("utf-8", "surrogatepass")).hexdigest()
    feed = CalendarFeed.objects.select_related("person__organisation").filter(sha256=known).first()
    if feed is None or not feed.person.is_active or feed.person.must_change:
        raise Http404
    person = feed.person
    if too_fast(f"calendar-{person.pk}"):
        return too_often(request)
    events = [
        CalendarEvent(item.mark, item.due, line_of(item.kind, 1, None, person.language), "DUTY", link_to(item.mark))
        for item in waiting_for(Viewer(person, person.language))
        if item.due is not None
    ]
    text = icalendar(events, "waiting", timezone.localdate())
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
