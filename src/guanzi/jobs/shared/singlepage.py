"""One document as one file: the page, paper or workbook that the ending of its name asks for."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.jobs.shared.results import write_whole

if TYPE_CHECKING:
    from guanzi.render import Document

ENDINGS = (".html", ".pdf", ".docx", ".xlsx")


def write_page(document: Document, file: Path, lang: str) -> None:
    """Write a document into a file: a page, a paper to print or to edit, or its tables as a workbook.

    Raises:
        InvalidInput: The name has another ending, the file cannot be written, or no typesetter or font is installed.
    """
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        cause, fix = Message.of("desk.page.ending", file=str(file)), Message.of("desk.page.ending.mend", names=ENDINGS)
        raise InvalidInput(Problem(cause, Place("--page"), fix, excerpt=str(file)))
    write_whole(file.parent, {file.name: _content(document, ending, lang)})


def _content(document: Document, ending: str, lang: str) -> str | bytes:
    from guanzi import render  # loads late: each format asks for a large library

    if ending == ".html":
        return render.document_html(document, lang)
    if ending == ".pdf":
        return render.document_pdf(document, lang)
    if ending == ".docx":
        return render.document_docx(document, lang)
    book = BytesIO()
    render.write_document_book(document, book, lang)
    return book.getvalue()
