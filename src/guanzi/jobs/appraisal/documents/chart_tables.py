"""The data behind each chart of an appraisal as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from guanzi.advice.appraisal import Exposure, FactData, Fan, SensitivityData, Year
from guanzi.jobs.shared.documents.figures import mean_cell
from guanzi.jobs.shared.documents.words import message, of_text
from guanzi.render import Cell, Column, Row, Table, Words


def fan_table(fan: Fan, id: str, *, by_year: bool = False, happened: Mapping[date, float] | None = None) -> Table:
    """Quantiles by date, or by calendar year for sums of whole years; and what happened, where that is revealed."""
    seen = {day: value for day, value in (happened or {}).items() if day in fan.dates}
    columns = [_time(by_year), *(Column(f"p{q}", message(f"table.p{q}")) for q in (5, 25, 50, 75, 95))]
    if seen:
        columns.append(Column("happened", message("table.happened")))
    rows = []
    for n, day in enumerate(fan.dates):
        values = tuple(Cell(series[n]) for series in (fan.p5, fan.p25, fan.p50, fan.p75, fan.p95))
        came = (Cell(seen.get(day, ""), tone="outcome"),) if seen else ()
        rows.append(Row(Cell(str(day.year) if by_year else day), (*values, *came)))
    return Table(id, of_text(fan.label), tuple(columns), tuple(rows), fan.unit)


def _time(by_year: bool = False) -> Column:
    return Column("year", message("table.year")) if by_year else Column("day", message("table.day"))


def exposure_table(exposure: Exposure) -> Table:
    """Both losses by date: median and 90 % interval."""
    losses = {"failure": exposure.failure, "departure": exposure.departure}
    columns = [
        Column(f"{name}_p{q}", message("table.pair", loss=message(f"chart.{name}"), quantile=message(f"table.p{q}")))
        for name in losses
        for q in (5, 50, 95)
    ]
    series = [values for fan in losses.values() for values in (fan.p5, fan.p50, fan.p95)]
    rows = _rows(exposure.failure.dates, series)
    return Table("losses", message("section.exposure"), (_time(), *columns), rows, exposure.unit)


def tier_table(exposure: Exposure) -> Table:
    """Share of the paths in which each tier is in force, by date."""
    columns = (Column(f"tier_{n}", of_text(tier.label)) for n, tier in enumerate(exposure.tiers))
    rows = _rows(exposure.failure.dates, [tier.share for tier in exposure.tiers])
    return Table("tiers-in-force", message("chart.tiers"), (_time(), *columns), rows, "ratio")


def payment_table(exposure: Exposure) -> Table:
    """Planned payments: day, amount, sum so far."""
    columns = (_time(), *(Column(name, message(f"table.{name}")) for name in ("amount", "cumulative")))
    rows = tuple(Row(Cell(p.due), (Cell(p.amount), Cell(p.cumulative))) for p in exposure.payments)
    return Table("planned-payments", message("table.payments"), columns, rows, exposure.unit)


def _rows(dates: Sequence[date], series: Sequence[Sequence[float]]) -> tuple[Row, ...]:
    return tuple(Row(Cell(day), tuple(Cell(values[n]) for values in series)) for n, day in enumerate(dates))


def cash_table(years: Sequence[Year], unit: str, caption: Words) -> Table:
    """Cash calls and receipts by year, and the share of the budget that a call takes."""
    names = ("planned", "expected", "p5", "p95", "receipts")
    columns = (
        _time(by_year=True),
        *(Column(name, message(f"table.{name}")) for name in names),
        Column("share_of_budget", message("table.share_of_budget"), unit="ratio"),
    )
    rows = []
    for y in years:
        cells = (Cell(y.planned), mean_cell(y.mean, y.low, y.high))
        others = tuple(Cell(value) for value in (y.low, y.high, y.receipts_mean, y.share_of_budget))
        rows.append(Row(Cell(str(y.year)), (*cells, *others)))
    return Table("cash-by-year", caption, columns, tuple(rows), unit)


def sensitivity_table(sensitivity: SensitivityData) -> Table:
    """Every assumption: its part in the variance, and the result at its low and at its high value.

    What the estimate of a part says beyond nothing and all of it is chance.
    """
    names = ("assumption", "total", "first", "low", "at_low", "high", "at_high")
    columns = tuple(Column(name, message(f"table.{name}")) for name in names)
    rows = []
    for bar in sensitivity.swings:
        cells = [Cell(round(min(max(part, 0.0), 1.0), 3), "ratio") for part in (bar.total, bar.first)]
        for value, result in ((bar.low, bar.at_low), (bar.high, bar.at_high)):
            cells += [Cell("–") if value is None else Cell(value, bar.unit)]
            cells += [Cell("–") if value is None or result is None else Cell(result, "ratio")]
        rows.append(Row(Cell(of_text(bar.label)), tuple(cells)))
    return Table("assumptions", of_text(sensitivity.result), columns, tuple(rows))


def trend_table(facts: Sequence[FactData], id: str, caption: Words) -> Table:
    """The facts of a trend, as their sources state them."""
    columns = (Column("period", message("table.period")), Column("value", message("table.value")))
    rows = tuple(
        Row(Cell(message("date.period", period=f.period)), (Cell(stated(f), f.unit, (f"fact:{f.id}",), full=True),))
        for f in facts
    )
    return Table(id, caption, columns, rows)


def stated(fact: FactData) -> float | None:
    """The number that a fact states."""
    return fact.value if isinstance(fact.value, int | float) else None
