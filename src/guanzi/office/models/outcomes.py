"""What came of a case that has ended, as the precedent that later cases of the organisation count."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.cases import OfficeCase
from guanzi.office.models.people import Person
from guanzi.office.models.rows import AccountedRow


class CaseOutcome(AccountedRow):
    """The judgement with which a case was ended.

    Attributes:
        label: ``success``, ``partial`` or ``failure`` for the public side; ``ongoing``: too early to judge.
        precedent: The case as a precedent, as a file of precedents has it; empty: it is none.
        answers: What the case answered to the questions of the register on the day of the decision.
    """

    case = models.OneToOneField(OfficeCase, models.PROTECT, related_name="outcome")
    label = models.CharField(max_length=10)
    precedent = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    judged_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
