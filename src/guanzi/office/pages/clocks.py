"""The clock of a case: the days between its opening and the day on which it must be decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from guanzi.office.models import OfficeCase


@dataclass(frozen=True, slots=True)
class CaseClock:
    """The clock of a case: the day of it, of how many, and how many are left (below 0: it is late)."""

    day: int
    days: int
    left: int


def clock_of(case: OfficeCase, today: date) -> CaseClock:
    """Where a case stands on the clock of the workflow."""
    opened = timezone.localdate(case.opened_at)
    return CaseClock((today - opened).days, (case.due - opened).days, (case.due - today).days)
