"""A signed deal, reports of its milestones, what is verified by documents, and payments that two people release."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.cases import OfficeCase
from guanzi.office.models.numbers import timely_key
from guanzi.office.models.people import Person
from guanzi.office.models.rows import AccountedRow
from guanzi.office.models.votes import Sitting


class Signing(AccountedRow):
    """The signature: on which decision, of which term sheet."""

    case = models.OneToOneField(OfficeCase, models.PROTECT, related_name="signing")
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    path = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    signed_on = models.DateField()
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Verification(AccountedRow):
    """What somebody verified by a document of the data room: a report of a milestone, or a figure.

    It counts for the fact as it was read: one that is corrected, or says something else, is not verified by it. It
    falls when whoever verified has an interest.

    Attributes:
        fact, digest: Id of the fact that was verified, and the hash of what it said, with its source.
        document, proof, page, quote: Where it stands; ``proof`` is the SHA-256 of the document.
        path: File of ``monitoring/`` that says so.
        fell_at: None: it stands.
        fell_because: E.g. ``interest.17``.
    """

    id = timely_key()
    case = models.ForeignKey(OfficeCase, models.PROTECT, related_name="verifications")
    fact = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    document = models.CharField(max_length=200)
    proof = models.CharField(max_length=64)
    page = models.IntegerField(null=True)
    quote = models.TextField(blank=True)
    path = models.CharField(max_length=300)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    fell_at = models.DateTimeField(null=True)
    fell_because = models.CharField(max_length=60, blank=True)

    class Meta:
        """A fact is verified once, until that falls."""

        constraints = (
            models.UniqueConstraint(
                fields=("case", "fact", "digest"), condition=models.Q(fell_at=None), name="verified_once"
            ),
        )


class FigureOwed(models.Model):
    """A figure that decides a payment that is not made yet and was written since the decision.

    It is kept with where the deal stands, so that whoever may verify it is told without opening the case.

    Attributes:
        fact, digest: As of :class:`Verification`.
        name, period: What it states.
        tranches: Payments that it decides.
        writers: Who wrote it, by their number.
    """

    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="figures_owed")
    fact = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    period = models.CharField(max_length=60)
    tranches = models.JSONField(default=list)
    writers = models.JSONField(default=list)

    class Meta:
        """A figure stands once in a case."""

        constraints = (models.UniqueConstraint(fields=("case", "fact"), name="figure_owed_once"),)


class MilestoneReport(AccountedRow):
    """A milestone that the company reported, and the document by which somebody else verified it.

    Attributes:
        milestone: Its id in the deal.
        fact: Id of the fact that reports it.
        verification: None: it is not verified, or what verified it fell.
    """

    case = models.ForeignKey(OfficeCase, models.PROTECT, related_name="milestones")
    milestone = models.CharField(max_length=200)
    fact = models.CharField(max_length=200, blank=True)
    reported_on = models.DateField()
    reported_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    verification = models.ForeignKey(Verification, models.PROTECT, null=True, related_name="+")

    class Meta:
        """A milestone is reported once; a wrong report is a new fact, not a second row."""

        constraints = (models.UniqueConstraint(fields=("case", "milestone"), name="milestone_once"),)

    @property
    def verified_by(self) -> Person | None:
        """Somebody else than who reported; None: it is not verified."""
        return None if self.verification is None else self.verification.person

    @property
    def proof(self) -> str:
        """SHA-256 of the document that proves it; empty: it is not verified."""
        return "" if self.verification is None else self.verification.proof


class TrancheRelease(AccountedRow):
    """An instalment: asked for by one, released by another.

    Attributes:
        amount: In the currency of the case, millions.
        test: What the test of release said when it was asked, as plain data.
        rests_on: Verifications on which it was asked, by their number.
        state: ``asked``, ``released``, ``refused``, or ``fell``: what it rested on fell before it was answered.
        fell_because: As of :class:`Verification`.
    """

    id = timely_key()
    case = models.ForeignKey(OfficeCase, models.PROTECT, related_name="releases")
    tranche = models.CharField(max_length=200)
    amount = models.FloatField()
    proof = models.CharField(max_length=64)
    test = models.JSONField()
    rests_on = models.JSONField(default=list)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="asked")
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    fell_because = models.CharField(max_length=60, blank=True)

    class Meta:
        """The database itself refuses a second release of an instalment."""

        constraints = (
            models.UniqueConstraint(
                fields=("case", "tranche"), condition=models.Q(state__in=("asked", "released")), name="released_once"
            ),
        )
