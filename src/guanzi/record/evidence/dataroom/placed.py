"""What stands where: the words of a page in the order of the page, each with its box, its row and its column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanzi.record.evidence.dataroom.pages import Box, box_of

ROW_HEIGHT, COLUMN_WIDTH = 10.0, 100.0
"""Size of a cell of a table that has no fixed sheet, so that one layout serves all kinds of documents."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word, or the text of a cell.

    Attributes:
        text: As it stands.
        place: Left, top, right and bottom by which rows and columns are told: on the sheet, straightened where the page
            is tilted; or of the cell in its table.
        box: Where it stands on the sheet in points; None where the kind of document has no fixed sheet.
        cell: Its address in a workbook.
        mark: It is set smaller than its neighbours and raised, as marks of footnotes are.
    """

    text: str
    place: Box
    box: Box | None = None
    cell: str = ""
    mark: bool = False


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """Words that are read one after the other; ``table`` counts tables from 1, and is 0 outside of one."""

    words: tuple[PlacedWord, ...]
    table: int = 0


@dataclass(frozen=True, slots=True)
class Tag:
    """A figure that the document itself names by a concept of a taxonomy (XBRL).

    Attributes:
        concept: Taxonomy and name, e.g. ``us-gaap:Revenues``.
        text: The figure as it stands in the document.
        value: What it means.
        unit: Its unit, e.g. ``iso4217:CNY``.
        start: First day of its period; empty for a balance.
        end: Last day of its period, or the day of a balance.
    """

    concept: str
    text: str
    value: float
    unit: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page with what stands on it.

    Attributes:
        number: Counted from 1.
        lines: Its lines in the order in which they are read.
        label: Name of the sheet of a workbook.
        width: Of the sheet in points; 0 where there is none.
        unread: Why nothing could be read of it: the name of a sentence ``reading.unread.…``; empty when it could.
        recognised: Its words were recognised in a picture.
        tags: Figures that are tagged.
        written: The day on which the document says it was made, of its metadata; on the first page alone.
    """

    number: int
    lines: tuple[PlacedLine, ...] = ()
    label: str = ""
    width: float = 0.0
    unread: str = ""
    recognised: bool = False
    tags: tuple[Tag, ...] = ()
    written: str = ""

    def content(self) -> dict[str, Any]:
        """The page as plain data."""
        return {
            "number": self.number,
            "lines": [
                [line.table, [[w.text, w.place, w.box, w.cell, w.mark] for w in line.words]] for line in self.lines
            ],
            "label": self.label,
            "width": self.width,
            "unread": self.unread,
            "recognised": self.recognised,
            "tags": [[t.concept, t.text, t.value, t.unit, t.start, t.end] for t in self.tags],
            "written": self.written,
        }

    @classmethod
    def from_content(cls, data: Mapping[str, Any]) -> PlacedPage:
        """The inverse of :meth:`content`, also after a way through JSON."""
        lines = tuple(
            PlacedLine(
                tuple(
                    PlacedWord(text, box_of(place) or (0.0, 0.0, 0.0, 0.0), box_of(box), cell, mark)
                    for text, place, box, cell, mark in words
                ),
                table,
            )
            for table, words in data["lines"]
        )
        given = {name: data[name] for name in ("number", "label", "width", "unread", "recognised", "written")}
        return cls(lines=lines, tags=tuple(Tag(*tag) for tag in data["tags"]), **given)
