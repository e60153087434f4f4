"""Writing workbooks: header with comments, closed lists as drop-downs, frozen header, dates as dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from guanzi.base.core import (
    LANGUAGES,
    UNITS,
    InvalidInput,
    Message,
    Place,
    Problem,
    render,
)
from guanzi.base.reading import new_workbook
from guanzi.intake.workbook.cells import MOST_CHARACTERS, can_hold, percent_number
from guanzi.intake.workbook.layout import SheetColumn, SheetLayout, ignored_sheets, notes
from guanzi.record.evidence import UNITS_BY_NAME, label_of, meaning_of, new_file

#: The calendar of workbooks is reliable from here on; earlier days are written as text.
_FIRST_DATE = date(1901, 1, 1)
_ROWS_WITH_LISTS = 2_000
_NAMES = "Names"
_NAME_HEADS = ("Name / 指标", "In English", "中文名称", "Unit / 单位", "Meaning", "含义")
_UNITS_COLUMN = 7
_FIELDS = (("Field / 项目", 30), ("Value / 内容", 60), ("Explanation / 说明", 90))


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A sheet to be written: its layout and its rows, values by column key; a vertical sheet has one row."""

    layout: SheetLayout
    rows: tuple[Mapping[str, Any], ...]


class _Exact(float):
    """A number that is written with all its digits; the writer would round it to 16."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


def write_book(path: Path, sheets: Sequence[SheetRows]) -> None:
    """Write a workbook; nothing is overwritten, and nothing is left behind when it fails.

    Raises:
        InvalidInput: The file is there already or cannot be written, or a value cannot be held by a cell.
    """
    problems = [
        problem for sheet in sheets for number, row in enumerate(sheet.rows) for problem in _unheld(sheet, row, number)
    ]
    if problems:
        raise InvalidInput(problems)
    with new_file(path) as draft:
        _write(draft, sheets)


def _unheld(sheet: SheetRows, row: Mapping[str, Any], number: int) -> list[Problem]:
    title, problems = sheet.layout.title[0], []
    for column in sheet.layout.columns:
        if not can_hold(column, value := row.get(column.key)):
            cause = Message.of("evidence.workbook.cannot_hold", column=column.header, text=str(value)[:60])
            fix = Message.of("evidence.workbook.cannot_hold.mend", most=MOST_CHARACTERS)
            problems.append(Problem(cause, Place(f"{title}:{number + 2}"), fix))
    return problems


def _write(path: Path, sheets: Sequence[SheetRows]) -> None:
    with new_workbook(path) as book:
        writer = _Writer(book)
        for number, sheet in enumerate(sheets):
            writer.sheet(sheet)
            if number == 0:
                writer.notes()
        writer.names()


class _Writer:
    """Writes sheets in one look."""

    def __init__(self, book: Any) -> None:
        self.book = book
        font = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        self.header = book.add_format({**font, "bold": True, "bg_color": "#E8ECF1", "bottom": 1, "text_wrap": True})
        self.needed = book.add_format({**font, "bold": True, "bg_color": "#D3DEEA", "bottom": 1, "text_wrap": True})
        self.words = book.add_format({**font, "text_wrap": True})
        self.text = book.add_format({**font, "num_format": "@"})
        self.number = book.add_format({**font, "num_format": "General"})
        self.percent = book.add_format({**font, "num_format": "0.00##%"})
        self.day = book.add_format({**font, "num_format": "yyyy-mm-dd"})
        self.plain = book.add_format(font)

    def notes(self) -> None:
        """The sheet that says how to fill in the others."""
        sheet = self.book.add_worksheet(ignored_sheets()[0][0])
        sheet.set_column(0, 1, 80, self.words)
        for row, (english, chinese) in enumerate(notes()):
            sheet.write_string(row, 0, english, self.words)
            sheet.write_string(row, 1, chinese, self.words)

    def names(self) -> None:
        """The names of facts and their units, for looking up and for the drop-down."""
        sheet = self.book.add_worksheet(_NAMES)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 3, 32)
        sheet.set_column(4, 5, 60)
        for index, title in enumerate(_NAME_HEADS):
            sheet.write_string(0, index, title, self.header)
        for row, (name, units) in enumerate(UNITS_BY_NAME.items(), start=1):
            both = (label_of(name) or name, meaning_of(name) or "")
            said = [words if isinstance(words, str) else render(words, lang) for words in both for lang in LANGUAGES]
            for index, words in enumerate((name, *said[:2], ", ".join(units), *said[2:])):
                sheet.write_string(row, index, words, self.plain)
        sheet.write_string(0, _UNITS_COLUMN, "Units / 全部单位", self.header)
        for row, unit in enumerate(UNITS, start=1):
            sheet.write_string(row, _UNITS_COLUMN, unit, self.plain)

    def sheet(self, content: SheetRows) -> None:
        """One sheet of the case."""
        layout = content.layout
        sheet = self.book.add_worksheet(layout.title[0])
        if layout.vertical:
            self._vertical(sheet, content)
            return
        sheet.freeze_panes(1, 2)
        sheet.ignore_errors({"number_stored_as_text": "A1:CV20001"})
        for index, column in enumerate(layout.columns):
            sheet.set_column(index, index, column.width, self._format(column, None))
            sheet.write_string(0, index, column.header, self.needed if column.required else self.header)
            sheet.write_comment(0, index, "\n".join(column.comment), {"x_scale": 2, "y_scale": 1.2})
            self._offer(sheet, column, (1, index, _ROWS_WITH_LISTS, index))
            for number, row in enumerate(content.rows, start=1):
                self._cell(sheet, number, index, row.get(column.key), column)
        sheet.autofilter(0, 0, max(len(content.rows), 1), len(layout.columns) - 1)

    def _vertical(self, sheet: Any, content: SheetRows) -> None:
        sheet.freeze_panes(1, 1)
        for index, (title, width) in enumerate(_FIELDS):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, title, self.header)
        for number, column in enumerate(content.layout.columns, start=1):
            sheet.write_string(number, 0, column.header, self.needed)
            self._cell(sheet, number, 1, content.rows[0].get(column.key), column)
            sheet.write_string(number, 2, " ".join(column.comment), self.words)
            self._offer(sheet, column, (number, 1, number, 1))

    def _offer(self, sheet: Any, column: SheetColumn, cells: tuple[int, int, int, int]) -> None:
        if column.names:
            last = len(UNITS_BY_NAME) + 1
            rule: dict[str, Any] = {"validate": "list", "source": f"={_NAMES}!$A$2:$A${last}", "error_type": "warning"}
        elif column.kind == "flag":
            rule = {"validate": "list", "source": ["TRUE", "FALSE"]}
        elif column.units:  # longer than a list within a cell may be, and other currencies are as good
            source = f"={_NAMES}!$H$2:$H${len(UNITS) + 1}"
            rule = {"validate": "list", "source": source, "error_type": "warning"}
        elif column.choices:
            rule = {"validate": "list", "source": list(column.choices)}
        elif column.offered:
            rule = {"validate": "list", "source": list(column.offered), "error_type": "information"}
        else:
            return
        sheet.data_validation(*cells, rule)

    def _cell(self, sheet: Any, row: int, index: int, value: Any, column: SheetColumn) -> None:
        style = self._format(column, value)
        share = percent_number(value) if isinstance(value, str) and column.kind in {"percent", "any"} else None
        if value is None:
            sheet.write_blank(row, index, None, style)
        elif isinstance(value, bool):
            sheet.write_boolean(row, index, value, style)
        elif share is not None:
            sheet.write_number(row, index, _Exact(share), self.percent)
        elif isinstance(value, list):
            sheet.write_string(row, index, ", ".join(value), style)
        elif isinstance(value, date):
            if value < _FIRST_DATE:
                sheet.write_string(row, index, value.isoformat(), style)
            else:
                sheet.write_datetime(row, index, datetime(value.year, value.month, value.day), style)
        elif isinstance(value, str):
            sheet.write_string(row, index, value, style)
        else:
            sheet.write_number(row, index, _Exact(value) if isinstance(value, float) else value, style)

    def _format(self, column: SheetColumn, value: Any) -> Any:
        if column.kind in {"words", "list"}:
            return self.words
        if column.kind in {"id", "period"}:
            return self.text
        if column.kind == "date":
            return self.day
        if column.kind == "percent" and value is None:
            return self.percent
        return self.number
