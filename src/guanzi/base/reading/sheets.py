"""Sheets of workbooks that are written; in a file of its own: the library of workbooks is loaded when it is used."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from guanzi.base.reading.cells import plain_cell, short_cell


class SafeSheet(Worksheet):  # type: ignore[misc]
    """A sheet on which words that are too long are cut with a mark, and what is no number is none."""

    def write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> Any:
        """Write words."""
        return super().write_string(row, col, short_cell(str(plain_cell(string))), cell_format)

    def write_number(self, row: int, col: int, number: float, cell_format: Any = None) -> Any:
        """Write a number as it came, since it may say how it is written; one that is not known leaves a cell empty."""
        told = plain_cell(number)
        if told is None:
            return super().write_blank(row, col, None, cell_format)
        if isinstance(told, str):
            return self.write_string(row, col, told, cell_format)
        return super().write_number(row, col, number, cell_format)

    def write(self, row: int, col: int, value: Any, cell_format: Any = None) -> Any:
        """Write anything but a formula."""
        told = plain_cell(value)
        if isinstance(told, str):
            return self.write_string(row, col, told, cell_format)
        return super().write(row, col, value if told is not None else None, cell_format)
