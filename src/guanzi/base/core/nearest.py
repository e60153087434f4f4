"""The nearest valid name, for "did you mean …" in error messages."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from guanzi.base.core.messages import Message

_MOST = 20
"""Of more names than these the nearest are told."""
_FEW = 5


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
    >>> nearest("hefie", ["Heide", "Hefei"])
    'Hefei'
    """
    folded = {candidate.casefold(): candidate for candidate in sorted(candidates)}
    begun = [name for name in folded if f"{name}/".startswith(f"{word.casefold()}/")]
    if begun:
        return folded[begun[0]]
    found = get_close_matches(word.casefold(), folded, n=_FEW, cutoff=0.6)
    if found:
        letters = sorted(word.casefold())
        return folded[next((name for name in found if sorted(name) == letters), found[0])]
    holding = [name for name in folded if word.casefold() in name.split("_")]
    return folded[min(holding, key=lambda name: (len(name), name))] if holding else None


def meant[M: (Message | None)](word: str, names: Iterable[str], otherwise: M) -> Message | M:
    """The fix of a word that is none of the names: the one that it looks most like, else the one that is given."""
    near = nearest(word, names)
    return otherwise if near is None else Message.of("core.near", near=near)


def one_of(word: str, names: Collection[str]) -> Message | None:
    """The fix of a word that is none of the names: the nearest, else all of a few names and the nearest of many.

    >>> one_of("vehicels", ["vehicles"]).params, one_of("x", ["a", "b"]).params, one_of("x", [])
    ((('near', 'vehicles'),), (('names', ('a', 'b')),), None)
    >>> one_of("hefei-budget", [*(f"report-{n}" for n in range(80)), "bozhou"]).params[0]
    ('n', 81)
    """
    if not names:
        return None
    if len(names) <= _MOST:
        return meant(word, names, Message.of("core.one_of", names=tuple(names)))
    few = get_close_matches(word, sorted(names), n=_FEW, cutoff=0.0)
    return meant(word, names, Message.of("core.some_of", n=len(names), names=tuple(sorted(few))))
