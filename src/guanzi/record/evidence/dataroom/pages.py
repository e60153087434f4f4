"""What a document says, page by page, with the places on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Left, top, right and bottom in points from the upper left corner of the page.
type Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    Attributes:
        start: Where it begins in the text of the page.
        end: Where it ends there.
        box: Where it stands on the sheet; None where the kind of document has no fixed sheet.
        cell: Address of its first cell in a workbook, e.g. ``A7``.
    """

    start: int
    end: int
    box: Box | None = None
    cell: str = ""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a page.

    Attributes:
        rows: Its cells as text, row by row.
        box: Where it stands on the sheet, if there is one.
        cell: Address of its upper left cell in a workbook.
    """

    rows: tuple[tuple[str, ...], ...]
    box: Box | None = None
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document: a page of a PDF, a sheet of a workbook, the whole of a text.

    Attributes:
        number: Counted from 1.
        text: Its text, line by line as it stands.
        flow: Its text as it is read: words and Chinese sentences that a line end cuts are whole again. Searches use it.
        lines: Its lines with their places.
        tables: Its tables.
        label: Name of the sheet of a workbook.
    """

    number: int
    text: str
    flow: str
    lines: tuple[Line, ...] = ()
    tables: tuple[PageTable, ...] = ()
    label: str = ""

    def content(self) -> dict[str, Any]:
        """The page as plain data."""
        return {
            "number": self.number,
            "text": self.text,
            "flow": self.flow,
            "label": self.label,
            "lines": [[line.start, line.end, line.box, line.cell] for line in self.lines],
            "tables": [{"rows": table.rows, "box": table.box, "cell": table.cell} for table in self.tables],
        }

    @classmethod
    def from_content(cls, data: Mapping[str, Any]) -> Page:
        """The inverse of :meth:`content`, also after a way through JSON."""
        lines = tuple(Line(start, end, box_of(box), cell) for start, end, box, cell in data["lines"])
        tables = tuple(
            PageTable(tuple(tuple(row) for row in table["rows"]), box_of(table["box"]), table["cell"])
            for table in data["tables"]
        )
        return cls(data["number"], data["text"], data["flow"], lines, tables, data["label"])


def page_of_lines(
    number: int,
    pieces: Sequence[tuple[str, Box | None, str]],
    tables: tuple[PageTable, ...] = (),
    *,
    label: str = "",
    flow: str | None = None,
) -> Page:
    """A page of lines, each with its box or the address of its cell."""
    lines: list[Line] = []
    start = 0
    for text, box, cell in pieces:
        lines.append(Line(start, start + len(text), box, cell))
        start += len(text) + 1
    text = "\n".join(piece[0] for piece in pieces)
    return Page(number, text, text if flow is None else flow, tuple(lines), tables, label)


def box_of(value: Any) -> Box | None:
    """A box after a way through JSON."""
    if value is None:
        return None
    left, top, right, bottom = value
    return (left, top, right, bottom)
