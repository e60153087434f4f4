"""Whoever guesses is stopped, whatever he tries and from however many places, and stops nobody else."""

import ast
import logging
import time
from pathlib import Path

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.office.committee import KEYS
from tests.office.conftest import PASSWORD

from guanzi import office as package
from guanzi.base.core import InvalidInput
from guanzi.office.actions import perform
from guanzi.office.auditlog import prefetching
from guanzi.office.models import ApiToken, GuessCount
from guanzi.office.people.origins import RequestOrigin
from guanzi.office.people.ratelimit import DAY, MOST, MOST_ANYWHERE, MOST_NUMBERS, SECONDS, TooManyTries
from guanzi.office.serving.beginning import begin_organisation

SOURCES = Path(package.__file__).parent
COMPARING = frozenset(
    {"authenticate", "check_password", "acheck_password", "verify_password", "verify_token", "match_token"}
    | {"compare_digest", "constant_time_compare", "is_correct_password"}
)
"""What compares a secret that somebody typed or sent."""
ONE_PLACE = "people/credentials.py"


def enter(username, password, at="10.0.0.1", client=None, **more):
    return (client or Client()).post(
        "/enter/", {"username": username, "password": password, **more}, REMOTE_ADDR=at
    ).status_code  # fmt: skip


def number_of(device, steps=0):
    return f"{totp(device.bin_key, t0=-30 * steps):06d}"


@pytest.fixture
def phone(office):
    return TOTPDevice.objects.create(user=office.lead, name="phone", confirmed=True)


def test_two_hundred_and_forty_decoys_forget_no_count(office):
    for _ in range(MOST):
        assert enter("city-lead", "wrong") == 401
    for n in range(240):
        enter(f"decoy{n}", "wrong", at=f"10.{n}.0.9")
    assert enter("city-lead", PASSWORD) == 429


def test_names_that_nobody_bears_are_stopped_like_those_that_somebody_bears(office):
    answers = [[enter(name, "wrong") for _ in range(MOST + 1)] for name in ("city-lead", "nobody")]
    assert answers[0] == answers[1] == [401] * MOST + [429]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::2", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2", True),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_whoever_has_one_address_of_a_network_has_all(office, one, other, same):
    assert (RequestOrigin(one).network == RequestOrigin(other).network) is same
    for _ in range(MOST):
        enter("city-lead", "wrong", at=one)
    assert (enter("city-lead", PASSWORD, at=other) == 429) is same


def test_a_network_that_tried_a_hundred_names_is_stopped_and_its_table_grows_no_further(office):
    for n in range(MOST_ANYWHERE):
        assert enter(f"name{n}", "wrong") == 401
    held = GuessCount.objects.count()
    for n in range(20):
        assert enter(f"further{n}", "wrong") == 429
    assert GuessCount.objects.count() == held == 2 * MOST_ANYWHERE + 1
    assert enter("city-lead", PASSWORD) == 429
    assert enter("city-lead", PASSWORD, at="10.0.0.2") == 302


def test_counts_that_ended_are_deleted_and_count_no_more(office):
    for _ in range(MOST):
        enter("city-lead", "wrong")
    GuessCount.objects.update(ends=int(time.time()) - 1)
    assert enter("city-lead", "wrong") == 401
    assert set(GuessCount.objects.values_list("tries", flat=True)) == {1}
    GuessCount.objects.update(ends=int(time.time()) - 1)
    enter("somebody", "wrong", at="10.0.0.2")
    assert GuessCount.objects.filter(ends__lte=time.time()).count() == 0


def test_a_right_password_counts_nowhere(office):
    for _ in range(3):
        assert enter("city-lead", PASSWORD) == 302
    assert not GuessCount.objects.filter(tries__gt=0).exists()


def test_nothing_is_hashed_or_written_once_a_bound_is_reached(office, monkeypatch):
    for _ in range(MOST):
        enter("city-lead", "wrong")
    monkeypatch.setattr("guanzi.office.people.credentials.authenticate", None)
    with CaptureQueriesContext(connection) as asked:
        assert enter("city-lead", PASSWORD) == 429
    assert not [one for one in asked.captured_queries if not one["sql"].startswith("SELECT")]


def test_others_do_not_stop_somebody_in_a_browser_in_which_he_entered_before(office):
    mine = Client()
    assert enter("city-lead", PASSWORD, client=mine) == 302
    mine.post("/leave/")
    for n in range(MOST_ANYWHERE):
        enter("city-lead", "wrong", at=f"10.9.{n}.1")
    for n in range(MOST_ANYWHERE):
        enter(f"name{n}", "wrong")
    assert enter("city-lead", PASSWORD, at="10.0.0.77") == 429
    assert enter("city-lead", PASSWORD, client=mine) == 302
    mine.post("/leave/")
    assert [enter("city-lead", "wrong", client=mine) for _ in range(MOST + 1)] == [401] * MOST + [429]
    stranger = Client()
    enter("city-member", PASSWORD, at="10.0.0.78", client=stranger)  # knows his own browser, and nobody else's
    assert enter("city-lead", PASSWORD, at="10.0.0.78", client=stranger) == 429


def test_a_browser_is_known_by_a_cookie_that_this_office_signed(office):
    forged = Client()
    forged.cookies["guanzi-browser"] = f"[{office.lead.pk},x]"
    for _ in range(MOST):
        enter("city-lead", "wrong")
    assert enter("city-lead", PASSWORD, client=forged) == 429


def test_numbers_of_a_device_are_tried_twenty_times_a_day_wherever_from(office, phone):
    tried = [enter("city-lead", PASSWORD, at=f"10.9.{n}.1", token="000000") for n in range(MOST_NUMBERS + 1)]
    assert tried == [401] * MOST_NUMBERS + [429]
    assert enter("city-lead", PASSWORD, at="10.0.0.1", token=number_of(phone)) == 429
    assert GuessCount.objects.filter(ends__gt=time.time() + SECONDS + 60, tries=MOST_NUMBERS).count() == 1
    assert GuessCount.objects.filter(ends__gt=time.time() + DAY + 60).count() == 0


def test_whoever_has_no_password_does_not_make_the_device_wait_nor_whoever_has_it_elsewhere(office, phone):
    mine = Client()
    assert enter("city-lead", PASSWORD, client=mine, token=number_of(phone)) == 302
    mine.post("/leave/")
    for n in range(MOST_NUMBERS):
        enter("city-lead", PASSWORD if n % 2 else "wrong", at=f"10.9.{n}.1", token="000000")
    TOTPDevice.objects.update(last_t=-1)
    assert enter("city-lead", PASSWORD, client=mine, token=number_of(phone)) == 302


def test_the_old_password_is_guessed_ten_times_and_logged_by_the_number_of_the_person(office, client, caplog):
    client.force_login(office.lead)
    caplog.set_level(logging.INFO, "guanzi.office")

    def change(old):
        return client.post("/do/person.change_password/", {"old": old, "new": "another of its own"}).status_code

    assert [change("guess") for _ in range(MOST)] == [422] * MOST
    assert change(PASSWORD) == 429
    told = [record.getMessage() for record in caplog.records if record.name == "guanzi.office"]
    told = [line for line in told if "held the transaction" not in line]
    assert told[0] == f"person.change_password refused for person {office.lead.pk} from 127.0.0.1: password"
    assert told[-1].startswith(f"person.change_password stopped for person {office.lead.pk} from 127.0.0.1")
    assert not any(word in line for line in told for word in ("guess", PASSWORD))
    office.lead.refresh_from_db()
    assert office.lead.check_password(PASSWORD)


def test_a_stolen_token_guesses_the_password_no_more_often_than_anybody(office, client):
    token = perform(office.lead, "token.make", {"name": "t", "scopes": ["write"]}, "t").answer["token"]

    def change(n, old):
        heads = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"k{n}"}
        asked = {"old": old, "new": "another of its own"}
        address = "/api/actions/person.change_password"
        return client.post(address, asked, content_type="application/json", headers=heads).status_code

    assert [change(n, "guess") for n in range(MOST)] == [409] * MOST
    assert change(99, PASSWORD) == 429


def test_tries_on_the_machine_are_counted_too(office):
    for _ in range(MOST):
        with pytest.raises(InvalidInput):
            perform(office.lead, "person.change_password", {"old": "guess", "new": "another of its own"}, next(KEYS))
    with pytest.raises(TooManyTries):
        perform(office.lead, "person.change_password", {"old": PASSWORD, "new": "another of its own"}, next(KEYS))


def test_wrong_numbers_of_a_new_device_are_counted_although_the_action_is_taken_back(office, client):
    client.force_login(office.lead)
    client.post("/do/device.begin/", {"name": "phone"})
    device = TOTPDevice.objects.get()
    tried = [client.post("/do/device.confirm/", {"token": "000000"}).status_code for _ in range(MOST)]
    assert tried == [422] * MOST
    assert client.post("/do/device.confirm/", {"token": number_of(device)}).status_code == 429


def test_wrong_tokens_are_counted_by_their_network_and_one_that_ended_is_no_guess(office):
    token = perform(office.lead, "token.make", {"name": "t", "scopes": ["read"]}, "t").answer["token"]

    def ask(word, at="10.0.0.1"):
        return Client().get("/api/me", headers={"Authorization": f"Bearer {word}"}, REMOTE_ADDR=at).status_code

    assert [ask(f"gz_{n}") for n in range(MOST_ANYWHERE)] == [401] * MOST_ANYWHERE
    assert [ask("gz_x"), ask(token), ask(token, "10.0.0.2")] == [429, 429, 200]
    ApiToken.objects.update(expires_at="2020-01-01T00:00:00Z")
    assert [ask(token, "10.0.0.2") for _ in range(MOST_ANYWHERE + 1)] == [401] * (MOST_ANYWHERE + 1)
    assert enter("city-lead", PASSWORD) == 302  # whose program has an old token enters all the same


class NeverHeld(MD5PasswordHasher):
    """A hash that may not be made while others wait for the write transaction."""

    algorithm = "never_held"

    def encode(self, password, salt):
        tries = prefetching._TRIES.get()
        assert tries is None or not tries.held, "hashed within the write transaction"
        return super().encode(password, salt)


def test_nothing_is_hashed_while_others_wait_for_the_turn_to_write(office, settings, monkeypatch):
    monkeypatch.setattr(settings, "PASSWORD_HASHERS", [f"{__name__}.NeverHeld"])
    office.lead.set_password(PASSWORD)
    office.lead.save()
    perform(office.lead, "person.change_password", {"old": PASSWORD, "new": "another of its own"}, "c")
    office.lead.refresh_from_db()
    assert office.lead.check_password("another of its own")
    for id, asked in (
        ("person.invite", {"username": "new", "name": "New", "roles": ["analyst"]}),
        ("person.reset_password", {"username": "city-member"}),
    ):
        assert perform(office.administrator, id, asked, id).answer
    begin_organisation("town", "Town", "ada")


def called(file):
    """Names that a file calls or imports, and fields by which it looks for a token."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            target = node.func
            yield target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")
            looks = getattr(target, "attr", "") in ("filter", "get", "exclude", "get_or_create")
            if looks and "ApiToken" in ast.unparse(target) and any(word.arg == "sha256" for word in node.keywords):
                yield "ApiToken by its secret"
        elif isinstance(node, ast.ImportFrom):
            yield from (one.name for one in node.names)


def test_secrets_are_compared_in_one_file_and_hashed_by_its_functions():
    comparing, hashing = set(), set()
    for file in SOURCES.rglob("*.py"):
        found, name = set(called(file)), file.relative_to(SOURCES).as_posix()
        if found & {*COMPARING, "ApiToken by its secret"}:
            comparing.add(name)
        if found & {"make_password", "set_password"}:
            hashing.add(name)
    own = {"models/people.py"}  # the method that the framework asks, by which a weaker hash is made anew
    # digests of rows, a token that goes to that one place, and numbers that bind an answer to a way to a provider
    others = {"keeping/accounting.py", "pages/receiving.py", "people/openid.py"}
    assert comparing - own - others == hashing - own == {ONE_PLACE}


@pytest.mark.parametrize(("wrong", "most"), [({"token": "000000"}, MOST_NUMBERS), ({}, MOST_ANYWHERE)])
def test_whoever_collected_browsers_by_a_password_that_he_knew_guesses_no_more_for_it(office, wrong, most):
    browsers = [Client() for _ in range(most // MOST + 2)]
    assert {enter("city-lead", PASSWORD, client=browser) for browser in browsers} == {302}
    TOTPDevice.objects.create(user=office.lead, name="phone", confirmed=True)
    password = PASSWORD if wrong else "wrong"
    tried = [enter("city-lead", password, client=browser, **wrong) for browser in browsers for _ in range(MOST)]
    assert tried.count(401) == most
