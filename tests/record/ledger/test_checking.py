"""Whoever has the database and no key cannot change a row of any table unseen."""

import sqlite3
import zlib
from contextlib import closing

import pytest
from tests.record.ledger.in_memory import check_in_memory
from tests.record.ledger.sample_bundle import Ledger

from guanzi.record.ledger import Checkpoint, Commitment, Log, Signer, check_log, commitment_hash, cosign

WITHOUT_TRIGGERS = "DROP TRIGGER IF EXISTS ledger_entry_stays; DROP TRIGGER IF EXISTS ledger_entry_remains;"


@pytest.fixture
def ledger(tmp_path):
    made = Ledger(tmp_path)
    for _ in range(3):
        made.decide()
    with made.store.writing() as log:
        cosign(log, log.notes()[-1][1], Signer.generate("audit.example", witness=True))
    made.erase(1, "dissent")
    return made


def flaws(ledger, *kept):
    with ledger.store.reading() as log:
        return {flaw.kind for flaw in check_log(log, kept)}


def forge(ledger, *statements):
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        connection.executescript(WITHOUT_TRIGGERS)
        for statement in statements:
            connection.execute(statement)


def test_a_ledger_as_it_was_written_has_no_flaw(ledger):
    assert flaws(ledger) == set()


def rows(ledger):
    """Table, key column and key of every row of every table."""
    keys = {
        "ledger_origin": "one",
        "ledger_entry": "seq",
        "ledger_node": "level * 100 + number",
        "ledger_words": "sha256",
        "ledger_file": "sha256",
        "ledger_note": "size",
        "ledger_witness": "verifier",
    }
    with closing(sqlite3.connect(ledger.path)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert names == keys.keys()
        return [(t, key, value) for t, key in keys.items() for (value,) in connection.execute(f"SELECT {key} FROM {t}")]


def columns(connection, table):
    return [(name, kind) for _, name, kind, *_ in connection.execute(f"PRAGMA table_info({table})")]


def test_every_row_that_is_removed_is_found(ledger):
    unseen = []
    for table, key, value in rows(ledger):
        with closing(sqlite3.connect(ledger.path)) as connection:
            connection.executescript(WITHOUT_TRIGGERS)
            connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (value,))
            if not found_in(connection):
                unseen.append((table, value))
            connection.rollback()
    assert unseen == []


def test_every_cell_that_is_changed_is_found(ledger):
    unseen = []
    for table, key, value in rows(ledger):
        with closing(sqlite3.connect(ledger.path)) as connection:
            connection.executescript(WITHOUT_TRIGGERS)
            for name, kind in columns(connection, table):
                if (table, name) == ("ledger_origin", "one"):
                    continue  # it can hold nothing else
                (old,) = connection.execute(f"SELECT {name} FROM {table} WHERE {key} = ?", (value,)).fetchone()
                new = {"INTEGER": lambda x: x + 1000, "TEXT": lambda x: x + "x", "BLOB": spoilt}[kind](old)
                connection.execute(f"UPDATE {table} SET {name} = ? WHERE {key} = ?", (new, value))
                if not found_in(connection):
                    unseen.append((table, name, value))
                connection.rollback()
    assert unseen == []


def spoilt(content):
    return bytes([content[0] ^ 1]) + content[1:]


def found_in(connection):
    """Whether anything is found, in whatever way: a flaw, or that it cannot be read at all."""
    try:
        return bool(check_log(Log(connection)))
    except (ValueError, TypeError):
        return True


@pytest.mark.parametrize("page", [1, 3, 2_000])
def test_read_in_pages_it_finds_what_is_found_with_all_in_memory(ledger, monkeypatch, page):
    monkeypatch.setattr("guanzi.record.ledger.log.PAGE", page)
    monkeypatch.setattr("guanzi.record.ledger.checking._AT_ONCE", page)
    compared = 0
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.executescript(WITHOUT_TRIGGERS)
        assert check_log(Log(connection)) == () == tuple(check_in_memory(Log(connection)))
        for table, key, value in rows(ledger):
            changes = [f"DELETE FROM {table} WHERE {key} = ?"]
            for name, kind in columns(connection, table):
                new = {"INTEGER": f"{name} + 7", "TEXT": f"{name} || 'x'", "BLOB": f"zeroblob(length({name}))"}[kind]
                changes.append(f"UPDATE {table} SET {name} = {new} WHERE {key} = ?")
            for change in changes if table not in ("ledger_origin", "ledger_node") else ():
                connection.execute(change, (value,))
                log = Log(connection)
                try:
                    due = {*log.verify(), *check_in_memory(log)}
                except (ValueError, TypeError):
                    due = None
                if due is not None:
                    found = check_log(log)
                    assert {*found} == due, change
                    assert len(found) == len(due)
                    compared += 1
                connection.rollback()
    assert compared > 40


@pytest.mark.parametrize("table", ["ledger_note", "ledger_entry"])
def test_rows_that_changed_places_are_found(ledger, table):
    key = "size" if table == "ledger_note" else "seq"
    forge(ledger, *(f"UPDATE {table} SET {key} = {new} WHERE {key} = {old}" for old, new in ((1, 99), (2, 1), (99, 2))))
    assert flaws(ledger) >= ({"note"} if table == "ledger_note" else {"tree", "note"})


def test_words_under_their_own_right_hash_that_no_entry_names_are_found(ledger):
    made = Commitment.to("somebody else")
    assert commitment_hash(made.salt, made.words) == made.sha256
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        connection.execute("INSERT INTO ledger_words VALUES (?, ?, ?)", (made.sha256, made.salt, made.words))
    assert flaws(ledger) == {"words"}


def test_words_that_were_taken_away_without_an_entry_are_found(ledger):
    ledger.erase(0, "dissent", entered=False)
    assert flaws(ledger) == {"words"}


def test_words_that_were_forgotten_and_are_back_are_found(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.decide()
    with closing(sqlite3.connect(ledger.path)) as connection:
        kept = connection.execute("SELECT * FROM ledger_words").fetchall()
    ledger.erase(0, "reasons")
    assert flaws(ledger) == set()
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        connection.executemany("INSERT OR IGNORE INTO ledger_words VALUES (?, ?, ?)", kept)
    assert flaws(ledger) == {"words"}


def test_a_kept_file_that_no_decision_names_is_found(ledger):
    with ledger.store.writing() as log:
        log.keep(b"another dossier")
    assert flaws(ledger) == {"file"}


def test_what_is_packed_otherwise_and_says_the_same_is_the_same(ledger):
    with closing(sqlite3.connect(ledger.path)) as connection, connection:
        (packed,) = connection.execute("SELECT packed FROM ledger_file").fetchone()
        other = zlib.compress(zlib.decompress(packed), 1)
        connection.execute("UPDATE ledger_file SET packed = ? WHERE packed = ?", (other, packed))
    assert flaws(ledger) == set()


def test_an_older_copy_of_the_database_is_sound_by_itself_and_found_by_a_kept_checkpoint(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.decide()
    copy = (tmp_path / "ledger.sqlite").read_bytes()
    ledger.decide()
    kept = Checkpoint.parse(ledger.note().rpartition("\n\n")[0] + "\n")
    assert flaws(ledger, kept) == set()
    (tmp_path / "ledger.sqlite").write_bytes(copy)
    assert flaws(ledger) == set()
    assert flaws(ledger, kept) == {"shorter"}
    ledger.decide(decision="back")
    assert flaws(ledger, kept) == {"rewritten"}


def test_forgotten_words_are_nowhere_in_the_file(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.decide(dissent="a sentence that must go" * 50)
    assert b"a sentence that must go" in (tmp_path / "ledger.sqlite").read_bytes()
    ledger.erase(0, "dissent")
    assert b"a sentence that must go" not in (tmp_path / "ledger.sqlite").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.sqlite"]
