"""Who has a channel learns what kind of thing waits, and until when; no dead server loses or delays a notice."""

import json
import re
import socket
import ssl
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread

import pytest
from django.utils import timezone
from tests.office.small import CASE
from tests.office.test_page_queries import open_another

from guanzi.base.core import InvalidInput, Message, catalogue
from guanzi.office import outside
from guanzi.office.actions import perform
from guanzi.office.auditlog.examining import wrong_rows
from guanzi.office.auditlog.log import account_for_office, office_log, signing_key
from guanzi.office.inbox import channels, outbox
from guanzi.office.inbox.outbox import SET_UP, SentNotices, lay_in, line_of, send, words_of
from guanzi.office.inbox.waiting import WaitingItem, waiting_for
from guanzi.office.models import CalendarFeed, NoticeChannel, OutgoingNotice, Person
from guanzi.office.outside import ALLOW, PrivateServer, post, require_address
from guanzi.office.people.visibility import Viewer
from guanzi.office.serving.notifying import look

HOOK = "https://hooks.example.org/a-secret-of-mine"
LANGS = ("en", "zh")
KINDS = sorted(
    {id.removeprefix("office.waiting.") for id in catalogue("office", "en") if id.startswith("office.waiting.")}
)
MORNING = datetime(2026, 12, 1, 1, tzinfo=UTC)
"""Nine o'clock at the place of the office."""


@pytest.fixture
def case(office):
    """A case in which something waits for everybody."""
    return open_another(office, "riverton")


def add(person, address=HOOK, moment="at_once", kind="webhook"):
    asked = {"kind": kind, "address": address, "moment": moment}
    return perform(person, "notices.add_channel", asked, f"add-{address}-{moment}-{person.pk}").answer["id"]


class Server:
    """What takes notices; those of dead addresses are refused."""

    def __init__(self, *dead):
        self.dead, self.taken = set(dead), []

    def __call__(self, kind, address, title, text, told):
        if address in self.dead:
            raise OSError("a-secret-of-mine")
        self.taken.append((address, text, told))

    def lines(self, address=HOOK):
        return [text for to, text, _ in self.taken if to == address]


def words_in(value):
    """Every word of plain data that people or files wrote."""
    if isinstance(value, dict):
        return {word for one in value.values() for word in words_in(one)}
    if isinstance(value, list | tuple):
        return {word for one in value for word in words_in(one)}
    return {value} if isinstance(value, str) and len(value) > 2 else set()


# What a notice says


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", [*KINDS, SET_UP])
def test_every_kind_of_what_waits_is_told_by_a_sentence_without_a_place_for_content(kind, lang):
    said = catalogue("office", lang)[f"office.notices.kind.{kind}"]
    assert "{" not in said
    assert "{" not in line_of(kind, 1, None, lang)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_waits_its_words_its_case_and_its_address_stay_in_the_office(office, kind):
    add(office.member)
    channel, server = NoticeChannel.objects.get(), Server()
    fields = ("stream", "sheet", "tranche", "milestone", "name", "by", "kind", "second", "stage", "quarter", "period")
    what = Message.of(f"office.waiting.{kind}", n=7717, **dict.fromkeys(fields, "SECRET"))
    outbox._lay(channel, [WaitingItem(what, "SECRET", date(2026, 12, 3), "/cases/SECRET/")], timezone.now())
    assert "SECRET" in what.as_dict()["params"].values()
    assert send(timezone.now(), server) == SentNotices(1, 0)
    ((_, text, told),) = server.taken
    assert {one["kind"] for one in told["waiting"]} == {kind, SET_UP}
    assert "SECRET" not in text + json.dumps(told)
    assert "7717" not in text + json.dumps(told)


def test_nothing_of_content_leaves_with_a_notice_or_a_calendar(office, case, client):
    office.lead.refresh_from_db()
    now, server, told_kinds = timezone.now(), Server(), set()
    for person in office.people.values():
        add(person, f"{HOOK}/{person.pk}")
        answer = perform(person, "notices.make_calendar", {}, f"calendar-{person.pk}").answer
        feed = client.get("/calendar.ics?" + answer["calendar_address"].partition("?")[2])
        items = waiting_for(Viewer(person))
        told_kinds |= {item.kind for item in items}
        server.taken.append((person.pk, feed.content.decode().replace("\r\n ", ""), {}))
    lay_in(now)
    while (sent := send(now, server)) != SentNotices():
        assert sent.failed == 0
    assert len({to for to, _, _ in server.taken}) == 2 * len(office.people)
    assert len(told_kinds) >= 9
    secret = {CASE, "riverton", case.title, case.company, case.region, "finance", "closing", "p/q", "Which share?"}
    for person in office.people.values():
        secret |= {person.username, person.name}
        for item in waiting_for(Viewer(person)):
            secret |= words_in(item.what.as_dict()["params"]) | ({item.case} if item.case else set())
    allowed = {text for kind in KINDS for text in (line_of(kind, 1, None, "en"), line_of(kind, 1, None, "zh"))}
    for _, text, told in server.taken:
        bare = text + json.dumps(told)
        for known in sorted(allowed, key=len, reverse=True):
            bare = bare.replace(known, "")
        found = {one for one in secret if re.search(rf"(?<![\w]){re.escape(one.lower())}(?![\w])", bare.lower())}
        assert found - {"office"} == set(), text


@pytest.mark.parametrize("lang", LANGS)
def test_several_things_are_one_notice_with_the_first_day_of_each_kind(lang):
    def row(mark, kind, due):
        return OutgoingNotice(mark=mark, kind=kind, due=due)

    days = date(2026, 12, 5), date(2026, 12, 3)
    title, text, told = words_of([row("a", "vote", days[0]), row("b", "vote", days[1]), row("c", "panel", None)], lang)
    assert told["waiting"] == [
        {"kind": "vote", "count": 2, "due": "2026-12-03"},
        {"kind": "panel", "count": 1, "due": None},
    ]
    assert text.splitlines()[0] == title
    assert len(text.splitlines()) == 4
    assert told["link"].endswith("/")


def test_the_mark_of_what_waits_stays_while_days_pass_and_tells_nothing():
    def item(**params):
        return WaitingItem(Message.of("office.waiting.stream_late", **params), CASE, None, f"/cases/{CASE}/streams/")

    marks = {item(stream="legal", days=n).mark for n in (1, 2, 30)}
    assert len(marks) == 1
    assert item(stream="finance", days=1).mark not in marks


def test_a_notice_leads_on_to_what_waits_and_nobody_else(office, case, client):
    item = next(one for one in waiting_for(Viewer(office.member)) if one.kind == "vote")
    client.force_login(office.member)
    assert client.get(f"/waiting/{item.mark}/")["Location"] == item.address
    client.force_login(office.auditor)
    assert client.get(f"/waiting/{item.mark}/")["Location"] == "/"
    client.logout()
    assert client.get(f"/waiting/{item.mark}/")["Location"].startswith("/enter/")


# The outbox


def test_what_waits_is_told_once_and_again_only_after_it_was_gone(office, case):
    add(office.member)
    server, now = Server(), timezone.now()
    for _ in range(3):
        lay_in(now)
        send(now, server)
    assert len(server.taken) == 1
    vote = OutgoingNotice.objects.get(kind="vote")
    case.sittings.filter(state="open").update(state="void")
    lay_in(now)
    vote.refresh_from_db()
    assert vote.gone_at == now
    case.sittings.filter(state="void").update(state="open")
    lay_in(now)
    assert send(now, server) == SentNotices(1, 0)
    assert len(server.taken) == 2
    assert len(server.taken[1][2]["waiting"]) == 1


def test_a_dead_server_loses_none_and_delays_no_other(office, case):
    dead, alive = f"{HOOK}/dead", f"{HOOK}/alive"
    add(office.member, dead)
    add(office.chair, alive)
    server, now = Server(dead), timezone.now()

    def next_try():
        return NoticeChannel.objects.get(address=dead).next_try

    lay_in(now)
    waits = set(OutgoingNotice.objects.filter(channel__address=dead).values_list("kind", flat=True))
    assert {"vote", SET_UP} <= waits
    assert send(now, server) == SentNotices(1, 1)
    assert len(server.lines(alive)) == 1
    assert send(now, server) == SentNotices(0, 0)  # it is not asked again at once
    pauses = []
    for _ in range(12):
        pauses.append(next_try() - now)
        now = next_try()
        assert send(now, server) == SentNotices(0, 1)
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(minutes=1), timedelta(hours=6))
    server.dead.clear()
    now = next_try()
    assert send(now, server) == SentNotices(1, 0)
    assert {one["kind"] for one in server.taken[-1][2]["waiting"]} == waits
    assert NoticeChannel.objects.get(address=dead).failures == 0
    assert send(now, server) == SentNotices(0, 0)


def test_servers_that_hang_hold_up_no_other(office, case, monkeypatch):
    stuck, go = [f"{HOOK}/{n}" for n in range(4)], Event()
    for person, address in zip(("member", "member2", "chair", "lead"), stuck, strict=True):
        add(office.people[person], address)
    add(office.finance, HOOK)
    taken, at = [], []

    def hang(kind, address, title, text, told):
        if address in stuck:
            go.wait(5)
            raise TimeoutError
        taken.append(address)
        at.append(time.monotonic())
        go.set()

    begun = time.monotonic()
    assert send(timezone.now(), hang) == SentNotices(1, 4)
    assert taken == [HOOK]
    assert at[0] - begun < 2


def test_what_is_being_sent_is_sent_by_no_second_process(office, case):
    add(office.member)
    now, other = timezone.now(), []
    lay_in(now)

    def how(kind, address, title, text, told):
        taken.append(text)

    taken = []
    first = outbox._claim(now)
    other = outbox._claim(now)
    assert (len(first), other) == (1, [])
    assert outbox._claim(now + timedelta(minutes=6))  # the first died, and another takes it over


def test_nothing_is_sent_to_whoever_left(office, case):
    add(office.member)
    lay_in(timezone.now())
    Person.objects.filter(pk=office.member.pk).update(is_active=False)
    assert send(timezone.now(), Server()) == SentNotices(0, 0)


def test_an_interest_ends_what_was_to_be_told_of_the_case(office, case):
    add(office.member)
    lay_in(timezone.now())
    assert OutgoingNotice.objects.filter(kind="vote", gone_at=None).exists()
    asked = {"case": "riverton", "has_interest": True, "words": "my brother works there"}
    perform(office.member, "interest.declare", asked, "declare")
    server = Server()
    lay_in(timezone.now())
    send(timezone.now(), server)
    assert [one["kind"] for one in server.taken[0][2]["waiting"]] == [SET_UP]


def test_a_digest_is_sent_once_a_day_from_its_hour_on_and_tells_all_that_waits(office, case):
    add(office.member, moment="daily")
    OutgoingNotice.objects.all().delete()
    server = Server()
    for hours in (-3, 0, 4, 24):  # six o'clock, nine, one in the afternoon; nine on the next day
        lay_in(MORNING + timedelta(hours=hours))
        send(MORNING + timedelta(hours=hours), server)
    kinds = [{one["kind"] for one in told["waiting"]} for _, _, told in server.taken]
    assert len(kinds) == 2
    assert kinds[0] == kinds[1] == {item.kind for item in waiting_for(Viewer(office.member))}


def test_the_outbox_is_filled_when_something_has_happened_and_otherwise_not_asked(office, case, monkeypatch):
    add(office.member)
    filled = []
    monkeypatch.setattr(outbox, "lay_in", lambda now: filled.append(now))
    monkeypatch.setattr(outbox, "send", lambda now: SentNotices())
    seen = look(None)
    assert look(seen)[0] == seen[0]
    assert len(filled) == 1
    perform(office.lead, "person.choose_language", {"language": "zh"}, "language")
    look(seen)
    assert len(filled) == 2


def test_words_of_a_server_are_not_logged(office, case, caplog):
    add(office.member)
    lay_in(timezone.now())
    send(timezone.now(), Server(HOOK))
    assert "OSError" in caplog.text
    assert "secret" not in caplog.text


# Channels


def test_a_channel_is_ones_own_and_its_address_stands_in_no_log_and_on_no_page(office, client):
    number = add(office.member)
    client.force_login(office.member)
    page = client.get("/notices/").content.decode()
    assert "…mine" in page
    assert "secret" not in page
    client.force_login(office.chair)
    assert "…mine" not in client.get("/notices/").content.decode()
    with pytest.raises(InvalidInput):
        perform(office.chair, "notices.remove_channel", {"id": number}, "not mine")
    client.force_login(office.auditor)
    assert "a-secret" not in client.get("/log/").content.decode()
    perform(office.member, "notices.remove_channel", {"id": number}, "mine")
    assert not NoticeChannel.objects.exists()


def test_channels_are_counted_and_none_stands_twice(office):
    for n in range(5):
        add(office.member, f"{HOOK}/{n}")
    for address in (f"{HOOK}/6", f"{HOOK}/1"):
        with pytest.raises(InvalidInput):
            add(office.member, address, "daily")


def test_the_log_accounts_for_channels_and_not_for_what_became_of_them(office):
    account_for_office()
    add(office.member)
    perform(office.member, "notices.make_calendar", {}, "calendar")
    lay_in(timezone.now())
    send(timezone.now(), Server(HOOK))
    assert NoticeChannel.objects.get().failures == 1
    assert list(wrong_rows(office_log(), signing_key())) == []
    NoticeChannel.objects.update(address="https://elsewhere.example/")
    assert [row.table for row in wrong_rows(office_log(), signing_key())] == ["office.noticechannel"]


ROBOTS = {
    "wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=12345678-1234-1234-1234-123456789012",
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=" + "a1" * 32,
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/0123abcd-0123-0123-0123-0123456789ab",
    "slack": "https://hooks.slack.com/services/T12345678/B12345678/abcdefghijklmnopqrstuvwx",
}


@pytest.mark.parametrize("kind", ROBOTS)
def test_a_robot_of_a_messenger_is_asked_at_its_own_server_alone_and_follows_no_redirection(kind, monkeypatch):
    requests = pytest.importorskip("requests")
    pytest.importorskip("apprise")
    asked = []

    class Answer:
        status_code, headers = 200, {}
        content = b"ok" if kind == "slack" else b'{"errcode": 0, "code": 0}'
        text = content.decode()

    def taken(self, method, url, **given):
        asked.append((url, given))
        return Answer()

    monkeypatch.setattr(requests.Session, "request", taken)
    channels.require_channel(kind, ROBOTS[kind])
    channels.deliver(kind, ROBOTS[kind], "title", "Vote in a sitting", {})
    ((url, given),) = asked
    assert url.split("/")[2] == ROBOTS[kind].split("/")[2]
    assert given["allow_redirects"] is False
    assert "Vote in a sitting" in str(given)


@pytest.mark.parametrize("kind", ROBOTS)
@pytest.mark.parametrize("change", [("https://", "https://evil.example/"), (".c", ".c.evil.c"), ("https", "http")])
def test_an_address_of_another_server_is_no_robot(kind, change):
    pytest.importorskip("apprise")
    with pytest.raises(InvalidInput):
        channels.require_channel(kind, ROBOTS[kind].replace(change[0], change[1], 1))


class Post(BaseHTTPRequestHandler):
    """A server of tests."""

    status, got = 200, []

    def do_POST(self):
        self.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.status)
        if self.status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *told):
        pass


@contextmanager
def serving(status=200):
    got = []
    server = HTTPServer(("127.0.0.1", 0), type("Taking", (Post,), {"status": status, "got": got}))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/in", got
    server.shutdown()
    server.server_close()


def test_a_server_of_the_house_takes_notices_only_where_whoever_runs_the_office_allows_it(monkeypatch):
    with serving() as (address, got):
        with pytest.raises(ValueError, match="no address"):
            post(address, {"a": 1})
        monkeypatch.setenv(ALLOW, "1")
        require_address(address, "address")
        post(address, {"a": "待办"})
    assert got == [{"a": "待办"}]


def test_a_refusal_or_redirection_is_a_failure(monkeypatch):
    monkeypatch.setenv(ALLOW, "1")
    for status in (302, 500):
        with serving(status) as (address, got), pytest.raises(OSError, match=str(status)):
            post(address, {})
        assert len(got) == 1


HOUSE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::]",
    "168.63.129.16", "[fec0::1]", "[::127.0.0.1]", "[4000::1]",
    "2130706433", "0x7f000001", "127.1", "localhost", "LOCALHOST.", "a.localhost",
)  # fmt: skip


@pytest.mark.parametrize("host", HOUSE)
def test_no_address_of_the_house_is_taken(host):
    with pytest.raises(InvalidInput):
        require_address(f"https://{host}/", "address")


@pytest.mark.parametrize(
    "address",
    ["", "https://", "file:///etc/passwd", "gopher://a.example/", "http://a.example/", "https://u:p@a.example/",
     "https://a.example/\r\nX: y", "https://a.example/ a", "https://a.example:0/", "https://a.example:99999/", "https://ä.example/"],
)  # fmt: skip
def test_what_is_no_plain_address_of_https_is_refused(address):
    with pytest.raises(InvalidInput):
        require_address(address, "address")


@pytest.mark.parametrize("found", [["10.0.0.1"], ["8.8.8.8", "192.168.0.1"], ["::ffff:127.0.0.1"]])
def test_a_name_that_leads_into_the_house_is_found_out_when_it_is_used(monkeypatch, found):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **more: [(2, 1, 6, "", (one, 443)) for one in found])
    monkeypatch.setattr(socket, "create_connection", lambda *asked: pytest.fail("it was connected"))
    require_address("https://public.example/", "address")
    with pytest.raises(PrivateServer):
        post("https://public.example/", {})


def test_the_address_that_was_seen_is_the_one_that_is_asked(monkeypatch):
    """A name that answers otherwise the second time is asked once."""
    asked = []

    def resolve(host, port, **more):
        asked.append(host)
        return [(2, 1, 6, "", ("8.8.8.8" if len(asked) == 1 else "127.0.0.1", port))]

    def connect(address, timeout):
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(ConnectionRefusedError):
        post("https://rebinding.example/", {})
    assert asked == ["rebinding.example", ("8.8.8.8", 443)]


def test_a_server_that_answers_letter_by_letter_is_cut_off(monkeypatch):
    monkeypatch.setenv(ALLOW, "1")
    monkeypatch.setattr(outside, "LONGEST", 0.5)

    class Slow(Post):
        def do_POST(self):
            for letter in b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 200:
                try:
                    self.wfile.write(bytes([letter]))
                except OSError:
                    return
                time.sleep(0.1)

    server = HTTPServer(("127.0.0.1", 0), Slow)
    Thread(target=server.serve_forever, daemon=True).start()
    begun = time.monotonic()
    with pytest.raises(OSError):  # noqa: PT011
        post(f"http://127.0.0.1:{server.server_port}/", {})
    assert time.monotonic() - begun < 5
    server.shutdown()
    server.server_close()


def test_a_server_has_to_prove_its_name(monkeypatch):
    monkeypatch.setenv(ALLOW, "1")
    with serving() as (address, _), pytest.raises((ssl.SSLError, OSError)):
        post(address.replace("http:", "https:"), {})


# Mail


def test_mail_goes_by_the_server_that_the_office_names_to_one_mailbox(monkeypatch):
    pytest.importorskip("apprise")
    import smtplib

    sent = []

    class Mail:
        def __init__(self, host, port, *given, **more):
            sent.append((host, port, None))

        def login(self, *given):
            pass

        def sendmail(self, sender, to, body):
            sent.append((sender, to, body))

        def quit(self):
            pass

    monkeypatch.setattr(smtplib, "SMTP", Mail)
    monkeypatch.setenv(channels.MAIL, "mailto://u:p@10.0.0.9:2525?from=office@city.example")
    channels.check_mail()
    channels.require_channel("mail", "ada@city.example")
    channels.deliver("mail", "ada@city.example", "Guanzi", "Vote in a sitting", {})
    assert sent[0] == ("10.0.0.9", 2525, None)
    assert sent[1][:2] == ("office@city.example", ["ada@city.example"])
    assert len(sent) == 2


@pytest.mark.parametrize(
    "address",
    ["ada", "a@b.example\nBcc: c@d.example", "a@b.example, c@d.example", "a@b.ex&to=c@d.ex", "ada@[10.0.0.1]",
     '"x,c@d.example,y"@b.example', '"x;c@d.example;y"@b.example', '"c:c@d.example"@b.example', "x'c@d.example"],
)  # fmt: skip
def test_what_is_not_one_mailbox_is_refused(monkeypatch, address):
    pytest.importorskip("apprise")
    monkeypatch.setenv(channels.MAIL, "mailto://u:p@10.0.0.9:2525?from=office@city.example")
    with pytest.raises(InvalidInput):
        channels.require_channel("mail", address)


def test_a_kind_that_cannot_be_sent_by_is_not_offered_and_not_taken(monkeypatch):
    monkeypatch.delenv(channels.MAIL, raising=False)
    with pytest.raises(InvalidInput):
        channels.require_channel("mail", "ada@city.example")
    monkeypatch.setattr(channels, "find_spec", lambda name: None)
    assert channels.offered() == ("webhook",)
    monkeypatch.setenv(channels.MAIL, "mailto://u:p@host")
    with pytest.raises(InvalidInput):
        channels.check_mail()


@pytest.mark.parametrize("server", ["smtp.example.org", "json://localhost", "mailto://"])
def test_what_is_no_server_of_mail_is_refused_when_the_office_starts(monkeypatch, server):
    pytest.importorskip("apprise")
    monkeypatch.setenv(channels.MAIL, server)
    with pytest.raises(InvalidInput):
        channels.check_mail()


# The calendar


def test_a_calendar_is_read_by_its_token_alone_until_it_ends(office, case, client):
    def address():
        made = perform(office.member, "notices.make_calendar", {}, str(time.monotonic())).answer["calendar_address"]
        return "/" + made.partition("//")[2].partition("/")[2]

    first = address()
    answer = client.get(first)
    assert answer["Content-Type"].startswith("text/calendar")
    due = [item for item in waiting_for(Viewer(office.member)) if item.due is not None]
    assert answer.content.decode().count("BEGIN:VEVENT") == len(due) > 0
    second = address()
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert client.get("/calendar.ics").status_code == client.get("/calendar.ics?token=x").status_code == 404
    Person.objects.filter(pk=office.member.pk).update(is_active=False)
    assert client.get(second).status_code == 404
    Person.objects.filter(pk=office.member.pk).update(is_active=True)
    perform(office.member, "notices.end_calendar", {}, "end")
    assert client.get(second).status_code == 404
    assert not CalendarFeed.objects.exists()
    with pytest.raises(InvalidInput):
        perform(office.member, "notices.end_calendar", {}, "end again")
