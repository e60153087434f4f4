"""Whether a quote stands on a page: the same words and figures in the same order, however they are set.

Passed over are white space, line ends, full and half width, the shapes of quotation marks and dashes, and a hyphen that
divides a word at the end of a line. Nothing else is: no word, no figure, no sign, no case of a letter.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from guanzi.record.evidence.dataroom.pages import Line, Page
from guanzi.record.evidence.dataroom.words import HAN
from guanzi.record.evidence.figures import last_place

#: Stands for a hyphen at the end of a line, of which nobody can say whether the word has it.
_DIVIDED = "\x01"
_SHAPES = {**dict.fromkeys("“”„‟«»＂", '"'), **dict.fromkeys("‘’‚‛＇", "'"), **dict.fromkeys("‐‑‒–—―−﹣－", "-")}
_LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])-[^\S\n]*\n\s*(?=[^\W\d_])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_CLOSED_UP = re.compile(f"{HAN.pattern}|[\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]")
_FIGURES_IN_WORDS = re.compile(
    r"[零一二三四五六七八九十百千万亿两无]|\b(?:zero|no|nil|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|third|quarter)\b",
    re.IGNORECASE,
)
#: How far apart two figures can be and still be roundings of one another.
_NEAR = 0.05
_FIGURE_BEFORE = re.compile(r"(?:[^\W_]|[0-9][.,]|(?:^|[^\w)])-)$")
_FIGURE_AFTER = re.compile(r"(?:[^\W_]|[.,][0-9]|%|‰)")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a quote stands: the lines of the page over which it goes."""

    lines: tuple[Line, ...]


def find_quote(quote: str, page: Page) -> Standing | None:
    """Where a quote stands on a page; None when it does not stand there.

    A quote does not stand where it would cut a word or a figure in two: "12" is not a quote of "125 million", nor
    "5.3" of "-5.3".
    """
    text, origins = _normal(page.text, mark_divisions=True)
    wanted, _ = _normal(quote.strip(), mark_divisions=False)
    wanted = wanted.strip()
    if not wanted:
        return None
    for match in re.finditer(_pattern(wanted), text):
        if _is_whole(text, match.start(), match.end(), wanted):
            first, last = origins[match.start()], origins[match.end() - 1]
            return Standing(tuple(line for line in page.lines if line.start <= last and line.end >= first))
    return None


def quote_stands(quote: str, text: str) -> bool:
    """Whether a quote stands in the text of a page.

    >>> quote_stands("Total revenues  7,824.9", "Total revenues 7,824.9"), quote_stands("12", "125 million")
    (True, False)
    """
    return find_quote(quote, Page(1, text, text)) is not None


def holds_figure(quote: str, value: float) -> bool:
    """Whether one of the figures of a quote could be a value, in some unit: equal as far as either gives its digits.

    Figures that are written in words cannot be judged, and pass.

    >>> holds_figure("revenue of RMB7.82 billion", 7824.9), holds_figure("共计 2,400 万元", 24.0)
    (True, True)
    >>> holds_figure("revenue of RMB7.82 billion", 7924.9)
    False
    """
    text = unicodedata.normalize("NFKC", quote)
    # 400,300 may be one figure, or two cells of a table
    figures = re.findall(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text) + re.findall(r"\d+(?:\.\d+)?", text)
    if not figures or value == 0:
        return bool(_FIGURES_IN_WORDS.search(text) or (value == 0 and re.search(r"(?<!\d)0(?!\d)|[-—–]", text)))
    return any(_could_be(figure.replace(",", ""), abs(value)) for figure in figures)


def _could_be(figure: str, value: float) -> bool:
    number = float(figure)
    if not number:
        return False
    ulp = last_place(figure)
    for exponent in range(round(math.log10(value / number)) - 1, round(math.log10(value / number)) + 2):
        scaled = number * 10.0**exponent
        allowed = max(ulp * 10.0**exponent, last_place(f"{value:.12g}")) / 2
        if abs(scaled - value) <= min(allowed, _NEAR * value) + 1e-9 * value:
            return True
    return False


def _normal(text: str, *, mark_divisions: bool) -> tuple[str, list[int]]:
    """A text without what typesetting makes of it, and the index in the text of each character of the result."""
    out: list[str] = []
    origins: list[int] = []
    divisions: dict[int, int] = {}
    if mark_divisions:
        shaped = "".join(_SHAPES.get(character, character) for character in text)
        divisions = {match.start(): match.end() for match in _LINE_HYPHEN.finditer(shaped)}
    index, gap = 0, False
    while index < len(text):
        given = text[index]
        if index in divisions:
            plain, step = _DIVIDED, divisions[index] - index
        else:
            plain, step = unicodedata.normalize("NFKD", _SHAPES.get(given, given)), 1
        if given.isspace():
            gap = True
        elif not _INVISIBLE.match(given):
            # beside Chinese characters and marks of full width a space says nothing
            if gap and out and not (_CLOSED_UP.match(given) or _CLOSED_UP.match(text[origins[-1]])):
                out.append(" ")
                origins.append(index - 1)
            gap = False
            for character in plain:
                out.append(_SHAPES.get(character, character))
                origins.append(index)
        index += step
    return "".join(out), origins


def _pattern(wanted: str) -> str:
    parts: list[str] = []
    for index, character in enumerate(wanted):
        following = wanted[index + 1 : index + 2]
        if character == "-" and 0 < index < len(wanted) - 1:
            parts.append(f"[-{_DIVIDED}]")
        else:
            parts.append(re.escape(character))
            if character.isalpha() and following.isalpha():
                parts.append(f"{_DIVIDED}?")
    return "".join(parts)


def _is_whole(text: str, start: int, end: int, wanted: str) -> bool:
    """Whether a match begins and ends where words and figures do; Chinese has no such ends."""
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    first, last = wanted[0], wanted[-1]
    if _is_letter(first) and before and (_is_letter(before[-1]) or before[-1] == _DIVIDED):
        return False
    if first.isdigit() and _FIGURE_BEFORE.search(before) and not HAN.match(before[-1]):
        return False
    if after and unicodedata.combining(after[0]):
        return False
    if _is_letter(last) and after and (_is_letter(after[0]) or after[0] == _DIVIDED):
        return False
    return not (last.isdigit() and _FIGURE_AFTER.match(after) and not HAN.match(after[0]))


def _is_letter(character: str) -> bool:
    return (character.isalpha() or character.isdigit()) and not HAN.match(character)
