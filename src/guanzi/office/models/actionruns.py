"""Actions that were done, by the key under which they were asked for."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.cases import OfficeCase
from guanzi.office.models.people import Organisation, Person
from guanzi.office.models.rows import AccountedRow


class ActionRun(AccountedRow):
    """An action that was done. ActionInput again under the same key, it answers the same and does nothing.

    Attributes:
        key: Chosen by whoever asks.
        asked: SHA-256 of what was asked.
        answer: What it gave, as plain data.
        entry: Number of its entry in the log.
        case: The case that it concerned; None: none.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    action = models.CharField(max_length=60)
    asked = models.CharField(max_length=64)
    answer = models.JSONField()
    entry = models.BigIntegerField(unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(OfficeCase, models.PROTECT, null=True, related_name="actions")
    at = models.DateTimeField()

    class Meta:
        """A key is used once a person; the log of a case and of an organisation is read from its end."""

        constraints = (models.UniqueConstraint(fields=("person", "key"), name="key_once"),)
        indexes = (
            models.Index(fields=("case", "entry")),
            models.Index(fields=("organisation", "entry")),
            models.Index(fields=("organisation", "action", "entry")),
            models.Index(fields=("person", "entry")),
            models.Index(fields=("organisation", "entry"), name="runs_of_no_case", condition=models.Q(case=None)),
        )
