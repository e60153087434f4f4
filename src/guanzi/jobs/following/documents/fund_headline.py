"""Headline figures of a fund by formula, beside those of Guanzi, and how each is made: for who counts again."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.jobs.following.documents.fund_tables import AHEAD, FundStudy, columns
from guanzi.jobs.shared.documents.words import message
from guanzi.render import Cell, Row, Table

type _Figure = tuple[str, str, str, float]
"""Name, formula, unit and value."""


def headline_table(study: FundStudy) -> Table:
    """The day, by which what is due is counted, then each headline figure."""
    figures = (*_sums(study), *_ahead(study), *_spread(study), *_losses(study))
    nothing = (Cell(None),) * 3
    day = (Cell(study.as_of), *nothing, Cell(message("fund.book.how.as_of")))
    rows = [Row(Cell(message("fund.book.row.as_of")), day)]
    for name, formula, unit, value in figures:
        cells = (
            Cell(value, unit, formula=formula),
            Cell(value, unit),
            Cell(0.0, unit, formula="{formula}-{says}"),
            Cell(unit if unit == study.unit else None),
            Cell(message(f"fund.book.how.{name.partition('.')[0]}")),
        )
        rows.append(Row(Cell(message(f"fund.book.row.{name}")), cells))
    heads = columns("what", "formula", "says", "difference", "unit", "how")
    return Table("headline", message("fund.sheet.headline"), heads, tuple(rows), book_only=True)


def _sums(study: FundStudy) -> Iterator[_Figure]:
    rows, unit = study.found.rows, study.unit
    totals = {name: sum(getattr(row, name) for row in rows) for name in ("planned", "before", "bound", "untold", "due")}
    for name, total in totals.items():
        yield name, f"SUM({{deals.{name}}})", unit, total
    if totals["planned"] > 0.0:
        share = totals["bound"] / totals["planned"]
        yield "bound_share", "SUM({deals.bound})/SUM({deals.planned})", "ratio", share
    told = [row for row in rows if row.paid is not None]
    if told:
        paid, back = sum(row.paid or 0.0 for row in told), [row.returned for row in told if row.returned is not None]
        yield "paid", "SUM({proceeds.paid})", unit, paid
        if back:
            yield "returned", "SUM({proceeds.returned})", unit, sum(back)
            yield "outstanding", "SUM({proceeds.paid})-SUM({proceeds.returned})", unit, paid - sum(back)


def _ahead(study: FundStudy) -> Iterator[_Figure]:
    ahead = [call for call in study.found.calls if call.mean is not None]
    if not ahead:
        return
    for name, column in (("mean", "mean"), ("planned", "plan")):
        total = sum(getattr(call, name) or 0.0 for call in ahead[:AHEAD])
        formula = f'SUMIFS({{calls.{column}}},{{calls.place}},">=1",{{calls.place}},"<={AHEAD}")'
        yield f"ahead_{name}", formula, study.unit, total
    yield "dearest", "MAX({calls.mean})", study.unit, max(call.mean or 0.0 for call in ahead)


def _spread(study: FundStudy) -> Iterator[_Figure]:
    for part in study.found.shares:
        if part.herfindahl is not None and part.effective is not None:
            squares = f"SUMSQ({{shares-{part.by}.share}})"
            yield f"herfindahl.{part.by}", squares, "", part.herfindahl
            yield f"effective.{part.by}", f"1/{squares}", "", part.effective


def _losses(study: FundStudy) -> Iterator[_Figure]:
    tail = study.found.tail
    if tail is not None:
        for name, column in (("mean", "loss_mean"), ("exceeded", "exceeded"), ("worst", "worst")):
            called = f"alone.{name}" if tail.alone and name != "mean" else f"loss_{name}"
            yield called, f"SUM({{losses.{column}}})", study.unit, getattr(tail.together, name)
