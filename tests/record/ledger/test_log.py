"""The log on SQLite: appended with its change, whole after any kill, and told apart from one that was tampered with."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta

import pytest

from guanzi.record.ledger import (
    ClockWentBack,
    Commitment,
    Entry,
    commitment_hash,
    create_log,
    is_consistent,
    is_included,
    leaf_hash,
    reading,
    writing,
)

START = datetime(2026, 1, 1, 9, tzinfo=UTC)


def entry(n, **body):
    return Entry("decision", START + timedelta(seconds=n), "0" * 64, {"n": n, **body})


@pytest.fixture
def path(tmp_path):
    create_log(tmp_path / "log.db", "guanzi.example/log")
    return tmp_path / "log.db"


def fill(path, count):
    with writing(path) as log:
        for n in range(count):
            log.append(entry(n))


def forge(path, *statements):
    """What somebody does who has the file and no shame."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript("DROP TRIGGER ledger_entry_stays; DROP TRIGGER ledger_entry_remains;")
        for statement in statements:
            connection.execute(statement)


def flaws(path, *checkpoints):
    with reading(path) as log:
        return [(flaw.kind, flaw.seq) for flaw in log.verify(checkpoints)]


def test_entries_are_proved_and_a_longer_log_begins_with_a_shorter(path):
    fill(path, 5)
    with reading(path) as log:
        old = log.checkpoint()
    with writing(path) as log:
        log.append(entry(9))
        new = log.checkpoint()
        assert is_consistent(5, 6, old.root, new.root, log.prove_past(5, 6))
        for seq in range(6):
            assert is_included(leaf_hash(log.content(seq)), seq, 6, log.prove(seq, 6), new.root)
    assert flaws(path, old, new) == []


def test_what_fails_in_the_same_transaction_leaves_no_entry(path):
    with suppress(RuntimeError), writing(path) as log:
        log.append(entry(0))
        raise RuntimeError("the change itself failed")
    with reading(path) as log:
        assert log.size == 0


def test_entries_cannot_be_changed_or_removed_by_the_program(path):
    fill(path, 2)
    for statement in ("UPDATE ledger_entry SET content = x'00'", "DELETE FROM ledger_entry"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), writing(path) as log:
            log.connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE ledger_entry SET content = replace(content, '\"n\":3', '\"n\":4') WHERE seq = 3", ("tree", None)),
        ("DELETE FROM ledger_entry WHERE seq = 3", ("gap", 3)),
        ("DELETE FROM ledger_entry WHERE seq = 6", ("shorter", 7)),
        ("UPDATE ledger_node SET hash = zeroblob(32) WHERE level = 1 AND number = 1", ("tree", None)),
        ("UPDATE ledger_entry SET content = x'00' WHERE seq = 2", ("content", 2)),
    ],
)
def test_what_was_changed_or_removed_is_found(path, statement, found):
    fill(path, 7)
    with reading(path) as log:
        kept = log.checkpoint()
    forge(path, statement.replace("replace(content,", "CAST(replace(CAST(content AS TEXT),").replace(
        "'\"n\":4')", "'\"n\":4') AS BLOB)"))  # fmt: skip
    assert found in flaws(path, kept)


def test_two_entries_that_changed_places_are_found(path):
    fill(path, 4)
    forge(
        path,
        "UPDATE ledger_entry SET seq = 9 WHERE seq = 1",
        "UPDATE ledger_entry SET seq = 1 WHERE seq = 2",
        "UPDATE ledger_entry SET seq = 2 WHERE seq = 9",
    )
    assert {kind for kind, _ in flaws(path)} == {"time", "tree"}


def test_another_history_with_right_hashes_is_found_by_whoever_kept_a_checkpoint(path, tmp_path):
    fill(path, 3)
    with reading(path) as log:
        kept = log.checkpoint()
    other = tmp_path / "other.db"
    create_log(other, "guanzi.example/log")
    with writing(other) as log:
        for n in range(4):
            log.append(entry(n, other=True))
    assert flaws(other) == []
    assert flaws(other, kept) == [("rewritten", 3)]


def test_a_clock_that_goes_back_is_refused(path):
    fill(path, 3)
    with pytest.raises(ClockWentBack), writing(path) as log:
        log.append(entry(0))


def test_a_person_is_known_until_forgotten_and_the_log_stays_whole(path):
    person = Commitment.to("王工")
    with writing(path) as log:
        log.append(Entry("vote", START, person.sha256, {"vote": "no"}), person)
    with writing(path) as log:
        opened = log.opened(person.sha256)
        assert opened is not None
        assert commitment_hash(*opened) == person.sha256
        assert log.erase(person.sha256)
        assert log.opened(person.sha256) is None
        assert "王工".encode() not in log.content(0)
    assert flaws(path) == []


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from guanzi.record.ledger import Entry, writing
for n in range(int(sys.argv[2])):
    if n == 1:
        print("ready", flush=True)
    with writing(Path(sys.argv[1])) as log:
        at = datetime.now(UTC)
        log.append(Entry("vote", at, "0" * 64, {"pid": int(sys.argv[3]), "n": n}))
"""


def begin(path, count, name):
    words = [sys.executable, "-c", WRITER, str(path), str(count), str(name)]
    return subprocess.Popen(words, env=dict(os.environ), stdout=subprocess.PIPE)


def test_writers_at_once_never_fork_the_log(path):
    running = [begin(path, 15, n) for n in range(3)]
    assert [process.wait(120) for process in running] == [0, 0, 0]
    with reading(path) as log:
        assert log.size == 45
    assert flaws(path) == []


def kill_while_writing(path, times):
    dice = random.Random(6)
    for n in range(times):
        process = begin(path, 100_000, n)
        assert process.stdout.readline() == b"ready\n"
        time.sleep(dice.uniform(0.0, 0.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert flaws(path) == []


def test_what_is_killed_leaves_no_half_entry(path):
    kill_while_writing(path, 3)
    with reading(path) as log:
        assert log.size > 0


@pytest.mark.prove
def test_two_hundred_kills_leave_no_half_entry(path):
    kill_while_writing(path, 200)
