"""Workbooks with marked cells: numbers stand as numbers, formulas with the value that was computed last."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from tests.golden.making.marks import MARK, figure
from tests.golden.making.pages import Source, stamped

type Entry = str | float | tuple[str, str] | None


@dataclass
class Sheet:
    """A sheet: its rows from A1, cells that are merged (as ``B1:C1``), formats of columns, and whether it is hidden.

    A cell is a number, a text, a marked figure, or a formula with its marked result.
    """

    name: str
    rows: list[Any]
    merged: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    hidden: bool = False
    start: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class CellSpot:
    """A sheet and a cell of it."""

    sheet: str
    cell: str


def workbook(source: Source) -> tuple[bytes, dict[int, CellSpot]]:
    """The workbook, and the cell of each mark."""
    import xlsxwriter  # type: ignore[import-untyped]
    from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

    kept = io.BytesIO()
    spots: dict[int, CellSpot] = {}
    made = xlsxwriter.Workbook(kept, {"in_memory": True})
    made.set_properties({"created": source.day.replace(tzinfo=None)})
    percent = made.add_format({"num_format": "0%"})
    for sheet in source.sheets:
        page = made.add_worksheet(sheet.name)
        page.set_column(0, 0, 34)
        page.set_column(1, 12, 15)
        formats = {column: made.add_format({"num_format": text}) for column, text in sheet.formats.items()}
        for down, row in enumerate(sheet.rows):
            for across, entry in enumerate(row):
                at = down + sheet.start[0], across + sheet.start[1]
                _write(page, at, entry, formats.get(across), percent)
                shown = entry[1] if isinstance(entry, tuple) else entry
                if isinstance(shown, str) and (mark := MARK.search(shown)):
                    spots[int(mark[1])] = CellSpot(sheet.name, xl_rowcol_to_cell(*at))
        for cells in sheet.merged:
            first = cells.partition(":")[0]
            page.merge_range(cells, "")
            down, across = _where(first)
            _write(page, (down, across), sheet.rows[down - sheet.start[0]][across - sheet.start[1]], None, None)
        if sheet.hidden:
            page.hide()
    made.close()
    return stamped(kept.getvalue()), spots


def _where(cell: str) -> tuple[int, int]:
    from xlsxwriter.utility import xl_cell_to_rowcol

    down, across = xl_cell_to_rowcol(cell)
    return down, across


def _write(page: Any, at: tuple[int, int], entry: Entry, form: Any, percent: Any) -> None:
    if entry is None or entry == "":
        return
    if isinstance(entry, tuple):
        formula, result = entry
        page.write_formula(*at, formula, form, _value(result))
    elif isinstance(entry, str) and (value := _value(entry)) is not None and MARK.search(entry):
        if isinstance(value, str):
            page.write_string(*at, value)
        else:
            page.write_number(*at, value, percent if "%" in entry else form)
    else:
        page.write(*at, entry, form)


def _value(text: str) -> float | str | None:
    """The number of a mark; a marked text with other words stays text."""
    mark = MARK.fullmatch(text)
    if mark is None:
        return MARK.sub(r"\2", text)
    plain = mark[2]
    percent = plain.endswith("%")
    if any(sign.isalpha() for sign in plain):
        return plain
    return float(figure(plain)) / (100 if percent else 1)
