"""Tables of what the public side gets: the accounts side by side, taxes by what brings them, and jobs by year."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.advice.appraisal.book import MONEY, FigureBook, text
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.table_data import Column, TableData
from guanzi.base.core import Message
from guanzi.engine.company import TAX_BASES
from guanzi.engine.simulation import SimulationResult

type Cell = float | str | Text | None

JOBS = (("with", "jobs_with"), ("without", "jobs_without"), ("gap", "jobs_gap"), ("net", "jobs_net"))
"""World, or difference, and its column."""


def public_tables(book: FigureBook, result: SimulationResult | None) -> tuple[TableData, ...]:
    """The tables, as far as there is anything to show."""
    if result is None:
        return ()
    return (*_value(book), *_tiers(book), *_years(book, result))


def _value(book: FigureBook) -> Iterator[TableData]:
    """In money the accounts and their sum, in this order; what cannot be told is an empty cell."""
    figures = book.figures()
    rows: list[tuple[Cell, ...]] = []
    for id, sign in (("fund.npv_mean", 1.0), ("public.given", -1.0), ("budget.tax", 1.0), ("public.value_mean", 1.0)):
        if id in figures:
            value = figures[id].value
            rows.append((_part(id), None if value is None else sign * value + 0.0))
    if not rows:
        return
    per_unit, per_job, wages = (book.value(f"break_even.{x}") for x in ("unit", "job_year", "to_wage"))
    needed = [_needed(book, "unit", per_unit)] if "break_even.unit" in figures else []
    needed.append(_needed(book, "job", per_job))
    if 0 in (per_unit, per_job):
        needed = [Message.of("appraisal.table.value.whole")]
    sentence = Message.of(
        "appraisal.table.value.sentence",
        needed=needed[0],
        job=needed[1] if len(needed) > 1 else "",
        wages="" if not wages else Message.of("appraisal.table.value.wages", times=wages),
    )
    columns = (column("account"), column("mean_value", book.unit(MONEY)))
    parents = tuple(id for id in ("fund.npv_mean", "public.given", "budget.tax", "break_even.unit") if id in figures)
    yield _table("value", columns, rows, sentence, parents)


def _needed(book: FigureBook, what: str, value: float | None) -> Message:
    if value is None:
        return Message.of(f"appraisal.table.value.{what}_unknown")
    return book.say(f"appraisal.table.value.{what}", value=value / 1e6)


def _tiers(book: FigureBook) -> Iterator[TableData]:
    """What brings which tax base, and what it is worth to the city."""
    figures = book.figures()
    rows: list[tuple[Cell, ...]] = []
    for tier in TAX_BASES:
        figure = figures.get(f"budget.tax.{tier}")
        base = text(Message.of(f"appraisal.tier.{tier}.base"))
        if figure is not None:
            rows.append((_part(f"budget.tax.{tier}"), base, figure.value, figure.low, figure.high))
    whole = figures.get("budget.tax")
    if not rows or whole is None:
        return
    rows.append((_part("budget.tax"), text(Message.of("appraisal.tier.all.base")), whole.value, whole.low, whole.high))
    columns = (
        column("account"),
        column("tax_base"),
        column("mean_value", book.unit(MONEY)),
        column("interval_low", book.unit(MONEY)),
        column("interval_high", book.unit(MONEY)),
    )
    yield _table("tiers", columns, rows, Message.of("appraisal.table.tiers.sentence"), ("budget.tax",))


def _years(book: FigureBook, result: SimulationResult) -> Iterator[TableData]:
    """Direct jobs by year in both worlds, what is additional, and what is net."""
    if f"with.jobs_year.{result.years[0]}" not in result.scalars:
        return
    rows: list[tuple[Cell, ...]] = []
    for year in result.years:
        found = [result.scalars[f"{part}.jobs_year.{year}"] for part, _ in JOBS]
        cells: list[Cell] = [str(year), *(s.mean for s in found), found[-1].p5, found[-1].p95]
        rows.append(tuple(cells))
    columns = (
        column("year"),
        *(column(name, "jobs") for _, name in JOBS),
        column("net_interval_low", "jobs"),
        column("net_interval_high", "jobs"),
    )
    yield _table("jobs", columns, rows, Message.of("appraisal.table.jobs.sentence"), ("cluster.jobs",))


def _table(
    id: str, columns: tuple[Column, ...], rows: list[tuple[Cell, ...]], sentence: Message, parents: tuple[str, ...]
) -> TableData:
    label = text(Message.of(f"appraisal.table.{id}"))
    return TableData(id=id, label=label, columns=columns, rows=tuple(rows), sentence=text(sentence), parents=parents)


def column(name: str, unit: str = "") -> Column:
    """A column, headed by its name in the catalogue."""
    return Column(label=text(Message.of(f"appraisal.column.{name}")), unit=unit)


def _part(id: str) -> Text:
    return text(Message.of(f"appraisal.part.{id}"))
