"""A document on a terminal: its title, and the parts that stand on the first screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from guanzi.base.core import format_problem, wrap
from guanzi.base.core import width as columns_of
from guanzi.render.document import (
    Blanks,
    Block,
    Bullets,
    Chart,
    Document,
    Fold,
    KeyFigures,
    ProblemBlock,
    Sentence,
    Sources,
    Table,
)
from guanzi.render.localised import (
    LocalisedTable,
    localise,
    localise_key_figure,
    localise_noted,
    localise_sentence,
    localise_table,
)
from guanzi.render.typography import joint

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.measure import Measurement

WIDTH = 100
_SIGNS = {"risk": "!", "caution": "!", "unknown": "?", "good": "✓"}
"""What stands before an item, since colour alone says nothing."""
_TICKED, _OPEN = "☒", "☐"
_BESIDE = "       "
_LONG = 2
"""From so many lines of words in a cell on, the cells of a row stand below one another."""


def document_screen(document: Document, lang: str, width: int = WIDTH) -> str:
    """The first screen of a document as text.

    Args:
        document: The document; parts that are not marked as first are left to the page.
        lang: Language.
        width: Columns.
    """
    lines = [*wrap(localise(document.notice, lang), width), ""] if document.notice else []
    lines += wrap(localise(document.title, lang), width)
    if document.under:
        lines += wrap(" · ".join(localise(words, lang) for words in document.under), width)
    parts = [section for section in document.sections if section.first]
    for section in parts:
        lines.append("")
        heading = localise(section.heading, lang) if section.heading and len(parts) > 1 else ""
        if heading:
            lines += wrap(heading, width)
        for block in section.blocks:
            lines += _lines(block, lang, width, heading)
    return "\n".join(lines)


def _lines(block: Block, lang: str, width: int, heading: str) -> Iterator[str]:
    match block:
        case Sentence():
            yield from wrap(localise_sentence(block, lang), width)
        case Bullets():
            for n, item in enumerate(block.items):
                yield from wrap(localise_sentence(item, lang), width, indent="    ", first=_sign(block, n, item))
        case KeyFigures():
            for figure in block.items:
                yield from wrap(localise_key_figure(figure, lang), width, indent="    ", first="  · ")
        case Table(book_only=True):
            return
        case Table():
            yield from _table(block, lang, width, heading)
        case Chart():
            yield from wrap(localise(block.finding.words, lang), width)
        case ProblemBlock():
            yield from format_problem(block.problem, lang).splitlines()
            for note in block.notes:
                first = _BESIDE if note.tone == "quiet" else "     = "
                yield from wrap(localise_sentence(note, lang), width, indent=f"{_BESIDE}  ", first=first)
        case Fold() | Sources() | Blanks():
            return


def _sign(bullets: Bullets, n: int, item: Sentence) -> str:
    if bullets.form == "choices":
        return f"  {_TICKED if n in bullets.chosen else _OPEN} "
    return f"  {n + 1}. " if bullets.form == "steps" else f"  {_SIGNS.get(item.tone, '·')} "


def _table(table: Table, lang: str, width: int, heading: str) -> Iterator[str]:
    """A table by columns; words that do not fit in wrap within theirs."""
    from rich.cells import cell_len
    from rich.console import Console  # loads late: `--help` needs none
    from rich.padding import Padding
    from rich.table import Table as Grid

    localised_table = localise_table(table, lang)
    if localised_table.caption != heading:
        yield from wrap(localised_table.caption, width)
    if _is_long(localised_table, width):
        yield from _below(localised_table, lang, width)
        return
    grid = Grid(box=None, pad_edge=False, title=None)
    longest = max((cell_len(head.text) for _, head, _ in localised_table.rows), default=0)
    codes = all(head.text.isascii() and " " not in head.text for _, head, _ in localised_table.rows)
    room = width * 2 // 5 if codes else width // 4
    for n, name in enumerate(localised_table.heads):
        words = n == 0 or any(cells[n - 1].words for _, _, cells in localised_table.rows)
        whole = n == 0 and longest <= room  # a short name of a row, or its code, is not broken
        grid.add_column(_Cell(name), justify="left" if words else "right", overflow="fold", no_wrap=whole)
    for row, head, cells in localised_table.rows:
        texts = (_Cell(localise_noted(cell, lang)) for cell in cells)
        grid.add_row(Padding(_Cell(localise_noted(head, lang)), (0, 0, 0, 2 * row.depth)), *texts)
    console = Console(width=width - 2, file=StringIO(), color_system=None, legacy_windows=False)
    with console.capture() as drawn:
        console.print(grid)
    yield from (f"  {line}".rstrip() for line in drawn.get().splitlines())


@dataclass(frozen=True, slots=True)
class _Cell:
    """The words of a cell, broken where a line of the language may end: not within a number, nor before a comma."""

    words: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        from rich.text import Text

        columns = max(columns_of(self.words), 1) if options.no_wrap else options.max_width
        yield Text("\n".join(line for part in self.words.split("\n") for line in wrap(part, columns)))

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        from rich.measure import Measurement
        from rich.text import Text

        return Measurement.get(console, options, Text(self.words))


def _is_long(localised_table: LocalisedTable, width: int) -> bool:
    """Whether a table of words alone has a cell of several lines."""
    cells = [cell for _, _, row in localised_table.rows for cell in row if cell.text]
    return all(cell.words for cell in cells) and any(columns_of(cell.text) > _LONG * width for cell in cells)


def _below(localised_table: LocalisedTable, lang: str, width: int) -> Iterator[str]:
    """A table row by row, each cell after the head of its column, as a narrow page shows it."""
    for row, head, cells in localised_table.rows:
        margin = "  " * (row.depth + 1)
        yield from wrap(head.text, width, indent=margin)
        for name, cell in zip(localised_table.heads[1:], cells, strict=True):
            first, *notes = localise_noted(cell, lang).split("\n")
            said = ((f"{name}{joint('colon', lang)}{first}", 1), *((note, 2) for note in notes))
            for words, deeper in said if cell.text else ():
                yield from wrap(words, width, indent=margin + "  " * (deeper + 1), first=margin + "  " * deeper)
