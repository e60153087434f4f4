"""A case as a workbook that a finance officer fills in: layout, reading with places, writing, and back to a folder."""

from guanzi.intake.workbook.book import Book, BookCell, SheetRow, cell_place, read_book
from guanzi.intake.workbook.cells import UNKNOWN, BadCell, can_hold, read_cell
from guanzi.intake.workbook.content import PlacedDraft, case_draft, case_rows, write_case
from guanzi.intake.workbook.layout import ColumnKind, SheetColumn, SheetLayout, layouts
from guanzi.intake.workbook.writing import SheetRows, write_book

__all__ = [
    "UNKNOWN",
    "BadCell",
    "Book",
    "BookCell",
    "ColumnKind",
    "PlacedDraft",
    "SheetColumn",
    "SheetLayout",
    "SheetRow",
    "SheetRows",
    "can_hold",
    "case_draft",
    "case_rows",
    "cell_place",
    "layouts",
    "read_book",
    "read_cell",
    "write_book",
    "write_case",
]
