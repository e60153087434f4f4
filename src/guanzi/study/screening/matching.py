"""Do two names name the same person or company? A calibrated score, and an explanation of every pair.

Names are compared by script: Latin letters and whatever can be romanized by alignment of words; Chinese characters by
characters; Chinese with Latin by readings. Omission and contradiction are told apart: a name that leaves out a
patronymic still fits, one that has another in its place does not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from guanzi.base.core import Message
from guanzi.study.screening import alignment, companies, han, library
from guanzi.study.screening.folding import fold, has_han
from guanzi.study.screening.lexicon import Lexicon
from guanzi.study.screening.readings import consonants, pinyin_of_wade_giles

#: The raw score from which on two names are shown as a match; a judgement, set after reading the development half.
THRESHOLD = 0.7
#: Slope of the logistic calibration at the threshold; fitted on a half of labelled pairs (see the method).
SLOPE = 10.1
ORGANISATIONS = frozenset({"Company", "Organization", "PublicBody", "Vessel", "Airplane", "Asset", "Security"})
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]{2,5}")
_WAYS = {
    alignment.SAME: "same",
    alignment.SPELLING: "spelling",
    alignment.SOUND: "sound",
    alignment.VARIANT: "variant",
    alignment.SHORTENED: "initial",
    alignment.JOINED: "joined",
}


@dataclass(frozen=True, slots=True)
class Match:
    """What the comparison of two names found.

    Attributes:
        score: Raw score, 0 to 1.
        probability: Probability that both names mean one bearer if half of such pairs do: even odds before looking.
        matched: Whether the score reaches the shipped threshold.
        parts: Which parts agreed, and how; which are left over.
    """

    score: float
    probability: float
    matched: bool
    parts: tuple[Message, ...]


def probability(score: float, base_rate: float = 0.5) -> float:
    """The calibrated probability of a raw score, moved to a stated share of true matches among the pairs compared.

    Source: Platt, Probabilistic Outputs for Support Vector Machines, in Advances in Large Margin Classifiers, MIT 1999;
    prior shift after Saerens, Latinne & Decaestecker, Neural Computation 14(1), 2002.
    """
    odds = SLOPE * (score - THRESHOLD) + math.log(base_rate / (1.0 - base_rate))
    return 1.0 / (1.0 + math.exp(-odds))


def compare(first: str, second: str, schema: str = "Person") -> Match:
    """Compare two names.

    Args:
        first: A name in any alphabet.
        second: Another.
        schema: Kind of bearer in FollowTheMoney's words: ``Person``, ``Company``, ``Organization``, ``LegalEntity``, ….

    >>> compare("曾毓群", "Yuqun Zeng").matched, compare("秦力洪", "秦力宏").matched
    (True, False)
    """
    score, parts = _compare(first, second, schema)
    return Match(score, probability(score), score >= THRESHOLD, parts)


def scores(pairs: Sequence[tuple[str, str]], schemas: Sequence[str]) -> NDArray[np.float64]:
    """Raw scores of many pairs; the same as :func:`compare` gives, in far less time for names in Latin letters."""
    out = np.zeros(len(pairs))
    latin: tuple[list[int], list[int]] = ([], [])
    for i, ((first, second), schema) in enumerate(zip(pairs, schemas, strict=True)):
        if not (has_han(first) or has_han(second)):
            latin[is_company(schema, first, second)].append(i)
        else:
            out[i] = _compare(first, second, schema)[0]
    for company in (False, True):
        chosen = latin[company]
        if not chosen:
            continue
        ordered = [(a, b) if a <= b else (b, a) for a, b in (pairs[i] for i in chosen)]
        found = _aligned([a for a, _ in ordered], [b for _, b in ordered], company)
        if not company:
            for k, (a, b) in enumerate(ordered):
                if found[k] < THRESHOLD or not a.isascii():
                    found[k] = _by_script(a, b, float(found[k]))[0]
        out[chosen] = found
    return out


def _aligned(firsts: list[str], seconds: list[str], company: bool) -> NDArray[np.float64]:
    flat: list[NDArray[np.int32]] = []
    for side in (firsts, seconds):
        words = [prepared(name, company) for name in side]
        flat += [np.concatenate(words), np.concatenate([[0], np.cumsum([len(w) for w in words])])]
    out = np.zeros(len(firsts))
    rooms = (*flat, company, *word_arrays(company), *_BOARD.arrays(), out)
    alignment.align_many(*rooms)
    return out


def old_romanization(first: str, second: str) -> float:
    """The score of two Chinese names in Latin letters of which one is in Wade-Giles: Hsi Chin-ping and Xi Jinping."""
    a, b = fold(first), fold(second)
    table = pinyin_of_wade_giles()
    for old, new in ((a, b), (b, a)):
        if not 2 <= len(old) <= 3 or not all(word in table for word in old):
            continue
        written = {"".join(new), "".join(new[1:] + new[:1]), "".join(new[-1:] + new[:-1])}
        if any("".join(word) in written for word in product(*(table[word] for word in old))):
            return 0.85
    return 0.0


def is_company(schema: str, *names: str) -> bool:
    """Whether names are compared as those of companies; where the schema says neither, their words decide."""
    if schema in ORGANISATIONS:
        return True
    if schema == "Person":
        return False
    return any(_looks_like_company(name) for name in names)


@cache
def _one_word_forms() -> frozenset[str]:
    return frozenset(form[0] for form in library.legal_forms() if len(form) == 1)


@lru_cache(maxsize=100_000)
def _looks_like_company(name: str) -> bool:
    if has_han(name):
        return bool(han.parse_company(name).form) or len(han.simplified(name)) > 4
    words = fold(name, company=True)
    return any(word in library.words("generic") or word == "group" or word in _one_word_forms() for word in words)


def _compare(first: str, second: str, schema: str) -> tuple[float, tuple[Message, ...]]:
    company = is_company(schema, first, second)
    chinese = has_han(first), has_han(second)
    if not any(chinese):
        return _other_scripts(first, second, company)
    if all(chinese):
        compared = han.compare_people if not company else companies.compare_companies
        return _symmetric(compared, first, second)
    name, latin = (first, second) if chinese[0] else (second, first)
    mixed = _latin_part(name)
    if mixed:
        return max(
            _explained(mixed, latin, company), _compare_scripts(name, latin, company), key=lambda found: found[0]
        )
    return _compare_scripts(name, latin, company)


def _other_scripts(first: str, second: str, company: bool) -> tuple[float, tuple[Message, ...]]:
    """Names of which neither is Chinese; with care for what a script does not write."""
    score, parts = _explained(first, second, company)
    if company:
        return score, parts
    moved, why = _by_script(first, second, score)
    return moved, parts if why is None else (why,) if moved > score else (*parts, why)


def _by_script(first: str, second: str, score: float) -> tuple[float, Message | None]:
    """The score of two people's names, moved by what their scripts leave out or tell apart."""
    if score < THRESHOLD:
        old = old_romanization(first, second)
        if old > score:
            return old, Message.of("diligence.screening.wade_giles", a=first, b=second)
        if (first.isascii() and second.isascii()) or bool(_ARABIC.search(first)) == bool(_ARABIC.search(second)):
            return score, None
        a, b = (consonants("".join(fold(name))) for name in (first, second))
        near = Levenshtein.normalized_similarity(a, b)
        if near >= 0.8 and min(len(a), len(b)) >= 4 and len(fold(first)) == len(fold(second)):
            return 0.85 * near, Message.of("diligence.screening.unwritten_vowels", a=first, b=second)
    elif _HANGUL.fullmatch(first) and _HANGUL.fullmatch(second) and len(first) == len(second) and first != second:
        return 0.5 * score, Message.of("diligence.screening.syllables_differ")
    return score, None


def _symmetric(compared, first: str, second: str) -> tuple[float, tuple[Message, ...]]:  # type: ignore[no-untyped-def]
    return compared(*sorted((first, second)))  # type: ignore[no-any-return]


def _compare_scripts(name: str, latin: str, company: bool) -> tuple[float, tuple[Message, ...]]:
    if company:
        return companies.compare_company_with_latin(name, latin)
    return han.compare_person_with_latin(name, latin)


def _latin_part(name: str) -> str:
    """Latin letters that stand beside Chinese characters: 李斌 (Bin Li)."""
    bare = "".join(c if ord(c) < 0x2E80 else " " for c in name).strip(" ()（）·")
    return bare if sum(c.isalpha() for c in bare) >= 4 else ""


@cache
def _lexicon(company: bool) -> Lexicon:
    return Lexicon(company)


@dataclass(frozen=True, slots=True)
class _Board:
    table: NDArray[np.int32]
    joined: NDArray[np.uint32]
    partner: NDArray[np.int32]
    way: NDArray[np.int8]
    close: NDArray[np.float64]
    grid: NDArray[np.float64]
    how: NDArray[np.int8]
    sets: NDArray[np.uint32]

    def arrays(self) -> tuple[NDArray[np.generic], ...]:
        return self.table, self.joined, self.partner, self.way, self.close, self.grid, self.how, self.sets


def new_board() -> _Board:
    """Room for one comparison at a time; each thread needs its own."""
    size = 2 * alignment.MOST_LETTERS + 2
    return _Board(
        np.zeros((size, size), np.int32),
        np.zeros(size, np.uint32),
        np.zeros((2, alignment.MOST_WORDS), np.int32),
        np.zeros(alignment.MOST_WORDS, np.int8),
        np.zeros(alignment.MOST_WORDS),
        np.zeros((alignment.MOST_WORDS, alignment.MOST_WORDS)),
        np.zeros((alignment.MOST_WORDS, alignment.MOST_WORDS), np.int8),
        np.zeros((4, alignment.MOST_WORDS), np.uint32),
    )


_BOARD = new_board()


@lru_cache(maxsize=200_000)
def prepared(name: str, company: bool) -> NDArray[np.int32]:
    """The words of a name as numbers of the lexicon of people or of companies."""
    lexicon = _lexicon(company)
    return lexicon.organisation(fold(name, company=True)) if company else lexicon.person(fold(name))


def word_arrays(company: bool) -> tuple[NDArray[np.generic], ...]:
    """The arrays of the lexicon, for loops over many names."""
    return _lexicon(company).arrays()


def _latin(first: str, second: str, company: bool) -> float:
    one, other = (first, second) if first <= second else (second, first)
    a, b = prepared(one, company), prepared(other, company)
    return float(alignment.align(a, b, company, *word_arrays(company), *_BOARD.arrays()))


def _explained(first: str, second: str, company: bool) -> tuple[float, tuple[Message, ...]]:
    score = _latin(first, second, company)
    one, other = (first, second) if first <= second else (second, first)
    a, b = prepared(one, company), prepared(other, company)
    lexicon = _lexicon(company)
    shown = [[lexicon.words[n].lstrip("|") for n in name] for name in (a, b)]
    turned = one != first
    parts: list[Message] = []
    for i in range(min(len(a), alignment.MOST_WORDS)):
        j = int(_BOARD.partner[0, i])
        if j >= 0:
            mine, theirs = (shown[1][j], shown[0][i]) if turned else (shown[0][i], shown[1][j])
            way = _WAYS[int(_BOARD.way[i])]
            parts.append(
                Message.of(f"diligence.screening.{way}", a=mine, b=theirs, agreement=round(float(_BOARD.close[i]), 2))
            )
    left = [
        tuple(shown[side][i] for i in range(min(len(name), alignment.MOST_WORDS)) if _BOARD.partner[side, i] < 0)
        for side, name in ((0, a), (1, b))
    ]
    mine_left, theirs_left = (left[1], left[0]) if turned else (left[0], left[1])
    if mine_left:
        parts.append(Message.of("diligence.screening.only_first", words=mine_left))
    if theirs_left:
        parts.append(Message.of("diligence.screening.only_second", words=theirs_left))
    return score, tuple(parts)
