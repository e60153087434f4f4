"""Actions on what one enters with and where one is in: tokens, second factors, sessions."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.contrib.sessions.models import Session
from django_otp.plugins.otp_totp.models import TOTPDevice
from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.framework import ActionInput, Allowance, Doing, action
from guanzi.office.models import ApiToken
from guanzi.office.people.opensessions import open_sessions

SCOPES = ("read", "write", "decide", "money")
PREFIX = "gz_"


class MakeToken(ActionInput):
    """A name to know it by, what it may, and for how many days."""

    name: str = Field(min_length=1, max_length=100)
    scopes: tuple[str, ...] = Field(min_length=1)
    days: int = Field(default=90, ge=1, le=365)


@action("token.make", Allowance())
def make_token(doing: Doing, asked: MakeToken) -> dict[str, Any]:
    """Make a token that acts for oneself; it is told once."""
    if wrong := sorted(set(asked.scopes) - set(SCOPES)):
        raise InvalidInput(
            Problem(Message.of("office.refused.scope", wrong=tuple(wrong), scopes=SCOPES), Place("scopes"))
        )
    token = PREFIX + secrets.token_urlsafe(32)
    made = ApiToken.objects.create(
        person=doing.person,
        name=asked.name,
        sha256=sha256(token.encode()).hexdigest(),
        scopes=sorted(set(asked.scopes)),
        made_at=doing.at,
        expires_at=doing.at + timedelta(days=asked.days),
    )
    doing.record.data |= {"token": made.pk, "scopes": made.scopes, "days": asked.days}
    doing.secret["token"] = token
    return {"id": made.pk, "name": made.name}


class RevokeToken(ActionInput):
    """The number of a token of one's own."""

    id: int


@action("token.revoke", Allowance())
def revoke_token(doing: Doing, asked: RevokeToken) -> dict[str, Any]:
    """Take a token out of use."""
    gone, _ = ApiToken.objects.filter(pk=asked.id, person=doing.person).delete()
    if not gone:
        raise InvalidInput(Problem(Message.of("office.refused.no_token"), Place("id")))
    doing.record.data["token"] = asked.id
    return {"id": asked.id}


class EndSessions(ActionInput):
    """Sessions of one's own, by the marks under which the page of one's account names them."""

    marks: tuple[str, ...] = Field(min_length=1, max_length=1_000)


@action("session.end", Allowance())
def end_sessions(doing: Doing, asked: EndSessions) -> dict[str, Any]:
    """End sessions of one's own at once, wherever they are open."""
    keys = [one.key for one in open_sessions(doing.person) if one.mark in asked.marks]
    if not keys:
        raise InvalidInput(Problem(Message.of("office.refused.no_session"), Place("marks")))
    Session.objects.filter(session_key__in=keys).delete()
    doing.record.data["ended"] = len(keys)
    return {"ended": len(keys)}


class BeginDevice(ActionInput):
    """A device that shows a number for half a minute (TOTP, RFC 6238), with a name to know it by."""

    name: str = Field(default="phone", min_length=1, max_length=60)


@action("device.begin", Allowance())
def begin_device(doing: Doing, asked: BeginDevice) -> dict[str, Any]:
    """Begin with a device; it counts once a number of it was given back."""
    TOTPDevice.objects.filter(user=doing.person, confirmed=False).delete()
    device = TOTPDevice.objects.create(user=doing.person, name=asked.name, confirmed=False)
    doing.secret["device_address"] = device.config_url
    return {"device": asked.name}


class ConfirmDevice(ActionInput):
    """The number that the device shows now."""

    token: str = Field(pattern=r"^[0-9]{6}$")


@action("device.confirm", Allowance())
def confirm_device(doing: Doing, asked: ConfirmDevice) -> dict[str, Any]:
    """Let the device count from now on; it takes the place of an earlier one."""
    device = TOTPDevice.objects.filter(user=doing.person, confirmed=False).first()
    if device is None or not device.verify_token(asked.token):
        raise InvalidInput(Problem(Message.of("office.refused.device"), Place("token")))
    TOTPDevice.objects.filter(user=doing.person, confirmed=True).delete()
    device.confirmed = True
    device.save()
    return {"device": device.name}
