"""Rows for which the log accounts: what a write transaction changes of them is gathered, with what they held before.

Saving and deleting are told by signals of Django; what it tells nobody of (``update``, ``bulk_create``) goes through
:class:`AccountedRows`. What is written outside a transaction is not gathered: no entry accounts for it, and the
check finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

type Held = dict[str, Any]
"""Column -> value."""
type Gathered = dict[type[models.Model], dict[Any, Held | None]]
"""Model -> key -> what the row held before the transaction; None: there was none."""

OF_OTHERS: Mapping[str, frozenset[str]] = {
    "otp_totp.TOTPDevice": frozenset(
        {"drift", "last_t", "throttling_failure_count", "throttling_failure_timestamp", "last_used_at"}
    ),
    "otp_static.StaticDevice": frozenset(),
    "otp_static.StaticToken": frozenset(),
}
"""Models of libraries that give somebody a right -> columns for which the log does not account."""
_GATHERED: ContextVar[Gathered | None] = ContextVar("gathered", default=None)


class AccountedRows[M: models.Model](models.QuerySet[M]):
    """Rows whose changes are gathered."""

    def update(self, **values: Any) -> int:
        """Update them, gathered as they were before."""
        if _is_gathering(self.model, values):
            _remember(self.model, self.order_by().values(*columns_of(self.model)))
        return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[M], *given: Any, **named: Any) -> list[M]:
        """Insert them, and gather them."""
        made = super().bulk_create(objs, *given, **named)
        for row in made:
            _note(self.model, row.pk)
        return made


class AccountedRow(models.Model):
    """A row for whose every column the log accounts, but for those that the class names.

    Attributes:
        FREE: Columns for which the log does not account.
        UNFINISHED: Columns for which it does only once the row says that it is done: a worker writes them meanwhile.
    """

    FREE: ClassVar[frozenset[str]] = frozenset()
    UNFINISHED: ClassVar[frozenset[str]] = frozenset()
    objects = AccountedRows.as_manager()

    class Meta:
        """No table of its own."""

        abstract = True


@contextmanager
def gathering_rows() -> Iterator[None]:
    """Gather what is written within."""
    token = _GATHERED.set({})
    try:
        yield
    finally:
        _GATHERED.reset(token)


def is_gathering() -> bool:
    """Whether what is written now is gathered."""
    return _GATHERED.get() is not None


def take_gathered() -> Gathered:
    """What was gathered since this was asked last."""
    found = _GATHERED.get()
    if found is None:
        return {}
    taken = dict(found)
    found.clear()
    return taken


def accounted_models() -> tuple[type[models.Model], ...]:
    """Every model for whose rows the log accounts, by name."""
    own = [model for model in apps.get_app_config("office").get_models() if issubclass(model, AccountedRow)]
    return tuple(sorted((*own, *map(apps.get_model, OF_OTHERS)), key=lambda model: model._meta.label_lower))


def columns_of(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a model for which the log accounts, as Django names their values."""
    free = model.FREE if issubclass(model, AccountedRow) else OF_OTHERS[model._meta.label]
    return tuple(field.attname for field in model._meta.concrete_fields if field.name not in free)


def rows_of(model: type[models.Model], keys: Iterable[Any]) -> dict[Any, Held]:
    """What rows hold now, by their keys."""
    some: models.QuerySet[models.Model, Held] = models.QuerySet(model).values(*columns_of(model))
    return {row[model._meta.pk.attname]: row for row in some.filter(pk__in=list(keys))}


def watch_rows() -> None:
    """Let every saving and deleting of rows for which the log accounts be gathered."""
    for model in accounted_models():
        uid = f"guanzi.office.rows.{model._meta.label_lower}"
        pre_save.connect(_before, sender=model, dispatch_uid=uid)
        pre_delete.connect(_before, sender=model, dispatch_uid=uid)
        post_save.connect(_after, sender=model, dispatch_uid=uid)
        post_delete.connect(_after, sender=model, dispatch_uid=uid)


def _before(sender: type[models.Model], instance: models.Model, **more: Any) -> None:
    if _is_gathering(sender, more.get("update_fields")) and instance.pk is not None:
        gathered = (_GATHERED.get() or {}).get(sender, {})
        if instance.pk not in gathered:
            _remember(sender, rows_of(sender, [instance.pk]).values())


def _after(sender: type[models.Model], instance: models.Model, **more: Any) -> None:
    if _is_gathering(sender, more.get("update_fields")):
        _note(sender, instance.pk)


def _is_gathering(model: type[models.Model], written: Iterable[str] | None) -> bool:
    """Whether writing some columns, None for all, is gathered."""
    if _GATHERED.get() is None:
        return False
    accounted = {field.name for field in model._meta.concrete_fields if field.attname in columns_of(model)}
    return written is None or not accounted.isdisjoint(name.removesuffix("_id") for name in written)


def _remember(model: type[models.Model], rows: Iterable[Held]) -> None:
    """Note rows with what they hold before they are written, unless they are noted already."""
    gathered = _GATHERED.get()
    if gathered is not None:
        key = model._meta.pk.attname
        for row in rows:
            gathered.setdefault(model, {}).setdefault(row[key], row)


def _note(model: type[models.Model], key: Any) -> None:
    """Note a row of which nothing was noted before it was written: it is new."""
    gathered = _GATHERED.get()
    if gathered is not None:
        gathered.setdefault(model, {}).setdefault(key, None)
