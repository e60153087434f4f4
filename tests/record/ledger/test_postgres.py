"""The log in PostgreSQL: the same trees and flaws as on SQLite, in the transaction of the change that it records."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from tests.record.ledger.sample_bundle import Ledger
from tests.record.ledger.server import running

from guanzi.record.ledger import (
    ClockWentBack,
    Commitment,
    Entry,
    Expected,
    Signer,
    check_log,
    cosign,
    create_log,
    create_postgres_log,
    examine,
    log_on,
    reading,
    reading_postgres,
    writing,
    writing_postgres,
)

START = datetime(2026, 1, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def server():
    with running() as address:
        yield address


@pytest.fixture
def address(server):
    """An empty database with a log."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS log WITH (FORCE)")
        connection.execute("CREATE DATABASE log")
    found = server.replace("/postgres?", "/log?")
    create_postgres_log(found, "guanzi.example/log")
    return found


def entry(n):
    return Entry("decision", START + timedelta(seconds=n), "0" * 64, {"n": n})


def fill(address, count):
    with writing_postgres(address) as log:
        for n in range(count):
            log.append(entry(n))


def flaws(address, *kept):
    with reading_postgres(address) as log:
        return [(flaw.kind, flaw.seq) for flaw in log.verify(kept)]


def forge(address, *statements):
    import psycopg

    with psycopg.connect(address) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(statement)


def test_both_stores_say_the_same_of_the_same_entries(address, tmp_path):
    create_log(tmp_path / "log.db", "guanzi.example/log")
    with writing(tmp_path / "log.db") as log:
        for n in range(11):
            log.append(entry(n))
    fill(address, 11)
    with reading(tmp_path / "log.db") as one, reading_postgres(address) as other:
        assert one.checkpoint() == other.checkpoint()
        assert list(one.contents()) == list(other.contents())
        assert one.prove(4, 11) == other.prove(4, 11)
        assert one.prove_past(6, 11) == other.prove_past(6, 11)
        assert (one.verify(), other.verify()) == ((), ())


def test_the_entry_stands_or_falls_with_the_change_that_it_records(address):
    import psycopg

    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE release (tranche TEXT)")
    with suppress(RuntimeError), psycopg.connect(address) as connection:
        connection.execute("INSERT INTO release VALUES ('t1')")
        log_on(connection).append(entry(0))
        raise RuntimeError("something else of the change failed")
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT count(*) FROM release").fetchone() == (0,)
        assert log_on(connection).size == 0
        connection.execute("INSERT INTO release VALUES ('t1')")
        log_on(connection).append(entry(0))
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT count(*) FROM release").fetchone() == (1,)
        assert log_on(connection).size == 1


def test_what_opens_a_commitment_and_what_is_kept_come_back_and_can_be_forgotten(address):
    person = Commitment.to("王工")
    with writing_postgres(address) as log:
        log.append(Entry("vote", START, person.sha256, {}), person)
        kept = log.keep("卷宗".encode())
        log.put_note(1, "one\n")
        log.put_note(1, "two\n")
    with reading_postgres(address) as log:
        assert log.opened(person.sha256) == (person.salt, "王工")
        assert log.kept(kept) == "卷宗".encode()
        assert log.notes() == ((1, "two\n"),)
    with writing_postgres(address) as log:
        assert log.erase(person.sha256)
    assert flaws(address) == []


WAYS = ["UPDATE ledger_entry SET content = ''", "DELETE FROM ledger_entry", "TRUNCATE ledger_entry"]


@pytest.mark.parametrize("statement", WAYS)
def test_entries_cannot_be_changed_or_removed_by_the_program(address, statement):
    import psycopg

    fill(address, 2)
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"), writing_postgres(address) as log:
        log.connection.execute(statement)


FALSIFIED = """UPDATE ledger_entry
    SET content = convert_to(replace(convert_from(content, 'UTF8'), '"n":3', '"n":4'), 'UTF8') WHERE seq = 3"""
SWAPPED = [f"UPDATE ledger_entry SET seq = {new} WHERE seq = {old}" for old, new in ((1, 9), (2, 1), (9, 2))]


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        ([FALSIFIED], ("tree", None)),
        (["DELETE FROM ledger_entry WHERE seq = 3"], ("gap", 3)),
        (["DELETE FROM ledger_entry WHERE seq = 6"], ("shorter", 7)),
        (["UPDATE ledger_node SET hash = '\\x00' WHERE level = 1 AND number = 1"], ("tree", None)),
        (SWAPPED, ("tree", None)),
    ],
)
def test_what_was_changed_removed_or_reordered_is_found(address, statements, found):
    fill(address, 7)
    with reading_postgres(address) as log:
        kept = log.checkpoint()
    forge(address, *statements)
    assert found in flaws(address, kept)


def test_decisions_bundles_and_checks_are_the_same_as_on_a_file(server):
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS desk WITH (FORCE)")
        connection.execute("CREATE DATABASE desk")
    ledger = Ledger(None, address=server.replace("/postgres?", "/desk?"))
    ledger.decide(decision="back")
    ledger.decide()
    with ledger.store.writing() as log:
        cosign(log, log.notes()[-1][1], Signer.generate("audit.example", witness=True))
    ledger.erase(1, "dissent")
    found = examine(ledger.bundle(), Expected("example"))
    assert found.problems == []
    assert (found.erased, found.opened["decided_by"]) == ({"dissent": 2}, "王工")
    with ledger.store.reading() as log:
        assert check_log(log) == ()
    forge(ledger.path, "UPDATE ledger_words SET words = 'x' WHERE words = '王工'")
    with ledger.store.reading() as log:
        assert {flaw.kind for flaw in check_log(log)} == {"words"}


def test_a_clock_that_goes_back_is_refused(address):
    fill(address, 3)
    with pytest.raises(ClockWentBack), writing_postgres(address) as log:
        log.append(entry(0))


def test_a_writer_that_sees_an_older_state_is_refused_and_does_not_fork_the_log(address):
    import psycopg

    fill(address, 2)
    with psycopg.connect(address) as slow:
        slow.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        assert log_on(slow).size == 2
        fill_one = entry(5)
        with writing_postgres(address) as log:
            log.append(fill_one)
        with pytest.raises(psycopg.errors.Error):
            log_on(slow).append(entry(6))
        slow.rollback()
    with reading_postgres(address) as log:
        assert log.size == 3
    assert flaws(address) == []


WRITER = """
import sys
from datetime import UTC, datetime
from guanzi.record.ledger import Entry, writing_postgres
for n in range(int(sys.argv[2])):
    if n == 1:
        print("ready", flush=True)
    with writing_postgres(sys.argv[1]) as log:
        log.append(Entry("vote", datetime.now(UTC), "0" * 64, {"pid": int(sys.argv[3]), "n": n}))
        log.put_note(log.size, str(log.size))
"""


def begin(address, count, name):
    words = [sys.executable, "-c", WRITER, address, str(count), str(name)]
    return subprocess.Popen(words, env=dict(os.environ), stdout=subprocess.PIPE)


def test_writers_at_once_never_fork_the_log(address):
    writers = [begin(address, 15, n) for n in range(3)]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    with reading_postgres(address) as log:
        assert log.size == 45
    assert flaws(address) == []


def kill_while_writing(address, times):
    dice = random.Random(6)
    for n in range(times):
        writer = begin(address, 100_000, n)
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(dice.uniform(0.02, 0.25))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        assert flaws(address) == []
        with reading_postgres(address) as log:
            assert [size for size, _ in log.notes()] == list(range(1, log.size + 1))


def test_what_is_killed_leaves_no_half_entry(address):
    kill_while_writing(address, 3)
    with reading_postgres(address) as log:
        assert log.size > 0
