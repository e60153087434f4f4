"""What workbooks of reports have in common: sheets with a head that print, and how formulas name them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from guanzi.reports.words import say

_A4 = 9
"""The code of the size of paper."""


class BookWriter:
    """Writes the sheets of one workbook; rows of a sheet begin below its head.

    Attributes:
        WORDS: Beginning of the ids of what it says: ``<words>.sheet.<name>`` and ``<words>.head.<column>``.
    """

    WORDS: ClassVar[str]

    def __init__(self, book: Any, lang: str) -> None:
        self.book, self.lang = book, lang
        self.bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})

    def sheet(self, name: str, heads: Sequence[str], widths: Sequence[int]) -> Any:
        """A new sheet with its head, in landscape on one page's width."""
        sheet = self.book.add_worksheet(self.title(name))
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.write_string(0, column, self.head(head), self.bold)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        return sheet

    def title(self, name: str) -> str:
        """What a sheet is called."""
        return say(f"{self.WORDS}.sheet.{name}", self.lang)

    def head(self, name: str) -> str:
        """What stands above a column."""
        return say(f"{self.WORDS}.head.{name}", self.lang)

    def quoted(self, name: str) -> str:
        """A sheet as formulas name it."""
        return f"'{self.title(name)}'"

    def column(self, name: str, letter: str, rows: int) -> str:
        """A column of a sheet as formulas name it, without its head."""
        return f"{self.quoted(name)}!${letter}$2:${letter}${max(rows, 1) + 1}"
