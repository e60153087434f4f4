"""Entries of the log with what opens their commitments, as far as whoever reads may know it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guanzi.office.auditlog.accounting import ROWS
from guanzi.office.auditlog.log import office_log
from guanzi.office.models import Person
from guanzi.office.people.disclosure import disclosure
from guanzi.record.ledger import leaf_hash

MARK = 12
"""Digits of a hash that people read."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry as it is shown.

    Attributes:
        mark: Begin of the hash under which it stands in the ledger: its number would tell what other organisations do.
        who, words: Label -> words; None: forgotten.
        data: Ids, hashes and numbers.
    """

    mark: str
    action: str
    at: datetime
    case: str
    version: str
    actor: str | None
    who: dict[str, str | None]
    words: dict[str, str | None]
    data: dict[str, Any]


def lines_of(numbers: Iterable[int], reader: Person) -> list[LogLine]:
    """Entries by their numbers, with what opens their commitments as far as the reader may know it."""
    log, wanted = office_log(), list(numbers)
    contents = log.contents_of(wanted)
    entries = [(number, json.loads(contents[number])) for number in wanted]
    words = log.words_of([hash for _, entry in entries for hash in _hashes(entry)])
    told = disclosure([entry["body"] for _, entry in entries], reader)
    found = []
    for number, entry in entries:
        body = entry["body"]
        actor = words.get(entry["actor"])
        secret = frozenset() if actor == reader.username else told.hidden(number, body)
        hidden = secret | {ROWS}
        found.append(
            LogLine(
                mark=leaf_hash(contents[number]).hex()[:MARK],
                action=body["action"],
                at=datetime.fromisoformat(entry["at"]),
                case=body["case"] or str(body["data"].get("case", "")),
                version=(body["version"] or "")[:12],
                actor=None if "actor" in hidden else actor,
                who={label: words.get(hash) for label, hash in body["who"].items() if label not in hidden},
                words={label: words.get(hash) for label, hash in body["said"].items() if label not in hidden},
                data={label: value for label, value in body["data"].items() if label not in hidden},
            )
        )
    return found


def _hashes(entry: dict[str, Any]) -> list[str]:
    """The commitments of an entry."""
    return [entry["actor"], *entry["body"]["who"].values(), *entry["body"]["said"].values()]
