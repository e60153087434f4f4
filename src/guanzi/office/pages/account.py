"""One's own account: password, device with numbers, tokens for programs."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django_otp.plugins.otp_totp.models import TOTPDevice

from guanzi.office.actions.tokens import SCOPES
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.people.opensessions import mark_of, open_sessions
from guanzi.office.people.providers import providers

MOST_CHANGES = 20


@login_required
def account(request: PersonRequest) -> HttpResponse:
    """What the person enters with."""
    devices = TOTPDevice.objects.filter(user=request.user)
    return show(
        request,
        "account.html.j2",
        device=devices.filter(confirmed=True).first(),
        begun=devices.filter(confirmed=False).exists(),
        tokens=request.user.tokens.order_by("-made_at"),
        scopes=SCOPES,
        sessions=open_sessions(request.user),
        this_session=mark_of(request.session.session_key),
        changes=request.user.changes.select_related("asked_by", "answered_by").order_by("-asked_at")[:MOST_CHANGES],
        must_have_device=settings.SECOND_FACTOR,
        providers=[one for one in providers() if one.organisation == getattr(request.user.organisation, "slug", "")],
        identities=request.user.identities.order_by("made_at"),
    )
