"""One writer at a time, and drafts of which nothing stays behind."""

import os
import signal
import subprocess
import sys
import time

import pytest

from guanzi.base.core import InvalidInput, one_writer, publish, scratch_directory

HOLDING = """
import sys, time
from pathlib import Path
from guanzi.base.core import one_writer, scratch_directory
with {what} as held:
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """Starts a process that holds the lock, or a scratch_directory, of the folder."""
    started = []

    def start(what):
        code = HOLDING.format(what=what)
        process = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.PIPE)
        started.append(process)
        assert process.stdout.readline() == b"held\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_second_writer_waits_and_is_refused_in_the_end(tmp_path, holder):
    holder("one_writer(Path('.'))")
    with pytest.raises(InvalidInput) as caught, one_writer(tmp_path, patience=0.2):
        pass
    assert caught.value.problems[0].cause.id == "core.file.busy"


def test_a_writer_that_was_killed_keeps_no_lock(tmp_path, holder):
    process = holder("one_writer(Path('.'))")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    started = time.monotonic()
    with one_writer(tmp_path):
        assert time.monotonic() - started < 5.0
    assert list(tmp_path.iterdir()) == []


def test_the_drafts_of_a_killed_process_are_cleared_by_the_next_and_those_of_a_living_one_are_not(tmp_path, holder):
    dead = holder("scratch_directory(Path('.'), '.draft-')")
    os.kill(dead.pid, signal.SIGKILL)
    dead.wait()
    (left,) = tmp_path.iterdir()
    (left / "half").write_text("half-written", "utf-8")
    holder("scratch_directory(Path('.'), '.draft-')")
    (living,) = tmp_path.iterdir()
    assert living != left
    with scratch_directory(tmp_path, ".draft-") as work:
        assert sorted(tmp_path.iterdir()) == sorted([living, work])
    assert list(tmp_path.iterdir()) == [living]


def test_what_has_the_name_already_is_not_overwritten(tmp_path):
    (tmp_path / "there").write_text("first", "utf-8")
    with scratch_directory(tmp_path, ".draft-") as work:
        (work / "there").write_text("second", "utf-8")
        with pytest.raises(FileExistsError):
            publish(work / "there", tmp_path / "there")
    assert (tmp_path / "there").read_text("utf-8") == "first"


def test_who_holds_the_right_may_ask_for_it_again(tmp_path):
    with one_writer(tmp_path), scratch_directory(tmp_path, ".draft-") as work, one_writer(tmp_path, patience=0.0):
        assert work.is_dir()
