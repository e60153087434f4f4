"""By what a notice reaches a person: mail, the robot of a messenger's group, or a server that takes JSON."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.doors import NOTIFIERS, NOTIFY, Notice, chosen
from guanzi.office.outside import post, require_address

if TYPE_CHECKING:
    from apprise import NotifyBase

MAIL = "GUANZI_MAIL"
"""The server of mail, as apprise takes it: ``mailtos://user:password@host?from=guanzi@example.org``."""
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Robot:
    """A robot in a group of a messenger.

    Attributes:
        address: Pattern of the address that the messenger tells for it.
        target: The same for apprise; ``{0}`` and so on stand for the groups of the pattern.
    """

    address: re.Pattern[str]
    target: str


ROBOTS: Mapping[str, Robot] = {
    "wecom": Robot(
        re.compile(r"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=([0-9a-zA-Z-]{20,60})"), "wecombot://{0}"
    ),
    "dingtalk": Robot(
        re.compile(r"https://oapi\.dingtalk\.com/robot/send\?access_token=([0-9a-zA-Z]{20,100})"), "dingtalk://{0}"
    ),
    "feishu": Robot(
        re.compile(r"https://open\.feishu\.cn/open-apis/bot/v2/hook/([0-9a-zA-Z-]{20,60})"), "feishu://{0}"
    ),
    "slack": Robot(
        re.compile(r"https://hooks\.slack\.com/services/(T[0-9A-Z]{6,20})/(B[0-9A-Z]{6,20})/([0-9a-zA-Z]{20,40})"),
        "slack://{0}/{1}/{2}",
    ),
}
"""Kind -> its robot."""
KINDS = ("mail", *ROBOTS, "webhook")


def offered() -> tuple[str, ...]:
    """The kinds that this installation can send by."""
    own = tuple(one.id for one in chosen(NOTIFIERS, NOTIFY, os.environ))
    if find_spec("apprise") is None:
        return ("webhook", *own)
    return (*(KINDS if os.environ.get(MAIL) else KINDS[1:]), *own)


def check_mail() -> None:
    """See that the server of mail that is named, if one is, can be used.

    Raises:
        InvalidInput: It is none, or apprise is not installed.
    """
    server = os.environ.get(MAIL)
    if not server:
        return
    if find_spec("apprise") is None:
        id = "office.refused.mail_extra"
        raise InvalidInput(Problem(Message.of(id), Place(MAIL), Message.of(f"{id}.mend")))
    try:
        if not server.startswith(("mailto://", "mailtos://")):
            raise ValueError("no server of mail")
        _mail_to("somebody@example.org")
    except ValueError:
        raise InvalidInput(Problem(Message.of("office.refused.mail_server"), Place(MAIL))) from None


def require_channel(kind: str, address: str) -> None:
    """See that notices can be sent by a channel.

    Raises:
        InvalidInput: Its kind is not offered here, or its address is none of that kind.
    """
    if kind not in offered():
        names = tuple(Message.of(f"office.channel.{one}") for one in offered())
        raise InvalidInput(Problem(Message.of("office.refused.channel", names=names), Place("kind")))
    if kind == "webhook":
        require_address(address, "address")
    elif kind == "mail":
        try:
            validate_email(address)
            _mail_to(address)
        except (ValidationError, ValueError):
            raise InvalidInput(Problem(Message.of("office.refused.mailbox"), Place("address"))) from None
    elif kind in ROBOTS and ROBOTS[kind].address.fullmatch(address) is None:
        name = Message.of(f"office.channel.{kind}")
        raise InvalidInput(Problem(Message.of("office.refused.robot", name=name), Place("address")))


def deliver(kind: str, address: str, title: str, text: str, data: Mapping[str, Any]) -> None:
    """Hand a notice to the server of a channel.

    Args:
        kind: Of the channel.
        address: Of the channel.
        title: Of a mail.
        text: The notice in words.
        data: The same as plain data, for a server that takes JSON.

    Raises:
        OSError: The server does not answer, or refuses.
        ValueError: No notice can be sent to such an address.
    """
    if kind == "webhook":
        post(address, {"text": text, **data})
        return
    if kind in NOTIFIERS:
        NOTIFIERS[kind].tell(Notice(address, text, data["link"]))
        return
    target = _mail_to(address) if kind == "mail" else _robot_at(kind, address)
    target.redirects = False
    if not target.notify(body=text, title=title if kind == "mail" else ""):
        raise OSError("not taken")


def _mail_to(address: str) -> NotifyBase:
    """What writes to one mailbox.

    Raises:
        ValueError: The library reads the address as another one, as several, or as none.
    """
    server = os.environ.get(MAIL, "")
    found = _target(f"{server}{'&' if '?' in server else '?'}to={quote(address, safe='')}")
    if [to for _, to in getattr(found, "targets", ())] != [address]:
        raise ValueError("no single mailbox")
    return found


def _robot_at(kind: str, address: str) -> NotifyBase:
    found = ROBOTS[kind].address.fullmatch(address)
    if found is None:
        raise ValueError("no address of its kind")
    return _target(ROBOTS[kind].target.format(*found.groups()))


def _target(address: str) -> NotifyBase:
    """What a library sends by.

    Raises:
        ValueError: It knows no such address.
    """
    from apprise import Apprise

    found = Apprise.instantiate(address)
    if found is None:
        raise ValueError("no address of its kind")
    return found
