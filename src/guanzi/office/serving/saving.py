"""Backup and restore: one archive with database, key and secret, whose hashes are checked on the way back."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, workshop
from guanzi.office.databases import secured
from guanzi.office.faults import telling
from guanzi.office.serving.preparing import require_folder

MANIFEST = "manifest.json"
KEPT = ("secret", "log.key")


@telling()
def back_up(target: Path | None = None) -> Path:
    """Write an archive of the whole office while it runs; it holds the keys: keep it like the office itself.

    Args:
        target: File; None: ``backups/<time>.tar`` in the folder of the office.

    Raises:
        InvalidInput: The tools of PostgreSQL fail.
        Unable: It cannot be written, or the database does not answer.
    """
    from django.conf import settings
    from django.db import connection

    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    path = target or settings.DATA / "backups" / f"{stamp}.tar"
    path.parent.mkdir(parents=True, exist_ok=True)
    with workshop(path.parent, ".backup-") as folder:
        if connection.vendor == "sqlite":
            name = "office.sqlite3"
            own = settings.DATABASES["default"]["NAME"]
            with closing(sqlite3.connect(own)) as source, closing(sqlite3.connect(folder / name)) as copy:
                source.backup(copy)
        else:
            name = "office.dump"
            _run(["pg_dump", "--format=custom", f"--file={folder / name}", secured(os.environ["DATABASE_URL"])])
        for kept in KEPT:
            if (settings.DATA / kept).is_file():
                (folder / kept).write_bytes((settings.DATA / kept).read_bytes())
        files = sorted(p for p in folder.iterdir())
        manifest = {"format": 1, "made_at": stamp, "files": {p.name: _hash(p) for p in files}}
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
        unfinished = folder / "unfinished"
        with tarfile.open(unfinished, "w") as box:
            for file in (folder / MANIFEST, *files):
                box.add(file, file.name)
        os.chmod(unfinished, 0o600)
        os.replace(unfinished, path)
    return path


@telling()
def restore(archive: Path, data: Path) -> None:
    """Bring an archive back into an empty folder, or database, after all its hashes were found right.

    Raises:
        InvalidInput: The archive is damaged or none, or the folder holds an office already.
        Unable: It cannot be written.
    """
    if any((data / name).exists() for name in ("office.sqlite3", *KEPT)):
        raise InvalidInput(Problem(Message.of("office.refused.restore_over"), Place(str(data))))
    require_folder(data, "--data")
    data.mkdir(parents=True, exist_ok=True)
    with workshop(data, ".restore-") as folder:
        try:
            with tarfile.open(archive) as box:
                box.extractall(folder, filter="data")
            manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
            wrong = [name for name, hash in manifest["files"].items() if _hash(folder / name) != hash]
        except (OSError, tarfile.TarError, ValueError, KeyError, AttributeError, TypeError):
            raise InvalidInput(Problem(Message.of("office.refused.no_backup"), Place(str(archive)))) from None
        if wrong:
            raise InvalidInput([Problem(Message.of("office.refused.backup_altered"), Place(name)) for name in wrong])
        for name in manifest["files"]:
            if name == "office.dump":
                _run(["pg_restore", f"--dbname={os.environ['DATABASE_URL']}", str(folder / name)])
            else:
                os.chmod(folder / name, 0o600)
                os.replace(folder / name, data / name)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        raise InvalidInput(Problem(Message.of("office.refused.tool", tool=command[0]), Place(command[0]))) from None
