"""A case as it stands at this moment: what gates, sittings and pages read of it, each thing asked for once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q

from guanzi.office.deciding.panels import OfficePanel, panels_of_cases
from guanzi.office.deciding.plans import OpenQuestion, model_of, questions_of
from guanzi.office.models import AppraisalRun, Declaration, Interest, OfficeCase, Person, Seat, Sitting, Workstream

VOTERS = ("member", "chair")
"""Parts of a seat that vote."""


@dataclass(frozen=True)
class CaseNow:
    """A case as it stands now. Whoever changes something of it looks anew, with another of these."""

    case: OfficeCase

    @cached_property
    def interests(self) -> tuple[Interest, ...]:
        """Every interest that was found, cleared or not, the oldest first."""
        return tuple(self.case.interests.select_related("person", "cleared_by").order_by("pk"))

    @cached_property
    def recused(self) -> Mapping[int, Interest]:
        """People who have an interest that stands, by their number, with the newest."""
        return {one.person_id: one for one in self.interests if one.cleared_at is None}

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """Every seat, in the order in which they were given."""
        return tuple(self.case.seats.select_related("person").order_by("pk"))

    def unbarred(self, *parts: str) -> list[Seat]:
        """Seats of some parts whose people have no interest that stands."""
        return [
            one
            for one in self.seats
            if one.part in parts and one.person.is_active and one.person_id not in self.recused
        ]

    @cached_property
    def voters(self) -> list[Seat]:
        """Seats that vote and have no interest."""
        return self.unbarred(*VOTERS)

    @cached_property
    def declarations(self) -> Mapping[int, Declaration]:
        """What each person declared last, by his number."""
        return {one.person_id: one for one in self.case.declarations.order_by("pk")}

    @property
    def undeclared(self) -> list[Person]:
        """Voters who have not declared that they have no interest; a declared one that was cleared is declared anew."""
        said = self.declarations
        return [one.person for one in self.voters if one.person_id not in said or said[one.person_id].has_interest]

    @cached_property
    def streams(self) -> tuple[Workstream, ...]:
        """Its work-streams, by day and name."""
        found = self.case.streams.select_related("owner", "signed_by", "signed_version").order_by("due", "stream")
        return tuple(found.defer("signed_version__tree"))

    @cached_property
    def questions(self) -> Mapping[str, tuple[OpenQuestion, ...]]:
        """The questions of each work-stream, with the facts that answer them."""
        return questions_of(self.case, model_of(self.case))

    @cached_property
    def facts(self) -> tuple[int, int]:
        """How many facts stand, and from how many sources facts came."""
        stand = Count("pk", filter=Q(superseded_by=""))
        found = self.case.facts.aggregate(stand=stand, sources=Count("source", distinct=True))
        return found["stand"], found["sources"]

    @cached_property
    def panels(self) -> tuple[OfficePanel, ...]:
        """The panels of the newest version, in the order of their files."""
        experts = tuple(one.person for one in self.unbarred("expert"))
        return panels_of_cases([self.case], {self.case.pk: experts})[0][1]

    @cached_property
    def appraisal(self) -> AppraisalRun | None:
        """The newest appraisal of the newest version by the playbook of the case; None: there is none that is done."""
        done = self.case.appraisals.filter(state="done", version=self.case.head, playbook=self.case.playbook)
        return done.select_related("version").order_by("-pk").first()

    @cached_property
    def sittings(self) -> list[Sitting]:
        """Its sittings, the newest first."""
        return sorted(self.case.sittings.all(), key=lambda one: one.pk, reverse=True)
