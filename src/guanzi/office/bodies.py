"""How much an address takes as the body of a request: little, unless it says otherwise and the sender is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SMALL = 64 * 1024
"""Bytes that every address takes, whoever sends them; also the most of a form that is not sent part by part."""
WORDS = 512 * 1024
"""Bytes of a form with long reasons."""
BOOK = 8 * 1024 * 1024
"""Bytes of a form with the workbook of a quarter."""
TEXT = 4 * 1024 * 1024
"""Bytes of a form with a term sheet."""
FILE = 80 * 1024 * 1024
"""Bytes of a form with a document or a folder, or of JSON that holds one as base64."""
RECEIVED = "guanzi.body"
"""Key of the environment: why a body was not received; empty where it was."""
TOO_LARGE, TOO_SLOW, TOO_MANY, NO_LENGTH, STRANGER = "too_large", "too_slow", "too_many", "no_length", "stranger"


def takes(bytes: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator of a page that takes more than a small body."""

    def mark(page: Callable[..., Any]) -> Callable[..., Any]:
        page.most_bytes = bytes  # type: ignore[attr-defined]
        return page

    return mark
