"""Bringing an archive back: what it holds is looked at, and its database proved, before anything takes its place.

The key of the log travels in the archive. So its signature shows that nobody without a key changed it, and the log,
with all that rests on it, that nobody changed it who did not write another history. Whether it is the archive of *this*
office shows what its keeper knows: the word of the key, or a checkpoint that was kept outside.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, open_input, read_input, scratch_directory
from guanzi.office.auditlog.secretfile import KEY, LAST
from guanzi.office.databases import secured
from guanzi.office.faults import faults_as_refusals
from guanzi.office.serving.preparing import require_folder
from guanzi.office.serving.saving import (
    DATABASES,
    FORMAT,
    KEPT,
    MANIFEST,
    SIGNATURE,
    hash_of,
    run_tool,
    signed_text,
)
from guanzi.record.ledger import Signer, Verifier, read_note

MOST_DATABASE = 200_000_000_000
MOST_SMALL = 100_000
"""Bytes of a database, and of any other member of an archive."""
_PART = 1_000_000


@faults_as_refusals()
def restore(archive: Path, data: Path, expect: str = "") -> None:
    """Bring an archive back into an empty folder, or database, after all that it holds was found right.

    Args:
        archive: The file.
        data: The folder.
        expect: Of whose log it must be: the word of a key, or a file with a checkpoint that was kept; empty: of any.

    Raises:
        InvalidInput: The archive is damaged, altered, none, or of another office; there is an office already.
        Unable: It cannot be written.
    """
    if any((data / name).exists() for name in ("office.sqlite3", *KEPT)):
        raise InvalidInput(Problem(Message.of("office.refused.restore_over"), Place(str(data))))
    require_folder(data, "--data")
    data.mkdir(parents=True, exist_ok=True)
    with scratch_directory(data, ".restore-") as work:
        folder = work / "archive"
        folder.mkdir()
        files = _unpacked(archive, folder)
        own = _verified(archive, folder, files)
        if "office.dump" in files:
            if not expect:
                fix = Message.of("office.refused.backup_expect.mend")
                raise InvalidInput(Problem(Message.of("office.refused.backup_expect"), Place("--expect"), fix))
            _expect(expect, own)
            _into_postgres(folder, work, expect)
        else:
            _expect(expect, own)
            _prove(folder, work, expect)
        (data / LAST).unlink(missing_ok=True)  # the log that is brought back may be a shorter one
        for name in files:
            if name != "office.dump":
                os.chmod(folder / name, 0o600)
                os.replace(folder / name, data / name)


def _unpacked(archive: Path, folder: Path) -> tuple[str, ...]:
    """Unpack the members that an archive may have, each once and a plain file.

    Returns:
        Their names, without manifest and signature.
    """
    allowed = dict.fromkeys((MANIFEST, SIGNATURE, *KEPT), MOST_SMALL) | dict.fromkeys(DATABASES, MOST_DATABASE)
    found: list[str] = []
    try:
        with open_input(archive, most=MOST_DATABASE) as file, tarfile.open(fileobj=file, mode="r:") as box:
            while (member := box.next()) is not None:
                plain = member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.sparse
                wanted = plain and member.name not in found and member.size <= allowed.get(member.name, -1)
                if not wanted or (content := box.extractfile(member)) is None:
                    raise InvalidInput(Problem(Message.of("office.refused.backup_member"), Place(member.name[:200])))
                with (folder / member.name).open("xb") as out:
                    shutil.copyfileobj(content, out, _PART)
                found.append(member.name)
    except (OSError, tarfile.TarError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise _no_backup(archive) from None
    if not {MANIFEST, KEY} <= set(found) or len(set(DATABASES) & set(found)) != 1:
        raise _no_backup(archive)
    return tuple(name for name in found if name not in (MANIFEST, SIGNATURE))


def _verified(archive: Path, folder: Path, files: tuple[str, ...]) -> Verifier:
    """The key of the log in an archive, which signed its manifest, whose hashes are those of the files."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        told, format = dict(manifest["files"]), manifest["format"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _no_backup(archive) from None
    if format != FORMAT or SIGNATURE not in os.listdir(folder):
        fix = Message.of("office.refused.backup_format.mend")
        raise InvalidInput(Problem(Message.of("office.refused.backup_format"), Place(MANIFEST), fix))
    wrong = [name for name in sorted({*told, *files}) if name not in files or told.get(name) != hash_of(folder / name)]
    if wrong:
        raise InvalidInput([Problem(Message.of("office.refused.backup_altered"), Place(name[:200])) for name in wrong])
    try:
        own = Signer.parse((folder / KEY).read_text("utf-8")).verifier
        note = read_note((folder / SIGNATURE).read_text("utf-8"), [own])
        if note.text == signed_text(folder / MANIFEST) and note.names == (own.name,):
            return own
    except ValueError:
        pass
    raise InvalidInput(Problem(Message.of("office.refused.backup_signature"), Place(SIGNATURE)))


def _expect(expect: str, own: Verifier) -> None:
    """See that the archive is of the log that its keeper knows."""
    if not expect or expect.strip() == str(own):
        return
    try:
        if own.name in read_note(_kept(expect), [own]).names:
            return
    except ValueError:
        pass
    raise InvalidInput(Problem(Message.of("office.refused.backup_other", own=str(own)), Place("--expect")))


def _kept(expect: str) -> str:
    """The text of a checkpoint that somebody kept."""
    try:
        return read_input(Path(expect), most=MOST_SMALL).decode("utf-8")
    except (InvalidInput, UnicodeDecodeError):
        return ""


def _prove(folder: Path, work: Path, expect: str) -> None:
    """See, on a copy, that the database is whole and as its log says."""
    copy = work / "proof"
    shutil.copytree(folder, copy)
    os.chmod(copy, 0o700)
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    _refuse_altered(_found(copy, expect, env))


def _into_postgres(folder: Path, work: Path, expect: str) -> None:
    """Read a dump into an empty database, prove it there, and take it out again where it is not as its log says."""
    address = secured(os.environ.get("DATABASE_URL", ""))
    if not address or _relations(address):
        raise InvalidInput(Problem(Message.of("office.refused.restore_database"), Place("DATABASE_URL")))
    how = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    run_tool(["pg_restore", *how, f"--dbname={address}", str(folder / "office.dump")])
    keys = work / "proof"
    keys.mkdir(mode=0o700)
    for name in KEPT:
        if (folder / name).exists():
            shutil.copyfile(folder / name, keys / name)
    try:
        _refuse_altered(_found(keys, expect, os.environ))
    except BaseException:
        _relations(address, drop=True)
        raise


def _relations(address: str, *, drop: bool = False) -> list[str]:
    """Tables of a database of PostgreSQL, which are dropped if that is asked."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(address) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall()
        for (name,) in rows if drop else ():
            connection.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(sql.Identifier(name)))
    return [name for (name,) in rows]


def _found(folder: Path, expect: str, env: Mapping[str, str]) -> list[Message]:
    """What a process of its own finds altered in the office of a folder."""
    named = {"GUANZI_OFFICE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "guanzi.office.settings"}
    command = [sys.executable, "-m", "guanzi.office.serving.proving", str(folder), _kept(expect)]
    ended = subprocess.run(command, capture_output=True, env={**env, **named}, text=True)
    try:
        return [Message.from_dict(told) for told in json.loads(ended.stdout)]
    except ValueError:
        return [Message.of("office.refused.backup_unreadable")]


def _refuse_altered(found: list[Message]) -> None:
    if found:
        raise InvalidInput([Problem(message, Place("office")) for message in found])


def _no_backup(archive: Path) -> InvalidInput:
    return InvalidInput(Problem(Message.of("office.refused.no_backup"), Place(str(archive))))
