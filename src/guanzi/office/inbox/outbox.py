"""The outbox: what waits for people is laid into it for each of their channels, and sent beside the pages.

What is laid in stays until a server has taken it, or until it waits no longer. A channel whose server does not answer
is tried again ever more seldom, up to every six hours, and holds up no other.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from guanzi.base.core import Message, render
from guanzi.office.faults import fault_of
from guanzi.office.inbox.channels import deliver
from guanzi.office.inbox.waiting import WaitingItem, waiting_for
from guanzi.office.models import NoticeChannel, OutgoingNotice, Person
from guanzi.office.people.visibility import Viewer

SET_UP = "set_up"
"""Kind of the notice that a new channel works; nothing waits."""
DIGEST_HOUR = 8
"""Hour of the day, at the place of the office, from which on a digest is sent."""
KEPT = timedelta(days=30)
"""How long it is known what was sent."""
MOST_AT_ONCE = 8
"""Channels that are sent by at the same time, and in one turn."""
LONGEST_SENDING = 30.0
"""Seconds after which a turn ends; a server that has not answered by then counts as dead."""
_CLAIMED = timedelta(minutes=5)
"""For so long a channel belongs to the process that sends by it."""
_SLOWEST = 360
_logger = logging.getLogger("guanzi.office")
type Deliver = Callable[[str, str, str, str, Mapping[str, Any]], None]
"""See :func:`guanzi.office.inbox.channels.deliver`."""


@dataclass(frozen=True, slots=True)
class SentNotices:
    """How many notices were handed on, and how many could not be."""

    sent: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class _Parcel:
    """What is sent by a channel at once."""

    channel: NoticeChannel
    notices: tuple[OutgoingNotice, ...]


def lay_in(now: datetime) -> None:
    """Lay what waits for everybody who has a channel into the outbox, and take out what waits no longer.

    Whose cases cannot be read is told nothing for now, and keeps nobody else from being told.
    """
    people = Person.objects.filter(channels__isnull=False, is_active=True, organisation__isnull=False).distinct()
    for person in people.prefetch_related("channels"):
        try:
            items = waiting_for(Viewer(person, person.language))
        except Exception as error:
            if fault_of(error) is not None:
                raise  # the database is lost, for everybody
            _logger.error("what waits for person %s cannot be read: %s", person.pk, type(error).__name__)
            continue
        for channel in person.channels.all():
            with transaction.atomic():
                _lay(channel, items, now)
    OutgoingNotice.objects.filter(gone_at__lt=now - KEPT).delete()


def _lay(channel: NoticeChannel, items: Iterable[WaitingItem], now: datetime) -> None:
    """Lay in for one channel what it has not told yet; a digest holds all that waits, once a day."""
    there = channel.outgoing.filter(gone_at=None).exclude(kind=SET_UP)
    waiting = {item.mark: item for item in items}
    there.exclude(mark__in=waiting).update(gone_at=now)
    local = timezone.localtime(now)
    if channel.daily:
        if local.hour < DIGEST_HOUR or channel.digest_on == local.date():
            return
        there.update(gone_at=now)
        NoticeChannel.objects.filter(pk=channel.pk).update(digest_on=local.date())
    known = set(there.values_list("mark", flat=True))
    OutgoingNotice.objects.bulk_create(
        OutgoingNotice(channel=channel, mark=mark, kind=item.kind, due=item.due, made_at=now)
        for mark, item in waiting.items()
        if mark not in known
    )


def send(now: datetime, how: Deliver = deliver) -> SentNotices:
    """Send a turn of what the outbox holds, everything of a channel as one notice; until nothing is left to send now.

    Servers that took their last notice come first, and a turn has an end: so nobody waits for the dead ones of others.

    Args:
        now: The time.
        how: Hands a notice to a server.
    """
    parcels = _claim(now)
    pool = ThreadPoolExecutor(MOST_AT_ONCE)
    tries = [pool.submit(_try, parcel, how) for parcel in parcels]
    done, _ = wait(tries, LONGEST_SENDING)
    pool.shutdown(wait=False, cancel_futures=True)
    went = [one in done and one.result() for one in tries]
    for parcel, sent in zip(parcels, went, strict=True):
        channel = NoticeChannel.objects.filter(pk=parcel.channel.pk)
        if sent:
            OutgoingNotice.objects.filter(pk__in=[one.pk for one in parcel.notices]).update(sent_at=now)
            channel.update(failures=0, next_try=None)
        else:
            failures = parcel.channel.failures + 1
            pause = timedelta(minutes=min(2 ** min(failures - 1, 10), _SLOWEST))
            channel.update(failures=failures, next_try=now + pause)
    return SentNotices(sum(went), len(went) - sum(went))


def _claim(now: datetime) -> list[_Parcel]:
    """What is to be sent now and no other process is sending; servers that answered last time come first."""
    pending = OutgoingNotice.objects.filter(channel=OuterRef("pk"), sent_at=None, gone_at=None)
    ready = Q(next_try=None) | Q(next_try__lte=now)
    channels = NoticeChannel.objects.filter(Exists(pending), ready, person__is_active=True)
    parcels: list[_Parcel] = []
    for channel in channels.select_related("person").order_by("failures", "pk"):
        if len(parcels) == MOST_AT_ONCE:
            break
        if NoticeChannel.objects.filter(ready, pk=channel.pk).update(next_try=now + _CLAIMED):
            notices = channel.outgoing.filter(sent_at=None, gone_at=None).order_by("due", "pk")
            parcels.append(_Parcel(channel, tuple(notices)))
    return parcels


def _try(parcel: _Parcel, how: Deliver) -> bool:
    """Whether the server of a channel has taken its notices; what it says is not logged, it may hold a key."""
    channel = parcel.channel
    title, text, told = words_of(parcel.notices, channel.person.language)
    try:
        how(channel.kind, channel.address, title, text, told)
    except Exception as error:  # whatever a server or a library does: the others are sent all the same
        _logger.warning("no notice could be sent by channel %s: %s", channel.pk, type(error).__name__)
        return False
    return True


def words_of(notices: Iterable[OutgoingNotice], lang: str) -> tuple[str, str, dict[str, Any]]:
    """Notices as title, text and plain data: their kinds, days and a link, and nothing of what they are about."""
    some = tuple(notices)
    only = some[0] if len({one.mark for one in some}) == 1 else None
    link = f"{settings.ADDRESS}/" if only is None or only.kind == SET_UP else link_to(only.mark)
    kinds = Counter(one.kind for one in some)
    days = {kind: [one.due for one in some if one.kind == kind and one.due is not None] for kind in kinds}
    first = {kind: min(found, default=None) for kind, found in days.items()}
    title = render(Message.of("office.notices.title"), lang)
    lines = [line_of(kind, kinds[kind], first[kind], lang) for kind in kinds]
    told = [{"kind": kind, "count": kinds[kind], "due": day and day.isoformat()} for kind, day in first.items()]
    return title, "\n".join([title, *lines, link]), {"link": link, "waiting": told}


def line_of(kind: str, count: int, due: date | None, lang: str) -> str:
    """What waits of a kind, how much of it and until when, in words."""
    what = Message.of(f"office.notices.kind.{kind}")
    told = what if count == 1 else Message.of("office.notices.several", what=what, n=count)
    return render(told if due is None else Message.of("office.notices.due", what=told, day=due.isoformat()), lang)


def link_to(mark: str) -> str:
    """Where whoever enters is led on to what waits for him."""
    return f"{settings.ADDRESS}/waiting/{mark}/"
