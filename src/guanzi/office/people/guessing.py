"""Guessing and haste: how many wrong passwords, and how many requests, are taken before a pause.

Ten wrong ones for a name from one place, a hundred for a name from anywhere, or a hundred from one place stop entering
for a quarter of an hour: whoever wants to lock somebody else out must come from ten places.
"""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MOST = 10
MOST_ANYWHERE = 100
SECONDS = 900
MOST_REQUESTS = 1_200
MINUTE = 60


def place_of(request: HttpRequest) -> str:
    """The address from which a request came: behind a server of our own the one that it saw, else the peer."""
    peer: str = request.META.get("REMOTE_ADDR", "")
    if not settings.NINJA_NUM_PROXIES:
        return peer
    return request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or peer


def too_many(request: HttpRequest, username: str) -> bool:
    """Whether too many wrong ones came."""
    return any(cache.get(key, 0) >= most for key, most in _keys(request, username))


def count_wrong(request: HttpRequest, username: str) -> None:
    """A wrong one came."""
    for key, _ in _keys(request, username):
        _count(key, SECONDS)


def too_fast(person: str) -> bool:
    """Count a request of a person; whether it is more than anybody makes by hand in a minute."""
    return _count(f"requests-{person}", MINUTE) > MOST_REQUESTS


def _count(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # its time ended between the two
        return 1


def _keys(request: HttpRequest, username: str) -> tuple[tuple[str, int], ...]:
    name, place = username.casefold(), place_of(request)
    words = ((f"name {name} at {place}", MOST), (f"name {name}", MOST_ANYWHERE), (f"at {place}", MOST_ANYWHERE))
    return tuple((f"guess-{sha256(word.encode()).hexdigest()}", most) for word, most in words)
