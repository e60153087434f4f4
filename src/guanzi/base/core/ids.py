"""Ids: short names that are safe in files, addresses and catalogues."""

from __future__ import annotations

import re

from guanzi.base.core.errors import InvalidInput, Place, Problem
from guanzi.base.core.messages import Message

SLUG_PATTERN = r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$"
_SLUG = re.compile(SLUG_PATTERN)


def is_slug(text: str) -> bool:
    """Whether ``text`` is a valid id: lower-case letters and digits, joined by single hyphens, dots or underscores.

    >>> is_slug("nio-hefei-2020"), is_slug("NIO Hefei")
    (True, False)
    """
    return len(text) <= 100 and _SLUG.fullmatch(text) is not None


def suggest_slug(text: str) -> str:
    """The valid id closest to a name; empty when nothing of it can be used.

    >>> suggest_slug("NIO / Hefei (2020)")
    'nio-hefei-2020'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:100].strip("-")


def check_slug(text: str, place: Place | None = None) -> str:
    """Return ``text`` if it is a valid id.

    Raises:
        InvalidInput: It is not; the fix proposes the closest valid id.
    """
    if is_slug(text):
        return text
    proposal = suggest_slug(text)
    fix = Message.of("core.id.mend", proposal=proposal) if proposal else None
    raise InvalidInput(Problem(Message.of("core.id.invalid", text=text), place or Place(""), fix, excerpt=text))
