"""A case as a workbook that a finance officer fills in: layout, reading with places, writing, and back to a folder."""

from guanzi.evidence.workbook.book import Book, Cell, Row, cell_place, read_book
from guanzi.evidence.workbook.cells import UNKNOWN, can_hold
from guanzi.evidence.workbook.content import CaseDraft, Draft, case_draft, case_rows, write_case
from guanzi.evidence.workbook.layout import Column, SheetLayout, layouts
from guanzi.evidence.workbook.origin import in_cells, origin_text
from guanzi.evidence.workbook.writing import SheetRows, write_book
from guanzi.evidence.workbook.yamltext import yaml_text

__all__ = [
    "UNKNOWN",
    "Book",
    "CaseDraft",
    "Cell",
    "Column",
    "Draft",
    "Row",
    "SheetLayout",
    "SheetRows",
    "can_hold",
    "case_draft",
    "case_rows",
    "cell_place",
    "in_cells",
    "layouts",
    "origin_text",
    "read_book",
    "write_book",
    "write_case",
    "yaml_text",
]
