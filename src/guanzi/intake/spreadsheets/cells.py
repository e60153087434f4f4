"""The cells of a workbook, read in a process of its own: what is written in each, and what was last computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guanzi.base.core import Ceilings, InvalidInput, Message, Place, Problem, confined
from guanzi.base.reading import open_workbook, parse_workbook, rows_of

LONGEST = 60.0
"""Seconds after which a workbook is given up."""
MOST_FORMULAS = 200_000
_BATCH = 5_000
_READER = "guanzi.intake.spreadsheets.cells:batches"


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A cell that is not blank.

    Attributes:
        sheet: Name of its sheet.
        row: Counted from 1.
        column: Counted from 1.
        value: What is written: a number, words, yes or no; of a formula its text.
        is_formula: It is one.
        computed: What the program last computed of a formula; None: nothing is kept.
    """

    sheet: str
    row: int
    column: int
    value: Any
    is_formula: bool = False
    computed: Any = None


def read_cells(path: Path, name: str) -> tuple[WrittenCell, ...]:
    """The cells of a workbook in the order of its sheets.

    Raises:
        InvalidInput: It is no workbook, not safe to open, damaged, or too large.
    """
    ceilings = Ceilings(LONGEST, LONGEST, alone=True)
    found = confined(_READER, {"path": str(path.resolve()), "name": name}, ceilings, name)
    return tuple(WrittenCell(*cell) for batch in found for cell in batch["cells"])


def batches(given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The cells of a workbook in batches.

    Args:
        given: ``path`` and ``name`` of the workbook.
    """
    path, name = Path(given["path"]), given["name"]
    formulas, held = 0, list[list[Any]]()
    with open_workbook(path, name) as book, parse_workbook(path, name, values=True) as values:
        for sheet, computed in zip(book.worksheets, values.worksheets, strict=True):
            for (row, cells), (_, results) in zip(rows_of(sheet), rows_of(computed), strict=True):
                for column, (cell, result) in enumerate(zip(cells, results, strict=True), start=1):
                    if cell.value is None:
                        continue
                    formula = cell.data_type == "f"
                    formulas += formula
                    if formulas > MOST_FORMULAS:
                        cause = Message.of("desk.model.too_many", most=MOST_FORMULAS)
                        raise InvalidInput(Problem(cause, Place(name), Message.of("desk.model.too_many.mend")))
                    text = getattr(cell.value, "text", cell.value)  # of a formula over several cells
                    held.append(
                        [sheet.title, row, column, _plain(text), formula, _plain(result.value) if formula else None]
                    )
                    if len(held) >= _BATCH:
                        yield {"cells": held}
                        held = []
    yield {"cells": held}


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | float | str) or value is None else str(value)
