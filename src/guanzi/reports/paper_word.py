"""A paper as DOCX, to be edited further: the same blocks as in PDF, the same bytes for the same paper."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from guanzi.reports.paper import Paper, PaperBlock

_LATIN, _CHINESE = "Liberation Serif", "SimSun"
_STYLES = {"text": "Normal", "note": "Normal", "strong": "Normal", "list": "List Bullet", "steps": "List Number"}
_WIDTH_CM = 16.6
_ROOM_CM = 0.9
_EPOCH = (1980, 1, 1, 0, 0, 0)


def paper_as_docx(paper: Paper) -> bytes:
    """Lay out a paper for a word processor: headings, lists and tables by their styles."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.0)
    _properties(document, paper)
    _fonts(document, paper.lang)
    section.footer.paragraphs[0].text = paper.footer
    document.add_paragraph(paper.kicker)
    document.add_heading(paper.title, 1)
    document.add_paragraph(paper.under)
    numbered = 0
    for block in paper.blocks:
        numbered += block.kind == "steps"
        _add(document, block, restart=numbered > 1)
    buffer = BytesIO()
    document.save(buffer)
    return _same_times(buffer.getvalue())


def _add(document: Any, block: PaperBlock, *, restart: bool) -> None:
    if block.kind in ("heading", "sub"):
        document.add_heading(block.text, 2 if block.kind == "heading" else 3)
    elif block.kind in ("list", "steps"):
        for n, item in enumerate(block.items, 1):
            if block.kind == "steps" and restart:  # a second list by the style would go on counting
                document.add_paragraph(f"{n}. {item}")
            else:
                document.add_paragraph(item, _STYLES[block.kind])
    elif block.kind in ("table", "form"):
        _table(document, block)
    elif block.kind == "signs":
        _lines(document, len(block.rows))
    else:
        run = document.add_paragraph(style=_STYLES[block.kind]).add_run(block.text)
        run.bold, run.italic = block.kind == "strong" or None, block.kind == "note" or None


def _table(document: Any, block: PaperBlock) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    parts = block.widths or (1,) * len(block.head)
    rows = (block.head, *block.rows)
    for n, words in enumerate(rows):
        row = table.rows[0] if n == 0 else table.add_row()
        if n and block.kind == "form":
            row.height = Cm(_ROOM_CM)
        for cell, text, part in zip(row.cells, words, parts, strict=True):
            cell.width = Cm(_WIDTH_CM * part / sum(parts))
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = Pt(9), n == 0 or None
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _lines(document: Any, count: int) -> None:
    """Open lines: a table of one column, to be written in by hand or by keyboard."""
    from docx.shared import Cm

    table = document.add_table(rows=count, cols=1, style="Table Grid")
    for row in table.rows:
        row.height = Cm(_ROOM_CM)


def _properties(document: Any, paper: Paper) -> None:
    stamp = datetime(paper.dated.year, paper.dated.month, paper.dated.day)
    properties = document.core_properties
    properties.title, properties.author = f"{paper.title} — {paper.kicker}", "Guanzi"
    properties.created = properties.modified = stamp
    properties.language = "zh-CN" if paper.lang == "zh" else "en-GB"
    properties.comments = ""


def _fonts(document: Any, lang: str) -> None:
    """One family for all styles; Chinese characters have theirs, which a word processor asks for by itself."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.name = _LATIN
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), _CHINESE)
    document.styles["Normal"].font.size = Pt(10.5)


def _same_times(content: bytes) -> bytes:
    """The archive again, without the time at which it was packed."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as packed, ZipFile(buffer, "w", ZIP_DEFLATED) as again:
        for name in packed.namelist():
            again.writestr(ZipInfo(name, _EPOCH), packed.read(name), ZIP_DEFLATED)
    return buffer.getvalue()
