"""Series of facts on a grid of quarters or years, and the line through their logarithms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from guanzi.base.core import CalendarKind, Period
from guanzi.record.evidence import MARGINS, View, annual, calendar, margins


@dataclass(frozen=True, slots=True)
class PeriodValue:
    """One period's value and the facts it is made of."""

    period: Period
    value: float
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogTrend:
    """Least-squares line through logarithms.

    Attributes:
        slope: Change of the logarithm per period.
        error: Standard error of the slope.
        scatter: Standard deviation of the residuals.
    """

    slope: float
    error: float
    scatter: float


def quarters(view: View, name: str, subject: str = "company") -> tuple[PeriodValue, ...]:
    """Quarterly values in order, as stated or made of what is stated."""
    return _points(view, name, subject, "quarter")


def current_quarters(view: View, name: str, subject: str = "company") -> tuple[PeriodValue, ...]:
    """Quarterly values in order; none where figures a quarter newer or more are known in another form."""
    found, newest = quarters(view, name, subject), None if name in MARGINS else annual(view, name, subject)
    old = bool(found) and newest is not None and found[-1].period.shift(1).end <= newest.period.end
    return () if old else found


def years(view: View, name: str, subject: str = "company") -> tuple[PeriodValue, ...]:
    """Yearly values in order, as stated or made of what is stated."""
    return _points(view, name, subject, "year")


def last_four(points: Sequence[PeriodValue]) -> tuple[PeriodValue, ...]:
    """The last four quarters if they follow one another; empty otherwise."""
    tail = tuple(points[-4:])
    unbroken = len(tail) == 4 and all(a.period.shift(1) == b.period for a, b in pairwise(tail))
    return tail if unbroken else ()


def facts_of(*groups: Sequence[PeriodValue]) -> tuple[str, ...]:
    """Ids of all facts of some points, each once."""
    return tuple(dict.fromkeys(fact for group in groups for point in group for fact in point.facts))


def fit_logs(values: Sequence[float]) -> LogTrend | None:
    """The line through the logarithms of equally spaced values; None for fewer than four or one not above zero.

    >>> trend = fit_logs([1.0, 2.0, 4.0, 8.0])
    >>> round(trend.slope, 6), round(trend.scatter, 6)
    (0.693147, 0.0)
    """
    n = len(values)
    if n < 4 or min(values) <= 0:
        return None
    logs = [math.log(v) for v in values]
    middle, mean = (n - 1) / 2, sum(logs) / n
    spread = sum((i - middle) ** 2 for i in range(n))
    slope = sum((i - middle) * (y - mean) for i, y in enumerate(logs)) / spread
    squares = sum((y - mean - slope * (i - middle)) ** 2 for i, y in enumerate(logs))
    scatter = math.sqrt(max(squares, 0.0) / (n - 2))
    return LogTrend(slope, scatter / math.sqrt(spread), scatter)


def deviation(values: Sequence[float]) -> float:
    """Standard deviation of a sample; 0 for fewer than two values."""
    if len(values) < 2:
        return 0.0
    mean = sum(values) / len(values)
    return math.sqrt(sum((v - mean) ** 2 for v in values) / (len(values) - 1))


def median(values: Sequence[float]) -> float:
    """Middle value, or the mean of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _points(view: View, name: str, subject: str, kind: CalendarKind) -> tuple[PeriodValue, ...]:
    held = margins(view, name, kind, subject) if name in MARGINS else calendar(view, name, kind, subject)
    return tuple(PeriodValue(r.period, r.value, r.facts) for r in held)
