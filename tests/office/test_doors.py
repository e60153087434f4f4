"""Who has something due learns of it, and of nothing else; who says whose password it is lets in no other."""

import json
import logging
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.utils import timezone
from tests.office.conftest import PASSWORD

from guanzi.base.core import InvalidInput
from guanzi.office.actions import perform
from guanzi.office.doors import LOGINS, NOTIFIERS, WEBHOOK, Notice, Notifier, chosen, post_notice
from guanzi.office.inbox.notices import SentNotices, send_due
from guanzi.office.models import Person
from guanzi.office.people.credentials import try_password
from guanzi.office.people.origins import MACHINE

SLUG = "nio-hefei-2020"


@pytest.fixture
def owed(office):
    """A case in which the analyst owns a stream that is due so many days from today."""
    perform(office.lead, "case.open", {"builtin": SLUG}, "open")

    def owe(days):
        due = (timezone.localdate() + timedelta(days=days)).isoformat()
        asked = {"case": SLUG, "stream": "finance", "person": office.analyst.username, "due": due}
        perform(
            office.lead, "case.give_seat", {"case": SLUG, "person": office.analyst.username, "part": "analyst"}, "seat"
        )
        perform(office.lead, "streams.assign", asked, "own")

    return owe


@pytest.mark.parametrize(("days", "told"), [(-3, True), (0, True), (1, True), (2, False)])
def test_what_is_late_or_due_until_tomorrow_is_told_to_whom_it_waits_for(office, owed, days, told):
    owed(days)
    handed = []
    done = send_due((Notifier("list", handed.append),))
    assert (done.sent, done.failed) == (len(handed), 0)
    own = [notice for notice in handed if notice.person == office.analyst.username]
    assert bool(own) == told
    assert all(notice.due == timezone.localdate() + timedelta(days=days) for notice in own)
    assert office.finance.username not in {notice.person for notice in handed}


def test_a_notice_says_nothing_of_the_case(office, owed):
    owed(0)
    handed = []
    send_due((Notifier("list", handed.append),))
    assert handed
    assert not any(word in str(handed).lower() for word in (SLUG, "nio", "hefei", "finance"))


def test_nobody_who_left_is_told(office, owed):
    owed(0)
    Person.objects.filter(pk=office.analyst.pk).update(is_active=False)
    handed = []
    send_due((Notifier("list", handed.append),))
    assert office.analyst.username not in {notice.person for notice in handed}


def test_a_notifier_that_fails_stops_no_other_and_its_words_are_not_logged(owed, caplog):
    owed(0)
    handed = []

    def fail(notice):
        raise OSError("https://key@server")

    with caplog.at_level(logging.ERROR, "guanzi.office"):
        done = send_due((Notifier("bad", fail), Notifier("list", handed.append)))
    assert done == SentNotices(len(handed), len(handed))
    assert handed
    assert "bad: OSError" in caplog.text
    assert "key@server" not in caplog.text


def test_the_webhook_takes_a_notice_as_json(owed, monkeypatch):
    owed(0)
    got = []

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *told):
            pass

    server = HTTPServer(("127.0.0.1", 0), Taking)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv(WEBHOOK, f"http://127.0.0.1:{server.server_port}/")
    done = send_due(chosen(NOTIFIERS, "N", {"N": "webhook"}))
    server.shutdown()
    server.server_close()
    assert (len(got), done.failed) == (done.sent, 0)
    assert got[0].keys() == {"person", "language", "due", "link", "text"}
    assert got[0]["link"] in got[0]["text"]


@pytest.mark.parametrize("address", ["", "file:///etc/passwd", "office.example"])
def test_a_webhook_that_is_no_server_is_refused(monkeypatch, address):
    monkeypatch.setenv(WEBHOOK, address)
    with pytest.raises(InvalidInput):
        post_notice(Notice("ada", "en", date(2026, 12, 1), "https://office.example/", "due"))


def test_doors_are_chosen_by_name_and_an_unknown_one_is_refused():
    assert [one.id for one in chosen(LOGINS, "L", {}, "password")] == ["password"]
    assert chosen(NOTIFIERS, "N", {}) == ()
    with pytest.raises(InvalidInput) as refused:
        chosen(LOGINS, "L", {"L": "password, ldap"})
    assert [str(problem.place) for problem in refused.value.problems] == ["L"]


class WrongLogin:
    """A back-end that lets in whoever it likes."""

    answers: Person | None = None

    def authenticate(self, request, username=None, password=None):
        return self.answers

    def get_user(self, pk):
        return Person.objects.get(pk=pk)


def test_a_back_end_lets_in_nobody_but_the_person_of_the_name_who_works_here(office, settings, monkeypatch):
    settings.AUTHENTICATION_BACKENDS = [f"{__name__}.WrongLogin"]
    monkeypatch.setattr("django.contrib.auth.load_backend", lambda path: WrongLogin())

    def enters(person):
        monkeypatch.setattr(WrongLogin, "answers", person)
        return try_password("entering", office.analyst.username, "x", MACHINE)

    assert enters(office.analyst) == office.analyst
    assert enters(office.lead) is None
    office.analyst.is_active = False
    assert enters(office.analyst) is None


def test_the_office_s_own_passwords_are_one_of_the_back_ends(office):
    assert try_password("entering", office.lead.username, PASSWORD, MACHINE) == office.lead
