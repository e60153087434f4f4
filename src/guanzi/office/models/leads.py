"""Firms of a chain that somebody looked at and does not follow, with the reason."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.people import Organisation, Person
from guanzi.office.models.rows import AccountedRow


class DroppedLead(AccountedRow):
    """A firm that an organisation does not invite to a city.

    Attributes:
        chain, firm, city: As the lists of targets name them.
        why: The reason, in words.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="dropped_leads")
    chain = models.CharField(max_length=100)
    firm = models.CharField(max_length=100)
    city = models.CharField(max_length=100)
    why = models.TextField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """A firm is dropped once."""

        constraints = (
            models.UniqueConstraint(fields=("organisation", "chain", "firm", "city"), name="lead_dropped_once"),
        )
