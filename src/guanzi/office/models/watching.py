"""Warnings that the watch of a signed deal found, who has looked at them, and the watch of every night."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.cases import OfficeCase
from guanzi.office.models.numbers import timely_key
from guanzi.office.models.people import Person


class WarningSeen(models.Model):
    """A breach of a covenant, a missed milestone or a sign of distress, as found on a day.

    Attributes:
        kind: ``covenant``, ``milestone`` or ``sign``.
        rule: Id of covenant, milestone or rule.
        state: As the monitoring says: ``breached``, ``failed`` or ``curing`` of a covenant, ``late`` or ``refused`` of
            a milestone; empty for a sign.
        text: As a message.
        seen_by: Who has taken it up; None: nobody.
    """

    id = timely_key()
    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="warnings")
    kind = models.CharField(max_length=20)
    rule = models.CharField(max_length=200)
    state = models.CharField(max_length=20, blank=True, default="")
    as_of = models.DateField()
    text = models.JSONField()
    found_at = models.DateTimeField()
    seen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        """A warning is found once a day of knowledge."""

        constraints = (models.UniqueConstraint(fields=("case", "kind", "rule", "state", "as_of"), name="warning_once"),)


class WatchRun(models.Model):
    """A watch of all signed deals, as it is made every night.

    Attributes:
        done_at: None: it was broken off.
        cases: How many deals were looked at.
        failed: How many of them could not be tested.
    """

    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    cases = models.IntegerField(default=0)
    failed = models.IntegerField(default=0)
