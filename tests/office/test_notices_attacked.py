"""Hostile channels: nobody is written to but whom the address names, and no dead server keeps others from notices."""

import time
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from threading import Event

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.office.test_notices import HOOK, Server, add
from tests.sampling import examples

from guanzi.base.core import InvalidInput
from guanzi.office.actions import perform
from guanzi.office.inbox import channels, outbox
from guanzi.office.inbox.outbox import SET_UP, SentNotices, lay_in, send
from guanzi.office.inbox.waiting import waiting_for
from guanzi.office.models import ActionRun, NoticeChannel, OutgoingNotice
from guanzi.office.outside import is_outside
from guanzi.office.serving.notifying import look

# Whereto


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
@settings(max_examples=examples(300), deadline=None)
def test_of_version_6_only_what_is_given_out_for_everybody_is_outside(found):
    assume(found.ipv4_mapped is None and found not in IPv6Network("64:ff9b::/96"))
    if is_outside(found):
        assert found in IPv6Network("2000::/3")
        assert found.is_global


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
@settings(max_examples=examples(300), deadline=None)
def test_an_address_of_version_6_is_no_way_around_what_is_asked_of_that_of_version_4(found):
    for start in ("::ffff:0:0", "64:ff9b::", "::"):
        written = IPv6Address(int(IPv6Address(start)) + int(found))
        assert not is_outside(written) or is_outside(found), written
    assert is_outside(IPv6Address(int(IPv6Address("::ffff:0:0")) + int(found))) is is_outside(found)


_LOCAL = st.text("ab.'\"+,;:<>@ \\%{}/=&?()[]!#", min_size=1, max_size=12)


@given(_LOCAL, st.sampled_from(("b.example", "[10.0.0.1]", "b.example,c@d.example", "localhost")))
@settings(max_examples=examples(300), deadline=None)
def test_mail_goes_to_the_mailbox_that_the_address_names_or_to_nobody(local, host):
    pytest.importorskip("apprise")
    address = f"{local}@{host}"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(channels.MAIL, "mailto://u:p@10.0.0.9:2525?from=office@city.example")
        try:
            channels.require_channel("mail", address)
        except InvalidInput:
            return
        validate_email(address)
        assert [to for _, to in channels._mail_to(address).targets] == [address]  # type: ignore[attr-defined]


def test_mailboxes_as_people_have_them_are_taken(monkeypatch):
    pytest.importorskip("apprise")
    monkeypatch.setenv(channels.MAIL, "mailto://u:p@10.0.0.9:2525?from=office@city.example")
    for address in ("ada@city.example", "Ada.Lee@City.Example", "ada+work@sub.city.example", "a_b-c@x.example"):
        channels.require_channel("mail", address)
    with pytest.raises(ValidationError):
        validate_email("ada")


def test_nobody_makes_the_office_write_to_others_again_and_again(office, monkeypatch):
    """Each new channel is written to once, whosever it is."""
    monkeypatch.setattr("guanzi.office.actions.notices.MOST_A_DAY", 3)
    for n in range(3):
        number = add(office.member, f"{HOOK}/{n}")
        perform(office.member, "notices.remove_channel", {"id": number}, f"remove-{n}")
    with pytest.raises(InvalidInput) as told:
        add(office.member, f"{HOOK}/4")
    assert told.value.problems[0].cause.id == "office.refused.channels_often"
    add(office.chair, HOOK)
    ActionRun.objects.filter(person=office.member).update(at=timezone.now() - timedelta(days=1, minutes=1))
    add(office.member, f"{HOOK}/4")


# Dead servers


def waits_for(*people):
    """Something to tell by a channel of each."""
    for person in people:
        add(person, f"{HOOK}/{person.pk}")


def test_one_who_waits_behind_forty_dead_servers_is_told_in_the_next_turn(office, monkeypatch):
    monkeypatch.setattr("guanzi.office.actions.notices.MOST_A_DAY", 100)
    monkeypatch.setattr("guanzi.office.actions.notices.MOST", 100)
    for n in range(40):
        add(office.member, f"{HOOK}/dead/{n}")
    turns, told = [], []

    def how(kind, address, title, text, data):
        if "dead" in address:
            raise TimeoutError
        told.append(len(turns))

    now = timezone.now()
    while (sent := send(now, how)) != SentNotices():
        turns.append(sent)
        if len(turns) == 1:  # one turn of the dead was taken when somebody adds a channel
            add(office.chair, HOOK)
            NoticeChannel.objects.filter(address=HOOK).update(failures=0)
    assert sum(one.failed for one in turns) == 40
    assert len(told) == 1
    tries = NoticeChannel.objects.values_list("next_try", flat=True)
    now = max(one for one in tries if one is not None)  # all of them are tried again
    OutgoingNotice.objects.filter(channel__address=HOOK).update(sent_at=None)
    turns.clear()
    told.clear()
    while (sent := send(now, how)) != SentNotices():
        turns.append(sent)
    assert told == [0]  # in the first turn of six
    assert len(turns) == 6


def test_a_server_that_never_answers_ends_no_turn(office, monkeypatch):
    waits_for(office.member, office.chair)
    monkeypatch.setattr(outbox, "LONGEST_SENDING", 0.5)
    go = Event()

    def how(kind, address, title, text, data):
        if address.endswith(f"/{office.member.pk}"):
            go.wait(60)

    begun = time.monotonic()
    assert send(timezone.now(), how) == SentNotices(1, 1)
    assert time.monotonic() - begun < 20
    go.set()
    kept = OutgoingNotice.objects.get(channel__person=office.member)
    assert (kept.sent_at, kept.gone_at) == (None, None)
    later = NoticeChannel.objects.values_list("next_try", flat=True).get(person=office.member)
    assert later is not None
    assert send(later, Server()) == SentNotices(1, 0)


def test_whose_cases_cannot_be_read_keeps_nobody_else_from_being_told(office, monkeypatch):
    waits_for(office.member, office.chair)
    real = waiting_for

    def read(viewer):
        if viewer.person == office.member:
            raise KeyError("a case")
        return real(viewer)

    monkeypatch.setattr(outbox, "waiting_for", read)
    server = Server()
    monkeypatch.setattr(outbox, "send", lambda now: send(now, server))
    look(None)
    assert {address for address, _, _ in server.taken} == {f"{HOOK}/{one.pk}" for one in (office.member, office.chair)}
    assert set(OutgoingNotice.objects.values_list("kind", flat=True)) == {SET_UP}


def test_what_was_laid_in_is_sent_whatever_is_lost_between_and_no_look_ends_the_next(office, monkeypatch):
    waits_for(office.member)
    monkeypatch.setattr(outbox, "send", lambda now: (_ for _ in ()).throw(OSError("the disk is full")))
    with pytest.raises(OSError, match="full"):
        look(None)
    server = Server()
    lay_in(timezone.now())
    assert send(timezone.now(), server) == SentNotices(1, 0)
