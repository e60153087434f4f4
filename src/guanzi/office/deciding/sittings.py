"""Who may vote in a sitting, who has still to declare, and what has been counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from guanzi.office.deciding.tally import VoteTally, VotingSeat, count
from guanzi.office.models import COUNTED, UNDECIDED, Ballot, Declaration, Interest, OfficeCase, Person, Seat, Sitting
from guanzi.record.playbooks import Committee, load_playbook

VOTERS = ("member", "chair")
"""Parts of a seat that vote."""
_OF_ALL = ("roll", "present", "needed")
"""What is told of a sitting that was not counted: who could vote and how many did, never how."""


def to_decide(cases: Iterable[OfficeCase]) -> frozenset[int]:
    """Numbers of the cases that are open and on which the committee has still to decide."""
    held = [case.pk for case in cases if case.state == "open"]
    closed = Sitting.objects.filter(case__in=held, purpose="decide", state="closed").order_by("pk")
    newest = dict(closed.values_list("case_id", "result"))
    return frozenset(pk for pk in held if newest.get(pk, UNDECIDED[0]) in UNDECIDED)


def committee_of(case: OfficeCase) -> Committee:
    """Quorum and majority by the playbook of a case."""
    return load_playbook(case.playbook).committee


def voters(case: OfficeCase) -> list[Seat]:
    """Seats that vote and have no interest, in the order in which they were given."""
    barred = Interest.objects.filter(case=case, cleared_at=None, person=OuterRef("person"))
    seats = Seat.objects.filter(case=case, part__in=VOTERS, person__is_active=True).filter(~Exists(barred))
    return list(seats.select_related("person").order_by("pk"))


def missing_declarations(case: OfficeCase) -> list[Person]:
    """Voters who have not declared that they have no interest; a declared one that was cleared is declared anew."""
    newest: dict[int, bool] = {}
    for person, has in Declaration.objects.filter(case=case).order_by("pk").values_list("person_id", "has_interest"):
        newest[person] = has
    return [seat.person for seat in voters(case) if newest.get(seat.person_id, True)]


def rolled(sitting: Sitting) -> Mapping[int, VotingSeat]:
    """The roll of a sitting as it was opened, with the interests that stand now."""
    return rolls([sitting])[sitting.pk]


def rolls(sittings: Iterable[Sitting]) -> Mapping[int, Mapping[int, VotingSeat]]:
    """The rolls of sittings by their numbers, with the interests that stand now."""
    held = list(sittings)
    standing = Interest.objects.filter(case__in={one.case_id for one in held}, cleared_at=None)
    barred = set(standing.values_list("case_id", "person_id"))
    return {
        one.pk: {
            person: VotingSeat(person, weight, part == "chair", (one.case_id, person) in barred)
            for person, part, weight in one.tally["roll"]
        }
        for one in held
    }


def is_counted(sitting: Sitting) -> bool:
    """Whether the votes were counted with the quorum: then alone ballots are told, void afterwards or not."""
    return sitting.closed_at is not None and sitting.result in COUNTED


def told_tally(sitting: Sitting) -> dict[str, Any]:
    """What is told of the votes: of a sitting that was not counted, never which way they went."""
    return {name: value for name, value in sitting.tally.items() if is_counted(sitting) or name in _OF_ALL}


def told_ballots(sitting: Sitting) -> QuerySet[Ballot]:
    """The ballots that were counted, by the names of their voters; others stay hidden for ever."""
    if not is_counted(sitting):
        return sitting.ballots.none()
    counted = sitting.ballots.exclude(person__in=sitting.tally.get("recused", []))
    return counted.select_related("person").order_by("person__username")


def named_tally(sitting: Sitting) -> dict[str, Any]:
    """What is told of the votes, with people by their user names in place of their numbers."""
    tally = told_tally(sitting)
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


def tally_of(sitting: Sitting, committee: Committee) -> VoteTally:
    """What the ballots of a sitting come to now."""
    ballots = sitting.ballots.order_by("person_id").values_list("person_id", "vote")
    return count(rolled(sitting).values(), ballots, committee.quorum, committee.majority)


def recused_of(case: OfficeCase) -> list[Interest]:
    """Interests that stand in a case, each person once with the newest."""
    found = {
        one.person_id: one for one in case.interests.filter(cleared_at=None).select_related("person").order_by("pk")
    }
    return list(found.values())
