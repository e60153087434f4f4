"""The words of a list, and those among them that agree with a word asked for.

A first pass over letters and lengths drops words that cannot agree (a changed letter changes at most two members of the
set of letters); what is left is measured by a bit-parallel distance (Hyyrö 2003, "A bit-vector algorithm for computing
Levenshtein and Damerau edit distances", Nordic Journal of Computing 10), and only then compared in full.

Shapes, for V words of a list, beside those of :mod:`alignment`: ``words``, ``letter_masks`` or ``masks``,
``sound_masks``, ``cells`` and ``close`` (V,); ``sizes`` (V, 2), of letters and of sounds; ``places`` (those that are
left,); ``asked`` (words asked for,), ``word`` one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guanzi.base.core import compiled
from guanzi.study.screening.alignment import (
    FORM,
    INITIAL,
    LIGHT,
    MOST_LETTERS,
    MOST_WORDS,
    NUMBER,
    agreement,
    members,
)
from guanzi.study.screening.bounds import mark
from guanzi.study.screening.postings import Postings

_SPELLING, _SOUND = 0.34, 0.25
MADE_OF = tuple(Path(__file__).with_name(f"{name}.py") for name in ("alignment", "bounds"))
"""Files whose code is compiled into the functions of this one."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one kind of names in a list.

    Attributes:
        words: Their numbers in the lexicon, ascending, each once.
        groups: Group of variants to places in the vocabulary.
    """

    words: NDArray[np.int32]
    groups: Postings
    _letters: NDArray[np.uint32]
    _sounds: NDArray[np.uint32]
    _sizes: NDArray[np.int8]

    @classmethod
    def of(cls, words: NDArray[np.int32], arrays: tuple[NDArray[np.generic], ...]) -> Vocabulary:
        """Prepare the words of a list: their numbers in the lexicon, ascending, each once."""
        letters, start, length, sounds, sound_start, sound_length, _, groups = arrays[:8]
        held: NDArray[np.int32] = groups[words].astype(np.int32)
        at, column = np.nonzero(held >= 0)
        sizes = np.stack([length[words], sound_length[words]], axis=1).astype(np.int8)
        return cls(
            words,
            Postings.of(held[at, column].astype(np.int64), at.astype(np.int32)),
            _masks(words, letters, start, length),
            _masks(words, sounds, sound_start, sound_length),
            sizes,
        )

    def near(self, word: int, arrays: tuple[NDArray[np.generic], ...]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Places of the words that agree with a word, and how far."""
        if not len(self.words):
            return np.zeros(0, np.int32), np.zeros(0)
        places = _plausible(word, self.words, self._letters, self._sounds, self._sizes, *arrays[:7])
        variants = [self.groups.at(int(group)) for group in arrays[7][word] if group >= 0]
        if variants:
            places = np.unique(np.concatenate([places, *variants]))
        rooms = (*arrays[:8], arrays[9])
        return _measure(word, self.words, places, *rooms)  # type: ignore[no-any-return]

    def marked(
        self, asked: NDArray[np.int32], company: bool, arrays: tuple[NDArray[np.generic], ...]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """For each word its cell (see :mod:`bounds`), and how far it agrees at most with a word of a name asked for."""
        cells, close = np.zeros(len(self.words), np.int64), np.zeros(len(self.words))
        letters, start, length = arrays[:3]
        kind = arrays[6]
        for i, word in enumerate(asked[:MOST_WORDS].tolist()):
            places, agreed = self.near(word, arrays)
            cells[places] |= 1 << i
            close[places] = np.maximum(close[places], agreed)
        _mark_joined(asked, self.words, self._letters, self._sizes, cells, close, letters, start, length, kind)
        mark(asked, company, self.words, cells, close, letters, start, length, kind)
        return cells, close


@compiled(MADE_OF, nogil=True)
def _masks(words, letters, start, length):  # type: ignore[no-untyped-def]
    out = np.zeros(len(words), np.uint32)
    for i in range(len(words)):
        for k in range(length[words[i]]):
            out[i] |= np.uint32(1) << np.uint32(letters[start[words[i]] + k] % 31)
    return out


@compiled(MADE_OF, nogil=True)
def _where(letters, begin, size):  # type: ignore[no-untyped-def]
    """For every letter, hashed to seven bits, the places at which it stands; two letters in one place only lower it."""
    out = np.zeros(128, np.uint64)
    for k in range(size):
        out[letters[begin + k] & np.uint32(127)] |= np.uint64(1) << np.uint64(k)
    return out


@compiled(MADE_OF, nogil=True)
def least_distance(where, n, letters, begin, m):  # type: ignore[no-untyped-def]
    """Optimal string alignment distance by bits; equal to it for ASCII, never more for other letters."""
    one = np.uint64(1)
    up, down, diagonal, before = ~np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
    last = one << np.uint64(n - 1)
    apart = n
    for k in range(m):
        here = where[letters[begin + k] & np.uint32(127)]
        swapped = (((~diagonal) & here) << one) & before
        diagonal = (((here & up) + up) ^ up) | here | down | swapped
        right, left = down | ~(diagonal | up), diagonal & up
        if right & last:
            apart += 1
        elif left & last:
            apart -= 1
        right, left = (right << one) | one, left << one
        up, down = left | ~(diagonal | right), right & diagonal
        before = here
    return apart


@compiled(MADE_OF, nogil=True)
def _plausible(  # type: ignore[no-untyped-def]
    word, words, letter_masks, sound_masks, sizes, letters, start, length, sounds, sound_start, sound_length, kind
):
    out = np.empty(len(words), np.int32)
    found = 0
    if kind[word] == FORM:
        return out[:0]
    n, s = np.int64(length[word]), np.int64(sound_length[word])
    mask = sound_mask = np.uint32(0)
    for k in range(n):
        mask |= np.uint32(1) << np.uint32(letters[start[word] + k] % 31)
    for k in range(s):
        sound_mask |= np.uint32(1) << np.uint32(sounds[sound_start[word] + k] % 31)
    where, heard = _where(letters, start[word], n), _where(sounds, sound_start[word], s)
    single = kind[word] == INITIAL or kind[word] == NUMBER or n == 0 or s == 0
    for i in range(len(words)):
        m, t = np.int64(sizes[i, 0]), np.int64(sizes[i, 1])
        if single or m == 1:
            other = words[i]
            if word == other or kind[other] == kind[word] or letters[start[other]] == letters[start[word]]:
                out[found] = i
                found += 1
            continue
        longest, heard_longest = max(n, m), max(s, t)
        if abs(n - m) > _SPELLING * longest + 1:
            continue
        written = members(mask ^ letter_masks[i]) <= 2 * _SPELLING * longest
        spoken = members(sound_mask ^ sound_masks[i]) <= 2 * _SOUND * heard_longest
        if not (written or spoken):
            continue
        other = words[i]
        if (written and least_distance(where, n, letters, start[other], m) <= _SPELLING * longest) or (
            spoken and least_distance(heard, s, sounds, sound_start[other], t) <= _SOUND * heard_longest
        ):
            out[found] = i
            found += 1
    return out[:found].copy()


@compiled(MADE_OF, nogil=True)
def _measure(  # type: ignore[no-untyped-def]
    word,
    words,
    places,
    letters,
    start,
    length,
    sounds,
    sound_start,
    sound_length,
    kind,
    groups,
    family,
):
    table = np.zeros((2 * MOST_LETTERS + 2, 2 * MOST_LETTERS + 2), np.int32)
    kept = np.empty(len(places), np.int32)
    agreed = np.empty(len(places))
    n = 0
    for i in places:
        close, _ = agreement(
            word,
            words[i],
            letters,
            start,
            length,
            sounds,
            sound_start,
            sound_length,
            kind,
            groups,
            family,
            table,
        )
        if close > 0.0:
            kept[n], agreed[n] = i, close
            n += 1
    return kept[:n], agreed[:n]


@compiled(MADE_OF, nogil=True)
def _mark_joined(asked, words, masks, sizes, cells, close, letters, start, length, kind):  # type: ignore[no-untyped-def]
    """Note at the words of the list which neighbours of a name in one run they are, but for one letter."""
    run = np.zeros(2 * MOST_LETTERS, letters.dtype)
    for i in range(min(len(asked), MOST_WORDS) - 1):
        a, b = asked[i], asked[i + 1]
        size = np.int64(length[a]) + np.int64(length[b])
        if kind[a] > LIGHT or kind[b] > LIGHT or size > MOST_LETTERS or size < 2:
            continue
        mask = np.uint32(0)
        for k in range(size):
            run[k] = letters[start[a] + k] if k < length[a] else letters[start[b] + k - length[a]]
            mask |= np.uint32(1) << np.uint32(run[k] % 31)
        where = _where(run, 0, size)
        for p in range(len(words)):
            m = np.int64(sizes[p, 0])
            if abs(m - size) > 1 or m < 3 or members(mask ^ masks[p]) > 2 or kind[words[p]] > LIGHT:
                continue
            apart = least_distance(where, size, letters, start[words[p]], m)
            if apart <= 1:
                cells[p] |= 3 << i
                close[p] = max(close[p], 1.0 - apart / max(size, m))
