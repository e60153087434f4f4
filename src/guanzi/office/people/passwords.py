"""Passwords that anybody would try first here: those made of words of the office."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from guanzi.office.roles import Role

WORDS = ("guanzi", "guanxi", "office", "password", "investment", "platform", "committee", "hefei", "welcome", "admin")
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
