"""Whether every row is as the log accounts for it: rows altered, hidden or deleted by whoever writes the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched, groupby
from typing import Any, Literal

from django.core.exceptions import ValidationError
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


PAGE = 2_000
"""Rows that are in memory at once."""
_LARGEST = 2**63
"""No whole number of a database is as large."""


def wrong_rows(log: Log, signer: Signer) -> Iterator[WrongRow]:
    """Every row that is not as the log accounts for it; memory does not grow with the number of rows and entries."""
    key = key_of_rows(signer)
    yield from _wrong_digests(key, log)
    for model in accounted_models():
        try:
            yield from _wrong_of(key, model)
        except Exception:  # what a hand wrote there is of no kind that the column holds
            yield WrongRow("altered", model._meta.label_lower, "", None)


def _wrong_of(key: bytes, model: type[models.Model]) -> Iterator[WrongRow]:
    """Rows of a table that are not as they were accounted for."""
    table, name = model._meta.label_lower, model._meta.pk.attname
    rows = models.QuerySet(model).order_by("pk").values(*columns_of(model)).iterator(PAGE)
    for some in batched(rows, PAGE):
        last = newest(table, [row[name] for row in some])
        for row in some:
            known = last.get(str(row[name]))
            if known is None:
                yield WrongRow("hidden", table, str(row[name]), None)
            elif not fits(key, model, known, row):
                gone = known.digest == digest_of(key, model, known.before, None)
                yield WrongRow("hidden" if gone else "altered", table, str(row[name]), known.entry)
    for ended in batched(_last_digests(table), PAGE):
        there = _there(model, [known.key for known in ended])
        for known in ended:
            if known.key not in there and not fits(key, model, known, None):
                yield WrongRow("deleted", table, known.key, known.entry)
    for number in _worded_otherwise(model):
        entry = newest(table, [number]).get(number)
        yield WrongRow("altered", table, number, None if entry is None else entry.entry)


def _last_digests(table: str) -> Iterator[RowDigest]:
    """The newest digest of every row of a table."""
    rows = RowDigest.objects.filter(table=table).order_by("key", "entry").iterator(PAGE)
    for _, digests in groupby(rows, lambda row: row.key):
        *_, last = digests
        yield last


def _there(model: type[models.Model], keys: Sequence[str]) -> frozenset[str]:
    """Those of some keys, as text, that a row has."""
    field = model._meta.pk
    some = []
    for key in keys:
        try:
            value = field.to_python(key)
        except ValidationError:
            continue
        if not isinstance(value, int) or -_LARGEST <= value < _LARGEST:
            some.append(value)
    return frozenset(map(str, models.QuerySet(model).filter(pk__in=some).values_list("pk", flat=True)))


def _worded_otherwise(model: type[models.Model]) -> Iterator[str]:
    """Rows with a time, a day or JSON that SQLite keeps as text, and in other words than the office writes.

    They are read as the same; but SQLite compares and searches the text: a time with ``T`` is later than any of its
    day, and of a name that stands twice in JSON it finds the other one.
    """
    kept = (models.DateField, models.JSONField)
    fields = [field for field in model._meta.concrete_fields if isinstance(field, kept)]
    if connection.vendor != "sqlite" or not fields:
        return
    rows: Any = models.QuerySet(model).order_by("pk").values_list("pk", *(field.attname for field in fields))
    for some in batched(rows.iterator(PAGE), PAGE):
        texts = _texts(model, fields, [row[0] for row in some])
        for row in some:
            said = [field.get_db_prep_save(value, connection) for field, value in zip(fields, row[1:], strict=True)]
            if list(texts.get(str(row[0]), ())) != said:
                yield str(row[0])


def _texts(model: type[models.Model], fields: Sequence[Any], keys: Sequence[Any]) -> dict[str, Sequence[Any]]:
    """What SQLite keeps of some rows, as text, by their keys."""
    own = model._meta.pk.column
    columns = ", ".join(f'CAST("{field.column}" AS TEXT)' for field in fields)
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{own}", {columns} FROM "{model._meta.db_table}" WHERE "{own}" IN ({marks})', keys)
        return {str(row[0]): row[1:] for row in cursor.fetchall()}


def _sealed(log: Log) -> Iterator[tuple[int, str]]:
    """Number of each entry that accounts for rows, and the digest of its rows, in order."""
    for seq, content in log.contents():
        if b'"rows":' in content:
            try:
                entry = read_entry(content)
            except ValueError:  # the log itself is told of elsewhere
                continue
            if isinstance(entry, ActionEntry) and ROWS in entry.body.data:
                yield seq, str(entry.body.data[ROWS])


def _wrong_digests(key: bytes, log: Log) -> Iterator[WrongRow]:
    """Digests that are not those of their entry, or not chained to the one before."""
    sealed = _sealed(log)
    due = next(sealed, None)
    for entry, rows in groups(RowDigest.objects.order_by("entry", "pk").iterator(PAGE)):
        while due is not None and due[0] < entry:
            yield WrongRow("digest", "", "", due[0])
            due = next(sealed, None)
        said = due[1] if due is not None and due[0] == entry else ""
        if said != seal(key, rows):
            yield WrongRow("digest", "", "", entry)
        due = next(sealed, None) if due is not None and due[0] == entry else due
    while due is not None:
        yield WrongRow("digest", "", "", due[0])
        due = next(sealed, None)
    tables = {model._meta.label_lower for model in accounted_models()}
    before: tuple[str, str, str] = ("", "", "")
    for row in RowDigest.objects.order_by("table", "key", "entry").iterator(PAGE):
        chained = before[2] if (row.table, row.key) == before[:2] else ""
        if row.before != chained or row.table not in tables:
            yield WrongRow("digest", row.table, row.key, row.entry)
        before = (row.table, row.key, row.digest)
