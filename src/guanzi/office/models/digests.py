"""Digests of rows, by the entry of the log that accounts for them."""

from __future__ import annotations

from django.db import models


class RowDigest(models.Model):
    """What a row held after an entry, as a keyed digest; an entry holds one digest of all of its own.

    Attributes:
        entry: Number of the entry.
        table: Label of the model.
        key: Of the row, as text.
        before: The digest of the row before; empty: it is the first.
        digest: Of ``before`` and of what the row held, or of its being gone.
    """

    entry = models.BigIntegerField()
    table = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    before = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        """A row is accounted for once an entry; the newest digest of a row is looked up with every change."""

        constraints = (models.UniqueConstraint(fields=("table", "key", "entry"), name="row_accounted_once"),)
        indexes = (models.Index(fields=("entry",)),)
