"""Warnings that the watch of a signed deal found, and who has looked at them."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.cases import OfficeCase
from guanzi.office.models.people import Person


class WarningSeen(models.Model):
    """A breach of a covenant, a missed milestone or a sign of distress, as found on a day.

    Attributes:
        kind: ``covenant``, ``milestone`` or ``sign``.
        rule: Id of covenant, milestone or rule.
        text: As a message.
        seen_by: Who has taken it up; None: nobody.
    """

    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="warnings")
    kind = models.CharField(max_length=20)
    rule = models.CharField(max_length=200)
    as_of = models.DateField()
    text = models.JSONField()
    found_at = models.DateTimeField()
    seen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        """A warning is found once a day of knowledge."""

        constraints = (models.UniqueConstraint(fields=("case", "kind", "rule", "as_of"), name="warning_once"),)
