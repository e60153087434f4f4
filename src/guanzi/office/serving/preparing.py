"""Preparing a folder: secret, database brought to the newest form, key of the log."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.databases import database_from


def choose(data: Path) -> None:
    """Let the settings of this process be those of a folder; before anything of Django is loaded.

    Raises:
        InvalidInput: ``DATABASE_URL`` names a database that the office cannot use.
    """
    try:
        database_from(os.environ.get("DATABASE_URL", ""), data)
    except ValueError as error:
        raise _refusal("office.refused.database_kind", error) from error
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
    """Bring the database to the newest form, and begin the log.

    Raises:
        InvalidInput: The database does not answer, is none, or needs an extra that is not installed.
    """
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    try:
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
    except ImproperlyConfigured as error:
        raise _refusal("office.refused.database_extra", error) from error
    except DatabaseError as error:
        raise _refusal("office.refused.database_answer", error) from error
    if connection.vendor == "sqlite":
        os.chmod(connection.settings_dict["NAME"], 0o600)  # and with it the files of the write-ahead log
    from guanzi.office.log import prepare_log

    prepare_log()


def _refusal(id: str, error: Exception) -> InvalidInput:
    """What is wrong with the database, and why in its own words; the address may hold a password and is not told."""
    reason = str(error).partition("\n")[0]
    return InvalidInput(Problem(Message.of(id), Place("DATABASE_URL"), Message.of(f"{id}.mend"), excerpt=reason))
