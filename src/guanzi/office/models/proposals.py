"""Proposals of documents that somebody refused, so that nobody is asked of them again."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.cases import OfficeCase
from guanzi.office.models.numbers import timely_key
from guanzi.office.models.people import Person
from guanzi.office.models.rows import AccountedRow


class RefusedProposal(AccountedRow):
    """A figure of a document that is not to be taken for a fact.

    Attributes:
        sha256: Of the document.
        fact: Name of the fact that was proposed, and its ``period``.
        page: Number of the page or sheet.
        box: Where it stands on the page; empty where the document has no fixed sheet.
        figure: The figure as it stands.
        why: Why it was refused, in words; empty for none.
    """

    id = timely_key()
    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="refused_proposals")
    sha256 = models.CharField(max_length=64)
    fact = models.CharField(max_length=100)
    period = models.CharField(max_length=60)
    page = models.PositiveIntegerField()
    box = models.CharField(max_length=80, blank=True)
    figure = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """A figure is refused once for a fact."""

        constraints = (
            models.UniqueConstraint(
                fields=("case", "sha256", "fact", "period", "page", "box", "figure"), name="refused_once"
            ),
        )
