"""Where a marked figure stands: boxes of PDF pages by their own characters, and what a scan does to them."""

from __future__ import annotations

import ctypes
import io
import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from PIL import Image, ImageFilter
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Scan

type Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Spot:
    """A page, counted from 1, and a box in points from its upper left corner."""

    page: int
    box: Box


def linked(data: bytes) -> dict[int, tuple[int, Box]]:
    """The marks of a PDF that was set with links: number of the mark → page from 0 and the rectangle of the link."""
    found: dict[int, tuple[int, Box]] = {}
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document):
            at, link, rect = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
            while raw.FPDFLink_Enumerate(page.raw, ctypes.byref(at), ctypes.byref(link)):
                raw.FPDFLink_GetAnnotRect(link, ctypes.byref(rect))
                action = raw.FPDFLink_GetAction(link)
                address = ctypes.create_string_buffer(200)
                raw.FPDFAction_GetURIPath(document.raw, action, address, 200)
                mark = int(address.value.decode().partition(":")[2])
                edges = rect.left, rect.bottom, rect.right, rect.top
                found[mark] = (number, edges)
    return found


def spots(data: bytes, marks: Marks, places: dict[int, tuple[int, Box]]) -> dict[int, Spot]:
    """The box of each marked figure from the characters of the page itself, which must spell the figure.

    Raises:
        ValueError: Other characters than those of the figure stand where it was set.
    """
    found: dict[int, Spot] = {}
    with pypdfium2.PdfDocument(data) as document:
        letters = [_letters(page) for page in document]
        heights = [page.get_height() for page in document]
    for mark, text in enumerate(marks.texts):
        page, (left, bottom, right, top) = places[mark]
        held = [
            (letter, box)
            for letter, box in letters[page]
            if left - 0.3 <= (box[0] + box[2]) / 2 <= right + 0.3 and bottom - 1 <= (box[1] + box[3]) / 2 <= top + 1
        ]
        if (spelled := "".join(letter for letter, _ in held)) != "".join(text.split()):
            raise ValueError(f"page {page + 1}: {spelled!r} stands where {text!r} was set")
        lefts, bottoms, rights, tops = zip(*(box for _, box in held), strict=True)
        box = min(lefts), heights[page] - max(tops), max(rights), heights[page] - min(bottoms)
        found[mark] = Spot(page + 1, box)
    return found


def _letters(page: Any) -> list[tuple[str, Box]]:
    text = page.get_textpage()
    every = [(text.get_text_range(i, 1), text.get_charbox(i)) for i in range(text.count_chars())]
    return [(letter, box) for letter, box in every if letter.strip()]


def scanned(data: bytes, scan: Scan, found: dict[int, Spot], seed: int, day: datetime) -> tuple[bytes, dict[int, Spot]]:
    """The pages as pictures, tilted, blurred and noisy, in a PDF without text made later, and their boxes."""
    chance = np.random.default_rng(seed)
    pictures = []
    turned: dict[int, Spot] = {}
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document):
            tilt = scan.tilt[number % len(scan.tilt)]
            picture = page.render(scale=scan.dpi / 72, grayscale=True).to_pil().convert("L")
            picture = picture.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)
            pictures.append(_noisy(picture, scan, chance))
            size = picture.width * 72 / scan.dpi, picture.height * 72 / scan.dpi
            turned |= {m: Spot(s.page, _turned(s.box, tilt, size)) for m, s in found.items() if s.page == number + 1}
    kept = io.BytesIO()
    later = (day + timedelta(40)).timetuple()
    dated = {"creationDate": later, "modDate": later} | ({} if scan.bilevel else {"quality": 17})
    pictures[0].save(kept, "PDF", save_all=True, append_images=pictures[1:], resolution=scan.dpi, **dated)
    return kept.getvalue(), turned


def _noisy(picture: Image.Image, scan: Scan, chance: np.random.Generator) -> Image.Image:
    dots = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.5)), dtype=np.float32)
    grain = chance.normal(0, scan.noise, (dots.shape[0] // 2 + 1, dots.shape[1] // 2 + 1))
    grain = np.repeat(np.repeat(grain, 2, 0), 2, 1)[: dots.shape[0], : dots.shape[1]]
    if scan.bilevel:
        inked = dots + grain < 150
        specks = chance.random(dots.shape) < 0.0002
        return Image.fromarray(np.where(inked ^ specks, 0, 255).astype(np.uint8)).convert("1", dither=Image.Dither.NONE)
    shade = np.linspace(0, 14, dots.shape[1], dtype=np.float32)[None, :]
    return Image.fromarray(np.clip(dots * 0.93 + 10 - shade + grain, 0, 255).astype(np.uint8))


def _turned(box: Box, degrees: float, size: tuple[float, float]) -> Box:
    turn, (middle, centre) = math.radians(degrees), (size[0] / 2, size[1] / 2)
    corners = [(x - middle, y - centre) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across = [middle + x * math.cos(turn) + y * math.sin(turn) for x, y in corners]
    down = [centre - x * math.sin(turn) + y * math.cos(turn) for x, y in corners]
    return min(across), min(down), max(across), max(down)


def joined(digital: bytes, pictures: bytes, which: tuple[int, ...], day: datetime) -> bytes:
    """One PDF in which the pages named, from 1, are pictures and the others are as they were."""
    with pypdfium2.PdfDocument(digital) as first, pypdfium2.PdfDocument(pictures) as second:
        made = pypdfium2.PdfDocument.new()
        for number in range(1, len(first) + 1):
            made.import_pages(second if number in which else first, [number - 1])
        kept = io.BytesIO()
        made.save(kept)
        data = re.sub(rb"<[0-9A-F]{32}>", b"<" + b"0" * 32 + b">", kept.getvalue())
        return re.sub(rb"\(D:\d{14}", f"(D:{day:%Y%m%d%H%M%S}".encode(), data)
