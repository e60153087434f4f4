"""The clauses of a contract, numbered as in the document, and their sentences with the pages on which they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from guanzi.intake.reading import closed, line_text, shaped
from guanzi.record.evidence import PlacedLine, PlacedPage

_HAN_NUMBER = "[一二三四五六七八九十百零〇]"
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        (
            "part",
            r"(?:PART|Part|SCHEDULE|Schedule|EXHIBIT|Exhibit|ANNEX|Annex|附件|附表)\s*(?P<n>[A-Z]|[IVX]+|\d+|[一二三四五六七八九十]+)\b",
        ),
        ("article", r"(?:ARTICLE|Article)\s+(?P<n>[IVXLC]+|\d+)\b[.:]?"),
        ("section", r"(?:SECTION|Section|CLAUSE|Clause)\s+(?P<n>\d+(?:\.\d+)*)\b[.:]?"),
        ("chapter", rf"第(?P<n>{_HAN_NUMBER}+|\d+)[章节]"),
        ("article", rf"第(?P<n>{_HAN_NUMBER}+|\d+)条"),
        ("dotted", r"(?P<n>\d{1,2}(?:\.\d{1,3}){1,3})[.、．]?(?![\d%])"),
        ("single", r"(?P<n>\d{1,2})[.、．](?!\d)"),
        ("han", rf"(?P<n>{_HAN_NUMBER}{{1,3}})[、．.]"),
        ("han in brackets", rf"[（(](?P<n>{_HAN_NUMBER}{{1,3}})[）)]"),
        ("number in brackets", r"[（(](?P<n>\d{1,2})[）)]"),
        ("roman", r"\((?P<n>[ivx]{1,5})\)"),
        ("letter", r"\((?P<n>[a-z])\)"),
        ("big letter", r"(?P<n>[A-Z])\.(?=\s)"),
        ("small roman", r"(?P<n>[ivx]{1,5})\.(?=\s)"),
        ("small letter", r"(?P<n>[a-z])\.(?=\s)"),
        ("capital", r"\((?P<n>[A-Z])\)"),
    )
)
"""How numbers are set, the outer ones first."""
_NO_NUMBER = re.compile(r"\s*(?:billion|million|thousand|percent|per cent|%|[年月日亿万元个])|\s*$")
_ABBREVIATED = "".join(rf"(?<!\b{word}\.)" for word in ("Inc", "Ltd", "Co", "Corp", "No", "Mr", "Dr", "U.S"))
_SENTENCE = re.compile(
    r"(?<=。)|(?<=;)(?=[\u3400-\u9fff])"
    rf"|(?<=[A-Za-z0-9)%\"]\.){_ABBREVIATED}\s+(?=[A-Z\"(\[])|(?<=;)\s+|\s+(?=\((?:[ivx]{{1,4}}|[a-h])\)\s+\S)"
    r"|(?<=[。;:,])\s*(?=\((?:[一二三四五六七八九十]{1,2}|\d{1,2})\))"
)
_JOINTS = frozenset({"and", "or", "和", "或", "及"})
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]?\s*\d{1,3}\s*[-–—]?|page \d+(?: of \d+)?|第\s*\d+\s*页.{0,8})\s*", re.IGNORECASE
)
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef，。；：、（）“”]")
_PARTY = re.compile(r"[甲乙丙丁戊]方\s*[(:]")
_FULL = 0.7
"""Part of the width of a page below which a line was ended on purpose."""
_GAP = 1.6
"""Heights of a line between two lines from which on another paragraph begins."""


@dataclass(frozen=True, slots=True)
class ContractSentence:
    """A sentence of a contract.

    Attributes:
        number: Of its clause as in the document, e.g. ``5.1(a)``; behind a colon which sentence of the clause it is,
            from the second on. Where the document has no numbers, paragraphs are counted: ``¶3``.
        text: In half width, with its own letters.
        pages: Where each page begins in the text, and the number of that page.
        under: Texts of the clauses above it, the outermost first.
    """

    number: str
    text: str
    pages: tuple[tuple[int, int], ...]
    under: tuple[str, ...] = ()

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.pages[0][1]

    def page_at(self, place: int) -> int:
        """The page on which a letter of it stands."""
        return next(page for start, page in reversed(self.pages) if start <= place)


@dataclass(slots=True)
class _Clause:
    """A clause while its lines are gathered."""

    number: str
    level: int
    above: tuple[_Clause, ...]
    text: str = ""
    pages: list[tuple[int, int]] | None = None

    def add(self, text: str, page: int) -> None:
        """Add a line."""
        if self.text.endswith("-") and text[:1].islower():
            self.text = self.text[:-1]
        elif self.text and not (_WIDE.match(self.text[-1]) or _WIDE.match(text[:1])):
            self.text += " "
        self.pages = self.pages or []
        if not self.pages or self.pages[-1][1] != page:
            self.pages.append((len(self.text), page))
        self.text += text


def read_sentences(pages: Iterable[PlacedPage]) -> tuple[ContractSentence, ...]:
    """The sentences of a contract in the order of the document; headings of clauses are no sentences."""
    clauses = _clauses(_paragraphs(list(pages)))
    heads = {id(above) for clause in clauses for above in clause.above}
    return tuple(
        sentence
        for clause in clauses
        if clause.text and not (id(clause) in heads and _is_heading(clause.text))
        for sentence in _cut(clause)
    )


def _is_heading(text: str) -> bool:
    """Whether a clause only names what stands below it."""
    return len(text) < 60 and not re.search(r"[。;；:：]|\.\s|\d", text)


def _clauses(paragraphs: Iterable[tuple[str, int]]) -> list[_Clause]:
    found: list[_Clause] = []
    stack: list[tuple[str, str, _Clause]] = []
    unnumbered = 0
    for text, page in paragraphs:
        label = _label(text, [(style, n) for style, n, _ in stack])
        if label is None:
            if not stack:
                unnumbered += 1
                found.append(_Clause(f"¶{unnumbered}", 0, ()))
            found[-1].add(text, page)
            continue
        style, n, shown, rest = label
        if style == "single" and {known for known, _, _ in stack} <= {"small letter", "small roman"}:
            stack.clear()  # of a document that begins within a clause
        while any(style == known for known, _, _ in stack) and stack[-1][0] != style:
            stack.pop()
        if stack and stack[-1][0] == style:
            stack.pop()
        if style.startswith("dotted"):
            while stack and not _holds(stack[-1], n):
                stack.pop()
        inner = style in (
            "roman",
            "letter",
            "big letter",
            "small roman",
            "small letter",
            "capital",
            "han in brackets",
            "number in brackets",
            "single",
            "han",
        )
        number = (stack[-1][2].number + shown) if stack and inner else shown
        clause = _Clause(number, len(stack), tuple(above for _, _, above in stack))
        stack.append((style, n, clause))
        found.append(clause)
        if rest:
            clause.add(rest, page)
    return found


def _holds(above: tuple[str, str, _Clause], n: str) -> bool:
    """Whether a dotted number lies below what is open: 5.1 below 5, or below any article or chapter."""
    style, open_n, _ = above
    if style in ("part", "article", "chapter"):
        return True
    return style in ("single", "section", "dotted1", "dotted2") and n.startswith(f"{open_n}.")


def _label(text: str, open_styles: Sequence[tuple[str, str]]) -> tuple[str, str, str, str] | None:
    """Style, number, number as shown and what follows, where a paragraph begins with the number of a clause."""
    for style, pattern in _STYLES:
        found = pattern.match(text)
        if found is None or _NO_NUMBER.match(text[found.end() :]):
            continue
        n = found["n"]
        if style == "roman" and len(n) == 1 and ("letter", chr(ord(n) - 1)) in open_styles:
            continue  # (i) after (h)
        name = f"dotted{n.count('.')}" if style == "dotted" else style
        rest = text[found.end() :].lstrip()
        if style == "small roman" and not _next_roman(n, rest, open_styles):
            continue
        if style == "big letter" and not _follows_letter(n, [x for name, x in open_styles if name == style]):
            continue
        if style == "small letter" and not _next_letter(n, rest, open_styles):
            continue
        if style in ("dotted", "single") and not _follows(name, n, open_styles):
            continue
        return name, n, found[0].rstrip(".、．:"), text[found.end() :].lstrip(" .:：、\t")
    return None


def _follows_letter(n: str, open_letters: Sequence[str]) -> bool:
    """Whether a capital goes on counting from A."""
    return n == (chr(ord(open_letters[-1]) + 1) if open_letters else "A")


def _next_letter(n: str, rest: str, open_styles: Sequence[tuple[str, str]]) -> bool:
    """Whether a letter goes on counting, or a part of a document begins with it."""
    last = next((open_n for name, open_n in reversed(open_styles) if name == "small letter"), None)
    return (n == "a" or rest[:1].isupper()) if last is None else n in ("a", chr(ord(last) + 1))


_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


def _next_roman(n: str, rest: str, open_styles: Sequence[tuple[str, str]]) -> bool:
    """Whether a Roman number goes on counting, or a part of a document begins with it; (i) after (h) is a letter."""
    if n not in _ROMAN or (len(n) == 1 and ("small letter", chr(ord(n) - 1)) in open_styles):
        return False
    last = next((open_n for name, open_n in reversed(open_styles) if name == "small roman"), None)
    at = _ROMAN.index(n)
    return at == 0 or (rest[:1].isupper() if last is None else last == _ROMAN[at - 1])


def _follows(style: str, n: str, open_styles: Sequence[tuple[str, str]]) -> bool:
    """Whether a number goes on counting: 3.5 at the beginning of a line may be an amount."""
    last = next((open_n for name, open_n in reversed(open_styles) if name == style), None)
    head, _, tail = n.rpartition(".")
    if last is None or last.rpartition(".")[0] != head:
        return int(tail) == 1 or (style == "single" and last is None)
    return 0 < int(tail) - int(last.rpartition(".")[2]) <= 2


def _paragraphs(pages: Sequence[PlacedPage]) -> Iterator[tuple[str, int]]:
    """Lines that begin a paragraph or go on with one, without what is printed on every page."""
    repeated = _repeated(pages)
    open_text, open_page = "", 0
    before: PlacedLine | None = None
    for page in pages:
        right = max((line.words[-1].place[2] for line in page.lines), default=0.0)
        for line in page.lines:
            text = _text(line)
            if not text or _mask(text) in repeated or _PAGE_NUMBER.fullmatch(text):
                continue
            if open_text and (page.number != open_page or before is None or not _goes_on(before, line, text, right)):
                yield open_text, open_page
                open_text = ""
            joint = "" if not open_text or _WIDE.match(open_text[-1]) or _WIDE.match(text) else " "
            open_text = open_text.removesuffix("-") if _divided(open_text, text) else open_text + joint
            open_text, open_page, before = open_text + text, page.number, line
    if open_text:
        yield open_text, open_page


def _divided(before: str, after: str) -> bool:
    return bool(re.search(r"[a-z]-$", before)) and after[:1].islower()


def _goes_on(before: PlacedLine, line: PlacedLine, text: str, right: float) -> bool:
    """Whether a line goes on with the paragraph of the one before it."""
    if line.table or before.table or line.words[0].box is None:
        return False
    if (
        any(pattern.match(text) for _, pattern in _STYLES)
        or _PARTY.match(text)
        or before.words[-1].place[2] < _FULL * right
    ):
        return False
    last, first = before.words[-1].place, line.words[0].place
    return first[1] - last[1] >= 0 and first[1] - last[3] < _GAP * max(last[3] - last[1], 1.0)


def _text(line: PlacedLine) -> str:
    """A line in half width; letters whose shape takes several stay as they are."""
    text, _ = line_text(line.words)
    plain = "".join(shape if len(shape := shaped(letter)) == 1 else letter for letter in text)
    return closed(" ".join(plain.split()))


def _mask(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _repeated(pages: Sequence[PlacedPage]) -> frozenset[str]:
    """First and last lines that stand on most pages: running heads."""
    ends = Counter(
        mask for page in pages for mask in {_mask(_text(line)) for line in (*page.lines[:2], *page.lines[-2:])}
    )
    return frozenset(mask for mask, count in ends.items() if count >= 3 and count > len(pages) / 2)


def _cut(clause: _Clause) -> Iterator[ContractSentence]:
    """The sentences of a clause; each of several is counted."""
    ends = [0, *(found.start() for found in _SENTENCE.finditer(clause.text) if found.start()), len(clause.text)]
    pages = clause.pages or [(0, 0)]
    counted = 0
    for start, end in pairwise(ends):
        text = clause.text[start:end].strip()
        if text.strip(" ,;") in _JOINTS or not any(character.isalnum() for character in text):
            continue
        counted += 1
        first = start + clause.text[start:end].index(text)
        own = [(max(at - first, 0), page) for at, page in pages if at < end]
        kept = [one for n, one in enumerate(own) if n + 1 == len(own) or own[n + 1][0] > 0]
        number = clause.number if counted == 1 else f"{clause.number}:{counted}"
        yield ContractSentence(number, text, tuple(kept), tuple(above.text for above in clause.above))
