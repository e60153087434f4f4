"""Lines of a terminal or chart: a Chinese character takes two columns, and a line can break between any two."""

from __future__ import annotations

import re
import textwrap
from unicodedata import east_asian_width

_HAN = "\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uff60"
_WIDE = re.compile(f"[{_HAN}]")
_CLOSING, _OPENING = "，。；：、？！）］】」”》〉…", "（［【「“《〈"
# What stays together: a wide character or a word, with the marks that must not begin or end a line.
_LETTER = rf"(?![{_CLOSING}{_OPENING}])[{_HAN}]"
_PIECE = re.compile(rf"\s+|[{_OPENING}]*(?:{_LETTER}|[^\s{_OPENING}{_CLOSING}{_HAN}]+|)[{_CLOSING}]*")


def width(text: str) -> int:
    """Columns of a text."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def wrap(text: str, columns: int, most: int | None = None, indent: str = "", first: str | None = None) -> list[str]:
    """Break a text into lines.

    Args:
        text: The text.
        columns: Width of a line, indentation included.
        most: At most so many lines; the last of them ends with an ellipsis when something is left out.
        indent: What stands before every line.
        first: What stands before the first instead.
    """
    first = indent if first is None else first
    if not _WIDE.search(text):
        wrapper = textwrap.TextWrapper(
            columns,
            initial_indent=first,
            subsequent_indent=indent,
            max_lines=most,
            placeholder=" …",
            break_on_hyphens=False,
        )
        return wrapper.wrap(text) or [first]
    lines, line = [], first
    for piece in (p for p in _PIECE.findall(text) if p):
        if width(line) + width(piece.rstrip()) > columns and line.strip():
            lines.append(line.rstrip())
            line, piece = indent, piece.lstrip()
        line += piece
    lines.append(line.rstrip())
    if most is not None and len(lines) > most:
        last = lines[most - 1]
        while width(last) + 1 > columns:
            last = last[:-1]
        lines = [*lines[: most - 1], last + "…"]
    return lines
