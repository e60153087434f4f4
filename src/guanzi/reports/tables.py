"""The data behind each chart as a table: what was drawn, rounded for reading, in full precision on hover."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guanzi.advice.appraisal import Exposure, FactData, Fan, SensitivityData, Year
from guanzi.render import Scale, decimals, exact, number, scale_for
from guanzi.reports.words import day, period, say, tell


@dataclass(frozen=True, slots=True)
class TableNumber:
    """A number of a table; ``exact`` is shown on hover, ``anchor`` is where it comes from.

    Attributes:
        mark: ``words``, ``none`` (no evidence) or ``outcome`` (what happened); empty for a plain number.
    """

    text: str
    exact: str = ""
    anchor: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Head, and rows that begin with their heading.

    Attributes:
        unit: The unit of all cells, as on the axis of the chart; empty where the cells say it.
    """

    unit: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[TableNumber, ...]], ...]


def fan_table(
    fan: Fan, lang: str, *, by_year: bool = False, happened: Mapping[date, float] | None = None
) -> ReportTable:
    """Quantiles by date, or by calendar year for sums of whole years; and what happened, where that is revealed."""
    series = (fan.p5, fan.p25, fan.p50, fan.p75, fan.p95)
    names = [str(d.year) if by_year else day(d, lang) for d in fan.dates]
    head = tuple(say(f"table.p{q}", lang) for q in (5, 25, 50, 75, 95))
    first = say("table.year" if by_year else "table.day", lang)
    seen = [(happened or {}).get(day) for day in fan.dates]
    quantiles = list(zip(names, zip(*series, strict=True), strict=True))
    table = _table(first, head, quantiles, fan.unit, lang)
    return table if not any(v is not None for v in seen) else _with_outcome(table, seen, fan.unit, lang)


def _with_outcome(table: ReportTable, seen: Sequence[float | None], unit: str, lang: str) -> ReportTable:
    """The table with a last column of what happened; empty where the outcome holds nothing."""
    known = [v for v in seen if v is not None]
    scale = scale_for(unit, known, lang)
    places = decimals([v / scale.divisor for v in known], scale)
    rows = []
    for (label, cells), value in zip(table.rows, seen, strict=True):
        text = "" if value is None else scale.label(number(value / scale.divisor, places), lang)
        exactly = "" if value is None else exact(value, unit, lang)
        rows.append((label, (*cells, TableNumber(text, exactly, mark="outcome"))))
    return ReportTable(table.unit, (*table.head, say("table.happened", lang)), tuple(rows))


def exposure_table(exposure: Exposure, lang: str) -> ReportTable:
    """Both losses by date: median and 90 % interval."""
    one, two = exposure.failure, exposure.departure
    series = (one.p5, one.p50, one.p95, two.p5, two.p50, two.p95)
    rows = [(day(d, lang), values) for d, values in zip(one.dates, zip(*series, strict=True), strict=True)]
    head = tuple(
        say("table.pair", lang, loss=say(f"chart.{loss}", lang), quantile=say(f"table.p{q}", lang))
        for loss in ("failure", "departure")
        for q in (5, 50, 95)
    )
    return _table(say("table.day", lang), head, rows, exposure.unit, lang)


def tier_table(exposure: Exposure, lang: str) -> ReportTable:
    """Share of the paths in which each tier is in force, by date."""
    shares = zip(*(tier.share for tier in exposure.tiers), strict=True)
    rows = [(day(d, lang), values) for d, values in zip(exposure.failure.dates, shares, strict=True)]
    return _table(say("table.day", lang), tuple(tell(t.label, lang) for t in exposure.tiers), rows, "ratio", lang)


def payment_table(exposure: Exposure, lang: str) -> ReportTable:
    """Planned payments: day, amount, sum so far."""
    rows = [(day(p.due, lang), (p.amount, p.cumulative)) for p in exposure.payments]
    head = (say("table.amount", lang), say("table.cumulative", lang))
    return _table(say("table.day", lang), head, rows, exposure.unit, lang)


def cash_table(years: Sequence[Year], unit: str, lang: str) -> ReportTable:
    """Cash calls and receipts by year, and the share of the budget that a call takes."""
    amounts = [(str(y.year), (y.planned, y.mean, y.low, y.high, y.receipts_mean)) for y in years]
    head = tuple(say(f"table.{name}", lang) for name in ("planned", "expected", "p5", "p95", "receipts"))
    money = _table(say("table.year", lang), head, amounts, unit, lang)
    rows = []
    for (label, cells), year in zip(money.rows, years, strict=True):
        rows.append((label, (*cells, _share(year.share_of_budget, lang) or TableNumber(say("figure.none", lang)))))
    return ReportTable(money.unit, (*money.head, say("table.share_of_budget", lang)), tuple(rows))


def sensitivity_table(sensitivity: SensitivityData, lang: str) -> ReportTable:
    """Every assumption: its part in the variance, and the result at its low and at its high value."""
    head = ("assumption", "total", "first", "low", "at_low", "high", "at_high")
    rows = []
    for swing in sensitivity.swings:
        values = [v for v in (swing.low, swing.high) if v is not None]
        scale = scale_for(swing.unit, values, lang)
        places = decimals([v / scale.divisor for v in values], scale)
        cells = [_part(swing.total, lang), _part(swing.first, lang)]
        for value, result in ((swing.low, swing.at_low), (swing.high, swing.at_high)):
            if value is None:
                cells += [None, None]
                continue
            text = scale.label(number(value / scale.divisor, places), lang)
            cells += [TableNumber(text, exact(value, swing.unit, lang)), _share(result, lang)]
        rows.append((tell(swing.label, lang), tuple(cell or TableNumber("–") for cell in cells)))
    return ReportTable("", tuple(say(f"table.{name}", lang) for name in head), tuple(rows))


def _share(value: float | None, lang: str) -> TableNumber | None:
    return None if value is None else TableNumber(say("table.share", lang, share=value), exact(value, "ratio", lang))


def _part(value: float | None, lang: str) -> TableNumber | None:
    """A part of a variance: what an estimate says beyond nothing and all of it is chance, and stands in the hover."""
    if value is None:
        return None
    return TableNumber(say("table.share", lang, share=round(min(max(value, 0.0), 1.0), 3)), exact(value, "ratio", lang))


def trend_table(facts: Sequence[FactData], lang: str) -> ReportTable:
    """The facts of a trend."""
    rows = tuple(
        (period(f.period, lang), (TableNumber(exact(f.value, f.unit, lang), anchor=f"fact-{f.id}"),)) for f in facts
    )
    return ReportTable("", (say("table.period", lang), say("table.value", lang)), rows)


def cells_in(scale: Scale, places: int, unit: str, lang: str) -> Callable[[float | None], TableNumber]:
    """What makes cells of amounts in a unit, on one scale: a number, or that there is no evidence."""

    def cell(value: float | None) -> TableNumber:
        if value is None:
            return TableNumber(say("figure.none", lang), mark="none")
        return TableNumber(number(value / scale.divisor, places), exact(value, unit, lang))

    return cell


def _table(
    first: str, head: tuple[str, ...], rows: Sequence[tuple[str, Sequence[float]]], unit: str, lang: str
) -> ReportTable:
    values = [v for _, row in rows for v in row]
    scale = scale_for(unit, values, lang)
    places = decimals([v / scale.divisor for v in values], scale)
    return ReportTable(
        scale.title(lang),
        (first, *head),
        tuple(
            (label, tuple(TableNumber(number(v / scale.divisor, places), exact(v, unit, lang)) for v in row))
            for label, row in rows
        ),
    )
