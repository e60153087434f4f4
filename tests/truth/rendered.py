"""Renderings: a page, a screen or a paper says what its document says and nothing else, in both languages.

What was drawn is read back as a reader would: the words of a page, the lines of a terminal, the paragraphs and cells of
a Word paper, the cells of a workbook. It is held to the document: every sentence stands there, and no number stands
there that the document does not have.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.truth.arithmetic import near
from tests.truth.faults import Fault
from tests.truth.reading import Reading, key_figures, pieces

from guanzi.base.core import LANGUAGES, Message
from guanzi.cli.explain import explain_terms
from guanzi.cli.terminal import summary_screen
from guanzi.desk import explanation
from guanzi.render import (
    Document,
    Fold,
    Measurement,
    Section,
    Sources,
    Words,
    document_docx,
    document_html,
    document_screen,
    joint,
    tell,
    tell_key_figure,
    tell_sentence,
    write_document_book,
)
from guanzi.render.html import source_line
from guanzi.render.telling import ToldCell, tell_noted, tell_table
from guanzi.reports.words import of_text

_TAG = re.compile(r"<(?:script|style|svg|head)\b.*?</(?:script|style|svg|head)>|<[^>]+>", re.DOTALL)
_SPACE = re.compile(r"[\s\u00a0\u202f\u2009\u2060]+")
_NUMBER = re.compile(r"(?<![A-Za-z\d.,])\d[\d,]*(?:\.\d+)?")
_MARK = re.compile(r"^(?:[☒☐]|\d+\.(?!\d))")
"""What stands before an item of a list."""
FORMS: Mapping[str, tuple[str, ...]] = {
    "page": ("dossier", "brief", "monitor", "release", "fund"),
    "terminal": ("dossier", "explain", "monitor", "release", "fund", "lint", "structure", "walkaway", "portfolio"),
    "word": ("dossier", "memorandum", "minutes"),
    "book": ("dossier", "money", "monitor", "fund"),
}
"""By form: how the names of the documents begin that are drawn in it."""


def draw_all(reading: Reading, forms: tuple[str, ...] = tuple(FORMS)) -> None:
    """Draw the documents of a reading in both languages, and keep the text of each; its folder must still be there."""
    for form in forms:
        for name, document in reading.documents.items():
            if name.startswith(FORMS[form]):
                for lang in LANGUAGES:
                    drawn = _said(reading, name, lang) if form == "terminal" else None
                    reading.shown[f"{form}:{name}:{lang}"] = drawn or _DRAWN[form](document, lang)


def _said(reading: Reading, name: str, lang: str) -> str | None:
    """What commands print in words of their own; None: they print the first screen of the document."""
    if name == "dossier":
        return summary_screen(reading.appraisal, Path("dossier.html"), lang, 100)
    if name == "explain":
        with redirect_stdout(StringIO()) as printed:
            explain_terms(explanation.Request(str(reading.case.folder), reading.view.as_of), lang)
        return printed.getvalue()
    return None


def plain_text(page: str) -> str:
    """The words of a page without marks and spaces."""
    return _SPACE.sub("", html.unescape(_TAG.sub("", page)))


def _page(document: Document, lang: str) -> str:
    return html.unescape(_TAG.sub("\n", document_html(document, lang)))


def _word(document: Document, lang: str) -> str:
    import docx

    paper = docx.Document(BytesIO(document_docx(document, lang)))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def _book(document: Document, lang: str) -> str:
    """A line a cell: sheet, row, column and value; of a formula the value that was kept with it."""
    import openpyxl

    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_document_book(document, path, lang)
        book = openpyxl.load_workbook(path, data_only=True)
    return "\n".join(
        f"{sheet.title}\t{cell.row}\t{cell.column}\t{_kept(cell.value)}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )


def _kept(value: object) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else str(value).replace("\n", " ")


_DRAWN = {"page": _page, "terminal": document_screen, "word": _word, "book": _book}


def lost(reading: Reading) -> Iterator[Fault]:
    """What was drawn lacks a sentence of its document, or has a number that the document has not."""
    for key, text in reading.shown.items():
        form, _, rest = key.partition(":")
        name, _, lang = rest.rpartition(":")
        document, kept = reading.documents.get(name), f"lost {key}"
        if document is None:
            continue
        looked_at = (document, text)
        if reading.kept.get(kept, (None,))[0] != looked_at:
            check = _cells if form == "book" else _words
            if form == "terminal" and name == "dossier":
                asked: Sequence[Words] = [of_text(reading.appraisal.summary.headline)]
            else:
                asked = list(_on_paper(document) if form in ("page", "word") else _on_screen(document))
            reading.kept[kept] = (looked_at, tuple(check(form, name, document, lang, text, asked)))
        yield from reading.kept[kept][1]


def _fault(form: str, name: str, lang: str, said: str, against: str, kind: str) -> Fault:
    return Fault("pages", name, f"{form} {lang}", said, against, f"{kind}:{form}")


def _words(form: str, name: str, document: Document, lang: str, text: str, asked: Sequence[Words]) -> Iterator[Fault]:
    yield from _unsaid(form, name, lang, text, asked)
    told = "\n".join(_SPACE.sub("", words) for words in _told(document, lang))
    held = set(_NUMBER.findall("\n".join(_told(document, lang))))
    for line in text.split("\n"):
        plain = _SPACE.sub("", line)
        if form == "word" and _MARK.sub("", plain) not in told:
            yield _fault(form, name, lang, line.strip()[:200], "the document does not say it", "unheard")
            continue
        for number in _NUMBER.findall(line):
            if number not in held and not any(number in one for one in held):
                yield _fault(form, name, lang, line.strip()[:200], f"the document has no {number}", "unheard")


def _unsaid(form: str, name: str, lang: str, text: str, asked: Sequence[Words]) -> Iterator[Fault]:
    drawn = _SPACE.sub("", text)
    for words in asked:
        told = tell(words, lang)
        if _SPACE.sub("", told) not in drawn:
            yield _fault(form, name, lang, told, "what was drawn does not say it", "lost")


def _on_screen(document: Document) -> Iterator[Words]:
    """What the first screen says: sentences of first parts that are not folded away."""
    for section in document.sections:
        blocks = tuple(block for block in section.blocks if not isinstance(block, Fold)) if section.first else ()
        part = Document("", "", "", (), document.dated, (Section(section.id, "", blocks),), "")
        yield from (sentence.words for sentence in part.sentences())


def _on_paper(document: Document) -> Iterator[Words]:
    """What a page or a paper says: sentences, and words in tables, but for columns of workbooks alone."""
    yield from (sentence.words for sentence in document.sentences())
    for table in document.tables():
        for row in table.rows if not table.book_only and not table.blank else ():
            for column, cell in zip(table.columns, (row.head, *row.cells), strict=True):
                if isinstance(cell.value, Message) and not column.book_only:
                    yield cell.value
                yield from (note.words for note in cell.notes if note.words)


def _told(document: Document, lang: str) -> Iterator[str]:
    """All words of a document in a language: sentences, labels, names, and the cells of tables as they are shown."""
    yield from _strings(document)
    yield from (tell(piece.words, lang) for piece in pieces(document))
    yield from (tell_key_figure(figure, lang) for figure in key_figures(document))
    yield from (tell_sentence(sentence, lang) for sentence in document.sentences())
    yield " · ".join(tell(words, lang) for words in document.under)
    yield joint("sentence", lang).join(tell(words, lang) for words in (document.notice, document.footer) if words)
    for table in document.tables():
        told = tell_table(table, lang, book=True)
        yield from (told.caption, *told.heads)
        for _, head, cells in told.rows:
            for cell in (head, *cells):
                yield from (cell.text, cell.exact, *tell_noted(cell, lang).split("\n"))
    for block in document.blocks():
        if isinstance(block, Sources):
            lines = ((entry.grade, source_line(entry, lang)) for entry in block.entries)
            yield from (f"{grade}{joint('colon', lang)}{line}" for grade, line in lines)


def _strings(node: Any) -> Iterator[str]:
    """What stands in a document as it was entered, e.g. a title, a publisher or what a sentence rests on."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from _strings(item)
    elif is_dataclass(node) and not isinstance(node, type | Message):
        for held in fields(node):
            if held.name != "drawing":
                yield from _strings(getattr(node, held.name))


def _cells(form: str, name: str, document: Document, lang: str, text: str, asked: Sequence[Words]) -> Iterator[Fault]:
    """Every table stands on a sheet of its own: each cell holds the value of the document, in its place."""
    yield from _unsaid(form, name, lang, text, asked)
    sheets: dict[str, dict[tuple[int, int], str]] = {}
    for line in text.split("\n"):
        sheet, row, column, value = line.split("\t", 3)
        sheets.setdefault(sheet, {})[int(row), int(column)] = value
    tables = [one for one in document.tables() if one.rows and not one.blank]
    top = 3 if document.notice else 2
    if len(tables) != len(sheets) - 1:
        yield _fault(form, name, lang, f"{len(sheets) - 1} sheets", f"{len(tables)} tables", "sheets")
    for table, held in zip(tables, list(sheets.values())[1:], strict=False):
        places: dict[tuple[int, int], ToldCell] = {}
        for at, (_, head, cells) in enumerate(tell_table(table, lang, book=True).rows, start=top):
            places |= {(at, n): cell for n, cell in enumerate((head, *cells), start=1)}
        for place, told in places.items():
            if not _same(told, held.get(place), lang):
                said = f"{table.id} {place}: {held.get(place)}"
                yield _fault(form, name, lang, said, f"it is {told.cell.value}", "cell")
        for place in held.keys() - places.keys():
            if place[0] >= top:
                yield _fault(form, name, lang, f"{table.id} {place}: {held[place]}", "no such cell", "cell")


def _same(shown: ToldCell, told: str | None, lang: str) -> bool:
    """Whether a cell of a workbook holds what the document has: a number or a day as it is, all else in words."""
    cell, value = shown.cell, shown.cell.value
    if isinstance(value, Measurement):
        value = value.value
    if isinstance(value, date):
        return told == value.isoformat()
    if isinstance(value, bool):
        return told == str(value)
    if not isinstance(value, int | float):
        empty = value is None and (told is None or cell.formula != "")
        return empty or _SPACE.sub("", told or "") == _SPACE.sub("", tell_noted(shown, lang))
    try:
        return told is not None and near(float(told), float(value), 1e-9)
    except ValueError:
        return False
