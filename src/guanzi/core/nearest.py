"""The nearest valid name, for "did you mean …" in error messages."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that looks most like ``word``, or None when none is close.

    >>> nearest("vehicels", ["vehicles", "months"])
    'vehicles'
    >>> nearest("zzz", ["vehicles"]) is None
    True
    """
    folded = {candidate.casefold(): candidate for candidate in sorted(candidates)}
    found = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None
