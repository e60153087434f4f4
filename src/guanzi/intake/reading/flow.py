"""Running text of a page as sentences, in which every letter is known by the word of the page that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guanzi.intake.reading.layout import closed_up, line_text
from guanzi.intake.reading.lexicon import closed, shaped
from guanzi.intake.reading.spelled import numbers_in
from guanzi.record.evidence import PlacedLine, PlacedPage, PlacedWord

_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef，。；：、（）]")
_SHORT = "".join(
    rf"(?<!\b(?i:{word})\.)" for word in ["no", "inc", "ltd", "co", "corp", "approx", "vs", "dr", "mr", "u.s"]
)
_END = re.compile(rf"[。!?！？]|(?<=[a-z%)])\.(?=[A-Z][a-z])|\.{_SHORT}(?<!\b[A-Z]\.)(?=\s+[^\sa-z\d(]|\s*$)")
_ITEM = re.compile(r"[•·●▪■◆○–—*-]$|^[•·●▪■◆○]|^[(（]?[一二三四五六七八九十\d]{1,2}[)）、.]")
_COLUMN = 40.0
"""Within so many points lines begin at about the same place."""
_HYPHEN = re.compile(r"[a-z]-$")


@dataclass(frozen=True, slots=True)
class PrintedSentence:
    """A sentence of a page.

    Attributes:
        text: Folded.
        words: The words of the page of which it is made, with where each begins and ends in the text.
        spelled: Where figures stand in it for numbers in words, and those words.
    """

    text: str
    words: tuple[tuple[int, int, PlacedWord], ...]
    spelled: tuple[tuple[int, int, str], ...] = ()

    def figure(self, start: int, end: int) -> str:
        """A part of the text with the words of the page in place of figures that stand for them."""
        found = self.text[start:end]
        for first, last, words in reversed(self.spelled):
            if start <= first and last <= end:
                found = found[: first - start] + words + found[last - start :]
        return found

    def over(self, start: int, end: int) -> tuple[PlacedWord, ...]:
        """The words that hold a part of the text."""
        return tuple(word for first, last, word in self.words if first < end and last > start)

    @property
    def shown(self) -> str:
        """The sentence as it stands on the page."""
        return closed_up(line_text([word for _, _, word in self.words])[0])


def sentences(page: PlacedPage) -> Iterator[PrintedSentence]:
    """The sentences of a page, in the order in which it is read."""
    margins = {} if page.recognised else _margins(page.lines)
    for lines in _paragraphs(page.lines, margins):
        text, words = _together(lines)
        start = 0
        for end in [*(m.end() for m in _END.finditer(text)), len(text)]:
            if text[start:end].strip(" 。;"):
                held = tuple(
                    (max(first - start, 0), min(last, end) - start, word)
                    for first, last, word in words
                    if first < end and last > start
                )
                yield _with_figures(PrintedSentence(lowered(text[start:end]), held))
            start = end


def _with_figures(sentence: PrintedSentence) -> PrintedSentence:
    """A sentence with figures in place of numbers in words."""
    text, spelled, moved = "", [], [(0, 0)]
    last = 0
    for start, end, figure in numbers_in(sentence.text):
        text += sentence.text[last:start]
        spelled.append((len(text), len(text) + len(figure), sentence.text[start:end]))
        text += figure
        moved.append((end, len(text) - end))
        last = end
    if not spelled:
        return sentence

    def place(at: int) -> int:
        return at + next(by for end, by in reversed(moved) if end <= at)

    words = tuple((place(first), place(end), word) for first, end, word in sentence.words)
    return PrintedSentence(text + sentence.text[last:], words, tuple(spelled))


def _margins(lines: Sequence[PlacedLine]) -> dict[int, float]:
    """How far to the right lines go that begin at about the same place."""
    margins: dict[int, float] = {}
    for line in lines:
        near = int(line.words[0].place[0] // _COLUMN)
        for place in (near - 1, near, near + 1):
            margins[place] = max(margins.get(place, 0.0), line.words[-1].place[2])
    return margins


def _is_ended(before: PlacedLine, line: PlacedLine, margins: dict[int, float]) -> bool:
    """Whether a line was ended on purpose: what begins the next one would have found room on it."""
    last, first = before.words[-1], line.words[0]
    height = last.place[3] - last.place[1]
    is_han = _WIDE.match(first.text) is not None
    if not (is_han or first.text[:1].isupper() or first.text[:1].isdecimal()):
        return False
    room = margins.get(int(before.words[0].place[0] // _COLUMN), 0.0) - last.place[2]
    return room > (2 * height if is_han else first.place[2] - first.place[0] + height)


def _paragraphs(lines: Sequence[PlacedLine], margins: dict[int, float]) -> Iterator[list[PlacedLine]]:
    """Lines that belong together: a wide gap, a table, a cell of its own or a line with room left ends a paragraph."""
    gathered: list[PlacedLine] = []
    for line in lines:
        if gathered and not (_goes_on(gathered[-1], line) and not _is_ended(gathered[-1], line, margins)):
            yield gathered
            gathered = []
        gathered.append(line)
    if gathered:
        yield gathered


def _goes_on(before: PlacedLine, line: PlacedLine) -> bool:
    last, first = before.words[-1], line.words[0]
    if last.box is None or first.box is None or before.table or line.table:
        return False
    height = max(last.place[3] - last.place[1], 1.0)
    if _ITEM.match(first.text) or not 0.87 < (first.place[3] - first.place[1]) / height < 1.15:
        return False
    down = first.place[1] - last.place[1]
    return -0.5 * height < down < 2.2 * height


def _together(lines: Sequence[PlacedLine]) -> tuple[str, list[tuple[int, int, PlacedWord]]]:
    text, words = "", list[tuple[int, int, PlacedWord]]()
    for line in lines:
        shown, spans = line_text(line.words)
        for index, (word, (start, _)) in enumerate(zip(line.words, spans, strict=True)):
            letters = shaped(word.text)
            folded = " " * len(letters) if word.mark else closed(" ".join(letters.split()))
            spaced = index == 0 or shown[start - 1 : start] == " "
            if text and spaced and not (_WIDE.match(text[-1]) or _WIDE.match(folded[:1])):
                text = text[:-1] if index == 0 and _HYPHEN.search(text) and folded[:1].islower() else text + " "
            words.append((len(text), len(text) + len(folded), word))
            text += folded
    return text, words


def lowered(text: str) -> str:
    """A text in small letters, letter by letter, so that every place in it stays."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower()[:1] for c in text)
