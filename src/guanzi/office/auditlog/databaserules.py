"""What a database does by itself: rules of its own that no office has, and rules of an office that are gone.

A trigger could turn what an action writes before the log accounts for it: then the log would account for the forgery.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cache

from django.apps import apps
from django.db import connection, models

from guanzi.office.faults import STRANGE, Unable
from guanzi.record.ledger import make_tables

_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
_POSTGRES = """
SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE NOT tgisinternal AND pg_class.relnamespace = current_schema()::regnamespace
    AND NOT (relname = 'ledger_entry' AND proname = 'ledger_refuses' AND prosrc LIKE ' BEGIN RAISE EXCEPTION %; END '
        AND prosrc NOT LIKE '%;%;%;%')
UNION SELECT viewname FROM pg_views WHERE schemaname = current_schema()
UNION SELECT rulename FROM pg_rules WHERE schemaname = current_schema()
"""


def require_own_rules() -> None:
    """See that nothing but the office itself turns what is written.

    Raises:
        Unable: Something could.
    """
    if strange_rules():
        raise Unable(STRANGE)


def strange_rules() -> list[str]:
    """Triggers and views that no office has."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return strange_in(connection.connection)
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRES)
        return sorted(name for (name,) in cursor.fetchall())


def strange_in(database: sqlite3.Connection) -> list[str]:
    """The same of a database of SQLite: what bears the name of our own, and does something else, is strange."""
    return sorted(name for name, sql in {*database.execute(_SQLITE).fetchall()} - _own())


@cache
def _own() -> frozenset[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as empty:
        make_tables(empty)
        return frozenset(empty.execute(_SQLITE).fetchall())


def missing_rules() -> list[str]:
    """Rules of uniqueness that the database no longer holds, or holds otherwise."""
    return sorted(name for model in apps.get_models(include_auto_created=True) for name in _missing(model))


def _missing(model: type[models.Model]) -> Iterator[str]:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        held = connection.introspection.get_constraints(cursor, table)
    unique = {name: tuple(rule["columns"]) for name, rule in held.items() if rule["unique"] or rule["primary_key"]}
    alone = [(field.attname,) for field in model._meta.concrete_fields if field.unique]
    together = [_columns(model, fields) for fields in model._meta.unique_together]
    yield from (f"{table}: {', '.join(columns)}" for columns in (*alone, *together) if columns not in unique.values())
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and (
            unique.get(rule.name) != _columns(model, rule.fields) or not _is_as_made(model, rule)
        ):
            yield rule.name


def _columns(model: type[models.Model], fields: Iterable[str]) -> tuple[str, ...]:
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    return tuple(columns[name] for name in fields)


def _is_as_made(model: type[models.Model], rule: models.UniqueConstraint) -> bool:
    """Whether a rule with a condition has the one with which it is made; PostgreSQL words it in its own way."""
    if rule.condition is None or connection.vendor != "sqlite":
        return True
    made = str(rule.create_sql(model, connection.schema_editor(collect_sql=True)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND name = %s", [rule.name])
        return bool(cursor.fetchone() == (made,))
