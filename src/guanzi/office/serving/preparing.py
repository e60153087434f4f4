"""Preparing a folder: secret, database brought to the newest form, key of the log."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.auditlog.secretfile import KEY, SHORTEST, is_weak, write_once
from guanzi.office.databases import database_from
from guanzi.office.doors import LOGINS, NOTIFIERS, NOTIFY, chosen
from guanzi.office.faults import FULL, OTHER_KEY, Unable, fault_of, faults_as_refusals
from guanzi.office.inbox.channels import check_mail
from guanzi.office.quotas import quota_from


def choose(data: Path) -> None:
    """Let the settings of this process be those of a folder; before anything of Django is loaded.

    Raises:
        InvalidInput: ``DATABASE_URL`` names a database that the office cannot use, its secret can be guessed, a quota
            is no number, the folder is a file, or a log-in back-end or notifier that is named is not installed.
        Unable: The folder cannot be made or written.
    """
    try:
        database_from(os.environ.get("DATABASE_URL", ""), data)
    except ValueError as error:
        raise _refusal("office.refused.database_kind", error) from error
    try:
        quota_from(os.environ)
    except ValueError as error:
        raise InvalidInput(Problem(Message.of("office.refused.quota_setting"), Place(str(error)))) from error
    chosen(LOGINS, "GUANZI_LOGIN", os.environ)
    chosen(NOTIFIERS, NOTIFY, os.environ)
    check_mail()
    os.environ["GUANZI_OFFICE_DATA"] = str(data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanzi.office.settings")
    require_folder(data, "--data")
    with faults_as_refusals(str(data)):
        data.mkdir(parents=True, exist_ok=True)
        os.chmod(data, 0o700)
        secret = data / "secret"
        given = os.environ.get("GUANZI_SECRET")
        if not secret.exists() and given is None:
            write_once(secret, secrets.token_urlsafe(50) + "\n")
        if is_weak(secret.read_text("utf-8").strip() if given is None else given):
            id, place = "office.refused.weak_secret", str(secret) if given is None else "GUANZI_SECRET"
            raise InvalidInput(Problem(Message.of(id, least=SHORTEST), Place(place), Message.of(f"{id}.mend")))


def require_folder(data: Path, place: str) -> None:
    """See that a path is a folder, or that one can be made there.

    Raises:
        InvalidInput: It, or something above it, is a file.
    """
    for path in (data, *data.parents):
        if path.exists() or path.is_symlink():
            if path.is_dir():
                return
            cause = Message.of("office.refused.no_folder", path=str(path))
            raise InvalidInput(Problem(cause, Place(place), Message.of("office.refused.no_folder.mend")))


def prepare(*, only_look: bool = False) -> None:
    """Bring the database to the newest form, and begin the log.

    Args:
        only_look: Nothing will be signed: a key that is not that of the log is left to be told with the rest.

    Raises:
        InvalidInput: The database does not answer, is none, is gone, or needs an extra that is not installed; or the
            file of identity providers cannot be used.
        Unable: There is no room on the disk, or the key in the folder is not that of the log.
    """
    import django
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    try:
        django.setup()
        if connection.vendor == "sqlite":
            _make_file(settings.DATA, Path(connection.settings_dict["NAME"]))
        call_command("migrate", interactive=False, verbosity=0)
    except ImproperlyConfigured as error:
        raise _refusal("office.refused.database_extra", error) from error
    except DatabaseError as error:
        if fault_of(error) == FULL:
            raise Unable(FULL, str(settings.DATA)) from error
        raise _refusal("office.refused.database_answer", error) from error
    if connection.vendor == "sqlite":
        os.chmod(connection.settings_dict["NAME"], 0o600)  # and with it the files of the write-ahead log
    from guanzi.office.auditlog.log import account_for_office, prepare_log
    from guanzi.office.people.providers import providers
    from guanzi.office.serving.rebuilding import remake_indexes

    providers()
    try:
        with faults_as_refusals(str(settings.DATA)):
            prepare_log()
            account_for_office(remake_indexes)
    except Unable as error:
        if not (only_look and error.kind == OTHER_KEY):
            raise


def _make_file(data: Path, file: Path) -> None:
    """Make the file of a new office; nothing else ever makes one, so that a lost database is not one without cases.

    Raises:
        InvalidInput: The folder holds the key of an office, and its database is not there.
    """
    if file.exists():
        return
    if (data / KEY).exists():
        id = "office.refused.database_gone"
        raise InvalidInput(Problem(Message.of(id), Place(str(file)), Message.of(f"{id}.mend")))
    with faults_as_refusals(str(data)):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))


def warm() -> None:
    """Load what everybody needs before anybody asks: words, workflow, plans, and the code that compares names."""
    from guanzi.base.core import LANGUAGES, catalogue
    from guanzi.office.actions import load_actions
    from guanzi.office.cases.topics import topic_of
    from guanzi.office.deciding.interests import warm_names
    from guanzi.record.playbooks import load_playbook, playbook_names

    load_actions()
    for lang in LANGUAGES:
        for area in ("office", "evidence", "monitoring"):
            catalogue(area, lang)
    topic_of("revenue")
    for name in playbook_names():
        load_playbook(name)
    warm_names()


def _refusal(id: str, error: Exception) -> InvalidInput:
    """What is wrong with the database, and why in its own words; the address may hold a password and is not told."""
    reason = str(error).partition("\n")[0]
    return InvalidInput(Problem(Message.of(id), Place("DATABASE_URL"), Message.of(f"{id}.mend"), excerpt=reason))
