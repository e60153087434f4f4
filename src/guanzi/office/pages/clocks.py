"""The clock of a case: the days between its opening and the day on which it must be decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from guanzi.office.models import OfficeCase


@dataclass(frozen=True, slots=True)
class CaseClock:
    """The clock of a case: the day of it, of how many, and how many are left (below 0: it is late).

    It runs until the committee has decided; ``day`` is then that of the decision.
    """

    day: int
    days: int
    left: int
    runs: bool


def clock_of(case: OfficeCase, today: date) -> CaseClock:
    """Where a case stands on the clock of the workflow."""
    opened, decided = timezone.localdate(case.opened_at), case.decided_on()
    until = decided or today
    return CaseClock((until - opened).days, (case.due - opened).days, (case.due - until).days, decided is None)
