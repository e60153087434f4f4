"""Entering by an identity provider of the house, and connecting one's account with an identity there."""

from __future__ import annotations

import logging
import time
from dataclasses import asdict
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_otp import login as login_with
from django_otp.models import Device

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.identities import account_of
from guanzi.office.models import Person
from guanzi.office.pages.entering import ways_in
from guanzi.office.pages.middleware import shows_second_factor
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest, VisitRequest
from guanzi.office.pages.returning import wanted_path
from guanzi.office.people.credentials import has_device, try_number
from guanzi.office.people.openid import NotProven, ProvenIdentity, Way, address_of, begin_way, prove
from guanzi.office.people.origins import origin_of, remember_browser
from guanzi.office.people.providers import IdentityProvider, provider_called
from guanzi.office.people.ratelimit import TooManyTries, bounds_of, count_try, take_back
from guanzi.office.people.saml import prove_saml, saml_address
from guanzi.office.people.sessions import is_fresh

WAY = 600
"""Seconds that a way to a provider and back may take."""
PENDING = "entering"
"""Of a session: who has come back from a provider, and still owes the number of his device."""
_OWN_ACT = ("same-origin", "none")
"""What browsers tell of a request by a link of the office, or by an address that was typed."""
_logger = logging.getLogger("guanzi.office")


@require_GET
def begin(request: VisitRequest, id: str) -> HttpResponse:
    """Go to a provider, to enter there; who comes by a link of another site chooses it himself."""
    provider = _provider(id)
    if request.headers.get("Sec-Fetch-Site", "none") not in _OWN_ACT:
        return redirect(f"/enter/?next={quote(wanted_path(request))}")
    return _go(request, provider, wanted_path(request), None)


@login_required
@require_POST
def connect(request: PersonRequest, id: str) -> HttpResponse:
    """Begin to connect one's account with an identity; the page holds the link, since no form may lead elsewhere."""
    provider = _provider(id)
    if not is_fresh(request) or (settings.SECOND_FACTOR and not shows_second_factor(request)):
        problem = Problem(Message.of("office.refused.enter_again"), Place("identity"))
        return show(request, "refused.html.j2", 403, problems=[problem], back="/enter/?next=/account/")
    return _go(request, provider, "/account/", request.user.pk)


def _go(request: VisitRequest, provider: IdentityProvider, target: str, connects: int | None) -> HttpResponse:
    way = begin_way(provider, target, connects)
    try:
        if provider.protocol == "saml":
            address, way = saml_address(provider, way, _back(provider))
        else:
            address = address_of(provider, way, _back(provider))
    except (OSError, ValueError) as error:
        return _silent(request, provider, error)
    answer = (
        redirect(address) if connects is None else show(request, "connect.html.j2", provider=provider, address=address)
    )
    answer.set_cookie(
        settings.WAY_COOKIE,
        signing.dumps(asdict(way), salt=__name__),
        max_age=WAY,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


@csrf_exempt
@require_http_methods(["GET", "POST"])
def back(request: VisitRequest, id: str) -> HttpResponse:
    """Come back from a provider; the response of SAML is sent by its page, without cookies, and once more by ours."""
    provider, origin, now = _provider(id), origin_of(request), time.time()
    saml = provider.protocol == "saml"
    if saml != (request.method == "POST"):
        raise Http404
    if saml and "again" not in request.POST:
        return show(request, "go_on.html.j2", response=request.POST.get("SAMLResponse", ""))
    bounds = bounds_of("provider", "", origin)
    try:
        count_try(bounds)
        way = _way(request, provider)
        if saml:
            identity = prove_saml(provider, way, request.POST.get("SAMLResponse", ""), _back(provider), now)
        else:
            identity = prove(provider, way, request.GET.dict(), _back(provider), now)
        if way.connects is not None and way.connects != request.user.pk:
            raise NotProven("person")
        person = account_of(identity, way.connects)
    except TooManyTries:
        return show(request, "enter.html.j2", 429, wrong="too_many", **ways_in())
    except NotProven as error:
        _logger.warning("entering by %s refused from %s: %s", provider.id, origin.address, error)
        return show(request, "enter.html.j2", 401, wrong="not_proven", **ways_in())
    except InvalidInput as error:
        _logger.warning("entering by %s refused from %s: %s", provider.id, origin.address, error.problems[0].cause.id)
        return show(request, "refused.html.j2", 403, problems=error.problems, back="/enter/")
    except (OSError, ValueError) as error:
        return _silent(request, provider, error)
    take_back(bounds)
    answer = redirect(way.target) if way.connects is not None else _came(request, person, identity, way.target)
    answer.delete_cookie(settings.WAY_COOKIE, samesite="Lax")
    return answer


def _came(request: VisitRequest, person: Person, identity: ProvenIdentity, target: str) -> HttpResponse:
    """Let somebody in, or ask for the number of his device, where he has one and showed no second factor."""
    if has_device(person) and not identity.second_factor:
        request.session.cycle_key()
        request.session[PENDING] = [person.pk, identity.provider.id, identity.entered, target, time.time()]
        return redirect("/enter/number/")
    return _let_in(request, person, identity.provider.id, identity.entered, target, identity.second_factor)


@require_http_methods(["GET", "POST"])
def number(request: VisitRequest) -> HttpResponse:
    """The number of the device of somebody who came back from a provider without a second factor."""
    held = request.session.get(PENDING)
    person = None if held is None else Person.objects.filter(pk=held[0], is_active=True).first()
    if held is None or person is None or time.time() - held[4] > WAY:
        return redirect("/enter/")
    if request.method == "GET":
        return show(request, "number.html.j2", wrong="")
    try:
        device = try_number("entering", person, request.POST.get("token", ""), origin_of(request))
    except TooManyTries:
        return show(request, "number.html.j2", 429, wrong="too_many")
    if device is None:
        return show(request, "number.html.j2", 401, wrong="wrong_number")
    return _let_in(request, person, held[1], held[2], held[3], False, device)


def _let_in(
    request: VisitRequest,
    person: Person,
    provider: str,
    entered: float,
    target: str,
    second_factor: bool,
    device: Device | None = None,
) -> HttpResponse:
    """Begin a session, whose time counts from the entering at the provider."""
    if request.user.is_authenticated:
        request.session.flush()
    login(request, person, settings.AUTHENTICATION_BACKENDS[0])  # it reads the person, and is asked for no password
    request.session.pop(PENDING, None)
    request.session["entered"], request.session["factor"] = entered, second_factor
    if device is not None:
        login_with(request, device)
    _logger.info("person %s entered from %s by %s", person.pk, origin_of(request).address, provider)
    answer = redirect(target)
    remember_browser(request, answer, person.pk)
    return answer


def _provider(id: str) -> IdentityProvider:
    found = provider_called(id)
    if found is None:
        raise Http404
    return found


def _back(provider: IdentityProvider) -> str:
    return f"{settings.ADDRESS}/enter/by/{provider.id}/back/"


def _way(request: VisitRequest, provider: IdentityProvider) -> Way:
    """The way that this browser went.

    Raises:
        NotProven: It went none, it took too long, or it led to another provider.
    """
    try:
        way = Way(**signing.loads(request.COOKIES[settings.WAY_COOKIE], salt=__name__, max_age=WAY))
    except (KeyError, TypeError, signing.BadSignature) as error:
        raise NotProven("way") from error
    if way.provider != provider.id:
        raise NotProven("provider")
    return way


def _silent(request: VisitRequest, provider: IdentityProvider, error: Exception) -> HttpResponse:
    """A provider does not answer, or not as it should."""
    _logger.error("provider %s cannot be used: %s", provider.id, type(error).__name__)
    return show(request, "enter.html.j2", 503, wrong="silent", **ways_in())
