"""What a person can see: cases of his organisation, and none in which he has an interest."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from guanzi.office.models import Interest, OfficeCase, Person, Seat
from guanzi.office.roles import EVERY_CASE


def standing_interests(person: Person) -> QuerySet[Interest]:
    """Interests of a person that nobody has cleared."""
    return Interest.objects.filter(person=person, cleared_at=None)


def visible_cases(person: Person) -> QuerySet[OfficeCase]:
    """Cases that a person can see; every page, list, count and search begins here."""
    if person.organisation_id is None or not person.is_active:
        return OfficeCase.objects.none()
    barred = standing_interests(person).filter(case=OuterRef("pk"))
    cases = OfficeCase.objects.filter(organisation_id=person.organisation_id).filter(~Exists(barred))
    if person.roles() & EVERY_CASE:
        return cases
    return cases.filter(Q(Exists(Seat.objects.filter(case=OuterRef("pk"), person=person))))


def seat_of(person: Person, case: OfficeCase) -> Seat | None:
    """The seat of a person at a case; None where he has none, or an interest takes it from him."""
    if standing_interests(person).filter(case=case).exists():
        return None
    return Seat.objects.filter(case=case, person=person).first()
