"""Actions on people: invite, give roles, shut out, what somebody enters with; what is grave is confirmed by another."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from pydantic import ConfigDict, Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.framework import ActionContext, ActionInput, PermissionPolicy, action
from guanzi.office.actions.texts import SecretText
from guanzi.office.auditlog.prefetching import prefetch
from guanzi.office.models import Person, PersonChange, RoleHeld
from guanzi.office.people.credentials import draw_password, hash_password, try_password
from guanzi.office.people.foureyes import ask_change, end_change, make_change, may_confirm, waiting
from guanzi.office.people.humans import is_same_human
from guanzi.office.people.naming import LONGEST, SHORTEST, USERNAME, full_username
from guanzi.office.people.opensessions import end_all_sessions, end_other_ways
from guanzi.office.people.origins import RequestOrigin
from guanzi.office.roles import CONFIRMERS, GRAVE, Role

LONGEST_PASSWORD = 1_000
"""Characters."""
ADMINISTRATOR = PermissionPolicy(roles=frozenset({Role.ADMINISTRATOR}))


class Invite(ActionInput):
    """A new person of the organisation, with roles."""

    username: str = Field(pattern=USERNAME, min_length=SHORTEST, max_length=LONGEST)
    name: str = Field(min_length=1, max_length=200)
    name_zh: str = Field(default="", max_length=200)
    roles: tuple[Role, ...] = Field(min_length=1)


class InvitedPerson(TypedDict):
    """A change, whether it waits for a second person, and the password, or half of it, which is told once."""

    username: str
    waits: bool
    change: int
    first_half: NotRequired[str]
    one_time: NotRequired[str]


@action("person.invite", ADMINISTRATOR)
def invite(context: ActionContext, asked: Invite) -> InvitedPerson:
    """Make a person with a password for one time; one who decides or releases money comes in once another confirms."""
    username = full_username(context.person.employer, asked.username)
    if Person.objects.filter(username=username).exists():
        raise InvalidInput(Problem(Message.of("office.refused.username_taken", name=username), Place("username")))
    person = Person(
        username=username,
        name=asked.name,
        name_zh=asked.name_zh,
        organisation=context.person.organisation,
        must_change=True,
        is_active=False,
    )
    person.set_unusable_password()
    person.save()
    RoleHeld.objects.bulk_create(RoleHeld(person=person, role=role) for role in sorted(set(asked.roles)))
    context.record.who["invited"] = username
    context.record.data["roles"] = sorted(set(asked.roles))
    return _change(context, person, "invite", grave=bool(GRAVE & set(asked.roles)))


class SetRoles(ActionInput):
    """The roles of a person from now on."""

    username: str
    roles: tuple[Role, ...]


class ChangedRoles(TypedDict):
    """The roles that somebody has, once the change no longer waits."""

    username: str
    waits: bool
    change: int
    roles: list[str]


@action("person.set_roles", ADMINISTRATOR)
def set_roles(context: ActionContext, asked: SetRoles) -> ChangedRoles:
    """Give and take roles; nobody changes his own, and those that decide are changed by two people."""
    person = colleague(context, asked.username)
    roles = tuple(sorted(set(asked.roles)))
    context.record.who["of"] = person.username
    context.record.data["roles"] = list(roles)
    made = _change(context, person, "roles", grave=bool(GRAVE & (person.roles() ^ set(roles))), roles=roles)
    return {"username": person.username, "waits": made["waits"], "change": made["change"], "roles": list(roles)}


class ChangePassword(ActionInput):
    """The password in use, and the new one, letter by letter as they were typed."""

    model_config = ConfigDict(str_strip_whitespace=False)

    old: SecretText = Field(max_length=LONGEST_PASSWORD)
    new: SecretText = Field(max_length=LONGEST_PASSWORD)


class ChangedPassword(TypedDict):
    """Nothing."""


@action("person.change_password", PermissionPolicy(company=True))
def change_password(context: ActionContext, asked: ChangePassword) -> ChangedPassword:
    """Change one's own password."""
    person = context.person
    held = person.password  # who gave another one meanwhile has to know that one
    person.password = prefetch(("new password", held), lambda: _hash_of_new(person, asked, context.origin), keep=False)
    person.must_change = False
    person.save(update_fields=["password", "must_change"])
    return {}


def _hash_of_new(person: Person, asked: ChangePassword, origin: RequestOrigin) -> str:
    """The hash of a new password, once it is sure that the person knows the old one.

    Raises:
        InvalidInput: He does not, or the new one is too weak.
        TooManyTries: So many wrong ones came that this one is not looked at.
    """
    if try_password("person.change_password", person.username, asked.old, origin) is None:
        raise InvalidInput(Problem(Message.of("office.refused.old_password"), Place("old")))
    try:
        validate_password(asked.new, person)
    except ValidationError:
        raise InvalidInput(Problem(Message.of("office.refused.weak_password"), Place("new"))) from None
    if asked.new == asked.old:
        raise InvalidInput(Problem(Message.of("office.refused.weak_password"), Place("new")))
    return hash_password(asked.new)


class ChooseLanguage(ActionInput):
    """In which language pages speak to the person."""

    language: str = Field(pattern="^(en|zh)$")


class ChosenLanguage(TypedDict):
    """The language of the pages."""

    language: str


@action("person.choose_language", PermissionPolicy(company=True))
def choose_language(context: ActionContext, asked: ChooseLanguage) -> ChosenLanguage:
    """Choose one's language."""
    context.person.language = asked.language
    context.person.save(update_fields=["language"])
    context.record.data["language"] = asked.language
    return {"language": asked.language}


class SetActive(ActionInput):
    """A person, and whether he may enter."""

    username: str
    active: bool


class ActivePerson(TypedDict):
    """Whether somebody can enter; the change, where it may wait for a second person."""

    username: str
    waits: NotRequired[bool]
    change: NotRequired[int]
    active: bool


@action("person.set_active", ADMINISTRATOR)
def set_active(context: ActionContext, asked: SetActive) -> ActivePerson:
    """Shut somebody out at once, or let him in again; what he did stays, and tokens, calendar and channels end."""
    person = colleague(context, asked.username)
    context.record.who["of"] = person.username
    context.record.data["active"] = asked.active
    if asked.active:
        if PersonChange.objects.filter(person=person, kind="invite").exclude(state="done").exists():
            raise InvalidInput(
                Problem(Message.of("office.refused.not_invited", name=person.username), Place("username"))
            )
        made = _change(context, person, "enter", grave=bool(GRAVE & person.roles()))
        active = person.is_active
        return {"username": person.username, "waits": made["waits"], "change": made["change"], "active": active}
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_all_sessions(person)
    end_other_ways(person)
    return {"username": person.username, "active": False}


class ResetPassword(ActionInput):
    """A person who has forgotten his password."""

    username: str


@action("person.reset_password", ADMINISTRATOR)
def reset_password(context: ActionContext, asked: ResetPassword) -> InvitedPerson:
    """Give somebody a password for one time, once a second person has confirmed it; device stays, tokens go."""
    person = colleague(context, asked.username)
    context.record.who["of"] = person.username
    return _change(context, person, "password", grave=True)


class ResetDevice(ActionInput):
    """A person who has lost the device of his second factor."""

    username: str


@action("person.reset_device", ADMINISTRATOR)
def reset_device(context: ActionContext, asked: ResetDevice) -> InvitedPerson:
    """Take the devices of somebody out of use, with his tokens, once a second person has confirmed it."""
    person = colleague(context, asked.username)
    context.record.who["of"] = person.username
    return _change(context, person, "device", grave=True)


class AnswerChange(ActionInput):
    """A change that waits, by its number."""

    change: int


class ConfirmedChange(TypedDict):
    """A change, and the second half of a password for one time, which is told once."""

    username: str
    kind: str
    second_half: NotRequired[str]


@action("person.confirm_change", PermissionPolicy(roles=CONFIRMERS), "decide")
def confirm_change(context: ActionContext, asked: AnswerChange) -> ConfirmedChange:
    """Be the second person of a change: never of one's own, nor of one that one has asked for."""
    change = _waiting(context, asked)
    if not may_confirm(context.person, change):
        raise InvalidInput(
            Problem(
                Message.of("office.refused.change_other", name=change.person.username, kind=change.kind),
                Place("change"),
            )
        )
    half = make_change(change, context.person, context.at)
    _record(context, change)
    if half:
        context.secret["second_half"] = half
    return {"username": change.person.username, "kind": change.kind}


class RefusedChange(TypedDict):
    """A change that is not made."""

    username: str
    kind: str


@action("person.refuse_change", PermissionPolicy())
def refuse_change(context: ActionContext, asked: AnswerChange) -> RefusedChange:
    """Refuse a change: whom it is of may, and whoever could be the second person, or takes back what he asked for."""
    change = _waiting(context, asked)
    if context.person.pk != change.person_id and not CONFIRMERS & context.person.roles():
        raise InvalidInput(Problem(Message.of("office.refused.no_change"), Place("change")))
    end_change(change, context.person, context.at)
    _record(context, change)
    return {"username": change.person.username, "kind": change.kind}


def _change(
    context: ActionContext, person: Person, kind: str, grave: bool, roles: tuple[str, ...] = ()
) -> InvitedPerson:
    """Ask for a change, and make it at once where it is not grave."""
    new = prefetch("password for one time", draw_password, keep=False) if kind in ("invite", "password") else None
    asked = ask_change(context.person, person, kind, context.at, roles, new)
    second = asked.second
    if not grave and asked.row.state == "asked":
        second = make_change(asked.row, context.person, context.at)
    waits = asked.row.state == "asked"
    context.record.data |= {"change": asked.row.pk, "waits": waits}
    if asked.first:
        context.secret["first_half" if waits else "one_time"] = asked.first + second
    return {"username": person.username, "waits": waits, "change": asked.row.pk}


def _waiting(context: ActionContext, asked: AnswerChange) -> PersonChange:
    """A change of the organisation that waits.

    Raises:
        InvalidInput: There is none of this number.
    """
    change = waiting(context.person.employer, context.at).filter(pk=asked.change).first()
    if change is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_change"), Place("change")))
    return change


def _record(context: ActionContext, change: PersonChange) -> None:
    """What the log keeps of the answer to a change."""
    context.record.who |= {"of": change.person.username, "asked_by": change.asked_by.username}
    context.record.data |= {"change": change.pk, "kind": change.kind, "state": change.state, "roles": change.roles}


def colleague(context: ActionContext, username: str) -> Person:
    """Another person of the organisation.

    Raises:
        InvalidInput: There is none, or it is the person himself.
    """
    person = Person.objects.filter(username=username, organisation=context.person.organisation).first()
    if person is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_person", name=username), Place("username")))
    if is_same_human(person, context.person):
        raise InvalidInput(Problem(Message.of("office.refused.own_roles"), Place("username")))
    return person
