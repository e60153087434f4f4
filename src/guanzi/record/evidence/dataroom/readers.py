"""What documents say: one reader for each kind, in the process that :mod:`worker` confines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guanzi.base.reading import parse_workbook, rows_of
from guanzi.record.evidence.dataroom.kinds import DocumentKind, decode
from guanzi.record.evidence.dataroom.limits import refusal
from guanzi.record.evidence.dataroom.pages import Box, Page, PageTable, page_of_lines
from guanzi.record.evidence.dataroom.words import HAN

MOST_PAGES = 5_000
MOST_CHARACTERS = 30_000_000
MOST_PIXELS = 200_000_000
MOST_ROWS = 200_000


@dataclass(slots=True)
class DocumentReading:
    """A document while it is read.

    Attributes:
        path: The file.
        name: How places call it.
        remarks: What a reader of the document should know: names of the sentences ``room.remark.…``.
    """

    path: Path
    name: str
    remarks: list[str] = field(default_factory=list)

    def remark(self, what: str) -> None:
        """Note something once."""
        if what not in self.remarks:
            self.remarks.append(what)


def read_pages(kind: DocumentKind, reading: DocumentReading) -> Iterator[Page]:
    """The pages of a document, one after the other.

    Raises:
        InvalidInput: It has too many pages or too much text, or is encrypted or damaged.
    """
    characters = 0
    for page in _READERS[kind](reading):
        characters += len(page.text)
        if page.number > MOST_PAGES or characters > MOST_CHARACTERS:
            raise refusal(reading.name, "too_long", pages=MOST_PAGES, characters=MOST_CHARACTERS)
        yield page
    if not characters:
        reading.remark("no_text")


def _pdf(reading: DocumentReading) -> Iterator[Page]:
    import pypdfium2

    content = reading.path.read_bytes()
    if b"/JavaScript" in content or b"/Launch" in content:
        reading.remark("active")
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        what = "encrypted" if "password" in str(error).lower() else "damaged"
        raise refusal(reading.name, what) from error
    if not len(document):
        raise refusal(reading.name, "damaged")
    tables = _PdfTables(reading)
    for number, page in enumerate(document, start=1):
        kinds = [item.type for item in page.get_objects(max_depth=3)]
        pieces = _pdf_lines(page)
        if not pieces and _PDF_IMAGE in kinds:
            reading.remark("scanned")
        found = tables.of(number) if kinds.count(_PDF_PATH) >= _RULINGS else ()
        yield page_of_lines(number, pieces, found, flow=_flow([(text, box) for text, box, _ in pieces]))
        page.close()


_PDF_PATH, _PDF_IMAGE = 2, 3  # FPDF_PAGEOBJ_PATH and FPDF_PAGEOBJ_IMAGE
#: Rulings that a page must have before a table is looked for.
_RULINGS = 3
_DIVIDING = "\ufffe"  # what the library puts for a hyphen at the end of a line
_SAMPLES = 6


def _pdf_lines(page: Any) -> list[tuple[str, Box, str]]:
    """The lines of a page in the order of the text, which keeps columns apart, with their boxes."""
    text_page = page.get_textpage()
    text: str = text_page.get_text_range()
    height = page.get_height()
    lines: list[tuple[str, Box, str]] = []
    start = 0  # counted in units of UTF-16, as the library counts
    for piece in re.split(r"(?<=[\n\ufffe])", text):
        units = len(piece.encode("utf-16-le")) // 2
        shown = piece.rstrip("\r\n").replace(_DIVIDING, "-").rstrip()
        if shown.strip():
            boxes = [text_page.get_charbox(start + at) for at in _sampled(piece)]
            left, bottom, right, top = (
                pick(box[side] for box in boxes) for side, pick in enumerate((min, min, max, max))
            )
            box = (round(left, 1), round(height - top, 1), round(right, 1), round(height - bottom, 1))
            lines.append((shown, box, ""))
        start += units
    text_page.close()
    return lines


def _sampled(piece: str) -> list[int]:
    """Some characters of a line, its first and its last among them: enough to know where it stands."""
    at = [index for index, character in enumerate(piece) if not character.isspace()]
    return sorted({*at[:: max(len(at) // _SAMPLES, 1)], at[-1]})


class _PdfTables:
    """The tables of a PDF, found by their rulings; the file is opened for it only when there is one."""

    def __init__(self, reading: DocumentReading) -> None:
        self._reading = reading
        self._document: Any = None

    def of(self, number: int) -> tuple[PageTable, ...]:
        """The tables of a page; none, with a remark, where they cannot be made out."""
        import pdfplumber

        try:
            if self._document is None:
                self._document = pdfplumber.open(self._reading.path)
            page = self._document.pages[number - 1]
            found = tuple(_pdf_table(table) for table in page.find_tables())
            page.close()
        except MemoryError:
            raise
        except Exception:  # the text of the page is there all the same
            self._reading.remark("tables_unread")
            return ()
        return found


def _pdf_table(table: Any) -> PageTable:
    rows = tuple(tuple(cell or "" for cell in row) for row in table.extract())
    left, top, right, bottom = (round(side, 1) for side in table.bbox)
    return PageTable(rows, (left, top, right, bottom))


def _flow(lines: list[tuple[str, Box]]) -> str:
    """Lines as running text: a full line of Chinese goes on without a space, a dividing hyphen disappears."""
    right = max((box[2] for _, box in lines), default=0.0)
    parts: list[str] = []
    for index, (text, box) in enumerate(lines):
        following = lines[index + 1][0] if index + 1 < len(lines) else ""
        full = box[2] >= 0.9 * right
        if re.search(r"[a-z]-$", text) and re.match(r"[a-z]", following):
            parts.append(text[:-1])
        elif full and HAN.match(text[-1:]) and HAN.match(following[:1]):
            parts.append(text)
        else:
            parts.append(text + "\n")
    return "".join(parts).rstrip("\n")


def _docx(reading: DocumentReading) -> Iterator[Page]:
    import docx
    from docx.oxml import parse_xml

    document = docx.Document(str(reading.path))
    body = document.element.body
    rendered = next(iter(body.iter(f"{_W}lastRenderedPageBreak")), None) is not None
    number, pieces, tables = 1, list[tuple[str, Box | None, str]](), list[PageTable]()
    for block in body:
        if block.tag == f"{_W}tbl":
            rows = tuple(tuple(_word_text(cell) for cell in row.iter(f"{_W}tc")) for row in block.iter(f"{_W}tr"))
            tables.append(PageTable(rows))
            pieces.extend(("\t".join(row), None, "") for row in rows)
            continue
        texts = list(word_pages(block, rendered))
        for index, text in enumerate(texts):
            if index:
                yield page_of_lines(number, pieces, tuple(tables))
                number, pieces, tables = number + 1, [], []
            if text:
                pieces.append((text, None, ""))
    yield page_of_lines(number, pieces, tuple(tables))
    for part in document.part.package.iter_parts():
        if not part.partname.endswith(("/footnotes.xml", "/endnotes.xml")):
            continue

        notes = [_word_text(block) for block in parse_xml(part.blob).iter(f"{_W}p")]
        if any(notes):
            number += 1
            reading.remark("notes")
            yield page_of_lines(number, [(note, None, "") for note in notes if note])
    if not rendered:
        reading.remark("unpaged")


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def _word_text(element: Any) -> str:
    return "".join(word_pages(element, True)).strip()


def word_pages(element: Any, rendered: bool) -> Iterator[str]:
    """The text of an element, cut at the ends of pages: as Word laid them out, or else at manual page breaks."""
    parts: list[str] = []
    for node in _word_nodes(element):
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag == f"{_W}tab":
            parts.append("\t")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif node.tag == f"{_W}lastRenderedPageBreak" or node.tag == f"{_W}br":
            is_page = node.tag != f"{_W}br" if rendered else node.get(f"{_W}type") == "page"
            if is_page:
                yield "".join(parts)
                parts = []
            elif node.tag == f"{_W}br":
                parts.append("\n")
    yield "".join(parts)


def _word_nodes(element: Any) -> Iterator[Any]:
    for node in element:
        if node.tag != _FALLBACK:  # the same text once more, for old programs
            yield node
            yield from _word_nodes(node)


def _xlsx(reading: DocumentReading) -> Iterator[Page]:
    name = reading.name
    with parse_workbook(reading.path, name) as formulas, parse_workbook(reading.path, name, values=True) as values:
        sheets = zip(values.worksheets, formulas.worksheets, strict=True)
        for number, (sheet, written) in enumerate(sheets, start=1):
            yield _sheet_page(reading, number, sheet, written)


def _sheet_page(reading: DocumentReading, number: int, sheet: Any, written: Any) -> Page:
    """A sheet as a page: what was last computed, with a remark where that is a formula."""
    if sheet.sheet_state != "visible":
        reading.remark("hidden_sheet")
    pieces: list[tuple[str, Box | None, str]] = []
    rows: list[tuple[str, ...]] = []
    first = ""
    for (count, cells), (_, as_written) in zip(rows_of(sheet), rows_of(written), strict=True):
        if count > MOST_ROWS:
            raise refusal(reading.name, "rows", most=MOST_ROWS)
        for cell, source in zip(cells, as_written, strict=True):
            if source.data_type == "f":
                reading.remark("formulas" if cell.value is not None else "formulas_unvalued")
        texts = tuple(cell_text(cell.value) for cell in cells)
        if not any(texts):
            continue
        start = next(cell.coordinate for cell, text in zip(cells, texts, strict=True) if text)
        first = first or start
        rows.append(texts)
        pieces.append(("\t".join(texts).strip("\t"), None, start))
    table = (PageTable(tuple(rows), None, first),) if rows else ()
    return page_of_lines(number, pieces, table, label=sheet.title)


def cell_text(value: Any) -> str:
    """The value of a cell as text; whole numbers without a point, days without a time."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return str(value)


def _html(reading: DocumentReading) -> Iterator[Page]:
    content = reading.path.read_bytes()
    root = html_of(content, reading.name)
    drop_hidden(root)
    if root is None:
        yield page_of_lines(1, [])
        return
    for gone in list(root.iter("script", "style", "noscript", "template", "head")):
        gone.drop_tree() if gone.getparent() is not None else gone.clear()
    tables = tuple(
        PageTable(
            tuple(
                tuple(squeezed("".join(cell.itertext())) for cell in row.iter("td", "th")) for row in table.iter("tr")
            )
        )
        for table in root.iter("table")
    )
    yield page_of_lines(1, [(line, None, "") for line in text_lines(root) if line], tables)


def html_of(content: bytes, name: str) -> Any:
    """The root of a web page; None for an empty one.

    Raises:
        InvalidInput: It is nested too deeply, or one text is too long, for the parser.
    """
    from lxml import etree, html

    declared = re.search(rb"""charset\s*=\s*["']?\s*([\w-]+)""", content[:4_096], re.IGNORECASE)
    text = None
    if declared:
        try:
            text = content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            text = None
    text = decode(content) if text is None else text
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    root = etree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text or ""), parser)
    said = root is not None and root.xpath(
        "//text()[normalize-space()][not(ancestor::script|ancestor::style|ancestor::head)]"
    )
    if root is not None and not said and re.sub(r"(?s)<(script|style|head).*?</\1>|<[^>]*>|\s", "", text or ""):
        raise refusal(name, "damaged")
    return root


_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*(?:\.0*)?(?:;|$)|font-size\s*:\s*0*(?:\.0*)?(?:[a-z%;!]|$)",
    re.IGNORECASE,
)
_WHITE = r"(?:white|#fff(?:fff)?|rgba?\(\s*255\s*,\s*255\s*,\s*255\b[^)]*\))\s*(?:;|!|$)"
_WHITE_LETTERS = re.compile(rf"(?:^|;)\s*color\s*:\s*{_WHITE}", re.IGNORECASE)
_GROUND = re.compile(r"background(?:-color)?\s*:", re.IGNORECASE)
_WHITE_GROUND = re.compile(rf"background(?:-color)?\s*:\s*{_WHITE}", re.IGNORECASE)


def drop_hidden(root: Any) -> None:
    """Take out of a web page what nobody who looks at it sees, as far as its elements themselves say so."""
    if root is None:
        return
    for element in list(root.iter("*")):
        if element.getparent() is not None and ("hidden" in element.attrib or _is_hidden(element)):
            element.drop_tree()


def _is_hidden(element: Any) -> bool:
    style = element.get("style", "").strip()
    if _HIDING.search(style) or not _WHITE_LETTERS.search(style):
        return bool(_HIDING.search(style))
    around = [element, *element.iterancestors()]
    grounds = [of for one in around if _GROUND.search(of := one.get("style", "")) or (of := _old_ground(one))]
    return bool(_WHITE_GROUND.search(grounds[0])) if grounds else not any("class" in one.attrib for one in around)


def _old_ground(element: Any) -> str:
    """The ground of an element as the attribute of older pages names it, written as a style."""
    return f"background:{element.get('bgcolor')}" if element.get("bgcolor") else ""


def text_lines(root: Any) -> list[str]:
    """The text of a web page in the order of the page; only the ends of blocks end a line."""
    parts: list[str] = []
    _html_text(root, parts)
    return [squeezed(line) for line in "".join(parts).split("\n")]


_BLOCKS = frozenset(
    "address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"  # noqa: SIM905
    " h5 h6 header hr li main nav ol p pre section table tbody tfoot thead title tr ul".split()
)


def _html_text(element: Any, parts: list[str]) -> None:
    """Text in the order of the page; only the ends of blocks end a line."""
    for event, node in _walk(element):
        is_block = node.tag in _BLOCKS
        if event == "start":
            parts.append("\n" if is_block else "\t" if node.tag in ("td", "th") else "")
            parts.append(_joined(node.text))
        else:
            parts.append("\n" if is_block else "")
            parts.append(_joined(node.tail) if node is not element else "")


def _walk(element: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    return iter(etree.iterwalk(element, events=("start", "end")))


def _joined(text: str | None) -> str:
    """Text of HTML without its line ends: between Chinese characters they are nothing, elsewhere a space."""
    return re.sub(r"\s*\n\s*", _gap, text or "")


def _gap(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return "" if HAN.match(before) and HAN.match(after) else " "


def squeezed(text: str) -> str:
    """A text with single spaces; tabs stay."""
    return re.sub(r"[^\S\t]+", " ", text).strip()


def _text(reading: DocumentReading) -> Iterator[Page]:
    text = decode(reading.path.read_bytes()) or ""
    for number, page in enumerate(text.replace("\r\n", "\n").split("\f"), start=1):
        yield page_of_lines(number, [(line, None, "") for line in page.split("\n")])


def _image(reading: DocumentReading) -> Iterator[Page]:
    with open_image(reading.path, reading.name) as image:
        image.verify()
    reading.remark("image")
    yield page_of_lines(1, [])


def open_image(path: Path, name: str) -> Any:
    """A picture, open.

    Raises:
        InvalidInput: It has too many pixels.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, with a sentence
    image = Image.open(path)
    pixels = image.width * image.height
    if pixels > MOST_PIXELS:
        image.close()
        raise refusal(name, "pixels", pixels=pixels, most=MOST_PIXELS)
    return image


_READERS: dict[DocumentKind, Callable[[DocumentReading], Iterator[Page]]] = {
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "html": _html,
    "text": _text,
    "image": _image,
}
