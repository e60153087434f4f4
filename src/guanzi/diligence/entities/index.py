"""Search of a name in a long list: candidates by words and readings, then every candidate compared in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from zlib import crc32

import numpy as np
from numba import njit
from numpy.typing import NDArray

from guanzi.diligence.entities.alignment import FORM, MOST_LETTERS, agreement
from guanzi.diligence.entities.folding import fold, has_han
from guanzi.diligence.entities.han import (
    bare_person,
    is_foreign,
    parse_company,
    simplified,
)
from guanzi.diligence.entities.matching import is_company, prepared, scores, word_arrays
from guanzi.diligence.entities.readings import person_keys, syllables, word_keys

_CANDIDATES = 300


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the list that resembles the name asked for: its place in the list and its raw score."""

    entry: int
    score: float


@dataclass(frozen=True, slots=True)
class _Postings:
    keys: NDArray[np.int64]
    start: NDArray[np.int64]
    entries: NDArray[np.int32]

    @classmethod
    def of(cls, keys: NDArray[np.int64], entries: NDArray[np.int32]) -> _Postings:
        order = np.argsort(keys, kind="stable")
        keys, entries = keys[order], entries[order]
        unique, start = np.unique(keys, return_index=True)
        return cls(unique, np.append(start, len(keys)), entries)

    def at(self, key: int) -> NDArray[np.int32]:
        i = int(np.searchsorted(self.keys, key))
        if i == len(self.keys) or self.keys[i] != key:
            return self.entries[:0]
        return self.entries[self.start[i] : self.start[i + 1]]


@dataclass(frozen=True, slots=True)
class NameIndex:
    """A list of names, ready for search; made by :func:`build_index`.

    Attributes:
        names: The names.
        schemas: Kind of bearer of each.
    """

    names: Sequence[str]
    schemas: Sequence[str]
    _words: tuple[_Postings, _Postings]
    _vocabulary: tuple[NDArray[np.int32], NDArray[np.int32]]
    _masks: tuple[NDArray[np.uint32], NDArray[np.uint32]]
    _keys: _Postings

    def search(self, name: str, schema: str = "LegalEntity", limit: int = 10) -> tuple[Hit, ...]:
        """The names of the list that resemble a name most, best first.

        Args:
            name: In any alphabet.
            schema: Kind of bearer; ``LegalEntity`` lets the words decide.
            limit: Most hits.
        """
        company = is_company(schema, name)
        weights = np.zeros(len(self.names), np.float32)
        for key in _asked_keys(name, company):
            weights[self._keys.at(key)] += 1.0
        if not has_han(name):
            self._by_words(name, company, weights)
        chosen = np.flatnonzero(weights > 0)
        if len(chosen) > _CANDIDATES:
            best = np.argpartition(-weights[chosen], _CANDIDATES)[:_CANDIDATES]
            chosen = chosen[best]
        if not len(chosen):
            return ()
        kind = "Company" if company else "Person"
        found = scores([(name, self.names[int(i)]) for i in chosen], [kind] * len(chosen))
        order = np.lexsort((chosen, -found))[:limit]
        return tuple(Hit(int(chosen[k]), float(found[k])) for k in order if found[k] > 0)

    def _by_words(self, name: str, company: bool, weights: NDArray[np.float32]) -> None:
        words = fold(name, company)
        asked = prepared(name, company)
        joined = [prepared(a + b, company) for a, b in pairwise(words) if len(a + b) < MOST_LETTERS]
        vocabulary, masks, postings = (
            self._vocabulary[company],
            self._masks[company],
            self._words[company],
        )
        if not len(vocabulary):
            return
        rooms = word_arrays(company)
        length = float(max(len(asked), 1))
        for word in (*asked, *(numbers[0] for numbers in joined if len(numbers))):
            add_near(
                int(word),
                vocabulary,
                masks,
                postings.start,
                postings.entries,
                1.0 / length,
                weights,
                *rooms,
            )


@njit(cache=True, nogil=True)
def add_near(  # type: ignore[no-untyped-def]
    word,
    vocabulary,
    masks,
    begins,
    entries,
    share,
    weights,
    letters,
    start,
    length,
    sounds,
    sound_start,
    sound_length,
    kind,
    groups,
    weight,
    family,
):
    """Add to every entry how far its words agree with one word; words with too few letters in common are passed."""
    if kind[word] == FORM or weight[word] <= 0.0:
        return
    table = np.zeros((2 * MOST_LETTERS + 2, 2 * MOST_LETTERS + 2), np.int32)
    mask = np.uint32(0)
    for k in range(length[word]):
        mask |= np.uint32(1) << np.uint32(letters[start[word] + k] % 31)
    for i in range(len(vocabulary)):
        other = vocabulary[i]
        shared = False
        for g in range(groups.shape[1]):
            if groups[word, g] < 0 or shared:
                break
            for h in range(groups.shape[1]):
                if groups[other, h] < 0:
                    break
                shared = shared or groups[word, g] == groups[other, h]
        apart = mask ^ masks[i]
        differing = 0
        while apart:
            apart &= apart - np.uint32(1)
            differing += 1
        longest = max(length[word], length[other])
        if (
            not shared
            and kind[word] + kind[other] == 0
            and (differing > 0.7 * longest or abs(length[word] - length[other]) > 0.34 * longest + 1)
        ):
            continue
        close, _ = agreement(
            word,
            other,
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
            for k in range(begins[i], begins[i + 1]):
                weights[entries[k]] += close * weight[other] * share


def build_index(
    names: Sequence[str],
    schemas: Sequence[str],
    advance: Callable[[int], None] = lambda steps: None,
) -> NameIndex:
    """Prepare a list for search.

    Args:
        names: Names, several of one bearer as several entries.
        schemas: Kind of bearer of each.
        advance: Told how many names are done, now and then.
    """
    words: tuple[list[NDArray[np.int32]], list[NDArray[np.int32]]] = ([], [])
    owners: tuple[list[int], list[int]] = ([], [])
    keys: list[int] = []
    key_owners: list[int] = []
    for i, (name, schema) in enumerate(zip(names, schemas, strict=True)):
        company = is_company(schema, name)
        for key in _listed_keys(name, company):
            keys.append(key)
            key_owners.append(i)
        if not has_han(name):
            words[company].append(prepared.__wrapped__(name, company))
            owners[company].append(i)
        if i % 10_000 == 9_999:
            advance(10_000)
    postings, vocabularies, masks = [], [], []
    for company in (False, True):
        numbers = np.concatenate(words[company]) if words[company] else np.zeros(0, np.int32)
        sizes = [len(w) for w in words[company]]
        entries = np.repeat(np.array(owners[company], np.int32), sizes)
        postings.append(_Postings.of(numbers.astype(np.int64), entries))
        vocabulary = np.unique(numbers)
        vocabularies.append(vocabulary)
        masks.append(_letter_masks(vocabulary, *word_arrays(company)[:3]))
    return NameIndex(
        names,
        schemas,
        (postings[0], postings[1]),
        (vocabularies[0], vocabularies[1]),
        (masks[0], masks[1]),
        _Postings.of(np.array(keys, np.int64), np.array(key_owners, np.int32)),
    )


def _letter_masks(vocabulary, letters, start, length) -> NDArray[np.uint32]:  # type: ignore[no-untyped-def]
    out = np.zeros(len(vocabulary), np.uint32)
    for i, word in enumerate(vocabulary):
        for letter in letters[start[word] : start[word] + length[word]]:
            out[i] |= np.uint32(1 << int(letter) % 31)
    return out


def _key(text: str) -> int:
    return crc32(text.encode()) | len(text) << 32


def _listed_keys(name: str, company: bool) -> set[int]:
    """The keys under which a listed name is found: its run of letters, characters, pairs of them, readings."""
    if not has_han(name):
        return {_key("".join(fold(name, company)))}
    if company:
        parsed = parse_company(name)
        whole = parsed.whole
        keys = {_key(whole[i : i + 2]) for i in range(len(whole) - 1)}
        keys |= {_key(reading) for reading in word_keys(parsed.core[:4])} if parsed.core else set()
        return keys | {_key(reading) for reading in word_keys(parsed.trade_name[:4])}
    bare = bare_person(name)
    keys = {_key(bare)}
    if not is_foreign(bare):
        keys |= {_key(spelt) for spelt, worth in person_keys(bare).items() if worth >= 0.92}
    return keys


def _asked_keys(name: str, company: bool) -> set[int]:
    """The keys under which a name is looked for."""
    if not has_han(name):
        words = fold(name, company)
        runs = {"".join(words[i:j]) for i, j in product(range(len(words)), range(1, len(words) + 1)) if i < j}
        return {_key(run) for run in runs}
    keys = _listed_keys(name, company)
    if not company:
        keys |= {_key(spelt) for spelt in person_keys(bare_person(name))}
        first = simplified(name)[:1]
        keys |= {_key(first + reading) for reading in syllables(first)[:1]}
    return keys
