"""Entering by OpenID Connect: the way to the provider and back, and what its answer proves.

Only what stands in an ID token with a signature of the provider counts: for this office, for this way there (nonce,
state, PKCE), of somebody who entered at the provider a short while ago. Which provider is asked is settled before the
way begins, so that the answer of another one is refused (RFC 9207).
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from django.core.cache import cache
from django.utils.crypto import constant_time_compare

from guanzi.base.core import hidden_in_name
from guanzi.office.nesting import shallow_json
from guanzi.office.outside import fetch, is_named_server
from guanzi.office.people.providers import IdentityProvider
from guanzi.office.people.sessions import FRESH

if TYPE_CHECKING:
    from jwt import PyJWK

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures that are taken: by a private key that the provider alone has."""
KINDS = ("RSA", "EC", "OKP")
KEPT = 3_600
"""Seconds for which the description and the keys of a provider are remembered."""
LEEWAY = 60
"""Seconds by which the clocks of provider and office may differ."""
_SILENT = 15
"""Seconds for which a provider that did not answer is not asked again."""
_ANEW = 60
"""Seconds within which the keys of a provider are not asked for again because of an unknown one."""
_LONGEST = 255
_LAST = 1 << 40
"""Seconds since 1970 that no clock shows."""
_REQUIRED = ("iss", "sub", "aud", "exp", "iat", "nonce", "auth_time")


class NotProven(Exception):
    """What came back does not prove who enters; the word says why, for the log of the machine."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to a provider and back.

    Attributes:
        provider: Id of the provider.
        state, nonce, verifier: Random numbers that bind the answer to this browser and to this way.
        target: Where the person goes on.
        connects: Number of the person who connects his account; None: somebody enters.
    """

    provider: str
    state: str
    nonce: str
    verifier: str
    target: str
    connects: int | None


@dataclass(frozen=True, slots=True)
class ProvenIdentity:
    """Who entered at a provider, as its signature proves.

    Attributes:
        mark: Hash of what is the same in all identities of the human being.
        username, name: As the provider proposes.
        groups: Of the provider.
        second_factor: Whether he showed one there.
        entered: When, in seconds since 1970.
    """

    provider: IdentityProvider
    subject: str
    mark: str
    username: str
    name: str
    groups: frozenset[str]
    second_factor: bool
    entered: float


def begin_way(provider: IdentityProvider, target: str, connects: int | None) -> Way:
    """A way that begins now."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Way(provider.id, state, nonce, verifier, target, connects)


def address_of(provider: IdentityProvider, way: Way, back: str) -> str:
    """Where the browser goes at the provider.

    Raises:
        OSError, ValueError: The provider does not answer, or its description is not its own.
    """
    asked = {
        "response_type": "code",
        "scope": "openid profile",
        "client_id": provider.client,
        "redirect_uri": back,
        "state": way.state,
        "nonce": way.nonce,
        "code_challenge": _plain64(sha256(way.verifier.encode()).digest()),
        "code_challenge_method": "S256",
        "max_age": str(FRESH),
    }
    address = _description(provider)["authorization_endpoint"]
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def prove(provider: IdentityProvider, way: Way, answer: Mapping[str, str], back: str, now: float) -> ProvenIdentity:
    """Who comes back from a provider.

    Args:
        provider: To whom the way led.
        way: As the browser shows it.
        answer: What the browser brings.
        back: The address to which it comes back.
        now: Seconds since 1970.

    Raises:
        NotProven: Nobody is proven by it.
        OSError, ValueError: The provider does not answer, or its description is not its own.
    """
    described = _description(provider)
    if not constant_time_compare(answer.get("state", ""), way.state):
        raise NotProven("state")
    issuer = answer.get("iss")
    told = described.get("authorization_response_iss_parameter_supported") is True
    if (told or issuer is not None) and issuer != provider.issuer:
        raise NotProven("issuer")
    if "code" not in answer:
        raise NotProven("refused")
    form = {
        "grant_type": "authorization_code",
        "code": answer["code"],
        "redirect_uri": back,
        "code_verifier": way.verifier,
    }
    who = f"{quote(provider.client, safe='')}:{quote(provider.secret, safe='')}".encode()
    head = {"Authorization": f"Basic {base64.b64encode(who).decode()}"}
    token = _answered(described["token_endpoint"], form, head).get("id_token")
    if not isinstance(token, str):
        raise NotProven("token")
    claims = _claims(provider, token)
    if not constant_time_compare(str(claims["nonce"]), way.nonce):
        raise NotProven("nonce")
    return proven(provider, claims, float(claims["auth_time"]), now)


def _claims(provider: IdentityProvider, token: str) -> dict[str, Any]:
    """What a token says, once its signature, its issuer, its audience and its times are right.

    Raises:
        NotProven: One of them is not.
    """
    import jwt

    try:
        head = jwt.get_unverified_header(token)
        key = next(_keys(provider, head), None)
        if key is None:
            raise NotProven("key")
        options: Any = {"require": list(_REQUIRED)}
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=[head["alg"]],
            audience=provider.client,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options=options,
        )
    except (NotProven, OSError):
        raise
    except Exception as error:  # whatever the library does with what no honest provider sends
        raise NotProven(type(error).__name__) from error
    audience, party = claims["aud"], claims.get("azp")
    if party != provider.client and (party is not None or not isinstance(audience, str)):
        raise NotProven("party")
    if not (isinstance(claims["auth_time"], int) and 0 < claims["auth_time"] < _LAST):
        raise NotProven("auth_time")
    return claims


def proven(provider: IdentityProvider, claims: Mapping[str, Any], entered: float, now: float) -> ProvenIdentity:
    """Who a provider speaks of, in claims that its signature proves.

    Raises:
        NotProven: He entered there too long ago or in the future, or the claims name nobody.
    """
    if not -LEEWAY <= now - entered <= FRESH + LEEWAY:
        raise NotProven("auth_time")
    subject, human = claims.get("sub"), claims.get(provider.person)
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST or hidden_in_name(subject):
        raise NotProven("subject")
    if not isinstance(human, str) or not human or hidden_in_name(human):
        raise NotProven("person")
    shown = claims.get("amr")
    factors = {str(one) for one in (shown if isinstance(shown, list) else [])} | {str(claims.get("acr"))}
    groups = claims.get(provider.groups)
    within = provider.issuer if provider.person == "sub" else f"{provider.organisation} {provider.person}"
    return ProvenIdentity(
        provider=provider,
        subject=subject,
        mark=sha256(f"{within}\0{human}".encode()).hexdigest(),
        username=str(claims.get(provider.username) or ""),
        name=str(claims.get("name") or ""),
        groups=frozenset(str(one) for one in (groups if isinstance(groups, list) else [])),
        second_factor=bool(factors & {*provider.second_factor}),
        entered=min(entered, now),
    )


def _description(provider: IdentityProvider) -> Mapping[str, Any]:
    """What a provider says of itself.

    Raises:
        OSError: It does not answer.
        ValueError: It says that it is another, or names addresses that are none.
    """

    def asked() -> dict[str, Any]:
        found = _answered(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        ends = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if found.get("issuer") != provider.issuer:
            raise ValueError("the description of another provider")
        if not all(isinstance(found.get(end), str) and is_named_server(found[end]) for end in ends):
            raise ValueError("no addresses")
        return found

    found: dict[str, Any] = _remembered(f"openid-{sha256(provider.issuer.encode()).hexdigest()}", asked)
    return found


def _keys(provider: IdentityProvider, head: Mapping[str, Any]) -> Iterator[PyJWK]:
    """The key of a provider that a head of a token names, asked for anew where it is not known."""
    import jwt

    if head.get("alg") not in ALGORITHMS:
        raise NotProven("algorithm")
    name = f"openid-keys-{sha256(provider.issuer.encode()).hexdigest()}"
    for anew in (False, True):
        if anew and not cache.add(f"{name}-anew", 1, _ANEW):
            return
        if anew:
            cache.delete(name)
        held = _remembered(name, lambda: _answered(_description(provider)["jwks_uri"]))
        keys = [row for row in held.get("keys", ()) if isinstance(row, dict)]
        rows = [row for row in keys if row.get("kty") in KINDS and row.get("use", "sig") == "sig"]
        fits = [row for row in rows if "kid" not in head or row.get("kid") == head["kid"]]
        if len(fits) == 1:
            yield jwt.PyJWK(fits[0], algorithm=head["alg"])


def _answered(
    address: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What a provider answers at an address.

    Raises:
        OSError: It does not answer, or refuses.
        ValueError: It answers with something else than an object of JSON.
    """
    found = shallow_json(fetch(address, form, headers))
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def _remembered(name: str, ask: Callable[[], Any]) -> Any:
    """What a provider said before, or says now; one that did not answer is let be for a while, so that nobody waits."""
    found = cache.get(name)
    if found is None and cache.get(f"{name}-silent"):
        raise OSError("silent")
    if found is None:
        try:
            found = ask()
        except OSError:
            cache.set(f"{name}-silent", 1, _SILENT)
            raise
        cache.set(name, found, KEPT)
    return found


def _plain64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
