"""A machine that breaks while the office runs, and works again; run as a program on an office of its own.

The database is stopped, held, taken away, put back or full, or the disk is, while one process answers requests as the
server of the office does. It tells what happened in a sentence, in the language of the person, and when the machine
works again the same process does what was asked: once.
"""

import base64
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

DATA = Path(os.environ.get("GUANZI_OFFICE_DATA", ""))
FILE = DATA / "office.sqlite3"
ADDRESS = os.environ.get("DATABASE_URL", "")
DOCUMENT = base64.b64encode(os.urandom(30).hex().encode() * 4_000).decode()


def main(fault):
    """Make the office, break the machine in a way, and fix it."""
    from guanzi.office.serving.preparing import choose, prepare

    choose(DATA)
    from django.db import connections

    prepare()
    connections["default"].close()
    connections["default"].settings_dict["OPTIONS"] |= {} if ADDRESS else {"timeout": 0.2}
    from tests.office import evidence_of
    from tests.office.conftest import Office

    from guanzi.base.core import Message, render
    from guanzi.office.actions import load_actions, perform
    from guanzi.office.auditlog.log import office_log
    from guanzi.office.models import ActionRun
    from guanzi.record.ledger import check_log

    load_actions()
    office = Office.make("city")
    evidence_of.open_small(office)
    perform(office.lead, "person.choose_language", {"language": "zh"}, "language")
    token = perform(office.lead, "token.make", {"name": "t", "scopes": ["read", "write"]}, "token").answer["token"]
    visitor, program = Visitor(), Visitor()
    visitor.client.force_login(office.lead)
    assert visitor.ask("/cases/small/").status_code == 200
    form = {"key": "mark", "case": "small", "file": DOCUMENT, "filename": "a.txt", "known_on": "2026-05-01"}
    heads = {"Authorization": f"Bearer {token}", "Idempotency-Key": "api"}
    asked = json.dumps({"case": "small", "id": "annual", "publisher": "M", "title": "T", "grade": "A"})

    def send(other=None):
        """The upload on the page, the program's own, and what a watcher is told."""
        page = visitor.ask("/do/evidence.upload/", form)
        told = program.ask("/api/actions/evidence.add_source", asked, content_type="application/json", headers=heads)
        return page, told, Visitor().ask("/health/")

    broken, kind, health = FAULTS[fault]
    with broken():
        for _ in range(3):
            page, told, watched = send()
            words = page.content.decode()
            assert page.status_code == (507 if kind == "full" else 503), (page.status_code, words)
            assert render(Message.of(f"office.error.{kind}"), "zh") in words
            assert "Traceback" not in words
            if fault != "pages":
                (problem,) = told.json()["problems"]
                assert (problem["id"], "Retry-After" in told.headers) == (f"office.error.{kind}", True), problem
                assert told.status_code == page.status_code
            assert watched.status_code == health, watched.content
        if kind == "database":
            assert visitor.ask("/cases/small/").status_code == 503
            assert ADDRESS or not FILE.exists(), "an empty database took the place of the one that is gone"
        elif fault != "full":
            assert not ActionRun.objects.filter(key="mark").exists()
            assert visitor.ask("/cases/small/").status_code == 200, "what is there can be read"
    assert visitor.ask("/cases/small/").status_code == 200, "the office finds the database again by itself"
    for repeated in (False, True):
        page, told, watched = send()
        assert (page.status_code, watched.status_code) == (302, 200), page.content.decode()
        assert told.json()["repeated"] is repeated or fault in ("full", "pages"), told.json()
    assert ActionRun.objects.filter(key="mark").count() == 1
    assert check_log(office_log()) == ()
    sys.stdout.write("served again\n")


class Visitor:
    """Somebody who asks, as the server of the office takes it: connections that broke are let go between requests."""

    def __init__(self):
        from django.test import Client

        self.client = Client(raise_request_exception=False, SERVER_NAME="localhost")

    def ask(self, address, given=None, **how):
        """The answer."""
        from django.db import close_old_connections

        close_old_connections()
        try:
            return self.client.get(address, **how) if given is None else self.client.post(address, given, **how)
        finally:
            close_old_connections()


@contextmanager
def stopped():
    """PostgreSQL is stopped in the middle of its work."""
    from tests.record.ledger.server import start, stop

    stop(ADDRESS)
    yield
    start(ADDRESS)


@contextmanager
def held():
    """Another program holds the file."""
    with closing(sqlite3.connect(FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def gone():
    """The file is taken away, and put back."""
    aside = FILE.with_name("aside.sqlite3")
    FILE.rename(aside)
    yield
    aside.rename(FILE)


@contextmanager
def pages():
    """The database takes no further page."""
    from django.db import connection

    def most(count):
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {count}")

    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    most(1)  # SQLite takes what it holds already for the least
    yield
    most(1_000_000)


@contextmanager
def full():
    """The disk is full: something else took all of it."""
    from django.db import connection

    connection.close()  # and with it the write-ahead log, which holds room of its own
    ballast = DATA / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    command = [sys.executable, "-m", "guanzi", "office"]
    source = {"case": "small", "id": "other", "publisher": "M", "title": "T", "grade": "A"}
    for words in (["do", "evidence.add_source", json.dumps(source), "--as", "city-lead", "--lang", "zh"], ["backup"]):
        told = subprocess.run([*command, *words, "--data", str(DATA)], capture_output=True, text=True)
        assert told.returncode == 2, (words, told)
        assert "空间已满" in told.stderr or "disk is full" in told.stderr, (words, told.stderr)
        assert "Traceback" not in told.stderr
    assert not list((DATA / "backups").glob("*")), "half a backup stays"
    yield
    ballast.unlink()
    shutil.rmtree(DATA / "backups", ignore_errors=True)


FAULTS = {
    "stopped": (stopped, "database", 503),
    "gone": (gone, "database", 503),
    "held": (held, "busy", 200),
    "pages": (pages, "full", 200),
    "full": (full, "full", 507),
}
"""Fault -> what breaks, what is told, and what a watcher of machines is told."""

if __name__ == "__main__":
    main(sys.argv[1])
