"""Guessing of passwords: after ten wrong ones nobody enters under that name for a quarter of an hour."""

from __future__ import annotations

from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest

MOST = 10
SECONDS = 900


def _keys(request: HttpRequest, username: str) -> tuple[str, ...]:
    place = request.META.get("REMOTE_ADDR", "")
    return tuple(f"guess-{sha256(word.encode()).hexdigest()}" for word in (f"name {username.lower()}", f"at {place}"))


def too_many(request: HttpRequest, username: str) -> bool:
    """Whether too many wrong ones came under the name or ten times as many from the place."""
    by_name, at_place = _keys(request, username)
    return cache.get(by_name, 0) >= MOST or cache.get(at_place, 0) >= 10 * MOST


def count_wrong(request: HttpRequest, username: str) -> None:
    """A wrong one came."""
    for key in _keys(request, username):
        cache.add(key, 0, SECONDS)
        cache.incr(key)
