"""Entering and leaving: password, second factor, language of visitors."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import devices_for_user, match_token
from django_otp import login as login_with

from guanzi.base.core import catalogue_languages
from guanzi.office.guessing import count_wrong, too_many
from guanzi.office.pages.middleware import COOKIE
from guanzi.office.pages.rendering import show


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter with username, password and, where a device is registered, its number."""
    if request.method == "GET":
        return show(request, "enter.html.j2", wrong="", next=request.GET.get("next", ""))
    username = request.POST.get("username", "")
    if too_many(request, username):
        return show(request, "enter.html.j2", 429, wrong="too_many", next="")
    person = authenticate(request, username=username, password=request.POST.get("password", ""))
    has_device = person is not None and any(devices_for_user(person))
    device = match_token(person, request.POST.get("token", "")) if has_device else None
    if person is None or (has_device and device is None):
        count_wrong(request, username)
        return show(request, "enter.html.j2", 401, wrong="wrong", next=request.POST.get("next", ""))
    login(request, person)
    if device is not None:
        login_with(request, device)
    return redirect(_wanted(request))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("/enter/")


@login_required
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password."""
    return show(request, "password.html.j2")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language as a visitor."""
    answer = redirect("/enter/")
    chosen = request.POST.get("language", "")
    if chosen in catalogue_languages():
        answer.set_cookie(COOKIE, chosen, max_age=365 * 86_400, samesite="Lax")
    return answer


def _wanted(request: HttpRequest) -> str:
    target = request.POST.get("next") or "/"
    return target if url_has_allowed_host_and_scheme(target, None) and target.startswith("/") else "/"
