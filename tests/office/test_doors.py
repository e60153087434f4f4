"""A notifier of an extension is a channel that people choose; who says whose password it is lets in no other."""

import pytest
from django.utils import timezone
from tests.office.conftest import PASSWORD

from guanzi.base.core import InvalidInput
from guanzi.office.actions import perform
from guanzi.office.doors import LOGINS, NOTIFIERS, NOTIFY, Notifier, chosen
from guanzi.office.inbox import channels
from guanzi.office.inbox.outbox import SentNotices, lay_in, send
from guanzi.office.models import NoticeChannel, Person
from guanzi.office.people.credentials import try_password
from guanzi.office.people.origins import MACHINE

SLUG = "nio-hefei-2020"
ASKED = {"kind": "pager", "address": "room 4"}


@pytest.fixture
def pager(monkeypatch):
    """A notifier of an extension that the office names; what it handed on."""
    handed = []
    monkeypatch.setattr(channels, "NOTIFIERS", {"pager": Notifier("pager", handed.append)})
    monkeypatch.setenv(NOTIFY, "pager")
    return handed


def test_whoever_chooses_a_notifier_is_told_by_it_and_reads_nothing_of_the_case(office, pager):
    perform(office.lead, "case.open", {"builtin": SLUG}, "open")
    perform(office.lead, "notices.add_channel", ASKED, "channel")
    lay_in(timezone.now())
    assert send(timezone.now()) == SentNotices(1, 0)
    (notice,) = pager
    assert notice.address == "room 4"
    assert notice.link in notice.text
    assert len(notice.text.splitlines()) > 3
    assert not any(word in str(notice).lower() for word in (SLUG, "nio", "hefei"))


def test_a_notifier_that_fails_is_tried_again(office, pager, monkeypatch):
    perform(office.lead, "notices.add_channel", ASKED, "channel")

    def fail(notice):
        raise OSError("https://key@server")

    monkeypatch.setattr(channels, "NOTIFIERS", {"pager": Notifier("pager", fail)})
    assert send(timezone.now()) == SentNotices(0, 1)
    held = NoticeChannel.objects.get()
    assert held.failures == 1
    assert held.next_try is not None
    monkeypatch.setattr(channels, "NOTIFIERS", {"pager": Notifier("pager", pager.append)})
    assert send(held.next_try) == SentNotices(1, 0)
    assert len(pager) == 1


def test_a_notifier_that_the_office_does_not_name_is_not_offered(office, pager, monkeypatch):
    assert "pager" in channels.offered()
    monkeypatch.delenv(NOTIFY)
    assert "pager" not in channels.offered()
    with pytest.raises(InvalidInput):
        perform(office.lead, "notices.add_channel", ASKED, "channel")


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
