"""Term sheets simulated for the deal desk, and where each signed deal stands for the portfolio."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.cases import OfficeCase
from guanzi.office.models.numbers import timely_key
from guanzi.office.models.people import Person
from guanzi.office.models.rows import AccountedRow


class SheetRun(AccountedRow):
    """What is simulated in the background, a term sheet or two appraisals: kept by what it rests on, so only once.

    Attributes:
        key: SHA-256 of the files, the playbook, the paths and the instalment.
        tree: The files that it rests on, with this term sheet alone; of a comparison both appraisals.
        path: The term sheet within the folder; of a comparison ``appraisals/<newer>/since/<earlier>``.
        tranche: The instalment whose losses are asked for; empty: the whole sheet.
        state: ``queued``, ``running``, ``done``, ``failed`` or ``cancelled``.
        progress: Share that is done, 0 to 1.
        result: What was found, as plain data; ``files``: name -> SHA-256 of its blob.
        problem: What stood in the way: messages.
    """

    id = timely_key()
    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="sheet_runs")
    key = models.CharField(max_length=64)
    tree = models.JSONField()
    path = models.CharField(max_length=300)
    tranche = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="queued")
    progress = models.FloatField(default=0.0)
    cancel = models.BooleanField(default=False)
    result = models.JSONField(null=True)
    problem = models.JSONField(default=list)
    UNFINISHED = frozenset({"state", "progress", "cancel", "problem"})

    class Meta:
        """What rests on the same is simulated once."""

        constraints = (models.UniqueConstraint(fields=("case", "key"), name="sheet_run_once"),)


class DealStanding(models.Model):
    """Where a signed deal stands, as the portfolio adds it up; written with every change of the deal.

    Attributes:
        version: Hash of the files on which it rests: the newest ones with the term sheet as it was signed.
        as_of: Day of knowledge.
        data: Planned, bound and paid money, calls by quarter, coming days, by plain data.
    """

    case = models.OneToOneField(OfficeCase, models.CASCADE, related_name="standing")
    version = models.CharField(max_length=64)
    as_of = models.DateField()
    data = models.JSONField()
