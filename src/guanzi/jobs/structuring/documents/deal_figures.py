"""Documents about deals: terms as they are written, measures with their units, and two deals side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from guanzi import __version__
from guanzi.advice.structuring import FreeTerm, Measure, Pair
from guanzi.base.core import Message
from guanzi.deal.terms import TermSheet
from guanzi.jobs.shared.documents.words import heads, message
from guanzi.render import Block, Cell, Document, Measurement, Row, Section, Table, Tone, Words

TONES: dict[str, Tone] = {"better": "good", "worse": "caution"}


def deal_document(id: str, title: Words, dated: date, sections: Iterable[Section]) -> Document:
    """A document about deals, all of which stands on the first screen."""
    made = message("page.made", version=__version__)
    return Document(id, message(f"deal.kicker.{id}"), title, (), dated, tuple(sections), made)


def part(heading: Words, *blocks: Block, id: str = "") -> Section:
    """A part of such a document."""
    return Section(id, heading, blocks, first=True)


def table_part(table: Table, *notes: Block) -> Section:
    """A part that has the heading of its table."""
    return Section(table.id, table.caption, (table, *notes), first=True)


def measure_words(measure: Measure) -> Message:
    """What a measure is called."""
    return Message.of(f"structuring.measure.{measure.id}")


def measured(measure: Measure, value: float, sheet: TermSheet, *, change: bool = False) -> Measurement:
    """A value of a measure, or a change of one, with its unit; money in millions."""
    if measure.unit == "money":
        return Measurement(value * sheet.unit / 1e6, f"{sheet.currency} m")
    return Measurement(value, "ratio points" if change and measure.unit == "ratio" else measure.unit)


def measured_cell(measure: Measure, value: float, sheet: TermSheet, *, change: bool = False) -> Cell:
    """A value of a measure, or a change of one, in a table."""
    held = measured(measure, value, sheet, change=change)
    return Cell(held.value, held.unit)


def term_cell(kind: str, value: object, sheet: TermSheet, *, full: bool = True) -> Cell:
    """A value of a term as it is written in a sheet; not full: rounded for reading."""
    if not isinstance(value, float):
        return Cell(value)  # type: ignore[arg-type]
    if kind == "amount":
        return Cell(value * sheet.unit / 1e6, f"{sheet.currency} m", full=full)
    return Cell(value, "ratio" if kind == "ratio" else "count", full=full)


def range_cell(kind: str, low: float, high: float, sheet: TermSheet, *, full: bool = True) -> Cell:
    """Between which values of a term something lies."""
    ends = [term_cell(kind, end, sheet) for end in (low, high)]
    a, b = (float(str(end.value)) for end in ends)
    return Cell(Measurement((a + b) / 2, ends[0].unit, a, b, bounds=True), full=full)


def term_range(term: FreeTerm, sheet: TermSheet) -> Cell:
    """Between which values a number may be chosen."""
    low, high = (float(str(value)) for value in (term.options[0], term.options[-1]))
    return range_cell(term.figure.kind, low, high, sheet)


def result_table(pairs: Sequence[Pair], sheet: TermSheet, caption: Words) -> Table:
    """Both deals and their paired difference with its standard error, by account."""
    rows: list[Row] = []
    for account, found in groupby(_with_money_at_stake(pairs), key=lambda pair: pair.measure.account):
        empty = tuple(Cell("") for _ in range(5))
        rows += (Row(Cell(Message.of(f"structuring.account.{account}")), empty), *(_row(p, sheet) for p in found))
    columns = heads("deal.head", "measure", "before", "after", "difference", "error", "verdict")
    return Table("results", caption, columns, tuple(rows))


def _row(pair: Pair, sheet: TermSheet) -> Row:
    levels = (measured_cell(pair.measure, x.mean, sheet) for x in (pair.before, pair.after))
    moved = (measured_cell(pair.measure, x, sheet, change=True) for x in (pair.difference.mean, pair.difference.se))
    verdict = Cell(Message.of(f"structuring.verdict.{pair.verdict}"), tone=TONES.get(pair.verdict, "plain"))
    return Row(Cell(measure_words(pair.measure)), (*levels, *moved, verdict), depth=1)


def _with_money_at_stake(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Without the account of the fund where neither deal buys or lends: no noughts of a fund that is not there."""
    idle = all(x.mean == 0.0 for p in pairs if p.measure.account == "fund" for x in (p.before, p.after))
    return (p for p in pairs if not (idle and p.measure.account == "fund"))
