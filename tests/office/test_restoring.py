"""An archive is brought back only when it is signed, holds nothing strange, and its database is as its log says."""

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing

import pytest
from tests.record.ledger.server import running

from guanzi.base.core import InvalidInput
from guanzi.office.serving.restoring import restore
from guanzi.record.ledger import Signer, sign

MAKE = """
import sys
from pathlib import Path
from guanzi import office
office.choose(Path(sys.argv[1])); office.prepare()
from tests.office.conftest import Office
from tests.office.evidence_of import open_small
from guanzi.office.actions import load_actions
from guanzi.office.auditlog.log import LogRecord, Subject, enter_action, write_transaction
load_actions()
with write_transaction() as log:
    made = Office.make('city')
    enter_action(log, 'organisation.begin', 'machine', Subject('city'), LogRecord())
open_small(made)
print(office.back_up(Path(sys.argv[2])).key)
"""


@pytest.fixture(scope="module")
def saved(tmp_path_factory, tables):
    """The members of an archive of an office with a case, and the word of its key."""
    at = tmp_path_factory.mktemp("saved")
    tables.into(at / "data")
    return backed_up(at)


def backed_up(at):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    made = subprocess.run(
        [sys.executable, "-c", MAKE, str(at / "data"), str(at / "b.tar")],
        env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    with tarfile.open(at / "b.tar") as box:
        return {name: box.extractfile(name).read() for name in box.getnames()}, made.stdout.split()[-1]


def written(path, members, *others):
    """An archive of these contents, and of headers as they are."""
    with tarfile.open(path, "w") as box:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            box.addfile(member, io.BytesIO(content))
        for member in others:
            box.addfile(member)
    return path


def signed(members, signer=None):
    """The members with a manifest that is right, signed by their key or another."""
    files = {name: content for name, content in members.items() if not name.startswith("manifest")}
    told = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = json.dumps({"format": 2, "made_at": "", "files": told}).encode()
    text = f"guanzi-office-backup\nsha256 {hashlib.sha256(manifest).hexdigest()}\n"
    signer = signer or Signer.parse(members["log.key"].decode())
    return {"manifest.json": manifest, "manifest.sig": sign(text, [signer]).encode(), **files}


def refused(archive, data, expect=""):
    """The ids of the reasons for which an archive is refused; nothing of it is in the folder then."""
    with pytest.raises(InvalidInput) as caught:
        restore(archive, data, expect)
    assert list(data.iterdir()) == [], "something was left behind"
    return {problem.cause.id.removeprefix("office.") for problem in caught.value.problems}


def altered_by(saved, path, *statements):
    """The members with another database, signed by their own key."""
    path.write_bytes(saved["office.sqlite3"])
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return signed(saved | {"office.sqlite3": path.read_bytes()})


def test_an_archive_comes_back_by_its_own_key_and_not_as_that_of_another(saved, tmp_path):
    members, key = saved
    archive = written(tmp_path / "b.tar", members)
    other = str(Signer.generate("guanzi-office").verifier)
    assert refused(archive, tmp_path / "other", other) == {"refused.backup_other"}
    restore(archive, tmp_path / "own", key)
    names = ("office.sqlite3", "log.key", "secret")
    assert {path.name: path.read_bytes() for path in (tmp_path / "own").iterdir()} == {n: members[n] for n in names}
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in (tmp_path / "own").iterdir())


def test_no_name_of_an_archive_becomes_a_path_and_no_link_is_followed(saved, tmp_path):
    members, _ = saved
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    outside.chmod(0o644)
    for number, name in enumerate(("../outside", str(outside), "a/../../outside", "backups/x", "office.sqlite3-wal")):
        bad = signed(members | {name: b"theirs"})
        assert refused(written(tmp_path / "b.tar", bad), tmp_path / f"n{number}") == {"refused.backup_member"}
    named_only = signed(members | {"../../outside": b"mine"})
    del named_only["../../outside"]
    assert refused(written(tmp_path / "b.tar", named_only), tmp_path / "m") == {"refused.backup_altered"}
    for number, kind in enumerate(
        (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE)
    ):
        member = tarfile.TarInfo("secret")
        member.type, member.linkname = kind, "../../outside"
        rest = {name: content for name, content in members.items() if name != "secret"}
        found = refused(written(tmp_path / "b.tar", rest, member), tmp_path / f"k{number}")
        assert found == {"refused.backup_member"}, kind
    twice = tarfile.TarInfo("secret")
    assert refused(written(tmp_path / "b.tar", members, twice), tmp_path / "t") == {"refused.backup_member"}
    large = signed(members | {"secret": b"x" * 200_000})
    assert refused(written(tmp_path / "b.tar", large), tmp_path / "l") == {"refused.backup_member"}
    assert (outside.read_bytes(), outside.stat().st_mode & 0o777) == (b"mine", 0o644)


def test_an_archive_without_the_signature_of_its_key_is_refused(saved, tmp_path):
    members, _ = saved
    stranger = signed(members, Signer.generate("guanzi-office"))
    assert refused(written(tmp_path / "b.tar", stranger), tmp_path / "a") == {"refused.backup_signature"}
    bare = {name: content for name, content in members.items() if name != "manifest.sig"}
    assert refused(written(tmp_path / "b.tar", bare), tmp_path / "b") == {"refused.backup_format"}
    swapped = members | {"secret": b"another"}
    assert refused(written(tmp_path / "b.tar", swapped), tmp_path / "c") == {"refused.backup_altered"}
    keyless = {name: content for name, content in members.items() if name != "log.key"}
    assert refused(written(tmp_path / "b.tar", keyless), tmp_path / "d") == {"refused.no_backup"}
    packed = tmp_path / "b.tar.gz"
    with tarfile.open(packed, "w:gz") as box:
        box.addfile(tarfile.TarInfo("secret"))
    assert refused(packed, tmp_path / "e") == {"refused.no_backup"}


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE office_blob SET content = x'00' WHERE rowid = 1", "check.blobs"),
        ("DELETE FROM ledger_note WHERE size = (SELECT max(size) FROM ledger_note)", "check.log"),
        (
            "CREATE TRIGGER later AFTER INSERT ON office_ballot BEGIN DELETE FROM office_blob; END",
            "refused.backup_trigger",
        ),
    ],
)
def test_a_database_that_is_not_as_its_log_says_is_refused_though_its_key_signed_it(saved, tmp_path, statement, why):
    archive = written(tmp_path / "b.tar", altered_by(saved[0], tmp_path / "db", statement))
    assert why in refused(archive, tmp_path / "data")


def test_a_dump_of_postgresql_is_run_only_for_who_says_whose_it_is(saved, tmp_path):
    members = {name: content for name, content in saved[0].items() if name != "office.sqlite3"}
    archive = written(tmp_path / "b.tar", signed(members | {"office.dump": b"PGDMP"}))
    assert refused(archive, tmp_path / "data") == {"refused.backup_expect"}


def test_a_log_that_does_not_follow_from_a_checkpoint_that_was_kept_is_refused(saved, tmp_path):
    members, _ = saved
    signer = Signer.parse(members["log.key"].decode())
    note = sign(f"{signer.name}\n1\n{'A' * 43}=\n", [signer])
    (tmp_path / "kept").write_text(note)
    archive = written(tmp_path / "b.tar", members)
    assert refused(archive, tmp_path / "data", str(tmp_path / "kept")) == {"check.log"}


def tables(address):
    import psycopg

    with psycopg.connect(address) as connection:
        return connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()[0]


@pytest.mark.prove
def test_a_dump_of_postgresql_goes_into_an_empty_database_and_out_again_where_it_was_altered(tmp_path, monkeypatch):
    import psycopg

    with running() as address:
        with psycopg.connect(address, autocommit=True) as connection:
            for name in ("one", "two"):
                connection.execute(f"CREATE DATABASE {name}")
        monkeypatch.setenv("DATABASE_URL", address)
        members, key = backed_up(tmp_path)
        archive = written(tmp_path / "b.tar", members)
        assert refused(archive, tmp_path / "over", key) == {"refused.restore_database"}
        one, two = (address.replace("/postgres?", f"/{name}?") for name in ("one", "two"))
        monkeypatch.setenv("DATABASE_URL", one)
        restore(archive, tmp_path / "back", key)
        assert {path.name for path in (tmp_path / "back").iterdir()} == {"log.key", "secret"}
        with psycopg.connect(one) as connection:
            connection.execute("UPDATE office_blob SET content = '\\x00'")
        subprocess.run(["pg_dump", "--format=custom", f"--file={tmp_path / 'dump'}", one], check=True)
        altered = signed(members | {"office.dump": (tmp_path / "dump").read_bytes()})
        monkeypatch.setenv("DATABASE_URL", two)
        assert "check.blobs" in refused(written(tmp_path / "c.tar", altered), tmp_path / "bad", key)
        assert (tables(one) > 10, tables(two)) == (True, 0)
