"""Rows accounted for by the log: the entry of a change holds one digest of all rows that the change wrote.

The digest is an HMAC whose key is derived from that of the log, so that it tells nothing of what it covers, and whoever
can write the database alone makes none. Beside it stands a digest of each row in a table, chained to the one before. A
row that is no longer as its newest digest says stays so: an action that writes it again does not account for it anew.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Max, Model, QuerySet

from guanzi.office.models import (
    Held,
    RowDigest,
    accounted_models,
    columns_of,
    rows_of,
    take_gathered,
)
from guanzi.record.ledger import Signer

ROWS = "rows"
"""Name under which the data of an entry hold the digest of its rows."""
COLUMNS = "columns"
"""Name under which the entry that accounts for a whole office holds what the digests cover: table -> columns."""
type Table = type[Model]
"""A model."""


def key_of_rows(signer: Signer) -> bytes:
    """The key of the digests, derived from that of the log."""
    return hmac.digest(signer.secret().encode(), b"guanzi.office.rows", "sha256")


def account(key: bytes, entry: int) -> str:
    """Account for everything that was gathered, in an entry of this number.

    Returns:
        What the entry holds of it; empty: nothing was written, or only what is altered already.
    """
    made: list[RowDigest] = []
    for model, held in take_gathered().items():
        table = model._meta.label_lower
        last = newest(table, held)
        now = rows_of(model, held)
        for number, old in held.items():
            known = last.get(str(number))
            row = now.get(number)
            if not fits(key, model, known, old) or (known is None and row is None):
                continue
            before = "" if known is None else known.digest
            digest = digest_of(key, model, before, row)
            made.append(RowDigest(entry=entry, table=table, key=str(number), before=before, digest=digest))
    return _kept(key, made)


def account_for_all(key: bytes, entry: int, before: Mapping[str, Sequence[str]] | None) -> str:
    """Account anew for every row of the office by the columns that there are now.

    Args:
        key: Of the digests.
        entry: Number of the entry.
        before: Columns that were covered until now, by table: a row that is not as they say is left as it is, and so is
            one that nothing accounts for; where a column is gone, nobody can tell. None: nothing was covered, and every
            row is taken as it stands.
    """
    made: list[RowDigest] = []
    for model in accounted_models():
        table, now = model._meta.label_lower, columns_of(model)
        until = None if before is None else before.get(table)
        if until == list(now):
            continue
        gone = until is not None and not {*until} <= {field.attname for field in model._meta.concrete_fields}
        last = newest(table)
        for row in QuerySet(model).values().iterator():
            number = row[model._meta.pk.attname]
            known = last.get(str(number))
            taken = known is None if until is None else gone
            if not taken and not fits(key, model, known, {column: row[column] for column in until or now}):
                continue
            chained = "" if known is None else known.digest
            digest = digest_of(key, model, chained, {column: row[column] for column in now})
            made.append(RowDigest(entry=entry, table=table, key=str(number), before=chained, digest=digest))
    return _kept(key, made)


def covered() -> dict[str, list[str]]:
    """What the digests cover: table -> columns."""
    return {model._meta.label_lower: list(columns_of(model)) for model in accounted_models()}


def newest(table: str, keys: Iterable[Any] | None = None) -> dict[str, RowDigest]:
    """The newest digest of rows of a table by their keys; None: of all."""
    some = RowDigest.objects.filter(table=table)
    if keys is not None:
        some = some.filter(key__in=[str(key) for key in keys])
    last = dict(some.values_list("key").annotate(last=Max("entry")))
    return {row.key: row for row in some.filter(entry__in=set(last.values())) if last[row.key] == row.entry}


def fits(key: bytes, model: Table, known: RowDigest | None, row: Held | None) -> bool:
    """Whether a row, None where there is none, is as its newest digest says."""
    if known is None:
        return row is None
    return known.digest == digest_of(key, model, known.before, row)


def digest_of(key: bytes, model: Table, before: str, row: Held | None) -> str:
    """The digest of a row, chained to the one before; None: it is gone."""
    number = None if row is None else str(row[model._meta.pk.attname])
    return _digest(key, [model._meta.label_lower, number, before, None if row is None else _settled(model, row)])


def seal(key: bytes, rows: Iterable[RowDigest]) -> str:
    """The digest of all rows of an entry."""
    return _digest(key, sorted([row.entry, row.table, row.key, row.before, row.digest] for row in rows))


def _settled(model: Table, row: Held) -> Held:
    """A row without what a worker still writes."""
    unfinished: frozenset[str] = getattr(model, "UNFINISHED", frozenset())
    if not unfinished or row["state"] == "done":
        return row
    return {column: value for column, value in row.items() if column not in unfinished}


def _kept(key: bytes, made: Sequence[RowDigest]) -> str:
    RowDigest.objects.bulk_create(made, batch_size=500)
    return seal(key, made) if made else ""


def _digest(key: bytes, what: Any) -> str:
    words = json.dumps(what, sort_keys=True, separators=(",", ":"), default=_plain)
    return hmac.new(key, words.encode(), sha256).hexdigest()


def _plain(value: Any) -> str:
    """What is no JSON, as text: a time in UTC, a day."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


def groups(rows: Iterable[RowDigest]) -> Iterator[tuple[int, list[RowDigest]]]:
    """Rows in the order of their entries, those of one entry together."""
    some: list[RowDigest] = []
    for row in rows:
        if some and row.entry != some[0].entry:
            yield some[0].entry, some
            some = []
        some.append(row)
    if some:
        yield some[0].entry, some
