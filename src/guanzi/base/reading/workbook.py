"""Reading workbooks without trusting them: kind, size, macros and encryption are looked at before one is opened.

One way to open and close a workbook, with one refusal for a damaged one, and one way over the cells of a sheet.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from guanzi.base.core import InvalidInput, Message, Place, Problem, open_input
from guanzi.base.reading.containers import excess_of

MOST_FILE_BYTES = 20_000_000
MOST_UNPACKED_BYTES = 150_000_000
MOST_PARTS = 1_000
MOST_COLUMNS = 2_000
"""Columns of a row, where a reader does not say how many it wants."""
MOST_CELLS = 3_000_000
"""Cells of all sheets of a workbook as they are read, those included that a file leaves out between two others."""
_OLD_OR_ENCRYPTED = bytes.fromhex("D0CF11E0A1B11AE1")
_WORKBOOK = "xl/workbook.xml"
_MACROS = ("vbaproject.bin", "vbadata.xml")


_CELLS: WeakKeyDictionary[Any, int] = WeakKeyDictionary()
"""Workbook -> cells that were read of it."""


class _TooMuch(Exception):
    """More of something than a workbook may hold."""

    def __init__(self, what: str, found: int, most: int) -> None:
        super().__init__(what)
        self.what, self.found, self.most = what, found, most


@dataclass(frozen=True, slots=True)
class RawCell:
    """What a workbook holds in a cell: its value, whether it is a formula or an error, and its number format."""

    value: Any
    data_type: str
    number_format: str

    @property
    def is_blank(self) -> bool:
        """Nothing, or nothing but spaces."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())

    @property
    def text(self) -> str:
        """The value as a person would call it."""
        if isinstance(self.value, datetime) and self.value.time() == time():
            return self.value.date().isoformat()
        return str(self.value)


@contextmanager
def open_workbook(path: Path, name: str, *, values: bool = False) -> Iterator[Any]:
    """An openpyxl workbook in its streaming mode, closed at the end; parts of it are only parsed while it is read.

    Args:
        path: The file.
        name: How places call it.
        values: What was last computed in place of formulas.

    Raises:
        InvalidInput: The file is no ``.xlsx`` workbook, too large (also unpacked), encrypted or damaged, or has macros.
    """
    _check_container(path, name)
    with parse_workbook(path, name, values=values) as book:
        yield book


@contextmanager
def parse_workbook(path: Path, name: str, *, values: bool = False) -> Iterator[Any]:
    """:func:`open_workbook` for a file whose kind and size somebody has looked at already."""
    import openpyxl

    book = None
    try:
        book = openpyxl.load_workbook(path, read_only=True, keep_links=False, data_only=values)
        yield book
    except InvalidInput:
        raise
    except _TooMuch as error:
        raise _refusal(name, error.what, found=error.found, most=error.most) from error
    except Exception as error:  # openpyxl raises whatever its parsers do: KeyError, ValueError, ParseError, …
        raise _refusal(name, "damaged", reason=type(error).__name__) from error
    finally:
        if book is not None:
            book.close()


def rows_of(
    sheet: Any, *, columns: int | None = None, rows: int | None = None
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows of a sheet with their numbers from 1; what the file says of its size need not be true.

    Args:
        sheet: Of a workbook in streaming mode.
        columns: The most that are read of a row; None: all, and a row of too many is refused.
        rows: The most that are read; None: all, and the caller counts.
    """
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_row=rows, max_col=columns), start=1):
        if columns is None and len(row) > MOST_COLUMNS:
            raise _TooMuch("too_wide", len(row), MOST_COLUMNS)
        _CELLS[sheet.parent] = found = _CELLS.get(sheet.parent, 0) + max(len(row), 1)
        if found > MOST_CELLS:
            raise _TooMuch("too_many_cells", found, MOST_CELLS)
        yield number, row


def filled_cells(sheet: Any, *, columns: int, rows: int | None = None) -> Iterator[tuple[int, dict[int, RawCell]]]:
    """The rows that are not blank with their numbers, and their filled cells by column, both from 1."""
    for number, row in rows_of(sheet, columns=columns, rows=rows):
        cells = {
            column: raw
            for column, cell in enumerate(row, start=1)
            if cell.value is not None and not (raw := RawCell(cell.value, cell.data_type, cell.number_format)).is_blank
        }
        if cells:
            yield number, cells


def _check_container(path: Path, name: str) -> None:
    with open_input(path, name) as file:
        size, head = os.fstat(file.fileno()).st_size, file.read(8)
    if head == _OLD_OR_ENCRYPTED:
        raise _refusal(name, "encrypted")
    if size > MOST_FILE_BYTES:
        raise _refusal(name, "too_large", size=size, most=MOST_FILE_BYTES)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _refusal(name, "not_xlsx") from error
    excess = excess_of(parts, size, MOST_PARTS, MOST_UNPACKED_BYTES)
    if excess is not None and excess.kind in ("members", "unpacked"):
        unpacked = sum(part.file_size for part in parts)
        raise _refusal(name, "unpacked_too_large", size=unpacked, most=MOST_UNPACKED_BYTES)
    if any(part.flag_bits & 1 for part in parts):
        raise _refusal(name, "encrypted")
    names = {part.filename.lower() for part in parts}
    if any(part.endswith(_MACROS) for part in names) or path.suffix.lower() in {".xlsm", ".xltm", ".xlam"}:
        raise _refusal(name, "macros")
    if _WORKBOOK not in names:
        raise _refusal(name, "not_xlsx")
    if excess is not None:
        raise _refusal(name, "made_to_exhaust")


def _refusal(name: str, what: str, **params: str | float) -> InvalidInput:
    cause = Message.of(f"reading.workbook.{what}", **params)
    return InvalidInput(Problem(cause, Place(name), Message.of(f"reading.workbook.{what}.mend")))


def formula_tokens(formula: str) -> list[tuple[str, str, str]] | None:
    """The parts of a formula: kind, kind within it, and text; None where it is none. Nothing is computed."""
    from openpyxl.formula import Tokenizer

    try:
        return [(str(token.type), str(token.subtype), str(token.value)) for token in Tokenizer(formula).items]
    except Exception:  # the tokenizer raises whatever it meets
        return None
