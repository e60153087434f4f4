"""Where a person is in: his sessions that hold, as the page of his account names them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from guanzi.office.models import ApiToken, CalendarFeed, NoticeChannel, Person
from guanzi.office.people.sessions import is_over, times_of


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session of a person that holds.

    Attributes:
        key: Under which the server keeps it.
        mark: By which a page names it; nobody gets in with it.
        entered, seen: When the person entered, and when he last asked for a page.
        place: Address from which he entered.
        browser: As it names itself.
    """

    key: str
    mark: str
    entered: datetime
    seen: datetime
    place: str
    browser: str


def open_sessions(person: Person) -> list[OpenSession]:
    """The sessions of a person that hold, the newest first."""
    found = []
    for row in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        held = row.get_decoded()
        entered, seen = times_of(held)
        own = held.get(SESSION_KEY) == str(person.pk) and held.get(HASH_SESSION_KEY) == person.get_session_auth_hash()
        if own and not is_over(time.time(), entered, seen):
            begun, asked = datetime.fromtimestamp(entered, UTC), datetime.fromtimestamp(seen, UTC)
            place, browser = str(held.get("place", "")), str(held.get("browser", ""))
            found.append(OpenSession(row.session_key, mark_of(row.session_key), begun, asked, place, browser))
    return sorted(found, key=lambda one: one.entered, reverse=True)


def end_all_sessions(person: Person) -> None:
    """End every session of a person at once; the page that asked for it may go on with its own."""
    person.sessions_ended += 1
    person.save(update_fields=["sessions_ended"])


def end_other_ways(person: Person) -> None:
    """End what goes on without entering: tokens, the calendar by token, and channels of notices.

    Whoever knew the password, or had a browser that was open, may have made them.
    """
    ApiToken.objects.filter(person=person).delete()
    CalendarFeed.objects.filter(person=person).delete()
    NoticeChannel.objects.filter(person=person).delete()


def mark_of(key: str | None) -> str:
    """By what a page names a session; empty: there is none."""
    return sha256(key.encode()).hexdigest()[:20] if key else ""
