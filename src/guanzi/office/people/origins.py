"""From where somebody asks: network, browser, token; what tries of secrets are counted by."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

_SALT = "guanzi.office.people.origins"
_DAYS = 180
_LONGEST = 100
"""Characters of an address that is none."""
_SITE = 64
"""Bits of an address of IPv6 that name a network: whoever has one address of it has all."""


@dataclass(frozen=True, slots=True)
class RequestOrigin:
    """From where an action or a secret comes.

    Attributes:
        address: As log lines tell it.
        browser: Person and number of a browser in which he entered before; None: it is not known.
        token: Number of the token with which a program asks; None: a person asks himself.
    """

    address: str
    browser: tuple[int, str] | None = None
    token: int | None = None

    @property
    def network(self) -> str:
        """By what the address is counted: IPv4 as it is, also within IPv6; of IPv6 the network of 64 bits.

        >>> RequestOrigin("::ffff:192.0.2.7").network, RequestOrigin("2001:db8:0:7::1").network
        ('192.0.2.7', '2001:db8:0:7::/64')
        """
        try:
            found = ip_address(self.address.partition("%")[0])
        except ValueError:
            return self.address[:_LONGEST]
        if not isinstance(found, IPv6Address):
            return str(found)
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ip_network((found.packed, _SITE), strict=False))


MACHINE = RequestOrigin("the machine itself")
"""Where ``guanzi office do`` and the server of models ask."""


def place_of(request: HttpRequest) -> str:
    """The address from which a request came: behind a server of our own the one that it saw, else the peer."""
    peer: str = request.META.get("REMOTE_ADDR", "")
    if not settings.NINJA_NUM_PROXIES:
        return peer
    return request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or peer


def origin_of(request: HttpRequest, token: int | None = None) -> RequestOrigin:
    """From where a request comes."""
    return RequestOrigin(place_of(request), _browser(request), token)


def remember_browser(request: HttpRequest, answer: HttpResponse, person: int) -> None:
    """Let the browser show that the person entered in it: tries of others then do not stop him there.

    The cookie (OWASP: device cookie) names person and browser under a signature, and lets nobody in.
    """
    known = _browser(request)
    if known is not None and known[0] == person:
        return
    answer.set_cookie(
        settings.BROWSER_COOKIE,
        signing.dumps([person, secrets.token_urlsafe(12)], salt=_SALT),
        max_age=_DAYS * 86_400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _browser(request: HttpRequest) -> tuple[int, str] | None:
    try:
        person, number = signing.loads(request.COOKIES[settings.BROWSER_COOKIE], salt=_SALT, max_age=_DAYS * 86_400)
    except (KeyError, signing.BadSignature):
        return None
    return int(person), str(number)
