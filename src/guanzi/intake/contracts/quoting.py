"""Quotes: at most fifteen words of a sentence, whole words of one page, that hold given places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guanzi.intake.contracts.clauses import ContractSentence

_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+")
_MOST = 15.0
_HEAD = 8.0
"""Words by which a sentence is known."""


@dataclass(frozen=True, slots=True)
class PageQuote:
    """Words of a sentence with the page on which they stand."""

    page: int
    clause: str
    quote: str


def quotes_of(sentence: ContractSentence, spans: Iterable[tuple[int, int]]) -> tuple[PageQuote, ...]:
    """Quotes of a sentence that hold the given places, as few as fifteen words each allow."""
    tokens = [found.span() for found in _TOKEN.finditer(sentence.text)]
    groups: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        held = [n for n, (first, last) in enumerate(tokens) if first < end and last > start]
        first, last = held[0], held[-1]
        if groups and _fits(sentence, tokens, groups[-1][0], max(last, groups[-1][1])):
            groups[-1] = (groups[-1][0], max(last, groups[-1][1]))
        else:
            groups.append((first, last))
    return tuple(_quote(sentence, tokens, *group) for group in groups)


def head_of(sentence: ContractSentence) -> str:
    """The first words of a sentence."""
    tokens = [found.span() for found in _TOKEN.finditer(sentence.text)]
    last = 0
    while last + 1 < len(tokens) and _weight(sentence.text, tokens[: last + 2]) <= _HEAD:
        last += 1
    return sentence.text[: tokens[last][1]]


def _weight(text: str, tokens: Sequence[tuple[int, int]]) -> float:
    return sum(0.5 if "\u3400" <= text[start] <= "\u9fff" else 1.0 for start, _ in tokens)


def _fits(sentence: ContractSentence, tokens: Sequence[tuple[int, int]], first: int, last: int) -> bool:
    pages = {sentence.page_at(tokens[first][0]), sentence.page_at(tokens[last][1] - 1)}
    return len(pages) == 1 and _weight(sentence.text, tokens[first : last + 1]) <= _MOST


def _quote(sentence: ContractSentence, tokens: Sequence[tuple[int, int]], first: int, last: int) -> PageQuote:
    """The words from first to last with as many before and after them as there is room for."""
    grown = True
    while grown:
        grown = False
        if first and _fits(sentence, tokens, first - 1, last):
            first, grown = first - 1, True
        if last + 1 < len(tokens) and _fits(sentence, tokens, first, last + 1):
            last, grown = last + 1, True
    quote = sentence.text[tokens[first][0] : tokens[last][1]]
    return PageQuote(sentence.page_at(tokens[first][0]), sentence.number, quote.rstrip(".,;:，。；：、"))
