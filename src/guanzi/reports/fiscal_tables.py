"""The tables of the finance bureau: numbers in the unit of their column, and what is not known as no evidence."""

from __future__ import annotations

from collections.abc import Sequence

from guanzi.advice.appraisal import Column, TableData, Text
from guanzi.render import decimals, exact, number, scale_for
from guanzi.reports.tables import ReportTable, TableNumber
from guanzi.reports.words import say, tell, word

_LOW, _HIGH = "_low", "_high"

type Value = float | str | Text | None


def fiscal_table(table: TableData, lang: str) -> ReportTable:
    """A table of the appraisal; columns of a lower and an upper end of the same quantity become one.

    A table without rows, of which the sentence alone is shown, needs no columns.
    """
    if not table.rows:
        return ReportTable("", (), ())
    columns = [_cells(table, i, lang) for i in range(len(table.columns))]
    heads: list[str] = []
    shown: list[list[TableNumber]] = []
    for i, column in enumerate(table.columns):
        if i and _pair(table.columns[i - 1], column):
            heads[-1] = word("column", _base(table.columns[i - 1]), lang)
            shown[-1] = [_range(low, high, lang) for low, high in zip(columns[i - 1], columns[i], strict=True)]
            continue
        heads.append(_head(table, i, lang))
        shown.append(columns[i])
    names = [cell.text for cell in shown[0]]
    rows = tuple((name, tuple(column[r] for column in shown[1:])) for r, name in enumerate(names))
    return ReportTable("", tuple(heads), rows)


def _head(table: TableData, i: int, lang: str) -> str:
    column = table.columns[i]
    label = tell(column.label, lang)
    numbers = _numbers(table, i)
    if not column.unit or not numbers or (scale := scale_for(column.unit, numbers, lang)).each:
        return label
    return say("table.with_unit", lang, label=label, unit=scale.title(lang))


def _cells(table: TableData, i: int, lang: str) -> list[TableNumber]:
    unit, numbers = table.columns[i].unit, _numbers(table, i)
    scale = scale_for(unit, numbers, lang) if unit else None
    places = decimals([v / scale.divisor for v in sorted(numbers, key=abs, reverse=True)], scale) if scale else 0
    cells = []
    for row in table.rows:
        value: Value = row[i]
        if value is None:
            cells.append(TableNumber(say("figure.none", lang), mark="none"))
        elif isinstance(value, Text):
            cells.append(TableNumber(tell(value, lang), mark="words"))
        elif isinstance(value, str) or scale is None:
            cells.append(TableNumber(str(value), mark="words"))
        else:
            text = number(value / scale.divisor, places)
            cells.append(TableNumber(scale.label(text, lang) if scale.each else text, exact(value, unit, lang)))
    return cells


def _numbers(table: TableData, i: int) -> Sequence[float]:
    """The numbers of a column; both ends of a range are written alike, so that each has those of the other, too."""
    columns = table.columns
    own = [i]
    if i and _pair(columns[i - 1], columns[i]):
        own = [i - 1, i]
    elif i + 1 < len(columns) and _pair(columns[i], columns[i + 1]):
        own = [i, i + 1]
    return [value for row in table.rows for n in own if isinstance(value := row[n], int | float)]


def _pair(first: Column, second: Column) -> bool:
    return first.label.id.endswith(_LOW) and second.label.id == first.label.id.removesuffix(_LOW) + _HIGH


def _base(column: Column) -> str:
    return column.label.id.rpartition(".")[2].removesuffix(_LOW)


def _range(low: TableNumber, high: TableNumber, lang: str) -> TableNumber:
    """Both ends in one cell; one number where they are the same."""
    if low == high:
        return low
    text = say("figure.range", lang, low=low.text, high=high.text)
    return TableNumber(text, say("figure.range", lang, low=low.exact, high=high.exact))
