"""Whether every row is as the log accounts for it: rows altered, hidden or deleted by whoever writes the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.db import connection, models

from guanzi.office.auditlog.accounting import ROWS, digest_of, fits, groups, key_of_rows, newest, seal
from guanzi.office.models import RowDigest, accounted_models, columns_of
from guanzi.record.ledger import ActionEntry, Log, Signer, read_entry


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row that is not as the log says.

    Attributes:
        kind: ``altered``, ``hidden`` (no entry accounts for it), ``deleted`` (no entry says that it is gone), or
            ``digest`` (what accounts for the rows of an entry was altered itself).
        table: Label of the model.
        key: Of the row, as text.
        entry: The last that accounts for it; None: none does.
    """

    kind: Literal["altered", "hidden", "deleted", "digest"]
    table: str
    key: str
    entry: int | None


def wrong_rows(log: Log, signer: Signer) -> Iterator[WrongRow]:
    """Every row that is not as the log accounts for it."""
    key = key_of_rows(signer)
    yield from _wrong_digests(key, _sealed(log))
    for model in accounted_models():
        try:
            yield from _wrong_of(key, model)
        except Exception:  # what a hand wrote there is of no kind that the column holds
            yield WrongRow("altered", model._meta.label_lower, "", None)


def _wrong_of(key: bytes, model: type[models.Model]) -> Iterator[WrongRow]:
    """Rows of a table that are not as they were accounted for."""
    table, last = model._meta.label_lower, newest(model._meta.label_lower)
    seen = set()
    for row in models.QuerySet(model).order_by("pk").values(*columns_of(model)).iterator():
        number = str(row[model._meta.pk.attname])
        seen.add(number)
        known = last.get(number)
        if known is None:
            yield WrongRow("hidden", table, number, None)
        elif not fits(key, model, known, row):
            gone = known.digest == digest_of(key, model, known.before, None)
            yield WrongRow("hidden" if gone else "altered", table, number, known.entry)
    for number, known in last.items():
        if number not in seen and not fits(key, model, known, None):
            yield WrongRow("deleted", table, number, known.entry)
    for number in _worded_otherwise(model):
        yield WrongRow("altered", table, number, last[number].entry if number in last else None)


def _worded_otherwise(model: type[models.Model]) -> Iterator[str]:
    """Rows with a time, a day or JSON that SQLite keeps as text, and in other words than the office writes.

    They are read as the same; but SQLite compares and searches the text: a time with ``T`` is later than any of its
    day, and of a name that stands twice in JSON it finds the other one.
    """
    kept = (models.DateField, models.JSONField)
    fields = [field for field in model._meta.concrete_fields if isinstance(field, kept)]
    if connection.vendor != "sqlite" or not fields:
        return
    own = model._meta.pk.column
    columns = ", ".join(f'CAST("{field.column}" AS TEXT)' for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{own}", {columns} FROM "{model._meta.db_table}"')
        texts = {str(row[0]): row[1:] for row in cursor.fetchall()}
    for row in models.QuerySet(model).values_list("pk", *(field.attname for field in fields)).iterator():
        said = [field.get_db_prep_save(value, connection) for field, value in zip(fields, row[1:], strict=True)]
        if list(texts.get(str(row[0]), ())) != said:
            yield str(row[0])


def _sealed(log: Log) -> dict[int, str]:
    """Entry -> digest of its rows."""
    found = {}
    for seq, content in log.contents():
        if b'"rows":' in content:
            try:
                entry = read_entry(content)
            except ValueError:  # the log itself is told of elsewhere
                continue
            if isinstance(entry, ActionEntry) and ROWS in entry.body.data:
                found[seq] = str(entry.body.data[ROWS])
    return found


def _wrong_digests(key: bytes, sealed: Mapping[int, str]) -> Iterator[WrongRow]:
    """Digests that are not those of their entry, or not chained to the one before."""
    last: defaultdict[tuple[str, str], str] = defaultdict(str)
    left = dict(sealed)
    tables = {model._meta.label_lower for model in accounted_models()}
    for entry, rows in groups(RowDigest.objects.order_by("entry", "pk").iterator()):
        if left.pop(entry, "") != seal(key, rows):
            yield WrongRow("digest", "", "", entry)
        for row in rows:
            if row.before != last[row.table, row.key] or row.table not in tables:
                yield WrongRow("digest", row.table, row.key, entry)
            last[row.table, row.key] = row.digest
    for entry in left:
        yield WrongRow("digest", "", "", entry)
