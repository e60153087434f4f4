"""A document on a terminal: its title, and the parts that stand on the first screen."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.base.core import width as columns_of
from guanzi.base.core import wrap
from guanzi.render.document import Blanks, Block, Bullets, Chart, Document, Fold, Sentence, Sources, Table
from guanzi.render.telling import tell, tell_table
from guanzi.render.typography import joint

WIDTH = 100
_SIGNS = {"risk": "!", "caution": "!", "unknown": "?", "good": "✓"}
"""What stands before an item, since colour alone says nothing."""
_TICKED, _OPEN = "☒", "☐"


def document_screen(document: Document, lang: str, width: int = WIDTH) -> str:
    """The first screen of a document as text.

    Args:
        document: The document; parts that are not marked as first are left to the page.
        lang: Language.
        width: Columns.
    """
    lines = [*wrap(tell(document.title, lang), width)]
    if document.under:
        lines += wrap(" · ".join(tell(words, lang) for words in document.under), width)
    parts = [section for section in document.sections if section.first]
    for section in parts:
        lines.append("")
        if len(parts) > 1:
            lines += wrap(tell(section.heading, lang), width)
        for block in section.blocks:
            lines += _lines(block, lang, width)
    return "\n".join(lines)


def _lines(block: Block, lang: str, width: int) -> Iterator[str]:
    match block:
        case Sentence():
            yield from wrap(_named(block, lang), width)
        case Bullets():
            for n, item in enumerate(block.items):
                yield from wrap(_named(item, lang), width, indent="    ", first=_sign(block, n, item))
        case Table():
            yield from _table(block, lang, width)
        case Chart():
            yield from wrap(tell(block.finding.words, lang), width)
        case Fold():
            for within in block.blocks:
                yield from _lines(within, lang, width)
        case Sources() | Blanks():
            return


def _sign(bullets: Bullets, n: int, item: Sentence) -> str:
    if bullets.form == "choices":
        return f"  {_TICKED if n in bullets.chosen else _OPEN} "
    return f"  {n + 1}. " if bullets.form == "steps" else f"  {_SIGNS.get(item.tone, '·')} "


def _named(sentence: Sentence, lang: str) -> str:
    told = tell(sentence.words, lang)
    return f"{tell(sentence.name, lang)}{joint('colon', lang)}{told}" if sentence.name else told


def _table(table: Table, lang: str, width: int) -> Iterator[str]:
    """A table by columns; one that is too wide wraps its first column of words."""
    told = tell_table(table, lang)
    yield from wrap(told.caption, width)
    grid = [told.heads, *((head.text, *(cell.text for cell in cells)) for _, head, cells in told.rows)]
    right = [all(not row[2][n].words for row in told.rows) for n in range(len(told.heads) - 1)]
    wide = [max(columns_of(row[n]) for row in grid) for n in range(len(told.heads))]
    room = max(width - 2 - sum(wide[1:]) - 2 * (len(wide) - 1), 16)
    wide[0] = min(wide[0], room)
    for row in grid:
        first, *more = wrap(row[0], wide[0]) or [""]
        cells = [_padded(first, wide[0], right=False)]
        cells += [_padded(text, wide[n + 1], right=right[n]) for n, text in enumerate(row[1:])]
        yield ("  " + "  ".join(cells)).rstrip()
        yield from (f"  {line}" for line in more)


def _padded(text: str, columns: int, *, right: bool) -> str:
    room = " " * (columns - columns_of(text))
    return room + text if right else text + room
