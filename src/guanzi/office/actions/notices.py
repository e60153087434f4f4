"""Actions on how a person learns that something waits: his channels, and his calendar by token."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Literal, NotRequired, TypedDict

from django.conf import settings
from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.framework import ActionContext, ActionInput, PermissionPolicy, action
from guanzi.office.inbox.channels import LONGEST, require_channel
from guanzi.office.inbox.outbox import SET_UP
from guanzi.office.models import ActionRun, CalendarFeed, NoticeChannel, OutgoingNotice

MOST = 5
"""Channels of a person."""
MOST_A_DAY = 20
"""Channels that a person adds within a day: each of them is written to, whosever it is."""


class AddChannel(ActionInput):
    """A channel by its kind and address, and whether notices come at once or once a day."""

    kind: str = Field(max_length=20)
    address: str = Field(min_length=1, max_length=LONGEST)
    moment: Literal["at_once", "daily"] = "at_once"


class AddedChannel(TypedDict):
    """A channel by its number."""

    id: int
    kind: str
    moment: str


@action("notices.add_channel", PermissionPolicy())
def add_channel(context: ActionContext, asked: AddChannel) -> AddedChannel:
    """Let notices reach oneself by a channel; the first one says that it works."""
    require_channel(asked.kind, asked.address)
    held = NoticeChannel.objects.filter(person=context.person)
    if held.count() >= MOST:
        raise InvalidInput(Problem(Message.of("office.refused.channels_full", most=MOST), Place("kind")))
    added = ActionRun.objects.filter(person=context.person, action="notices.add_channel")
    if added.filter(at__gt=context.at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise InvalidInput(Problem(Message.of("office.refused.channels_often", most=MOST_A_DAY), Place("kind")))
    if held.filter(kind=asked.kind, address=asked.address).exists():
        raise InvalidInput(Problem(Message.of("office.refused.channel_there"), Place("address")))
    made = NoticeChannel.objects.create(
        person=context.person,
        kind=asked.kind,
        address=asked.address,
        daily=asked.moment == "daily",
        made_at=context.at,
    )
    OutgoingNotice.objects.create(channel=made, mark=SET_UP, kind=SET_UP, made_at=context.at)
    context.record.data |= {"channel": made.pk, "kind": made.kind, "moment": asked.moment}
    return {"id": made.pk, "kind": made.kind, "moment": asked.moment}


class RemoveChannel(ActionInput):
    """The number of a channel of one's own."""

    id: int


class RemovedChannel(TypedDict):
    """A channel by which nothing is sent any more."""

    id: int


@action("notices.remove_channel", PermissionPolicy())
def remove_channel(context: ActionContext, asked: RemoveChannel) -> RemovedChannel:
    """Send nothing more by a channel; its address is forgotten."""
    gone, _ = NoticeChannel.objects.filter(pk=asked.id, person=context.person).delete()
    if not gone:
        raise InvalidInput(Problem(Message.of("office.refused.no_channel"), Place("id")))
    context.record.data["channel"] = asked.id
    return {"id": asked.id}


class MakeCalendar(ActionInput):
    """Nothing more is asked."""


class MadeCalendar(TypedDict):
    """Whose calendar it is, and its address, which is told once."""

    person: str
    calendar_address: NotRequired[str]


@action("notices.make_calendar", PermissionPolicy(), "tokens")
def make_calendar(context: ActionContext, asked: MakeCalendar) -> MadeCalendar:
    """Make an address at which calendar programs read what is due, without its content; an earlier one ends."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.filter(person=context.person).delete()
    CalendarFeed.objects.create(person=context.person, sha256=sha256(token.encode()).hexdigest(), made_at=context.at)
    context.secret["calendar_address"] = f"{settings.ADDRESS}/calendar.ics?token={token}"
    return {"person": context.person.username}


class EndCalendar(ActionInput):
    """Nothing more is asked."""


class EndedCalendar(TypedDict):
    """Whose calendar is read no more."""

    person: str


@action("notices.end_calendar", PermissionPolicy())
def end_calendar(context: ActionContext, asked: EndCalendar) -> EndedCalendar:
    """Let the address of one's calendar answer no more."""
    gone, _ = CalendarFeed.objects.filter(person=context.person).delete()
    if not gone:
        raise InvalidInput(Problem(Message.of("office.refused.no_calendar"), Place("calendar")))
    return {"person": context.person.username}
