"""Pages of lists: each begins after the entry with which the last one ended; nothing is counted and nothing skipped."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from guanzi.base.core import Message, Place, Problem
from guanzi.office.actions import NotThere

type PlaceOf = Callable[[Any], tuple[Any, ...]]
"""What an item of a list is ordered by, in the order of the list."""


def after_place(after: str, *kinds: type) -> tuple[Any, ...] | None:
    """The place in a list after which a page begins; None: from the start.

    Args:
        after: As ``next`` of the page before told it.
        kinds: What the list is ordered by: ``str``, ``int`` or ``date``.

    Raises:
        NotThere: It is no such place.
    """
    if not after:
        return None
    try:
        held = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        place = tuple(_read(kind, value) for kind, value in zip(kinds, held, strict=True))
    except (ValueError, TypeError):
        raise no_place() from None
    return place


def next_place(place: tuple[Any, ...]) -> str:
    """A place in a list as an answer tells it."""
    plain = json.dumps([one.isoformat() if isinstance(one, date) else one for one in place])
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def page_of[T: Any](rows: QuerySet[T], limit: int, place: PlaceOf) -> tuple[list[T], str | None]:
    """The first rows of a query, and where the next page begins; None: there is none."""
    some = list(rows[: limit + 1])
    return some[:limit], next_place(place(some[limit - 1])) if len(some) > limit else None


def beyond(fields: tuple[str, ...], place: tuple[Any, ...] | None) -> Q:
    """What comes after a place in a list that is ordered by fields, all of them upwards."""
    if place is None:
        return Q()
    found = Q()
    for n, (field, value) in enumerate(zip(fields, place, strict=True)):
        same = dict(zip(fields[:n], place[:n], strict=True))
        found |= Q(**same, **{f"{field}__gt": value})
    return found


def no_place() -> NotThere:
    """A place that no answer told."""
    fix = Message.of("office.refused.after.mend")
    return NotThere(Problem(Message.of("office.refused.after"), Place("after"), fix))


def _read(kind: type, value: Any) -> Any:
    if kind is date:
        return date.fromisoformat(value)
    if type(value) is not kind or (isinstance(value, int) and abs(value) >= 2**31):
        raise ValueError
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError
        value.encode()  # half of a pair of UTF-16 is no text
    return value
