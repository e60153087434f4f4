"""A fund on a day as a workbook whose formulas add its headline figures up again, beside those of Guanzi."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from guanzi.advice.following import FundRow, QuarterCall
from guanzi.base.core import said
from guanzi.base.reading import moment, new_workbook
from guanzi.reports.book import BookWriter
from guanzi.reports.fund_page import AHEAD, FundStudy, member_name
from guanzi.reports.words import period, say

_TIED, _FREE = 1, 0
_CALL = "calls"


def write_fund_book(study: FundStudy, path: Path, lang: str = "en") -> None:
    """Write the workbook; the file appears whole or not at all, and is the same for the same input.

    Args:
        study: What was found.
        path: The file.
        lang: Language.
    """
    with new_workbook(path, study.as_of) as book:
        writer = _Writer(book, study, lang)
        writer.headline()
        writer.deals()
        writer.payments()
        writer.calls()
        writer.shares()
        writer.losses()


class _Writer(BookWriter):
    """Writes the sheets of one fund."""

    WORDS = "fund"

    def __init__(self, book: Any, study: FundStudy, lang: str) -> None:
        super().__init__(book, lang)
        self.study, self.found = study, study.found
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.number = book.add_format({"num_format": "#,##0.00", "valign": "top"})
        self.part = book.add_format({"num_format": "0.0%", "valign": "top"})
        self.index = book.add_format({"num_format": "0.0000", "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.planned = [(row, one) for row in self.found.rows for one in row.payments]

    def headline(self) -> None:
        """Headline figures by formula, beside those of Guanzi, and how each is made."""
        sheet = self.sheet("headline", ("what", "formula", "says", "difference", "how"), (48, 18, 18, 14, 70))
        rows = (*self._sums(), *self._ahead(), *self._spread(), *self._loss())
        for at, (name, formula, style, value) in enumerate(rows, start=1):
            sheet.write_string(at, 0, say(f"fund.book.row.{name}", self.lang), self.wrap)
            sheet.write_formula(at, 1, formula, style, value)
            sheet.write_number(at, 2, value, style)
            sheet.write_formula(at, 3, f"=B{at + 1}-C{at + 1}", style, 0)
            sheet.write_string(at, 4, say(f"fund.book.how.{name.partition('.')[0]}", self.lang), self.wrap)
        at = len(rows) + 2
        sheet.write_string(at, 0, say("fund.book.as_of", self.lang))
        sheet.write_datetime(at, 1, moment(self.study.as_of), self.day)
        self.book.define_name("as_of", f"={self.quoted('headline')}!$B${at + 1}")
        sheet.write_string(at + 1, 0, say("fund.book.unit", self.lang, currency=self.found.currency))
        unseen = sum(len(row.unknown) for row in self.found.rows)
        if unseen:
            sheet.write_string(at + 2, 0, say("fund.book.unseen", self.lang, n=unseen), self.wrap)

    def _sums(self) -> Iterator[tuple[str, str, Any, float]]:
        rows = self.found.rows
        for name, column in (("planned", "D"), ("before", "E"), ("bound", "F"), ("due", "G")):
            yield name, f"=SUM({self._deals(column)})", self.number, sum(getattr(row, name) for row in rows)
        planned = sum(row.planned for row in rows)
        if planned > 0.0:
            yield "bound_share", "=B4/B2", self.part, sum(row.bound for row in rows) / planned
        told = [row for row in rows if row.paid is not None]
        if told:
            paid, back = sum(row.paid or 0.0 for row in told), sum(row.returned or 0.0 for row in told)
            columns = self._deals("I"), self._deals("J")
            yield "paid", f"=SUM({columns[0]})", self.number, paid
            yield "returned", f"=SUM({columns[1]})", self.number, back
            yield "outstanding", f"=SUM({columns[0]})-SUM({columns[1]})", self.number, paid - back

    def _ahead(self) -> Iterator[tuple[str, str, Any, float]]:
        ahead = [call for call in self.found.calls if call.mean is not None]
        if not ahead:
            return
        place, near = self.column(_CALL, "I", len(self.found.calls)), ahead[:AHEAD]
        for name, letter in (("mean", "F"), ("planned", "D")):
            column = self.column(_CALL, letter, len(self.found.calls))
            value = sum(getattr(call, name) or 0.0 for call in near)
            yield f"ahead_{name}", f'=SUMIFS({column},{place},">=1",{place},"<={AHEAD}")', self.number, value
        dearest = max(call.mean or 0.0 for call in ahead)
        yield "dearest", f"=MAX({self.column(_CALL, 'F', len(self.found.calls))})", self.number, dearest

    def _spread(self) -> Iterator[tuple[str, str, Any, float]]:
        first = 2
        for part in self.found.shares:
            if part.herfindahl is None or part.effective is None:
                continue
            column = f"{self.quoted('shares')}!$D${first}:$D${first + len(part.shares) - 1}"
            first += len(part.shares)
            yield f"herfindahl.{part.by}", f"=SUMSQ({column})", self.index, part.herfindahl
            yield f"effective.{part.by}", f"=1/SUMSQ({column})", self.number, part.effective

    def _loss(self) -> Iterator[tuple[str, str, Any, float]]:
        tail = self.found.tail
        if tail is None:
            return
        for name, letter in (("mean", "B"), ("exceeded", "C"), ("worst", "D")):
            column = self.column("losses", letter, len(tail.own))
            yield f"loss_{name}", f"=SUM({column})", self.number, getattr(tail.together, name)

    def deals(self) -> None:
        """Each deal: planned sums from the payments, facts, and what is expected."""
        heads = ("deal", "company", "region", "planned", "before", "bound", "due", "unseen", "paid", "returned", "sale",
                 "calls", "back", "stake")  # fmt: skip
        sheet = self.sheet("deals", heads, (36, 24, 18, *(14,) * 11))
        names, amounts, tied, dues = (self._payments(letter) for letter in "ADEC")
        for at, row in enumerate(self.found.rows, start=1):
            own = f"{names},$A{at + 1}"
            sheet.write_string(at, 0, self._title(row))
            sheet.write_string(at, 1, member_name(self.study, "company", row.company, self.lang))
            sheet.write_string(at, 2, member_name(self.study, "region", row.region, self.lang))
            formulas = (
                (f"=SUMIFS({amounts},{own})", row.planned),
                (f"=SUMIFS({amounts},{own},{tied},{_FREE})", row.before),
                (f"=SUMIFS({amounts},{own},{tied},{_TIED})", row.bound),
                (f'=SUMIFS({amounts},{own},{dues},"<="&as_of)', row.due),
                (f'=COUNTIFS({own},{amounts},"")', float(len(row.unknown))),
            )
            for column, (formula, value) in enumerate(formulas, start=3):
                sheet.write_formula(at, column, formula if self.planned else "=0", self.number, value)
            given = (row.paid, row.returned, row.sale, row.expected_calls, row.expected_back, row.expected_stake)
            self._write_known(sheet, at, 8, given)

    def payments(self) -> None:
        """Each planned payment in cash, from the term sheets."""
        sheet = self.sheet("payments", ("deal", "payment", "due", "amount", "tied"), (36, 18, 12, 16, 14))
        for at, (row, one) in enumerate(self.planned, start=1):
            sheet.write_string(at, 0, self._title(row))
            sheet.write_string(at, 1, one.id)
            sheet.write_datetime(at, 2, moment(one.due), self.day)
            self._write_known(sheet, at, 3, (one.amount,))
            sheet.write_number(at, 4, _TIED if one.tied else _FREE)

    def calls(self) -> None:
        """Each quarter: what is planned from the payments, what was paid, and what is expected."""
        heads = ("quarter", "first", "last", "plan", "paid", "mean", "low", "high", "place")
        sheet = self.sheet(_CALL, heads, (14, 12, 12, *(14,) * 5, 12))
        amounts, dues = self._payments("D"), self._payments("C")
        ahead = [call.period for call in self.found.calls if call.mean is not None]
        for at, call in enumerate(self.found.calls, start=1):
            sheet.write_string(at, 0, period(str(call.period), self.lang))
            sheet.write_datetime(at, 1, moment(call.period.start), self.day)
            sheet.write_datetime(at, 2, moment(call.period.end), self.day)
            formula = f'=SUMIFS({amounts},{dues},">="&B{at + 1},{dues},"<="&C{at + 1})'
            sheet.write_formula(at, 3, formula if self.planned else "=0", self.number, call.planned)
            self._write_known(sheet, at, 4, _expected(call))
            if call.mean is not None:
                sheet.write_number(at, 8, ahead.index(call.period) + 1)

    def shares(self) -> None:
        """Whose the planned money is: by company, industry and region."""
        sheet = self.sheet("shares", ("by", "name", "planned", "share"), (18, 36, 16, 14))
        total, at = sum(row.planned for row in self.found.rows), 0
        for part in self.found.shares:
            for code, share in part.shares:
                at += 1
                sheet.write_string(at, 0, say(f"fund.head.{part.by}", self.lang))
                sheet.write_string(at, 1, member_name(self.study, part.by, code, self.lang))
                cells = [
                    f"{self.quoted('deals')}!$D${n}"
                    for n, row in enumerate(self.found.rows, start=2)
                    if str(getattr(row, part.by)) == code
                ]
                sheet.write_formula(at, 2, f"={'+'.join(cells)}", self.number, share * total)
                sheet.write_formula(at, 3, f"=C{at + 1}/SUM({self._deals('D')})", self.part, share)

    def losses(self) -> None:
        """What each deal may lose by itself; if all fail together, these add up."""
        sheet = self.sheet("losses", ("deal", "loss_mean", "exceeded", "worst"), (36, 16, 16, 20))
        tail = self.found.tail
        titles = {row.id: self._title(row) for row in self.found.rows}
        for at, (id, own) in enumerate(zip(tail.deals, tail.own, strict=True) if tail else (), start=1):
            sheet.write_string(at, 0, titles[id])
            self._write_known(sheet, at, 1, (own.mean, own.exceeded, own.worst))

    def _title(self, row: FundRow) -> str:
        """A deal as the formulas know it: two deals of one title are told apart by their id."""
        title = said(row.title, self.lang)
        alike = sum(said(other.title, self.lang) == title for other in self.found.rows)
        return title if alike == 1 else f"{title} ({row.id})"

    def _write_known(self, sheet: Any, at: int, column: int, values: Sequence[float | None]) -> None:
        """Numbers side by side; what is not known stays empty, and no formula counts it."""
        for place, value in enumerate(values, start=column):
            if value is not None:
                sheet.write_number(at, place, value, self.number)

    def _deals(self, letter: str) -> str:
        return self.column("deals", letter, len(self.found.rows))

    def _payments(self, letter: str) -> str:
        return self.column("payments", letter, len(self.planned))


def _expected(call: QuarterCall) -> tuple[float | None, ...]:
    return call.paid, call.mean, call.low, call.high
