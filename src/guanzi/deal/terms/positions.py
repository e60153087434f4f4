"""Where in a YAML file the characters of a text value stand, even when the value is folded over several lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from guanzi.base.core import Place
from guanzi.base.reading import YamlDocument


def locator(document: YamlDocument, path: tuple[str | int, ...], text: str) -> Callable[[int], Place]:
    """From an offset in a text value to its place in the file.

    The value and the file are walked side by side: whatever the file has more (indentation, line ends, escapes) is
    passed over. So plain, quoted, folded (``>``) and literal (``|``) scalars are all located.
    """
    start = document.place(path)
    lines = document.source.lines
    row, column = start.line - 1, start.column - 1
    if not 0 <= row < len(lines):
        return lambda offset: replace(start, column=start.column + offset)
    first = lines[row][column : column + 1]
    if first in (">", "|"):
        row, column = row + 1, 0
    elif first in ("'", '"'):
        column += 1
    found = _align(text, lines, row, column)

    def locate(offset: int) -> Place:
        line, char = found[min(max(offset, 0), len(found) - 1)]
        return replace(start, line=line + 1, column=char + 1)

    return locate


def _align(text: str, lines: tuple[str, ...], row: int, column: int) -> list[tuple[int, int]]:
    """Line and column (from 0) of each character of the value, and of its end."""
    found: list[tuple[int, int]] = []
    for character in text:
        if not character.isspace():
            ahead_row, ahead_column = row, column
            while ahead_row < len(lines):
                ahead_column = lines[ahead_row].find(character, ahead_column)
                if ahead_column >= 0:
                    row, column = ahead_row, ahead_column
                    break
                ahead_row, ahead_column = ahead_row + 1, 0
        found.append((row, column))
        column += 1
    return [*found, (row, column)]
