"""A full disk and a lost database are told in a sentence, change nothing, and the same request is done afterwards."""

import base64
import errno
import html
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError, connections
from django.test import Client
from tests.office import evidence_of
from tests.office.conftest import PASSWORD
from tests.office.forks import run_apart
from tests.record.ledger.server import running

from guanzi.base.core import Message, render
from guanzi.office.actions import perform
from guanzi.office.auditlog import contentfiles
from guanzi.office.auditlog.log import office_log, prepare_log
from guanzi.office.cases import contents, documentuploads, folders
from guanzi.office.faults import BUSY, DATABASE, FOLDER, FULL, Unable, fault_of
from guanzi.office.models import ActionRun, Blob, CaseVersion, IndexedFact
from guanzi.office.serving import checking
from guanzi.record.ledger import Signer, check_log

DOCUMENT = base64.b64encode(b"The works is built.\n" * 40).decode()
UPLOAD = {"case": "small", "file": DOCUMENT, "filename": "works.txt", "known_on": "2026-05-01"}


def say(kind, lang="en"):
    return render(Message.of(f"office.error.{kind}"), lang)


@pytest.fixture
def small(office, client):
    """The small case, and its lead at a browser that does not raise what the office should tell."""
    evidence_of.open_small(office)
    client.raise_request_exception = False
    client.force_login(office.lead)
    return office


def held():
    """What is in the database, counted."""
    return [model.objects.count() for model in (ActionRun, Blob, CaseVersion, IndexedFact)] + [office_log().size]


def no_room(*given, **named):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def lost(*given, **named):
    raise OperationalError("server closed the connection unexpectedly")


@contextmanager
def no_database():
    with pytest.MonkeyPatch.context() as machine:
        machine.setattr(type(connections["default"]), "cursor", lost)
        yield


@pytest.fixture(params=["draft of a folder", "document that came", "file of a content", "folder of the case", "log"])
def full_disk(request):
    """There is no room on the disk for one of the writes of an upload."""
    from guanzi.office.actions import framework
    from guanzi.record.evidence.dataroom import store

    target, name = {
        "draft of a folder": (documentuploads, "scratch_directory"),
        "document that came": (store, "_copy"),
        "file of a content": (contentfiles, "_write"),
        "folder of the case": (folders, "publish"),
        "log": (framework, "enter_action"),
    }[request.param]
    with pytest.MonkeyPatch.context() as machine:
        machine.setattr(target, name, no_room)
        yield machine.undo


def test_a_disk_without_room_is_told_wherever_it_is_met(small, full_disk, folder):
    before = held()
    with pytest.raises(Unable) as told:
        perform(small.lead, "evidence.upload", UPLOAD, "one")
    assert told.value.kind == FULL
    assert held() == before
    assert not [path for path in folder.rglob(".*") if path.is_dir()], "a draft takes the room that is missing"
    full_disk()
    assert not perform(small.lead, "evidence.upload", UPLOAD, "one").repeated
    assert perform(small.lead, "evidence.upload", UPLOAD, "one").repeated
    assert check_log(office_log()) == ()


def test_a_page_tells_of_a_full_disk_in_the_language_of_the_person_and_sends_again_what_was_sent(
    small, client, monkeypatch
):
    perform(small.lead, "person.choose_language", {"language": "zh"}, "language")
    client.get("/cases/")
    form = {
        "key": "mark-of-the-form", "next": "/cases/small/", "case": "small", "id": "annual", "publisher": "Maker",
        "title": "Annual <report>", "grade": "A",
    }  # fmt: skip
    before = held()
    with monkeypatch.context() as machine:
        machine.setattr(contents, "keep_blob", no_room)
        told = client.post("/do/evidence.add_source/", form)
    page = told.content.decode()
    assert (told.status_code, told["Retry-After"]) == (507, "30")
    assert say("full", "zh") in page
    assert say("full.sent", "zh") in page
    assert "Traceback" not in page
    assert held() == before
    for name, value in form.items():
        assert f'name="{name}" value="{value.replace("<", "&lt;").replace(">", "&gt;")}"' in page
    assert client.post("/do/evidence.add_source/", form).status_code == 302
    assert client.post("/do/evidence.add_source/", form).status_code == 302
    assert ActionRun.objects.filter(key="mark-of-the-form").count() == 1


def test_a_page_never_holds_a_password_that_is_sent_again(small, client, monkeypatch):
    monkeypatch.setattr("guanzi.office.actions.framework.enter_action", no_room)
    told = client.post("/do/person.change_password/", {"key": "k", "old": PASSWORD, "new": "another of its own"})
    assert told.status_code == 507
    assert b"another of its own" not in told.content


def test_nothing_that_no_page_of_the_office_sent_is_offered_to_be_sent_again(small, monkeypatch):
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(small.finance)
    token = (
        browser.get("/account/").content.decode().partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    )
    form = {"key": "k", "case": "small", "release": "1"}

    def lost(self):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(SessionStore, "load", lost)
    for sent, offered in (
        ({}, False),
        ({"csrfmiddlewaretoken": "x" * 64}, False),
        ({"csrfmiddlewaretoken": token}, True),
    ):
        told = browser.post("/do/money.release/", {**form, **sent})
        assert told.status_code == 503
        assert (b'name="key" value="k"' in told.content) is offered


def test_what_was_done_before_the_disk_was_full_is_not_told_as_undone(small, client, monkeypatch):
    session = client.session
    session["seen"] = 0.0
    session.save()
    monkeypatch.setattr("guanzi.office.people.sessions.IDLE", 10**12)
    monkeypatch.setattr(SessionStore, "save", no_room)
    told = client.post("/do/person.choose_language/", {"key": "k", "language": "en", "next": "/"})
    assert told.status_code == 507
    assert ActionRun.objects.filter(key="k").exists()
    assert say("done") in told.content.decode()


def test_a_file_is_chosen_again_on_the_page_that_could_not_keep_it(small, client, tmp_path, monkeypatch):
    file = tmp_path / "works.txt"
    file.write_bytes(base64.b64decode(DOCUMENT))
    monkeypatch.setattr(contents, "keep_blob", no_room)
    with file.open("rb") as document:
        form = {"key": "k", "case": "small", "known_on": "2026-05-01", "file": document}
        page = client.post("/do/evidence.upload/", form).content.decode()
    assert '<input type="file" id="again-1" name="file" required>' in page
    assert 'enctype="multipart/form-data"' in page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_without_a_database_says_so_in_the_language_that_was_chosen(small, client, lang):
    perform(small.lead, "person.choose_language", {"language": lang}, "language")
    client.get("/cases/")
    with no_database():
        for address in ("/", "/cases/small/", "/log/", "/account/"):
            told = client.get(address)
            assert told.status_code == 503
            assert say("database", lang) in told.content.decode()
            assert "Traceback" not in told.content.decode()
        watcher = Client().get("/health/")
    assert (watcher.status_code, watcher.json()) == (503, {"database": "no answer"})


def test_a_program_is_told_of_faults_as_a_problem_and_when_to_ask_again(small, client, monkeypatch):
    token = perform(small.lead, "token.make", {"name": "t", "scopes": ["read", "write"]}, "token").answer["token"]
    heads = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k1", "Accept-Language": "zh"}
    asked = {"case": "small", "id": "annual", "publisher": "Maker", "title": "Report", "grade": "A"}

    def send():
        return client.post(
            "/api/actions/evidence.add_source", json.dumps(asked), content_type="application/json", headers=heads
        )

    with monkeypatch.context() as machine:
        machine.setattr(contents, "keep_blob", no_room)
        told = send()
        machine.setattr(contents, "keep_blob", lost)
        assert (send().status_code, send().json()["problems"][0]["id"]) == (503, "office.error.database")
    (problem,) = told.json()["problems"]
    assert (told.status_code, told["Retry-After"], problem["id"]) == (507, "30", "office.error.full")
    assert (problem["text"], problem["mend"]) == (say("full", "zh"), say("full.sent", "zh"))
    assert (send().json()["repeated"], send().json()["repeated"]) == (False, True)
    with no_database():
        told = client.get("/api/cases", headers=heads)
    assert (told.status_code, told.json()["problems"][0]["id"]) == (503, "office.error.database")


def test_health_tells_of_a_disk_that_takes_no_document_any_more(small, client, monkeypatch):
    assert client.get("/health/").json() == {"database": "answers", "disk": "has room"}
    monkeypatch.setattr("guanzi.office.pages.health.free_bytes", lambda folder: 10_000)
    told = client.get("/health/")
    assert (told.status_code, told.json()) == (507, {"database": "answers", "disk": "full"})


def test_the_check_tells_of_a_disk_that_fills_and_of_a_key_that_is_not_that_of_the_log(small, folder, monkeypatch):
    def told():
        return {one.what.id for one in checking.lacking() if one.grave}

    assert not told() & {"office.check.room", "office.check.key"}
    monkeypatch.setattr(checking, "free_bytes", lambda folder: 10_000_000)
    (folder / "log.key").unlink()  # the next one is made anew, and is not that of the log
    assert told() >= {"office.check.room", "office.check.key"}


def another(folder):
    (folder / "log.key").write_text(Signer.generate("guanzi-office").secret(), "utf-8")


def gone(folder):
    (folder / "log.key").unlink()


def torn(folder):
    (folder / "log.key").write_bytes(b"PRIVATE+KEY\xff")


@pytest.mark.parametrize("broken", [another, gone, torn])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_key_that_is_not_that_of_the_log_is_told_and_nothing_is_done_until_it_is_back(
    small, client, folder, broken, lang
):
    perform(small.lead, "person.choose_language", {"language": lang}, "language")
    right, before = (folder / "log.key").read_bytes(), held()
    token = perform(small.lead, "token.make", {"name": "t", "scopes": ["read", "write"]}, "token").answer["token"]
    form = {"key": "k", "case": "small", "id": "annual", "publisher": "M", "title": "T", "grade": "A"}
    before = held()
    broken(folder)
    told = client.post("/do/evidence.add_source/", form)
    assert (told.status_code, told["Retry-After"]) == (503, "30")
    assert say("key", lang) in told.content.decode()
    assert say("key.sent", lang) in told.content.decode()
    assert str(folder) not in told.content.decode()
    heads = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k1"}
    answer = client.post(
        "/api/actions/evidence.add_source",
        json.dumps({"case": "small"}),
        content_type="application/json",
        headers=heads,
    )
    assert answer.status_code in (422, 503)
    assert held() == before
    assert client.get("/cases/small/evidence/").status_code == 200
    assert (client.get("/health/").status_code, client.get("/api/cases", headers=heads).status_code) == (503, 200)
    (grave,) = [one.what for one in checking.lacking() if one.grave and one.what.id == "office.check.key"]
    assert "log.key" in render(grave, lang)
    with pytest.raises(Unable, match=r"log\.key"):
        prepare_log()
    (folder / "log.key").write_bytes(right)
    assert client.post("/do/evidence.add_source/", form).status_code == 302
    assert client.get("/health/").status_code == 200
    assert check_log(office_log()) == ()


def test_a_clock_that_went_back_is_told_and_nothing_is_done(small, client, monkeypatch):
    before = held()
    monkeypatch.setattr("guanzi.office.auditlog.log.datetime", LongAgo)
    form = {"key": "k", "case": "small", "id": "annual", "publisher": "M", "title": "T", "grade": "A"}
    told = client.post("/do/evidence.add_source/", form)
    assert told.status_code == 503
    assert say("clock.sent") in html.unescape(told.content.decode())
    assert held() == before


class LongAgo(datetime):
    """A clock that stands in the year 2001."""

    @classmethod
    def now(cls, tz=None):
        return cls(2001, 1, 1, tzinfo=tz)


class ServerSays(Exception):
    """An error of PostgreSQL with its SQLSTATE."""

    __module__ = "psycopg.errors"

    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


def of_sqlite(code):
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(errno.ENOSPC, ""), FULL),
        (OSError(errno.EDQUOT, ""), FULL),
        (OSError(errno.EROFS, ""), FOLDER),
        (PermissionError(errno.EACCES, ""), FOLDER),
        (FileNotFoundError(errno.ENOENT, ""), None),
        (BrokenPipeError(errno.EPIPE, ""), None),
        (of_sqlite(sqlite3.SQLITE_FULL), FULL),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), BUSY),
        (of_sqlite(sqlite3.SQLITE_NOTADB), DATABASE),
        (of_sqlite(sqlite3.SQLITE_IOERR_READ), DATABASE),
        (sqlite3.IntegrityError("a row is there already"), None),
        (ServerSays("53100"), FULL),
        (ServerSays("57P01"), DATABASE),
        (ServerSays("40P01"), BUSY),
        (ServerSays("23505"), None),
        (ServerSays("42P01"), None),
        (OperationalError("no connection"), DATABASE),
        (ValueError("a defect"), None),
    ],
)
def test_faults_of_the_machine_are_told_from_defects_of_the_program(error, kind):
    assert fault_of(error) == kind


def test_a_folder_that_may_not_be_written_is_told(small, client, monkeypatch):
    def barred(*given, **named):
        raise PermissionError(errno.EACCES, "denied", "laid")

    monkeypatch.setattr(folders, "scratch_directory", barred)
    told = client.post("/do/evidence.add_source/", {"key": "k", "case": "small", "id": "annual", "publisher": "M",
                                                     "title": "T", "grade": "A"})  # fmt: skip
    assert told.status_code == 503
    assert say("folder") in told.content.decode()


def test_the_file_of_a_secret_is_whole_or_not_there(folder, monkeypatch):
    from guanzi.office.auditlog.secretfile import write_once

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(OSError, match="space"):
        write_once(folder / "secret", "words")
    assert list(folder.iterdir()) == []
    monkeypatch.undo()
    write_once(folder / "secret", "words")
    write_once(folder / "secret", "others")
    assert (folder / "secret").read_text() == "words"
    assert (folder / "secret").stat().st_mode & 0o777 == 0o600


def break_machine(folder, fault, address=""):
    """Break the machine under an office of its own, and fix it."""
    assert "served again" in run_apart("broken_machine", folder, (fault,), address)


@pytest.mark.prove
@pytest.mark.parametrize("fault", ["gone", "held", "pages"])
def test_a_file_of_sqlite_that_is_gone_held_or_full_stops_nobody_for_good(tmp_path, fault):
    break_machine(tmp_path / "real", fault)


@pytest.mark.prove
def test_a_postgresql_that_stops_in_the_middle_is_found_again_by_the_same_process(tmp_path):
    with running() as address:
        break_machine(tmp_path / "real", "stopped", address)


@pytest.mark.prove
def test_a_disk_that_is_really_full_is_told_on_pages_to_programs_and_on_the_command_line(tmp_path):
    small_disk = tmp_path / "disk"
    small_disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=120m", "tmpfs", str(small_disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root makes a disk of its own")
    try:
        break_machine(small_disk / "office", "full")
    finally:
        subprocess.run(["umount", str(small_disk)], check=True)
