"""A signed deal on a day as a workbook whose formulas count days, room and months again from the figures in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guanzi.base.core import render, said
from guanzi.base.reading import moment, new_workbook
from guanzi.reports.book import BookWriter
from guanzi.reports.monitor_page import MonitorStudy, all_headroom, cited
from guanzi.reports.monitor_tables import unit_of
from guanzi.reports.words import period, say, word

_WIDE = 60


def write_monitor_book(study: MonitorStudy, path: Path, lang: str = "en") -> None:
    """Write the workbook; the file appears whole or not at all, and is the same for the same input.

    Args:
        study: What was found.
        path: The file.
        lang: Language.
    """
    with new_workbook(path, study.view.as_of) as book:
        writer = _Writer(book, study, lang)
        writer.summary()
        writer.headroom()
        writer.milestones()
        writer.facts()


class _Writer(BookWriter):
    """Writes the sheets of one study."""

    WORDS = "monitor"

    def __init__(self, book: Any, study: MonitorStudy, lang: str) -> None:
        super().__init__(book, lang)
        self.study = study
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.number = book.add_format({"num_format": "#,##0.###"})
        self.part = book.add_format({"num_format": "0.0%"})

    def summary(self) -> None:
        """The day, and counts that are counted again from the other sheets."""
        sheet = self.book.add_worksheet(self.title("summary"))
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 1, 16)
        sheet.write_string(0, 0, say("monitor.book.as_of", self.lang), self.bold)
        sheet.write_datetime(0, 1, moment(self.study.view.as_of), self.day)
        milestones, headroom = (self.quoted(name) for name in ("milestones", "headroom"))
        late = sum(m.days_late > 0 and m.state != "verified" for m in self.study.milestones)
        below = sum(
            1
            for _, h in all_headroom(self.study)
            for t in range(len(h.values))
            if h.tested[t] and (room := h.room(t)) is not None and room < 0
        )
        rows = (
            ("late", f'=COUNTIF({milestones}!F2:F1000,">0")', late),
            ("below", f'=COUNTIFS({headroom}!F2:F5000,"<0",{headroom}!H2:H5000,1)', below),
        )
        for row, (name, formula, value) in enumerate(rows, start=1):
            sheet.write_string(row, 0, say(f"monitor.book.{name}", self.lang))
            sheet.write_formula(row, 1, formula, None, value)

    def headroom(self) -> None:
        """Each limit in each step: figure, limit, room and its part of the limit as formulas."""
        heads = ("name", "must", "day", "figure", "limit", "room", "room_part", "tested")
        sheet = self.sheet("headroom", heads, (28, _WIDE, 12, 14, 14, 14, 10, 8))
        seen, at = self.study.examined.seen, 1
        for owner, headroom in all_headroom(self.study):
            words = f"{render(headroom.words, self.lang)} ({unit_of(headroom, self.study.sheet)})"
            for t, value in enumerate(headroom.values):
                if not seen.grid.closes(t):
                    continue
                row = at + 1
                sheet.write_string(at, 0, said(owner, self.lang))
                sheet.write_string(at, 1, words)
                sheet.write_datetime(at, 2, moment(seen.end_of(t)), self.day)
                sheet.write_number(at, 4, headroom.limit, self.number)
                sheet.write_number(at, 7, int(headroom.tested[t]))
                if value is not None:
                    room = headroom.room(t)
                    sheet.write_number(at, 3, value, self.number)
                    rising = headroom.op in (">", ">=")
                    sheet.write_formula(
                        at, 5, f"=D{row}-E{row}" if rising else f"=E{row}-D{row}", self.number, room
                    )  # fmt: skip
                    share = "" if not headroom.limit or room is None else room / abs(headroom.limit)
                    sheet.write_formula(at, 6, f'=IF(E{row}=0,"",F{row}/ABS(E{row}))', self.part, share)
                at += 1

    def milestones(self) -> None:
        """Milestones with the days late as a formula of the day in the first sheet."""
        heads = ("milestone", "due", "promised", "reported", "verified", "days_late", "proof")
        sheet = self.sheet("milestones", heads, (44, 12, 12, 12, 12, 10, _WIDE))
        first = self.quoted("summary")
        for at, m in enumerate(self.study.milestones, start=1):
            claims = m.claims
            days = (m.due, *(None if c is None else c.day for c in (claims.promised, claims.reported, claims.verified)))
            sheet.write_string(at, 0, said(m.name, self.lang))
            for column, day in enumerate(days, start=1):
                if day is not None:
                    sheet.write_datetime(at, column, moment(day), self.day)
            row = at + 1
            formula = f'=IF(OR(B{row}="",E{row}<>""),0,MAX(0,{first}!$B$1-B{row}))'
            sheet.write_formula(at, 5, formula, None, m.days_late)
            sheet.write_string(at, 6, said(m.proof, self.lang))

    def facts(self) -> None:
        """The facts behind it, with their sources."""
        sheet = self.sheet("facts", ("fact", "period", "value", "unit", "known_on", "source"), (40, 14, 16, 14, 12, 60))
        view = self.study.view
        for at, id in enumerate(cited(self.study), start=1):
            fact = view.fact(id)
            sheet.write_string(at, 0, f"{word('fact', fact.name, self.lang)} ({id})")
            sheet.write_string(at, 1, period(str(fact.period), self.lang))
            if isinstance(fact.value, float):
                sheet.write_number(at, 2, fact.value, self.number)
            else:
                sheet.write_string(at, 2, said(str(fact.value), self.lang))
            sheet.write_string(at, 3, fact.unit)
            sheet.write_datetime(at, 4, moment(fact.known_on), self.day)
            source = view.source(fact.source)
            sheet.write_string(at, 5, f"{said(source.publisher, self.lang)}: {said(source.title, self.lang)}")
