"""Faults that are known and not fixed yet: a list that only shrinks.

By property and kind of fault (the message that is false, or what is wrong; a star stands for any end), with where the
fix belongs. A fault that is not in the list fails; an entry that nothing shows any more is taken out.
"""

from fnmatch import fnmatchcase

KNOWN: dict[tuple[str, str], str] = {}
"""By property and kind: where the fix belongs."""


def is_known(property: str, kind: str) -> bool:
    """Whether a fault of this kind is known."""
    return any(property == name and fnmatchcase(kind, pattern) for name, pattern in KNOWN)
