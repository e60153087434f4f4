"""The words of a document in four forms."""

import io

import docx
import openpyxl

from guanzi.render import document_docx, document_html, document_screen, write_document_book


def forms(made, lang):
    """What screen, page, workbook and paper say, each in one line."""
    book = io.BytesIO()
    write_document_book(made, book, lang)
    cells = (str(c.value) for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for c in row)
    paper = docx.Document(io.BytesIO(document_docx(made, lang)))
    said = [p.text for p in paper.paragraphs] + [c.text for t in paper.tables for row in t.rows for c in row.cells]
    texts = (document_screen(made, lang), document_html(made, lang), "\n".join(cells), "\n".join(said))
    return [" ".join(text.replace("\xa0", " ").split()) for text in texts]
