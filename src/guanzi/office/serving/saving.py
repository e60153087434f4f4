"""Backup: one archive with database, key and secret, whose manifest the key of the log signs."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import tarfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, scratch_directory
from guanzi.office.auditlog.secretfile import KEY
from guanzi.office.databases import secured
from guanzi.office.faults import faults_as_refusals
from guanzi.record.ledger import sign

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
DATABASES = ("office.sqlite3", "office.dump")
"""Database of SQLite, or what ``pg_dump`` wrote; one of them is in an archive."""
KEPT = (KEY, "secret")
FORMAT = 2
BACKUPS = 30
"""Archives that stay in ``backups/``, the newest."""
_OWN = "[0-9]" * 8 + "T" + "[0-9]" * 6 + "Z.tar"


@dataclass(frozen=True, slots=True)
class Backup:
    """An archive that was written, and the word of the key that signed it: who brings it back can ask for it."""

    path: Path
    key: str


@faults_as_refusals()
def back_up(target: Path | None = None) -> Backup:
    """Write an archive of the whole office while it runs; it holds the keys: keep it like the office itself.

    Args:
        target: File; None: ``backups/<time>.tar`` in the folder of the office, where the newest :data:`BACKUPS` stay.

    Raises:
        InvalidInput: The tools of PostgreSQL fail.
        Unable: It cannot be written, the database does not answer, or the key is not that of the log.
    """
    from django.conf import settings
    from django.db import connection

    from guanzi.office.auditlog.log import signing_key

    signer = signing_key()
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    path = target or settings.DATA / "backups" / f"{stamp}.tar"
    path.parent.mkdir(parents=True, exist_ok=True)
    with scratch_directory(path.parent, ".backup-") as folder:
        if connection.vendor == "sqlite":
            name = "office.sqlite3"
            own = settings.DATABASES["default"]["NAME"]
            with closing(sqlite3.connect(own)) as source, closing(sqlite3.connect(folder / name)) as copy:
                source.backup(copy)
        else:
            name = "office.dump"
            run_tool(["pg_dump", "--format=custom", f"--file={folder / name}", secured(os.environ["DATABASE_URL"])])
        for kept in KEPT:
            if (settings.DATA / kept).is_file():
                (folder / kept).write_bytes((settings.DATA / kept).read_bytes())
        files = sorted(p for p in folder.iterdir())
        manifest = {"format": FORMAT, "made_at": stamp, "files": {p.name: hash_of(p) for p in files}}
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
        (folder / SIGNATURE).write_text(sign(signed_text(folder / MANIFEST), [signer]), "utf-8")
        unfinished = folder / "unfinished"
        with tarfile.open(unfinished, "w", format=tarfile.PAX_FORMAT) as box:
            for file in (folder / MANIFEST, folder / SIGNATURE, *files):
                box.add(file, file.name)
        os.chmod(unfinished, 0o600)
        os.replace(unfinished, path)
    if target is None:
        for old in sorted(path.parent.glob(_OWN))[:-BACKUPS]:
            old.unlink()
    return Backup(path, str(signer.verifier))


def signed_text(manifest: Path) -> str:
    """What the key of the log signs of an archive: nothing else that it signs begins so."""
    return f"guanzi-office-backup\nsha256 {hash_of(manifest)}\n"


def hash_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def run_tool(command: list[str]) -> None:
    """Run a tool of PostgreSQL.

    Raises:
        InvalidInput: It is not there, or fails.
    """
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        raise InvalidInput(Problem(Message.of("office.refused.tool", tool=command[0]), Place(command[0]))) from None
