"""Numbers as requests tell them: what no row of a database can have is none."""

from __future__ import annotations

import math

LONGEST_NUMBER = 18
"""Digits of a number that any database keeps; ids are microseconds since 1970, or drawn below 2**53."""


def is_kept(value: float) -> bool:
    """Whether a database can keep a number."""
    return math.isfinite(value) if isinstance(value, float) else abs(value) < 10**LONGEST_NUMBER


def number_in(text: str | None) -> int | None:
    """The number that a part of a request tells; None: it tells none that a row can have."""
    told = text or ""
    return int(told) if told.isascii() and told.isdecimal() and len(told) <= LONGEST_NUMBER else None
