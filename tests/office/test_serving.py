"""The office is prepared, checked, saved and brought back by commands, and its servers tell little."""

import json
import logging
import os
import runpy
import secrets
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest
from django.conf import settings
from tests.commands import Commands

from guanzi.office import settings as written
from guanzi.office.auditlog.log import ORIGIN
from guanzi.office.auditlog.secretfile import is_weak
from guanzi.office.serving.logging import JsonLines
from guanzi.office.serving.starting import is_loopback, require_free
from guanzi.record.ledger import Signer


def environment():
    """That of a command line, whose settings are those of one folder."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "GUANZI_LANG": "en"}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    return env


@pytest.fixture(scope="module")
def command(tmp_path_factory):
    """A command line whose code is loaded once; none of these tests serves an office."""
    folder = tmp_path_factory.mktemp("bin")
    with closing(Commands(folder, environment(), apart=False)):
        yield str(folder / "guanzi")


@pytest.fixture
def run(command, tmp_path):
    """The command line in a process of its own."""

    def run(*words):
        told = [command, "office", *words]
        return subprocess.run(told, capture_output=True, text=True, env=environment(), cwd=tmp_path)

    return run


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, tables):
    """An office, made once; a test takes a copy of its own."""
    folder = tables.into(tmp_path_factory.mktemp("prepared") / "office")
    made(folder)
    return folder


def made(folder):
    code = """
import sys
from pathlib import Path
from guanzi import office
office.choose(Path(sys.argv[1])); office.prepare()
from guanzi.office.auditlog.log import LogRecord, Subject, enter_action, write_transaction
from guanzi.office.models import Organisation, Person, RoleHeld
with write_transaction() as log:
    city = Organisation.objects.create(slug='c', name='C')
    ada = Person.objects.create(username='ada', name='Ada', organisation=city)
    RoleHeld.objects.create(person=ada, role='administrator')
    enter_action(log, 'organisation.begin', 'machine', Subject('c'), LogRecord())
"""
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True, env=environment())


def test_an_office_is_acted_in_saved_damaged_and_brought_back(run, prepared, tmp_path):
    copytree(prepared, tmp_path / "a")
    done = run("do", "person.choose_language", '{"language": "zh"}', "--as", "ada", "--data", "a")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.partition("\n")[2])["entry"] == 2
    saved = run("backup", "--data", "a", "--out", "b.tar")
    assert saved.returncode == 0, saved.stderr
    assert run("restore", "b.tar", "--data", "a").returncode == 2
    assert run("restore", "b.tar", "--data", "c").returncode == 0
    assert (tmp_path / "c" / "log.key").read_bytes() == (tmp_path / "a" / "log.key").read_bytes()
    bytes_ = bytearray((tmp_path / "b.tar").read_bytes())
    bytes_[len(bytes_) // 2] ^= 1
    (tmp_path / "b.tar").write_bytes(bytes_)
    refused = run("restore", "b.tar", "--data", "d")
    assert refused.returncode == 2
    assert not (tmp_path / "d" / "office.sqlite3").exists()
    lacks = run("check", "--data", "c")
    assert lacks.returncode == 1
    assert "HTTPS" in lacks.stdout
    assert "chmod" not in lacks.stdout


def test_a_folder_without_an_office_is_said_in_a_sentence(run):
    refused = run("check", "--data", "nowhere")
    assert refused.returncode == 2
    assert "no office" in refused.stderr


def test_an_office_with_the_key_of_another_is_not_started_and_the_check_says_so(run, prepared, tmp_path):
    copytree(prepared, tmp_path / "a")
    (tmp_path / "a" / "log.key").write_text(Signer.generate(ORIGIN).secret() + "\n")
    for _ in range(2):
        started = run("--data", "a", "--port", "8199")
        assert started.returncode == 2
        assert "key of the log" in started.stderr
        assert "log.key" in started.stderr
        assert "Traceback" not in started.stderr
        lacks = run("check", "--data", "a")
        assert lacks.returncode == 1
        assert "is not the key of this log" in lacks.stdout
        (tmp_path / "a" / "log.key").unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("address", "words"), [("mysql://u:secret@h/d", "PostgreSQL"), ("postgresql://u:secret@127.0.0.1:9/d", "answer")]
)
def test_a_database_that_cannot_be_used_is_said_in_a_sentence_without_its_password(
    run, prepared, tmp_path, monkeypatch, address, words
):
    copytree(prepared, tmp_path / "a")
    monkeypatch.setenv("DATABASE_URL", address)
    refused = run("check", "--data", "a")
    assert refused.returncode == 2
    assert words in refused.stderr
    assert "secret" not in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_port_at_which_somebody_serves_already_is_refused_before_anything_is_made(run, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = run("--data", "a", "--port", str(taken.getsockname()[1]))
    assert refused.returncode == 2
    assert "--port" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert refused.stdout == ""


def test_a_file_that_is_no_database_is_said_in_a_sentence(run, prepared, tmp_path):
    copytree(prepared, tmp_path / "a")
    (tmp_path / "a" / "office.sqlite3").write_bytes(b"no database" * 1000)
    refused = run("check", "--data", "a")
    assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)


def test_log_lines_hold_no_query_and_no_values_of_variables():
    try:
        password = "hunter2"
        raise ValueError(password)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "GET /enter/?token=123456", (), sys.exc_info())
    line = JsonLines().format(record)
    assert "hunter2" not in line
    assert "123456" not in line
    assert json.loads(line)["error"] == "ValueError"


def test_health_answers_and_metrics_are_for_the_machine_itself(office, client):
    assert client.get("/health/").status_code == 200
    assert b"guanzi_log_entries" in client.get("/metrics/").content
    assert client.get("/metrics/", REMOTE_ADDR="10.0.0.7").status_code == 404


def test_a_file_in_the_place_of_the_folder_is_named_with_what_to_do(run, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    for words in (("begin", "c", "--admin", "ada"), ("check",), ("restore", "notes.txt")):
        refused = run(*words, "--data", "notes.txt")
        assert refused.returncode == 2, words
        assert "Traceback" not in refused.stderr
    refused = run("--data", "notes.txt")
    assert (refused.returncode, (tmp_path / "notes.txt").read_text()) == (2, "mine")
    assert "is a file" in refused.stderr
    assert "another folder" in refused.stderr


@pytest.mark.parametrize(
    "weak", ["a", "", "change-me", "a" * 64, "0123456789abcdef" * 4, "short-but-of-many-kinds-7Qx"]
)
def test_a_key_of_sessions_that_can_be_guessed_is_refused_in_both_languages(run, tmp_path, monkeypatch, weak):
    monkeypatch.setenv("GUANZI_SECRET", weak)
    for lang, words in (("en", "can be guessed"), ("zh", "易被猜出")):
        refused = run("begin", "c", "--name", "C", "--admin", "ada", "--data", "a", "--lang", lang)
        assert (refused.returncode, words in refused.stderr, "Traceback" in refused.stderr) == (2, True, False)
    assert not (tmp_path / "a" / "office.sqlite3").exists()


def test_a_damaged_file_of_the_key_of_sessions_is_refused(run, prepared, tmp_path):
    copytree(prepared, tmp_path / "a")
    (tmp_path / "a" / "secret").write_text("\n")
    refused = run("check", "--data", "a")
    assert (refused.returncode, "can be guessed" in refused.stderr) == (2, True)


def test_no_key_that_is_drawn_at_random_is_refused():
    for _ in range(1_000):
        assert not is_weak(secrets.token_hex(16))
        assert not is_weak(secrets.token_urlsafe(50))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "office.example"])
def test_other_machines_reach_no_office_without_a_server_in_front(run, host):
    refused = run("--empty", "--data", "a", "--host", host, "--port", "8199")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "without a proxy server in front" in refused.stderr
    assert "127.0.0.1" in refused.stderr


@pytest.mark.parametrize("declared", ["GUANZI_HTTPS", "GUANZI_PROXY"])
def test_behind_a_server_that_was_declared_another_address_can_be_served(monkeypatch, declared):
    monkeypatch.setenv(declared, "1")
    held = runpy.run_path(written.__file__)
    assert held["BEHIND_PROXY"]
    assert held["NINJA_NUM_PROXIES"] == 1
    monkeypatch.setattr(settings, "BEHIND_PROXY", True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    require_free("0.0.0.0", port)
    for host in ("127.0.0.1", "127.3.2.1", "::1", "localhost"):
        assert is_loopback(host)


PARENT = """
import sys, time
from guanzi.office.serving import child
started = child.start("children", sys.argv[1])
print(started.pid, flush=True)
time.sleep(60)
"""
CHILDREN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
inner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "w").write(str(inner.pid))
time.sleep(60)
"""


@pytest.mark.prove
def test_whoever_kills_the_launcher_ends_what_it_started_and_what_that_started(tmp_path):
    (tmp_path / "children.py").write_text(CHILDREN)
    (tmp_path / "sitecustomize.py").write_text("import guanzi.office.serving.child as c\nc.GRACE = 0.5\n")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    told = tmp_path / "inner"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(told)], env=env, stdout=subprocess.PIPE, text=True)
    pids = [int(parent.stdout.readline())]
    until(lambda: told.exists() and told.read_text())
    pids.append(int(told.read_text()))
    assert all(alive(pid) for pid in pids)
    parent.kill()
    parent.wait()
    until(lambda: not any(alive(pid) for pid in pids))


def until(true, seconds=60.0):
    """Wait for something that comes soon; a busy machine has a minute."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")
