"""Doors of the office that extensions may open: how people learn that something waits, and by what they enter.

Nothing here needs the database: an extension is loaded before the office is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from guanzi.base.core import InvalidInput, Message, Place, Problem, Seam

NOTIFY = "GUANZI_NOTIFY"
"""The notifiers of extensions that people may choose."""


@dataclass(frozen=True, slots=True)
class Notice:
    """That something waits for somebody; what it is about is told in the office alone.

    Attributes:
        address: Of the person, as this way of telling people knows it.
        text: Kinds and days of what waits, and the link, in the language of the person.
        link: Where the office is entered, or what waits is found after entering.
    """

    address: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Notifier:
    """A kind of channel by which notices reach people; one that fails raises, and is tried again.

    Attributes:
        id: Its name, as ``GUANZI_NOTIFY`` takes it; ``office.channel.<id>`` is the sentence that names it.
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


NOTIFIERS: Seam[Notifier] = Seam("NOTIFIERS", (), lambda one: one.id)
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
