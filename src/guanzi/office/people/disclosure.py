"""What an entry of the log tells to whom: ballots once they were counted, and of a panel nobody's answers but his own.

The words of a discussion are told where it is read, and by the log to the auditor alone: an expert who answers blind
reads the log too.

Only what is named as counted is told; everything else of a ballot stays hidden for ever, whatever becomes of its
sitting. An answer to a panel stands in no list of another: the order and the times of entries would tell whose it is.
Once the case is closed the auditor reads it, since somebody has to be able to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from guanzi.office.models import COUNTED, OfficeCase, Person, Sitting
from guanzi.office.roles import Role

BALLOT, COUNT, ANSWER = "vote.cast", "vote.close", "panel.judge"
REMARKS = frozenset({"discussion.open", "discussion.answer"})
_NEVER_HIDDEN = {"panel", "rows"}
"""Data of an entry that stand in it as bytes and tell nothing of an answer: its panel, and a keyed digest."""
type Body = Mapping[str, Any]
"""The body of an entry of an action."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What some entries tell to a reader.

    Attributes:
        counted: Numbers of the entries whose ballots were counted.
        ended: Slugs of organisation and case of those that are closed, for an auditor; of others none.
        remarks: Whether words of discussions are told.
    """

    counted: frozenset[int]
    ended: frozenset[tuple[str, str]]
    remarks: bool = False

    def hidden(self, number: int, body: Body) -> frozenset[str]:
        """Labels of an entry that are not told to anybody but to whoever did it; ``actor`` is who did it."""
        if body["action"] == BALLOT and number not in self.counted:
            return frozenset({"vote", "reason"})
        if body["action"] in REMARKS and not self.remarks:
            return frozenset({"remark"})
        if _is_old_count(body):
            return frozenset({"weights", "veto"})
        if body["action"] == ANSWER and (body["organisation"], body["case"]) not in self.ended:
            return frozenset({"actor", *body["who"], *body["said"], *body["data"]})
        return frozenset()

    def tells(self, number: int, body: Body) -> bool:
        """Whether the bytes of an entry hold nothing that is hidden; older ones hold more than commitments."""
        return not self.hidden(number, body) & body["data"].keys() - _NEVER_HIDDEN


def disclosure(bodies: Iterable[Body], reader: Person) -> Disclosure:
    """What entries tell to somebody who sees their cases."""
    read = list(bodies)
    voted = {body["case"] for body in read if body["action"] == BALLOT}
    rows = Sitting.objects.filter(case__slug__in=voted, result__in=COUNTED).exclude(closed_at=None) if voted else ()
    answered = {body["case"] for body in read if body["action"] == ANSWER}
    ended = frozenset[tuple[str, str]]()
    audits = Role.AUDITOR in reader.roles()
    if answered and audits:
        cases = OfficeCase.objects.filter(slug__in=answered, state="closed", organisation=reader.organisation)
        ended = frozenset(cases.values_list("organisation__slug", "slug"))
    return Disclosure(frozenset(entry for row in rows for entry in row.told_entries), ended, audits)


def listed(reader: Person) -> Q:
    """Which actions stand in the lists of a reader: of an open case no answer of another to a panel."""
    told = ~Q(action=ANSWER) | Q(person=reader)
    return told | Q(case__state="closed") if Role.AUDITOR in reader.roles() else told


def _is_old_count(body: Body) -> bool:
    """Whether a sitting was closed without its quorum, as was done once, and its entry tells which way votes went."""
    return bool(body["action"] == COUNT and body["data"].get("result") == "no_quorum")
