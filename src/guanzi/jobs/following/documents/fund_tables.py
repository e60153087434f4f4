"""The tables of a fund on a day: its workbook adds up deals, quarters and shares again from the planned payments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanzi.advice.following import Fund, FundRow, FundShares, FundTail
from guanzi.base.core import Period
from guanzi.deal.terms import money_unit
from guanzi.jobs.following.documents.followed import rate_cell
from guanzi.jobs.following.documents.monitor_tables import truth_cell
from guanzi.jobs.shared.documents.cited import rests
from guanzi.jobs.shared.documents.figures import mean_cell
from guanzi.jobs.shared.documents.words import member_words, message
from guanzi.record.evidence import View
from guanzi.render import Cell, Column, Row, Table, Words
from guanzi.study.monitoring import Realised

_OF_DEAL = "{payments.amount},{payments.number},{number}"
"""Amounts of the payments of the deal of a row."""
_TIED = {False: 0, True: 1, None: 2}
"""How it is marked whether a payment waits for a new commitment; None: nobody has seen what it waits for."""
_LOSSES = ("loss_mean", "exceeded", "worst")


AHEAD = 4
"""Quarters after the day whose calls are summed."""


@dataclass(frozen=True, slots=True)
class FundStudy:
    """What the page tells: a fund, what was known of each deal on the day, and paths of each."""

    as_of: date
    found: Fund
    views: tuple[View, ...]
    paths: int

    @property
    def unit(self) -> str:
        """Of all amounts."""
        return money_unit(self.found.currency, 1e6)

    def planned_ahead(self) -> tuple[float, float]:
        """What is planned in the quarters after the running one, and how much of it on days that no deal sets."""
        running = Period.of("quarter", self.as_of)
        return self.planned_between(running.end, running.shift(AHEAD).end)

    def planned_between(self, after: date, last: date) -> tuple[float, float]:
        """What is planned after a day up to another, and how much of it on days that no deal sets."""
        due = [paid for row in self.found.rows for paid in row.payments if after < paid.due <= last and paid.amount]
        guessed = sum(paid.amount or 0.0 for paid in due if not paid.agreed)
        return sum(paid.amount or 0.0 for paid in due), guessed


def columns(*names: str, book: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Columns with their heads; those in ``book`` stand in the workbook alone."""
    return tuple(Column(name, message(f"fund.head.{name}"), book_only=name in book) for name in (*names, *book))


def deals_table(study: FundStudy) -> Table:
    """Each deal: planned sums from its payments, and what was paid by facts."""
    planned = any(row.payments for row in study.found.rows)
    rows = tuple(_deal(study, n, row, planned=planned) for n, row in enumerate(study.found.rows, 1))
    names = ("deal", "planned", "before", "bound", "untold", "due", "paid", "unseen")
    heads = columns(*names, book=("number", "company", "region"))
    return Table("deals", message("fund.sheet.deals"), heads, rows, study.unit)


def _deal(study: FundStudy, n: int, row: FundRow, *, planned: bool) -> Row:
    sums = (
        (row.planned, f"SUMIFS({_OF_DEAL})"),
        (row.before, f"SUMIFS({_OF_DEAL},{{payments.tied}},{_TIED[False]})"),
        (row.bound, f"SUMIFS({_OF_DEAL},{{payments.tied}},{_TIED[True]})"),
        (row.untold, f"SUMIFS({_OF_DEAL},{{payments.tied}},{_TIED[None]})"),
        (row.due, f'SUMIFS({_OF_DEAL},{{payments.day}},"<="&{{headline.formula:1}})'),
    )
    unseen, missing = 'COUNTIFS({payments.number},{number},{payments.amount},"")', len(row.unknown)
    cells = (
        *(Cell(value, formula=formula if planned else "0") for value, formula in sums),
        Cell(row.paid, rests=rests(row.facts)),
        Cell(missing, "count", tone="caution" if missing else "plain", formula=unseen if planned else "0"),
        Cell(n, "count"),
        Cell(member_words(study.views, "company", row.company)),
        Cell(member_words(study.views, "region", row.region)),
    )
    return Row(Cell(row.title), cells)


def payments_table(study: FundStudy) -> Table:
    """Each planned payment in cash, from the term sheets."""
    rows = tuple(
        Row(
            Cell(row.title),
            (
                Cell(n, "count"),
                Cell(one.called),
                Cell(one.due),
                Cell(one.amount),
                Cell(_TIED[one.tied], "count"),
            ),
        )
        for n, row in enumerate(study.found.rows, 1)
        for one in row.payments
    )
    names = ("deal", "number", "payment", "day", "amount", "tied")
    return Table("payments", message("fund.sheet.payments"), columns(*names), rows, study.unit, book_only=True)


def tiers_table(study: FundStudy) -> Table:
    """The commitments that a deal adds: money due before each, money that waits for it, and whether it is in force."""
    rows = tuple(
        Row(Cell(row.title), (Cell(tier.name or tier.id), Cell(tier.ahead), Cell(tier.waits), truth_cell(tier.now)))
        for row in study.found.rows
        for tier in row.tiers
    )
    heads = columns("deal", "tier", "ahead", "waits", "in_force")
    return Table("tiers", message("fund.section.tiers"), heads, rows, study.unit)


def calls_table(study: FundStudy) -> Table:
    """Each quarter: what is planned from the payments, what was paid, and what is expected."""
    planned = any(row.payments for row in study.found.rows)
    plan = 'SUMIFS({payments.amount},{payments.day},">="&{first},{payments.day},"<="&{last})' if planned else "0"
    ahead = [call.period for call in study.found.calls if call.mean is not None]
    rows = tuple(
        Row(
            Cell(call.period),
            (
                Cell(call.planned, formula=plan),
                Cell(call.unknown, "count", tone="caution" if call.unknown else "plain"),
                Cell(call.paid),
                mean_cell(call.mean, call.low, call.high),
                *(Cell(value) for value in (call.low, call.high)),
                Cell(call.period.start),
                Cell(call.period.end),
                Cell(None if call.mean is None else ahead.index(call.period) + 1, "count"),
            ),
        )
        for call in study.found.calls
    )
    names = ("quarter", "plan", "unseen", "paid", "mean", "low", "high")
    heads = columns(*names, book=("first", "last", "place"))
    return Table("calls", message("fund.sheet.calls"), heads, rows, study.unit)


def proceeds_table(study: FundStudy) -> Table:
    """Each deal: what was paid and came back by facts, what a sale brings, and what is expected after the day."""
    rows = tuple(
        Row(
            Cell(row.title),
            (
                Cell(row.paid, rests=rests(row.facts), formula="" if row.paid is None else f"{{deals.paid:{n}}}"),
                Cell(row.returned, rests=rests(row.facts)),
                *(Cell(x) for x in (row.sale, row.expected_calls, row.expected_back, row.expected_stake)),
                Cell(message(f"fund.forecast.{_forecast(row)}")),
            ),
        )
        for n, row in enumerate(study.found.rows, 1)
    )
    names = ("deal", "paid", "returned", "sale", "calls", "back", "stake", "forecast")
    return Table("proceeds", message("fund.sheet.proceeds"), columns(*names), rows, study.unit)


def returns_table(study: FundStudy) -> Table:
    """What came back of what was paid as ratios: of each deal of which that is known, of each city, then of all."""
    rows = [
        _returned(row.title, row.realised, rests(row.facts), row.valued)
        for row in study.found.rows
        if row.realised is not None
    ]
    if study.found.realised is not None and len(rows) > 1:
        n = len(rows)
        if len(study.found.cities) > 1:
            for one in study.found.cities:
                name = member_words(study.views, "region", one.region)
                rows.append(_returned(message("fund.returns.city", name=name, n=one.deals), one.realised))
        rows.append(_returned(message("fund.returns.all", n=n), study.found.realised))
    names = ("deal", "dpi", "tvpi", "xirr", "xirr_held", "valued")
    return Table("returns", message("fund.sheet.returns"), columns(*names), tuple(rows), "")


def _returned(title: Words, came: Realised, facts: tuple[str, ...] = (), valued: date | None = None) -> Row:
    cells = (
        Cell(came.dpi, "x", facts),
        Cell(came.tvpi, "x"),
        rate_cell(came.xirr, facts),
        rate_cell(came.xirr_held, ()),
        Cell(valued or ""),
    )
    return Row(Cell(title), cells)


def _forecast(row: FundRow) -> str:
    return "none" if row.expected_calls is None else "learnt" if row.learnt else "signed"


def shares_table(study: FundStudy, part: FundShares) -> Table:
    """Whose the planned money is, by company, industry or region, the greatest first."""
    deals, total = study.found.rows, sum(row.planned for row in study.found.rows)
    rows = []
    for code, share in part.shares:
        own = [f"{{deals.planned:{n}}}" for n, row in enumerate(deals, 1) if str(getattr(row, part.by)) == code]
        cells = (
            Cell(share * total, formula="+".join(own)),
            Cell(share, "ratio", formula="{planned}/SUM({deals.planned})"),
        )
        rows.append(Row(Cell(member_words(study.views, part.by, code)), cells))
    heads = columns(part.by, "planned", "share")
    return Table(f"shares-{part.by}", message(f"fund.sheet.shares.{part.by}"), heads, tuple(rows), study.unit)


def tail_table(study: FundStudy, tail: FundTail) -> Table:
    """The loss of the simulated deals by how they hang together; together, those of the deals add up."""
    rows = []
    for kind in ("alone",) if tail.alone else ("common", "apart", "together"):
        held = tail.together if tail.alone else getattr(tail, kind)
        values = (None,) * 3 if held is None else (held.mean, held.exceeded, held.worst)
        formulas = [f"SUM({{losses.{name}}})" if kind in ("alone", "together") else "" for name in _LOSSES]
        cells = tuple(Cell(x, formula=formula) for x, formula in zip(values, formulas, strict=True))
        rows.append(Row(Cell(message(f"fund.tail.{kind}")), cells))
    caption = message("fund.caption.tail", n=len(tail.deals))
    return Table("tail", caption, columns("tail", *_LOSSES), tuple(rows), study.unit)


def losses_table(study: FundStudy, tail: FundTail) -> Table:
    """What each deal may lose by itself."""
    titles = {row.id: row.title for row in study.found.rows}
    rows = tuple(
        Row(Cell(titles[id]), (Cell(own.mean), Cell(own.exceeded), Cell(own.worst)))
        for id, own in zip(tail.deals, tail.own, strict=True)
    )
    heads = columns("deal", *_LOSSES)
    return Table("losses", message("fund.sheet.losses"), heads, rows, study.unit, book_only=True)


def views_table(study: FundStudy) -> Table:
    """The facts that were known of each deal, by their hash."""
    rows = tuple(Row(Cell(view.title), (Cell(view.sha256),)) for view in study.views)
    return Table("views", message("fund.section.views"), columns("deal", "hash"), rows)
