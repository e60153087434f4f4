"""Actions that were done, by the key under which they were asked for."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.people import Person


class ActionRun(models.Model):
    """An action that was done. ActionInput again under the same key, it answers the same and does nothing.

    Attributes:
        key: Chosen by whoever asks.
        asked: SHA-256 of what was asked.
        answer: What it gave, as plain data.
        entry: Number of its entry in the log.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    action = models.CharField(max_length=60)
    asked = models.CharField(max_length=64)
    answer = models.JSONField()
    entry = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        """A key is used once a person."""

        constraints = (models.UniqueConstraint(fields=("person", "key"), name="key_once"),)
