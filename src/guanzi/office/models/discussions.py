"""What people say to one another beside a case, a finding, a clause or a question, and whom they mention."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.cases import OfficeCase
from guanzi.office.models.numbers import timely_key
from guanzi.office.models.people import Person
from guanzi.office.models.rows import AccountedRow


class Discussion(AccountedRow):
    """A thread of remarks on one subject of a case.

    Attributes:
        kind: ``case``, ``finding``, ``clause`` or ``question``.
        about: Id of the finding, clause or question; empty for the case.
        subject: What it was about when it was opened, as a message.
        resolved_at, resolved_by: When and by whom it was closed; None: it is open.
    """

    id = timely_key()
    case = models.ForeignKey(OfficeCase, models.CASCADE, related_name="discussions")
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=200, blank=True)
    subject = models.JSONField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        """Pages count what is open by subject."""

        indexes = (models.Index(fields=("case", "kind", "about")),)


class DiscussionRemark(AccountedRow):
    """What somebody said in a discussion; it is never changed."""

    id = timely_key()
    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="remarks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()


class Mention(AccountedRow):
    """Somebody who is named in a remark and is to read it.

    Attributes:
        done_at: When the person answered, marked it as read, or the discussion was resolved; None: it waits.
    """

    remark = models.ForeignKey(DiscussionRemark, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mentions")
    done_at = models.DateTimeField(null=True)

    class Meta:
        """A remark mentions a person once; what waits for somebody is asked for with every first page."""

        constraints = (models.UniqueConstraint(fields=("remark", "person"), name="mentioned_once"),)
        indexes = (models.Index(fields=("person", "done_at")),)
