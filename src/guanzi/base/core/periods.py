"""Periods of the calendar (year, half, quarter, month, day, or a span of months) and durations ("48 months")."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NoReturn

from guanzi.base.core.errors import InvalidInput, Place, Problem
from guanzi.base.core.messages import Message

DAYS_OF_YEAR = 365.25
"""Days of a year on average, by which days between two dates become years."""

type PeriodKind = Literal["year", "half", "quarter", "month", "day", "span"]
type CalendarKind = Literal["year", "half", "quarter", "month", "day"]

_PERIOD = re.compile(r"(?P<year>\d{4})(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_SPAN = re.compile(r"(\d{4}(?:-\d{2})?)/(\d{4}(?:-\d{2})?)")
_AS_WRITTEN = (
    (r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})", "{y}-{m:02}-{d:02}"),
    (r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日", "{y}-{m:02}-{d:02}"),
    (r"(?P<m>\d{1,2})[./](?P<y>\d{4})", "{y}-{m:02}"),
    (r"(?P<y>\d{4})年(?P<m>\d{1,2})月", "{y}-{m:02}"),
    (r"(?i)Q(?P<q>[1-4])[ /-]?(?P<y>\d{4})", "{y}Q{q}"),
    (r"(?i)(?P<y>\d{4})[ /-]Q(?P<q>[1-4])", "{y}Q{q}"),
    (r"(?P<y>\d{4})年", "{y}"),
)
"""Days and periods as people write them, and as they are written here; a day between slashes could be a month."""
_DURATION = re.compile(r"(?P<count>[0-9][0-9_]*)\s*(?P<unit>month|quarter|year)s?")
_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}
_KINDS: dict[int, PeriodKind] = {1: "month", 3: "quarter", 6: "half", 12: "year"}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar year, half, quarter, month, a span of whole months, or a day (the form of figures "as at").

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
        """Read ``2019``, ``2019H1``, ``2019Q4``, ``2019-06`` or ``2019-12-31``; a date is a day, a whole number a year.

        A span of months or years has a stroke: ``2019-01/2019-09`` are nine months, ``2021/2023`` three years.

        Raises:
            InvalidInput: It is none of these.
        """
        if isinstance(text, bool):
            _refuse_period(text)
        if isinstance(text, date):
            return cls.of("day", text)
        if (span := _SPAN.fullmatch(str(text).strip())) is not None:
            first, last = cls.parse(span[1]), cls.parse(span[2])
            if len(span[1]) != len(span[2]) or not first.start < last.start:
                _refuse_period(text)
            return cls(last.end, first.start)
        match = _PERIOD.fullmatch(str(text).strip())
        if match is None:
            _refuse_period(text)
        year, month, day = int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)
        kind: CalendarKind = "year"
        if match["quarter"]:
            kind, month = "quarter", 3 * int(match["quarter"]) - 2
        elif match["half"]:
            kind, month = "half", 6 * int(match["half"]) - 5
        elif match["month"]:
            kind = "day" if match["day"] else "month"
        try:
            return cls.of(kind, date(year, month, day))
        except ValueError:
            _refuse_period(text)

    @classmethod
    def of(cls, kind: CalendarKind, day: date) -> Period:
        """The year, half, quarter, month or day that contains ``day``."""
        if isinstance(day, datetime):
            day = day.date()
        if kind == "day":
            return cls(day, day)
        if kind == "year":
            first, last = 1, 12
        elif kind in ("half", "quarter"):
            length = 6 if kind == "half" else 3
            first = length * ((day.month - 1) // length) + 1
            last = first + length - 1
        else:
            first = last = day.month
        return cls(date(day.year, last, monthrange(day.year, last)[1]), date(day.year, first, 1))

    @property
    def kind(self) -> PeriodKind:
        """``year``, ``half``, ``quarter``, ``month`` or ``day``; ``span`` for any other row of whole months."""
        if self.start == self.end:
            return "day"
        kind = _KINDS.get(self.months, "span")
        return kind if (self.start.month - 1) % self.months == 0 else "span"

    @property
    def months(self) -> int:
        """Whole months that it lasts; 0 for a day.

        >>> Period.parse("2019-01/2019-09").months, Period.parse("2019H2").months
        (9, 6)
        """
        if self.start == self.end:
            return 0
        return 12 * (self.end.year - self.start.year) + self.end.month - self.start.month + 1

    @classmethod
    def until(cls, end: date, months: int) -> Period:
        """The whole months that end with the month of a day.

        >>> str(Period.until(date(2019, 9, 30), 9)), str(Period.until(date(2023, 2, 28), 3))
        ('2019-01/2019-09', '2022-12/2023-02')
        """
        return cls(cls.of("month", end).end, add_months(cls.of("month", end).start, 1 - months))

    def shift(self, steps: int) -> Period:
        """The period of the same kind, ``steps`` later (earlier when negative).

        >>> str(Period.parse("2019Q4").shift(-4)), str(Period.parse("2019-12").shift(1))
        ('2018Q4', '2020-01')
        """
        kind = self.kind
        if kind == "day":
            return Period.of("day", self.start + timedelta(days=steps))
        start = add_months(self.start, steps * self.months)
        return Period(add_months(start, self.months) - timedelta(days=1), start)

    def contains(self, other: Period | date) -> bool:
        """Whether a day or a whole period lies within this one."""
        inner = other if isinstance(other, Period) else Period.of("day", other)
        return self.start <= inner.start and inner.end <= self.end

    def __str__(self) -> str:
        kind = self.kind
        if kind == "year":
            return f"{self.start.year:04d}"
        if kind in ("half", "quarter"):
            return f"{self.start.year:04d}{kind[0].upper()}{self.end.month // self.months}"
        if kind == "day":
            return self.start.isoformat()
        if kind == "month":
            return self.start.isoformat()[:7]
        digits = 4 if (self.start.month, self.end.month) == (1, 12) else 7
        return f"{self.start.isoformat()[:digits]}/{self.end.isoformat()[:digits]}"


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


def _meant(text: str) -> Message | None:
    """What a period that is written as people write it is called here; None where that is not clear."""
    if match := re.fullmatch(r"(?i)(?:FY|GJ|财年) ?(\d{4})|(\d{4}) ?(?:财年|FY)", text):
        year = int(match[1] or match[2])
        return Message.of("core.period.business_year", year=str(year), following=str(year + 1))
    for pattern, form in _AS_WRITTEN:
        if match := re.fullmatch(pattern, text):
            parts = {name: int(value) for name, value in match.groupdict().items()}
            return Message.of("core.period.meant", period=form.format(**parts))
    return None


def _refuse_period(text: object) -> NoReturn:
    raise InvalidInput(
        Problem(
            Message.of("core.period.invalid", text=str(text)),
            Place(""),
            _meant(" ".join(str(text).split())) or Message.of("core.period.mend"),
            excerpt=str(text),
        )
    )
