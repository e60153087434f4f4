"""The calendar of a signed deal: what falls due on which day, from its clauses and from what has happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from statistics import median
from typing import Literal

from guanzi.base.core import Message, Period
from guanzi.deal.terms import (
    SUPPORT,
    DateTest,
    Loan,
    MonthsSince,
    Number,
    Relation,
    TermSheet,
    conditions_of,
    money,
    money_unit,
    payments,
    walk,
)
from guanzi.record.evidence import ACCOUNTS, View, flow_of, own_period, stated_year_ends
from guanzi.study.monitoring.happenings import begun_on
from guanzi.study.monitoring.milestones import OF_MONEY, Milestone
from guanzi.study.monitoring.settlements import Settlement, settled_of, settlements
from guanzi.study.monitoring.warning_rules import Reporting

type EntryKind = Literal["milestone", "expiry", "money", "covenant", "window", "report"]
REPORTS_BEHIND, LEAST_REPORTS = 4, 2
"""Of so many of its newest reports, and of so many at the least, the median makes the usual day; judgement."""
MOST_DELAY = 150
"""A figure that became known more days after its quarter was told in a later report; judgement."""
COUNTED = frozenset({"deliveries"})
"""What is told apart from the accounts, and before them."""
REPORTS_AHEAD = 3
"""Reports of so many quarters stand in the calendar, the running one first."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something that falls on a day.

    Attributes:
        id: Unique in the calendar, and the same in every calendar of the deal.
        kind: A milestone, the day after which an instalment lapses, a day on which a loan is drawn, a loan or a
            guarantee ends or a grant falls due, the day from which a covenant is tested, a day on which the window of a
            right turns, or a report that falls due.
        text: What it is.
        done: It is verified, paid or taken for met by a payment, or its report is there.
        assumed: Its day is assumed: the deal's own was not seen.
    """

    day: date
    id: str
    kind: EntryKind
    text: Message
    done: bool = False
    assumed: bool = False


def calendar_of(
    sheet: TermSheet, view: View, reached: tuple[Milestone, ...], reporting: Reporting
) -> tuple[CalendarEntry, ...]:
    """All entries in the order of their days."""
    clauses = [
        *_milestones(reached, sheet),
        *_money(sheet, settlements(sheet, view)),
        *_answered(sheet),
        *_covenants(sheet),
        *_windows(sheet, view),
    ]
    found = [*clauses, *_reports(sheet, view, reporting)]
    return tuple(sorted(found, key=lambda entry: (entry.day, entry.id)))


def _milestones(reached: tuple[Milestone, ...], sheet: TermSheet) -> Iterator[CalendarEntry]:
    shown = {loan.id for loan in sheet.of(Loan)} | {one.id for one in payments(sheet, *SUPPORT)}  # they stand as money
    for milestone in reached:
        if milestone.id in shown:
            continue
        done = milestone.met
        day = milestone.due or milestone.assumed
        if day is not None:
            simply = milestone.kind in OF_MONEY and milestone.words is None
            said = f"monitoring.calendar.{milestone.kind}"
            text = Message.of(f"{said}.simply" if simply else said, name=milestone.name)
            assumed = milestone.due is None
            text = _worded(text, assumed=assumed)
            yield CalendarEntry(day, f"milestone.{milestone.id}", "milestone", text, done, assumed)
        if milestone.expires is not None:
            text = Message.of("monitoring.calendar.expires", name=milestone.name)
            yield CalendarEntry(milestone.expires, f"expiry.{milestone.id}", "expiry", text, done)


def _money(sheet: TermSheet, settled: Mapping[str, Settlement]) -> Iterator[CalendarEntry]:
    """From which day a loan can be drawn, when it ends if it is, and each day on which something is given."""
    for loan in sheet.of(Loan):
        ends = _months_on(loan.drawn, loan.years * 12.0)
        guessed = sheet.guessed(loan.id), bool({"drawn", "years"} & set(sheet.assumed.get(loan.id, ())))
        for name, day, assumed in (("drawn", loan.drawn, guessed[0]), ("repaid", ends, any(guessed))):
            text = _worded(Message.of(f"monitoring.calendar.{name}", name=sheet.called(loan.id)), assumed=assumed)
            money = settled_of(sheet, settled, loan.id)
            done = name == "drawn" and money is not None and money.completed is not None
            yield CalendarEntry(day, f"money.{loan.id}.{name}", "money", text, done, assumed)
    for id, given in groupby(payments(sheet, *SUPPORT), key=lambda one: one.instrument):
        for number, one in enumerate(given, start=1):
            if one.dated:
                kind = "let_off" if one.nature == "forgone" else "given"
                text = _worded(Message.of(f"monitoring.calendar.{kind}", name=sheet.called(id)), assumed=not one.agreed)
                done = settled[one.id].completed is not None
                yield CalendarEntry(one.due, f"money.{id}.{number}", "money", text, done, not one.agreed)


def _answered(sheet: TermSheet) -> Iterator[CalendarEntry]:
    """The last day on which a guarantee can be called."""
    for one in payments(sheet, "contingent"):
        if one.failed and one.expires is not None:
            most = None if one.high is None else money(one.high, money_unit(sheet.currency, sheet.unit))
            text = Message.of("monitoring.calendar.answered", name=sheet.called(one.id), most=most)
            yield CalendarEntry(one.expires, f"money.{one.id}.ends", "money", text)


def _worded(entry: Message, *, assumed: bool) -> Message:
    """An entry; that its day is assumed and no day of the deal is said with it."""
    return Message.of("monitoring.calendar.assumed", entry=entry) if assumed else entry


def _covenants(sheet: TermSheet) -> Iterator[CalendarEntry]:
    for covenant in sheet.covenants:
        if covenant.start is not None:
            text = Message.of("monitoring.calendar.covenant", name=sheet.called(f"covenant.{covenant.id}"))
            yield CalendarEntry(covenant.start, f"covenant.{covenant.id}", "covenant", text)


def _windows(sheet: TermSheet, view: View) -> Iterator[CalendarEntry]:
    """Days on which what a condition says of time turns: months since a payment that was made or is due, fixed days."""
    dues = {f.asked: f.due for f in sheet.flows() if f.nature == "invested"} | {e.id: e.due for e in sheet.events}
    dues |= {p.id: p.due for p in sheet.promises}
    begun = begun_on(sheet, view)
    seen: set[tuple[str, date]] = set()
    names = {id(asked.condition): item.id for kind, item in sheet.items() for asked in kind.asked(item)}
    for condition in conditions_of(sheet):
        name = names.get(id(condition))
        if name is None:
            continue
        for x in walk(condition.tree):
            day = None
            match x:
                case Relation(left=MonthsSince(target=target), right=Number(value=months)) if target in dues:
                    day = _months_on(begun.get(target, dues[target]), months)
                case DateTest(date=text):
                    day = date.fromisoformat(text)
            if day is not None and (name, day) not in seen:
                seen.add((name, day))
                message = Message.of("monitoring.calendar.window", right=sheet.called(name))
                yield CalendarEntry(day, f"window.{name}.{day.isoformat()}", "window", message)


def _months_on(day: date, months: float) -> date:
    month = day.year * 12 + day.month - 1 + int(months)
    last = Period.of("month", date(month // 12, month % 12 + 1, 1)).end
    return last.replace(day=min(day.day, last.day))


def _reports(sheet: TermSheet, view: View, reporting: Reporting) -> Iterator[CalendarEntry]:
    """Reports of the company's own quarters due since the newest that is held, and to come, on their usual days.

    Where its usual day is not known, a judgement stands for it; that of a year only where its end is told.
    """
    delays, told = _own_delays(view), stated_year_ends(view)
    ends = told or 12
    usual = round(median(delays)) if len(delays) >= LEAST_REPORTS else None
    today = own_period(view.as_of, 3, ends)
    own = [fact.period for fact in view.facts if fact.subject == "company" and flow_of(fact.name) in ACCOUNTS]
    newest = max((period.end for period in own if period.end <= view.as_of), default=sheet.signed - timedelta(days=1))
    period, last = own_period(newest + timedelta(days=1), 3, ends), today.shift(REPORTS_AHEAD - 1)
    if today.shift(-1).end >= sheet.signed:
        period = min(period, today.shift(-1))
    while period <= last:
        closes, quarter = period.end.month == told, _quarter(period, ends)
        if usual is None:
            days = int((reporting.year_days if closes else reporting.quarter_days).value)
            text = Message.of("monitoring.calendar.report.assumed", quarter=quarter, days=days)
        else:
            days, text = usual, Message.of("monitoring.calendar.report", quarter=quarter, n=len(delays))
        day, there = period.end + timedelta(days=days), any(one.end == period.end for one in own)
        if closes:
            text = Message.of("monitoring.calendar.report.year", entry=text, year=str(own_period(period.end, 12, ends)))
        yield CalendarEntry(day, f"report.{period}", "report", text, there)
        period = period.shift(1)


def _quarter(period: Period, ends: int) -> Message:
    """A quarter; by its months where the company's first quarter is not that of the calendar."""
    if ends == 12:
        return Message.of("monitoring.calendar.quarter", quarter=str(period))
    first, last = (Period.of("month", day) for day in (period.start, period.end))
    return Message.of("monitoring.calendar.months", first=str(first), last=str(last))


def _own_delays(view: View) -> tuple[int, ...]:
    """Days from the end of a quarter to its accounts, of the newest reports of the company.

    What one source tells on one day is one report, of its newest quarter: the quarters before that stand in it to be
    compared.
    """
    first: dict[Period, tuple[date, str]] = {}
    for fact in sorted(view.facts, key=lambda fact: (fact.known_on, fact.id)):
        if fact.subject == "company" and fact.period.months == 3 and flow_of(fact.name) in ACCOUNTS - COUNTED:
            first.setdefault(fact.period, (fact.known_on, fact.source))
    newest = {report: period for period, report in sorted(first.items())}
    delays = [(known - period.end).days for (known, _), period in sorted(newest.items(), key=lambda x: x[1])]
    return tuple(days for days in reversed(delays) if 0 < days <= MOST_DELAY)[:REPORTS_BEHIND]
