"""What takes long outlives the death of its worker: another one is started, and nothing says for ever that it runs."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.db import OperationalError
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from tests.office.committee import do, prepared
from tests.office.once import played_once
from tests.record.ledger.server import running, start, stop

from guanzi.office.auditlog.log import prepare_log
from guanzi.office.models import AppraisalRun, Organisation, Person
from guanzi.office.serving import demonstration, starting
from guanzi.office.serving.abandoned import end_abandoned


class Process:
    """A process that ends with a code after so many looks."""

    def __init__(self, looks, code):
        self.looks, self.returncode, self.pid, self.code = looks, None, 0, code

    def poll(self):
        self.looks -= 1
        self.returncode = self.code if self.looks < 0 else None
        return self.returncode

    def wait(self, timeout=None):
        if self.poll() is None and timeout is not None:
            raise subprocess.TimeoutExpired("server", timeout)
        return self.code

    def terminate(self):
        self.looks = 0


def test_a_worker_that_died_is_replaced_as_soon_as_the_database_lets_it(monkeypatch):
    begun = []

    def new_worker():
        if len(begun) == 1:
            begun.append("no database")
            raise OperationalError("connection refused")
        begun.append("worker")
        return Process(0 if len(begun) == 1 else 100, -9)

    monkeypatch.setattr(starting, "_new_worker", new_worker)
    monkeypatch.setattr(starting, "_new_sender", lambda: Process(100, 0))
    monkeypatch.setattr(starting, "start", lambda *given: Process(4, 0))
    monkeypatch.setattr(signal, "signal", lambda *given: None)
    assert starting.serve("127.0.0.1", 1) == 0
    assert begun == ["worker", "no database", "worker"]


@played_once
def asked(office):
    """An appraisal that was asked for and taken from the queue by a worker."""
    prepared(office)
    run = AppraisalRun.objects.get(pk=do(office.lead, "appraisal.ask", paths=100)["appraisal"])
    DBTaskResult.objects.get().claim("killed")
    return run


def test_work_that_was_taken_and_not_begun_is_given_back(asked):
    end_abandoned("killed")
    asked.refresh_from_db()
    assert (asked.state, DBTaskResult.objects.get().status) == ("queued", TaskResultStatus.READY)


def test_work_that_was_begun_is_said_to_have_failed_and_is_not_done_unasked(asked):
    AppraisalRun.objects.update(state="running")
    assert end_abandoned("killed") == 1
    asked.refresh_from_db()
    assert (asked.state, DBTaskResult.objects.get().status) == ("failed", TaskResultStatus.FAILED)


def test_work_of_the_worker_of_another_machine_is_left_alone(asked, monkeypatch):
    monkeypatch.setattr("guanzi.office.serving.abandoned.connection", type("Server", (), {"vendor": "postgresql"}))
    AppraisalRun.objects.update(state="running")
    assert end_abandoned("mine") == 0
    assert AppraisalRun.objects.get().state == "running"
    assert end_abandoned("killed") == 1
    assert AppraisalRun.objects.get().state == "failed"


def test_a_demonstration_that_was_killed_before_it_told_passwords_is_finished_and_tells_them(db, monkeypatch):
    def killed():
        raise KeyboardInterrupt

    prepare_log()
    monkeypatch.setattr(demonstration, "CASES", ())
    monkeypatch.setattr(demonstration, "play", killed)
    with pytest.raises(KeyboardInterrupt):
        demonstration.demonstrate()
    monkeypatch.setattr(demonstration, "play", lambda: None)
    told = demonstration.demonstrate()
    assert Person.objects.get(username="lin").check_password(told["lin"])
    assert (Organisation.objects.count(), Person.objects.count()) == (1, len(demonstration.PEOPLE))
    assert demonstration.demonstrate() == {}


def workers_of(pid):
    """Numbers of the workers that a process started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(re.sub(r"^.*\) \S ", "", stat.read_text()).split()[0])
            words = (stat.parent / "cmdline").read_text()
        except OSError:
            continue
        if parent == pid and "db_worker" in words:
            found.append(int(stat.parent.name))
    return found


def waits(what, seconds=600):
    """Whether something comes true in time."""
    until = time.monotonic() + seconds
    while not what():
        if time.monotonic() > until:
            return False
        time.sleep(0.3)
    return True


@pytest.mark.prove
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_an_office_outlives_the_death_of_its_worker_and_of_its_database(tmp_path):
    from tests.office.browsing import free_port

    port = free_port()

    def health():
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    with running() as address:
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "DATABASE_URL": address}
        env.pop("DJANGO_SETTINGS_MODULE", None)
        command = [sys.executable, "-m", "guanzi", "office", "--empty", "--data", str(tmp_path), "--port", str(port)]
        office = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            assert waits(lambda: health() == 200)
            (first,) = workers_of(office.pid)
            os.kill(first, signal.SIGKILL)
            assert waits(lambda: workers_of(office.pid) not in ([], [first]))
            stop(address)
            assert waits(lambda: health() == 503)
            assert waits(lambda: workers_of(office.pid) == []), "a worker without a database ends, and is started later"
            start(address)
            assert waits(lambda: health() == 200)
            assert waits(lambda: len(workers_of(office.pid)) == 1)
            assert office.poll() is None
        finally:
            office.terminate()
            office.wait(30)
