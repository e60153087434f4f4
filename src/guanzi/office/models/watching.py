"""Warnings that the watch of a signed deal found, who has looked at them, and the watch of every night."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.cases import OfficeCase
from guanzi.office.models.numbers import timely_key
from guanzi.office.models.people import Person
from guanzi.office.models.rows import AccountedRow


class FigureCorrection(AccountedRow):
    """A correction of figures that were reported after signing: asked for by one, confirmed by another.

    Attributes:
        figures: Name to what is right.
        corrected: Name to the fact that it takes the place of, once it is done.
        report: File that holds it, once it is done.
        state: ``asked``, ``done`` or ``refused``.
        words: Why it was refused.
    """

    id = timely_key()
    case = models.ForeignKey(OfficeCase, models.PROTECT, related_name="corrections")
    quarter = models.CharField(max_length=20)
    figures = models.JSONField()
    why = models.TextField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="asked")
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    corrected = models.JSONField(default=dict)
    report = models.CharField(max_length=200, blank=True)

    class Meta:
        """Of a quarter one correction waits."""

        constraints = (
            models.UniqueConstraint(
                fields=("case", "quarter"), condition=models.Q(state="asked"), name="correction_waits_once"
            ),
        )


class WarningSeen(AccountedRow):
    """A breach of a covenant, a missed milestone or a sign of distress, as found on a day; it is never deleted.

    Attributes:
        kind: ``covenant``, ``milestone`` or ``sign``.
        rule: Id of covenant, milestone or rule.
        state: As the monitoring says: ``breached``, ``failed`` or ``curing`` of a covenant, ``late`` or ``refused`` of
            a milestone; empty for a sign.
        text: As a message.
        seen_by: Who has taken it up; None: nobody.
        gone_at: Since when what it warns of is cured, verified or corrected; None: it stands.
        withdrawn_by: The correction by which it went; None: it went otherwise.
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
    gone_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(FigureCorrection, models.PROTECT, null=True, related_name="withdrawn")

    class Meta:
        """A warning is found once a day of knowledge, and again once it has gone."""

        constraints = (
            models.UniqueConstraint(
                fields=("case", "kind", "rule", "state", "as_of"),
                condition=models.Q(gone_at=None),
                name="warning_once",
            ),
        )


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
