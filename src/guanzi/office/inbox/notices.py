"""Notices: whoever has something to do that is due learns that it is, by the notifiers of the office."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from guanzi.base.core import Message, render
from guanzi.office.doors import Notice, Notifier
from guanzi.office.inbox.waiting import waiting_for
from guanzi.office.models import Person
from guanzi.office.people.visibility import Viewer

SOON = timedelta(days=1)
"""What is due no later than so long from today is told."""
_logger = logging.getLogger("guanzi.office")


@dataclass(frozen=True, slots=True)
class SentNotices:
    """How many notices were handed on, and how many could not be."""

    sent: int = 0
    failed: int = 0


def send_due(notifiers: tuple[Notifier, ...]) -> SentNotices:
    """Tell everybody for whom something is due, late or due tomorrow; one notice a person and notifier.

    What cannot be handed on is told in the log of the machine, and the others are told all the same.
    """
    sent = failed = 0
    for notice in _due() if notifiers else ():
        for notifier in notifiers:
            try:
                notifier.tell(notice)
                sent += 1
            except Exception as error:  # whatever another's notifier does; its words may hold an address with a key
                failed += 1
                _logger.error("a notice could not be handed on by %s: %s", notifier.id, type(error).__name__)
    return SentNotices(sent, failed)


def _due() -> Iterator[Notice]:
    last, link = timezone.localdate() + SOON, f"{settings.ADDRESS}/"
    people = Person.objects.filter(is_active=True).exclude(organisation=None)
    for person in people.order_by("pk"):
        due = min((one.due for one in waiting_for(Viewer(person)) if one.due is not None), default=None)
        if due is not None and due <= last:
            text = render(Message.of("office.notice", day=due.isoformat(), link=link), person.language)
            yield Notice(person.username, person.language, due, link, text)
