"""A result as a document: headings, sentences, tables, charts and marks as data, before a language or a form is chosen.

Whoever has a result writes its document once; terminal, page, workbook, paper and JSON draw it. Nothing here is a
sentence: words are messages, or words of a case as they were entered. What a sentence or a figure rests on stands
beside it, as ``fact:<id>``, ``source:<id>`` or ``figure:<id>``, so that tests, searches and differences read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

from guanzi.base.core import Message, Period, Problem
from guanzi.render.amounts import Measurement

if TYPE_CHECKING:  # the library of charts is large
    from guanzi.render.drawing import Picture


@runtime_checkable
class Worded(Protocol):
    """What a language says in its own words, e.g. a distribution."""

    def localised(self, lang: str) -> str:
        """It in a language."""

    def full(self, lang: str) -> str:
        """It in full precision."""

    def plain(self) -> dict[str, Any]:
        """It as plain data."""


type Words = Message | str
"""A sentence of the catalogue, or words of a case as they were entered."""
type Value = Words | float | bool | date | Period | Measurement | Worded | None
"""What stands in a cell; None: there is no evidence."""
type Tone = Literal["plain", "strong", "quiet", "good", "caution", "risk", "unknown", "outcome"]
"""How a sentence or a cell is shown: by weight, or by what it means."""
type Block = Sentence | Bullets | KeyFigures | Table | Chart | Fold | Sources | Blanks | ProblemBlock

UNDATED = date(2000, 1, 1)
"""The day that files carry of a result that holds on any day: their bytes are the same for the same input."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph, or an item of a list.

    Attributes:
        name: What it is about, set before it in bold.
        link: A file beside the page to which it leads.
        rests: Ids of the facts, sources and figures that it rests on.
        cited: Words in small print after it, which lead to a list of what it rests on, each by its name.
        id: Where others refer to it, e.g. ``finding:liquidity``.
    """

    words: Words
    rests: tuple[str, ...] = ()
    tone: Tone = "plain"
    name: Words = ""
    link: str = ""
    cited: Words = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list.

    Attributes:
        form: ``points``, numbered ``steps``, ``choices`` of which those in ``chosen`` are ticked, or ``pairs`` of a
            name and what is said of it.
    """

    items: tuple[Sentence, ...]
    form: Literal["points", "steps", "choices", "pairs"] = "points"
    chosen: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure with its label, and of what it is, e.g. of the deal as signed."""

    label: Words
    value: Measurement
    of: Words = ""
    rests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The few figures that are read first."""

    caption: Words
    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        unit: Of a number that is shown with a unit of its own; empty: that of its column or table.
        formula: How a workbook computes it: ``{column}`` is the cell of this row, ``{table.column}`` a whole column,
            ``{table.column:1}`` its first cell.
        full: A number is shown in full precision, as a source states it.
        notes: What stands below it in small print.
    """

    value: Value
    unit: str = ""
    rests: tuple[str, ...] = ()
    tone: Tone = "plain"
    formula: str = ""
    full: bool = False
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        id: By which formulas and data name it.
        unit: Of its numbers, shown in its head.
        wide: Part of the width that it takes on paper.
        book_only: It stands in workbooks and data alone.
    """

    id: str
    head: Words
    unit: str = ""
    wide: int = 1
    book_only: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its heading, then its cells.

    Attributes:
        id: Where others refer to it, e.g. ``fact:cash-2019``.
        depth: How far it is indented: the row is a part of the nearest row above it that is indented less.
        tone: ``strong`` where it decides, ``quiet`` where another was taken.
        codes: By the name of each filter of the table, those of its options that show the row.
    """

    head: Cell
    cells: tuple[Cell, ...]
    id: str = ""
    depth: int = 0
    tone: Tone = "plain"
    codes: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of which rows of a table to see: code and words of each option."""

    name: str
    label: Words
    options: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column holds the headings of the rows.

    Attributes:
        unit: Of all numbers that have none of their own; they are shown on one scale.
        parts: Its numbers are parts of sums: none is cut at the half that another one would lose as well.
        blank: Rows are left to be written in by hand.
        book_only: It stands in workbooks and data alone.
        filters: Choices of which rows to see, on a page.
    """

    id: str
    caption: Words
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    blank: bool = False
    book_only: bool = False
    filters: tuple[Filter, ...] = ()
    parts: bool = False


class Drawing(Protocol):
    """What can be drawn in a language."""

    def picture(self, lang: str) -> Picture:
        """The drawing with its alternative text."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: what it shows as a sentence, how it is drawn, and the tables of its data."""

    id: str
    title: Words
    finding: Sentence
    drawing: Drawing
    data: tuple[Table, ...] = ()
    legend: Words = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks that a page shows when they are asked for."""

    summary: Words
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as lists of sources show it.

    Attributes:
        withheld: Why its publisher is not told; empty where he is.
        notes: What is said of it beside.
    """

    id: str
    grade: str
    publisher: str
    title: str
    day: date | None = None
    address: str = ""
    withheld: Words = ""
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """A list of sources."""

    entries: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class Blanks:
    """Lines left to be written on by hand."""

    lines: int


@dataclass(frozen=True, slots=True)
class ProblemBlock:
    """What is wrong at a place of an input, as compilers tell it: the line with its mark, the cause, and the fix.

    Attributes:
        notes: What is said of it beside; a quiet one goes on with the one before.
    """

    problem: Problem
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document with its heading.

    Attributes:
        heading: Its heading; empty: it has none.
        first: It stands on the first screen of a terminal.
        level: 2 for a part, 3 for a part of the one before; those of a first part stand side by side.
        tone: What its heading means, shown by a mark.
        folded: A page shows it, and the parts of it, when they are asked for.
    """

    id: str
    heading: Words
    blocks: tuple[Block, ...]
    first: bool = False
    level: int = 2
    tone: Tone = "plain"
    folded: bool = False


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """What an id is called, and where on the document it stands; empty: nowhere."""

    words: Words
    at: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A result for people, in no language yet.

    Attributes:
        id: Kind of document, e.g. ``monitor``.
        kicker: Its kind in words.
        under: What stands below the title: days, parties, versions.
        dated: The day of what is known, which files carry.
        footer: What it was made with.
        hash: Of the view that it was made from.
        notice: What every page, sheet and screen says before all else, e.g. that the figures are made up.
        places: What the ids are called that sentences rest on, where lists name them.
        contents: A page begins with a list of its parts.
    """

    id: str
    kicker: Words
    title: Words
    under: tuple[Words, ...]
    dated: date
    sections: tuple[Section, ...]
    footer: Words
    hash: str = ""
    notice: Words = ""
    places: Mapping[str, NamedPlace] = MappingProxyType({})
    contents: bool = False
    anchors: frozenset[str] = field(init=False, compare=False, default=frozenset())

    def __post_init__(self) -> None:
        """Note what the document holds of that to which others refer."""
        rows = (row.id for table in self.tables() for row in table.rows if row.id)
        listed = (
            f"source:{entry.id}" for block in self.blocks() if isinstance(block, Sources) for entry in block.entries
        )
        said = (sentence.id for sentence in self.sentences() if sentence.id)
        parts = (section.id for section in self.sections)
        object.__setattr__(self, "anchors", frozenset((*rows, *listed, *said, *parts)))

    def blocks(self) -> Iterator[Block]:
        """All blocks, those within folds too."""
        for section in self.sections:
            yield from _unfolded(section.blocks)

    def tables(self) -> Iterator[Table]:
        """All tables, those behind charts too."""
        for block in self.blocks():
            if isinstance(block, Table):
                yield block
            elif isinstance(block, Chart):
                yield from block.data

    def sentences(self) -> Iterator[Sentence]:
        """All sentences, in the order of reading."""
        for block in self.blocks():
            if isinstance(block, Sentence):
                yield block
            elif isinstance(block, Bullets):
                yield from block.items
            elif isinstance(block, Chart):
                yield block.finding
            elif isinstance(block, ProblemBlock):
                problem = block.problem
                fix = (Sentence(problem.fix),) if problem.fix is not None else ()
                yield from (Sentence(problem.cause, name=f"{problem.place} {problem.code}"), *fix, *block.notes)


def _unfolded(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Fold):
            yield from _unfolded(block.blocks)
        else:
            yield block
