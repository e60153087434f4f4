"""Search of a name in a long list: candidates by words and readings, then every candidate compared in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from guanzi.diligence.entities import alignment
from guanzi.diligence.entities.alignment import MOST_LETTERS
from guanzi.diligence.entities.folding import fold, has_han
from guanzi.diligence.entities.han import (
    bare_person,
    is_foreign,
    parse_company,
)
from guanzi.diligence.entities.matching import is_company, new_board, prepared, scores, word_arrays
from guanzi.diligence.entities.postings import Postings, best_of, estimate, gather
from guanzi.diligence.entities.readings import (
    person_keys,
    pinyin_of_wade_giles,
    plain,
    split_surname,
    surname_readings,
    word_keys,
)
from guanzi.diligence.entities.vocabulary import Vocabulary

#: Entries that are compared by words, entries that are compared in full, and additions to entries at most.
_ALIGNED, _CANDIDATES, _ADDITIONS, _KEYED = 2500, 150, 2_000_000, 60_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the list that resembles the name asked for: its place in the list and its raw score."""

    entry: int
    score: float


@dataclass(frozen=True, slots=True)
class _Words:
    """The names in other than Chinese characters of one kind: their words both ways, and what each name weighs."""

    vocabulary: Vocabulary
    owners: NDArray[np.int32]
    start: NDArray[np.int64]
    numbers: NDArray[np.int32]
    totals: NDArray[np.float32]

    @classmethod
    def of(cls, words: list[NDArray[np.int32]], owners: list[int], company: bool) -> _Words:
        numbers = np.concatenate(words) if words else np.zeros(0, np.int32)
        sizes = np.array([len(w) for w in words], np.int64)
        rows = np.repeat(np.arange(len(words), dtype=np.int32), sizes)
        arrays = word_arrays(company)
        weighed = np.bincount(rows, arrays[8][numbers].astype(np.float64), len(words))
        start = np.concatenate([[0], np.cumsum(sizes)])
        vocabulary = Vocabulary.of(numbers, rows, arrays)
        return cls(vocabulary, np.array(owners, np.int32), start, numbers, weighed.astype(np.float32))

    def resembling(self, name: str, company: bool) -> NDArray[np.int32]:
        """The entries whose words agree most with those of a name."""
        folded = fold(name, company)
        asked = prepared(name, company)
        joined = [prepared(a + b, company) for a, b in pairwise(folded) if len(a + b) < MOST_LETTERS]
        arrays = word_arrays(company)
        weigh = arrays[8]
        chosen: list[NDArray[np.int32]] = []
        shares: list[NDArray[np.float32]] = []
        for word in dict.fromkeys(asked.tolist()):
            places, share = self.vocabulary.near(word, arrays)
            chosen.append(places)
            shares.append(np.minimum(share, np.float32(weigh[word]) if weigh[word] < 0.5 else np.float32(1)))
        for numbers in joined:
            if len(numbers):
                places, share = self.vocabulary.near(int(numbers[0]), arrays)
                chosen.append(places)
                shares.append(2 * share)
        if not chosen or not len(self.owners):
            return self.owners[:0]
        places, share = np.concatenate(chosen), np.concatenate(shares)
        start = self.vocabulary.postings.start
        order = np.argsort(start[places + 1] - start[places], kind="stable")
        agreed = np.zeros(len(self.owners), np.float32)
        touched = np.empty(len(self.owners), np.int32)
        n = gather(places[order], share[order], start, self.vocabulary.postings.entries, agreed, touched, _ADDITIONS)
        touched = touched[:n]
        rates = (1.0, 0.7, 0.0) if company else (1.1, 0.07, 0.74)
        close = estimate(touched, agreed, self.totals, np.float32(weigh[asked].sum()), *rates)
        touched = touched[best_of(close, _ALIGNED)]
        found = np.zeros(len(touched))
        rooms = (asked, self.numbers, self.start, touched, company, *arrays, *new_board().arrays(), found)
        alignment.align_with(*rooms)
        best: NDArray[np.int32] = self.owners[touched[np.argsort(-found, kind="stable")[:_CANDIDATES]]]
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
    by_words = [_Words.of(words[company], owners[company], company) for company in (False, True)]
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
