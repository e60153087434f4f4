"""Actions on what one enters with and where one is in: tokens, second factors, sessions."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NotRequired, TypedDict

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.framework import ActionContext, ActionInput, Forbidden, PermissionPolicy, action
from guanzi.office.auditlog.prefetching import prefetch
from guanzi.office.models import ApiToken
from guanzi.office.people.credentials import has_device, try_new_device, try_number
from guanzi.office.people.opensessions import end_all_sessions, end_other_ways, open_sessions
from guanzi.office.refusing import not_allowed

SCOPES = ("read", "write", "decide", "money", "tokens")
PREFIX = "gz_"


class MakeToken(ActionInput):
    """A name to know it by, what it may, and for how many days."""

    name: str = Field(min_length=1, max_length=100)
    scopes: tuple[str, ...] = Field(min_length=1)
    days: int = Field(default=90, ge=1, le=365)


class MadeToken(TypedDict):
    """A token by its number, and the token itself, which is told once."""

    id: int
    name: str
    token: NotRequired[str]


@action("token.make", PermissionPolicy(), "tokens")
def make_token(context: ActionContext, asked: MakeToken) -> MadeToken:
    """Make a token that acts for oneself; it is told once.

    One that is made by a token may no more than that, ends no later, and falls with it.
    """
    if wrong := sorted(set(asked.scopes) - set(SCOPES)):
        raise InvalidInput(
            Problem(Message.of("office.refused.scope", wrong=tuple(wrong), scopes=SCOPES), Place("scopes"))
        )
    ends = context.at + timedelta(days=asked.days)
    parent = _parent(context, asked.scopes, ends)
    token = PREFIX + secrets.token_urlsafe(32)
    made = ApiToken.objects.create(
        person=context.person,
        name=asked.name,
        sha256=sha256(token.encode()).hexdigest(),
        scopes=sorted(set(asked.scopes)),
        made_at=context.at,
        expires_at=ends,
        parent=parent,
    )
    context.record.data |= {"token": made.pk, "scopes": made.scopes, "days": asked.days}
    if parent is not None:
        context.record.data["parent"] = parent.pk
    context.secret["token"] = token
    return {"id": made.pk, "name": made.name}


def _parent(context: ActionContext, scopes: tuple[str, ...], ends: datetime) -> ApiToken | None:
    """The token by which another is asked for; None: its person asks himself.

    Raises:
        Forbidden: The token is gone, or the new one would do more.
        InvalidInput: The new one would end later.
    """
    if context.origin.token is None:
        return None
    parent = ApiToken.objects.filter(pk=context.origin.token, person=context.person, expires_at__gt=context.at).first()
    beyond = set(scopes) - set(parent.scopes if parent is not None else ())
    if beyond:
        raise Forbidden(not_allowed(min(beyond)))
    if parent is not None and ends > parent.expires_at:
        cause = Message.of("office.refused.token_outlives", until=timezone.localdate(parent.expires_at).isoformat())
        raise InvalidInput(Problem(cause, Place("days")))
    return parent


class RevokeToken(ActionInput):
    """The number of a token of one's own."""

    id: int


class RevokedToken(TypedDict):
    """A token that holds no more."""

    id: int


@action("token.revoke", PermissionPolicy())
def revoke_token(context: ActionContext, asked: RevokeToken) -> RevokedToken:
    """Take a token out of use, with those that were made by it."""
    gone, _ = ApiToken.objects.filter(pk=asked.id, person=context.person).delete()
    if not gone:
        raise InvalidInput(Problem(Message.of("office.refused.no_token"), Place("id")))
    context.record.data["token"] = asked.id
    return {"id": asked.id}


class EndSessions(ActionInput):
    """Sessions of one's own, by the marks under which the page of one's account names them."""

    marks: tuple[str, ...] = Field(min_length=1, max_length=1_000)


class EndedSessions(TypedDict):
    """How many sessions were ended."""

    ended: int


@action("session.end", PermissionPolicy(company=True))
def end_sessions(context: ActionContext, asked: EndSessions) -> EndedSessions:
    """End sessions of one's own at once, wherever they are open."""
    keys = [one.key for one in open_sessions(context.person) if one.mark in asked.marks]
    if not keys:
        raise InvalidInput(Problem(Message.of("office.refused.no_session"), Place("marks")))
    Session.objects.filter(session_key__in=keys).delete()
    context.record.data["ended"] = len(keys)
    return {"ended": len(keys)}


class BeginDevice(ActionInput):
    """A device that shows a number for half a minute (TOTP, RFC 6238), with a name to know it by.

    Attributes:
        present: The number that the device shows whose place it takes; empty: there is none.
    """

    name: str = Field(default="phone", min_length=1, max_length=60)
    present: str = Field(default="", pattern=r"^([0-9]{6})?$")


class BegunDevice(TypedDict):
    """A device, and the address by which it is set up, which is told once."""

    device: str
    device_address: NotRequired[str]


@action("device.begin", PermissionPolicy(company=True))
def begin_device(context: ActionContext, asked: BeginDevice) -> BegunDevice:
    """Begin with a device; it counts once a number of it was given back. In place of another it asks for its number."""
    if has_device(context.person):
        shown = prefetch(
            ("present device", asked.present),
            lambda: try_number("device.begin", context.person, asked.present, context.origin) is not None,
            keep=False,
        )
        if not shown:
            raise InvalidInput(Problem(Message.of("office.refused.present_device"), Place("present")))
    TOTPDevice.objects.filter(user=context.person, confirmed=False).delete()
    device = TOTPDevice.objects.create(user=context.person, name=asked.name, confirmed=False)
    context.secret["device_address"] = device.config_url
    return {"device": asked.name}


class ConfirmDevice(ActionInput):
    """The number that the device shows now."""

    token: str = Field(pattern=r"^[0-9]{6}$")


class ConfirmedDevice(TypedDict):
    """A device that counts from now on."""

    device: str


@action("device.confirm", PermissionPolicy(company=True))
def confirm_device(context: ActionContext, asked: ConfirmDevice) -> ConfirmedDevice:
    """Let the device count from now on, in place of an earlier one; all other sessions end.

    What a password alone opened ends with that: with the first device also tokens, calendar and channels that
    were made before it.
    """
    begun = TOTPDevice.objects.filter(user=context.person, confirmed=False).first()
    right = begun is not None and prefetch(
        ("new device", begun.pk),
        lambda: try_new_device("device.confirm", begun, asked.token, context.origin),
        keep=False,
    )
    if begun is None or not right:
        raise InvalidInput(Problem(Message.of("office.refused.device"), Place("token")))
    if not has_device(context.person):
        end_other_ways(context.person)
    TOTPDevice.objects.filter(user=context.person).exclude(pk=begun.pk).delete()
    TOTPDevice.objects.filter(pk=begun.pk).update(confirmed=True)
    end_all_sessions(context.person)
    return {"device": begun.name}
