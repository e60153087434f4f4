"""Tokens: who asks, and what the token lets him do."""

from __future__ import annotations

from typing import Protocol

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from guanzi.base.core import catalogue_languages
from guanzi.office.actions import Forbidden
from guanzi.office.models import ApiToken, Person
from guanzi.office.people.credentials import try_token
from guanzi.office.people.origins import origin_of
from guanzi.office.refusing import not_allowed

_USED_AGAIN = 60
"""Seconds after which a new use of a token is written down."""


def language(request: HttpRequest) -> str:
    """The first language of ``Accept-Language`` that the catalogues have."""
    for asked in request.headers.get("Accept-Language", "").lower().split(","):
        if asked.strip()[:2] in catalogue_languages():
            return asked.strip()[:2]
    return "en"


class Asker(Protocol):
    """Who asks what can be read: a request with a token, or a language model with one.

    Attributes:
        auth: The person.
        scopes: What the token allows.
        lang: In which it is answered.
    """

    auth: Person
    scopes: frozenset[str]
    lang: str


class TokenRequest(HttpRequest):
    """A request with a token that holds.

    Attributes:
        auth: The person.
        scopes: What the token allows.
        token: Its number.
        lang: In which it is answered.
    """

    auth: Person
    scopes: frozenset[str]
    lang: str
    token: int


class TokenBearer(HttpBearer):
    """``Authorization: Bearer gz_…``; what comes with it is a :class:`TokenRequest`.

    Args:
        scope: What the token must be allowed.
    """

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: TokenRequest, token: str) -> Person | None:  # type: ignore[override]  # becomes one here
        """The person of a token that holds, or None.

        Raises:
            Forbidden: It holds, and does not allow this.
            TooManyTries: Too many wrong ones came from there.
        """
        found = try_token(token, origin_of(request))
        if found is None:
            return None
        now = timezone.now()
        if found.used_at is None or (now - found.used_at).total_seconds() > _USED_AGAIN:
            ApiToken.objects.filter(pk=found.pk).update(used_at=now)
        request.scopes = frozenset(found.scopes)
        request.token, request.user, request.lang = found.pk, found.person, language(request)
        if self.scope not in request.scopes or found.person.organisation_id is None:
            raise Forbidden(not_allowed(self.scope))
        return found.person
