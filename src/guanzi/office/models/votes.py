"""Appraisals that are computed, blind judgements of experts, approved term sheets, sittings and ballots."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from guanzi.office.models.cases import CaseVersion, OfficeCase
from guanzi.office.models.numbers import CountedRow
from guanzi.office.models.people import Person
from guanzi.office.models.rows import AccountedRow

COUNTED = ("back", "back_with_conditions", "decline", "defer")
"""Results of a sitting that was counted with its quorum."""


class AppraisalRun(CountedRow):
    """An appraisal of a version of the case, computed in the background.

    Attributes:
        state: ``queued``, ``running``, ``done``, ``failed`` or ``cancelled``.
        progress: Share that is done, 0 to 1.
        sha256: Of ``appraisal.json`` when done; files: name -> SHA-256 of its blob.
        headline: What lists show: advice and a few figures.
        problem: As a message, when failed.
    """

    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="appraisals")
    version = models.ForeignKey(CaseVersion, models.PROTECT, related_name="+")
    as_of = models.DateField()
    playbook = models.CharField(max_length=100)
    paths = models.IntegerField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="queued")
    progress = models.FloatField(default=0.0)
    cancel = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64, blank=True)
    advice = models.CharField(max_length=40, blank=True)
    headline = models.JSONField(default=dict)
    files = models.JSONField(default=dict)
    problem = models.JSONField(null=True)
    done_at = models.DateTimeField(null=True)
    UNFINISHED = frozenset({"state", "progress", "cancel", "problem", "done_at"})

    class Meta:
        """Numbers count within a case."""

        constraints = (models.UniqueConstraint(fields=("case", "number"), name="appraisal_number_once"),)

    @property
    def pace(self) -> tuple[float, float] | None:
        """Futures a second since it was asked for, and seconds that are left at this rate; None: not known yet."""
        waited = (timezone.now() - self.asked_at).total_seconds()
        if self.state != "running" or not 0 < self.progress < 1 or waited <= 0:
            return None
        return self.progress * self.paths / waited, waited * (1 - self.progress) / self.progress


class ExpertJudgement(AccountedRow):
    """What an expert judges of a question: blind until he has given his own, open to all seats afterwards.

    Attributes:
        question: Id of the question of the panel.
        round: 1 before the discussion, 2 after it.
        low, mode, high: A bracket of the quantity, or of the chance, in ``unit``.
    """

    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="judgements")
    person = models.ForeignKey(Person, models.PROTECT, related_name="judgements")
    question = models.CharField(max_length=100)
    round = models.IntegerField()
    low = models.FloatField()
    mode = models.FloatField()
    high = models.FloatField()
    unit = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        """A judgement is given once a round."""

        constraints = (models.UniqueConstraint(fields=("case", "person", "question", "round"), name="judgement_once"),)


class ClosedPanel(AccountedRow):
    """A panel whose experts answered in the office: what was written of it is what they said.

    Attributes:
        path, sha256: File and content with the answers; a file that says something else came from outside.
        experts: How many answered.
    """

    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="panels")
    panel = models.CharField(max_length=40)
    path = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    experts = models.IntegerField()
    closed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    class Meta:
        """A panel is closed once."""

        constraints = (models.UniqueConstraint(fields=("case", "panel"), name="panel_closed_once"),)


class SheetApproval(AccountedRow):
    """The approval of a version of the term sheet by one person.

    Attributes:
        path, sha256: File and content.
    """

    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="approvals")
    path = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """A person approves a content once."""

        constraints = (models.UniqueConstraint(fields=("case", "sha256", "person"), name="approval_once"),)


class Sitting(CountedRow):
    """A sitting of the committee on an appraisal.

    Attributes:
        purpose: ``decide``, or ``add_money`` (a new decision on a case that is signed already).
        state: ``open``, ``closed``, ``abandoned`` (ended without a count) or ``void`` (the evidence changed).
        result: ``back``, ``back_with_conditions``, ``decline`` or ``defer`` when closed; ``no_quorum`` in older ones.
        tally: Weights by vote, quorum, majority, who was recused (by the number of the person), when closed.
        void_because: Paths or facts that made it void.
        changes: Of ``add_money``: what the term sheets of the version change of the signed one, line by line.
        evidence_since: Paths, facts or interests since it was opened on which the chair has not decided.
        upheld: The version of which the chair found that the sitting stands all the same; None: that of the appraisal.
        told_entries: Numbers of the entries of the log that hold the ballots that were counted: no others are told.
    """

    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="sittings")
    appraisal = models.ForeignKey(AppraisalRun, models.PROTECT, related_name="sittings")
    purpose = models.CharField(max_length=20, default="decide")
    question = models.TextField(blank=True)
    amount = models.FloatField(null=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="open")
    result = models.CharField(max_length=40, blank=True)
    tally = models.JSONField(default=dict)
    closed_at = models.DateTimeField(null=True)
    reasons = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    void_because = models.JSONField(default=list)
    changes = models.JSONField(default=dict)
    evidence_since = models.JSONField(default=list)
    upheld = models.ForeignKey(CaseVersion, models.PROTECT, null=True, related_name="+")
    told_entries = models.JSONField(default=list)

    class Meta:
        """Numbers count within a case."""

        constraints = (models.UniqueConstraint(fields=("case", "number"), name="sitting_number_once"),)


class ConditionWaiver(AccountedRow):
    """That a condition of a decision need not be met before the signature: one person asks, another agrees.

    Attributes:
        condition: Id of the demand of the appraisal on which the sitting decided.
        agreed_by: None: nobody has agreed yet, and the condition stands.
    """

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="waivers")
    condition = models.CharField(max_length=80)
    reason = models.TextField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        """A condition is waived once."""

        constraints = (models.UniqueConstraint(fields=("sitting", "condition"), name="condition_waived_once"),)


class Ballot(AccountedRow):
    """A vote.

    Attributes:
        vote: ``back``, ``back_with_conditions``, ``decline``, ``abstain`` or ``veto`` (the chair's).
    """

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="ballots")
    person = models.ForeignKey(Person, models.PROTECT, related_name="ballots")
    vote = models.CharField(max_length=30)
    reason = models.TextField()
    weight = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        """One ballot a person."""

        constraints = (models.UniqueConstraint(fields=("sitting", "person"), name="ballot_once"),)
