"""Who looks and what he sees: cases of his organisation, and none in which he has an interest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from guanzi.base.core import hidden_in_name
from guanzi.office.models import CompanySeat, Interest, OfficeCase, Organisation, Person, RoleHeld, Seat
from guanzi.office.roles import EVERY_CASE, Role


def who_sees(case: OfficeCase) -> QuerySet[Person]:
    """Everybody who sees a case; :attr:`Viewer.cases` of each of them holds it."""
    barred = Interest.objects.filter(case=case, person=OuterRef("pk"), cleared_at=None)
    role = Exists(RoleHeld.objects.filter(person=OuterRef("pk"), role__in=EVERY_CASE))
    seat = Exists(Seat.objects.filter(case=case, person=OuterRef("pk")))
    people = Person.objects.filter(organisation_id=case.organisation_id, is_active=True)
    return people.filter(~Exists(barred)).filter(Q(role) | Q(seat))


@dataclass(frozen=True)
class Viewer:
    """Who looks, for one request or one action; what decides what he sees and may is asked once, when it is needed.

    Attributes:
        person: Who.
        language: In which he is answered.
    """

    person: Person
    language: str = "en"
    _seen: dict[int, str | None] = field(default_factory=dict, compare=False)

    @property
    def roles(self) -> frozenset[Role]:
        """What he is in his organisation."""
        return self.person.roles()

    @cached_property
    def parts(self) -> Mapping[int, str]:
        """His part in each case at which he sits, by the number of the case; an interest that stands takes it."""
        seats = Seat.objects.filter(~Exists(self.interests.filter(case=OuterRef("case"))), person=self.person)
        return dict(seats.values_list("case_id", "part"))

    @property
    def cases(self) -> QuerySet[OfficeCase]:
        """Cases that he sees; every page, list, count and search begins here."""
        person = self.person
        if person.organisation_id is None or not person.is_active:
            return OfficeCase.objects.none()
        barred = self.interests.filter(case=OuterRef("pk"))
        cases = OfficeCase.objects.filter(organisation_id=person.organisation_id).filter(~Exists(barred))
        if self.roles & EVERY_CASE:
            return cases
        return cases.filter(Q(Exists(Seat.objects.filter(case=OuterRef("pk"), person=person))))

    def case(self, slug: str) -> OfficeCase | None:
        """A case by its id, with its newest version and its signature; None: there is none that he sees."""
        own = Seat.objects.filter(case=OuterRef("pk"), person=self.person).values("part")
        cases = self.cases.filter(slug=slug).annotate(own=Subquery(own))
        whole = cases.select_related("head", "organisation", "signing__signed_by")
        found = None if hidden_in_name(slug) else whole.first()  # a database takes no NUL
        if found is not None:
            self._seen[found.pk] = found.own
        return found

    @cached_property
    def company(self) -> CompanySeat | None:
        """The seat of a company that the person holds, with its case; None: he is of the office, or it has ended."""
        if self.person.organisation_id is not None or not self.person.is_active:
            return None
        seats = CompanySeat.objects.select_related("case__head", "case__organisation", "case__signing")
        return seats.filter(person=self.person, ended_at=None).first()

    def own_case(self, slug: str) -> OfficeCase | None:
        """The case at which the person sits for its company, by its id; None: it is none of this id."""
        return self.company.case if self.company is not None and self.company.case.slug == slug else None

    @property
    def organisation(self) -> Organisation | None:
        """The organisation in whose log he acts: his own, or that of the case at which he sits for a company."""
        return self.company.case.organisation if self.company is not None else self.person.organisation

    def part_in(self, case: OfficeCase) -> str | None:
        """His part in a case; None: he has no seat at it, or an interest takes it from him."""
        return self._seen[case.pk] if case.pk in self._seen else self.parts.get(case.pk)

    @property
    def interests(self) -> QuerySet[Interest]:
        """His interests that nobody has cleared."""
        return Interest.objects.filter(person=self.person, cleared_at=None)
