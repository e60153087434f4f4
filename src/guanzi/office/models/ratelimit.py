"""Counts of wrong secrets."""

from __future__ import annotations

from django.db import models


class GuessCount(models.Model):
    """How many wrong secrets came of late for somebody, or from a place.

    Attributes:
        mark: A keyed hash of whom and of where; neither can be read from it.
        tries: How many.
        ends: Seconds since 1970 at which the count begins anew.
    """

    mark = models.CharField(primary_key=True, max_length=64)
    tries = models.PositiveIntegerField()
    ends = models.BigIntegerField(db_index=True)
