"""By what people enter where the house has an identity provider of its own."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.numbers import timely_key
from guanzi.office.models.people import Person
from guanzi.office.models.rows import AccountedRow


class Identity(AccountedRow):
    """An identity at a provider, and the account that it opens.

    Attributes:
        issuer, subject: As the provider names itself and the identity; nothing else identifies it.
        mark: Hash of what tells the human being behind it, the same for all identities of one.
    """

    id = timely_key()
    person = models.ForeignKey(Person, models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    mark = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField()

    class Meta:
        """An identity opens one account."""

        constraints = (models.UniqueConstraint(fields=("issuer", "subject"), name="identity_opens_one_account"),)
