"""Opening a workbook file without trusting it: kind, size, macros and encryption are looked at before it is read."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, open_input

MOST_FILE_BYTES = 20_000_000
MOST_UNPACKED_BYTES = 150_000_000
MOST_PARTS = 1_000
_OLD_OR_ENCRYPTED = bytes.fromhex("D0CF11E0A1B11AE1")
_WORKBOOK = "xl/workbook.xml"
_MACROS = ("vbaproject.bin", "vbadata.xml")


def open_workbook(path: Path, name: str) -> Any:
    """An openpyxl workbook in its streaming mode, formulas as they stand; to be closed by the caller.

    Raises:
        InvalidInput: The file is no ``.xlsx`` workbook, too large (also unpacked), encrypted or damaged, or has macros.
    """
    _check_container(path, name)
    import openpyxl

    try:
        return openpyxl.load_workbook(path, read_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parsers do: KeyError, ValueError, ParseError, …
        raise _refusal(name, "damaged", reason=type(error).__name__) from error


def damaged(name: str, error: Exception) -> InvalidInput:
    """The refusal of a file that turned out to be damaged while it was read."""
    return _refusal(name, "damaged", reason=type(error).__name__)


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
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED_BYTES or len(parts) > MOST_PARTS:
        raise _refusal(name, "unpacked_too_large", size=unpacked, most=MOST_UNPACKED_BYTES)
    if any(part.flag_bits & 1 for part in parts):
        raise _refusal(name, "encrypted")
    names = {part.filename.lower() for part in parts}
    if any(part.endswith(_MACROS) for part in names) or path.suffix.lower() in {".xlsm", ".xltm", ".xlam"}:
        raise _refusal(name, "macros")
    if _WORKBOOK not in names:
        raise _refusal(name, "not_xlsx")


def _refusal(name: str, what: str, **params: str | float) -> InvalidInput:
    cause = Message.of(f"evidence.workbook.{what}", **params)
    return InvalidInput(Problem(cause, Place(name), Message.of(f"evidence.workbook.{what}.mend")))
