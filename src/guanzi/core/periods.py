"""Periods of the calendar (year, quarter, month, day) and durations ("48 months")."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NoReturn

from guanzi.core.errors import InvalidInput, Place, Problem
from guanzi.core.messages import Message

type PeriodKind = Literal["year", "quarter", "month", "day"]

_PERIOD = re.compile(r"(?P<year>\d{4})(?:Q(?P<quarter>[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_DURATION = re.compile(r"(?P<count>[0-9][0-9_]*)\s*(?P<unit>month|quarter|year)s?")
_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar year, quarter, month, or a day (the form of figures "as at").

    Periods are ordered by the day on which they end, then by the day on which they start, so that "the latest" is
    what was reached last, and of two with the same end the shorter.

    Attributes:
        end: Last day, inclusive.
        start: First day.

    >>> str(Period.parse("2019Q4")), Period.parse(2019).kind
    ('2019Q4', 'year')
    >>> Period.parse("2019Q4") < Period.parse("2020-03")
    True
    """

    end: date
    start: date

    @classmethod
    def parse(cls, text: str | date | int) -> Period:
        """Read ``2019``, ``2019Q4``, ``2019-06`` or ``2019-12-31``; a date is a day, a whole number a year.

        Raises:
            InvalidInput: It is none of these.
        """
        if isinstance(text, bool):
            _refuse_period(text)
        if isinstance(text, date):
            return cls.of("day", text)
        match = _PERIOD.fullmatch(str(text).strip())
        if match is None:
            _refuse_period(text)
        year, month, day = int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)
        kind: PeriodKind = "year"
        if match["quarter"]:
            kind, month = "quarter", 3 * int(match["quarter"]) - 2
        elif match["month"]:
            kind = "day" if match["day"] else "month"
        try:
            return cls.of(kind, date(year, month, day))
        except ValueError:
            _refuse_period(text)

    @classmethod
    def of(cls, kind: PeriodKind, day: date) -> Period:
        """The year, quarter, month or day that contains ``day``."""
        if isinstance(day, datetime):
            day = day.date()
        if kind == "day":
            return cls(day, day)
        if kind == "year":
            first, last = 1, 12
        elif kind == "quarter":
            first = 3 * ((day.month - 1) // 3) + 1
            last = first + 2
        else:
            first = last = day.month
        return cls(date(day.year, last, monthrange(day.year, last)[1]), date(day.year, first, 1))

    @property
    def kind(self) -> PeriodKind:
        """``year``, ``quarter``, ``month`` or ``day``."""
        if self.start == self.end:
            return "day"
        months = self.end.month - self.start.month + 1
        return "year" if months == 12 else "quarter" if months == 3 else "month"

    def shift(self, steps: int) -> Period:
        """The period of the same kind, ``steps`` later (earlier when negative).

        >>> str(Period.parse("2019Q4").shift(-4)), str(Period.parse("2019-12").shift(1))
        ('2018Q4', '2020-01')
        """
        kind = self.kind
        if kind == "day":
            return Period.of("day", self.start + timedelta(days=steps))
        return Period.of(kind, add_months(self.start, steps * _MONTHS[kind]))

    def contains(self, other: Period | date) -> bool:
        """Whether a day or a whole period lies within this one."""
        inner = other if isinstance(other, Period) else Period.of("day", other)
        return self.start <= inner.start and inner.end <= self.end

    def __str__(self) -> str:
        kind = self.kind
        if kind == "year":
            return f"{self.start.year:04d}"
        if kind == "quarter":
            return f"{self.start.year:04d}Q{self.end.month // 3}"
        return self.start.isoformat() if kind == "day" else self.start.isoformat()[:7]


@dataclass(frozen=True, slots=True, order=True)
class Duration:
    """A length of time in whole months.

    >>> Duration.parse("48 months").years
    4.0
    """

    months: int

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read ``48 months``, ``2 quarters`` or ``10 years``.

        Raises:
            InvalidInput: It is none of these.
        """
        match = _DURATION.fullmatch(str(text).strip())
        if match is None:
            raise InvalidInput(
                Problem(
                    Message.of("core.duration.invalid", text=str(text)),
                    Place(""),
                    Message.of("core.duration.mend"),
                    excerpt=str(text),
                )
            )
        return cls(int(match["count"].replace("_", "")) * _MONTHS[match["unit"]])

    @property
    def years(self) -> float:
        """The length in years."""
        return self.months / 12

    def after(self, day: date) -> date:
        """The day that lies this much after ``day``; the last of the month where that day does not exist."""
        return add_months(day, self.months)

    def __str__(self) -> str:
        count, unit = (self.months // 12, "year") if self.months and self.months % 12 == 0 else (self.months, "month")
        return f"{count} {unit}{'' if count == 1 else 's'}"


def add_months(day: date, months: int) -> date:
    """The same day of the month, ``months`` later; the last day of the month where that day does not exist.

    >>> add_months(date(2020, 8, 31), 6)
    datetime.date(2021, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _refuse_period(text: object) -> NoReturn:
    raise InvalidInput(
        Problem(
            Message.of("core.period.invalid", text=str(text)),
            Place(""),
            Message.of("core.period.mend"),
            excerpt=str(text),
        )
    )
