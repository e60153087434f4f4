"""The grid of calendar quarters or months on which a deal is simulated; step 0 contains the day of signing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

QUARTER = 3
"""Months of the step in which company models move."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Calendar steps from the signing to the horizon.

    Attributes:
        signed: Day of signing.
        months: Months per step, 3 or 1.
        count: Number of steps.

    >>> grid = Grid(date(2020, 4, 29), 3, 40)
    >>> grid.first_day(0), grid.step_of(date(2021, 3, 31)), grid.ends_year(2)
    (datetime.date(2020, 4, 1), 3, True)
    """

    signed: date
    months: int
    count: int

    @property
    def _origin(self) -> int:
        """Months from year 0 to the first month of step 0."""
        month = self.signed.year * 12 + self.signed.month - 1
        return month - month % self.months

    def first_day(self, t: int) -> date:
        """First day of step t."""
        month = self._origin + t * self.months
        return date(month // 12, month % 12 + 1, 1)

    def step_of(self, day: date) -> int:
        """The step that contains a day; negative before signing."""
        return (day.year * 12 + day.month - 1 - self._origin) // self.months

    def steps(self, months: float) -> int:
        """Steps that make up a span of months, at least one."""
        return max(1, math.ceil(months / self.months - 1e-9))

    def moves(self, t: int) -> bool:
        """The company moves in step t: in every quarter, or in the first month of each quarter and that of signing."""
        return t == 0 or (self.first_day(t).month - 1) % QUARTER == 0

    def closes(self, t: int) -> bool:
        """Step t is the last of its quarter, or of the grid: the company's solvency is tested."""
        return t == self.count - 1 or (self.first_day(t).month - 1 + self.months) % QUARTER == 0

    def quarter(self, t: int) -> int:
        """Quarters from that of signing to that of step t."""
        first, now = self.first_day(0), self.first_day(t)
        return (now.year - first.year) * 4 + (now.month - 1) // QUARTER - (first.month - 1) // QUARTER

    @property
    def quarters_before_in_year(self) -> int:
        """Quarters of the calendar year that lie before that of signing."""
        return (self.first_day(0).month - 1) // QUARTER

    def posts_before(self, back: int) -> bool:
        """A quarter before that of signing began so many steps before step 0."""
        month = self._origin - back * self.months
        return month % QUARTER == 0 and month // QUARTER < self._origin // QUARTER

    def year(self, t: int) -> int:
        """Calendar year of step t."""
        return self.first_day(t).year

    def begins_year(self, t: int) -> bool:
        """Step t is the first of its calendar year."""
        return self.first_day(t).month == 1

    def ends_year(self, t: int) -> bool:
        """Step t is the last of its calendar year."""
        return self.first_day(t).month + self.months == 13

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years that the grid touches."""
        return tuple(range(self.year(0), self.year(self.count - 1) + 1))
