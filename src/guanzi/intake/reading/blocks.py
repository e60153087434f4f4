"""Tables of a page: rows of figures with their names, and the rows above them that are their heads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from guanzi.intake.reading.amounts import figure_of, is_none, is_unit
from guanzi.intake.reading.heads import ColumnSpan, head_of, title_of
from guanzi.intake.reading.layout import PageRow, Piece
from guanzi.intake.reading.lexicon import item_of

_MOST_ABOVE = 14
_LONG_ROW = 60
_NAME = re.compile(r"[^\W\d_]{2}|(?i:r&d)|[\u3400-\u9fff]")
_NOTE = re.compile(
    r"(?:[一二三四五六七八九十]+[、.]\s*)?[(（]?[一二三四五六七八九十\d]+(?:\.\d+)*[)）]?(?:[(（][a-z\d]{1,2}[)）])?"
    r"(?:[,、]\s*\d+(?:[(（][a-z]{1,2}[)）])?)*"
)


@dataclass(frozen=True, slots=True)
class Figures:
    """A name with the figures to its right."""

    name: Piece
    extras: tuple[Piece, ...]
    figures: tuple[Piece, ...]
    row: int


@dataclass(slots=True)
class FigureBlock:
    """Rows of figures under one head.

    Attributes:
        above: The rows above the first of them, as far as the rows of the block before.
        rows: Its rows, those without figures included.
        held: Names with their figures.
        table: The table of a document without a fixed sheet.
    """

    above: list[PageRow]
    rows: list[PageRow] = field(default_factory=list)
    held: list[Figures] = field(default_factory=list)
    table: int = 0


def blocks_of(rows: Sequence[PageRow], width: float) -> Iterator[FigureBlock]:
    """Tables by their heads: a row that names periods above the columns, or another table, begins a new one."""
    current: FigureBlock | None = None
    waiting: list[PageRow] = []
    for row in rows:
        held = list(_segments(row))
        if current is not None and row.table != current.table:
            yield current
            current, waiting = None, []
        if held and not _is_head(row, held):
            if current is None or _begins(waiting, current, width):
                if current is not None:
                    yield current
                current = FigureBlock(waiting[-_MOST_ABOVE:], table=row.table)
            else:
                current.rows.extend(waiting)
            current.held.extend(replace(one, row=len(current.rows)) for one in held)
            current.rows.append(row)
            waiting = []
        else:
            waiting.append(row)
    if current is not None:
        current.rows.extend(waiting)
        yield current


def _segments(row: PageRow) -> Iterator[Figures]:
    """Names with the figures to their right; a balance sheet may have two of them side by side."""
    name: Piece | None = None
    extras: list[Piece] = []
    figures: list[Piece] = []
    for number, piece in enumerate(row.pieces):
        if number == 0 and piece.figure is not None and piece.figure.is_year:
            name = piece  # rows may be years
        elif piece.figure is not None or is_none(piece.text) or piece.text.startswith("="):
            if name is not None:
                figures.append(piece)
        elif name is None:
            name = piece if _NAME.search(piece.text) or head_of(piece.text).is_timed else None
        elif figures and _NAME.search(piece.text) and not _NOTE.fullmatch(piece.text) and not is_unit(piece.text):
            yield Figures(name, tuple(extras), tuple(figures), 0)
            name, extras, figures = piece, [], []
        elif not figures:
            extras.append(piece)
    if name is not None and any(f.figure is not None or f.text.startswith("=") for f in figures):
        yield Figures(name, tuple(extras), tuple(figures), 0)


def _is_head(row: PageRow, held: Sequence[Figures]) -> bool:
    """Whether what looks like figures are years above columns."""
    figures = [f.figure for one in held for f in one.figures if f.figure is not None]
    return bool(figures) and all(f.is_year for f in figures) and all(item_of(one.name.text) is None for one in held)


def _begins(waiting: Sequence[PageRow], current: FigureBlock, width: float) -> bool:
    """Whether the rows between two rows of figures are the head of another table."""
    columns = columns_of(current.held)
    left = columns[0].left if columns else 0.0
    for row in waiting:
        if len(row.text) > _LONG_ROW and (not width or row.pieces[-1].right - row.pieces[0].left > 0.6 * width):
            return True
        over = [p for p in row.pieces if (p.left + p.right) / 2 > left - 10]
        if (
            any(head_of(p.text).is_timed for p in over)
            or sum(p.figure is None and not is_none(p.text) for p in over) > 1
        ):
            return True
        if title_of([row]).hindrance or re.search(r"单位\s*[:：]", row.text):
            return True
    return False


def columns_of(held: Sequence[Figures]) -> tuple[ColumnSpan, ...]:
    """The columns of figures: what overlaps from row to row."""
    spans: list[ColumnSpan] = []
    for piece in sorted((f for one in held for f in one.figures if f.figure is not None), key=lambda p: p.left):
        if spans and piece.left < spans[-1].right:
            spans[-1] = ColumnSpan(spans[-1].left, max(spans[-1].right, piece.right))
        else:
            spans.append(ColumnSpan(piece.left, piece.right))
    return tuple(spans)


_COMMAS, _POINT = (
    re.compile(r"\d{1,3}(?:,\d{3})+(?!\d|[.,]\d)"),
    re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+(?![\d.,])"),
)


def with_commas(held: Sequence[Figures]) -> Iterator[Figures]:
    """Figures of a picture in which a comma was taken for a point: where most have commas, and none other decimals."""
    texts = [piece.text for one in held for piece in one.figures if piece.figure is not None]
    pointed = [text for text in texts if "." in text and _POINT.search(text)]
    others = [text for text in texts if "." in text and text not in pointed and "%" not in text]
    if not pointed or others or sum(bool(_COMMAS.search(text)) for text in texts) <= len(pointed):
        yield from held
        return
    for one in held:
        yield replace(
            one,
            figures=tuple(
                replace(piece, figure=figure_of(piece.text.replace(".", ","))) if piece.text in pointed else piece
                for piece in one.figures
            ),
        )
