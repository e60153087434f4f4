"""The lexicon: every word of Latin names once, with its letters, its sound, its kind and what it weighs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from guanzi.study.screening import library
from guanzi.study.screening.alignment import FORM, INITIAL, LIGHT, MOST_LETTERS, NAME, NUMBER
from guanzi.study.screening.folding import sound, unleet

GROUPS = 12
FAMILIES = {"open": 0, "limited": 1, "stock": 2, "partnership": 3}
FATHER, KNOWN = -2, -3
_ROMAN = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_VALUES = {"i": 1, "v": 5, "x": 10}


@dataclass
class Lexicon:
    """The words of all names of one kind seen so far, in arrays that the compiled matcher reads.

    Attributes:
        company: Words of companies; otherwise of people. One word may be light in the one and telling in the other.
        numbers: Word to its number.
        words: The words in the order of their numbers.
    """

    company: bool
    numbers: dict[str, int] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    _arrays: dict[str, NDArray[np.generic]] = field(default_factory=dict)
    _used: dict[str, int] = field(default_factory=dict)
    _new: list[tuple[str, str, int, tuple[int, ...], float, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        room = 4096
        self._arrays = {
            "letters": np.zeros(room * 8, np.uint32),
            "start": np.zeros(room, np.int32),
            "length": np.zeros(room, np.int32),
            "sounds": np.zeros(room * 8, np.uint32),
            "sound_start": np.zeros(room, np.int32),
            "sound_length": np.zeros(room, np.int32),
            "kind": np.zeros(room, np.int8),
            "groups": np.full((room, GROUPS), -1, np.int32),
            "weight": np.zeros(room, np.float64),
            "family": np.full(room, -1, np.int32),
        }
        self._used = {"letters": 0, "sounds": 0}

    def arrays(self) -> tuple[NDArray[np.generic], ...]:
        """Letters, starts, lengths, sounds, their starts and lengths, kinds, groups, weights, families."""
        if self._new:
            self._take_in()
        return tuple(self._arrays.values())

    def number(self, word: str) -> int:
        """The number of a word, which joins the lexicon when it is new."""
        number = self.numbers.get(word)
        return self._add(word) if number is None else number

    def form(self, family: str, form: str) -> int:
        """The number of a legal form; its word begins with a bar, which no name has."""
        number = self.numbers.get(word := f"|{form}")
        return self._add(word, FORM, 0.0, FAMILIES[family]) if number is None else number

    def _add(self, word: str, kind: int = -1, weight: float = 1.0, family: int = -1) -> int:
        groups: tuple[int, ...] = ()
        if kind < 0:
            kind, weight, groups = self._classify(word)
            if not self.company and word in library.words("patronymic"):
                family = FATHER
            elif self.company and kind == NAME and weight < 1.0:
                family = KNOWN
        number = self.numbers[word] = len(self.words)
        self.words.append(word)
        self._new.append((word[:MOST_LETTERS], sound(word)[:MOST_LETTERS], kind, groups, weight, family))
        return number

    def _take_in(self) -> None:
        """Write the words that are new since the last time into the arrays, all at once."""
        begin, end = len(self.words) - len(self._new), len(self.words)
        written, heard, kinds, groups, weights, families = zip(*self._new, strict=True)
        self._new.clear()
        for flat, start, length, texts in (
            ("letters", "start", "length", written),
            ("sounds", "sound_start", "sound_length", heard),
        ):
            sizes = np.array([len(text) for text in texts], np.int32)
            used = self._used[flat]
            self._used[flat] = used + int(sizes.sum())
            self._room(flat, self._used[flat])[used : self._used[flat]] = np.frombuffer(
                "".join(texts).encode("utf-32-le"), np.uint32
            )
            self._room(start, end)[begin:end] = used + np.cumsum(sizes) - sizes
            self._room(length, end)[begin:end] = sizes
        self._room("kind", end)[begin:end] = kinds
        self._room("weight", end)[begin:end] = weights
        self._room("family", end)[begin:end] = families
        held = self._room("groups", end)
        for k, numbers in enumerate(groups):
            if numbers:
                held[begin + k, : len(numbers)] = numbers

    def _room(self, name: str, size: int) -> NDArray[Any]:
        """An array with room for so many members at least."""
        while len(self._arrays[name]) < size:
            old = self._arrays[name]
            self._arrays[name] = np.concatenate([old, np.full_like(old, -1 if name == "groups" else 0)])
        return self._arrays[name]

    def _classify(self, word: str) -> tuple[int, float, tuple[int, ...]]:
        if self.company:
            if word.isdigit():
                return NUMBER, 0.0, (int(word[-9:]),)
            group = library.same_words().get(word)
            groups: tuple[int, ...] = () if group is None else (group,)
            if word in library.words("void"):
                return LIGHT, 0.05, groups
            if word in library.words("generic"):
                return NAME, 0.6, groups
            return NAME, 0.8 if word in library.words("places") else 1.0, groups
        if len(word) == 1:
            return INITIAL, 0.5, ()
        if word in library.words("titles") or word in library.words("particles") or _is_short_form(word):
            return LIGHT, 0.12, ()
        return NAME, 1.0, library.same_names().get(word, ())[:GROUPS]

    def person(self, words: tuple[str, ...]) -> NDArray[np.int32]:
        """The numbers of the words of a person's name."""
        found = [self.number(unleet(word)) for word in words]
        return np.array(found, np.int32)

    def organisation(self, words: tuple[str, ...]) -> NDArray[np.int32]:
        """The numbers of the words of a company's name; several words of a legal form are one."""
        found: list[int] = []
        kept = 0
        i = 0
        while i < len(words):
            size, number = self._form_at(words, i, kept)
            if not size:
                size, value = _number_at(words, i, kept)
                word = words[i] if value is None else str(value)
                number = self.number(word)
                kept += 1
            found.append(number)
            i += size
        return np.array(found, np.int32)

    def _form_at(self, words: tuple[str, ...], i: int, kept: int) -> tuple[int, int]:
        heads = _form_heads()
        if words[i] in heads:
            for size in range(min(heads[words[i]], len(words) - i), 0, -1):
                found = library.legal_forms().get(words[i : i + size])
                if found and (size < len(words) and (kept or (i == 0 and len(words) > size))):
                    return size, self.form(*found)
        elif len(words[i]) >= 9 and kept and (near := _near_form(words[i])) is not None:
            return 1, self.form(*near)
        return 0, 0


@cache
def _form_heads() -> dict[str, int]:
    heads: dict[str, int] = {}
    for wording in library.legal_forms():
        heads[wording[0]] = max(heads.get(wording[0], 0), len(wording))
    return heads


@cache
def _long_forms() -> list[str]:
    return [wording[0] for wording in library.legal_forms() if len(wording) == 1 and len(wording[0]) >= 9]


@lru_cache(maxsize=50_000)
def _near_form(word: str) -> tuple[str, str] | None:
    """A long legal form that is misspelt in one or two letters."""
    if word in library.words("generic"):
        return None
    near = process.extractOne(word, _long_forms(), scorer=OSA.distance, score_cutoff=1 + (len(word) >= 14))
    return library.legal_forms()[(near[0],)] if near else None


def _is_short_form(word: str) -> bool:
    """A legal form of two or three letters at a person's name is a slip of the register."""
    return len(word) in (2, 3) and word in {"sa", "ag", "llc", "ltd", "inc", "gmbh", "plc"}


def _number_at(words: tuple[str, ...], i: int, kept: int) -> tuple[int, int | None]:
    """How many words are a number there, and which; forty four is 44, VII after a word is 7."""
    word = words[i]
    value = library.numbers().get(word)
    if word.isdigit():
        value = int(word[-9:])
    elif (ordinal := _ORDINAL.fullmatch(word)) is not None:
        value = int(ordinal[1])
    elif value is None and kept and _ROMAN.fullmatch(word):
        digits = [_VALUES[letter] for letter in word]
        value = sum(-d if d < max(digits[k:]) else d for k, d in enumerate(digits))
    if value is None:
        return 1, None
    if value >= 20 and value % 10 == 0 and i + 1 < len(words):
        unit = library.numbers().get(words[i + 1], int(words[i + 1]) if words[i + 1].isdigit() else 0)
        if 0 < unit < 10:
            return 2, value + unit
    return 1, value
