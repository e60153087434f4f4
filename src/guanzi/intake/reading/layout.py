"""Rows of a page: what stands at one height, cut where a gap parts one column from the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from guanzi.intake.reading.amounts import PrintedFigure, figure_of, is_unit
from guanzi.intake.reading.lexicon import closed
from guanzi.record.evidence import Box, PlacedLine, PlacedPage, PlacedWord

_CLOSE, _WIDE, _FAR = 0.5, 0.8, 8.0
"""Gaps, in heights of a letter: within running text, within a name, between a sign of money and its figure."""
_SIGN = re.compile(r"[$¥€£(（]|US\$|HK\$|[$¥€£]\(")
_TAIL = re.compile(r"[)）]?[%％][)）]?|[)）]")
_THREE, _THOUSANDS = re.compile(r"\d{3}[)）]?"), re.compile(r"[(（]?[-–−]?\d{1,3}(?: \d{3})*")
"""A figure whose thousands are parted by spaces: three digits, and what may stand before them."""
_NAME = re.compile(r"[\u3400-\u9fff]{2}")
_UNSPACED = 0.16


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a row stands together: a name, a head, or a figure.

    Attributes:
        text: Its text.
        place: Where it stands among rows and columns.
        words: The words of which it is made.
        figure: The figure that it is.
    """

    text: str
    place: Box
    words: tuple[PlacedWord, ...]
    figure: PrintedFigure | None

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.place[0]

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.place[2]

    @property
    def box(self) -> Box | None:
        """Where its figure stands on the sheet, without a sign of money apart from it."""
        return box_around([w for w in self.words if re.search(r"\d", w.text)] or self.words)

    @property
    def cell(self) -> str:
        """Address of its cell in a workbook."""
        return self.words[0].cell


@dataclass(frozen=True, slots=True)
class PageRow:
    """Pieces at one height, from left to right; ``table`` is the table of a document without a fixed sheet."""

    pieces: tuple[Piece, ...]
    table: int = 0

    @property
    def text(self) -> str:
        """The row as a line of text."""
        return "  ".join(piece.text for piece in self.pieces)

    @property
    def top(self) -> float:
        """Where it begins."""
        return min(piece.place[1] for piece in self.pieces)

    @property
    def height(self) -> float:
        """How high its letters are."""
        return max(piece.place[3] - piece.place[1] for piece in self.pieces)


def box_around(words: Iterable[PlacedWord]) -> Box | None:
    """The box of some words; None where they have none."""
    boxes = [word.box for word in words if word.box is not None]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def line_text(words: Sequence[PlacedWord]) -> tuple[str, list[tuple[int, int]]]:
    """Words as a line of text, with where each begins and ends in it; marks of footnotes are blanks."""
    text, spans = "", []
    for index, word in enumerate(words):
        before = words[index - 1] if index else None
        if before is not None and not _is_unspaced(before, word):
            text += " "
        spans.append((len(text), len(text) + len(word.text)))
        text += " " * len(word.text) if word.mark else word.text
    return text, spans


def _is_unspaced(before: PlacedWord, word: PlacedWord) -> bool:
    gap = word.place[0] - before.place[2]
    return before.box is not None and -1 < gap / max(word.place[3] - word.place[1], 1.0) < _UNSPACED


def rows_of_page(page: PlacedPage) -> list[PageRow]:
    """The rows of a page from top to bottom: by height where it has a sheet, else line by line."""
    placed = [word for line in page.lines for word in line.words if word.box is not None and not word.mark]
    if placed:
        return list(_between([PageRow(tuple(_pieces(row))) for row in _heights(placed)]))
    return [PageRow(tuple(_cells(line)), line.table) for line in page.lines]


def _heights(words: Sequence[PlacedWord]) -> Iterator[list[PlacedWord]]:
    """Words by rows: those whose middles are nearer than half a letter."""
    row: list[PlacedWord] = []
    middle = 0.0
    for word in sorted(words, key=lambda w: (w.place[1] + w.place[3], w.place[0])):
        centre = (word.place[1] + word.place[3]) / 2
        height = min(word.place[3] - word.place[1], *(w.place[3] - w.place[1] for w in row)) if row else 0.0
        if row and centre - middle > 0.4 * height:
            yield sorted(row, key=lambda w: w.place[0])
            row = []
        row.append(word)
        middle = sum(w.place[1] + w.place[3] for w in row) / (2 * len(row))
    if row:
        yield sorted(row, key=lambda w: w.place[0])


def _between(rows: Sequence[PageRow]) -> Iterator[PageRow]:
    """Rows, of which figures that stand halfway between the two lines of their name have it in their row."""
    at = 0
    while at < len(rows):
        name, *others = rows[at : at + 3]
        if len(others) == 2 and _is_halfway(name, *others):
            yield PageRow((_piece((*name.pieces[0].words, *others[1].pieces[0].words)), *others[0].pieces))
            at += 3
        else:
            yield name
            at += 1


def _is_halfway(above: PageRow, row: PageRow, below: PageRow) -> bool:
    lines = (above.pieces[0], below.pieces[0])
    if len(above.pieces) > 1 or len(below.pieces) > 1 or any(line.figure is not None for line in lines):
        return False
    if all(piece.figure is None for piece in row.pieces) or row.pieces[0].left < max(line.right for line in lines):
        return False
    steps = (row.top - above.top, below.top - row.top)
    return (
        all(0.3 * row.height < step < 0.95 * row.height for step in steps) and abs(lines[0].left - lines[1].left) < 15
    )


def _pieces(row: Sequence[PlacedWord]) -> Iterator[Piece]:
    """The pieces of a row: words that stand close, a figure with its signs and brackets, but never two figures."""
    gathered: list[PlacedWord] = []
    for word in row:
        if gathered and not _together(gathered, word):
            yield _piece(gathered)
            gathered = []
        gathered.append(word)
    if gathered:
        yield _piece(gathered)


def _together(gathered: Sequence[PlacedWord], word: PlacedWord) -> bool:
    last = gathered[-1]
    height = max(min(last.place[3] - last.place[1], word.place[3] - word.place[1]), 1.0)
    gap = (word.place[0] - last.place[2]) / height
    text, _ = line_text(gathered)
    is_figure = figure_of(word.text) is not None
    if _SIGN.fullmatch(text.strip()) and (is_figure or _figure_begins(word.text)):
        return gap < _FAR
    before = figure_of(text)
    if before is not None and not before.plain and _NAME.match(word.text) and is_unit(word.text) is None:
        return False
    if _THREE.fullmatch(word.text) and _THOUSANDS.fullmatch(text):
        return gap < _CLOSE
    if before is not None or re.fullmatch(r"[(（][^)）]*[\d.,]+", text):
        if _TAIL.fullmatch(word.text):
            return gap < _WIDE
        if is_figure and not _goes_on(before):
            return gap < _UNSPACED and word.text[0] not in "(（"
    return gap < (_CLOSE if is_figure or before is not None else _WIDE)


def _goes_on(figure: PrintedFigure | None) -> bool:
    """Whether a figure could be a year or a day, which goes on with others."""
    return figure is not None and figure.plain


def _figure_begins(text: str) -> bool:
    return re.match(r"[(（]?[-−]?\d", text) is not None


def _piece(words: Sequence[PlacedWord]) -> Piece:
    text = closed_up(line_text(words)[0])
    lefts, tops, rights, bottoms = zip(*(word.place for word in words), strict=True)
    place = (min(lefts), min(tops), max(rights), max(bottoms))
    return Piece(text, place, tuple(words), figure_of(text))


def part_of(piece: Piece, start: int, end: int) -> Piece:
    """Some of the words of a piece, as one of its own."""
    return _piece(piece.words[start:end])


def closed_up(text: str) -> str:
    """A text without spaces beside Chinese characters, and single ones elsewhere."""
    return closed(" ".join(text.split()))


def _cells(line: PlacedLine) -> Iterator[Piece]:
    """The cells of a row; a bracket or a sign of money in a cell of its own belongs to the figure beside it."""
    gathered: list[PlacedWord] = []
    for word in line.words:
        if gathered and (
            (_SIGN.fullmatch(gathered[-1].text.strip()) and _figure_begins(word.text))
            or (_TAIL.fullmatch(word.text.strip()) and re.search(r"\d$|\)$", gathered[-1].text.strip()))
        ):
            gathered.append(word)
            continue
        if gathered:
            yield _joined(gathered)
        gathered = [word]
    if gathered:
        yield _joined(gathered)


def _joined(words: Sequence[PlacedWord]) -> Piece:
    text = " ".join("".join(word.text for word in words).split())
    place = (words[0].place[0], words[0].place[1], words[-1].place[2], words[-1].place[3])
    return Piece(text, place, tuple(words), figure_of(text))
