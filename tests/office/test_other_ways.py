"""What goes on without entering ends with the password or device of its person, and is begun by no open browser."""

import time
from typing import get_args, get_origin

import pytest
from django.apps import apps
from django.test import Client
from tests.office.test_notices import HOOK, add

from guanzi.office.actions import ACTIONS, load_actions, perform
from guanzi.office.models import ApiToken, CalendarFeed, NoticeChannel, Person
from guanzi.office.people.sessions import FRESH, is_grave

ENDS = {"ApiToken", "CalendarFeed", "NoticeChannel"}
OF_A_TURN = {"case", "remark", "sitting", "panel", "discussion", "action", "at", "asked_at"}
"""Columns of tables that hold what somebody did once."""
STAYS = {
    "Identity": "falls where a password connected it, see test_identities.py",
    "RoleHeld": "what somebody may, not by what he enters",
    "TOTPDevice": "asked for beside a password, and taken out of use by person.reset_device",
    "StaticDevice": "the office makes none",
}
"""Tables of a person without a case -> why they stay when his password is replaced."""


def test_every_table_that_lets_something_out_without_entering_is_known():
    found = set()
    for model in apps.get_models():
        names = {field.name for field in model._meta.fields}
        if names & {"person", "user"} and not names & OF_A_TURN:
            found.add(model.__name__)
    assert found == ENDS | STAYS.keys()


def made_by(person):
    """Everything that goes on without entering."""
    perform(person, "token.make", {"name": "t", "scopes": ["read"]}, f"token-{person.pk}")
    made = perform(person, "notices.make_calendar", {}, f"calendar-{person.pk}").answer["calendar_address"]
    add(person, f"{HOOK}/{person.pk}")
    return "/" + made.partition("//")[2].partition("/")[2]


def held(person):
    return [model.__name__ for model in (ApiToken, CalendarFeed, NoticeChannel) if model.objects.filter(person=person)]


@pytest.mark.parametrize("how", ["password", "device", "shut"])
def test_what_somebody_else_may_have_left_open_ends_with_his_password_or_device(office, client, how):
    address = made_by(office.member)
    made_by(office.chair)
    assert client.get(address).status_code == 200
    who = {"username": office.member.username}
    if how == "shut":
        perform(office.administrator, "person.set_active", who | {"active": False}, "shut")
        asked = perform(office.administrator, "person.set_active", who | {"active": True}, "back").answer
    else:
        asked = perform(office.administrator, f"person.reset_{how}", who, "reset").answer
        assert held(office.member) == sorted(ENDS)  # it waits for the second person
    perform(office.auditor, "person.confirm_change", {"change": asked["change"]}, "confirm")
    assert Person.objects.get(pk=office.member.pk).is_active
    Person.objects.filter(pk=office.member.pk).update(must_change=False)
    assert held(office.member) == []
    assert client.get(address).status_code == 404
    assert held(office.chair) == sorted(ENDS)


ONCE = {"one_time", "first_half", "second_half", "token", "device_address", "calendar_address"}


def test_every_action_that_tells_a_secret_once_asks_for_somebody_who_entered_a_short_while_ago():
    load_actions()
    telling = {id for id, what in ACTIONS.items() if ONCE & _keys(what.answers)}
    assert telling >= {"token.make", "notices.make_calendar", "person.invite", "company.invite", "device.begin"}
    assert [id for id in sorted(telling) if not is_grave(id, ACTIONS[id].scope)] == []


def _keys(answers):
    return set(answers.__annotations__) if get_origin(answers) is None else set().union(*map(_keys, get_args(answers)))


@pytest.mark.parametrize("id", ["notices.make_calendar", "notices.add_channel"])
def test_a_browser_that_was_left_open_makes_no_way_out(office, id):
    client = Client()
    client.force_login(office.member)
    session = client.session
    session["entered"] = time.time() - FRESH - 1
    session.save()
    assert client.post(f"/do/{id}/", {"kind": "webhook", "address": HOOK}).status_code == 403
    assert held(office.member) == []
