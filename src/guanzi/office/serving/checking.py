"""What a real installation still lacks, and whether what it holds is whole."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guanzi.base.core import Message, Parameter
from guanzi.office.databases import is_local
from guanzi.office.faults import Unable, faults_as_refusals, free_bytes
from guanzi.office.serving.fullness import nearly_full

if TYPE_CHECKING:
    from guanzi.office.auditlog.examining import WrongRow
    from guanzi.record.ledger import Log, Signer

ENOUGH = 1_000_000_000
"""Bytes that should be free on the disk."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something that is not as it should be.

    Attributes:
        what: In words, with the fix.
        grave: The office should not be used so.
    """

    what: Message
    grave: bool


@faults_as_refusals()
def lacking() -> tuple[Lacking, ...]:
    """Everything that an installation lacks; the settings are those of its folder."""
    return (*_around(), *_people(), *_nights(), *(Lacking(*told) for told in nearly_full()), *_contents())


def altered() -> tuple[Lacking, ...]:
    """Everything in what an installation holds that is not as it was written."""
    return tuple(_contents())


def _around() -> Iterator[Lacking]:
    from django.conf import settings
    from django.db import connection

    if not settings.SESSION_COOKIE_SECURE:
        yield Lacking(Message.of("office.check.https"), False)
    if connection.vendor == "sqlite":
        yield Lacking(Message.of("office.check.sqlite"), False)
    elif is_bare(connection.settings_dict):
        yield Lacking(Message.of("office.check.database_tls"), True)
    if settings.ALLOWED_HOSTS[0] == "localhost":
        yield Lacking(Message.of("office.check.hosts"), False)
    for name in ("secret", "log.key", "office.sqlite3", "identity.yaml"):
        path = settings.DATA / name
        if path.exists() and os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Lacking(Message.of("office.check.open_file", file=name), True)
    if not (settings.DATA / "backups").is_dir():
        yield Lacking(Message.of("office.check.backup"), False)
    if (free := free_bytes(settings.DATA)) < ENOUGH:
        yield Lacking(Message.of("office.check.room", mb=str(free // 1_000_000)), True)


def is_bare(settings: Mapping[str, Any]) -> bool:
    """Whether what travels to a database on another machine could be read or answered by somebody else."""
    options = settings["OPTIONS"]
    return not is_local(settings["HOST"] or options.get("host", "")) and options.get("sslmode") != "verify-full"


def _people() -> Iterator[Lacking]:
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from guanzi.office.models import Organisation, Person, RoleHeld

    if Organisation.objects.filter(slug="demo-city").exists():
        yield Lacking(Message.of("office.check.demonstration"), True)
    bare = [
        person.username
        for person in Person.objects.filter(is_active=True, held__role__in=_KEYS).distinct().order_by("username")
        if not TOTPDevice.objects.filter(user=person, confirmed=True).exists()
    ]
    if bare:
        yield Lacking(Message.of("office.check.factor", names=tuple(bare)), False)
    if not RoleHeld.objects.filter(role="auditor", person__is_active=True).exists():
        yield Lacking(Message.of("office.check.auditor"), False)


def _nights() -> Iterator[Lacking]:
    from guanzi.office.models import OfficeCase
    from guanzi.office.paying.nightly import is_late, last_watch

    if OfficeCase.objects.filter(state="signed").exists() and is_late(last_watch()):
        yield Lacking(Message.of("office.check.nightly"), False)


_KEYS = ("administrator", "chair", "finance")


def _contents() -> Iterator[Lacking]:
    from guanzi.office.auditlog.databaserules import missing_rules, strange_rules
    from guanzi.office.auditlog.log import office_log, signing_key
    from guanzi.office.serving.rebuilding import other_rows, wrong_contents, wrong_trees

    log = office_log()
    for kind, names in (("strange", strange_rules()), ("missing", missing_rules())):
        if names:
            yield Lacking(Message.of(f"office.check.rules_{kind}", n=len(names), first=names[0][:100]), True)
    try:
        yield from _rows(log, signing_key())
    except Unable as error:
        yield Lacking(Message.of("office.check.key", file=str(error.problems[0].place)), True)
    altered, gone = wrong_contents()
    if altered:
        yield Lacking(Message.of("office.check.blobs", n=len(altered), first=altered[0]), True)
    if gone:
        yield Lacking(Message.of("office.check.gone", n=len(gone), first=gone[0]), True)
    if trees := wrong_trees():
        yield Lacking(Message.of("office.check.trees", n=len(trees), first=trees[0]), True)
    for table, case in other_rows(frozenset({*altered, *gone})):
        yield Lacking(Message.of("office.check.index", table=table, case=case), True)
    yield from _log(log)


def _rows(log: Log, signer: Signer) -> Iterator[Lacking]:
    """Rows that are not as the log accounts for them, those of one kind and table together."""
    from guanzi.office.auditlog.examining import wrong_rows

    found: dict[tuple[str, str], list[WrongRow]] = {}
    for row in wrong_rows(log, signer):
        found.setdefault((row.kind, row.table), []).append(row)
    for (kind, table), rows in found.items():
        entry = "–" if rows[0].entry is None else str(rows[0].entry)
        told: dict[str, Parameter] = {"table": table or "–", "n": len(rows), "key": rows[0].key or "–", "entry": entry}
        yield Lacking(Message.of(f"office.check.row_{kind}", **told), True)


def _log(log: Log) -> Iterator[Lacking]:
    """What is wrong with the log itself, and against the checkpoint that is kept beside the database."""
    from guanzi.office.auditlog.lastnote import last_kept
    from guanzi.office.auditlog.secretfile import LAST
    from guanzi.record.ledger import check_log

    kept = None
    try:
        kept = last_kept(log)
    except ValueError:
        yield Lacking(Message.of("office.check.last", file=LAST), True)
    for flaw in check_log(log, [] if kept is None else [kept]):
        yield Lacking(
            Message.of("office.check.log", kind=flaw.kind, entry="–" if flaw.seq is None else str(flaw.seq)), True
        )
