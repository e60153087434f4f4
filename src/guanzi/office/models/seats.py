"""Who sits at a case, who declared what, and whose interest keeps him from it."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.cases import OfficeCase
from guanzi.office.models.numbers import timely_key
from guanzi.office.models.people import Person
from guanzi.office.models.rows import AccountedRow


class Seat(AccountedRow):
    """A person's part in a case.

    Attributes:
        part: ``lead``, ``analyst``, ``expert``, ``member``, ``chair``, ``manager`` or ``reader``.
        weight: Of the vote of a member; others have none.
    """

    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    part = models.CharField(max_length=20)
    weight = models.FloatField(default=1.0)
    given_at = models.DateTimeField()

    class Meta:
        """One seat a person."""

        constraints = (models.UniqueConstraint(fields=("case", "person"), name="seat_once"),)


class Declaration(AccountedRow):
    """What a person declared of interests in a case; the newest counts."""

    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="declarations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="declarations")
    has_interest = models.BooleanField()
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        """The newest of a person in a case is asked for with what waits for him."""

        indexes = (models.Index(fields=("person", "case", "id")),)


class Interest(AccountedRow):
    """An interest that takes sight, seat and weight in the quorum from a person, until the chair clears it.

    Attributes:
        kind: ``declared`` or ``inferred``.
        reason: As a message (:meth:`guanzi.base.core.Message.as_dict`).
        path: Chain of ties from the person to a party of the case, for ``inferred``.
        cleared_at: When the chair found that it is none; None: it stands.
    """

    id = timely_key()
    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="interests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=20)
    reason = models.JSONField()
    path = models.JSONField(default=list)
    found_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        """ActionInput for with every page of a case."""

        indexes = (models.Index(fields=("person", "case", "cleared_at")),)
