"""The tables of the finance bureau: numbers in the unit of their column, and what is not known as no evidence."""

from __future__ import annotations

from dataclasses import replace

from guanzi.advice.appraisal import Column as ColumnData
from guanzi.advice.appraisal import TableData, Text
from guanzi.jobs.shared.documents.figures import mean_cell
from guanzi.jobs.shared.documents.words import code_words, of_text
from guanzi.render import Cell, Column, Measurement, Row, Table

MEANS = frozenset({"appraisal.column.mean_value", "appraisal.column.jobs_net"})
"""Columns of means that stand before those of their interval."""
_LOW, _HIGH = "_low", "_high"

type Value = float | str | Text | None


def fiscal_table(table: TableData) -> Table:
    """A table of the appraisal; columns of a lower and an upper end of the same quantity become one."""
    columns: list[Column] = []
    shown: list[list[Cell]] = []
    for n, column in enumerate(table.columns):
        values = [row[n] for row in table.rows]
        if n and _pair(table.columns[n - 1], column):
            columns[-1] = Column(f"c{n}", code_words("column", _base(table.columns[n - 1])), column.unit)
            lower = [row[n - 1] for row in table.rows]
            shown[-1] = [_range(low, high, column.unit) for low, high in zip(lower, values, strict=True)]
            if n > 1 and table.columns[n - 2].label.id in MEANS:
                means = [row[n - 2] for row in table.rows]
                shown[-2] = list(map(_mean, shown[-2], means, lower, values))
            continue
        columns.append(Column(f"c{n}", of_text(column.label), column.unit if _has_numbers(values) else ""))
        shown.append([_cell(value, column.unit) for value in values])
    rows = tuple(Row(cells[0], cells[1:]) for cells in zip(*shown, strict=True))
    return Table(f"table-{table.id}", of_text(table.label), tuple(columns), rows)


def _mean(cell: Cell, mean: Value, low: Value, high: Value) -> Cell:
    """The cell of a mean; where it lies outside its interval, with the reason."""
    numbers = [value if isinstance(value, int | float) else None for value in (mean, low, high)]
    return replace(cell, notes=mean_cell(*numbers).notes)


def _has_numbers(values: list[Value]) -> bool:
    return any(isinstance(value, int | float) for value in values)


def _cell(value: Value, unit: str) -> Cell:
    if isinstance(value, Text):
        return Cell(of_text(value))
    return Cell(value if unit or value is None or isinstance(value, str) else str(value))


def _range(low: Value, high: Value, unit: str) -> Cell:
    """Both ends in one cell; one that is known is no range."""
    if low == high or not isinstance(low, int | float) or not isinstance(high, int | float):
        return _cell(low, unit)
    return Cell(Measurement((low + high) / 2, unit, low, high, bounds=True))


def _pair(first: ColumnData, second: ColumnData) -> bool:
    return first.label.id.endswith(_LOW) and second.label.id == first.label.id.removesuffix(_LOW) + _HIGH


def _base(column: ColumnData) -> str:
    return column.label.id.rpartition(".")[2].removesuffix(_LOW)
