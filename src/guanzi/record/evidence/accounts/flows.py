"""Flows of a company's accounts: the newest months that are known, told for twelve months.

A flow (loss, sales, volume, cash flow) is entered for a year, a half, a quarter, a month, a span of months, or from
January to a day. What is not stated follows from what is: a year is the sum of its quarters entered apart, a fourth
quarter what is left of the year after nine months. The newest months that are known count, however they came; a figure
that newer accounts should have replaced by the day of the view is *stale*, and is said to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from heapq import heappop, heappush
from typing import Literal

from guanzi.base.core import DAYS_OF_YEAR, CalendarKind, Duration, Message, Period
from guanzi.record.evidence.accounts.forms import FORMS, names_of
from guanzi.record.evidence.accounts.reporting import LEAST_MONTHS, awaited_by, awaited_of
from guanzi.record.evidence.held import OWN_SUBJECTS, Reading, figure_of, reading_of
from guanzi.record.evidence.view import View

type Form = Literal["stated", "summed", "rolled", "annualised"]

_TO_DATE = "_to_date"


@dataclass(frozen=True, slots=True)
class AnnualFigure:
    """The newest known figure of a flow, told for twelve months.

    Attributes:
        value: Of twelve months, in the currency of the case when it is money (millions).
        amount: Of the months that it was read from.
        period: These months: the newest that are known.
        form: ``stated`` for a year, ``summed`` from parts of a year entered apart, ``rolled`` by taking one period from
            another, ``annualised`` from more or fewer than twelve months by their number.
        facts: Ids of the facts behind it.
        awaited: First day on which newer accounts should have been out.
    """

    value: float
    amount: float
    period: Period
    form: Form
    facts: tuple[str, ...]
    awaited: date

    def stale(self, day: date) -> bool:
        """Whether newer accounts should have been out by a day."""
        return day >= self.awaited

    @property
    def opposite(self) -> AnnualFigure:
        """The same as a profit where it is a loss, as cash spent where it is cash that came in."""
        return replace(self, value=-self.value, amount=-self.amount)

    def as_message(self, currency: str) -> Message:
        """The amount with its months; with what it makes a year where they are more or fewer than twelve."""
        id = f"evidence.annual.{self.form}"
        return Message.of_money(currency, id, amount=self.amount, period=str(self.period), value=self.value)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Months whose figure is stated: from a day up to the day after the last."""

    start: date
    stop: date
    reading: Reading


class _Pieces:
    """The months of which a flow is stated, each once, in the order of their ends."""

    def __init__(self, stated: Iterable[_Piece]) -> None:
        self.all = sorted(stated, key=lambda piece: (piece.stop, piece.start))
        self.steps: dict[date, list[tuple[int, date]]] = {}
        for number, piece in enumerate(self.all, start=1):
            self.steps.setdefault(piece.start, []).append((number, piece.stop))
            self.steps.setdefault(piece.stop, []).append((-number, piece.start))

    def before(self, day: date) -> _Pieces:
        """Those that stop before a day or on it."""
        return _Pieces(piece for piece in self.all if piece.stop <= day)


def months_of(period: Period) -> float:
    """Months of a period; one that ends within a month counts the days of it."""
    following = period.end + timedelta(days=1)
    whole = 12 * (following.year - period.start.year) + following.month - period.start.month
    return whole + (following.day - period.start.day) / (DAYS_OF_YEAR / 12)


def over(view: View, flow: str, period: Period, subject: str = "company") -> Reading | None:
    """A flow over exactly these months: as stated, or made of what is stated; None: not known."""
    found = _between(_pieces(view, flow, subject), period.start, period.end + timedelta(days=1))
    return None if found is None else found[0]


def annual(view: View, flow: str, subject: str = "company") -> AnnualFigure | None:
    """The newest known figure of a flow for twelve months; None: nothing is held in any form."""
    found = _newest(_pieces(view, flow, subject))
    if found is None or subject != "company":
        return found
    return replace(found, awaited=min(found.awaited, awaited_of(view, found.period)))


def annual_before(view: View, flow: str, figure: AnnualFigure, subject: str = "company") -> AnnualFigure | None:
    """What a figure is compared with: the same months of the year before; else the newest before, whole years first.

    A whole year may reach into the months that it is compared with, if it ended a quarter before them; what ended more
    than a year before them is of another time.
    """
    pieces, stop = _pieces(view, flow, subject), figure.period.end + timedelta(days=1)
    earlier = Period(_year_back(figure.period.end), _year_back(figure.period.start))
    same = _between(pieces, earlier.start, earlier.end + timedelta(days=1))
    if same is not None:
        return _as_annual(earlier, same, pieces)
    for day in sorted(pieces.steps, reverse=True):
        if day <= Duration(-LEAST_MONTHS).after(stop) and day > figure.period.start:
            year = _between(pieces, Duration(-12).after(day), day)
            if year is not None:
                return _as_annual(year[0].period, year, pieces)
    before = _newest(pieces.before(figure.period.start))
    recent = before is not None and before.period.end >= _year_back(figure.period.start) - timedelta(days=1)
    return before if recent else None


def annual_at(view: View, flow: str, end: date, subject: str = "company") -> AnnualFigure | None:
    """A flow of the twelve months that end on a day, or of those of them that are known, told for twelve."""
    pieces = _pieces(view, flow, subject)
    return _ending(pieces, end + timedelta(days=1))


def year_to(view: View, flow: str, end: date, subject: str = "company") -> Reading | None:
    """As :func:`annual_at`: the value of the year, with the months that it was read from."""
    found = annual_at(view, flow, end, subject)
    return None if found is None else Reading(found.value, found.period, found.facts)


def together(view: View, *flows: str, subject: str = "company") -> tuple[Reading, ...] | None:
    """Several flows over the same months, in their order: the newest twelve that all are known of, else the most below.

    The amounts are those of the months, so that one can be divided by another.
    """
    return next(shared_months(view, *flows, subject=subject), None)


def shared_months(view: View, *flows: str, subject: str = "company") -> Iterator[tuple[Reading, ...]]:
    """As :func:`together`, and after the newest months those before them; parts of a quarter come last."""
    sets = [_pieces(view, flow, subject) for flow in flows]
    days = set.intersection(*(set(pieces.steps) for pieces in sets))
    short: list[tuple[Reading, ...]] = []
    for stop in sorted(days, reverse=True):
        year = Duration(-12).after(stop)
        for start in (year, *sorted(day for day in days if year < day < stop)):
            held = [item[0] for pieces in sets if (item := _between(pieces, start, stop)) is not None]
            if len(held) == len(sets):
                if months_of(held[0].period) >= LEAST_MONTHS:
                    yield tuple(held)
                else:
                    short.append(tuple(held))
                break
    yield from short


def calendar(view: View, flow: str, kind: CalendarKind = "year", subject: str = "company") -> tuple[Reading, ...]:
    """A flow in every year (or half, or quarter) in which it is known: stated, or made of what is stated."""
    pieces = _pieces(view, flow, subject)
    if not pieces.all:
        return ()
    found: list[Reading] = []
    last = pieces.all[-1].stop - timedelta(days=1)
    period = Period.of(kind, min(piece.start for piece in pieces.all))
    while period.end <= last:
        held = _between(pieces, period.start, period.end + timedelta(days=1))
        if held is not None:
            found.append(held[0])
        period = period.shift(1)
    return tuple(found)


def total_known(view: View, flow: str, subject: str = "company") -> Reading | None:
    """All that is known of a flow, each month once, with the last period in it; None: nothing is held in any form."""
    counted: list[_Piece] = []
    for piece in sorted(_pieces(view, flow, subject).all, key=lambda piece: (piece.start - piece.stop, piece.stop)):
        if all(piece.stop <= other.start or piece.start >= other.stop for other in counted):
            counted.append(piece)
    if not counted:
        return None
    readings = [piece.reading for piece in sorted(counted, key=lambda piece: piece.stop)]
    facts = tuple(dict.fromkeys(fact for reading in readings for fact in reading.facts))
    return Reading(sum(reading.value for reading in readings), readings[-1].period, facts)


def best_year(view: View, flow: str) -> Reading | None:
    """The year of the calendar with the largest figure; the latest of equal ones."""
    return max(calendar(view, flow), key=lambda r: (r.value, r.period), default=None)


def stated(view: View, flow: str, subject: str = "company") -> tuple[Reading, ...]:
    """A flow as it is stated, over whatever months, in the order of their ends."""
    return tuple(piece.reading for piece in _pieces(view, flow, subject).all)


def _pieces(view: View, flow: str, subject: str) -> _Pieces:
    return view.once(_stated_pieces, flow, subject)


def _stated_pieces(view: View, flow: str, subject: str) -> _Pieces:
    """What is stated of a flow; amounts of another company in one currency stay in it: they are compared by ratio."""
    found: dict[tuple[date, date], _Piece] = {}
    units = {fact.unit for name in names_of(flow) for fact in view.named(name, subject)}
    as_stated = subject not in OWN_SUBJECTS and len(units) == 1
    for name, sign in FORMS.get(flow, ((flow, 1),)):
        for period in dict.fromkeys(fact.period for fact in view.named(name, subject)):
            held = view.resolve(name, subject, period)
            reading = figure_of(held) if as_stated else reading_of(view, held)
            if reading is None:
                continue
            told = _year_to_date(period) if name.endswith(_TO_DATE) else period
            if not told.months:
                continue
            stop = told.end + timedelta(days=1)
            piece = _Piece(told.start, stop, Reading(sign * reading.value, told, reading.facts))
            found.setdefault((told.start, stop), piece)
    return _Pieces(found.values())


def _year_to_date(period: Period) -> Period:
    """From January to a day; a figure that names its months is of these."""
    return period if period.months else Period(period.end, date(period.end.year, 1, 1))


def _newest(pieces: _Pieces) -> AnnualFigure | None:
    """The newest months; less than a quarter counts only where nothing longer ended within a year before."""
    shortest: AnnualFigure | None = None
    stops = sorted({piece.stop for piece in pieces.all}, reverse=True)
    for stop in (stop for stop in stops if stop >= Duration(-12).after(stops[0])):
        figure = _ending(pieces, stop)
        if figure is not None:
            if figure.form != "annualised" or months_of(figure.period) >= LEAST_MONTHS:
                return figure
            shortest = shortest or figure
    return shortest


def _ending(pieces: _Pieces, stop: date) -> AnnualFigure | None:
    """Twelve months that end on a day, else the most months below that are known, else the fewest above."""
    year = Duration(-12).after(stop)
    starts = sorted(day for day in pieces.steps if day < stop)
    below, above = [s for s in starts if s > year], [s for s in reversed(starts) if s < year]
    for start in (year, *below, *above):
        held = _between(pieces, start, stop)
        if held is not None:
            return _as_annual(Period(stop - timedelta(days=1), start), held, pieces)
    return None


def _as_annual(period: Period, held: tuple[Reading, Form], pieces: _Pieces) -> AnnualFigure:
    reading, form = held
    months = months_of(period)
    form = form if months == 12 else "annualised"
    ends = [piece.reading.period for piece in pieces.all if piece.reading.period.end == period.end]
    longest = max(ends, key=lambda p: p.months, default=period)
    return AnnualFigure(12 / months * reading.value, reading.value, period, form, reading.facts, awaited_by(longest))


def _between(pieces: _Pieces, start: date, stop: date) -> tuple[Reading, Form] | None:
    """A flow between two days, from the fewest stated figures, with none taken away where that can be."""
    waiting: list[tuple[int, int, tuple[int, ...], date]] = [(0, 0, (), start)]
    seen: set[date] = set()
    while waiting:
        taken, count, way, day = heappop(waiting)
        if day == stop:
            return _joined(pieces, way, Period(stop - timedelta(days=1), start))
        if day in seen:
            continue
        seen.add(day)
        for step, after in pieces.steps.get(day, ()):
            if after not in seen:
                heappush(waiting, (taken + (step < 0), count + 1, (*way, step), after))
    return None


def _joined(pieces: _Pieces, way: tuple[int, ...], period: Period) -> tuple[Reading, Form] | None:
    """The sum along a way; None where parts are more than their whole: they do not belong together."""
    parts = [(pieces.all[abs(step) - 1].reading, 1 if step > 0 else -1) for step in way]
    value = sum(sign * reading.value for reading, sign in parts)
    if value < 0 and all(reading.value >= 0 for reading, _ in parts):
        return None
    facts = tuple(dict.fromkeys(fact for reading, _ in parts for fact in reading.facts))
    form: Form = "stated" if len(way) == 1 else "summed" if all(sign > 0 for _, sign in parts) else "rolled"
    return Reading(value, period, facts), form


def _year_back(day: date) -> date:
    """A year before; the end of a month stays one."""
    following = day + timedelta(days=1)
    return Duration(-12).after(following) - timedelta(days=1) if following.day == 1 else Duration(-12).after(day)
