"""A document in a language as a plain sequence of blocks, which PDF and DOCX lay out alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guanzi.base.core import Message, problem_head
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
from guanzi.render.html import source_line
from guanzi.render.localised import localise, localise_key_figure, localise_noted, localise_sentence, localise_table
from guanzi.render.typography import joint

type FlatKind = Literal[
    "heading", "sub", "text", "strong", "note", "list", "steps", "choices", "table", "form", "signs", "picture"
]
_TICKED, _OPEN = "☒", "☐"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg"'
"""A drawing outside a page says what it is."""


@dataclass(frozen=True, slots=True)
class FlatBlock:
    """A part of a paper.

    Attributes:
        kind: ``heading`` or ``sub``; ``text``, ``strong`` or ``note``; ``list``, numbered ``steps``, or ``choices`` to
            tick; ``table``; ``form``: a table with room to write in; ``signs``: lines to write on; ``picture``.
        text: Its words; of a picture what it shows.
        items: Of a list.
        head: Of a table.
        rows: Of a table or form, each as long as its head.
        widths: Parts of the width that the columns of a table take.
        numeric: All columns of a table but the first are numbers.
        drawing: A picture as SVG.
    """

    kind: FlatKind
    text: str = ""
    items: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()
    numeric: bool = False
    drawing: str = ""


@dataclass(frozen=True, slots=True)
class FlatDocument:
    """A document before it is laid out; ``under`` is the line below the title, ``dated`` the day that files carry."""

    kicker: str
    title: str
    under: str
    footer: str
    dated: date
    lang: str
    blocks: tuple[FlatBlock, ...]


def flatten(document: Document, lang: str) -> FlatDocument:
    """A document in a language, block after block."""
    return FlatDocument(
        kicker=localise(document.kicker, lang),
        title=localise(document.title, lang),
        under=" · ".join(localise(words, lang) for words in document.under),
        footer=joint("sentence", lang).join(
            localise(words, lang) for words in (document.notice, document.footer) if words
        ),
        dated=document.dated,
        lang=lang,
        blocks=tuple(_sections(document, lang)),
    )


def _sections(document: Document, lang: str) -> Iterator[FlatBlock]:
    if document.notice:
        yield FlatBlock("strong", localise(document.notice, lang))
    for section in document.sections:
        if section.heading:
            yield FlatBlock("heading" if section.level == 2 else "sub", localise(section.heading, lang))
        for block in section.blocks:
            yield from _flat(block, lang)


def _flat(block: Block, lang: str) -> Iterator[FlatBlock]:
    match block:
        case Sentence():
            kind: FlatKind = "strong" if block.tone == "strong" else "note" if block.tone == "quiet" else "text"
            yield FlatBlock(kind, localise_sentence(block, lang))
        case Bullets():
            yield _bullets(block, lang)
        case KeyFigures():
            yield FlatBlock("list", items=tuple(localise_key_figure(figure, lang) for figure in block.items))
        case Table(book_only=True):
            return
        case Table():
            yield from _table(block, lang)
        case Chart():
            picture = block.drawing.picture(lang)
            yield FlatBlock("sub", localise(block.title, lang))
            yield FlatBlock("text", localise_sentence(block.finding, lang))
            yield FlatBlock("picture", picture.alternative, drawing=picture.wide.replace("<svg", _SVG, 1))
            if block.legend:
                yield FlatBlock("note", localise(block.legend, lang))
            for table in block.data:
                yield from _flat(table, lang)
        case Fold():
            yield FlatBlock("sub", localise(block.summary, lang))
            for within in block.blocks:
                yield from _flat(within, lang)
        case Sources():
            told = tuple(f"{source.grade}{joint('colon', lang)}{source_line(source, lang)}" for source in block.entries)
            yield FlatBlock("list", items=told)
        case ProblemBlock():
            problem = block.problem
            yield FlatBlock("strong", problem_head(problem, lang))
            yield FlatBlock("text", localise(problem.cause, lang))
            fix = (
                (localise(Message.of("core.problem.mend", mend=problem.fix), lang),) if problem.fix is not None else ()
            )
            if told := (*fix, *(localise_sentence(note, lang) for note in block.notes)):
                yield FlatBlock("list", items=told)
        case Blanks():
            yield FlatBlock("signs", rows=((),) * block.lines)


def _bullets(block: Bullets, lang: str) -> FlatBlock:
    items = tuple(localise_sentence(item, lang) for item in block.items)
    if block.form == "choices":
        marks = (_TICKED if n in block.chosen else _OPEN for n in range(len(items)))
        return FlatBlock("choices", items=tuple(f"{mark} {item}" for mark, item in zip(marks, items, strict=True)))
    return FlatBlock("steps" if block.form == "steps" else "list", items=items)


def _table(table: Table, lang: str) -> Iterator[FlatBlock]:
    told = localise_table(table, lang)
    if told.caption and not table.blank:
        yield FlatBlock("note", told.caption)
    yield FlatBlock(
        "form" if table.blank else "table",
        told.caption,
        head=told.heads,
        rows=tuple(
            ("\u2003" * row.depth + localise_noted(head, lang), *(localise_noted(cell, lang) for cell in cells))
            for row, head, cells in told.rows
        ),
        widths=tuple(column.wide for column in told.columns),
        numeric=bool(told.rows) and not any(cell.words for _, _, cells in told.rows for cell in cells),
    )
