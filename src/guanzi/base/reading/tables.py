"""CSV tables with positions: comma-separated, quoted by double quotes, first row the column names (RFC 4180)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading.text import TextFile, read_text

MOST_COLUMNS = 500
MOST_ROWS = 30_000
MOST_CELLS = 500_000
"""Cells of a table that is read cell by cell: some 30,000 facts. Registers are read as panels."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text and where it starts."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file.

    Attributes:
        columns: The cells of the first row.
        rows: For each further row, its non-empty cells by column name.
        source: The text itself.
    """

    columns: tuple[Cell, ...]
    rows: tuple[dict[str, Cell], ...]
    source: TextFile


def read_table(path: Path, name: str | None = None) -> Table:
    """Read a CSV file, in UTF-8 or in one of the encodings that spreadsheets use (see :func:`read_text`).

    Raises:
        InvalidInput: The file cannot be read, a column name is missing or repeated, a row has too many or too few
            cells, or a quotation mark does not close; or it is beyond the limits of a table.
    """
    source = read_text(path, name or str(path), legacy=True)
    problems: list[Problem] = []
    rows, cells = list[tuple[Cell, ...]](), 0
    for found in _rows(source, problems):
        rows.append(found)
        cells += len(found)
        if len(found) > MOST_COLUMNS or cells > MOST_CELLS or len(rows) > MOST_ROWS:
            cause = Message.of("reading.csv.too_many", columns=MOST_COLUMNS, rows=MOST_ROWS, cells=MOST_CELLS)
            fix = Message.of("reading.yaml.too_many.mend")
            raise InvalidInput(source.problem(cause, found[0].place, fix))
    header = rows[0] if rows else ()
    if not header:
        problems.append(Problem(Message.of("reading.csv.no_header"), Place(source.name)))
    seen: set[str] = set()
    for cell in header:
        if not cell.text or cell.text in seen:
            cause = Message.of("reading.csv.column_name", text=cell.text)
            problems.append(source.problem(cause, cell.place, excerpt=cell.text))
        seen.add(cell.text)
    for row in rows[1:]:
        if len(row) != len(header):
            cause = Message.of("reading.csv.row_length", cells=len(row), columns=len(header))
            problems.append(source.problem(cause, row[0].place, Message.of("reading.csv.row_length.mend")))
    if problems:
        raise InvalidInput(problems)
    names = [cell.text for cell in header]
    entries = tuple({n: c for n, c in zip(names, row, strict=True) if c.text} for row in rows[1:])
    return Table(header, entries, source)


def loose_rows(source: TextFile, separator: str, *, strict: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Rows of any number of cells, with the line at which each begins; rows without a word are passed over.

    Raises:
        InvalidInput: A quotation mark does not close, or, if ``strict``, something other than a separator follows it.
    """
    csv.field_size_limit(max(len(source.text) + 1, csv.field_size_limit()))  # full texts of claims are long
    reader = csv.reader((line + "\n" for line in source.lines), delimiter=separator, strict=strict)
    begun = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begun, cells
            begun = reader.line_num + 1
    except csv.Error as error:
        cause, fix = Message.of("reading.csv.quotes"), Message.of("reading.csv.quotes.mend")
        raise InvalidInput(source.problem(cause, Place(source.name, begun), fix)) from error


def _rows(source: TextFile, problems: list[Problem]) -> Iterator[tuple[Cell, ...]]:
    separator = _separator(source)
    row: list[Cell] = []
    number = 0
    while number < len(source.lines):
        line = source.lines[number]
        if not row and not line.strip():
            number += 1
            continue
        column = 0
        while True:
            place = Place(source.name, number + 1, column + 1)
            if line[column : column + 1] == '"':
                text, number, column, closed = _quoted(source.lines, number, column + 1)
                line = source.lines[number]
                if not closed:
                    problems.append(source.problem(Message.of("reading.csv.open_quote"), place))
            else:
                end = line.find(separator, column)
                end = len(line) if end < 0 else end
                text, column = line[column:end].strip(), end
            row.append(Cell(text, place))
            if column >= len(line) or len(row) > MOST_COLUMNS:
                break
            if line[column] != separator:
                problems.append(
                    source.problem(Message.of("reading.csv.after_quote"), Place(source.name, number + 1, column + 1))
                )
                break
            column += 1
        yield tuple(row)
        row = []
        number += 1


def _separator(source: TextFile) -> str:
    """What parts the column names: a comma, or, in a head without any, the semicolon or tab of other spreadsheets."""
    head = next((line for line in source.lines if line.strip()), "")
    return "," if "," in head else next((other for other in ";\t" if other in head), ",")


def _quoted(lines: tuple[str, ...], number: int, column: int) -> tuple[str, int, int, bool]:
    """Read a quoted cell from after its opening mark: its text, the position after it, and whether it closed."""
    parts: list[str] = []
    while number < len(lines):
        line = lines[number]
        end = line.find('"', column)
        if end < 0:
            parts.append(line[column:] + "\n")
            number, column = number + 1, 0
        elif line[end + 1 : end + 2] == '"':
            parts.append(line[column : end + 1])
            column = end + 2
        else:
            parts.append(line[column:end])
            return "".join(parts), number, end + 1, True
    return "".join(parts), len(lines) - 1, len(lines[-1]), False
