"""A document as blocks in the order of reading, and its pages as PDF, HTML and Word."""

from __future__ import annotations

import html
import io
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.golden.making.books import Cell
from tests.golden.making.marks import DOWN, MARK, UP, Marks, printed

SERIF = {"zh": ["Noto Serif CJK SC"], "en": ["Libertinus Serif"]}
SANS = {"zh": ["Noto Sans CJK SC"], "en": ["Liberation Sans"]}
STAMP = (2024, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Text:
    """A paragraph: ``h1``, ``h2``, ``p``, ``small``, ``center`` or ``right``."""

    style: str
    text: str


@dataclass(frozen=True)
class Table:
    """Rows of cells, ``(text, columns, rows)`` where one spans others; rules are ``grid``, ``lines`` or ``none``."""

    rows: list[Any]
    widths: list[float]
    head: int = 1
    rules: str = "lines"
    left: tuple[int, ...] = (0,)


type Block = Text | Table


@dataclass(frozen=True)
class Scan:
    """How pages were scanned: which (from 1; none: all), dots an inch, degrees, noise, black and white or grey."""

    pages: tuple[int, ...] = ()
    dpi: int = 150
    tilt: tuple[float, ...] = (0.8, -1.1)
    noise: float = 4
    bilevel: bool = False


@dataclass
class Source:
    """A document to be made: its name with the ending, language, marks, and pages or sheets."""

    name: str
    lang: str
    marks: Marks
    pages: list[Any] = field(default_factory=list)
    sheets: list[Any] = field(default_factory=list)
    scan: Scan | None = None
    sans: bool = False
    size: float = 9.5
    wide: bool = False
    browser: bool = False
    title: str = ""

    @property
    def day(self) -> datetime:
        """The day on which its file was made, which is that on which it came out."""
        return datetime.fromisoformat(self.marks.known_on).replace(hour=18, tzinfo=UTC)

    @property
    def form(self) -> str:
        """The ending of its name."""
        return self.name.rpartition(".")[2]


def h1(text: str) -> Text:
    """A heading."""
    return Text("h1", text)


def h2(text: str) -> Text:
    """A heading below it."""
    return Text("h2", text)


def p(text: str) -> Text:
    """A paragraph."""
    return Text("p", text)


def center(text: str) -> Text:
    """A centred line."""
    return Text("center", text)


def right(text: str) -> Text:
    """A line at the right edge: units, days."""
    return Text("right", text)


def small(text: str) -> Text:
    """A note below."""
    return Text("small", text)


def pieces(text: str) -> Iterator[tuple[int | None, str]]:
    """The text in parts: the number of the mark, where it is one, and what is printed."""
    at = 0
    for mark in MARK.finditer(text):
        if at < mark.start():
            yield None, text[at : mark.start()]
        yield int(mark[1]), mark[2]
        at = mark.end()
    if at < len(text):
        yield None, text[at:]


def _raised(text: str) -> Iterator[tuple[bool, str]]:
    for part in re.split(f"({UP}.*?{DOWN})", text):
        if part:
            yield part[0] == UP, part.strip(UP + DOWN)


def _cell(cell: Cell) -> tuple[str, int, int]:
    return (cell, 1, 1) if isinstance(cell, str) else cell


def _typst_text(text: str) -> str:
    made = []
    for mark, part in pieces(text):
        if mark is not None:
            made.append(f"#f({mark},{json.dumps(part, ensure_ascii=False)})")
            continue
        for is_raised, words in _raised(part):
            quoted = json.dumps(words, ensure_ascii=False)
            made.append(f"#super({quoted})" if is_raised else f"#{quoted}")
    return "".join(made)


def _typst_block(block: Block) -> str:
    if isinstance(block, Text):
        inside = _typst_text(block.text)
        return {
            "h1": f"#align(center, text(size: 1.45em, weight: 700)[{inside}])",
            "h2": f"#block(above: 1.3em, below: 0.8em, text(size: 1.12em, weight: 700)[{inside}])",
            "p": f"#par[{inside}]",
            "small": f"#par(text(size: 0.82em)[{inside}])",
            "center": f"#align(center)[{inside}]",
            "right": f"#align(right, text(size: 0.9em)[{inside}])",
        }[block.style]
    stroke = {
        "grid": "0.5pt",
        "none": "none",
        "lines": f"(x, y) => if y < {block.head} {{ (top: 0.7pt, bottom: 0.5pt) }} else {{ (bottom: 0.2pt) }}",
    }[block.rules]
    cells = []
    for number, row in enumerate(block.rows):
        for place, cell in enumerate(row):
            text, across, down = _cell(cell)
            inside = f"[{_typst_text(text)}]"
            side = "center" if number < block.head or across > 1 else "left" if place in block.left else "right"
            cells.append(f"table.cell(colspan: {across}, rowspan: {down}, align: {side} + horizon){inside}")
    widths = ", ".join(f"{width}fr" for width in block.widths)
    return f"#table(columns: ({widths},), stroke: {stroke}, inset: (x: 3pt, y: 2.7pt),\n" + ",\n".join(cells) + ")"


def typst_pdf(source: Source, linked: bool) -> bytes:
    """The pages as PDF; linked, each mark carries its number, which tells where it was set."""
    import typst

    f = '#let f(n, t) = box(link("golden:" + str(n), t))' if linked else "#let f(n, t) = box(t)"
    fonts = (SANS if source.sans else SERIF)[source.lang]
    names = ", ".join(json.dumps(name) for name in fonts)
    head = (
        f'{f}\n#set page(paper: "a4", flipped: {str(source.wide).lower()}, margin: 18mm, numbering: "1")\n'
        f"#set text(font: ({names},), size: {source.size}pt, lang: {json.dumps(source.lang)})\n"
        "#set par(leading: 0.7em, spacing: 0.95em)\n"
    )
    body = "\n#pagebreak()\n".join("\n".join(map(_typst_block, page)) for page in source.pages)
    made = typst.compile((head + body).encode(), format="pdf", pdf_tags=False, timestamp=source.day)
    return bytes(made)


def _html_text(text: str, linked: bool) -> str:
    made = []
    for mark, part in pieces(text):
        inside = "".join(f"<sup>{html.escape(t)}</sup>" if up else html.escape(t) for up, t in _raised(part))
        made.append(f'<a href="golden:{mark}">{inside}</a>' if linked and mark is not None else inside)
    return "".join(made)


def _html_block(block: Block, linked: bool) -> str:
    if isinstance(block, Text):
        tag = block.style if block.style in ("h1", "h2") else "p"
        return f'<{tag} class="{block.style}">{_html_text(block.text, linked)}</{tag}>'
    made = []
    for number, row in enumerate(block.rows):
        cells = []
        for place, cell in enumerate(row):
            text, across, down = _cell(cell)
            tag = "th" if number < block.head else "td"
            spans = (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")
            side = ' class="l"' if place in block.left and number >= block.head else ""
            cells.append(f"<{tag}{spans}{side}>{_html_text(text, linked)}</{tag}>")
        made.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table class="{block.rules}">\n' + "\n".join(made) + "\n</table>"


def html_page(source: Source, linked: bool = False) -> str:
    """The pages one after the other as one HTML file."""
    fonts = "Noto Sans CJK SC, sans-serif" if source.lang == "zh" else "Liberation Sans, Arial, sans-serif"
    style = (
        f"@page {{ size: A4; margin: 16mm }} body {{ font: {source.size}pt {fonts}; line-height: 1.5 }} "
        "a { color: inherit; text-decoration: none } table { border-collapse: collapse; width: 100%; margin: 8px 0 } "
        "td, th { padding: 2px 5px; text-align: right } td.l { text-align: left } "
        ".grid td, .grid th { border: 1px solid #888 } .lines tr { border-bottom: 1px solid #ccc } "
        "h1 { font-size: 1.4em; text-align: center } h2 { font-size: 1.1em } "
        ".center { text-align: center } .right { text-align: right } "
        ".small { font-size: 0.8em } section { break-after: page } section:last-child { break-after: auto }"
    )
    body = "\n".join(
        "<section>\n" + "\n".join(_html_block(b, linked) for b in page) + "\n</section>" for page in source.pages
    )
    lang = "zh-CN" if source.lang == "zh" else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head><meta charset="utf-8"><title>{html.escape(source.title)}</title>'
        f"<style>{style}</style></head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def browser_pdf(source: Source, linked: bool) -> bytes:
    """The HTML printed by Chromium, without the day of printing."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise FileNotFoundError("chromium")
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html_page(source, linked), "utf-8")
        command = [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            "--disable-pdf-tagging",
            f"--print-to-pdf={made}",
        ]
        subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=120)
        return re.sub(rb"\(D:\d{14}", f"(D:{source.day:%Y%m%d%H%M%S}".encode(), made.read_bytes())


def word(source: Source) -> bytes:
    """The pages as a Word document, each page after a page break."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    made = Document()
    normal = made.styles["Normal"]
    normal.font.size = Pt(source.size)
    if source.lang == "zh":
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "SimSun")
    sides: dict[str, Any] = {
        "h1": WD_ALIGN_PARAGRAPH.CENTER,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
    }
    for number, page in enumerate(source.pages):
        if number:
            made.add_page_break()
        for block in page:
            if isinstance(block, Text):
                paragraph = made.add_paragraph()
                if block.style in sides:
                    paragraph.alignment = sides[block.style]
                for is_raised, words in _raised(MARK.sub(r"\2", block.text)):
                    run = paragraph.add_run(words)
                    run.font.superscript = is_raised or None
                    run.bold = block.style in ("h1", "h2") or None
            else:
                _word_table(made, block)
    kept = io.BytesIO()
    made.core_properties.created = made.core_properties.modified = source.day.replace(tzinfo=None)
    made.save(kept)
    return stamped(kept.getvalue())


def _word_table(made: Any, block: Table) -> None:
    table = made.add_table(rows=len(block.rows), cols=len(block.widths))
    table.style = "Table Grid" if block.rules == "grid" else "Light List"
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(block.rows):
        place = 0
        for cell in row:
            while (number, place) in taken:
                place += 1
            text, across, down = _cell(cell)
            first = table.cell(number, place)
            if across > 1 or down > 1:
                first = first.merge(table.cell(number + down - 1, place + across - 1))
            first.text = printed(text)
            taken |= {(number + i, place + j) for i in range(down) for j in range(across)}
            place += across


def stamped(data: bytes) -> bytes:
    """A ZIP container with the same content and a fixed day in each entry: the same bytes every time."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(zipfile.ZipInfo(item.filename, STAMP), old.read(item), zipfile.ZIP_DEFLATED)
    return kept.getvalue()


__all__ = [
    "Block",
    "Scan",
    "Source",
    "Table",
    "Text",
    "browser_pdf",
    "center",
    "h1",
    "h2",
    "html_page",
    "p",
    "pieces",
    "right",
    "small",
    "stamped",
    "typst_pdf",
    "word",
]
