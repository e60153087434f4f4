"""A workbook as rows of cells that know where they stand, with everything that is wrong with single cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, meant
from guanzi.base.reading import RawCell, filled_cells, open_workbook
from guanzi.intake.workbook.cells import BadCell, read_cell
from guanzi.intake.workbook.layout import SheetColumn, SheetLayout, ignored_sheets

MOST_ROWS = 20_000
MOST_COLUMNS = 100
_CELL = re.compile(r".*:(?P<sheet>[^!]+)!(?P<column>[A-Z]+)(?P<row>\d+)")


@dataclass(frozen=True, slots=True)
class BookCell:
    """A cell that is filled in: its value and where it stands."""

    value: Any
    place: Place


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet (or the whole of a vertical sheet): its filled cells by column.

    Attributes:
        cells: Column key to cell.
        places: Column key to the place where its cell stands or would stand.
    """

    cells: Mapping[str, BookCell]
    places: Mapping[str, Place]

    def get(self, key: str) -> Any:
        """The value of a cell; None when it is empty."""
        cell = self.cells.get(key)
        return None if cell is None else cell.value

    def place(self, key: str | None = None) -> Place:
        """Where a cell stands; without a key, where the row begins."""
        if key is not None and key in self.places:
            return self.places[key]
        return next((cell.place for cell in self.cells.values()), next(iter(self.places.values())))


@dataclass(slots=True)
class Book:
    """What a workbook says.

    Attributes:
        name: How places call the file.
        rows: Rows by the key of their sheet.
        problems: What is wrong with its sheets, headers and single cells.
    """

    name: str
    rows: dict[str, list[SheetRow]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)

    def sheet(self, key: str) -> list[SheetRow]:
        """The rows of a sheet; none when the workbook does not have it."""
        return self.rows.get(key, [])

    def in_order(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems in the order of sheets, rows and columns; of each cell only the first that was found in it.

        A cell that could not be read makes other checks fail too; the first says why.
        """
        order = {title: number for number, title in enumerate(self.titles.values())}
        unreadable = {p.place.file for p in self.problems if p.severity == "error"}
        kept: dict[tuple[str, int], list[Problem]] = {}
        for number, problem in enumerate((*self.problems, *problems)):
            late = number >= len(self.problems)
            if not (late and problem.place.file in unreadable):
                kept.setdefault((problem.place.file, problem.place.column), []).append(problem)
        found = [problem for group in kept.values() for problem in dict.fromkeys(group)]
        return sorted(found, key=lambda problem: _position(problem.place, order))


def read_book(path: Path, sheets: Sequence[SheetLayout], name: str | None = None) -> Book:
    """Read the sheets of a workbook; what is wrong with its cells is in its ``problems``.

    Raises:
        InvalidInput: The file cannot be opened as a workbook, or has none of the sheets.
    """
    name = name or str(path)
    with open_workbook(path, name) as workbook:
        found = _find_sheets(workbook, sheets)
        book = Book(name)
        if not found:
            cause = Message.of("evidence.workbook.no_sheets", sheets=tuple(workbook.sheetnames))
            raise InvalidInput(Problem(cause, Place(name), Message.of("evidence.workbook.no_sheets.mend")))
        _check_sheets(workbook, sheets, found, book)
        for layout in sheets:
            if layout.key in found:
                book.titles[layout.key] = found[layout.key]
                worksheet = workbook[found[layout.key]]
                _Reader(book, layout, found[layout.key]).read(worksheet)
    return book


def cell_place(book: str, sheet: str, row: int, column: int) -> Place:
    """The place of a cell, rows and columns counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return Place(f"{book}:{sheet}!{letters}{row}")


def _position(place: Place, order: Mapping[str, int]) -> tuple[int, int, int, str, int]:
    match = _CELL.fullmatch(place.file)
    if match is None:
        return (-1, 0, 0, "", place.line)
    column = match["column"]
    return (order.get(match["sheet"], len(order)), int(match["row"]), len(column), column, place.column)


def _fold(text: str) -> str:
    """A title without differences of case and space."""
    return " ".join(text.split()).casefold()


def _names(title: tuple[str, str]) -> set[str]:
    english, chinese = title
    return {_fold(english), _fold(chinese), _fold(f"{english} {chinese}"), _fold(f"{english} / {chinese}")}


def _find_sheets(workbook: Any, sheets: Sequence[SheetLayout]) -> dict[str, str]:
    titles = {_fold(title): title for title in workbook.sheetnames}
    return {s.key: titles[name] for s in sheets for name in sorted(_names(s.title)) if name in titles}


def _check_sheets(workbook: Any, sheets: Sequence[SheetLayout], found: Mapping[str, str], book: Book) -> None:
    for layout in sheets:
        if layout.required and layout.key not in found:
            cause = Message.of("evidence.workbook.sheet_missing", english=layout.title[0], chinese=layout.title[1])
            book.problems.append(Problem(cause, Place(book.name), Message.of("evidence.workbook.sheet_missing.mend")))
    read = {_fold(title) for title in found.values()}
    for pair in ignored_sheets():
        read |= _names(pair)
    for title in workbook.sheetnames:
        if _fold(title) not in read:
            fix = meant(title, [layout.title[0] for layout in sheets if layout.key not in found], None)
            cause = Message.of("evidence.workbook.sheet_not_read", sheet=title)
            book.problems.append(Problem(cause, Place(book.name), fix, "warning"))


class _Reader:
    """Reads one sheet into a book."""

    def __init__(self, book: Book, layout: SheetLayout, title: str) -> None:
        self.book, self.layout, self.title = book, layout, title
        self.known = {name: column for column in layout.columns for name in (*_names(column.title), column.key)}

    def read(self, worksheet: Any) -> None:
        rows = self._raw_rows(worksheet)
        if self.layout.vertical:
            self.book.rows[self.layout.key] = [self._vertical(rows)]
            return
        header = next(rows, None)
        if header is None:
            self._report(1, 1, Message.of("evidence.workbook.no_header"))
            return
        columns = self._columns(*header)
        self.book.rows[self.layout.key] = [self._row(number, cells, columns) for number, cells in rows]

    def _raw_rows(self, worksheet: Any) -> Iterator[tuple[int, dict[int, RawCell]]]:
        """The rows that are not blank, with their filled cells by column."""
        for number, cells in filled_cells(worksheet, columns=MOST_COLUMNS):
            if number > MOST_ROWS:
                cause = Message.of("evidence.workbook.too_many_rows", most=MOST_ROWS)
                self._report(number, 1, cause, Message.of("evidence.workbook.too_many_rows.mend"))
                return
            yield number, cells

    def _columns(self, number: int, cells: Mapping[int, RawCell]) -> dict[int, SheetColumn | None]:
        """The columns by index; None where a header stands that is reported and cannot be used."""
        columns: dict[int, SheetColumn | None] = {}
        for index, raw in cells.items():
            column = self._column(raw.text)
            if column is None:
                self._unknown_header(number, index, raw.text)
            elif column in columns.values():
                self._report(number, index, Message.of("evidence.workbook.column_twice", column=column.header))
                column = None
            columns[index] = column
        for column in self.layout.columns:
            if column.required and column not in columns.values():
                cause = Message.of("evidence.workbook.column_missing", column=column.header, sheet=self.title)
                self._report(number, 1, cause, Message.of("evidence.workbook.column_missing.mend"))
        return columns

    def _column(self, header: str) -> SheetColumn | None:
        for part in (header, *re.split(r"[/\n]", header)):
            if (column := self.known.get(_fold(part))) is not None:
                return column
        return None

    def _unknown_header(self, number: int, index: int, text: str) -> None:
        names = {title: column for column in self.layout.columns for title in column.title}
        fix = meant(text, names, Message.of("evidence.workbook.unknown_column.mend"))
        self._report(number, index, Message.of("evidence.workbook.unknown_column", text=text, sheet=self.title), fix)

    def _row(self, number: int, raws: Mapping[int, RawCell], columns: Mapping[int, SheetColumn | None]) -> SheetRow:
        cells: dict[str, BookCell] = {}
        for index, raw in raws.items():
            if index not in columns:
                self._report(number, index, Message.of("evidence.workbook.no_header_above", text=raw.text))
            elif (column := columns[index]) is not None:
                cells[column.key] = self._cell(raw, column, number, index)
        places = {column.key: self._place(number, index) for index, column in columns.items() if column is not None}
        return SheetRow(cells, places or {"": self._place(number, 1)})

    def _vertical(self, rows: Iterator[tuple[int, dict[int, RawCell]]]) -> SheetRow:
        """Fields below one another: the name in the first column, the value in the second."""
        cells: dict[str, BookCell] = {}
        places: dict[str, Place] = {"": self._place(1, 1)}
        for number, raws in rows:
            name = raws.get(1)
            column = None if name is None else self._column(name.text)
            if column is None:
                if number > 1 and name is not None:
                    self._unknown_header(number, 1, name.text)
            elif column.key in places:
                self._report(number, 1, Message.of("evidence.workbook.column_twice", column=column.header))
            else:
                places[column.key] = self._place(number, 2)
                if 2 in raws:
                    cells[column.key] = self._cell(raws[2], column, number, 2)
        return SheetRow(cells, places)

    def _cell(self, raw: RawCell, column: SheetColumn, row: int, index: int) -> BookCell:
        place = self._place(row, index)
        try:
            return BookCell(read_cell(raw, column), place)
        except BadCell as bad:
            self.book.problems.append(Problem(bad.cause, place, bad.fix, excerpt=raw.text[:200]))
            return BookCell(raw.text, place)

    def _place(self, row: int, column: int) -> Place:
        return cell_place(self.book.name, self.title, row, column)

    def _report(self, row: int, column: int, cause: Message, fix: Message | None = None) -> None:
        self.book.problems.append(Problem(cause, self._place(row, column), fix))
