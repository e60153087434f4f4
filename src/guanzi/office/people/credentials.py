"""Where secrets are compared: passwords, numbers of devices, tokens; nowhere else in the office.

Every try is counted and every wrong one logged, by the number of the person where one is meant: what was typed as a
name may be a password. Passwords are hashed here, too, which takes long: never within a write transaction.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from hashlib import sha256

from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django_otp import devices_for_user, match_token, verify_token
from django_otp.models import Device

from guanzi.base.core import surrogate_in
from guanzi.office.models import ApiToken, Person
from guanzi.office.people.origins import RequestOrigin
from guanzi.office.people.ratelimit import TooManyTries, TryBound, bounds_of, check_tries, count_try, take_back

_logger = logging.getLogger("guanzi.office")


@dataclass(frozen=True, slots=True)
class OneTimePassword:
    """A password for one time, in two halves, and its hash."""

    first: str
    second: str
    hash: str


def try_password(what: str, username: str, password: str, origin: RequestOrigin) -> Person | None:
    """Whose password it is, as a log-in back-end of the office says; None: it is not that of the name.

    Args:
        what: What it is asked for, for the log of the machine.
        username: As it was typed.
        password: As it was typed.
        origin: From where it comes.

    Raises:
        TooManyTries: So many wrong ones came that this one is not looked at.
    """
    if "\0" in username or surrogate_in(username + password):
        username = password = ""  # no database and no hash takes them: nobody's
    meant = Person.objects.filter(username=username).values_list("pk", flat=True).first()
    who = "nobody known" if meant is None else f"person {meant}"
    bounds = bounds_of("password", username.casefold(), origin, meant)
    _count(what, who, bounds, origin)
    found = authenticate(username=username, password=password)
    if not isinstance(found, Person) or found.pk != meant or not found.is_active:  # whatever said that it is his
        _logger.warning("%s refused for %s from %s: password", what, who, origin.address)
        return None
    take_back(bounds)
    return found


def try_number(what: str, person: Person, number: str, origin: RequestOrigin) -> Device | None:
    """The device of a person that shows a number now; None: none does.

    Raises:
        TooManyTries: So many wrong ones came that this one is not looked at.
    """
    devices = ",".join(sorted(one.persistent_id for one in devices_for_user(person)))
    bounds = bounds_of("number", devices, origin, person.pk)
    _count(what, f"person {person.pk}", bounds, origin)
    found = match_token(person, number)
    if found is None:
        _logger.warning("%s refused for person %s from %s: number of the device", what, person.pk, origin.address)
        return None
    take_back(bounds)
    return found


def try_new_device(what: str, device: Device, number: str, origin: RequestOrigin) -> bool:
    """Whether a device that counts from now on shows a number.

    Raises:
        TooManyTries: So many wrong ones came that this one is not looked at.
    """
    bounds = bounds_of("number", device.persistent_id, origin, device.user_id)
    _count(what, f"person {device.user_id}", bounds, origin)
    right = verify_token(device.user, device.persistent_id, number) is not None  # as it is held now
    if right:
        take_back(bounds)
    else:
        _logger.warning("%s refused for person %s from %s: number of the device", what, device.user_id, origin.address)
    return right


def has_device(person: Person) -> bool:
    """Whether somebody enters with a second factor."""
    return any(True for _ in devices_for_user(person))


def try_token(token: str, origin: RequestOrigin) -> ApiToken | None:
    """The token that holds, with its person; None: there is none.

    It is a number of 256 bits that nobody guesses: only wrong ones are counted, so that a right one writes nothing.

    Raises:
        TooManyTries: So many wrong ones came from this network that none is looked at.
    """
    bounds = bounds_of("token", "", origin)
    try:
        check_tries(bounds)
    except TooManyTries:
        _logger.warning("token stopped from %s: too many wrong ones", origin.address)
        raise
    hash = sha256(token.encode(errors="replace")).hexdigest()
    found = ApiToken.objects.select_related("person__organisation").filter(sha256=hash).first()
    if found is None:
        count_try(bounds)
        _logger.warning("no token that holds, from %s", origin.address)
        return None
    if found.expires_at <= timezone.now() or not found.person.is_active:
        _logger.warning("token %s of person %s refused from %s", found.pk, found.person_id, origin.address)
        return None
    return found


def hash_password(password: str) -> str:
    """The hash of a password as it is kept; it takes long."""
    return make_password(password)


def draw_password() -> OneTimePassword:
    """A password for one time; its hash takes long."""
    first, second = secrets.token_urlsafe(12), secrets.token_urlsafe(12)
    return OneTimePassword(first, second, hash_password(first + second))


def _count(what: str, who: str, bounds: tuple[TryBound, ...], origin: RequestOrigin) -> None:
    try:
        count_try(bounds)
    except TooManyTries:
        _logger.warning("%s stopped for %s from %s: too many wrong ones", what, who, origin.address)
        raise
