"""Words in a picture of a page, recognised by models that come with the extra ``ocr``; without it nothing is read."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from guanzi.record.evidence.dataroom.pages import Box
from guanzi.record.evidence.dataroom.placed import PlacedLine, PlacedPage, PlacedWord
from guanzi.record.evidence.dataroom.words import HAN

type Recognised = Sequence[tuple[str, Sequence[tuple[float, float]], float]]
"""Text, corners from the upper left one clockwise in points of the picture, and certainty, of each word or letter."""

_FINEST, _MOST_TURNS = math.radians(0.1), 60
_NEAR, _NEAR_HAN = 0.1, 0.25
LEAST_SURE = 0.6
"""What is less sure is passed over as a smudge."""


@cache
def recogniser() -> Callable[[Any], Recognised] | None:
    """What recognises the words of a picture; None where the extra is not installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError:
        return None
    engine = RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )

    def recognise(picture: Any) -> Recognised:
        import numpy as np

        found = engine(np.asarray(picture.convert("RGB"))[:, :, ::-1], return_word_box=True)
        words: list[tuple[str, Sequence[tuple[float, float]], float]] = []
        for line in found.word_results or ():
            words.extend((str(text), [(float(x), float(y)) for x, y in box], float(sure)) for text, sure, box in line)
        return words

    return recognise


def page_of_picture(
    number: int, picture: Any, width: float, recognise: Callable[[Any], Recognised], written: str = ""
) -> PlacedPage:
    """A page by its picture, straightened by the tilt that most of its words have.

    Args:
        number: Of the page.
        picture: The whole page.
        width: Of the sheet in points.
        recognise: What recognises the words.
        written: The day on which the document says it was made.
    """
    found = [one for one in recognise(picture) if one[2] >= LEAST_SURE and one[0].strip()]
    if not found:
        return PlacedPage(number, width=width, unread="unrecognised", written=written)
    scale = width / picture.width
    tilt = _tilt(found)
    words = [_word(text, corners, scale, tilt) for text, corners, _ in found]
    return PlacedPage(number, tuple(_lines(words)), width=width, recognised=True, written=written)


def _tilt(found: Recognised) -> float:
    """The angle by which the page is turned, in radians: that under which its words stand in the fewest rows."""
    middles = [(sum(x for x, _ in c) / 4, sum(y for _, y in c) / 4) for _, c, _ in found]
    heights = sorted(corners[3][1] - corners[0][1] for _, corners, _ in found)
    step = max(heights[len(heights) // 2] / 6, 1.0)

    def sharpness(angle: float) -> tuple[int, float]:
        rows = Counter(round((y * math.cos(angle) - x * math.sin(angle)) / step) for x, y in middles)
        return sum(count * count for count in rows.values()), -abs(angle)

    return max((_FINEST * turn for turn in range(-_MOST_TURNS, _MOST_TURNS + 1)), key=sharpness)


def _word(text: str, corners: Sequence[tuple[float, float]], scale: float, tilt: float) -> PlacedWord:
    xs, ys = [x * scale for x, _ in corners], [y * scale for _, y in corners]
    cos, sin = math.cos(tilt), math.sin(tilt)
    straight = [(x * cos + y * sin, y * cos - x * sin) for x, y in zip(xs, ys, strict=True)]
    box = _around(xs, ys)
    return PlacedWord(text.strip(), _around([x for x, _ in straight], [y for _, y in straight]), box)


def _around(xs: Sequence[float], ys: Sequence[float]) -> Box:
    return (round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))


def _lines(words: Sequence[PlacedWord]) -> list[PlacedLine]:
    """Words as lines: those at one height, from left to right; letters and digits that touch are one word."""
    rows: list[list[PlacedWord]] = []
    for word in sorted(words, key=lambda w: w.place[1] + w.place[3]):
        middle = (word.place[1] + word.place[3]) / 2
        row = next((r for r in rows[-3:] if r[0].place[1] < middle < r[0].place[3]), None)
        rows.append([word]) if row is None else row.append(word)
    return [PlacedLine(tuple(_joined(sorted(row, key=lambda w: w.place[0])))) for row in rows]


def _joined(row: Sequence[PlacedWord]) -> list[PlacedWord]:
    joined: list[PlacedWord] = []
    for word in row:
        last = joined[-1] if joined else None
        if last is not None and _touch(last, word):
            place, box = _both(last.place, word.place), _both(last.box or last.place, word.box or word.place)
            joined[-1] = PlacedWord(last.text + word.text, place, box)
        else:
            joined.append(word)
    return joined


def _touch(last: PlacedWord, word: PlacedWord) -> bool:
    """Whether two recognised pieces are one word: Chinese, and figures within it, come letter by letter."""
    gap = (word.place[0] - last.place[2]) / max(word.place[3] - word.place[1], 1.0)
    if HAN.search(last.text[-1:]) or HAN.search(word.text[:1]):
        return gap < _NEAR_HAN
    return len(word.text) == 1 and gap < _NEAR


def _both(one: Box, other: Box) -> Box:
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))
