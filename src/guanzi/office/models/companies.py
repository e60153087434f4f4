"""The seat of a company at its own case, and what it handed in."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.cases import OfficeCase
from guanzi.office.models.numbers import timely_key
from guanzi.office.models.people import Person
from guanzi.office.models.rows import AccountedRow


class CompanySeat(AccountedRow):
    """A person of the company: of no organisation of the office, bound to one case, and seeing nothing else.

    Attributes:
        invited_by: Who made the account, and could enter with its first password: nobody who verifies for it.
        ended_at: None: it holds.
    """

    person = models.OneToOneField(Person, models.PROTECT, related_name="company_seat")
    case = models.ForeignKey(OfficeCase, models.PROTECT, related_name="company_seats")
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class HandedIn(AccountedRow):
    """A figure or a file that a company handed in; no fact and no document until somebody of the platform answers.

    Attributes:
        kind: ``figure`` or ``file``.
        quarter, name, value: Of a figure: ``2026Q3``, its name as of facts, what it says.
        milestone: That a file is to prove; empty: none.
        filename, sha256, size: Of a file.
        state: ``reported``, ``accepted``, ``returned`` or ``replaced`` (the company handed in another one).
        words: Why it was returned; the company reads it.
        became: Id of the fact or the document that it became.
    """

    id = timely_key()
    case = models.ForeignKey(OfficeCase, models.PROTECT, related_name="handed_in")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10)
    quarter = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=100, blank=True)
    value = models.JSONField(null=True)
    milestone = models.CharField(max_length=200, blank=True)
    filename = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    state = models.CharField(max_length=20, default="reported")
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    became = models.CharField(max_length=200, blank=True)

    class Meta:
        """Of a figure of a quarter one waits."""

        constraints = (
            models.UniqueConstraint(
                fields=("case", "quarter", "name"),
                condition=models.Q(state="reported", kind="figure"),
                name="handed_in_once",
            ),
        )
