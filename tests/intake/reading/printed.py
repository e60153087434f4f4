"""Documents in the form of real ones, made by the tests: one statement as PDF, DOCX, HTML or workbook."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import docx
import pytest
import typst
import xlsxwriter  # type: ignore[import-untyped]

from guanzi.intake.reading import WholeReading, read_document
from guanzi.record.evidence import PlacedLine, PlacedPage, PlacedWord, kind_of
from guanzi.record.evidence.dataroom.worker import placed
from guanzi.render.pdf import CHINESE

TYPESET = """
#let d = json(bytes(sys.inputs.at("given")))
#set page(width: 595pt, height: 842pt, margin: 50pt)
#set text(font: ("Libertinus Serif", FONTS), size: 9.5pt)
#for sheet in d [
  #for line in sheet.above [ #align(center)[#line.text] ]
  #if sheet.columns > 0 [
    #table(
      columns: (1fr, ..range(sheet.columns).map(i => if i < sheet.narrow { 34pt } else { sheet.width * 1pt })),
      align: (x, y) => if x == 0 { left } else { right },
      stroke: if sheet.ruled { 0.5pt } else { none },
      inset: (x: 3pt, y: 3pt),
      ..sheet.rows.map(row => row.map(cell => table.cell(
        colspan: cell.span, align: if cell.span > 1 { center } else { auto }, {
        cell.text
        if cell.mark != "" { super(cell.mark) }
      }))).flatten()
    )
  ]
  #for line in sheet.below [ #par[#line] ]
  #if sheet.last == false [ #pagebreak() ]
]
"""


@dataclass(frozen=True)
class Cell:
    text: str
    span: int = 1
    mark: str = ""


@dataclass(frozen=True)
class Sheet:
    """A page: lines above a table, its rows (the first column holds names), and running text below."""

    above: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    below: Sequence[str] = ()
    narrow: int = 0
    ruled: bool = False


def columns(sheet: Sheet) -> int:
    return max((sum(cell.span for cell in row) for row in sheet.rows), default=1) - 1


def to_pdf(path: Path, sheets: Sequence[Sheet]) -> Path:
    given = [
        {
            "above": [{"text": line} for line in sheet.above],
            "rows": [[{"text": c.text, "span": c.span, "mark": c.mark} for c in row] for row in sheet.rows],
            "columns": columns(sheet) if sheet.rows else 0,
            "narrow": sheet.narrow,
            "width": min(85, 330 / max(columns(sheet), 1)),
            "ruled": sheet.ruled,
            "below": list(sheet.below),
            "last": number == len(sheets),
        }
        for number, sheet in enumerate(sheets, start=1)
    ]
    text = json.dumps(given, ensure_ascii=False)
    if re.search(r"[\u4e00-\u9fff]", text) and not set(CHINESE) & set(typst.Fonts().families()):
        pytest.skip("no Chinese font is installed")
    made = typst.compile(TYPESET.replace("FONTS", json.dumps(CHINESE)[1:-1]).encode(), sys_inputs={"given": text})
    assert isinstance(made, bytes)
    path.write_bytes(made)
    return path


def to_docx(path: Path, sheets: Sequence[Sheet]) -> Path:
    document = docx.Document()
    for number, sheet in enumerate(sheets):
        if number:
            document.add_page_break()
        for line in sheet.above:
            document.add_paragraph(line)
        if sheet.rows:
            table = document.add_table(len(sheet.rows), columns(sheet) + 1)
            for at, row in enumerate(sheet.rows):
                column = 0
                for cell in row:
                    held = table.cell(at, column)
                    if cell.span > 1:
                        held = held.merge(table.cell(at, column + cell.span - 1))
                    held.text = cell.text
                    if cell.mark:
                        held.paragraphs[0].add_run(cell.mark).font.superscript = True
                    column += cell.span
        for line in sheet.below:
            document.add_paragraph(line)
    document.save(str(path))
    return path


def to_html(path: Path, sheets: Sequence[Sheet]) -> Path:
    parts = ['<!doctype html><html><head><meta charset="utf-8"><title>x</title></head><body>']
    for sheet in sheets:
        parts += [f"<p>{escape(line)}</p>" for line in sheet.above]
        if sheet.rows:
            parts.append("<table>")
            for row in sheet.rows:
                cells = [
                    f'<td colspan="{c.span}">{escape(c.text)}{c.mark and f"<sup>{c.mark}</sup>"}</td>' for c in row
                ]
                parts.append(f"<tr>{''.join(cells)}</tr>")
            parts.append("</table>")
        parts += [f"<p>{escape(line)}</p>" for line in sheet.below]
    path.write_text("".join([*parts, "</body></html>"]), encoding="utf-8")
    return path


def to_xlsx(path: Path, sheets: Sequence[Sheet]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for number, sheet in enumerate(sheets, start=1):
            held = book.add_worksheet(f"S{number}")
            at = 0
            for line in sheet.above:
                held.write_string(at, 0, line)
                at += 1
            for row in sheet.rows:
                column = 0
                for cell in row:
                    if cell.span > 1:
                        held.merge_range(at, column, at, column + cell.span - 1, cell.text)
                    elif cell.text:
                        held.write_string(at, column, cell.text)
                    column += cell.span
                at += 1
            for line in sheet.below:
                held.write_string(at, 0, line)
                at += 1
    return path


WRITERS = {"pdf": to_pdf, "docx": to_docx, "html": to_html, "xlsx": to_xlsx}


def read(path: Path) -> WholeReading:
    """A document as its reader sees it, in this process."""
    given = {"kind": kind_of(path, path.name), "path": str(path), "name": path.name, "first": 1}
    return read_document(PlacedPage.from_content(content) for content in placed(given))


def said(*lines: str) -> WholeReading:
    """Lines of running text, as a page of them is read."""
    return read_document([paged(*lines)])


def paged(*lines: str, written: str = "") -> PlacedPage:
    """A page of lines of running text, of a file that was made on a day."""
    placed = tuple(PlacedLine((PlacedWord(line, (0.0, 0.0, 0.0, 0.0)),)) for line in lines)
    return PlacedPage(1, placed, written=written)
