"""Nobody makes a chair, or enters as one, alone: an administrator asks, another confirms, the person may refuse."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.office.committee import KEYS
from tests.office.conftest import PASSWORD
from tests.office.once import played_once
from tests.office.tiedcase import archive

from guanzi.base.core import InvalidInput, render
from guanzi.office.actions import Forbidden, perform
from guanzi.office.inbox.waiting import waiting_for
from guanzi.office.models import Organisation, Person, PersonChange, RoleHeld
from guanzi.office.people.foureyes import HOLDS
from guanzi.office.people.visibility import Viewer
from guanzi.office.serving.beginning import begin_organisation
from guanzi.office.serving.confirming import confirm_on_machine


@played_once
def city(office):
    """An organisation with a case."""
    perform(office.lead, "case.open", {"archive": archive()}, next(KEYS))
    return office


def do(who, action, **asked):
    return perform(who, action, asked, next(KEYS)).answer


def enters(username, password):
    answer = Client().post("/enter/", {"username": username, "password": password})
    return answer.status_code == 302


def told(person):
    return [item.what.id.rpartition(".")[2] for item in waiting_for(Viewer(person)) if ".change" in item.what.id]


def test_an_administrator_does_not_enter_as_the_chair_with_a_new_password(city):
    device = TOTPDevice.objects.create(user=city.chair, name="phone", confirmed=True)
    asked = do(city.administrator, "person.reset_password", username="city-chair")
    assert set(asked) == {"username", "waits", "change", "first_half"}
    assert not enters("city-chair", asked["first_half"])
    city.chair.refresh_from_db()
    assert city.chair.check_password(PASSWORD)
    with pytest.raises(InvalidInput):
        do(city.administrator, "person.confirm_change", change=asked["change"])
    with pytest.raises(InvalidInput):
        do(city.chair, "person.confirm_change", change=asked["change"])
    with pytest.raises(Forbidden):
        do(city.lead, "person.confirm_change", change=asked["change"])
    half = do(city.auditor, "person.confirm_change", change=asked["change"])["second_half"]
    city.chair.refresh_from_db()
    for word in (asked["first_half"], half, PASSWORD, half + asked["first_half"]):
        assert not city.chair.check_password(word)
    assert city.chair.check_password(asked["first_half"] + half)
    assert city.chair.must_change
    assert TOTPDevice.objects.filter(pk=device.pk).exists()  # a new password is no new second factor
    row = PersonChange.objects.get()
    assert (row.state, row.half, row.hash) == ("done", "", "")


def test_a_lost_device_is_taken_out_of_use_by_two_people(city):
    TOTPDevice.objects.create(user=city.chair, name="phone", confirmed=True)
    asked = do(city.administrator, "person.reset_device", username="city-chair")
    assert TOTPDevice.objects.exists()
    do(city.auditor, "person.confirm_change", change=asked["change"])
    assert not TOTPDevice.objects.exists()


@pytest.mark.parametrize("role", ["chair", "member", "finance", "auditor", "administrator", "lead"])
def test_nobody_makes_somebody_alone_who_decides_or_releases_money(city, role):
    asked = do(city.administrator, "person.invite", username="second.self", name="Second Self", roles=[role])
    assert asked["waits"]
    made = Person.objects.get(username="second.self")
    assert not made.is_active
    with pytest.raises(InvalidInput):
        do(city.administrator, "person.set_active", username="second.self", active=True)
    assert do(city.administrator, "person.set_roles", username="city-analyst", roles=["analyst", role])["waits"]
    assert {held.role for held in city.analyst.held.all()} == {"analyst"}
    do(city.auditor, "person.confirm_change", change=asked["change"])
    made.refresh_from_db()
    assert made.is_active


def test_who_works_and_decides_nothing_is_invited_by_one(city):
    asked = do(city.administrator, "person.invite", username="new", name="New", roles=["analyst", "expert"])
    assert not asked["waits"]
    assert enters("new", asked["one_time"])


def test_a_dissenter_does_not_lose_his_role_by_the_word_of_one(city):
    assert do(city.administrator, "person.set_roles", username="city-member", roles=[])["waits"]
    assert {held.role for held in city.member.held.all()} == {"member"}


def test_whom_it_is_of_is_told_and_refuses_and_chair_and_auditor_are_told(city, client):
    asked = do(city.administrator, "person.set_roles", username="city-finance", roles=["chair"])
    assert [told(one) for one in (city.finance, city.chair, city.auditor, city.lead)] == [
        ["change_own"], ["change"], ["change"], [],
    ]  # fmt: skip
    client.force_login(city.finance)
    assert "person.refuse_change" in client.get("/account/").content.decode()
    do(city.finance, "person.refuse_change", change=asked["change"])
    with pytest.raises(InvalidInput):
        do(city.auditor, "person.confirm_change", change=asked["change"])
    again = do(city.administrator, "person.set_roles", username="city-finance", roles=["chair"])
    with pytest.raises(InvalidInput):
        do(city.lead, "person.refuse_change", change=again["change"])
    do(city.chair, "person.confirm_change", change=again["change"])
    assert {held.role for held in city.finance.held.all()} == {"chair"}
    assert (told(city.auditor), told(city.finance)) == (["change_made"], ["change_made"])


def test_an_invitation_that_is_refused_leaves_nobody(city):
    asked = do(city.administrator, "person.invite", username="puppet", name="Puppet", roles=["chair"])
    do(city.auditor, "person.refuse_change", change=asked["change"])
    puppet = Person.objects.get(username="puppet")
    assert not puppet.is_active
    assert not puppet.held.exists()
    with pytest.raises(InvalidInput):
        do(city.administrator, "person.set_active", username="puppet", active=True)


@played_once
def alone(city):
    """An administrator who has shut out everybody who could be the second person."""
    for name in ("chair", "auditor"):
        do(city.administrator, "person.set_active", username=f"city-{name}", active=False)
    return city


@pytest.mark.parametrize("days", [0, 7, 13])
@pytest.mark.parametrize(
    ("action", "asked"),
    [
        ("person.reset_password", {"username": "city-chair"}),
        ("person.set_active", {"username": "city-chair", "active": True}),
        ("person.set_roles", {"username": "city-analyst", "roles": ["administrator"]}),
        ("person.invite", {"username": "puppet", "name": "Puppet", "roles": ["chair"]}),
        ("person.reset_device", {"username": "city-finance"}),
    ],
)
def test_whoever_shuts_out_everybody_else_is_never_his_own_second_person(alone, action, asked, days):
    change = do(alone.administrator, action, **asked)
    assert change["waits"]
    PersonChange.objects.update(asked_at=timezone.now() - timedelta(days=days))
    with pytest.raises(InvalidInput, match="change_other"):
        do(alone.administrator, "person.confirm_change", change=change["change"])


def test_where_nobody_else_is_there_whoever_runs_the_office_confirms_on_its_machine(alone, client):
    asked = do(alone.administrator, "person.reset_password", username="city-chair")
    half = confirm_on_machine("city-chair", "password")
    alone.chair.refresh_from_db()
    assert alone.chair.check_password(asked["first_half"] + half)
    do(alone.administrator, "person.set_active", username="city-auditor", active=True)
    assert confirm_on_machine("city-auditor", "enter") == ""
    assert any("operator of the office" in render(item.what, "en") for item in waiting_for(Viewer(alone.auditor)))
    alone.auditor.refresh_from_db()  # shutting out ended his sessions
    client.force_login(alone.auditor)
    for lang, told in (("en", "the operator of the office"), ("zh", "系统管理人员")):
        do(alone.auditor, "person.choose_language", language=lang)
        page = client.get("/log/?action=person.confirm_on_machine").content.decode()
        assert page.count(told) >= 2
        assert "(machine)" not in page


def test_what_somebody_in_the_office_can_confirm_is_not_confirmed_on_the_machine(city):
    do(city.administrator, "person.reset_password", username="city-chair")
    for username, kind in (("city-chair", "password"), ("city-chair", "roles"), ("nobody", "password")):
        with pytest.raises(InvalidInput):
            confirm_on_machine(username, kind)
    do(city.administrator, "person.set_active", username="city-auditor", active=False)
    PersonChange.objects.update(asked_at=timezone.now() - HOLDS - timedelta(minutes=1))
    with pytest.raises(InvalidInput):
        confirm_on_machine("city-chair", "password")


def test_what_lay_too_long_is_confirmed_by_nobody(city):
    asked = do(city.administrator, "person.reset_password", username="city-chair")
    PersonChange.objects.update(asked_at=timezone.now() - HOLDS - timedelta(minutes=1))
    with pytest.raises(InvalidInput):
        do(city.auditor, "person.confirm_change", change=asked["change"])


def test_a_new_organisation_begins_with_its_first_administrator_alone(office):
    begin_organisation("town", "Town", "ada")
    Person.objects.filter(username="ada@town").update(must_change=False)
    ada = Person.objects.get(username="ada@town")
    asked = do(ada, "person.invite", username="bo", name="Bo", roles=["auditor"])
    assert enters("bo@town", asked["one_time"])
    Person.objects.filter(username="bo@town").update(must_change=False)
    asked = do(ada, "person.invite", username="cy", name="Cy", roles=["chair"])
    assert asked["waits"]
    with pytest.raises(InvalidInput):  # of another organisation
        do(office.auditor, "person.confirm_change", change=asked["change"])


def test_pages_of_people_say_what_waits_in_both_languages(city, client):
    do(city.administrator, "person.reset_password", username="city-chair")
    do(city.administrator, "person.set_roles", username="city-analyst", roles=["analyst", "chair"])
    Organisation.objects.create(slug="other", name="Other")
    RoleHeld.objects.create(person=city.auditor, role="expert")
    for language in ("en", "zh"):
        for person in (city.administrator, city.auditor, city.chair):
            person.language = language
            person.save()
            client.force_login(person)
            for address in ("/people/", "/account/", "/"):
                page = client.get(address).content.decode()
                assert "office." not in page.replace("office.css", ""), (address, person)
        client.force_login(city.auditor)
        page = client.get("/people/").content.decode()
        assert page.count("/do/person.confirm_change/") == 2
        assert "/do/person.invite/" not in page
    client.force_login(city.lead)
    assert client.get("/people/").status_code == 403
