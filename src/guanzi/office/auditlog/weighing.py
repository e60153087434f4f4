"""About how much memory something takes that is kept: what is remembered is bounded by it, and not by number alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

_DEEP = 4
_EACH = 10
"""Things that an element of a collection is made of, about; a fact of a case has some fifteen fields."""
_CHARACTERS = 100
"""Characters that weigh as much as one thing."""


def weight_of(found: object, deep: int = _DEEP) -> int:
    """About how many things something holds, some 300 bytes each: fields of fields, and elements by their number.

    Args:
        found: What is kept.
        deep: How many layers of fields are looked at.
    """
    if isinstance(found, str | bytes):
        return 1 + len(found) // _CHARACTERS
    if isinstance(found, tuple | list | set | frozenset | Mapping):
        return 1 + _EACH * len(found)
    if not is_dataclass(found) or deep == 0:
        return 1
    return 1 + sum(weight_of(getattr(found, one.name), deep - 1) for one in fields(found))
