"""Passwords that anybody would try first: those made of words of the office, and those of a list of the house."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from guanzi.base.reading import read_text
from guanzi.office.roles import Role

WORDS = ("guanzi", "guanxi", "office", "password", "investment", "platform", "committee", "hefei", "welcome", "admin")
FILE = "passwords.txt"
_MOST_BYTES = 50_000_000
ENOUGH = 8
"""Characters that must be left when the words of the office are taken away."""
SHORTEST = 3
"""Characters of a name that counts as a word of the office."""


class ContextWords:
    """Refuses a password that is little more than names of the product, the organisation, the person or roles."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError if too little is left."""
        left = password.casefold()
        for word in sorted({*WORDS, *map(str, Role), *_own(user)}, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < ENOUGH:
            raise ValidationError("made of words of the office", code="context_words")

    def get_help_text(self) -> str:
        """For forms of Django, of which the office has none."""
        return ""


class ListedPasswords:
    """Refuses a password that stands in ``passwords.txt`` in the folder of the office, one a line, in whatever case.

    No such list may be copied into the package; whoever installs takes one of passwords that became known.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError if it stands there."""
        path = settings.DATA / FILE
        if path.is_file() and password.casefold() in _listed(path, path.stat().st_mtime_ns):
            raise ValidationError("became known", code="listed")

    def get_help_text(self) -> str:
        """For forms of Django, of which the office has none."""
        return ""


@lru_cache(maxsize=1)
def _listed(path: Path, written: int) -> frozenset[str]:
    """The passwords of a list as it was written at a time."""
    text = read_text(path, FILE, most=_MOST_BYTES)
    return frozenset(line.casefold() for line in text.lines)


def _own(user: Any) -> set[str]:
    organisation = getattr(user, "organisation", None)
    said = [getattr(user, name, "") for name in ("username", "name", "name_zh")]
    said += [getattr(organisation, name, "") for name in ("slug", "name", "name_zh")]
    return {
        word
        for text in said
        for word in text.casefold().replace("-", " ").replace(".", " ").split()
        if len(word) >= SHORTEST
    }
