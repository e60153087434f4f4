"""Text files with positions: UTF-8 and what spreadsheets save, and problems that show the line they are about."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from guanzi.base.core import MOST_BYTES, InvalidInput, Message, Place, Problem, read_input


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file as it was read.

    Attributes:
        name: Name by which places refer to it, e.g. relative to the case folder.
        text: Its content without byte order mark.
        lines: Its lines without line ends.
        warnings: What somebody should look at, e.g. a guessed encoding.
    """

    name: str
    text: str
    lines: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()

    def problem(
        self,
        cause: Message,
        place: Place,
        fix: Message | None = None,
        *,
        severity: str = "error",
        excerpt: str = "",
    ) -> Problem:
        """A problem at a place of this file, with the line that stands there."""
        line = self.lines[place.line - 1] if 1 <= place.line <= len(self.lines) else ""
        return Problem(cause, place, fix, severity, excerpt, line)


def read_text(path: Path, name: str, *, legacy: bool = False, most: int = MOST_BYTES) -> TextFile:
    """Read a text file: UTF-8, with or without byte order mark.

    Args:
        path: The file.
        name: How places should call it.
        legacy: Also read what spreadsheets save: UTF-16 with byte order mark; and GB18030 (with its subsets GBK and
            GB2312) where the bytes are not UTF-8, with a warning, because only a person can see whether it is right.
        most: Its largest size in bytes.

    Raises:
        InvalidInput: The file cannot be read, or is in none of these encodings; the place is that of the first garbled
            byte.
    """
    content = read_input(path, name, most)
    marked = legacy and content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return _text_file(name, content.decode("utf-16" if marked else "utf-8-sig"))
    except UnicodeDecodeError as error:
        if legacy and not marked and (text := _gb18030(content)) is not None:
            cause = Message.of("reading.file.gb18030")
            warning = Problem(cause, Place(name), Message.of("reading.file.not_utf8.mend"), "warning")
            return _text_file(name, text, (warning,))
        garbled, read = max(error.start, 0), error.object  # which lacks the mark, as the start does
        before = read[:garbled].decode("utf-16" if marked else "utf-8", errors="replace").split("\n")
        place = Place(name, len(before), len(before[-1]) + 1)
        cause = Message.of("reading.file.not_utf8", byte=f"0x{read[garbled]:02X}")
        raise InvalidInput(Problem(cause, place, Message.of("reading.file.not_utf8.mend"))) from error


def _text_file(name: str, text: str, warnings: tuple[Problem, ...] = ()) -> TextFile:
    end = "\n" if "\n" in text else "\r"  # old spreadsheets of the Mac end lines with a carriage return alone
    return TextFile(name, text, tuple(text.replace("\r\n", "\n").split(end)), warnings)


def _gb18030(content: bytes) -> str | None:
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        return None
