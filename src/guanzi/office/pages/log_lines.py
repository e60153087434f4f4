"""Entries of the log with what opens their commitments, as far as whoever reads may know it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guanzi.office.keeping.log import office_log
from guanzi.office.models import Person, Sitting
from guanzi.record.ledger import leaf_hash

MARK = 12
"""Digits of a hash that people read."""
type OfSitting = tuple[str, str, int]
"""Slugs of organisation and case, and the number of a sitting in it."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry as it is shown.

    Attributes:
        mark: Begin of the hash under which it stands in the ledger: its number would tell what other organisations do.
        who, said: Label -> words; None: forgotten.
        data: Ids, hashes and numbers.
    """

    mark: str
    action: str
    at: datetime
    case: str
    version: str
    actor: str | None
    who: dict[str, str | None]
    said: dict[str, str | None]
    data: dict[str, Any]


def lines_of(numbers: Iterable[int], reader: Person) -> list[LogLine]:
    """Entries by their numbers, with what opens their commitments as far as the reader may know it."""
    log, wanted = office_log(), list(numbers)
    contents = log.contents_of(wanted)
    entries = [(number, json.loads(contents[number])) for number in wanted]
    words = log.words_of([hash for _, entry in entries for hash in _hashes(entry)])
    going = _going([entry["body"] for _, entry in entries])
    found = []
    for number, entry in entries:
        body = entry["body"]
        actor = words.get(entry["actor"])
        hidden = _withheld(body, actor, reader, going)
        found.append(
            LogLine(
                mark=leaf_hash(contents[number]).hex()[:MARK],
                action=body["action"],
                at=datetime.fromisoformat(entry["at"]),
                case=body["case"] or str(body["data"].get("case", "")),
                version=(body["version"] or "")[:12],
                actor=actor,
                who={label: words.get(hash) for label, hash in body["who"].items()},
                said={label: words.get(hash) for label, hash in body["said"].items() if label not in hidden},
                data={label: value for label, value in body["data"].items() if label not in hidden},
            )
        )
    return found


def _hashes(entry: dict[str, Any]) -> list[str]:
    """The commitments of an entry."""
    return [entry["actor"], *entry["body"]["who"].values(), *entry["body"]["said"].values()]


def _going(bodies: Iterable[dict[str, Any]]) -> frozenset[OfSitting]:
    """Those of the sittings in which some entries vote that are open."""
    voted = [body for body in bodies if body["action"] == "vote.cast"]
    if not voted:
        return frozenset()
    going = Sitting.objects.filter(state="open", case__slug__in={body["case"] for body in voted})
    return frozenset(going.values_list("case__organisation__slug", "case__slug", "number"))


def withheld(body: dict[str, Any], actor: str | None, reader: Person) -> frozenset[str]:
    """What one entry does not yet tell: ballots while the sitting is open, and who of a panel judged what."""
    return _withheld(body, actor, reader, _going([body]))


def _withheld(body: dict[str, Any], actor: str | None, reader: Person, going: frozenset[OfSitting]) -> frozenset[str]:
    """What an entry does not yet tell: ballots while the sitting is open, and who of a panel judged what."""
    sitting = (body["organisation"], body["case"], body["data"].get("sitting"))
    if body["action"] == "vote.cast" and sitting in going:
        return frozenset({"vote", "reason"})
    if body["action"] == "panel.judge" and actor != reader.username:
        return frozenset({"judgement"})
    return frozenset()
