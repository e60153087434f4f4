"""Actions on people: invite, give roles, change a password or the language."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django_otp import devices_for_user
from pydantic import ConfigDict, Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.framework import ActionInput, Allowance, Doing, action
from guanzi.office.models import Person, RoleHeld
from guanzi.office.roles import Role

LONGEST_PASSWORD = 1_000
"""Characters."""
ADMINISTRATOR = Allowance(roles=frozenset({Role.ADMINISTRATOR}))


class Invite(ActionInput):
    """A new person of the organisation, with roles."""

    username: str = Field(pattern=r"^[a-z][a-z0-9.-]{1,49}$")
    name: str = Field(min_length=1, max_length=200)
    name_zh: str = Field(default="", max_length=200)
    roles: tuple[Role, ...] = Field(min_length=1)


@action("person.invite", ADMINISTRATOR)
def invite(doing: Doing, asked: Invite) -> dict[str, Any]:
    """Make a person with a password for one time, which the answer alone tells."""
    if Person.objects.filter(username=asked.username).exists():
        raise InvalidInput(Problem(Message.of("office.refused.username_taken", name=asked.username), Place("username")))
    password = secrets.token_urlsafe(16)
    person = Person(
        username=asked.username,
        name=asked.name,
        name_zh=asked.name_zh,
        organisation=doing.person.organisation,
        must_change=True,
    )
    person.set_password(password)
    person.save()
    RoleHeld.objects.bulk_create(RoleHeld(person=person, role=role) for role in sorted(set(asked.roles)))
    doing.record.who["invited"] = asked.username
    doing.record.data["roles"] = sorted(set(asked.roles))
    doing.secret["one_time"] = password
    return {"username": asked.username}


class SetRoles(ActionInput):
    """The roles of a person from now on."""

    username: str
    roles: tuple[Role, ...]


@action("person.set_roles", ADMINISTRATOR)
def set_roles(doing: Doing, asked: SetRoles) -> dict[str, Any]:
    """Give and take roles; nobody changes his own."""
    person = colleague(doing, asked.username)
    RoleHeld.objects.filter(person=person).delete()
    roles = sorted(set(asked.roles))
    RoleHeld.objects.bulk_create(RoleHeld(person=person, role=role) for role in roles)
    doing.record.who["of"] = person.username
    doing.record.data["roles"] = roles
    return {"username": person.username, "roles": roles}


class ChangePassword(ActionInput):
    """The password in use, and the new one, letter by letter as they were typed."""

    model_config = ConfigDict(str_strip_whitespace=False)

    old: str = Field(max_length=LONGEST_PASSWORD)
    new: str = Field(max_length=LONGEST_PASSWORD)


@action("person.change_password", Allowance())
def change_password(doing: Doing, asked: ChangePassword) -> dict[str, Any]:
    """Change one's own password."""
    person = doing.person
    if not person.check_password(asked.old):
        raise InvalidInput(Problem(Message.of("office.refused.old_password"), Place("old")))
    try:
        validate_password(asked.new, person)
    except ValidationError:
        raise InvalidInput(Problem(Message.of("office.refused.weak_password"), Place("new"))) from None
    if asked.new == asked.old:
        raise InvalidInput(Problem(Message.of("office.refused.weak_password"), Place("new")))
    person.set_password(asked.new)
    person.must_change = False
    person.save(update_fields=["password", "must_change"])
    return {}


class ChooseLanguage(ActionInput):
    """In which language pages speak to the person."""

    language: str = Field(pattern="^(en|zh)$")


@action("person.choose_language", Allowance())
def choose_language(doing: Doing, asked: ChooseLanguage) -> dict[str, Any]:
    """Choose one's language."""
    doing.person.language = asked.language
    doing.person.save(update_fields=["language"])
    doing.record.data["language"] = asked.language
    return {"language": asked.language}


class SetActive(ActionInput):
    """A person, and whether he may enter."""

    username: str
    active: bool


@action("person.set_active", ADMINISTRATOR)
def set_active(doing: Doing, asked: SetActive) -> dict[str, Any]:
    """Let somebody in, or no longer; what he did stays, and his tokens stop."""
    person = colleague(doing, asked.username)
    person.is_active = asked.active
    person.save(update_fields=["is_active"])
    doing.record.who["of"] = person.username
    doing.record.data["active"] = asked.active
    return {"username": person.username, "active": asked.active}


class ResetPassword(ActionInput):
    """A person who has forgotten his password."""

    username: str


@action("person.reset_password", ADMINISTRATOR)
def reset_password(doing: Doing, asked: ResetPassword) -> dict[str, Any]:
    """Give somebody a password for one time; his devices and tokens are taken out of use with it."""
    person = colleague(doing, asked.username)
    password = secrets.token_urlsafe(16)
    person.set_password(password)
    person.must_change = True
    person.save(update_fields=["password", "must_change"])
    for device in devices_for_user(person):
        device.delete()
    person.tokens.all().delete()
    doing.record.who["of"] = person.username
    doing.secret["one_time"] = password
    return {"username": person.username}


def colleague(doing: Doing, username: str) -> Person:
    """Another person of the organisation.

    Raises:
        InvalidInput: There is none, or it is the person himself.
    """
    person = Person.objects.filter(username=username, organisation=doing.person.organisation).first()
    if person is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_person", name=username), Place("username")))
    if person.pk == doing.person.pk:
        raise InvalidInput(Problem(Message.of("office.refused.own_roles"), Place("username")))
    return person
