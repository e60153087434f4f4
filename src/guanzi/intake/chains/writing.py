"""A chain table as a workbook: one sheet, the header kept in sight, numbers as numbers."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from guanzi.base.reading import new_workbook

_WIDE = {"name": 26, "name_zh": 18, "title": 26, "note": 46}


def write_chain_workbook(text: str, path: Path) -> None:
    """Write the text of a CSV table as ``.xlsx``; the file appears whole or not at all."""
    rows = list(csv.reader(io.StringIO(text)))
    with new_workbook(path) as book:
        sheet = book.add_worksheet("chain")
        head = book.add_format({"bold": True, "bottom": 1})
        for column, name in enumerate(rows[0]):
            sheet.write_string(0, column, name, head)
            sheet.set_column(column, column, _WIDE.get(name, 12))
        for at, cells in enumerate(rows[1:], start=1):
            for column, cell in enumerate(cells):
                if rows[0][column] in ("low", "high") and cell:
                    sheet.write_number(at, column, float(cell))
                elif cell:
                    sheet.write_string(at, column, cell)
        sheet.freeze_panes(1, 1)
