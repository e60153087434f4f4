"""What others send is read in processes of their own: few at once, under ceilings, one for each asker."""

import os
import threading
import time
from datetime import date
from importlib import import_module
from itertools import count
from pathlib import Path

import pytest

from guanzi.base.core import (
    Ceilings,
    InvalidInput,
    Message,
    Place,
    Problem,
    Unfinished,
    asking_as,
    confined,
    problem_as_dict,
    problem_of_dict,
)

pool = import_module("guanzi.base.core.confined")
PAGES = "guanzi.record.evidence.dataroom.worker:pages"
SOUND = "guanzi.jobs.terms.sheetcheck:check_sound"
AMPLE = Ceilings(seconds=300.0)


def document(path, kind="text"):
    return {"path": str(path), "kind": kind, "name": "a"}


@pytest.fixture
def endless(tmp_path):
    """A file of which no reader ever hears the end."""
    os.mkfifo(tmp_path / "pipe")
    return document(tmp_path / "pipe")


def asked(given, ceilings, asker="", ended=None):
    """A thread that asks, and how its question ended."""
    how = [] if ended is None else ended

    def ask():
        try:
            with asking_as(asker):
                how.append(list(confined(PAGES, given, ceilings)))
        except Unfinished as error:
            how.append(error.why)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    return thread, how


def until(truth):
    for _ in range(6_000):
        if truth():
            return
        time.sleep(0.01)
    pytest.fail("it never came to be")


def test_what_is_found_and_what_is_refused_comes_back_as_it_was(tmp_path):
    (tmp_path / "a.txt").write_text("One page.")
    found = list(confined(PAGES, document(tmp_path / "a.txt"), AMPLE))
    assert found[0]["page"]["text"] == "One page."
    with pytest.raises(InvalidInput) as refused:
        list(confined(SOUND, {"path": "terms/a.yaml", "text": "deal: ["}, AMPLE))
    (problem,) = refused.value.problems
    assert problem.place.file == "terms/a.yaml"
    assert problem.cause.id == "reading.yaml.syntax"


def test_problems_and_days_survive_the_way():
    inner = Message.of("core.words", text=("a", "b"))
    one = Problem(Message.of("core.words", text=inner, n=1.5), Place("f", 1, 2, "x.y"), inner, "warning", "e", "l", "c")
    assert problem_of_dict(problem_as_dict(one)) == one
    confining = import_module("guanzi.base.core.confining")
    said = {"found": {"day": date(2026, 1, 2), "rest": [1, None]}}
    assert confining.read_line(confining.written(said).encode()) == said


def test_a_question_ends_at_its_deadline_and_the_process_with_it(endless):
    before = set(children())
    with pytest.raises(Unfinished) as ended:
        list(confined(PAGES, endless, Ceilings(seconds=1.0)))
    assert ended.value.why == "late"
    assert set(children()) <= before


def test_patience_counts_the_work_of_the_process_and_not_the_time_of_a_busy_machine(tmp_path, endless, monkeypatch):
    (tmp_path / "a.txt").write_text("One page.")
    spent = count()
    monkeypatch.setattr(pool._Worker, "_worked", lambda _: next(spent) / 1e6)  # it is given little, but it is at work
    assert list(confined(PAGES, document(tmp_path / "a.txt"), Ceilings(0.0, 0.1, alone=True)))
    for worked in (lambda _: next(spent), lambda _: 7.0):  # it works for nothing; it waits for what never comes
        monkeypatch.setattr(pool._Worker, "_worked", worked)
        with pytest.raises(Unfinished) as ended:
            list(confined(PAGES, endless, Ceilings(300.0, 0.1, alone=True)))
        assert ended.value.why == "late"


def test_a_question_that_takes_too_much_memory_ends_alone(tmp_path):
    with (tmp_path / "long.txt").open("wb") as file:
        file.truncate(190_000_000)
    with pytest.raises(Unfinished) as ended:
        list(confined(PAGES, document(tmp_path / "long.txt"), Ceilings(seconds=300.0, memory=100_000_000)))
    assert ended.value.why == "exhausting"


def test_no_more_than_two_work_at_once_and_few_wait(endless, monkeypatch):
    monkeypatch.setattr(pool, "LONGEST_WAIT", 120.0)
    threads = [asked(endless, Ceilings(seconds=120.0, replaces=True), f"person-{n}") for n in range(4)]
    until(lambda: len(pool._POOL.working) == pool.MOST and len(pool._POOL.waiting) == 2)
    last, how = asked(endless, AMPLE, "person-5")
    last.join(60)
    assert how == ["busy"]
    assert len(pool._POOL.working) == pool.MOST
    for number in range(4):  # each asks anew, which ends what he asked before
        asked(endless, Ceilings(seconds=0.1, replaces=True), f"person-{number}")
    for thread, _ in threads:
        thread.join(60)
    assert [how for _, how in threads] == [["newer"]] * 4
    until(lambda: not pool._POOL.working and not pool._POOL.waiting)


def test_one_asker_has_one_question_at_a_time(endless):
    first, how = asked(endless, Ceilings(seconds=120.0, replaces=True), "lin")
    until(lambda: any(turn.worker for turn in pool._POOL.working))
    with asking_as("lin"), pytest.raises(Unfinished) as refused:
        list(confined(PAGES, endless, AMPLE))
    assert refused.value.why == "busy"
    with asking_as("lin"), pytest.raises(Unfinished) as late:
        list(confined(PAGES, endless, Ceilings(seconds=1.0, replaces=True)))
    assert late.value.why == "late"
    first.join(60)
    assert how == ["newer"]


def test_a_process_stays_for_the_next_question_unless_it_opened_a_document(tmp_path):
    (tmp_path / "a.txt").write_text("One page.")
    pool.end_idle()
    list(confined(PAGES, document(tmp_path / "a.txt"), AMPLE))
    (worker,) = pool._POOL.idle
    list(confined(PAGES, document(tmp_path / "a.txt"), AMPLE))
    assert pool._POOL.idle == [worker]
    assert worker.questions == 2
    list(confined(PAGES, document(tmp_path / "a.txt"), Ceilings(seconds=300.0, alone=True)))
    assert pool._POOL.idle == []


def test_the_process_holds_no_key_and_no_password(monkeypatch):
    for name in ("GUANZI_SECRET", "DATABASE_URL"):
        monkeypatch.setenv(name, "hidden")
    worker = pool._Worker()
    try:
        until(lambda: b"confining" in Path(f"/proc/{worker.process.pid}/cmdline").read_bytes())
        assert b"hidden" not in Path(f"/proc/{worker.process.pid}/environ").read_bytes()
    finally:
        worker.end()


def test_the_process_ends_with_whoever_asked(endless):
    worker = pool._Worker()
    what = {"function": PAGES, "given": endless, "memory": 10**9, "seconds": 300.0}
    worker.process.stdin.write(import_module("guanzi.base.core.confining").written(what).encode())
    worker.process.stdin.close()
    assert worker.process.wait(120) == 1
    worker.process.stdout.close()


def children():
    """Processes that this one started and that are there."""
    own = f"PPid:\t{os.getpid()}\n"
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if own in status.read_text():
                yield status.parent.name
        except OSError:
            continue
