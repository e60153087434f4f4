"""Work-streams of a case, each with its owner, its day and its sign-off."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.cases import CaseVersion, OfficeCase
from guanzi.office.models.people import Person
from guanzi.office.models.rows import AccountedRow


class Workstream(AccountedRow):
    """One of the parallel work-streams.

    Attributes:
        stream: Its id in the workflow.
        state: ``waiting``, ``working``, ``signed`` or ``void`` (signed, and then its evidence changed).
        basis: What the sign-off rests on: path -> SHA-256 of the evidence of its topics when it was signed.
        void_because: Paths or facts that made it void.
    """

    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="streams")
    stream = models.CharField(max_length=40)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="streams")
    due = models.DateField()
    state = models.CharField(max_length=20, default="waiting")
    opinion = models.TextField(blank=True)
    signed_version = models.ForeignKey(CaseVersion, models.PROTECT, null=True, related_name="+")
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    basis = models.JSONField(default=dict)
    void_because = models.JSONField(default=list)

    class Meta:
        """A stream stands once in a case."""

        constraints = (models.UniqueConstraint(fields=("case", "stream"), name="stream_once"),)
