"""Statements as grids of cells: the sheets of a workbook, or a CSV file with whatever stands above its table."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import open_workbook, read_text, rows_of

MOST_ROWS, MOST_COLUMNS = 5_000, 200


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its text, where it stands, and whether it is a formula."""

    text: str
    place: Place
    is_formula: bool = False


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """A sheet.

    Attributes:
        title: Name of the sheet; empty for a CSV file.
        number: Its number, counted from 1.
        rows: Its rows, each with all its cells.
        lines: Each row as the data room reads it, so that a fact can quote it.
    """

    title: str
    number: int
    rows: tuple[tuple[GridCell, ...], ...]
    lines: tuple[str, ...]


def read_grids(path: Path, name: str) -> tuple[SheetGrid, ...]:
    """The sheets of an XLSX or CSV file.

    Raises:
        InvalidInput: The file cannot be read or is not safe to open.
    """
    return _workbook(path, name) if path.suffix.lower() == ".xlsx" else (_csv(path, name),)


def _workbook(path: Path, name: str) -> tuple[SheetGrid, ...]:
    grids: list[SheetGrid] = []
    with open_workbook(path, name) as book:
        for number, sheet in enumerate(book.worksheets, start=1):
            rows: list[tuple[GridCell, ...]] = []
            lines: list[str] = []
            for at, cells in rows_of(sheet, columns=MOST_COLUMNS):
                if at > MOST_ROWS:
                    raise InvalidInput(Problem(Message.of("importers.too_many_rows", most=MOST_ROWS), Place(name)))
                row = tuple(_cell(cell, f"{name}:{sheet.title}!", at) for cell in cells)
                rows.append(row)
                lines.append("\t".join("" if cell.is_formula else cell.text for cell in row).strip("\t"))
            grids.append(SheetGrid(sheet.title, number, tuple(rows), tuple(lines)))
    return tuple(grids)


def _csv(path: Path, name: str) -> SheetGrid:
    source = read_text(path, name, legacy=True)
    rows: list[tuple[GridCell, ...]] = []
    lines: list[str] = []
    reader = csv.reader(io.StringIO(source.text), strict=True)
    try:
        for cells in reader:
            line = reader.line_num
            if line > MOST_ROWS:
                raise InvalidInput(Problem(Message.of("importers.too_many_rows", most=MOST_ROWS), Place(name)))
            row = tuple(
                GridCell(text.strip(), Place(name, line, column), text.strip().startswith("="))
                for column, text in enumerate(cells, start=1)
            )
            rows.append(row)
            lines.append(source.lines[line - 1] if line <= len(source.lines) else "")
    except csv.Error as error:
        cause = Message.of("importers.csv", reason=str(error))
        raise InvalidInput(Problem(cause, Place(name, reader.line_num))) from error
    return SheetGrid("", 1, tuple(rows), tuple(lines))


def _cell(cell: Any, sheet: str, row: int) -> GridCell:
    place = Place(sheet + str(getattr(cell, "coordinate", row)))
    return GridCell(_text(cell.value), place, cell.data_type == "f")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
