"""A document as a workbook: a sheet for each table, numbers as numbers, and formulas that count again."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from guanzi.base.core import Message, Period, render, unit_words
from guanzi.base.reading import moment, new_workbook
from guanzi.render.amounts import Measurement
from guanzi.render.document import Cell, Document, Table
from guanzi.render.localised import (
    COUNT,
    LocalisedCell,
    localise,
    localise_noted,
    localise_sentence,
    localise_table,
    localise_value,
)

_A4 = 9
"""The code of the size of paper."""
_MOST_NAME, _LEAST_NAME = 31, 6
"""Characters of the name of a sheet, and those below which words are not cut at a mark."""
_MARKS = ",;(，、；（："
_COLON = re.compile(r"\s*:\s*")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_REFERENCE = re.compile(r"\{(?:(?P<table>[\w-]+)\.)?(?P<column>\w+)(?::(?P<row>\d+))?\}")
_WIDTHS = {"words": 46, "number": 16}
_NEUTRAL = {"", "ratio", "ratio points", COUNT}
"""Units that stand in no head: percentages show theirs, and counts have none."""


def write_document_book(document: Document, target: Path | BytesIO, lang: str = "en") -> None:
    """Write the workbook; a file appears whole or not at all, and is the same for the same input.

    Args:
        document: The document; tables without rows and those to be filled in by hand are left out.
        target: The file, or what keeps its bytes.
        lang: Language.
    """
    with new_workbook(target, document.dated) as book:
        _Book(book, document, lang).write()


class _Book:
    """Writes the sheets of one document."""

    def __init__(self, book: Any, document: Document, lang: str) -> None:
        self.book, self.document, self.lang = book, document, lang
        self.tables = {table.id: table for table in document.tables() if table.rows and not table.blank}
        self.names: dict[str, str] = {}
        self.indents: dict[int, Any] = {}
        self.units: dict[str, Any] = {}
        self.top = 1 if document.notice else 0  # the row of the heads: above it every sheet has the notice
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.number = book.add_format({"num_format": "#,##0.00"})
        self.small = book.add_format({"num_format": "0.0000"})
        self.whole = book.add_format({"num_format": "#,##0"})
        self.part = book.add_format({"num_format": "0.0%"})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})

    def write(self) -> None:
        """All sheets: what the document says first, then its tables."""
        self._first()
        for table in self.tables.values():
            self.names[table.id] = self._name(localise(table.caption, self.lang))
        for table in self.tables.values():
            self._table(table)

    def _indented(self, depth: int) -> Any:
        """The format of a heading so far indented."""
        if depth not in self.indents:
            self.indents[depth] = self.book.add_format({"indent": depth})
        return self.indents[depth]

    def _first(self) -> None:
        sheet = self._sheet(self._name(localise(self.document.kicker, self.lang)))
        sheet.set_column(0, 0, 110)
        lines = [
            localise(self.document.title, self.lang),
            *(localise(words, self.lang) for words in self.document.under),
        ]
        for section in self.document.sections:
            if section.first:
                lines += ["", localise(section.heading, self.lang)]
                said = Document("", "", "", (), self.document.dated, (section,), "").sentences()
                lines += [localise_sentence(sentence, self.lang) for sentence in said]
        for row, line in enumerate(lines, start=self.top):
            sheet.write_string(row, 0, line, self.head if row == self.top else self.words)

    def _table(self, table: Table) -> None:
        told = localise_table(table, self.lang, book=True)
        sheet = self._sheet(self.names[table.id])
        for n, (column, head) in enumerate(zip(told.columns, told.heads, strict=True)):
            shown = localise(column.head, self.lang) if column.unit or table.unit else head
            unit = self._unit(table, n)
            sheet.write_string(self.top, n, shown if unit in _NEUTRAL else f"{shown} ({self._words(unit)})", self.head)
            sheet.set_column(n, n, _WIDTHS["number" if self._numeric(table, column.id) else "words"])
        sheet.freeze_panes(self.top + 1, 1)
        for at, row in enumerate(table.rows, start=self.top + 1):
            for n, cell in enumerate((row.head, *row.cells)):
                self._cell(sheet, at, n, cell, table)
            if row.depth:
                sheet.write_string(at, 0, localise_value(row.head, self.lang), self._indented(row.depth))

    def _cell(self, sheet: Any, at: int, n: int, cell: Cell, table: Table) -> None:
        value, unit = cell.value.value if isinstance(cell.value, Measurement) else cell.value, _unit_of(cell, n, table)
        form = self._form(value, unit, counted=not cell.formula)
        if _is_number(cell.value) and unit not in _NEUTRAL and not self._unit(table, n):
            form = self._with_unit(unit)
        if cell.formula:
            held = "" if value is None else value
            sheet.write_formula(at, n, "=" + self._formula(cell.formula, table, at), form, held)
        elif value is None:
            sheet.write_blank(at, n, None)
        elif isinstance(value, bool):
            sheet.write_boolean(at, n, value)
        elif isinstance(value, date):
            sheet.write_datetime(at, n, moment(value), self.day)
        elif isinstance(value, int | float):
            sheet.write_number(at, n, value, form)
        else:
            noted = localise_noted(LocalisedCell(cell, localise_value(cell, self.lang)), self.lang)
            sheet.write_string(at, n, noted, self.words if "\n" in noted else None)

    def _form(self, value: object, unit: str, *, counted: bool) -> Any:
        """How a number is shown: whole where it is counted, else with digits by its size."""
        if unit in ("ratio", "ratio points"):
            return self.part
        if unit == "count" or (counted and isinstance(value, int)):
            return self.whole
        return self.small if isinstance(value, float) and 0 < abs(value) < 1 else self.number

    def _formula(self, formula: str, table: Table, at: int) -> str:
        """A formula with the cells that it names, of a row of a table."""

        def cell(found: re.Match[str]) -> str:
            owner = self.tables[found["table"]] if found["table"] else table
            letter = _letter([column.id for column in owner.columns].index(found["column"]))
            if found["table"] is None:
                return f"{letter}{at + 1}"
            sheet = f"'{self.names[owner.id]}'!"
            if found["row"]:
                return f"{sheet}${letter}${self.top + int(found['row']) + 1}"
            return f"{sheet}${letter}${self.top + 2}:${letter}${self.top + len(owner.rows) + 1}"

        return _REFERENCE.sub(cell, formula)

    def _unit(self, table: Table, n: int) -> str:
        """The unit that all numbers of a column share; empty where there is none: each of them shows its own then."""
        cells = [cell for row in table.rows if _is_number((cell := (row.head, *row.cells)[n]).value)]
        units = {_unit_of(cell, n, table) for cell in cells}
        return units.pop() if len(units) == 1 else ""

    def _words(self, unit: str) -> str:
        """A unit as a reader says it."""
        words = unit_words(unit)
        return render(words, self.lang) if isinstance(words, Message) else words

    def _with_unit(self, unit: str) -> Any:
        """The format of a number that shows its unit."""
        if unit not in self.units:
            self.units[unit] = self.book.add_format({"num_format": f'#,##0.00 "{self._words(unit)}"'})
        return self.units[unit]

    def _numeric(self, table: Table, id: str) -> bool:
        n = [column.id for column in table.columns].index(id)
        held = [(row.head, *row.cells)[n].value for row in table.rows]
        return all(v is None or isinstance(v, int | float | date | Period) for v in held)

    def _sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        if self.document.notice:
            sheet.write_string(0, 0, localise(self.document.notice, self.lang))
        return sheet

    def _name(self, words: str) -> str:
        """A name that a sheet can have, once in a book; a colon, which it cannot have, becomes a dash."""
        plain = _cut(" ".join(_FORBIDDEN.sub(" ", _COLON.sub(" – ", words)).split())) or "–"
        taken = {sheet.get_name().casefold() for sheet in self.book.worksheets()} | {
            name.casefold() for name in self.names.values()
        }
        n = 1
        name = plain
        while name.casefold() in taken:
            n += 1
            name = f"{plain[: _MOST_NAME - 3]} {n}"
        return name


def _cut(words: str) -> str:
    """Words of the length of a name of a sheet, cut at a mark, else between two words, which an ellipsis shows.

    >>> _cut("Dates set by the deal, assumed dates (marked)"), _cut("Whether the condition of each right is met")
    ('Dates set by the deal', 'Whether the condition of each…')
    """
    if len(words) <= _MOST_NAME:
        return words
    for marks, end in ((_MARKS, ""), (" ", "…")):
        at = max(words[: _MOST_NAME + 1 - len(end)].rfind(mark) for mark in marks)
        if at >= _LEAST_NAME:
            return words[:at].strip() + end
    return words[: _MOST_NAME - 1].strip() + "…"


def _unit_of(cell: Cell, n: int, table: Table) -> str:
    own = cell.value.unit if isinstance(cell.value, Measurement) else ""
    return cell.unit or own or table.columns[n].unit or table.unit


def _is_number(value: object) -> bool:
    held = value.value if isinstance(value, Measurement) else value
    return isinstance(held, int | float) and not isinstance(held, bool)


def _letter(n: int) -> str:
    """A column as formulas name it.

    >>> _letter(0), _letter(27)
    ('A', 'AB')
    """
    name = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        name = chr(65 + rest) + name
    return name
