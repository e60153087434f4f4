"""Entering by SAML: the request that the browser carries to the provider, and what the response proves.

The library proves signature and times of a response. What it lets pass is asked here as well: a response answers the
request of this browser, is meant for exactly this address and for this office, and tells that the person entered a
short while ago.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.cache import cache

from guanzi.office.people.openid import NotProven, ProvenIdentity, Way, proven
from guanzi.office.people.providers import IdentityProvider

_USED = 3_600
"""Seconds for which it is known that a request was answered: longer than one may take."""
_SAML = "urn:oasis:names:tc:SAML:2.0"


def saml_address(provider: IdentityProvider, way: Way, back: str) -> tuple[str, Way]:
    """Where the browser goes at the provider, and the way with the number of its request."""
    from onelogin.saml2.authn_request import OneLogin_Saml2_Authn_Request

    request = OneLogin_Saml2_Authn_Request(_settings(provider, back))
    asked, address = urlencode({"SAMLRequest": request.get_request()}), provider.sign_in
    return f"{address}{'&' if '?' in address else '?'}{asked}", replace(way, state=request.get_id())


def prove_saml(provider: IdentityProvider, way: Way, response: str, back: str, now: float) -> ProvenIdentity:
    """Who comes back from a provider.

    Args:
        provider: To whom the way led.
        way: As the browser shows it.
        response: As the browser brings it.
        back: The address to which it comes back.
        now: Seconds since 1970.

    Raises:
        NotProven: Nobody is proven by it.
    """
    from lxml.etree import LxmlError
    from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
    from onelogin.saml2.response import OneLogin_Saml2_Response

    try:
        read = OneLogin_Saml2_Response(_settings(provider, back), response)
        read.is_valid(_as_received(back), way.state, raise_exceptions=True)
        held = {name: values for name, values in read.get_attributes().items() if values}
        subject, contexts = read.get_nameid(), read.get_authn_contexts()
        audiences, answers = read.get_audiences(), read.get_in_response_to()
    except (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError, LxmlError, ValueError, TypeError) as error:
        raise NotProven(type(error).__name__) from error
    if answers != way.state:
        raise NotProven("request")
    if read.document.get("Destination") != back or provider.client not in audiences:
        raise NotProven("destination")
    if not cache.add(f"saml-{way.state}", 1, _USED):
        raise NotProven("used")
    found = list(read.document.iterfind(f"{{{_SAML}:assertion}}Assertion/{{{_SAML}:assertion}}AuthnStatement"))
    if len(found) != 1:
        raise NotProven("statement")
    claims: dict[str, Any] = {name: values[0] for name, values in held.items()}
    claims |= {"sub": subject, provider.groups: held.get(provider.groups, []), "amr": contexts}
    return proven(provider, claims, _moment(found[0].get("AuthnInstant", "")), now)


def _settings(provider: IdentityProvider, back: str) -> Any:
    """A provider and the office as the library asks for them.

    Raises:
        ValueError: The library cannot use them.
    """
    from onelogin.saml2.errors import OneLogin_Saml2_Error
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

    binding = f"{_SAML}:bindings"
    told = {
        "strict": True,
        "sp": {
            "entityId": provider.client,
            "assertionConsumerService": {"url": back, "binding": f"{binding}:HTTP-POST"},
            "NameIDFormat": f"{_SAML}:nameid-format:persistent",
        },
        "idp": {
            "entityId": provider.issuer,
            "singleSignOnService": {"url": provider.sign_in, "binding": f"{binding}:HTTP-Redirect"},
            "x509cert": provider.certificate,
        },
        "security": {
            "wantAssertionsSigned": True,
            "wantAttributeStatement": False,
            "rejectDeprecatedAlgorithm": True,
            "requestedAuthnContext": False,
            "allowSingleLabelDomains": True,
        },
    }
    try:
        return OneLogin_Saml2_Settings(told)
    except OneLogin_Saml2_Error as error:
        raise ValueError("settings") from error


def _as_received(back: str) -> Mapping[str, str]:
    """The address to which a response came, as the library asks for it."""
    found = urlsplit(back)
    return {
        "https": "on" if found.scheme == "https" else "off",
        "http_host": found.netloc,
        "script_name": found.path,
        "request_uri": found.path,
    }


def _moment(text: str) -> float:
    """A time in seconds since 1970.

    Raises:
        NotProven: It is none, or of no time zone.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotProven("auth_time") from error
    if found.tzinfo is None:
        raise NotProven("auth_time")
    return found.timestamp()
