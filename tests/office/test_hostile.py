"""Whoever has no name fills no memory, holds no thread, and leaves the office to those who work in it."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

import pytest
from benchmarks.office.hostile import AT_ONCE, FORM, KINDS, head, storm
from benchmarks.office.serving import office as command_of
from benchmarks.office.serving import serving
from hypothesis import settings
from tests.sampling import PROVE

from guanzi.office.asgi import THREADS

TIMES = 2 if settings.get_current_profile_name() == PROVE else 1
"""Each kind of request is sent so often."""
MOST = 1_200
"""Megabytes of launcher, server and worker together."""
pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is not told here")


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """An office of its own, which runs when it is asked for, whatever a test before did to it."""
    data = tmp_path_factory.mktemp("hostile") / "office"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    words = ["begin", "city", "--name", "City", "--admin", "ada", "--data", str(data)]
    subprocess.run([sys.executable, "-m", "guanzi", "office", *words], check=True, env=env, capture_output=True)
    with ExitStack() as servers:
        held = []

        def asked():
            if not held or held[-1].process.poll() is not None:
                with socket.create_server(("127.0.0.1", 0)) as free:
                    port = free.getsockname()[1]
                command, own = command_of(data, port)
                held.append(servers.enter_context(serving(command, port, env | own, "/health/")))
            return held[-1]

        yield asked


@pytest.fixture
def served(running):
    """The server of the office."""
    return running()


def test_hostile_requests_of_every_kind_fill_no_memory_and_are_no_errors(served):
    assert len(KINDS) >= 20
    watch, found = storm(served, max(AT_ONCE, len(KINDS)) * TIMES)
    answers = {status for counted in found.values() for status in counted}
    assert not {status for status in answers if status.startswith("5")}, found
    assert max(watch.memory) < MOST
    assert watch.failed == 0


def test_half_sent_bodies_hold_no_thread(served):
    opened = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(8 * THREADS)]
    for to in opened:
        to.sendall(head("POST", "/enter/", f"Content-Type: {FORM}", "Content-Length: 5000") + b"a=")
    time.sleep(0.5)
    for path in ("/health/", "/enter/"):
        with urlopen(f"http://127.0.0.1:{served.port}{path}", timeout=60) as answer:
            assert answer.status == 200
    waiting = 0
    for to in opened:
        to.setblocking(False)
        try:
            to.recv(1)
        except BlockingIOError:
            waiting += 1  # not answered yet: nobody's time was over when the pages came
        to.close()
    assert waiting


@pytest.mark.prove
def test_a_body_that_does_not_come_is_given_up(served):
    with socket.create_connection(("127.0.0.1", served.port), timeout=120) as to:
        to.sendall(head("POST", "/enter/", f"Content-Type: {FORM}", "Content-Length: 5000") + b"a=")
        assert to.recv(12) == b"HTTP/1.1 408"


def test_nothing_outlives_a_launcher_that_was_killed(served):
    pids = served.pids()
    assert len(pids) >= 4  # the launcher, the server with its worker, and the worker for what takes long
    os.kill(served.process.pid, signal.SIGKILL)
    served.process.wait()
    end = time.monotonic() + 60
    while any(_lives(pid) for pid in pids[1:]):
        assert time.monotonic() < end
        time.sleep(0.1)


def _lives(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
