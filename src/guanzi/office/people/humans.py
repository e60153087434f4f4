"""One human being with several accounts: in a case and in what takes two people, all of them count as one.

The office learns that two accounts are of one human being from the identity provider of the house. From then on the
account that acted in a case first is the only one that acts there; what another one did there before falls.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from guanzi.office.models import ActionRun, OfficeCase, Person, Seat


def is_same_human(one: Person, other: Person) -> bool:
    """Whether two accounts are of one human being."""
    return one.pk == other.pk or (one.human is not None and one.human == other.human)


def other_accounts(person: Person) -> QuerySet[Person]:
    """The other accounts of the human being behind an account."""
    if person.human is None:
        return Person.objects.none()
    return Person.objects.filter(human=person.human).exclude(pk=person.pk)


def accounts_in(person: Person, case: OfficeCase) -> list[Person]:
    """The accounts of one human being that have acted or sit in a case; first the one that goes on there."""
    run = ActionRun.objects.filter(case=case, person=OuterRef("pk"))
    seat = Seat.objects.filter(case=case, person=OuterRef("pk"))
    there = Person.objects.filter(human=person.human).filter(Q(Exists(run)) | Q(Exists(seat)))
    return sorted(there, key=lambda one: (one.pk != one.human, one.pk))


def acts_instead(person: Person, case: OfficeCase) -> Person | None:
    """The other account of the same human being that acts in a case in place of this one; None: this one may."""
    if person.human is None:
        return None
    first = next(iter(accounts_in(person, case)), person)
    return None if first.pk == person.pk else first
