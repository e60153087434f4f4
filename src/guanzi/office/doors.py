"""Doors of the office that extensions may open: how people learn that something waits, and by what they enter.

Nothing here needs the database: an extension is loaded before the office is.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from guanzi.base.core import InvalidInput, Message, Place, Problem, Seam

WEBHOOK = "GUANZI_WEBHOOK"
_PATIENCE = 10
"""Seconds for which a server that takes notices is waited for."""


@dataclass(frozen=True, slots=True)
class Notice:
    """That something waits for somebody; what it is, and of which case, is told in the office alone.

    Attributes:
        person: Username.
        language: In which the person reads.
        due: First day by which something is to be done.
        link: Where the office is entered.
        text: The same in words.
    """

    person: str
    language: str
    due: date
    link: str
    text: str


@dataclass(frozen=True, slots=True)
class Notifier:
    """A way by which notices reach people; one that fails raises.

    Attributes:
        id: Its name, as ``GUANZI_NOTIFY`` takes it.
        tell: Hands a notice on.
    """

    id: str
    tell: Callable[[Notice], None]


@dataclass(frozen=True, slots=True)
class LoginBackend:
    """What says whose password it is.

    Attributes:
        id: Its name, as ``GUANZI_LOGIN`` takes it.
        path: Module and class of a back-end of Django that authenticates by ``username`` and ``password``.
    """

    id: str
    path: str


def post_notice(notice: Notice) -> None:
    """Hand a notice to the server of ``GUANZI_WEBHOOK``, as JSON.

    Raises:
        InvalidInput: No server is named.
        OSError: It does not answer, or refuses.
    """
    address = os.environ.get(WEBHOOK, "")
    if urlsplit(address).scheme not in ("http", "https"):
        raise InvalidInput(Problem(Message.of("office.refused.webhook", name=WEBHOOK), Place(WEBHOOK)))
    data = json.dumps(asdict(notice) | {"due": notice.due.isoformat()}, ensure_ascii=False).encode()
    asked = Request(address, data, {"Content-Type": "application/json", "User-Agent": "guanzi"})
    with urlopen(asked, timeout=_PATIENCE):
        pass


NOTIFIERS: Seam[Notifier] = Seam("NOTIFIERS", (Notifier("webhook", post_notice),), lambda one: one.id)
"""Name of a notifier to it."""
LOGINS: Seam[LoginBackend] = Seam(
    "LOGINS", (LoginBackend("password", "django.contrib.auth.backends.ModelBackend"),), lambda one: one.id
)
"""Name of a log-in back-end to it."""


def chosen[T](seam: Seam[T], variable: str, environment: Mapping[str, str], usual: str = "") -> tuple[T, ...]:
    """Those of a seam that a variable names, with commas, in its order.

    Raises:
        InvalidInput: It names one that is not there.
    """
    names = [name.strip() for name in (environment.get(variable) or usual).split(",") if name.strip()]
    if unknown := [name for name in names if name not in seam]:
        fix = Message.of("reading.format.choices", choices=tuple(seam))
        causes = (Message.of("office.refused.door", name=name) for name in unknown)
        raise InvalidInput([Problem(cause, Place(variable), fix) for cause in causes])
    return tuple(seam[name] for name in dict.fromkeys(names))
