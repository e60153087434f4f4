"""A second factor is replaced by whoever has the one before, or by two people; what a password opened ends with it."""

import pytest
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.office.committee import KEYS
from tests.office.conftest import PASSWORD

from guanzi.base.core import InvalidInput
from guanzi.office.actions import perform
from guanzi.office.models import ApiToken


def number_of(device):
    device.refresh_from_db()
    return f"{totp(device.bin_key):06d}"


def entered(username="city-lead", **more):
    browser = Client()
    assert browser.post("/enter/", {"username": username, "password": PASSWORD, **more}).status_code == 302
    return browser


def is_in(browser):
    return browser.get("/account/").status_code == 200


def enrolled(browser, **more):
    """Begin with a device, and confirm it."""
    assert browser.post("/do/device.begin/", {"name": "phone", **more}).status_code == 200
    begun = TOTPDevice.objects.get(confirmed=False)
    assert browser.post("/do/device.confirm/", {"token": number_of(begun)}).status_code == 302
    begun.refresh_from_db()
    return begun


def test_a_session_that_a_password_opened_ends_when_a_second_factor_is_confirmed(office):
    mine, thief, another = entered(), entered(), entered("city-member")
    phone = enrolled(mine)
    assert [is_in(one) for one in (mine, thief, another)] == [True, False, True]
    assert thief.post("/do/device.begin/", {"name": "his"}).status_code == 302
    assert [device.pk for device in TOTPDevice.objects.all()] == [phone.pk]


def test_a_second_factor_is_not_replaced_by_a_password_alone(office):
    phone = enrolled(entered())
    TOTPDevice.objects.update(last_t=-1)
    browser = entered(token=number_of(phone))
    for given in ({}, {"present": "000000"}, {"present": "half"}):
        assert browser.post("/do/device.begin/", {"name": "his", **given}).status_code == 422
    assert b'name="present"' in browser.get("/account/").content
    assert TOTPDevice.objects.get().pk == phone.pk
    with pytest.raises(InvalidInput):
        perform(office.lead, "device.begin", {"name": "his"}, next(KEYS))


def test_whoever_has_the_old_one_replaces_it_and_his_other_sessions_end(office):
    phone = enrolled(entered())
    TOTPDevice.objects.update(last_t=-1)
    mine = entered(token=number_of(phone))
    TOTPDevice.objects.update(last_t=-1)
    other = entered(token=number_of(phone))
    TOTPDevice.objects.update(last_t=-1)
    new = enrolled(mine, present=number_of(phone))
    assert TOTPDevice.objects.get() == new
    assert [is_in(one) for one in (mine, other)] == [True, False]


def test_a_device_that_somebody_began_before_falls_with_the_confirming_of_another(office):
    mine = entered()
    mine.post("/do/device.begin/", {"name": "phone"})
    begun = TOTPDevice.objects.get()
    TOTPDevice.objects.create(user=office.lead, name="his", confirmed=False)
    mine.post("/do/device.confirm/", {"token": number_of(begun)})
    assert [device.name for device in TOTPDevice.objects.all()] == ["phone"]


def test_tokens_that_a_password_made_fall_with_the_first_second_factor_and_later_ones_stay(office):
    perform(office.lead, "token.make", {"name": "thief's", "scopes": ["read"]}, next(KEYS))
    mine = entered()
    phone = enrolled(mine)
    assert not ApiToken.objects.exists()
    perform(office.lead, "token.make", {"name": "mine", "scopes": ["read"]}, next(KEYS))
    TOTPDevice.objects.update(last_t=-1)
    enrolled(mine, present=number_of(phone))
    assert ApiToken.objects.get().name == "mine"


def test_a_lost_device_that_two_people_take_out_of_use_takes_sessions_and_begun_devices_with_it(office):
    phone = enrolled(entered())
    TOTPDevice.objects.update(last_t=-1)
    thief = entered(token=number_of(phone))
    TOTPDevice.objects.create(user=office.lead, name="his", confirmed=False)
    asked = perform(office.administrator, "person.reset_device", {"username": "city-lead"}, next(KEYS)).answer
    assert is_in(thief)
    perform(office.auditor, "person.confirm_change", {"change": asked["change"]}, next(KEYS))
    assert not is_in(thief)
    assert not TOTPDevice.objects.exists()


def test_whoever_is_let_in_again_has_neither_the_sessions_nor_the_tokens_of_before(office):
    browser = entered("city-analyst")
    perform(office.analyst, "token.make", {"name": "t", "scopes": ["read"]}, next(KEYS))
    for active in (False, True):
        perform(office.administrator, "person.set_active", {"username": "city-analyst", "active": active}, next(KEYS))
    assert not is_in(browser)
    assert not ApiToken.objects.exists()
    assert is_in(entered("city-analyst"))
