"""Preparing a folder: secret, database brought to the newest form, key of the log."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def choose(data: Path) -> None:
    """Let the settings of this process be those of a folder; before anything of Django is loaded."""
    os.environ["GUANZI_OFFICE_DATA"] = str(data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanzi.office.settings")
    data.mkdir(parents=True, exist_ok=True)
    os.chmod(data, 0o700)
    secret = data / "secret"
    if not secret.exists() and "GUANZI_SECRET" not in os.environ:
        handle = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(secrets.token_urlsafe(50) + "\n")


def prepare() -> None:
    """Bring the database to the newest form, and begin the log."""
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    if connection.vendor == "sqlite":
        os.chmod(connection.settings_dict["NAME"], 0o600)  # and with it the files of the write-ahead log
    from guanzi.office.log import prepare_log

    prepare_log()
