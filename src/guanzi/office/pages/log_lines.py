"""Entries of the log with what opens their commitments, as far as whoever reads may know it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guanzi.office.log import office_log
from guanzi.office.models import ActionRun, Person, Sitting
from guanzi.office.roles import Role
from guanzi.office.visibility import visible_cases
from guanzi.record.ledger import leaf_hash

MARK = 12
"""Digits of a hash that people read."""


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


def runs_of(person: Person) -> Any:
    """Actions that a person can read in the log: of the cases that he sees; auditors also those without a case."""
    runs = ActionRun.objects.filter(organisation_id=person.organisation_id)
    seen = runs.filter(case__in=visible_cases(person))
    if person.roles() & {Role.AUDITOR, Role.ADMINISTRATOR}:
        seen = seen | runs.filter(case=None)
    return seen


def withheld(body: dict[str, Any], actor: str | None, reader: Person) -> frozenset[str]:
    """What an entry does not yet tell: ballots while the sitting is open, and who of a panel judged what."""
    if body["action"] == "vote.cast":
        going = Sitting.objects.filter(
            number=body["data"].get("sitting"),
            case__slug=body["case"],
            case__organisation__slug=body["organisation"],
            state="open",
        )
        return frozenset({"vote", "reason"}) if going.exists() else frozenset()
    if body["action"] == "panel.judge" and actor != reader.username:
        return frozenset({"judgement"})
    return frozenset()


def lines_of(numbers: Iterable[int], reader: Person) -> list[LogLine]:
    """Entries by their numbers, with what opens their commitments as far as the reader may know it."""
    log = office_log()

    def opened(hash: str) -> str | None:
        words = log.opened(hash)
        return None if words is None else words[1]

    found = []
    for number in numbers:
        content = log.content(number)
        entry = json.loads(content)
        body = entry["body"]
        actor = opened(entry["actor"])
        hidden = withheld(body, actor, reader)
        found.append(
            LogLine(
                mark=leaf_hash(content).hex()[:MARK],
                action=body["action"],
                at=datetime.fromisoformat(entry["at"]),
                case=body["case"] or str(body["data"].get("case", "")),
                version=(body["version"] or "")[:12],
                actor=actor,
                who={label: opened(hash) for label, hash in body["who"].items()},
                said={label: opened(hash) for label, hash in body["said"].items() if label not in hidden},
                data={label: value for label, value in body["data"].items() if label not in hidden},
            )
        )
    return found
