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
    >>> nearest("jobs", ["jobs_local", "headcount"])
    'jobs_local'
    >>> nearest("wafers", ["kWh", "wafers/month"])
    'wafers/month'
    """
    folded = {candidate.casefold(): candidate for candidate in sorted(candidates)}
    begun = [name for name in folded if f"{name}/".startswith(f"{word.casefold()}/")]
    if begun:
        return folded[begun[0]]
    found = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    if found:
        return folded[found[0]]
    holding = [name for name in folded if word.casefold() in name.split("_")]
    return folded[min(holding, key=lambda name: (len(name), name))] if holding else None
