"""Actions on seats: who works on a case, and who votes; nobody packs the committee or takes a vote unseen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.texts import LongText
from guanzi.office.cases.contents import look_for_interests
from guanzi.office.deciding.now import VOTERS, CaseNow
from guanzi.office.deciding.panels import panels_of
from guanzi.office.deciding.sittings import committee_of, rolled
from guanzi.office.deciding.tally import VotingSeat
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import OfficeCase, Person, Seat, Sitting
from guanzi.office.roles import Role

COMMITTEE = frozenset({Role.MEMBER, Role.CHAIR, Role.FINANCE})
"""Who can be given a seat that votes."""
PARTS = ("lead", "analyst", "expert", "member", "chair", "manager", "reader")


class GiveSeat(CaseInput):
    """A person, by username, and the part in the case.

    Attributes:
        weight: Of the vote.
        reasons: Needed where a vote is taken or weighed anew, and for every change once the case shows its results.
    """

    person: str
    part: str
    weight: float = 1.0
    reasons: LongText = Field(default="", max_length=4000)


@dataclass(frozen=True, slots=True)
class SeatChange:
    """A change of a seat.

    Attributes:
        held: The seat that the person has now; None: none.
    """

    case: OfficeCase
    by: Person
    person: Person
    asked: GiveSeat
    held: Seat | None

    @property
    def chair(self) -> bool:
        """Whether the chair of the organisation makes it."""
        return Role.CHAIR in self.by.roles()

    @property
    def votes(self) -> bool:
        """Whether the person votes afterwards."""
        return self.asked.part in VOTERS

    @property
    def voted(self) -> bool:
        """Whether the person votes now."""
        return self.held is not None and self.held.part in VOTERS


class GivenSeat(TypedDict):
    """A person and his part."""

    person: str
    part: str


@action("case.give_seat", PermissionPolicy(roles=frozenset({Role.CHAIR}), parts=frozenset({"lead"}), either=True))
def give_seat(context: ActionContext, asked: GiveSeat) -> GivenSeat:
    """Give somebody of the organisation a seat, or another part in place of the one held."""
    person = Person.objects.filter(
        username=asked.person, organisation=context.person.organisation, is_active=True
    ).first()
    if person is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_person", name=asked.person), Place("person")))
    if asked.part not in PARTS:
        parts = tuple(Message.of(f"office.part.{part}") for part in PARTS)
        raise InvalidInput(Problem(Message.of("office.refused.part", parts=parts), Place("part")))
    if not 0 < asked.weight <= 10:
        raise InvalidInput(Problem(Message.of("office.refused.weight"), Place("weight")))
    case = context.of
    held = Seat.objects.filter(case=case, person=person).first()
    change = SeatChange(case, context.person, person, asked, held)
    if problems := [*_unfit(change), *_in_sitting(change), *_in_panel(change)]:
        raise InvalidInput(problems)
    Seat.objects.update_or_create(
        case=case,
        person=person,
        defaults={"part": asked.part, "weight": asked.weight, "given_at": context.at},
    )
    look_for_interests(case, [person])
    context.record.who["seated"] = person.username
    context.record.data |= {
        "part": asked.part,
        "weight": asked.weight,
        "before": held.part if held is not None else None,
    }
    if asked.reasons:
        context.record.words["reasons"] = asked.reasons
    return {"person": person.username, "part": asked.part}


def _unfit(change: SeatChange) -> Iterator[Problem]:
    """Why a seat would pack the committee: its members vote, each with one vote, unless the chair says why not."""
    asked, case = change.asked, change.case
    if change.votes and not COMMITTEE & change.person.roles():
        roles = tuple(Message.of(f"office.role.{role}") for role in sorted(COMMITTEE))
        yield Problem(Message.of("office.refused.seat_role", name=asked.person, roles=roles), Place("person"))
    if change.votes and change.person == change.by and not change.chair:
        yield Problem(Message.of("office.refused.seat_own"), Place("person"))
    others = [seat for seat in CaseNow(case).voters if seat.person_id != change.person.pk]
    most = committee_of(case).members
    if change.votes and len(others) >= most:
        yield Problem(Message.of("office.refused.seats_full", most=most), Place("part"))
    if not (change.votes or change.voted):
        return
    weight = change.held.weight if change.held is not None and change.voted else 1
    taken, weighed = change.voted and not change.votes, change.votes and asked.weight != weight
    known = not workflow().comes_before(case.stage, workflow().committee_stands)
    if change.chair:
        if (taken or weighed or known) and not asked.reasons:
            yield Problem(Message.of("office.refused.seat_reasons"), Place("reasons"))
        return
    if taken:
        yield Problem(Message.of("office.refused.seat_taken"), Place("part"))
    if weighed:
        yield Problem(Message.of("office.refused.seat_weight"), Place("weight"))
    if known and not taken and not _stands_in(change):
        yield Problem(Message.of("office.refused.committee_stands"), Place("part"))


def _in_sitting(change: SeatChange) -> Iterator[Problem]:
    """While a sitting is open, whoever is on its roll keeps his vote and its weight; one may stand in for the chair."""
    roll = _roll(change.case)
    own = roll.get(change.person.pk)
    if own is None or own.recused or _stands_in(change):
        return
    if change.held is None or (change.asked.part, change.asked.weight) != (change.held.part, change.held.weight):
        yield Problem(Message.of("office.refused.seat_in_sitting"), Place("part"))


def _stands_in(change: SeatChange) -> bool:
    """Whether somebody on the roll of an open sitting takes the place of a chair who has an interest, with reasons."""
    roll = _roll(change.case)
    chairless = bool(roll) and not any(seat.chair and not seat.recused for seat in roll.values())
    kept = change.held is not None and change.held.weight == change.asked.weight
    on_roll = change.person.pk in roll and not roll[change.person.pk].recused
    return chairless and on_roll and kept and change.asked.part == "chair" and bool(change.asked.reasons)


def _roll(case: OfficeCase) -> dict[int, VotingSeat]:
    going = Sitting.objects.filter(case=case, state="open").first()
    return dict(rolled(going, CaseNow(case).recused)) if going is not None else {}


def _in_panel(change: SeatChange) -> Iterator[Problem]:
    """Once an expert has answered, experts are not chosen by their answers: who is one, and who is none, stays."""
    was = change.held is not None and change.held.part == "expert"
    if was == (change.asked.part == "expert"):
        return
    begun = [panel for panel in panels_of(change.case) if panel.judgements and not panel.closed]
    if not begun:
        return
    answered = any(one.person_id == change.person.pk for panel in begun for one in panel.judgements)
    if (was and answered) or (not was and any(panel.answered for panel in begun)):
        yield Problem(Message.of("office.refused.expert_begun"), Place("part"))
    elif not (change.chair and change.asked.reasons):
        yield Problem(Message.of("office.refused.expert_chair"), Place("reasons"))
