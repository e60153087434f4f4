"""One clause in words, and the groups in which clauses are read."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.base.core import Message, Place
from guanzi.deal.terms.data import Unknown

GROUPS = (
    "deal",
    "parties",
    "stake",
    "loans",
    "rights",
    "covenants",
    "tiers",
    "incentives",
    "promises",
    "events",
    "unknown",
)
"""Groups of clauses, in reading order."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause in words.

    Attributes:
        id: Unique in the sheet, e.g. ``stake.t1`` or ``covenant.headquarters``.
        group: One of ``GROUPS``.
        message: The sentence.
        state: ``known``, ``bracketed`` (not seen, simulated by a stated assumption) or ``unknown`` (not seen).
        place: Where it stands in the text.
        source: Id of the source in the case.
    """

    id: str
    group: str
    message: Message
    state: str
    place: Place
    source: str = ""


def group_title(group: str) -> Message:
    """Heading of a group of clauses."""
    return Message.of(f"terms.group.{group}")


def state_of(*values: object) -> str:
    """``unknown`` when one of the values has neither bracket nor assumption, ``bracketed`` when one was not seen."""
    unseen = [value for value in values if isinstance(value, Unknown)]
    if any(value.assumed is None and value.low is None for value in unseen):
        return "unknown"
    return "bracketed" if unseen else "known"
