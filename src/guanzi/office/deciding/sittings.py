"""Who may vote in a sitting, and what has been counted."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from guanzi.office.deciding.tally import VoteTally, VotingSeat, count
from guanzi.office.models import COUNTED, UNDECIDED, Ballot, OfficeCase, Person, Sitting
from guanzi.record.playbooks import Committee, load_playbook

_OF_ALL = ("roll", "present", "needed")
"""What is told of a sitting that was not counted: who could vote and how many did, never how."""


def to_decide(cases: QuerySet[OfficeCase]) -> QuerySet[OfficeCase]:
    """The cases with ``to_decide``: whether one is open and the committee has still to decide on it."""
    closed = Sitting.objects.filter(case=OuterRef("pk"), purpose="decide", state="closed").order_by("-pk")
    undecided = Q(result=None) | Q(result__in=UNDECIDED)
    found = cases.annotate(result=Subquery(closed.values("result")[:1]))
    return found.annotate(to_decide=Q(state="open") & undecided)


def committee_of(case: OfficeCase) -> Committee:
    """Quorum and majority by the playbook of a case."""
    return load_playbook(case.playbook).committee


def rolled(sitting: Sitting, recused: Container[int]) -> Mapping[int, VotingSeat]:
    """The roll of a sitting as it was opened, with the interests that stand now; ``recused``: who has one."""
    return {
        person: VotingSeat(person, weight, part == "chair", person in recused)
        for person, part, weight in sitting.tally["roll"]
    }


def is_counted(sitting: Sitting) -> bool:
    """Whether the votes were counted with the quorum: then alone ballots are told, void afterwards or not."""
    return sitting.closed_at is not None and sitting.result in COUNTED


def visible_tally(sitting: Sitting) -> dict[str, Any]:
    """What is told of the votes: of a sitting that was not counted, never which way they went."""
    return {name: value for name, value in sitting.tally.items() if is_counted(sitting) or name in _OF_ALL}


def visible_ballots(sitting: Sitting) -> list[Ballot]:
    """The ballots that were counted, by the names of their voters; others stay hidden for ever."""
    if not is_counted(sitting):
        return []
    recused = sitting.tally.get("recused", [])
    counted = [one for one in sitting.ballots.all() if one.person_id not in recused]
    return sorted(counted, key=lambda one: one.person.username)


def named_tally(sitting: Sitting) -> dict[str, Any]:
    """What is told of the votes, with people by their user names in place of their numbers."""
    tally = visible_tally(sitting)
    numbers = {person for person, _, _ in tally.get("roll", [])} | {
        *tally.get("recused", []),
        *tally.get("dissent", []),
    }
    names = dict(Person.objects.filter(pk__in=numbers).values_list("pk", "username"))
    if "roll" in tally:
        tally["roll"] = [[names[person], part, weight] for person, part, weight in tally["roll"]]
    for told in ("recused", "dissent"):
        if told in tally:
            tally[told] = [names[person] for person in tally[told]]
    return tally


def tally_of(sitting: Sitting, committee: Committee, recused: Container[int]) -> VoteTally:
    """What the ballots of a sitting come to now; ``recused``: who has an interest that stands."""
    ballots = sorted((one.person_id, one.vote) for one in sitting.ballots.all())
    return count(rolled(sitting, recused).values(), ballots, committee.quorum, committee.majority)
