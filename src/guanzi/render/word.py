"""A document for a word processor (DOCX), to be edited further: the same bytes for the same document."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from guanzi.render.document import Document
from guanzi.render.flat import FlatBlock, FlatDocument, flatten

_LATIN, _CHINESE = "Liberation Serif", "SimSun"
_INK, _QUIET, _LINE = "1C2733", "55606B", "B9C1C9"
_STYLES = {"list": "List Bullet", "steps": "List Number"}
_HEADINGS = (("Heading 1", 17.0, 4.0, 2.0), ("Heading 2", 12.5, 14.0, 5.0), ("Heading 3", 10.5, 9.0, 3.0))
"""Style, size, and room before and after, in points."""
_WIDTH_CM = 16.6
_MARGIN_CM = 0.9
_EPOCH = (1980, 1, 1, 0, 0, 0)


def document_docx(made: Document, lang: str = "en") -> bytes:
    """Lay out a document for a word processor: headings, lists and tables by their styles."""
    import docx
    from docx.shared import Cm

    paper = flatten(made, lang)
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.0)
    _properties(document, paper)
    _styles(document, paper.lang)
    _footer(section, paper.footer)
    _quiet(document.add_paragraph(), paper.kicker)
    document.add_heading(paper.title, 1)
    _quiet(document.add_paragraph(), paper.under)
    numbered = 0
    for block in paper.blocks:
        numbered += block.kind == "steps"
        _add(document, block, restart=numbered > 1)
    buffer = BytesIO()
    document.save(buffer)
    return _same_times(buffer.getvalue())


def _add(document: Any, block: FlatBlock, *, restart: bool) -> None:
    if block.kind in ("heading", "sub"):
        document.add_heading(block.text, 2 if block.kind == "heading" else 3)
    elif block.kind in ("list", "steps"):
        for n, item in enumerate(block.items, 1):
            if block.kind == "steps" and restart:  # a second list by the style would go on counting
                document.add_paragraph(f"{n}. {item}")
            else:
                document.add_paragraph(item, _STYLES[block.kind])
    elif block.kind == "choices":
        for n, item in enumerate(block.items, 1):
            document.add_paragraph(item).paragraph_format.keep_with_next = n < len(block.items)
    elif block.kind in ("table", "form"):
        _table(document, block)
    elif block.kind == "signs":
        _lines(document, len(block.rows))
    elif block.kind == "picture":
        _picture(document, block)
    elif block.kind == "note":
        _quiet(document.add_paragraph(), block.text)
    else:
        document.add_paragraph().add_run(block.text).bold = block.kind == "strong" or None


def _table(document: Any, block: FlatBlock) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    parts = block.widths or (1,) * len(block.head)
    for column, part in zip(table.columns, parts, strict=True):
        column.width = Cm(_WIDTH_CM * part / sum(parts))
    rows = (block.head, *block.rows)
    for n, words in enumerate(rows):
        row = table.rows[0] if n == 0 else table.add_row()
        row._tr.get_or_add_trPr().append(_element("cantSplit"))
        if n and block.kind == "form":
            row.height = Cm(_MARGIN_CM)
        for place, (cell, text, part) in enumerate(zip(row.cells, words, parts, strict=True)):
            cell.width = Cm(_WIDTH_CM * part / sum(parts))
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.keep_with_next = n == 0
            if block.numeric and place:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(8.5), n == 0 or None
    table.rows[0]._tr.get_or_add_trPr().append(_element("tblHeader"))
    _rule(table, inner=block.kind == "form")
    _gap(document)


def _picture(document: Any, block: FlatBlock) -> None:
    """A drawing as an image, with what it shows for readers who cannot see it."""
    import vl_convert
    from docx.shared import Cm

    image = BytesIO(vl_convert.svg_to_png(block.drawing, scale=2))
    shape = document.add_picture(image, width=Cm(_WIDTH_CM))
    shape._inline.docPr.set("descr", block.text)


def _lines(document: Any, count: int) -> None:
    """Open lines: a table of one column, to be written in by hand or by keyboard."""
    from docx.shared import Cm

    table = document.add_table(rows=count, cols=1, style="Table Grid")
    for row in table.rows:
        row.height = Cm(_MARGIN_CM)
    _rule(table, inner=False)
    _gap(document)


def _rule(table: Any, *, inner: bool) -> None:
    """Thin lines under the rows of a table, and between the cells of a form; room above and below the words."""
    from docx.oxml.ns import qn

    table.autofit = False
    borders, properties = _element("tblBorders"), table._tbl.tblPr
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        drawn = inner or side in ("bottom", "insideH")
        borders.append(_element(side, val="single" if drawn else "nil", sz="4", space="0", color=_LINE))
    margins = _element("tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        margins.append(_element(side, w="60", type="dxa"))
    for made, after in ((borders, "w:tblLayout"), (margins, "w:tblLook")):  # the format fixes their order
        properties.find(qn(after)).addprevious(made)


def _gap(document: Any) -> None:
    """What keeps two tables apart."""
    from docx.shared import Pt

    gap = document.add_paragraph()
    gap.paragraph_format.space_after, gap.paragraph_format.line_spacing = Pt(0), Pt(6)


def _quiet(paragraph: Any, text: str, size: float = 9.0) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(size), RGBColor.from_string(_QUIET)


def _footer(section: Any, text: str) -> None:
    """What the paper was made with, and the number of the page out of all."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    paragraph = section.footer.paragraphs[0]
    paragraph.paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    _quiet(paragraph, f"{text}\t", 7.5)
    for n, field in enumerate(("PAGE", "NUMPAGES")):
        _quiet(paragraph, " / " if n else "", 7.5)
        _quiet(paragraph, "", 7.5)
        run = paragraph.runs[-1]._r
        for kind in ("begin", "", "separate", "end"):
            if kind:
                run.append(_element("fldChar", fldCharType=kind))
            else:
                code = _element("instrText")
                code.text = field
                run.append(code)


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _properties(document: Any, paper: FlatDocument) -> None:
    stamp = datetime(paper.dated.year, paper.dated.month, paper.dated.day)
    properties = document.core_properties
    properties.title, properties.author = f"{paper.title} — {paper.kicker}", "Guanzi"
    properties.created = properties.modified = stamp
    properties.language = "zh-CN" if paper.lang == "zh" else "en-GB"
    properties.comments = ""


def _styles(document: Any, lang: str) -> None:
    """One family and one colour for all styles; Chinese characters have their own font, as a word processor asks."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name in ("Normal", *(heading for heading, *_ in _HEADINGS)):
        style = document.styles[name]
        style.font.name, style.font.color.rgb = _LATIN, RGBColor.from_string(_INK)
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), _CHINESE)
        properties.append(_element("lang", val="zh-CN" if lang == "zh" else "en-GB", eastAsia="zh-CN"))
    for name, size, before, after in _HEADINGS:
        style = document.styles[name]
        style.font.size, form = Pt(size), style.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
    for name in ("Normal", *_STYLES.values()):
        form = document.styles[name].paragraph_format
        form.space_after, form.line_spacing = Pt(4), 1.1
    document.styles["Normal"].font.size = Pt(10)


def _same_times(content: bytes) -> bytes:
    """The archive again, without the time at which it was packed."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as packed, ZipFile(buffer, "w", ZIP_DEFLATED) as again:
        for name in packed.namelist():
            again.writestr(ZipInfo(name, _EPOCH), packed.read(name), ZIP_DEFLATED)
    return buffer.getvalue()
