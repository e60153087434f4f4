"""The log of the office: in its database, in the transaction of the change that an entry records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from guanzi import __version__
from guanzi.office.auditlog.accounting import COLUMNS, ROWS, account, account_for_all, covered, key_of_rows
from guanzi.office.auditlog.databaserules import require_own_rules
from guanzi.office.auditlog.lastnote import keep_last
from guanzi.office.auditlog.prefetching import prefetch
from guanzi.office.auditlog.secretfile import KEY, write_once
from guanzi.office.faults import OTHER_KEY, Unable
from guanzi.office.models import ActionRun, Organisation, gathering_rows, take_gathered
from guanzi.record.ledger import (
    ActionBody,
    ActionEntry,
    Commitment,
    DecisionBody,
    Log,
    Signer,
    enter,
    log_on,
    make_postgres_tables,
    make_tables,
    name_log,
    name_postgres_log,
    pack,
    read_entry,
    service_entry,
    sign,
)

ORIGIN = "guanzi-office"
VERSION = "version"
"""Under which the log keeps the version of Guanzi that serves the office."""
MACHINE = "(machine)"
"""Who did what was done on the machine itself, as the log keeps it; no user name has brackets."""
_LONG = 20_000
"""Bytes of a file from which on it is packed before the write transaction."""


def make_log_tables() -> None:
    """Make the tables of the log in the database of the office."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        make_tables(connection.connection)
    else:
        make_postgres_tables(connection.connection)


def office_log() -> Log:
    """The log on the connection of Django: what is appended stands or falls with the transaction of the caller."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    raw = connection.connection
    return Log(raw) if connection.vendor == "sqlite" else log_on(raw)


class Unaccounted(Exception):
    """Rows were written in a transaction, and no entry accounts for them."""


@contextmanager
def write_transaction() -> Iterator[Log]:
    """The log, in a write transaction that is one transaction: what it writes is accounted for by its entries.

    Raises:
        Unaccounted: Something was written after the last entry; nothing of the transaction stands then.
    """
    with transaction.atomic(), gathering_rows():
        log = office_log()
        if connection.vendor != "sqlite":  # SQLite began the transaction with the lock of writers
            log.connection.execute("LOCK TABLE ledger_entry IN SHARE ROW EXCLUSIVE MODE")
        size = log.size
        yield log
        if left := take_gathered():
            raise Unaccounted(", ".join(sorted(model._meta.label for model in left)))
        if log.size > size:
            keep_last(log)


def shown_checkpoint() -> str:
    """The newest signed size of the log, for whoever reads it in the office; empty where the office is of several.

    The size of a log that others write to tells how much they do; the machine's own commands tell it to its keeper.
    """
    return "" if is_shared() else office_log().newest_note() or ""


def is_shared() -> bool:
    """Whether several organisations write to the log, so that its size tells each what the others do."""
    return Organisation.objects.count() > 1


def signing_key() -> Signer:
    """The key of the log, made while the log has none and never leaving the folder of the office.

    Raises:
        Unable: It is gone, unreadable, or that of another log: what it signed, nobody could verify.
    """
    file, of_log = settings.DATA / KEY, office_log().verifier
    if not file.is_file():
        if of_log:
            raise Unable(OTHER_KEY, str(file))
        settings.DATA.mkdir(parents=True, exist_ok=True)
        write_once(file, Signer.generate(ORIGIN).secret() + "\n")
    try:
        signer = Signer.parse(file.read_text("utf-8").strip())
    except ValueError as error:
        raise Unable(OTHER_KEY, str(file)) from error
    if of_log not in ("", str(signer.verifier)):
        raise Unable(OTHER_KEY, str(file))
    return signer


def prepare_log() -> None:
    """Say whose log it is, and sign that it is empty; a log that is there stays.

    Raises:
        Unable: There is one, and the key in the folder is not its own.
    """
    signer = signing_key()
    with write_transaction() as log:
        if connection.vendor == "sqlite":
            name_log(connection.connection, signer.name, str(signer.verifier))
        else:
            name_postgres_log(connection.connection, signer.name, str(signer.verifier))
        if log.newest_note() is None and not log.size:
            log.put_note(0, sign(log.checkpoint().text(), [signer]))
        keep_last(log)


def account_for_office(remake: Callable[[], object] = tuple) -> None:
    """Account for every row where digests do not cover all columns yet, and enter the version that serves the office.

    Args:
        remake: Makes anew what an earlier version made from files; called where the version is another one.

    Raises:
        Unable: The key is not that of the log.
    """
    with write_transaction() as log:
        accounted = accounted_before(log)
        before, now = accounted.get(COLUMNS), covered()
        if accounted.get(VERSION) != __version__:
            remake()
        elif before == now:
            return
        rows = account_for_all(key_of_rows(signing_key()), log.size, before) if before != now else {}
        record = LogRecord(data={COLUMNS: now, VERSION: __version__} | ({ROWS: rows} if rows else {}))
        enter_action(log, "rows.account", MACHINE, Subject(MACHINE), record)


def accounted_before(log: Log) -> Mapping[str, Any]:
    """What the log says last of the digests of the office: their columns by table, and the version that made them."""
    found: Mapping[str, Any] = {}
    for _, content in log.contents():
        if b'"rows.account"' in content:
            entry = read_entry(content)
            if isinstance(entry, ActionEntry) and entry.body.action == "rows.account":
                found = entry.body.data
    return found


@dataclass
class LogRecord:
    """What an action leaves in the log, gathered while it is done.

    Attributes:
        who, words: Label -> name or words; they are entered as commitments.
        data: Ids, hashes, numbers and codes; never names or words of people.
        files: Contents that the log keeps.
        decision: A decision of a committee, entered beside the action.
    """

    who: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    files: list[bytes] = field(default_factory=list)
    decision: DecisionBody | None = None
    decision_people: tuple[Commitment, ...] = ()
    decision_files: list[bytes] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Subject:
    """On what an action was done; hashes are those before it."""

    organisation: str
    case: str | None = None
    version: str | None = None
    playbook: str | None = None


def enter_action(
    log: Log, action: str, actor: str, subject: Subject, record: LogRecord, run: ActionRun | None = None
) -> int:
    """Enter an action with what accounts for the rows that it wrote, and the decision that it brought, if it did.

    Args:
        log: The log, in a transaction.
        action: Its id.
        actor: Who did it.
        subject: On what.
        record: What it leaves.
        run: The row of the action, which is given the number of the entry and saved; None: it has none.

    Returns:
        Number of the entry.

    Raises:
        Unable: The key is not that of the log, or the database turns by itself what is written.
        ClockWentBack: The clock of this machine is before the last entry.
    """
    at = datetime.now(UTC)
    signer = signing_key()
    if run is not None:
        run.entry = log.size
        run.save()
    require_own_rules()
    if rows := account(key_of_rows(signer), log.size):
        record.data[ROWS] = rows
    by = Commitment.to(actor)
    who = _commitments(record.who.items())
    said = _commitments(record.words.items())
    body = ActionBody(
        format=1,
        action=action,
        organisation=subject.organisation,
        case=subject.case,
        version=subject.version,
        playbook=subject.playbook,
        who={label: found.sha256 for label, found in who.items()},
        said={label: found.sha256 for label, found in said.items()},
        data=record.data,
        files=tuple(_keep(log, content) for content in record.files),
    )
    people = (by, *who.values(), *said.values())
    entered = enter(log, service_entry(at, by.sha256, body), people, record.files, signer)
    if record.decision is not None:
        for content in record.decision_files:
            _keep(log, content)
        decided, *others = record.decision_people
        entry = service_entry(at, decided.sha256, record.decision)
        enter(log, entry, (decided, *others), record.decision_files, signer)
    return entered.seq


def _keep(log: Log, content: bytes) -> str:
    """Keep a file, packed before the write transaction if that takes a while."""
    if len(content) < _LONG:
        return log.keep(content)
    found = sha256(content).hexdigest()
    return log.keep(content, prefetch(("packed", found), lambda: pack(content), keep=False))


def _commitments(words: Iterable[tuple[str, str]]) -> Mapping[str, Commitment]:
    return {label: Commitment.to(text) for label, text in words}
