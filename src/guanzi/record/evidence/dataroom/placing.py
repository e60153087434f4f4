"""The words of a PDF with their boxes, page by page: what is printed as text, and what is recognised in a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from guanzi.record.evidence.dataroom.limits import refusal
from guanzi.record.evidence.dataroom.pages import Box
from guanzi.record.evidence.dataroom.placed import PlacedLine, PlacedPage, PlacedWord
from guanzi.record.evidence.dataroom.readers import open_image
from guanzi.record.evidence.dataroom.recognising import page_of_picture, recogniser

MOST_PLACED_PAGES = 1_500
"""Pages of one document that are read; the rest is listed as not read."""
_MOST_CHARACTERS = 60_000
"""Characters of one page; a page of print has six thousand."""
_FEW_CHARACTERS = 20
_GARBLED_SHARE = 0.2
_DIVIDING = 0xFFFE  # what the library puts for a hyphen at the end of a line
_GAP = 0.45
"""Share of the height of a letter that parts two words where the text has no space."""
_SMALL = 0.82
_RAISED = 0.4
_USUAL_DOTS = 150.0
"""Dots to the inch of a picture that does not say it."""
_IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
_SHORT = re.compile(r"[(\[]?[\da-z*†‡]{1,2}[)\]]?")
_DOTS = re.compile(r"[.…·]{3,}|[_]{2,}|(?<=[\d０-９][)）])(?=[(（][\d０-９])")


def place_pdf(content: bytes, name: str, first: int = 1) -> Iterator[PlacedPage]:
    """The pages of a PDF from a number on, one after the other; at most :data:`MOST_PLACED_PAGES`.

    Raises:
        InvalidInput: It is encrypted or damaged.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        what = "encrypted" if "password" in str(error).lower() else "damaged"
        raise refusal(name, what) from error
    count = len(document)
    if not count:
        raise refusal(name, "damaged")
    written = _day_of(document.get_metadata_dict())
    for index in range(first - 1, min(count, first - 1 + MOST_PLACED_PAGES)):
        try:
            page = document[index]
            yield _page(page, index + 1, written if index == 0 else "")
            page.close()
        except pypdfium2.PdfiumError:
            yield PlacedPage(index + 1, unread="damaged")
    if count > first - 1 + MOST_PLACED_PAGES:
        yield PlacedPage(first + MOST_PLACED_PAGES, unread="too_many")


def _day_of(metadata: dict[str, str]) -> str:
    found = re.match(r"D:(\d{4})(\d\d)(\d\d)", metadata.get("CreationDate", ""))
    return f"{found[1]}-{found[2]}-{found[3]}" if found else ""


def _page(page: Any, number: int, written: str) -> PlacedPage:
    sheet = _Sheet.of(page)
    lines, garbled = _lines(page, sheet)
    characters = sum(len(word.text) for line in lines for word in line.words)
    is_pictured = characters < _FEW_CHARACTERS and any(o.type == _IMAGE for o in page.get_objects(max_depth=3))
    if not (is_pictured or garbled):
        return PlacedPage(number, lines, width=sheet.width, written=written)
    if (recognise := recogniser()) is None:
        return PlacedPage(number, width=sheet.width, unread="garbled" if garbled else "scanned", written=written)
    return page_of_picture(number, _picture(page), sheet.width, recognise, written)


def _picture(page: Any) -> Any:
    """The page as a picture of at most six million points, 150 to the inch where it is A4."""
    width, height = page.get_size()
    scale = min(150 / 72, (6_000_000 / max(width * height, 1.0)) ** 0.5)
    return page.render(scale=scale).to_pil()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The sheet as it is looked at: what a page says of itself, and how it is turned."""

    box: tuple[float, float, float, float]
    turned: int

    @classmethod
    def of(cls, page: Any) -> _Sheet:
        return cls(tuple(page.get_mediabox()), page.get_rotation() % 360)

    @property
    def width(self) -> float:
        x0, y0, x1, y1 = self.box
        return float(y1 - y0 if self.turned in (90, 270) else x1 - x0)

    def rotate(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page as a box of the sheet that is looked at, from its upper left corner."""
        x0, y0, x1, y1 = self.box
        if self.turned == 90:
            given = (bottom - y0, left - x0, top - y0, right - x0)
        elif self.turned == 180:
            given = (x1 - right, bottom - y0, x1 - left, top - y0)
        elif self.turned == 270:
            given = (y1 - top, x1 - right, y1 - bottom, x1 - left)
        else:
            given = (left - x0, y1 - top, right - x0, y1 - bottom)
        return (round(given[0], 2), round(given[1], 2), round(given[2], 2), round(given[3], 2))


@dataclass(slots=True)
class _Run:
    """Characters that stand together, while they are gathered."""

    text: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    mark: bool = False

    def word(self) -> PlacedWord:
        lefts, tops, rights, bottoms = zip(*self.boxes, strict=True)
        box = (min(lefts), min(tops), max(rights), max(bottoms))
        return PlacedWord("".join(self.text), box, box, mark=self.mark)


def _lines(page: Any, sheet: _Sheet) -> tuple[tuple[PlacedLine, ...], bool]:
    """The lines of a page in the order of its text, which keeps columns apart; and whether its letters mean nothing."""
    from pypdfium2 import raw

    text_page = page.get_textpage()
    count = min(raw.FPDFText_CountChars(text_page), _MOST_CHARACTERS)
    rectangle = raw.FS_RECTF()
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    lines: list[PlacedLine] = []
    words: list[PlacedWord] = []
    run = _Run()
    strange = 0

    def end_word() -> None:
        nonlocal run
        if run.text:
            words.extend(_parted(run))
            run = _Run()

    def end_line() -> None:
        end_word()
        if words:
            if lines and _is_mark(lines[-1].words[-1], words[0]):
                words[0] = replace(words[0], mark=True)
            lines.append(PlacedLine(tuple(words)))
            words.clear()

    for index in range(count):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code in (10, 13):
            end_line()
            continue
        character = "-" if code == _DIVIDING else chr(code) if code < 0x110000 else "\ufffd"
        if character.isspace() or code == 0:
            strange += code == 0
            end_word()
            continue
        strange += code == 0xFFFD or 0xE000 <= code < 0xF900 or code < 32
        if raw.FPDFText_GetLooseCharBox(text_page, index, rectangle):
            box = sheet.rotate(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        elif raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
            box = sheet.rotate(left.value, bottom.value, right.value, top.value)
        else:
            continue
        if run.boxes and not sheet.turned and box[3] - box[1] < _SMALL * (run.boxes[-1][3] - run.boxes[-1][1]):
            box = _at_full_height(text_page, index, box, run.boxes[-1])
        elif not run.boxes and words and not sheet.turned:
            box = _at_full_height(text_page, index, box, words[-1].place)
        is_upright = character.isdecimal() and not run.mark and not sheet.turned
        raised = is_upright and _is_raised(text_page, index, rectangle)
        turned = bool(run.text) and _is_han(character) != _is_han(run.text[-1])  # between Chinese and a figure
        if run.text and (raised or turned or _parts(run.boxes[-1], box)):
            was, height = run.boxes[-1], box[3] - box[1]
            end_word()
            small = height < _SMALL * (was[3] - was[1]) and box[3] < was[3] - 0.1 * (was[3] - was[1])
            run = _Run(mark=(_SHORT.match(character) is not None and small and box[0] - was[2] < was[3] - was[1]))
        run.mark |= raised
        run.text.append(character)
        run.boxes.append(box)
    end_line()
    text_page.close()
    seen = sum(len(word.text) for line in lines for word in line.words)
    return tuple(lines), strange > _GARBLED_SHARE * max(seen + strange, _FEW_CHARACTERS)


def _is_han(character: str) -> bool:
    return "\u2e80" <= character < "\uff00"


def _is_raised(text_page: Any, index: int, loose: Any) -> bool:
    """Whether a digit floats above the foot of its letters, as a glyph that is made for a mark does."""
    from pypdfium2 import raw

    left, right, bottom, top = (c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
        return False
    return bool(bottom.value - loose.bottom > _RAISED * (loose.top - loose.bottom))


def _at_full_height(text_page: Any, index: int, box: Box, beside: Box) -> Box:
    """The box of a letter that has its ink alone for a box, as ligatures and dashes of some fonts: as high as its line.

    Args:
        text_page: The text of the page.
        index: Number of the letter.
        box: Its box.
        beside: The box of what stands before it.
    """
    from pypdfium2 import raw

    if not (beside[1] - 0.5 <= box[1] and box[3] <= beside[3] + 0.5) or box[3] - box[1] >= beside[3] - beside[1]:
        return box
    left, right, bottom, top = (c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
        return box
    is_ink = abs(top.value - bottom.value - (box[3] - box[1])) < 0.02
    return (box[0], beside[1], box[2], beside[3]) if is_ink else box


def _is_mark(before: PlacedWord, word: PlacedWord) -> bool:
    """Whether a small word that a line of its own holds stands raised at the end of the word before it."""
    if not _SHORT.fullmatch(word.text):
        return False
    height, above = word.place[3] - word.place[1], before.place[3] - before.place[1]
    near = -0.1 * above < word.place[0] - before.place[2] < 0.3 * above
    return (
        near
        and height < _SMALL * above
        and before.place[1] - 0.5 * above < word.place[1]
        and (word.place[3] < before.place[3] - 0.1 * above)
    )


def _parts(was: Box, box: Box) -> bool:
    """Whether a character begins a word of its own after another one: by a gap, another size, or another line."""
    height, before = box[3] - box[1], was[3] - was[1]
    if min(height, before) < _SMALL * max(height, before):
        return True
    gap = box[0] - was[2]
    return gap > _GAP * height or gap < -2 * height or abs(box[1] - was[1]) > 0.5 * height


def _parted(run: _Run) -> Iterator[PlacedWord]:
    """The words of a run: what dots or rules lead from one column to the next parts them."""
    text, start = "".join(run.text), 0
    for lead in [*_DOTS.finditer(text), None]:
        end = len(text) if lead is None else lead.start()
        if text[start:end]:
            yield _Run(run.text[start:end], run.boxes[start:end], run.mark).word()
        start = end if lead is None else lead.end()


def place_image(path: Path, name: str) -> Iterator[PlacedPage]:
    """A picture as a page, with the words that are recognised in it.

    Raises:
        InvalidInput: It has too many pixels.
    """
    image = open_image(path, name)
    width = image.width * 72 / (float(image.info.get("dpi", (0, 0))[0]) or _USUAL_DOTS)
    recognise = recogniser()
    yield (
        PlacedPage(1, width=width, unread="scanned")
        if recognise is None
        else page_of_picture(1, image, width, recognise)
    )
