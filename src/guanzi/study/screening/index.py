"""Search of a name in a long list: the best by their words, candidates by readings and keys, all compared in full."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from guanzi.study.screening.bounds import best_by_bound, bound_all
from guanzi.study.screening.folding import fold, has_han
from guanzi.study.screening.han import bare_person, is_foreign, parse_company
from guanzi.study.screening.matching import is_company, new_board, prepared, scores, word_arrays
from guanzi.study.screening.postings import Postings
from guanzi.study.screening.readings import (
    person_keys,
    pinyin_of_wade_giles,
    plain,
    split_surname,
    surname_readings,
    word_keys,
)
from guanzi.study.screening.vocabulary import Vocabulary

#: Entries kept for their words and entries compared to find these at most; entries kept for their keys and looked at.
_KEPT, _COMPARED, _CANDIDATES, _KEYED = 50, 50_000, 150, 60_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the list that resembles the name asked for: its place in the list and its raw score."""

    entry: int
    score: float


@dataclass(frozen=True, slots=True)
class _Words:
    """The names in other than Chinese characters of one kind, in alphabetical order, and their words.

    Attributes:
        vocabulary: Their words, each once.
        names: The names of the whole list.
        owners: Their places among these.
        places: Places of their words in the vocabulary, name after name.
        at: Where each name begins in ``places``; one more at the end.
    """

    vocabulary: Vocabulary
    names: Sequence[str]
    owners: NDArray[np.int32]
    places: NDArray[np.int32]
    at: NDArray[np.int64]

    @classmethod
    def of(cls, names: Sequence[str], words: list[NDArray[np.int32]], owners: list[int], company: bool) -> _Words:
        order = sorted(range(len(owners)), key=lambda k: names[owners[k]])
        numbers = np.concatenate([words[k] for k in order]) if words else np.zeros(0, np.int32)
        at = np.concatenate([[0], np.cumsum([len(words[k]) for k in order], dtype=np.int64)])
        unique, places = np.unique(numbers, return_inverse=True)
        vocabulary = Vocabulary.of(unique, word_arrays(company))
        return cls(vocabulary, names, np.array(owners, np.int32)[order], places.astype(np.int32), at)

    def resembling(self, name: str, company: bool) -> NDArray[np.int32]:
        """The entries that agree most with a name: the best by the matcher, found by the bounds of all."""
        asked = prepared(name, company)
        if not len(asked) or not len(self.owners):
            return self.owners[:0]
        arrays = word_arrays(company)
        words = self.vocabulary.words
        cells, close = self.vocabulary.marked(asked, company, arrays)
        limits = np.zeros(len(self.owners))
        listed = (words, self.places, self.at)
        rooms = (*listed, cells, close, *arrays[:3], arrays[6], *arrays[8:], limits)
        bound_all(asked, company, *rooms)
        before = bisect_right(self.owners, name, key=lambda owner: self.names[owner])
        whole = (asked, before, company, *listed, *arrays, *new_board().arrays())
        found, _ = best_by_bound(limits, _KEPT, _COMPARED, *whole)
        best: NDArray[np.int32] = self.owners[found]
        return best


@dataclass(frozen=True, slots=True)
class NameIndex:
    """A list of names, ready for search; made by :func:`build_index`.

    Attributes:
        names: The names.
        schemas: Kind of bearer of each.
    """

    names: Sequence[str]
    schemas: Sequence[str]
    _words: tuple[_Words, _Words]
    _keys: Postings

    def search(self, name: str, schema: str = "LegalEntity", limit: int = 10) -> tuple[Hit, ...]:
        """The names of the list that resemble a name most, best first.

        Args:
            name: In any alphabet.
            schema: Kind of bearer; ``LegalEntity`` lets the words decide.
            limit: Most hits.
        """
        company = is_company(schema, name)
        kinds = (False, True) if schema == "LegalEntity" else (company,)
        chosen = self._under_keys({key for kind in kinds for key in _asked_keys(name, kind)})
        if not has_han(name):
            for kind in kinds:
                chosen = np.union1d(chosen, self._words[kind].resembling(name, kind))
        if not len(chosen):
            return ()
        found = scores([(name, self.names[int(i)]) for i in chosen], [schema] * len(chosen))
        order = np.lexsort((chosen, -found))[:limit]
        return tuple(Hit(int(chosen[k]), float(found[k])) for k in order if found[k] > 0)

    def _under_keys(self, keys: set[int]) -> NDArray[np.int32]:
        """The entries that share most keys with a name, a rare key counting more than a common one."""
        lists = self._keys.rarest_first(keys, _KEYED)
        if not lists:
            return np.zeros(0, np.int32)
        worth = np.concatenate([np.full(len(at), np.log1p(len(self.names) / len(at))) for at in lists])
        entries, back = np.unique(np.concatenate(lists), return_inverse=True)
        held = np.bincount(back, worth)
        return entries[np.argsort(-held, kind="stable")[:_CANDIDATES]]


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
    by_words = [_Words.of(names, words[company], owners[company], company) for company in (False, True)]
    return NameIndex(
        names,
        schemas,
        (by_words[0], by_words[1]),
        Postings.of(np.array(keys, np.int64), np.array(key_owners, np.int32)),
    )


def _key(text: str) -> int:
    return crc32(text.encode()) | len(text) << 32


def _listed_keys(name: str, company: bool) -> set[int]:
    """The keys under which a listed name is found: its run of letters, characters, pairs of them, readings."""
    if not has_han(name):
        words = fold(name, company)
        keys = {_key("".join(words))}
        if company:
            return keys | {_key("".join(word[0] for word in words[:n]) + "|") for n in range(3, min(len(words), 6) + 1)}
        if len(words) > 2:
            keys |= {_key("".join(words[1:])), _key("".join(words[:-1]))}
        return keys | _surname_and_letters(words) | {_key(written) for written in _pinyin(words)}
    if company:
        parsed = parse_company(name)
        whole = parsed.whole
        keys = {_key(whole[i : i + 2]) for i in range(len(whole) - 1)}
        keys |= {_key(reading) for reading in word_keys(parsed.core[:4])} if parsed.core else set()
        return keys | {_key(reading) for reading in word_keys(parsed.trade_name[:4])}
    bare = bare_person(name)
    surname, given = split_surname(bare)
    keys = {_key(bare), _key(surname + "|")}
    if not is_foreign(bare):
        keys |= {_key(spelt) for spelt, worth in person_keys(bare).items() if worth >= 0.92}
        keys |= {_key(f"{len(bare)}|{reading}") for reading in word_keys(bare)}
        letters = "".join(reading[:1] for reading in (next(iter(word_keys(c)), "") for c in given))
        for read, _ in surname_readings(surname):
            keys |= {_key(plain("".join(read)) + "|" + part) for part in {letters, letters[:1]}}
    return keys


def _surname_and_letters(words: tuple[str, ...]) -> set[int]:
    """A word with the others, where these are few letters: Wang X M."""
    if not 1 < len(words) <= 4:
        return set()
    others = ("".join(words[:i] + words[i + 1 :]) for i in range(len(words)))
    return {_key(f"{word}|{other}") for word, other in zip(words, others, strict=True) if len(other) <= 3}


def _pinyin(words: tuple[str, ...]) -> set[str]:
    """What a name in Wade-Giles may be in Pinyin, as one run of letters."""
    table = pinyin_of_wade_giles()
    if not 2 <= len(words) <= 3 or not all(word in table for word in words):
        return set()
    return {"".join(read) for read in product(*(table[word] for word in words))}


def _asked_keys(name: str, company: bool) -> set[int]:
    """The keys under which a name is looked for."""
    if not has_han(name):
        words = fold(name, company)
        runs = {"".join(words[i:j]) for i, j in product(range(len(words)), range(1, len(words) + 1)) if i < j}
        if company:
            return {_key(run) for run in runs} | {_key(word + "|") for word in words if 3 <= len(word) <= 6}
        turned = {"".join(words[1:] + words[:1]), "".join(words[-1:] + words[:-1])}
        old = {run for w in (words, words[1:] + words[:1], words[-1:] + words[:-1]) for run in _pinyin(w)}
        return {_key(run) for run in runs | turned | old} | _surname_and_letters(words)
    keys = _listed_keys(name, company)
    if not company and not is_foreign(bare := bare_person(name)):
        keys |= {_key(spelt) for spelt in person_keys(bare)}
    return keys
