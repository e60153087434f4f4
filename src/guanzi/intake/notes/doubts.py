"""Why a fact of the notes is doubtful: perhaps it could not be held on the day of the decision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guanzi.base.core import Message, Period
from guanzi.intake.notes.later import looks_back
from guanzi.intake.notes.reading import NoteEntry, published_in
from guanzi.record.evidence import looks_ahead

_AVAILABLE = re.compile(r"(ok|yes|true|public|confirmed|available)\b", re.IGNORECASE)
_PLAN = re.compile(
    r"plan|promis|target|goal|expect|project(?:ed|ion)|forecast|guidance|outlook|schedule", re.IGNORECASE
)

#: Kinds of doubt of which the notes say themselves that only the source is later, or not dated: one reason can settle
#: all of them at once. The others are about the content, and are settled fact by fact.
ONE_STEP = ("source_dated_after_decision", "source_undated")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt.

    Attributes:
        kind: ``source_dated_after_decision`` and ``source_undated`` as the notes state them; ``stated`` otherwise
            stated; ``about_later``, ``told_later``, ``published_later``, ``silent`` as the import finds them.
        text: The sentence.
    """

    kind: str
    text: Message


def doubt_of(entry: NoteEntry, name: str, period: Period | None, decided: date, published: date | None) -> Doubt | None:
    """The doubt about an entry, the gravest first; None when it was held by the decision.

    Args:
        entry: The entry of the notes.
        name: Its name in the vocabulary; plans may speak of later times.
        period: The period that its name carries.
        decided: Day of the decision.
        published: Day of its source, if it is known.
    """
    stated = " ".join(str(entry.data.get("availability") or "").split())
    value, as_of = entry.data.get("value"), entry.as_of
    ahead = looks_ahead(name) or _PLAN.search(str(entry.data["name"])) is not None
    if isinstance(value, str) and not ahead and looks_back(value, decided):
        return Doubt("told_later", Message.of("evidence.notes.doubt.later"))
    told = published_in(entry.data.get("note"))
    if told is not None and told > decided:
        return Doubt("published_later", Message.of("evidence.notes.doubt.published", day=told.isoformat()))
    if period is not None and period.start > decided and not ahead:
        return Doubt("about_later", Message.of("evidence.notes.doubt.period", period=str(period)))
    if stated and not _AVAILABLE.match(stated):
        kind = next((kind for kind in ONE_STEP if stated.lower().startswith(kind)), "stated")
        return Doubt(kind, Message.of("evidence.notes.doubt.stated", text=stated))
    if as_of is not None and as_of > decided:
        return Doubt("about_later", Message.of("evidence.notes.doubt.as_of", day=as_of.isoformat()))
    if not stated and (published is None or published > decided):
        return Doubt("silent", Message.of("evidence.notes.doubt.silent"))
    return None


def confirmations(doubts: Sequence[tuple[str, str]], because: str = "") -> list[dict[str, Any]]:
    """Doubtful facts in groups of one kind, to be confirmed with one reason each; those of the one step come first.

    Args:
        doubts: Kind of doubt and id of each doubtful fact.
        because: The reason for the groups of the one step; empty while there is none.
    """
    kinds = [*ONE_STEP, *sorted({kind for kind, _ in doubts} - set(ONE_STEP))]
    groups: Iterable[tuple[str, list[str]]] = ((k, [id for kind, id in doubts if kind == k]) for k in kinds)
    return [
        {"doubt": kind, "because": because if kind in ONE_STEP else "", "facts": ids} for kind, ids in groups if ids
    ]
