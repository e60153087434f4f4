"""A signed deal, reports of its milestones, and instalments that two people release."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.cases import OfficeCase
from guanzi.office.models.numbers import timely_key
from guanzi.office.models.people import Person
from guanzi.office.models.votes import Sitting


class Signing(models.Model):
    """The signature: on which decision, of which term sheet."""

    case = models.OneToOneField(OfficeCase, models.PROTECT, related_name="signing")
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    path = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    signed_on = models.DateField()
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class MilestoneReport(models.Model):
    """A milestone that the company reported, and whoever verified it against a proof.

    Attributes:
        milestone: Its id in the deal.
        proof: SHA-256 of the document that proves it.
        verified_by: Somebody else than who reported; None: not verified.
    """

    case = models.ForeignKey(OfficeCase, models.PROTECT, related_name="milestones")
    milestone = models.CharField(max_length=200)
    reported_on = models.DateField()
    reported_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    proof = models.CharField(max_length=64, blank=True)
    verified_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)

    class Meta:
        """A milestone is reported once; a wrong report is a new fact, not a second row."""

        constraints = (models.UniqueConstraint(fields=("case", "milestone"), name="milestone_once"),)


class TrancheRelease(models.Model):
    """An instalment: asked for by one, released by another.

    Attributes:
        amount: In the currency of the case, millions.
        test: What the test of release said when it was asked, as plain data.
        state: ``asked``, ``released`` or ``refused``.
    """

    id = timely_key()
    case = models.ForeignKey(OfficeCase, models.PROTECT, related_name="releases")
    tranche = models.CharField(max_length=200)
    amount = models.FloatField()
    proof = models.CharField(max_length=64)
    test = models.JSONField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="asked")
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        """The database itself refuses a second release of an instalment."""

        constraints = (
            models.UniqueConstraint(
                fields=("case", "tranche"), condition=~models.Q(state="refused"), name="released_once"
            ),
        )
