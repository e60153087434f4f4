"""Numbers of rows that tell nobody how many others there are, and numbers that count within a case."""

from __future__ import annotations

import secrets
import time
from threading import Lock
from typing import Any

from django.db import models

from guanzi.office.models.rows import AccountedRow

_lock = Lock()
_last = 0


def drawn() -> int:
    """A number that tells nothing at all."""
    return secrets.randbelow(2**53 - 1) + 1


def timely() -> int:
    """A number that grows with time and tells only when it was given: microseconds since 1970, never twice."""
    global _last
    with _lock:
        _last = max(time.time_ns() // 1_000, _last + 1)
        return _last


def timely_key() -> models.BigIntegerField[int, int]:
    """The primary key of rows whose number people see: a counter would tell what other organisations do."""
    return models.BigIntegerField(primary_key=True, default=timely, editable=False)


class CountedRow(AccountedRow):
    """A row of a case with a number that counts within the case, from 1.

    Attributes:
        number: Given when the row is first saved.
    """

    id = timely_key()
    case_id: int
    number = models.IntegerField(default=0, editable=False)

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *given: Any, **named: Any) -> None:
        """Save it, with the next number of its case where it has none."""
        if not self.number:
            rows = type(self)._default_manager.filter(models.Q(case_id=self.case_id))
            self.number = (rows.aggregate(models.Max("number"))["number__max"] or 0) + 1
        super().save(*given, **named)
