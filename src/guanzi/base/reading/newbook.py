"""Workbooks that are written: words stay words, and the same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

NO_DAY = date(2000, 1, 1)
"""The day of a workbook that is of no day: the clock would give other bytes each time."""


@contextmanager
def new_workbook(target: Path | BytesIO, day: date = NO_DAY) -> Iterator[Any]:
    """A workbook to be filled; a file appears whole or not at all, and what no cell can hold breaks nothing.

    Args:
        target: A file, or what keeps its bytes.
        day: The day on which it is dated.

    Raises:
        OSError: It cannot be written.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    from guanzi.base.reading.sheets import SafeSheet

    draft = target if isinstance(target, BytesIO) else target.with_name(f".{target.name}.part")
    options = {"in_memory": draft is target, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with xlsxwriter.Workbook(draft, options) as book:
            book.worksheet_class = SafeSheet
            book.set_properties({"created": moment(day)})
            yield book
        if isinstance(draft, Path) and isinstance(target, Path):
            draft.replace(target)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise error.args[0] from error  # what the machine said, as of any other file
    finally:
        if isinstance(draft, Path):
            draft.unlink(missing_ok=True)


def moment(day: date) -> datetime:
    """A day as a cell holds it."""
    return datetime(day.year, day.month, day.day)
