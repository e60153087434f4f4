"""The money of a deal as a workbook whose formulas compute headline figures again, beside those of the appraisal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from guanzi.advice.appraisal import Appraisal, Instalment
from guanzi.base.core import said
from guanzi.base.reading import moment, new_workbook
from guanzi.reports.book import BookWriter
from guanzi.reports.words import say

MONTHS = 12
_TIED, _FREE = 1, 0


@dataclass(frozen=True, slots=True)
class DealMoney:
    """What is planned, as the term sheet says, and at which rate it is discounted.

    Attributes:
        payments: Planned payments of public parties, amounts in millions of the currency of the case.
        parties: Id and name of each public party.
        own: Id of the party whose payments burden the budget.
        hurdle: Annual rate of the playbook.
    """

    payments: tuple[Instalment, ...]
    parties: tuple[tuple[str, str], ...]
    own: str
    hurdle: float


def money_book(appraisal: Appraisal, money: DealMoney, lang: str = "en") -> bytes:
    """The workbook: headline figures, years, payments; the same bytes for the same input.

    Args:
        appraisal: What the figures are of.
        money: Planned payments and the rate.
        lang: Language.
    """
    buffer = BytesIO()
    with new_workbook(buffer, appraisal.as_of) as book:
        writer = _Writer(book, appraisal, money, lang)
        writer.headline()
        writer.years_sheet()
        writer.payments_sheet()
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Part:
    """What one party pays of an instalment; None: nothing is known of it."""

    payment: Instalment
    party: str
    amount: float | None


def step_times(appraisal: Appraisal) -> tuple[tuple[int, float], ...]:
    """Calendar year, and years since the first step, of each step that was simulated; empty without a simulation."""
    dates = appraisal.exposure.failure.dates if appraisal.exposure is not None else ()
    if len(dates) < 2:
        return ()
    first, second = (_months(day) for day in dates[:2])
    step = second - first
    at = ((first + t * step, t * step / MONTHS) for t in range(appraisal.versions.steps))
    return tuple(((month - 1) // MONTHS, years) for month, years in at)


def _months(day: date) -> int:
    return day.year * MONTHS + day.month


class _Writer(BookWriter):
    """Writes the sheets of one appraisal."""

    WORDS = "book"

    def __init__(self, book: Any, appraisal: Appraisal, money: DealMoney, lang: str) -> None:
        super().__init__(book, lang)
        self.a, self.money = appraisal, money
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.number = book.add_format({"num_format": "#,##0.00", "valign": "top"})
        self.part = book.add_format({"num_format": "0.00%", "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.parts = [_Part(p, party, amount.mid) for p in money.payments for party, amount in p.by_party]
        self.times = step_times(appraisal)
        flows = [appraisal.yearly.get(name) for name in ("payments", "receipts")]
        self.means = [dict(zip((d.year for d in f.dates), f.mean, strict=False)) if f else {} for f in flows]
        planned = {part.payment.due.year for part in self.parts}
        self.years = sorted(
            planned | set(self.means[0]) | set(self.means[1]) | {y.year for y in appraisal.accounts.years}
        )

    def headline(self) -> None:
        """Headline figures by formula, beside those of the appraisal."""
        heads = ("what", "formula", "says", "difference", "how")
        sheet = self.sheet("headline", heads, (48, 18, 18, 14, 70))
        rate, revenue = self.money.hurdle, self._figure("known.budget_revenue")
        rows = [*self._planned_rows(), *self._value_rows()]
        for at, (name, figure, formula, style, value, alike) in enumerate(rows, start=1):
            sheet.write_string(at, 0, say(f"book.row.{name}", self.lang), self.wrap)
            sheet.write_formula(at, 1, formula, style, value)
            if figure is not None:
                sheet.write_number(at, 2, figure, style)
                if alike:
                    sheet.write_formula(at, 3, f"=B{at + 1}-C{at + 1}", style, value - figure)
            sheet.write_string(at, 4, say(f"book.how.{name}", self.lang), self.wrap)
        at = len(rows) + 2
        if not self._all_known:
            sheet.write_string(at - 1, 0, say("book.unknown", self.lang), self.wrap)
            at += 1
        sheet.write_string(at, 0, say("book.rate", self.lang))
        sheet.write_number(at, 1, rate, self.part)
        sheet.write_string(at + 1, 0, say("book.revenue", self.lang))
        if revenue is not None:
            sheet.write_number(at + 1, 1, revenue, self.number)
        sheet.write_string(at + 2, 0, say("book.unit", self.lang, currency=self.a.case.currency))
        self.book.define_name("hurdle", f"={self.quoted('headline')}!$B${at + 1}")
        self.book.define_name("revenue", f"={self.quoted('headline')}!$B${at + 2}")

    @property
    def _all_known(self) -> bool:
        """Whether each planned payment has an amount: a sum that leaves one out would pass for the whole."""
        return bool(self.parts) and all(part.amount is not None for part in self.parts)

    def _planned_rows(self) -> Iterator[tuple[str, float | None, str, Any, float, bool]]:
        """Name, figure of the appraisal, formula, format, value of the formula, and whether the two should agree."""
        if not self._all_known:
            return
        amounts, tied = self.column("payments", "E", len(self.parts)), self.column("payments", "G", len(self.parts))
        total = sum(part.amount or 0.0 for part in self.parts)
        yield "amount", self._figure("public.amount"), f"=SUM({amounts})", self.number, total, True
        own = self.column("years", _letter(1 + self._place(self.money.own)), len(self.years))
        worst = max((self._planned(year, self.money.own) for year in self.years), default=0.0)
        yield "worst_planned", self._figure("budget.worst_planned"), f"=MAX({own})", self.number, worst, True
        revenue = self._figure("known.budget_revenue")
        if revenue:
            share = total / revenue
            yield "to_budget", self._figure("public.amount_to_budget"), "=B2/revenue", self.part, share, True
        free = sum(part.amount or 0.0 for part in self.parts if not part.payment.tiers)
        before = f"=SUMIF({tied},{_FREE},{amounts})"
        yield "before_tier", self._figure("exposure.before_new_tier"), before, self.number, free, False

    def _value_rows(self) -> Iterator[tuple[str, float | None, str, Any, float, bool]]:
        """The two ends of the present value, like the rows of what is planned."""
        if self.times and self.means[0]:
            npv = self._npv()
            bounds = self._present_values()
            for end, name in enumerate(("npv_low", "npv_high")):
                column = self.column("years", _letter(self._flow_column + 4 + end), len(self.years))
                terminal = self._figure("fund.terminal") or 0.0
                formula = f"=SUM({column})+{terminal!r}/(1+hurdle)^{self.times[-1][1]!r}"
                yield name, npv, formula, self.number, bounds[end], False

    def _npv(self) -> float | None:
        fund, given = self._figure("fund.npv_mean"), self._figure("public.given")
        return None if fund is None else fund - (given or 0.0)

    def _present_values(self) -> tuple[float, float]:
        """The two ends between which the present value of the yearly flows lies."""
        kept = (self._figure("fund.terminal") or 0.0) / (1 + self.money.hurdle) ** self.times[-1][1]
        ends = [self._present(year) for year in self.years]
        return sum(low for low, _ in ends) + kept, sum(high for _, high in ends) + kept

    def _present(self, year: int) -> tuple[float, float]:
        early, late = self._span(year)
        out, back = (mean.get(year, 0.0) for mean in self.means)
        first, last = ((1 + self.money.hurdle) ** -t for t in (early, late))
        return back * last - out * first, back * first - out * last

    def _span(self, year: int) -> tuple[float, float]:
        held = [t for y, t in self.times if y == year] or [0.0]
        return held[0], held[-1]

    def years_sheet(self) -> None:
        """Payments by year and party, and the expected flows of all public parties with their present value."""
        heads = (
            "year",
            *(name for _, name in self.money.parties),
            "all",
            "out",
            "back",
            "early",
            "late",
            "low",
            "high",
        )
        widths = (10, *(20 for _ in self.money.parties), 16, 16, 16, 12, 12, 16, 16)
        sheet = self.sheet("years", heads, widths)
        n, flow = len(self.parts), self._flow_column
        amounts, years = self.column("payments", "E", n), self.column("payments", "C", n)
        names = self.column("payments", "D", n)
        for at, year in enumerate(self.years, start=1):
            row = at + 1
            sheet.write_number(at, 0, year)
            for place, (id, _) in enumerate(self.money.parties, start=1):
                letter = _letter(place)
                formula = f"=SUMIFS({amounts},{years},$A{row},{names},{letter}$1)" if n else "=0"
                sheet.write_formula(at, place, formula, self.number, self._planned(year, id))
            last = _letter(flow - 2)
            total = sum(self._planned(year, id) for id, _ in self.money.parties)
            sheet.write_formula(at, flow - 1, f"=SUM(B{row}:{last}{row})", self.number, total)
            if not self.times:
                continue
            early, late = self._span(year)
            values = (*(mean.get(year, 0.0) for mean in self.means), early, late)
            for place, value in enumerate(values, start=flow):
                sheet.write_number(at, place, value, self.number)
            out, back, first, final = (f"{_letter(flow + k)}{row}" for k in range(4))
            low, high = self._present(year)
            pairs = ((final, first, low), (first, final, high))
            for k, (for_back, for_out, value) in enumerate(pairs):
                formula = f"={back}/(1+hurdle)^{for_back}-{out}/(1+hurdle)^{for_out}"
                sheet.write_formula(at, flow + 4 + k, formula, self.number, value)

    def payments_sheet(self) -> None:
        """Each planned payment of each party, from the term sheet."""
        heads = ("payment", "due", "year", "party", "amount", "conditional", "tied", "clause")
        sheet = self.sheet("payments", heads, (16, 12, 8, 32, 16, 14, 14, 30))
        names = dict(self.money.parties)
        for at, part in enumerate(self.parts, start=1):
            due = part.payment.due
            sheet.write_string(at, 0, part.payment.id)
            sheet.write_datetime(at, 1, moment(due), self.day)
            sheet.write_formula(at, 2, f"=YEAR(B{at + 1})", None, due.year)
            sheet.write_string(at, 3, said(names.get(part.party, part.party), self.lang))
            if part.amount is not None:
                sheet.write_number(at, 4, part.amount, self.number)
            sheet.write_number(at, 5, int(part.payment.conditional))
            sheet.write_number(at, 6, _TIED if part.payment.tiers else _FREE)
            sheet.write_string(at, 7, part.payment.clause)

    def _planned(self, year: int, party: str) -> float:
        return sum(p.amount or 0.0 for p in self.parts if p.party == party and p.payment.due.year == year)

    def _place(self, party: str) -> int:
        ids = [id for id, _ in self.money.parties]
        return ids.index(party) if party in ids else 0

    @property
    def _flow_column(self) -> int:
        """The first column of the expected flows: after the year, each party, and all of them."""
        return len(self.money.parties) + 2

    def _figure(self, id: str) -> float | None:
        return self.a.figures[id].value if id in self.a.figures else None

    def head(self, name: str) -> str:
        """What stands above a column: a party by its own name."""
        of_party = any(name == told for _, told in self.money.parties)
        return said(name, self.lang) if of_party else super().head(name)


def _letter(column: int) -> str:
    """The letters of a column, counted from 0."""
    from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

    return str(xl_col_to_name(column))
