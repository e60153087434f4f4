"""Guessing and haste: how many wrong secrets, and how many requests, are taken before a pause.

A try is counted before the secret is looked at, in one statement of its own, and taken back where the secret was
right: so tries at the same moment are counted, too, nothing is hashed once the bound is reached, and nobody waits for a
write transaction while something is hashed. The counts lie in the database, under keyed hashes. What has ended is
deleted with the next count, and from one network come at most :data:`MOST_ANYWHERE` tries a quarter of an hour, so that
the table stays small and no decoy drives a count out of it.

From a browser in which the person entered before, his tries are counted for such browsers alone: whoever tries
elsewhere, from however many networks, does not stop him there (OWASP: device cookies). Each has a bound, and so have
all of them together: who knew a password once may have entered in any number of them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac

from guanzi.base.core import GuanziError, Message, Place, Problem
from guanzi.office.models import GuessCount
from guanzi.office.people.origins import RequestOrigin

MOST = 10
"""Wrong ones for somebody from one network, or from a browser in which he entered before."""
MOST_ANYWHERE = 100
"""Wrong ones for somebody from all networks, or for anybody from one network."""
MOST_NUMBERS = 20
"""Wrong numbers of a device a day, for somebody from all networks: a number has six digits, and three of them serve."""
SECONDS = 900
DAY = 86_400
MOST_REQUESTS = 1_200
MINUTE = 60
type Secret = Literal["password", "number", "token", "provider"]
_TABLE = GuessCount._meta.db_table
_COUNT = f"""
INSERT INTO {_TABLE} (mark, tries, ends) VALUES {{rows}}
ON CONFLICT (mark) DO UPDATE SET
    tries = CASE WHEN {_TABLE}.ends <= %s THEN 1 ELSE {_TABLE}.tries + 1 END,
    ends = CASE WHEN {_TABLE}.ends <= %s THEN excluded.ends ELSE {_TABLE}.ends END
RETURNING mark, tries
"""


class TooManyTries(GuanziError):
    """So many wrong secrets came that none is looked at for a while."""

    def __init__(self) -> None:
        super().__init__(Problem(Message.of("office.enter.too_many"), Place("token")))


@dataclass(frozen=True, slots=True)
class TryBound:
    """A bound on tries.

    Attributes:
        of: What is counted, in words.
        most: Wrong ones that are taken.
        seconds: Within which they came.
    """

    of: str
    most: int
    seconds: int = SECONDS

    @property
    def mark(self) -> str:
        """Under which it is counted."""
        return salted_hmac("guanzi.office.people.guessing", self.of, algorithm="sha256").hexdigest()


def bounds_of(kind: Secret, whom: str, origin: RequestOrigin, person: int | None = None) -> tuple[TryBound, ...]:
    """The bounds on tries of a secret.

    Args:
        kind: What is tried.
        whom: Name or device; empty: nobody in particular.
        origin: From where.
        person: Number of the person that is meant, where there is one.
    """
    if origin.browser is not None and origin.browser[0] == person:
        all_of_them = MOST_NUMBERS if kind == "number" else MOST_ANYWHERE
        here = TryBound(f"{kind} of {whom} in browser {origin.browser[1]}", MOST)
        return here, TryBound(f"{kind} of {whom} in browsers of person {person}, a day", all_of_them, DAY)
    at = TryBound(f"{kind} at {origin.network}", MOST_ANYWHERE)
    if not whom:
        return (at,)
    anywhere = (MOST_NUMBERS, DAY) if kind == "number" else (MOST_ANYWHERE, SECONDS)
    return TryBound(f"{kind} of {whom} at {origin.network}", MOST), TryBound(f"{kind} of {whom}", *anywhere), at


def check_tries(bounds: Iterable[TryBound]) -> None:
    """See that another try may be made; nothing is written.

    Raises:
        TooManyTries: A bound is reached.
    """
    most = {bound.mark: bound.most for bound in bounds}
    held = GuessCount.objects.filter(mark__in=most, ends__gt=int(time.time())).values_list("mark", "tries")
    if any(tries >= most[mark] for mark, tries in held):
        raise TooManyTries


def count_try(bounds: Iterable[TryBound]) -> None:
    """Count a try before its secret is looked at.

    Raises:
        TooManyTries: A bound is reached; the secret is not to be looked at.
    """
    most = {bound.mark: bound for bound in bounds}
    check_tries(most.values())
    now = int(time.time())
    rows = [value for mark in sorted(most) for value in (mark, 1, now + most[mark].seconds)]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(rows=", ".join(["(%s, %s, %s)"] * len(most))), [*rows, now, now])
        counted = cursor.fetchall()
    if any(tries == 1 for _, tries in counted):
        GuessCount.objects.filter(ends__lte=now).delete()
    if any(tries > most[mark].most for mark, tries in counted):
        raise TooManyTries


def take_back(bounds: Iterable[TryBound]) -> None:
    """The secret was right: it was no guess."""
    GuessCount.objects.filter(mark__in=[bound.mark for bound in bounds], tries__gt=0).update(tries=F("tries") - 1)


def too_fast(person: str) -> bool:
    """Count a request of a person; whether it is more than anybody makes by hand in a minute."""
    key = f"requests-{person}"
    cache.add(key, 0, MINUTE)
    try:
        return int(cache.incr(key)) > MOST_REQUESTS
    except ValueError:  # its time ended between the two
        return False
