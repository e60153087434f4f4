"""By what people learn that something waits: their channels, what is to be sent by them, and calendars by token."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.numbers import timely_key
from guanzi.office.models.people import Person
from guanzi.office.models.rows import AccountedRow


class NoticeChannel(AccountedRow):
    """A way by which notices reach a person.

    Attributes:
        kind: ``mail``, ``wecom``, ``dingtalk``, ``feishu``, ``slack`` or ``webhook``.
        address: Of the mailbox or of the messenger's server; whoever knows it can write there.
        daily: One digest a day; otherwise at once.
        digest_on: Day of the newest digest.
        failures: How often in a row the server has not taken a notice.
        next_try: Before then nothing is sent by it.
    """

    id = timely_key()
    person = models.ForeignKey(Person, models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=20)
    address = models.CharField(max_length=500)
    daily = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    digest_on = models.DateField(null=True)
    failures = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    FREE = frozenset({"digest_on", "failures", "next_try"})


class OutgoingNotice(models.Model):
    """A notice that is to be sent, or was: that something of a kind waits, and until when.

    Attributes:
        mark: Of what waits; the same as long as it waits.
        kind: Of :data:`guanzi.office.inbox.waiting.WaitingItem.kind`.
        sent_at: None: it was not sent yet.
        gone_at: When it waited no longer; what was not sent by then is sent no more.
    """

    channel = models.ForeignKey(NoticeChannel, models.CASCADE, related_name="outgoing")
    mark = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    due = models.DateField(null=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        """What waits is told once by a channel, and again once it has gone."""

        constraints = (
            models.UniqueConstraint(
                fields=("channel", "mark"), condition=models.Q(gone_at=None), name="notice_told_once"
            ),
        )


class CalendarFeed(AccountedRow):
    """The calendar of what waits for a person, read by whoever knows its token; only the hash of it is kept."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="feed")
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
