"""The words of documents without a fixed sheet: cells of tables with their rows and columns, and running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from guanzi.base.reading import parse_workbook, rows_of
from guanzi.record.evidence.dataroom.limits import refusal
from guanzi.record.evidence.dataroom.numbering import ParagraphNumbers
from guanzi.record.evidence.dataroom.pages import Box
from guanzi.record.evidence.dataroom.placed import COLUMN_WIDTH, ROW_HEIGHT, PlacedLine, PlacedPage, PlacedWord
from guanzi.record.evidence.dataroom.readers import (
    MOST_ROWS,
    cell_text,
    drop_hidden,
    html_of,
    squeezed,
    text_lines,
    word_pages,
)
from guanzi.record.evidence.dataroom.tagging import is_tagged, tags_of, tags_of_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_SPAN = 100
_PERCENT = re.compile(r"0(?:\.(0+))?%")


def place_docx(path: Path) -> Iterator[PlacedPage]:
    """The pages of a DOCX, as far as it says where they end, one after the other."""
    import docx

    document = docx.Document(str(path))
    for run in list(document.element.body.iter(f"{_W}r")):
        if any(raised.get(f"{_W}val") == "superscript" for raised in run.iter(f"{_W}vertAlign")):
            for text in run.iter(f"{_W}t"):
                text.text = f"[{text.text or ''}]"  # a mark of a footnote, and no digit of the figure before it
    body = document.element.body
    rendered = next(iter(body.iter(f"{_W}lastRenderedPageBreak")), None) is not None
    created = document.core_properties.created
    written = created.date().isoformat() if created else ""
    number, lines, tables = 1, list[PlacedLine](), 0
    numbers = ParagraphNumbers(document)
    for block in body:
        if block.tag == f"{_W}tbl":
            tables += 1
            rows = [_word_row(row) for row in block.iter(f"{_W}tr")]
            lines.extend(_table(rows, tables))
            continue
        counted = numbers.of(block) if block.tag == f"{_W}p" else ""
        for index, part in enumerate(word_pages(block, rendered)):
            text = f"{counted} {part}" if counted and part.strip() else part
            counted = "" if part.strip() else counted
            if index:
                yield PlacedPage(number, tuple(lines), written=written if number == 1 else "")
                number, lines, tables = number + 1, [], 0
            lines.extend(_running(text))
    yield PlacedPage(number, tuple(lines), written=written if number == 1 else "")


def place_xlsx(path: Path, name: str) -> Iterator[PlacedPage]:
    """The sheets of a workbook: of a formula what was last computed, or else the formula."""
    with parse_workbook(path, name, values=True) as book, parse_workbook(path, name) as formulas:
        created = book.properties.created
        written = created.date().isoformat() if created else ""
        sheets = zip(book.worksheets, formulas.worksheets, strict=True)
        for number, (sheet, as_written) in enumerate(sheets, start=1):
            lines: list[PlacedLine] = []
            for (count, cells), (_, sources) in zip(rows_of(sheet), rows_of(as_written), strict=True):
                if count > MOST_ROWS:
                    raise refusal(name, "rows", most=MOST_ROWS)
                words = tuple(
                    PlacedWord(text, _cell(count, column, 1), None, str(source.coordinate))
                    for column, (cell, source) in enumerate(zip(cells, sources, strict=True))
                    if (text := _shown(cell) or (str(source.value) if source.data_type == "f" else ""))
                )
                if words:
                    lines.append(PlacedLine(words, 1))
            yield PlacedPage(number, tuple(lines), sheet.title, written=written if number == 1 else "")


def place_html(content: bytes, name: str) -> Iterator[PlacedPage]:
    """A web page as one page, with the figures that are tagged in it."""
    root = html_of(content, name)
    if root is None:
        yield PlacedPage(1)
        return
    tags = tags_of(root)
    drop_hidden(root)
    for raised in root.iter("sup"):
        raised.text, raised.tail = f"[{raised.text or ''}", f"]{raised.tail or ''}"
    for gone in list(root.iter("script", "style", "noscript", "template", "head", "ix:header")):
        gone.drop_tree() if gone.getparent() is not None else gone.clear()
    lines: list[PlacedLine] = []
    tables = 0
    for table in list(root.iter("table")):
        if next(table.iterancestors("table"), None) is not None:
            continue  # what stands in a table within a table is a cell of the outer one
        tables += 1
        held = _table(list(_rows(table)), tables)
        marker = table.makeelement("p")
        marker.text, marker.tail = f"\ue000{len(lines)}:{len(held)}\ue000", table.tail
        lines.extend(held)
        table.getparent().replace(table, marker) if table.getparent() is not None else None
    placed: list[PlacedLine] = []
    for text in text_lines(root):
        if mark := re.fullmatch("\ue000(\\d+):(\\d+)\ue000", text.strip()):
            placed.extend(lines[int(mark[1]) : int(mark[1]) + int(mark[2])])
        else:
            placed.extend(_running(text))
    yield PlacedPage(1, tuple(placed or lines), tags=tags)


def _rows(table: Any) -> Iterator[list[tuple[str, int]]]:
    """The cells of each row, with empty ones where a cell of a row above goes on."""
    covered: dict[int, int] = {}
    for line in table.iter("tr"):
        row: list[tuple[str, int]] = []
        begun: dict[int, int] = {}
        column = 0
        for cell in line.iter("td", "th"):
            while covered.get(column):
                row.append(("", 1))
                column += 1
            span, down = _span(cell), _span(cell, "rowspan")
            row.append((squeezed(" ".join("".join(cell.itertext()).split())), span))
            begun.update(dict.fromkeys(range(column, column + span), down))
            column += span
        covered = {at: left - 1 for at, left in (covered | begun).items() if left > 1}
        yield row


def place_text(text: str) -> Iterator[PlacedPage]:
    """The pages of a text; of a tagged file the figures that it names."""
    if is_tagged(text):
        yield PlacedPage(1, tags=tags_of_text(text))
        return
    for number, page in enumerate(text.replace("\r\n", "\n").split("\f"), start=1):
        yield PlacedPage(number, tuple(line for given in page.split("\n") for line in _running(given)))


def _running(text: str) -> Iterator[PlacedLine]:
    for line in text.split("\n"):
        if shown := line.strip():
            yield PlacedLine((PlacedWord(shown, (0.0, 0.0, 0.0, 0.0)),))


def _word_row(row: Any) -> list[tuple[str, int]]:
    cells: list[tuple[str, int]] = []
    for cell in row.iterchildren(f"{_W}tc"):
        span = next((int(s.get(f"{_W}val") or 1) for s in cell.iter(f"{_W}gridSpan")), 1)
        parts = ["".join(word_pages(block, True)) for block in cell.iter(f"{_W}p")]
        cells.append((squeezed(" ".join(part for part in parts if part)), min(max(span, 1), _MOST_SPAN)))
    return cells


def _table(rows: Sequence[Sequence[tuple[str, int]]], table: int) -> list[PlacedLine]:
    lines: list[PlacedLine] = []
    for number, row in enumerate(rows):
        words: list[PlacedWord] = []
        column = 0
        for text, span in row:
            if text:
                words.append(PlacedWord(text, _cell(number, column, span)))
            column += span
        if words:
            lines.append(PlacedLine(tuple(words), table))
    return lines


def _cell(row: int, column: int, span: int) -> Box:
    """Where a cell stands, so that no two touch."""
    left, top = column * COLUMN_WIDTH, row * ROW_HEIGHT
    return (left, top, left + span * COLUMN_WIDTH - COLUMN_WIDTH / 2, top + ROW_HEIGHT - 1)


def _span(cell: Any, over: str = "colspan") -> int:
    given = cell.get(over) or "1"
    return min(max(int(given), 1), _MOST_SPAN) if given.isdecimal() else 1


def _shown(cell: Any) -> str:
    """The value of a cell as it is shown where its form turns it into another figure: a ratio as a percentage."""
    form = str(getattr(cell, "number_format", "") or "")
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and (found := _PERCENT.search(form)):
        return f"{cell.value * 100:.{max(len(found[1] or ''), 6)}f}".rstrip("0").rstrip(".") + "%"
    return cell_text(cell.value)
